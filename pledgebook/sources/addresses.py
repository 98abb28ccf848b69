"""Canonical URLs: one address for one statement, wherever the copy lay.

`hosts.csv` (host, canonical_host, added_in) maps an administration's site and its archives to one host. Rows may be added,
never changed or removed: readout ids are made from canonical URLs and must not move.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

_HERE = Path(__file__).parent
_WAYBACK = re.compile(r"^(?:https?://)?web\.archive\.org(?::\d+)?/web/\d+[a-z_]*/(?=\S)", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:https?:)?/{1,2}", re.IGNORECASE)
_HOST = re.compile(r"[^\s/?#]+\.[^\s/?#]+")
# An address of which nothing has to be put right but its host and its last slash.
_PLAIN = re.compile(
    r"https://(?P<host>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+)(?P<path>(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*)/?"
)
_DEFAULT_PORTS = (None, 80, 443)


@lru_cache(maxsize=1 << 16)
def canonical_url(url: str) -> str:
    """The canonical form of a web address: https, canonical host, no fragment, tracking, archive prefix or trailing slash.

    Raises ValueError when it is no web address.
    """
    plain = _PLAIN.fullmatch(url)
    # Nearly all are, and the library takes ten times as long.
    if plain and not _WAYBACK.match(url):
        return f"https://{_canonical_hosts().get(plain['host'], plain['host'])}{plain['path']}"
    try:
        bare = _without_archive(url.strip())
        if "/" not in bare:
            raise ValueError("a word, not an address")
        return _canonical(urlsplit("https://" + _SCHEME.sub("", bare)))
    except ValueError as error:
        raise ValueError(f"{url!r} is not a web address; give the page's address, beginning with https://") from error


def host_of(url: str) -> str:
    """The canonical host of a web address; raises ValueError when it is none."""
    return urlsplit(canonical_url(url)).netloc


def _canonical(parts: SplitResult) -> str:
    if not _HOST.fullmatch(parts.hostname or "") or "@" in parts.netloc:
        raise ValueError("no host")
    tidy = urlsplit(canonicalize_url(urlunsplit(_untracked(parts))))
    return urlunsplit(tidy._replace(path=tidy.path.rstrip("/;")))


def _without_archive(url: str) -> str:
    while _WAYBACK.match(url):
        url = _WAYBACK.sub("", url)
    return url


def _untracked(parts: SplitResult) -> SplitResult:
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(pair[0])]
    host = (parts.hostname or "").rstrip(".")
    host = _canonical_hosts().get(host, host)
    port = "" if parts.port in _DEFAULT_PORTS else f":{parts.port}"
    return parts._replace(netloc=host + port, query=urlencode(pairs), fragment="")


def _tracks(parameter: str) -> bool:
    exact, prefixes = _tracking()
    return parameter.lower() in exact or parameter.lower().startswith(prefixes)


@cache
def _canonical_hosts() -> dict[str, str]:
    with (_HERE / "hosts.csv").open(encoding="utf-8", newline="") as file:
        return {row["host"]: row["canonical_host"] for row in csv.DictReader(file)}


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    with (_HERE / "tracking_parameters.csv").open(encoding="utf-8", newline="") as file:
        names = [row["parameter"] for row in csv.DictReader(file)]
    return frozenset(names), tuple(name.removesuffix("*") for name in names if name.endswith("*"))
