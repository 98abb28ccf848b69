"""Markdown, HTML and plain text to blocks: the same statement in three forms gives one text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.sources.cleaning import clean_page, split_at_breaks, tidy
from pledgebook.sources.html_blocks import html_blocks
from pledgebook.sources.markdown_blocks import markdown_blocks
from pledgebook.sources.plain_blocks import plain_blocks

BLOCKS = [
    "The leaders of Norland and Estavia met.",
    "They agreed to:",
    "- open a joint office in the capital;",
    "- share data.",
    "They will meet again in May.",
]
MARKDOWN = """The leaders of **Norland** and [Estavia](https://example.org/e)
met.

*They agreed to:*

-   open a <u>joint</u> office
    in the capital;

<!-- -->

-   share data.

They will meet\u00a0again in&nbsp;May.
"""
HTML = """<p>The leaders of <strong>Norland</strong> and <a href="https://example.org/e">Estavia</a>
met.</p><p><em>They agreed to:</em></p><ul><li>open a <u>joint</u> office in the capital;</li><!-- x --><li><p>share data.</p></li></ul>
They will meet&nbsp;again in May."""
PLAIN = """The leaders of Norland and Estavia met.

They agreed to:
• open a joint office in the capital;
• share data.

They will meet again
in May.
"""


@pytest.mark.parametrize("blocks", [markdown_blocks(MARKDOWN), html_blocks(HTML), plain_blocks(PLAIN)])
def test_three_forms_give_one_text(blocks: list[str]) -> None:
    assert blocks == BLOCKS


@pytest.mark.parametrize(
    ("markdown", "blocks"),
    [
        ("**Health: ** They will help.", ["Health: They will help."]),
        ("A \\* B and \\[sic\\] and 3 * 4", ["A * B and [sic] and 3 * 4"]),
        ("# Heading\n\nText.", ["Heading", "Text."]),
        ("First.  \n  \nSecond.", ["First.", "Second."]),
        ("**Heading**  \nText follows.", ["Heading", "Text follows."]),
        ("They agreed on a  \nnew office.", ["They agreed on a new office."]),
        ("        Sincerely,\n\n        A PERSON", ["Sincerely,", "A PERSON"]),
        ("    <!-- -->\n\nText.", ["Text."]),
        ('<figure>\n<img\nsrc="a.jpg" alt="A hall" />\n<figcaption>A hall</figcaption>\n</figure>\n\nText.', ["Text."]),
        ("See <https://example.org/a>.", ["See https://example.org/a."]),
        ("1.  One.\n2.  Two.", ["- One.", "- Two."]),
        ("-   One\n    -   Nested", ["- One", "- Nested"]),
        ("H<sub>2</sub>O on the 21<sup>st</sup>", ["H2O on the 21st"]),
    ],
)
def test_markdown(markdown: str, blocks: list[str]) -> None:
    assert markdown_blocks(markdown) == blocks


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p>One<br><br>Two</p>", ["One", "Two"]),
        ("<p>Kept<img src=a> too</p>", ["Kept too"]),
        ("<p>a<script>b()</script> c<style>d{}</style></p>", ["a c"]),
        ("<p>2. We will act.</p><p>• We will pay.</p>", ["- We will act.", "- We will pay."]),
        ("<table><tr><td>Norland</td><td>$5</td></tr></table>", ["Norland", "$5"]),
        ("<p>unclosed <b>bold<p>next", ["unclosed bold", "next"]),
        ("<ul><li>one<p>more of one</p></li></ul>", ["- one", "more of one"]),
        ("<pre>a\nb</pre>", ["a b"]),
        ("<div>" * 2000 + "deep" + "</div>" * 2000, ["deep"]),
    ],
)
def test_html(markup: str, blocks: list[str]) -> None:
    assert html_blocks(markup) == blocks


def test_a_whole_page_loses_its_menus() -> None:
    story = [
        f"The leaders of Norland and Estavia spoke about subject number {number} and agreed to act on it."
        for number in range(8)
    ]
    page = (
        "<!doctype html><html><head><title>Readout</title></head><body><nav><ul><li><a href='/'>Home</a></li>"
        "<li><a href='/news'>News menu entry</a></li></ul></nav><main><article><h1>Readout</h1>"
        + "".join(f"<p>{paragraph}</p>" for paragraph in story)
        + "</article></main><footer><p>Contact and privacy footer</p></footer></body></html>"
    )
    blocks = html_blocks(page)
    assert [block for block in blocks if block in story] == story
    assert not any("menu" in block or "footer" in block for block in blocks)


def test_lines_of_a_wrapped_text_are_joined_and_short_lines_are_not() -> None:
    wrapped = "word " * 13 + "end\n" + "word " * 13 + "end\n" + "Last line.\nA signature\nA title"
    assert plain_blocks(wrapped) == ["word " * 13 + "end " + "word " * 13 + "end Last line.", "A signature", "A title"]


def test_a_paragraph_a_line_stays_apart() -> None:
    first, second = "Norland will help. " * 12, "Estavia will pay. " * 12
    assert plain_blocks(f"{first}\n{second}\r\n{first}") == [first.strip(), second.strip(), first.strip()]


def test_unseen_characters_go_and_letters_stay() -> None:
    text = "so\u00adft ze\u200bro \u202bשלום\u202c e\u0301 👩\u200d🚀 a\u00a0b\x00"
    assert tidy(text) == "soft zero שלום é 👩\u200d🚀 a b"


@given(st.text())
def test_tidy_text_is_nfc_on_one_line_and_stays(text: str) -> None:
    once = tidy(text)
    assert unicodedata.is_normalized("NFC", once)
    assert once == " ".join(once.split())
    assert tidy(once) == once


@given(st.lists(st.text("abc .•-1)\n\u2028", max_size=20)))
def test_plain_text_loses_no_letter(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    assert [letter for letter in "".join(plain_blocks(text)) if letter in "abc"] == [
        letter for letter in text if letter in "abc"
    ]


@pytest.mark.parametrize(
    "block",
    [
        "###",
        "# # #",
        "-30-",
        "Scroll to Top Scroll to Top",
        "Top",
        "Office of the Spokesperson",
        "The below is attributable to Spokesperson Jane Roe:",
        "The following is attributable to Deputy Spokesperson John Q. Roe:",
        "FOR IMMEDIATE RELEASE",
        "Begin text:",
        "End Text",
        "Share this page",
        "Print",
        "This is historical material “frozen in time”. An invented remark.",
        "Jane Roe, Department Spokesperson",
    ],
)
def test_furniture_goes(block: str) -> None:
    assert clean_page(["Norland will help.", block]).text == "Norland will help."


@pytest.mark.parametrize(
    "block",
    [
        "Top officials of Norland will meet in May.",
        "Share of trade in services will rise.",
        "This is historical material of great worth.",
        "The office of the spokesperson was closed, and Norland will open it again.",
        "Print media of both countries will be supported.",
        "- Text of the agreement",
    ],
)
def test_prose_that_looks_like_furniture_stays(block: str) -> None:
    assert clean_page([block]).text == block


def test_a_page_of_furniture_alone_is_empty() -> None:
    assert clean_page(["Top", "###", "-"]).text == ""


def test_breaks_inside_a_sentence_are_wraps() -> None:
    assert split_at_breaks("They agreed\u2028on it.\u2028\u2028and so on\u2028Then") == [
        "They agreed on it.",
        "and so on",
        "Then",
    ]
