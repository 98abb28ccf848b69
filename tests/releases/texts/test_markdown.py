"""Words of sources in the changelog, as GitHub shows it."""

from __future__ import annotations

from datetime import UTC, datetime

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

PROMISES = "He will send 5 trucks to Ukraine. She will open a school."


@pytest.fixture
def shown(publish, run, document):
    """The section on edits of a statement that was edited to a text."""

    def edited_to(text: str, **columns) -> str:
        publish(run(document("a", "The two sides met in Oslo.")))
        edit = ("a", "edited", datetime(2026, 11, 5, tzinfo=UTC))
        publish(run(document("a", text, **columns), happened=[edit]))
        page = cmarkgfm.github_flavored_markdown_to_html(publish.changelog(), Options.CMARK_OPT_UNSAFE)
        return page.split("Edited at the source")[1]

    return edited_to


def test_words_of_a_source_cannot_become_marks_of_the_changelog(shown):
    odd = "He will\n# send <script>alert(1)</script> [trucks](javascript:x) &lt;b&gt; to Ukraine."
    section = shown(odd, title="A *bold* <b>title</b>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [trucks](javascript:x) &amp;lt;b&amp;gt;" in section
    assert "A *bold* &lt;b&gt;title&lt;/b&gt;" in section
    assert "<h1" not in section and 'javascript:x"' not in section


def test_bare_addresses_in_a_text_do_not_become_links(shown):
    section = shown("See http://norland.example/x and www.norland.example or write to office@norland.example today.")
    assert section.count("<a ") == 1 and '<a href="https://example.org/a">' in section


def test_only_web_addresses_of_statements_are_links(shown):
    section = shown(PROMISES, url="javascript:alert(1)")
    assert "<a " not in section and "javascript:alert(1)" in section


def test_a_web_address_is_a_link_to_itself_whatever_marks_it_holds(shown):
    assert 'href="https://example.org/a_*b*_c?d=1"' in shown(PROMISES, url="https://example.org/a_*b*_c?d=1")
