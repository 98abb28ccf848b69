"""What follows from the index and stands beside it: `latest.json`, the changelog of all versions, the feed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pledgebook.releases.places.index import INDEX, Entry, as_text, last_good
from pledgebook.releases.places.place import Place
from pledgebook.releases.texts.feed import FEED, feed
from pledgebook.releases.texts.markdown import shown

LATEST, CHANGELOG = "latest.json", "CHANGELOG.md"
HEAD = "# Changelog\n\nWhat changed in the dataset, newest version first.\n"


def summaries(place: Place, entries: Sequence[Entry]) -> dict[str, str]:
    """Return what follows from an index, by name of file; nothing of an empty one."""
    if not entries:
        return {}
    logs = [changelog_of(place.read, entry) for entry in reversed(entries)]
    return {
        LATEST: latest_text(entries),
        CHANGELOG: "\n".join([HEAD, *logs]),
        FEED: feed(list(zip(reversed(entries), logs, strict=True)), INDEX, lambda entry: f"{entry.folder}/README.md"),
    }


def latest_text(entries: Sequence[Entry]) -> str:
    """Return the text of `latest.json`; when every version was withdrawn it names none."""
    newest = last_good(entries)
    if newest is None:
        return as_text({"version": None, "date": None, "path": None})
    return as_text({"version": newest.version, "date": newest.date, "path": newest.folder})


def changelog_of(read: Callable[[str], bytes], entry: Entry) -> str:
    """Return what a version says of itself, marked when it was withdrawn; of one whose files are gone, what the index knows."""
    try:
        text = read(f"{entry.folder}/{CHANGELOG}").decode()
    except (FileNotFoundError, UnicodeDecodeError):
        text = ""
    if not text.startswith("## "):
        missing = "The files of this version are missing here: restore them from a copy."
        text = f"## {entry.version} ({entry.date})\n\n{missing}\n"
    if entry.withdrawn is None:
        return text
    heading, _, rest = text.partition("\n")
    return f"{heading}\n\n**Withdrawn: do not use this version.** {shown(entry.withdrawn)}\n{rest}"
