"""The head word names what is undertaken."""

from __future__ import annotations

import pytest

from pledgebook.releases.book.head_words import head_word


@pytest.mark.parametrize(
    ("quote", "cue", "head"),
    [
        ("will provide an additional $5 million", "will", "provide"),
        ("provide an additional $5 million", "agreed to", "provide"),
        ("agreed to open a joint office", "agreed to", "open"),
        ("the Joint Office", "announced", "joint"),
        ("will", "will", "will"),
        ("—", "agreed", "—"),
    ],
)
def test_head_word(quote, cue, head):
    assert head_word(quote, cue) == head
