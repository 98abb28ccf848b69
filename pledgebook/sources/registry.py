"""The sources: one TOML file each beside this module, and more in a folder that the environment names."""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pledgebook.sources.addresses import host_of
from pledgebook.sources.errors import WrongUse
from pledgebook.sources.source import Source
from schemas.codelists import codes

SAMPLES = "samples"
FOLDER = "folder"
WEB_ARCHIVE = "web-archive"

_OWN = "PLEDGEBOOK_SOURCES"
_LISTS = {"publisher": "publishers", "issuer": "actors", "licence": "licences"}
_WHAT_IS_WRONG = {
    "extra_forbidden": "is no word that is known here",
    "missing": "is missing",
    "tuple_type": 'has to be a list, as ["..."]',
}


def sources() -> dict[str, Source]:
    """All sources by name, in alphabetical order.

    Those of the folder named by the environment variable `PLEDGEBOOK_SOURCES` count too. Raises WrongUse, with one line that names
    file and place, when a file is broken or two sources share a name or a host.
    """
    return _sources(_own_files(os.environ.get(_OWN) or None))


def own_files() -> tuple[tuple[Path, bytes], ...]:
    """The files of the user's own sources with their bytes, read anew: from now on it is these that `sources` tells of. Raises WrongUse."""
    _own_files.cache_clear()
    return _own_files(os.environ.get(_OWN) or None)


def source_named(name: str) -> Source:
    """The source of that name; raises WrongUse when there is none."""
    if name not in sources():
        raise WrongUse(
            f"there is no source {name!r}; the sources are {', '.join(sources())}; PLEDGEBOOK_SOURCES names the folder with your own"
        )
    return sources()[name]


def fetched_sources() -> list[str]:
    """The names of the sources that have a way of discovery."""
    return [name for name, source in sources().items() if source.discover]


def source_of(url: str | None) -> Source:
    """The source whose hosts hold the address; `folder` when none does, or when there is no address."""
    host = host_of(url) if url else None
    return next((source for source in sources().values() if host in source.hosts), sources()[FOLDER])


def source_of_site(url: str | None) -> Source | None:
    """The source whose rules describe the pages of the address's own host, archive or not; None when there is none."""
    host = urlsplit(url).netloc.lower() if url else None
    return next((source for source in sources().values() if source.parse and host in source.sites), None)


def source_by_banner(block: str) -> Source | None:
    """The source that a page's banner gives away, or None."""
    return next((source for source in sources().values() if source.banners and block.startswith(source.banners)), None)


# Asked for with every block of a document: the files are read once, and again when `own_files` is called.
@cache
def _own_files(own: str | None) -> tuple[tuple[Path, bytes], ...]:
    if own is not None and not Path(own).is_dir():
        raise WrongUse(f"{_OWN} names {own}, which is no folder; name the folder that holds your TOML files")
    return _toml_files(Path(own)) if own else ()


def _toml_files(folder: Path) -> tuple[tuple[Path, bytes], ...]:
    return tuple((path, _read(path)) for path in sorted(folder.glob("*.toml")))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WrongUse(f"{path}: it cannot be read ({error.strerror})") from error


@cache
def _sources(own: tuple[tuple[Path, bytes], ...]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    hosts: dict[str, str] = {}
    for path, content in (*_toml_files(Path(__file__).parent), *own):
        source = read_source(path, content)
        if source.name in found:
            raise WrongUse(f"{path}: name: there is a source {source.name!r} already; name file and source otherwise")
        for host in source.hosts:
            if host in hosts:
                raise WrongUse(f"{path}: hosts: {host} belongs to the source {hosts[host]!r}; use `sites` instead")
            hosts[host] = source.name
        found[source.name] = source
    return dict(sorted(found.items()))


def read_source(path: Path, content: bytes) -> Source:
    """The source that a TOML file of that content describes; raises WrongUse with one line that names file and place."""
    try:
        source = Source.model_validate(tomllib.loads(content.decode()))
    except ValidationError as error:
        raise WrongUse(f"{path}: {_problem(error.errors()[0])}") from error
    except ValueError as error:
        raise WrongUse(f"{path}: it is no valid TOML ({error})") from error
    if source.name != path.stem:
        raise WrongUse(f"{path}: name: {source.name!r} is not the name of the file, {path.stem!r}")
    for field, codelist in _LISTS.items():
        code = getattr(source, field)
        if code is not None and code not in codes(codelist):
            raise WrongUse(f"{path}: {field}: {code!r} is no code of schemas/codelists/{codelist}.csv")
    return source


def _problem(error: ErrorDetails) -> str:
    """Place and problem, as a person who wrote the file would say it: `discover 2, link: is missing`."""
    if error["type"].startswith("union_tag"):
        return _problem_of_tag(error)
    told = error.get("ctx", {}).get("error") if error["type"] == "value_error" else None
    stated = f" (it says {error['input']!r})" if isinstance(error["input"], str | int | float) else ""
    problem = _WHAT_IS_WRONG.get(error["type"]) or (str(told) if told else f"{error['msg'].lower()}{stated}")
    return f"{_place(error['loc'])}: {problem}"


def _problem_of_tag(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    word = str(context["discriminator"]).strip("'")
    stated = f"{context['tag']!r} is unknown; known are" if "tag" in context else "it is missing; known are"
    return f"{_place(error['loc'])}, {word}: {stated} {context.get('expected_tags', 'those of source.py')}"


def _place(location: tuple[int | str, ...]) -> str:
    """Words and places of a list, without the kind of table that pydantic puts between them."""
    words = [str(part + 1) if isinstance(part, int) else part for part in location]
    if words[:1] == ["discover"]:
        return ", ".join([" ".join(words[:2]), *words[3:]])
    return ", ".join(words[:1] + words[2:] if words[:1] == ["parse"] else words)
