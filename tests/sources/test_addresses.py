from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import pledgebook.sources
from pledgebook.sources.addresses import canonical_url

SITE = "https://www.whitehouse.gov/briefing-room/2021/06/08/a-call"


@pytest.mark.parametrize(
    "url",
    [
        "http://whitehouse.gov/briefing-room/2021/06/08/a-call/",
        "https://bidenwhitehouse.archives.gov/briefing-room/2021/06/08/a-call/#top",
        "https://WWW.WhiteHouse.gov:443/briefing-room/2021/06/08/a-call?utm_source=mail&fbclid=1",
        "https://web.archive.org/web/20210609id_/http://www.whitehouse.gov/briefing-room/2021/06/08/a-call/",
        "web.archive.org/web/2021/https://web.archive.org/web/2022/https://www.whitehouse.gov/briefing-room/2021/06/08/a-call",
        " whitehouse.gov/briefing-room/2021/06/08/a%2Dcall",
    ],
)
def test_copies_of_one_page_have_one_address(url: str) -> None:
    assert canonical_url(url) == SITE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://2021-2025.state.gov/a/", "https://www.state.gov/a"),
        ("http://en.kremlin.ru/events/1", "https://en.kremlin.ru/events/1/"),
        ("https://president.gov.ua/en/news/1", "http://www.president.gov.ua/en/news/1"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
        ("https://example.org/%7Ea/%c3%a9", "https://example.org/~a/é"),
    ],
)
def test_one_address(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    "url",
    [
        "https://obamawhitehouse.archives.gov/a-b/2012/c_d.html/",
        "https://web.archive.org/web/2021/example.org/a/",
        "https://xn--bcher-kva.example/a//b/",
        "https://example.org/a/../b",
        "https://10.0.0.1/",
    ],
)
def test_a_fragment_is_no_part_of_an_address(url: str) -> None:
    assert canonical_url(url) == canonical_url(f"{url}#top")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/?page=1", "https://example.org/?page=2"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("http://www.kremlin.ru/events/1", "http://en.kremlin.ru/events/1"),
    ],
)
def test_two_addresses(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "text", ["", "readout.md", "mailto:a@example.org", "https://", "ftp://example.org/a", "https://a b.org:x/"]
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a web address"):
        canonical_url(text)


PATHS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)


@given(host=st.from_regex(r"[a-z]{1,8}\.(gov|org)(:80|:8080)?", fullmatch=True), path=PATHS, query=PATHS)
@example(host="a.org", path="/;/", query="a=/")
@example(host="a.org", path="//", query="")
def test_canonical_again_is_the_same(host: str, path: str, query: str) -> None:
    try:
        once = canonical_url(f"http://{host}/{path}?{query}")
    except ValueError:
        return
    assert canonical_url(once) == once


def test_host_table_has_one_row_a_host_and_no_chains() -> None:
    table = Path(pledgebook.sources.__file__).with_name("hosts.csv")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    hosts = [row["host"] for row in rows]
    assert len(hosts) == len(set(hosts))
    assert not {row["canonical_host"] for row in rows} & set(hosts)
    assert all(row["added_in"] for row in rows)
