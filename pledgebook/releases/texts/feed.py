"""The Atom feed of versions (RFC 4287), newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

import cmarkgfm
from feedgenerator import Atom1Feed

from pledgebook.releases.places.index import Entry
from pledgebook.releases.texts.citation import CREATORS, TITLE

FEED = "feed.xml"


def feed(versions: Sequence[tuple[Entry, str]], home: str, page_of: Callable[[Entry], str]) -> str:
    """Return the feed of versions with their changelogs in Markdown; `home` and `page_of` say where their list and each of them is read.

    Addresses are relative to the feed, since a place may be copied; identifiers follow from the version and its sums.
    """
    written = Atom1Feed(TITLE, link=home, description="Versions of the dataset.", feed_guid=identifier("feed"))
    for entry, log in versions:
        written.add_item(
            title=f"Pledgebook {entry.version}" + (" (withdrawn)" if entry.withdrawn else ""),
            link=page_of(entry),
            description=cmarkgfm.github_flavored_markdown_to_html(log),
            author_name=CREATORS,
            pubdate=midnight(entry.date),
            updateddate=midnight(entry.date),
            unique_id=identifier(f"{entry.version} {entry.sums}"),
        )
    return str(written.writeString("utf-8")) + "\n"


def identifier(name: str) -> str:
    """Return an identifier that is the same in every copy of a place."""
    return uuid5(NAMESPACE_URL, f"pledgebook {name}").urn


def midnight(date: str) -> datetime:
    """Return the beginning of a day in UTC."""
    return datetime.fromisoformat(date).replace(tzinfo=UTC)
