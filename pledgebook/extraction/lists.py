"""Lists: what a lead-in ("The leaders agreed to:") says of the items under it.

`lexicon/lead_ins.csv` names the nouns ("key terms", "actions") whose lists hold undertakings without a committing verb.
"""

from __future__ import annotations

from functools import cache

from pledgebook.extraction.boundaries import Clause, clause_at
from pledgebook.extraction.clauses import ClauseReader
from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.proposals import Proposal
from pledgebook.extraction.undertakings import Lead
from pledgebook.extraction.words import Tokens, verb_forms

_HEADING_REACH = 10


def leads(reader: ClauseReader) -> Lead | None:
    """What a sentence that ends in a colon lends to the items under it; None where it asks somebody else, or nothing in it can lead a list."""
    if grammar().exclusions["before"]["request"].inside(reader.tokens.words):
        return None
    for cue in reversed(reader.cues):
        if lead := reader.lead(cue):
            return lead
    tokens = reader.tokens
    for index, word in enumerate(tokens.words):
        if word in _lead_in_nouns():
            return reader.other_lead(index, "noun")
    return reader.other_lead(len(tokens) - 2, "noun") if tokens.words[-2:] == ("to", ":") else None


def alone(reader: ClauseReader, text: str) -> Lead | None:
    """The lead of an item or paragraph that opens with its own verb, in capitals in a declaration: "ENHANCE trade", "Share data"; or None."""
    tokens = reader.tokens
    start = item_start(tokens)
    forms = verb_forms()
    if start >= len(tokens) or not (tokens.words[start] in forms.base or tokens.words[start] in forms.gerund):
        return None
    word = text[tokens.starts[start] : tokens.ends[start]]
    return reader.other_lead(start, "declared" if word.isupper() and len(word) > 3 else "alone")


def governed(reader: ClauseReader, lead: Lead) -> Proposal | None:
    """What is proposed by a list item that has no committing verb of its own: "- open an office in Oslo; and"."""
    tokens = reader.tokens
    start = item_start(tokens)
    word = tokens.words[start] if start < len(tokens) else ""
    forms = verb_forms()
    if word in forms.base or word in forms.gerund or (lead.bare and word.isalpha()):
        form = "gerund" if word in forms.gerund else "base"
        return reader.item(lead, _clause(tokens, start, form, lead), forms.gerund.get(word, word))
    if _is_deliverable(tokens, start):
        return reader.item(lead, _clause(tokens, start, "noun", lead), "")
    return None


def _clause(tokens: Tokens, start: int, form: str, lead: Lead) -> Clause:
    return clause_at(tokens, start, start, form, (lead.family, "item"), len(tokens))


def item_start(tokens: Tokens) -> int:
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
