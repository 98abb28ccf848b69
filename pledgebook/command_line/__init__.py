"""The command `pledgebook`: one file a subcommand, errors told in one line, exit code 0 done, 1 failed, 2 wrong use."""

from __future__ import annotations

import sys

import typer

from pledgebook.command_line.audit import audit
from pledgebook.command_line.diff import diff
from pledgebook.command_line.extract import extract
from pledgebook.command_line.mirror import mirror
from pledgebook.command_line.run import run
from pledgebook.command_line.serve import serve
from pledgebook.command_line.show import show
from pledgebook.command_line.site import site
from pledgebook.command_line.sources import sources
from pledgebook.command_line.verify import verify
from pledgebook.command_line.withdraw import withdraw
from pledgebook.garbage import left_at_the_end
from pledgebook.releases.errors import ReleaseError, UnknownVersion
from pledgebook.sources.errors import ArchiveFailed, StorageFull, WrongUse

application = typer.Typer(
    name="pledgebook",
    help="What governments promised each other: readouts in, a versioned dataset of commitments out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (run, extract, show, diff, verify, withdraw, mirror, audit, site, serve):
    application.command()(command)
application.add_typer(sources, name="sources")


def main() -> None:
    """Run the command; an error that the user can mend is one line on standard error."""
    left_at_the_end()
    try:
        application()
    except (WrongUse, UnknownVersion) as error:
        _fail(error, 2)
    except (ArchiveFailed, ReleaseError, StorageFull) as error:
        _fail(error, 1)
    except KeyboardInterrupt:
        _fail("Stopped.", 1)


def _fail(error: object, code: int) -> None:
    print(f"pledgebook: {error}", file=sys.stderr)
    sys.exit(code)
