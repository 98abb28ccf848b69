"""One document of the corpus, by its number alone."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from random import Random

from benchmarks.synthetic.composing import Composition
from benchmarks.synthetic.phrases import FOLDER, Draw, Phrase, all_words, one_of, phrase_of, tables
from benchmarks.synthetic.shapes import drawn_shape

_FIRST_DAY, _DAYS = date(2015, 1, 1), 3650
_ONE_IN_A_DOCUMENT = ("office", "minister", "weekday")


def document(number: int, seed: int) -> dict[str, str]:
    """The fields of a document as the loader knows them; neither address nor text are those of another number."""
    draw = Random(f"{seed} {number}").random
    shape = drawn_shape(draw)
    titles, sentences = _openings()[shape.kind, shape.place]
    issuer, words = _setting(draw)
    text = Composition(shape, words, draw).text(one_of(sentences, draw))
    return {
        "title": one_of(titles, draw).filled(words, draw),
        "date": (_FIRST_DAY + timedelta(days=int(draw() * _DAYS))).isoformat(),
        # Hosts under .example belong to nobody (RFC 2606).
        "url": f"https://{issuer.lower()}.example/{seed}/{number}",
        "issuer": issuer,
        "publisher": "unknown",
        "licence": "CC0-1.0",
        "language": "en",
        # The line of its own is taken for a heading, so that it is no sentence and makes each text another.
        "text": f"{text}\n\nPress note {number}",
    }


def _setting(draw: Draw) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The code of the issuer, and the words of a document, in which office, parties and their persons stay the same."""
    words = dict(all_words())
    issuer, home = one_of(_actors(), draw)
    partner = one_of([name for _, name in _actors() if name != home], draw)
    fixed = {slot: one_of(words[slot], draw) for slot in _ONE_IN_A_DOCUMENT}
    fixed |= {"home": home, "Home": _capitalised(home), "partner": partner, "Partner": _capitalised(partner)}
    for person in ("leader", "guest"):
        fixed[person] = f"{one_of(words['given_name'], draw)} {one_of(words['surname'], draw)}"
    words.update((slot, (word,)) for slot, word in fixed.items())
    return issuer, words


def _capitalised(name: str) -> str:
    return name[0].upper() + name[1:]


@cache
def _actors() -> list[tuple[str, str]]:
    """Codes and names of those who publish and are spoken of."""
    with (FOLDER / "actors.csv").open(encoding="utf-8", newline="") as file:
        return [(row["code"], row["name"]) for row in csv.DictReader(file)]


@cache
def _openings() -> dict[tuple[str, str], tuple[list[Phrase], list[Phrase]]]:
    """Titles and first sentences for each kind and place of documents."""
    return {
        (kind, place): (
            [phrase_of(text) for text in opening["titles"]],
            [phrase_of(text) for text in opening["sentences"]],
        )
        for kind, places in tables("openings").items()
        for place, opening in places.items()
    }
