"""Lists of addresses, one a line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pledgebook.sources.discovery import Findings, UnreadableListing

Read = Callable[..., Findings]
CALL = "https://www.norland.example/calls/"


def urls(found: Findings) -> list[str]:
    return [document.url for document in found.documents]


@pytest.mark.parametrize("content", ["", "\n \n", "# nothing yet\n", "\ufeff"])
def test_a_list_may_be_empty(read: Read, content: str) -> None:
    assert read("addresses", content) == Findings()


def test_an_address_with_another_fragment_is_the_same(read: Read) -> None:
    assert urls(read("addresses", f"{CALL}2\n{CALL}1\n{CALL}2#end\n{CALL}1\n")) == [CALL + "2", CALL + "1"]


def test_only_wanted_addresses_are_documents(read: Read) -> None:
    content = f"{CALL}1\n{CALL}photos\nhttps://www.estavia.example/1\n"
    assert urls(read("addresses", content, include="norland", exclude="photos")) == [CALL + "1"]


def test_blank_lines_and_comments_count_as_lines(read: Read) -> None:
    with pytest.raises(UnreadableListing, match=r"line 5 is no web address: 'calls/2'"):
        read("addresses", f"\ufeff# calls\r\n\r\n{CALL}1\r\n\r\ncalls/2\r\n")


def test_a_comment_has_a_line_of_its_own(read: Read) -> None:
    with pytest.raises(UnreadableListing, match="line 1 is no web address"):
        read("addresses", f"{CALL}1 # the first call\n")
