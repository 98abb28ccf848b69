"""Lists: what a lead-in ("The leaders agreed to:") says of the items under it.

`lexicon/lead_ins.csv` names the nouns ("key terms", "actions") whose lists hold undertakings without a committing verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pledgebook.extraction.clause_ends import clause_end
from pledgebook.extraction.clauses import ClauseReader
from pledgebook.extraction.conjuncts import Span, conjuncts
from pledgebook.extraction.cues import find_cues
from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.parties import Parties
from pledgebook.extraction.undertakings import Lead, Undertaking
from pledgebook.extraction.words import Tokens, verb_forms

_HEADING_REACH = 10


def leads(reader: ClauseReader, tokens: Tokens, parties: Parties) -> Lead | None:
    """What a sentence that ends in a colon lends to the items under it; None where its list holds no undertakings."""
    if "request" in tokens.words or "congress" in tokens.words:
        return None
    for cue in reversed(find_cues(tokens)):
        actors = reader.subject_of(cue)
        if actors and not reader.excluded(cue):
            return reader.lead(cue, actors)
    for index, word in enumerate(tokens.words):
        if word in _lead_in_nouns():
            return reader.noun_lead(index, parties.all)
    if tokens.words[-2:] == ("to", ":"):
        return reader.noun_lead(len(tokens) - 2, parties.all)
    return None


def declaration(reader: ClauseReader, tokens: Tokens, text: str) -> Lead | None:
    """The lead of a paragraph of a declaration that opens with its verb in capitals ("ENHANCE trade …"), or None."""
    start = _item_start(tokens)
    if start >= len(tokens) or tokens.words[start] not in verb_forms().base:
        return None
    word = text[tokens.starts[start] : tokens.ends[start]]
    return reader.declared(start) if word.isupper() and len(word) > 3 else None


def governed(reader: ClauseReader, tokens: Tokens, lead: Lead) -> Iterator[Undertaking]:
    """The undertakings of a list item that has no committing verb of its own: "- open an office in Oslo; and"."""
    start = _item_start(tokens)
    word = tokens.words[start] if start < len(tokens) else ""
    forms = verb_forms()
    if word in forms.base or word in forms.gerund:
        kind = "base" if word in forms.base else "gerund"
        end = clause_end(tokens, start, len(tokens))
        for span in conjuncts(tokens, start, end, kind):
            yield reader.item(lead, span)
    elif _is_deliverable(tokens, start) and lead.family != "noun":
        yield reader.item(lead, Span(start, clause_end(tokens, start, len(tokens)), ""))


def _item_start(tokens: Tokens) -> int:
    """First token of an item proper: past its own heading ("Health – Share data", "Trade: …") and "to"."""
    for index in range(min(_HEADING_REACH, len(tokens) - 1)):
        if tokens.words[index] in ("-", ":") and (
            tokens.words[index + 1] in verb_forms().base or tokens.words[index + 1] in verb_forms().gerund
        ):
            return index + 1
    start = 0
    while start < len(tokens) - 1 and (
        tokens.words[start] in ("to", "and", "by") or grammar().adverb(tokens.words[start])
    ):
        start += 1
    return start


def _is_deliverable(tokens: Tokens, start: int) -> bool:
    return any(word in grammar().deliverables for word in tokens.words[start : start + 8])


@cache
def _lead_in_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in read_rows("lead_ins", ("noun", "note")))
