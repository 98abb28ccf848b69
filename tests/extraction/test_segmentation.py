"""Sentences, list items, lead-ins and headings, each with offsets into the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pledgebook.extraction.segmentation import sentences


def spans(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(text)]


def test_abbreviations_and_initials_end_no_sentence() -> None:
    text = "Mr. Berg met J. Q. Holm in Washington, D.C. The U.S. delegation left. They agreed on No. 5 of the plan."
    assert spans(text) == [
        "Mr. Berg met J. Q. Holm in Washington, D.C.",
        "The U.S. delegation left.",
        "They agreed on No. 5 of the plan.",
    ]


def test_a_list_item_knows_its_lead_in() -> None:
    text = "The ministers agreed to:\n\n- open an office in Oslo;\n\n- share data.\n\nA last word was said."
    first, second, third, last = sentences(text)
    assert (second.lead_in, third.lead_in, last.lead_in) == (first, first, None)
    assert text[second.start : second.end] == "open an office in Oslo;"
    assert second.item and not last.item


def test_a_heading_is_no_sentence_but_names_its_section() -> None:
    text = "Trade and Investment\n\nNorway will cut tariffs on fish."
    (only,) = sentences(text)
    assert (only.heading, text[only.start : only.end]) == ("Trade and Investment", "Norway will cut tariffs on fish.")


def test_a_heading_in_capitals_before_its_sentence_is_taken_off() -> None:
    text = "STRENGTHENING OUR TIES: The two sides met. They spoke."
    assert spans(text) == ["The two sides met.", "They spoke."]
    assert sentences(text)[0].heading == "STRENGTHENING OUR TIES"


@given(st.text())
def test_every_sentence_stands_in_any_text_and_none_overlap(text: str) -> None:
    reached = 0
    for sentence in sentences(text):
        assert reached <= sentence.start < sentence.end <= len(text)
        reached = sentence.end
