"""The sources: one TOML file each beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pledgebook.sources.addresses import host_of
from pledgebook.sources.errors import WrongUse

SAMPLES = "samples"
FOLDER = "folder"


@dataclass(frozen=True)
class Source:
    """A channel that readouts come through.

    name: its code; title: for readers; publisher: code of who publishes; issuer: actor code of the state or organisation that
    speaks; licence: code of the licence of its texts; language: BCP 47. None where the document itself has to say.
    hosts: canonical hosts of its addresses; banners: openings of lines by which a page without address is known.
    """

    name: str
    title: str
    publisher: str | None = None
    issuer: str | None = None
    licence: str = "unknown"
    language: str | None = None
    hosts: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()


@cache
def sources() -> dict[str, Source]:
    """All sources by name, in alphabetical order."""
    return {source.name: source for source in map(_read, sorted(Path(__file__).parent.glob("*.toml")))}


def source_named(name: str) -> Source:
    """The source of that name; raises WrongUse when there is none."""
    if name not in sources():
        raise WrongUse(f"there is no source {name!r}; the sources are {', '.join(sources())}")
    return sources()[name]


def source_of(url: str | None) -> Source:
    """The source whose hosts hold the address; `folder` when none does, or when there is no address."""
    host = host_of(url) if url else None
    return next((source for source in sources().values() if host in source.hosts), sources()[FOLDER])


def source_by_banner(block: str) -> Source | None:
    """The source that a page's banner gives away, or None."""
    return next((source for source in sources().values() if source.banners and block.startswith(source.banners)), None)


def _read(path: Path) -> Source:
    with path.open("rb") as file:
        fields = tomllib.load(file)
    for name in ("hosts", "banners"):
        fields[name] = tuple(fields.get(name, ()))
    return Source(**fields)
