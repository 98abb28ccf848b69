"""Why a row was found, or was not."""

from __future__ import annotations

from datetime import date

from pledgebook.extraction.document import Statement
from pledgebook.extraction.explanation import Explanation, explain

TITLE = "Readout of the President’s Call with the Prime Minister of Norway"


def explained(text: str) -> list[Explanation]:
    return list(explain(Statement(TITLE, text, "USA", ("USA", "NOR"), date(2021, 6, 8), "readout")))


def test_a_promise_counts_and_its_cue_and_evidence_are_named() -> None:
    (found,) = explained("The two leaders agreed to open a joint office in Bergen.")
    assert (found.quote, found.cue, found.counts) == ("agreed to open a joint office in Bergen", "agreed", True)
    assert found.signs == () and dict(found.reasons)["no objection"] > 0


def test_what_is_asked_of_another_is_shown_with_the_sign_against_it() -> None:
    (found,) = explained("The President urged Norway, which will send ships to the strait.")
    assert (found.quote, found.counts) == ("will send ships to the strait", False)
    assert found.signs == ("request",) and dict(found.reasons)["objections"] < 0
