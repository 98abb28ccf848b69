from __future__ import annotations

import pytest

from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.front_matter import split_front_matter

BOMB = "a: &a [x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


def test_fields_and_body_are_parted() -> None:
    fields, body = split_front_matter("---\ntitle: A call\ndate: 2021-06-08\n---\n\nThe text.\n---\nmore")
    assert fields["title"] == "A call"
    assert body == "\nThe text.\n---\nmore"


def test_a_page_without_front_matter_is_all_body() -> None:
    assert split_front_matter("The text.\n---\nmore") == ({}, "The text.\n---\nmore")


def test_empty_front_matter_has_no_fields() -> None:
    assert split_front_matter("---\n---\nThe text.") == ({}, "The text.")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: A call: with whom\n---\ntext", "line 2"),
        ("---\ntitle: fine\ndate: [2021\n---\ntext", "line 4"),
        ("---\ntitle: never closed\n\ntext", "line 1"),
        ("---\n- only\n- a list\n---\ntext", "line 2"),
        ("---\ndate: 2021-13-45\n---\ntext", "line 2"),
        ("---\nwhen: !!python/object/apply:os.getcwd []\n---\ntext", "line 2"),
        (f"---\n{BOMB}---\ntext", "line 3"),
    ],
)
def test_broken_front_matter_is_told_with_its_line(text: str, line: str) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        split_front_matter(text)
    assert raised.value.check == "broken_front_matter"
    assert raised.value.reason.startswith(line)


def test_a_star_that_is_no_alias_is_allowed() -> None:
    assert split_front_matter('---\ntitle: "5 * 3"\n---\n')[0] == {"title": "5 * 3"}
