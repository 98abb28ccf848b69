"""What the extractor reads beside a quote when it codes one: its sentence, and the title with the heading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from coded_documents import CodedDocument, Item

from pledgebook.extraction.segmentation import Sentence, sentences


@dataclass(frozen=True)
class Surroundings:
    """quote; sentence: its sentence, behind its lead-in when it stands in a list; context: the document's title and the heading."""

    quote: str
    sentence: str
    context: str


def surroundings(document: CodedDocument) -> Iterator[tuple[Item, Surroundings]]:
    """Each coded item of a document with what surrounds it."""
    text, title = document.readout["text"], document.readout["title"]
    found = list(sentences(text))
    starts = [sentence.start for sentence in found]
    for item in document.items:
        sentence = found[max(bisect_right(starts, item["start"]) - 1, 0)]
        yield item, Surroundings(item["quote"], _words(sentence, text), f"{title} {sentence.heading}")


def _words(sentence: Sentence, text: str) -> str:
    own = text[sentence.start : sentence.end]
    if sentence.lead_in is None:
        return own
    return f"{text[sentence.lead_in.start : sentence.lead_in.end]} {own}"
