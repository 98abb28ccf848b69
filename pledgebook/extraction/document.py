"""One readout to its undertakings: sentence by sentence, with what the document knows of its parties."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pledgebook.extraction.actors import Mention, gazetteer
from pledgebook.extraction.boundaries import Clause
from pledgebook.extraction.clauses import ClauseReader
from pledgebook.extraction.judgement import judged
from pledgebook.extraction.lists import alone, governed, leads
from pledgebook.extraction.parties import parties_of
from pledgebook.extraction.proposals import Proposal, Proposals
from pledgebook.extraction.segmentation import Sentence, sentences
from pledgebook.extraction.subjects import SentenceActors
from pledgebook.extraction.undertakings import Lead, Undertaking
from pledgebook.extraction.weighing import Evidence
from pledgebook.extraction.words import Tokens

# Both begin with a sign rather than with a boundary, so that the search passes over all others quickly.
_YEAR = re.compile(r"[12](?<=\b.)(?:(?<=1)9|(?<=2)0)\d\d\b")
_TODAY = re.compile(r"[Tt](?<=\b.)(?i:oday)\b")


@dataclass(frozen=True)
class Statement:
    """What the extractor reads of a readout; `day` is its date, `participants` its parties, issuer first."""

    title: str
    text: str
    issuer: str
    participants: tuple[str, ...]
    day: date
    document_type: str


class DocumentReader:
    """Reads one document; `mentions` and `parties` are what the coding of each undertaking needs afterwards."""

    def __init__(self, statement: Statement) -> None:
        self._statement, self._text = statement, statement.text
        self.parties, self.mentions = parties_of(
            statement.title, statement.text, statement.issuer, statement.participants, statement.day
        )
        self._starts = [mention.start for mention in self.mentions]
        self._leads: dict[int, Lead | None] = {}
        self._headings = {"": False}
        named = self.parties.foreign or any(map(self._is_foreign, self.mentions))
        self._foreign = named or self._names_foreign(statement.title)

    def undertakings(self) -> list[Undertaking]:
        """Undertakings of the document in reading order, without overlaps; a list's lead-in gives way to its items."""
        found = [item for proposals in self._sentences() for item in judged(proposals.promising())]
        replaced = {item.lead for item in found if item.lead is not None and item.lead != item.sentence.start}
        return [item for item in found if not (item.sentence.start in replaced and item.reaches_end)]

    def candidates(self) -> Iterator[list[Undertaking]]:
        """The candidates of each sentence that has any, by where they begin; they may overlap.

        Domestic matters count only with a foreign actor, so a document that names none has no candidates.
        """
        return (proposals.candidates() for proposals in self._sentences())

    def clauses(self) -> Iterator[tuple[Tokens, Clause]]:
        """The clauses that the candidates are parts of; `lexicon/boundaries.csv` is fitted on them."""
        return ((proposals.tokens, clause) for proposals in self._sentences() for clause in proposals.clauses)

    def _sentences(self) -> Iterator[Proposals]:
        block = -1
        for sentence in sentences(self._text) if self._foreign else ():
            opens_block, block = sentence.block != block, sentence.block
            inside = self.mentions[bisect_left(self._starts, sentence.start) : bisect_left(self._starts, sentence.end)]
            words = Tokens(self._text, sentence.start, sentence.end)
            actors = SentenceActors(words, inside, self.parties)
            reader = ClauseReader(
                sentence, words, actors, self.parties, self._statement.day, self._statement.document_type
            )
            # Most sentences propose nothing, and of those nobody asks where they stand.
            if proposals := self._of_sentence(reader, sentence, opens_block):
                place = self._place(sentence, any(map(self._is_foreign, inside)), opens_block)
                yield Proposals(words, place, proposals)

    def _of_sentence(self, reader: ClauseReader, sentence: Sentence, opens_block: bool) -> list[Proposal]:
        found = list(reader.proposals())
        if self._text[sentence.start : sentence.end].endswith(":"):
            self._leads[sentence.start] = leads(reader)
        lead = self._leads.get(sentence.lead_in.start) if sentence.lead_in and opens_block else None
        lead = lead or alone(reader, self._text)
        item = governed(reader, lead) if lead else None
        return [*found, item] if item else found

    def _foreign_heading(self, heading: str) -> bool:
        if heading not in self._headings:
            self._headings[heading] = self._names_foreign(heading)
        return self._headings[heading]

    def _names_foreign(self, text: str) -> bool:
        return any(self._is_foreign(mention) for mention in gazetteer().mentions(text, self._statement.day))

    def _is_foreign(self, mention: Mention) -> bool:
        return mention.code not in self.parties.home

    def _place(self, sentence: Sentence, foreign: bool, opens_block: bool) -> Evidence:
        """Evidence of where a sentence stands: kind of document, first words of it, list, heading, whom it names."""
        words = self._text[sentence.start : sentence.end]
        kind = self._statement.document_type
        abroad = f"foreign in sentence {foreign}, among parties {self.parties.foreign}"
        flags = {
            f"place {kind}": True,
            "place first sentence": sentence.start == 0,
            f"place first block {kind}": sentence.block == 0,
            "place item": sentence.item,
            "place item under a lead-in": sentence.lead_in is not None,
            "place under a heading": bool(sentence.heading),
            "place under a foreign heading": self._foreign_heading(sentence.heading),
            "place opens its block": opens_block,
            "place leads a list": words.endswith(":"),
            f"place {abroad}": True,
            f"place {abroad} {kind}": True,
            "place joint": self.parties.joint,
            "place names a year": bool(_YEAR.search(words)),
            "place says today": bool(_TODAY.search(words)),
        }
        return Evidence(tuple(name for name, holds in flags.items() if holds))
