"""One readout to its undertakings: sentence by sentence, with what the document knows of its parties."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from pledgebook.extraction.clauses import ClauseReader
from pledgebook.extraction.lists import declaration, governed, leads
from pledgebook.extraction.parties import parties_of
from pledgebook.extraction.segmentation import Sentence, sentences
from pledgebook.extraction.subjects import SentenceActors
from pledgebook.extraction.undertakings import Lead, Undertaking
from pledgebook.extraction.words import tokens


class DocumentReader:
    """Reads one document; `mentions` and `parties` are what the coding of each undertaking needs afterwards."""

    def __init__(self, title: str, text: str, issuer: str, participants: tuple[str, ...], day: date) -> None:
        self._text, self._day = text, day
        self.parties, self.mentions = parties_of(title, text, issuer, participants, day)
        self._starts = [mention.start for mention in self.mentions]
        self._leads: dict[int, Lead | None] = {}

    def undertakings(self) -> list[Undertaking]:
        """Undertakings of the document in reading order, without overlaps; a list's lead-in gives way to its items."""
        found: list[Undertaking] = []
        block = -1
        for sentence in sentences(self._text):
            opens_block, block = sentence.block != block, sentence.block
            found += self._of_sentence(sentence, opens_block)
        replaced = {item.sentence.lead_in.start for item in found if item.sentence.lead_in}
        return [item for item in found if not (item.sentence.start in replaced and item.reaches_end)]

    def _of_sentence(self, sentence: Sentence, opens_block: bool) -> list[Undertaking]:
        low, high = bisect_left(self._starts, sentence.start), bisect_left(self._starts, sentence.end)
        inside = self.mentions[low:high]
        if not self.parties.foreign and all(mention.code == self.parties.issuer for mention in inside):
            return []
        words = tokens(self._text, sentence.start, sentence.end)
        reader = ClauseReader(
            sentence, words, SentenceActors(self._text, words, inside, self.parties), self.parties, self._day
        )
        if self.parties.joint and (lead := declaration(reader, words, self._text)):
            return list(governed(reader, words, lead))
        own = reader.undertakings()
        if self._text[sentence.start : sentence.end].endswith(":"):
            self._leads[sentence.start] = leads(reader, words, self.parties)
        if sentence.lead_in and opens_block and not own:
            lead = self._leads.get(sentence.lead_in.start)
            return list(governed(reader, words, lead)) if lead else []
        return own
