"""Coded documents on the path that users take: loaded, parsed, extracted, published, and read back from the release.

The texts of a release are cleaned, so that coded quotes are placed in them by their letters and digits alone. Figures of documents read
so can then be counted as for any.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from pledgebook.evaluation.coded import CodedDocument, Item, as_item, free_place
from pledgebook.extraction import extract
from pledgebook.readouts import parse_readouts
from pledgebook.releases.places.published import read_table
from pledgebook.releases.release import make_release
from pledgebook.sources.captures import captures_table
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.fields import read_fields
from pledgebook.sources.input_documents import InputDocument
from pledgebook.sources.input_files import InputFile, input_files
from pledgebook.sources.loading import Origin, load_documents
from pledgebook.sources.reading import documents_in
from pledgebook.sources.store import CaptureStore

Reading = tuple[list[CodedDocument], dict[str, list[Item]]]
# Remains of HTML and Markdown in a coded text: a comment, a tag, the address of a link.
_MARKUP = re.compile(r"<!--.*?-->|</?[A-Za-z][^>]*>|\]\([^)]*\)", re.DOTALL)
# Before every sentence, so that it counts as missed.
_NOWHERE = {"start": -2, "end": -1}


def read_through(coded: list[CodedDocument], corpus: Path) -> Reading | None:
    """The coded documents as a release holds them, and its rows by their names.

    `corpus` is a folder with files that state the addresses of the coded documents, among others; None when one of them is not there.
    """
    wanted = {str(document.readout["url"]) for document in coded}
    names = dict(_stating(wanted, corpus))
    if set(names.values()) != wanted:
        return None
    with TemporaryDirectory() as folder:
        releases = publish(names, corpus, _after(coded), Path(folder))
        return read_back(coded, releases)


def publish(names: Collection[str], corpus: Path, now: datetime, folder: Path) -> Path:
    """Publish the named documents of the corpus, as they would be found at `now`; the folder of releases, below `folder`."""
    store, releases = CaptureStore(folder / "raw"), folder / "releases"
    load_documents([corpus], store, now, origin=Origin(wants=names.__contains__))
    captures = store.newest()
    readouts, aside, _ = parse_readouts(captures, store)
    # The extractor alone is measured, not what was corrected by hand.
    nothing = folder / "corrections.csv"
    make_release(
        releases,
        readouts.lazy(),
        extract(readouts).lazy(),
        aside,
        captures_table(captures).lazy(),
        corrections=nothing,
        audits=nothing,
    )
    return releases


def read_back(coded: list[CodedDocument], releases: Path) -> Reading:
    """The coded documents with the texts of the newest release, and its rows by their names.

    In a document that the release lacks nothing was found.
    """
    readouts = read_table(releases, "readouts").select("readout_id", "url", "text")
    rows = read_table(releases, "commitments").join(readouts, on="readout_id").sort("readout_id", "char_start")
    texts = dict(readouts.select("url", "text").iter_rows())
    names = {document.readout["url"]: document.name for document in coded}
    found: dict[str, list[Item]] = {name: [] for name in names.values()}
    for row in rows.iter_rows(named=True):
        found[names[row["url"]]].append(as_item(row))
    return [_with_text(document, texts.get(document.readout["url"])) for document in coded], found


def _stating(addresses: set[str], corpus: Path) -> Iterator[tuple[str, str]]:
    """Name and address of each document below a folder that states one of the addresses as its own."""
    any_address = re.compile(b"|".join(re.escape(address.encode()) for address in sorted(addresses)))
    for file in input_files([corpus]):
        for document in _documents(file):
            # Few documents hold such an address at all, and to read all of them takes long.
            if any_address.search(document.content):
                address = read_fields(document.content, document.media_type).url
                if address in addresses:
                    yield document.name, address


def _documents(file: InputFile) -> Iterator[InputDocument]:
    try:
        yield from (document for document in documents_in(file) if isinstance(document, InputDocument))
    except UnreadableDocument:
        return


def _after(coded: list[CodedDocument]) -> datetime:
    """A day after the newest document, so that no date is one to come, and that the figures do not depend on today."""
    newest = max(document.readout["date"] for document in coded)
    return datetime.combine(newest + timedelta(days=1), time(), UTC)


def _with_text(document: CodedDocument, text: str | None) -> CodedDocument:
    """The document with another text, if there is one, and its items where their quotes stand in that."""
    if text is None:
        return document
    letters, places = _letters(text)
    taken: set[int] = set()
    items = [{**item, **_place(letters, places, item["quote"], taken)} for item in document.items]
    return replace(document, readout={**document.readout, "text": text}, items=items)


def _place(letters: str, places: list[int], quote: str, taken: set[int]) -> dict[str, int]:
    sought, _ = _letters(quote)
    at = free_place(letters, sought, taken)
    return _NOWHERE if at < 0 else {"start": places[at], "end": places[at + len(sought) - 1] + 1}


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text without markup, and the place of each."""
    blanked = _MARKUP.sub(lambda markup: " " * len(markup.group()), text)
    places = [place for place, sign in enumerate(blanked) if sign.isalnum()]
    return "".join(text[place] for place in places), places
