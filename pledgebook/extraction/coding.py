"""One undertaking to one coded row: every column of `commitments` that the text decides."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from pledgebook.extraction.actors import Mention
from pledgebook.extraction.acts import code_act
from pledgebook.extraction.attribution import attribution_of
from pledgebook.extraction.beneficiaries import sides
from pledgebook.extraction.modality import wording_of
from pledgebook.extraction.money import Money, promised_money
from pledgebook.extraction.parties import Parties
from pledgebook.extraction.scene import Scene
from pledgebook.extraction.time import due_of
from pledgebook.extraction.topics import code_topic
from pledgebook.extraction.undertakings import Undertaking

Row = dict[str, Any]
# No sentence that a person wrote is longer; without a limit a text without full stops would be repeated whole in each row.
_FARTHEST = 3000


@dataclass(frozen=True)
class Setting:
    """What the document gives to every row of it."""

    readout_id: str
    title: str
    text: str
    day: date
    parties: Parties
    mentions: list[Mention]


def code(item: Undertaking, setting: Setting, shared: bool) -> Row:
    """The row of one undertaking; `shared` tells whether other rows hang on its cue."""
    text = setting.text
    quote, cue = text[item.start : item.end], text[item.cue_start : item.cue_end]
    sentence = sentence_of(item, text)
    act = code_act(item.verb, quote, sentence)
    gains = sides(
        Scene(
            text,
            setting.title,
            item.start,
            item.end,
            item.sentence,
            setting.parties,
            setting.mentions,
            item.actors,
            act,
        )
    )
    wording = wording_of(item, quote, cue, sentence)
    return {
        "readout_id": setting.readout_id,
        "date": setting.day,
        "issuer": setting.parties.issuer,
        "quote": quote,
        "char_start": item.start,
        "char_end": item.end,
        "cue": cue,
        "cue_start": item.cue_start,
        "cue_end": item.cue_end,
        "sentence": sentence,
        "list_id": _list_id(setting.readout_id, item, text) if shared else None,
        "actors": list(item.actors),
        "recipients": list(gains.recipients),
        "targets": list(gains.targets),
        "attribution": attribution_of(item.actors, setting.parties),
        "strength": wording.strength,
        "novelty": wording.novelty,
        "act": act,
        "routine": wording.routine,
        "topic": code_topic(quote, sentence, f"{setting.title} {item.sentence.heading}"),
        **_money_columns(promised_money(quote, sentence, item.verb, act)),
        **_due_columns(item, quote, sentence, setting),
        "confidence": item.confidence,
        "sentence_start": item.sentence.start,
    }


def sentence_of(item: Undertaking, text: str) -> str:
    """The sentence of the row, its lead-in before it where the cue stands there; of a text without full stops what is near the quote."""
    start = max(item.sentence.start, item.start - _FARTHEST)
    own = text[start : min(item.sentence.end, item.end + _FARTHEST)]
    lead_in = item.sentence.lead_in
    if item.lead is None or lead_in is None:
        return own
    return f"{text[max(lead_in.start, lead_in.end - _FARTHEST) : lead_in.end]} {own}"


def _list_id(readout_id: str, item: Undertaking, text: str) -> str:
    """The same for all items under one cue: from the readout, the words before the cue in its text, and the cue."""
    lead_in = item.sentence.lead_in if item.lead is not None and item.sentence.lead_in else item.sentence
    occurrence = text.count(text[lead_in.start : lead_in.end], 0, lead_in.start)
    name = f"{readout_id}\n{text[lead_in.start : lead_in.end]}\n{occurrence}\n{item.cue_start - lead_in.start}"
    return f"l-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _money_columns(promised: tuple[Money, str] | None) -> Row:
    names = ("amount", "amount_max", "currency", "amount_qualifier", "amount_kind", "amount_per", "amount_text")
    if promised is None:
        return dict.fromkeys(names)
    money, kind = promised
    return dict(
        zip(
            names,
            (money.amount, money.amount_max, money.currency, money.qualifier, kind, money.per, money.text),
            strict=True,
        )
    )


def _due_columns(item: Undertaking, quote: str, sentence: str, setting: Setting) -> Row:
    due = due_of(quote, sentence, item.sentence.heading, setting.day)
    if due is None:
        return {"due_text": None, "due_start": None, "due_end": None, "due_precision": None}
    return {"due_text": due.text, "due_start": due.due_start, "due_end": due.due_end, "due_precision": due.precision}
