"""What the clause reader finds: candidates for undertakings, each with the exact spans of quote and cue and with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pledgebook.extraction.segmentation import Sentence
from pledgebook.extraction.weighing import Evidence


@dataclass(frozen=True)
class Lead:
    """What a lead-in lends to the items of its list: its sentence, its cue, and how it binds whom.

    evidence: what the lead-in says for or against its items; see `evidence.py`; bare: whether each item must open with a verb.
    """

    sentence: Sentence
    cue_start: int
    cue_end: int
    actors: tuple[str, ...]
    family: str
    strength: str
    novelty: str
    evidence: tuple[Evidence, ...]
    bare: bool = False


class Undertaking(NamedTuple):
    """One undertaking: its quote `text[start:end]`, its cue `text[cue_start:cue_end]`, and who is bound.

    actors: codes; verb: base form of the promised verb, or ""; family, strength, novelty: of the frame in the lexicon;
    evidence: what speaks for and against it (`evidence.py`); confidence: how sure the extractor is (`judgement.py`);
    listed: start of the cue it shares with other items of a list, or None; lead: start of the lead-in sentence it hangs on, or None;
    reaches_end: whether its quote goes to the end of its sentence.
    """

    sentence: Sentence
    start: int
    end: int
    cue_start: int
    cue_end: int
    actors: tuple[str, ...]
    verb: str
    family: str
    strength: str
    novelty: str
    evidence: tuple[Evidence, ...]
    confidence: float = 0.0
    listed: int | None = None
    lead: int | None = None
    reaches_end: bool = False
