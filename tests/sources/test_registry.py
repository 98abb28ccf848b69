"""The sources as they ship, a user's own sources, and files that are broken."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pledgebook.runs.reader_hash import reader_hash, refuse_other_reader
from pledgebook.sources import WrongUse, source_named, sources
from pledgebook.sources.addresses import host_of
from pledgebook.sources.registry import source_of, source_of_site
from pledgebook.sources.ways import FeedDiscovery

SHIPPED = Path(__file__).parents[2] / "pledgebook" / "sources"
MINE = 'name = "mine"\ntitle = "Mine"\n'
LISTING = '[[discover]]\nmethod = "listing"\nstart = ["https://mine.example/"]\n'

Own = Callable[[str], Path]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Own:
    """Writes a file `mine.toml` to a folder of the user's own sources."""

    def write(content: str) -> Path:
        path = tmp_path / "mine.toml"
        path.write_text(content, "utf-8")
        monkeypatch.setenv("PLEDGEBOOK_SOURCES", str(tmp_path))
        return path

    return write


def test_a_host_belongs_to_one_source() -> None:
    hosts = Counter(host for source in sources().values() for host in source.hosts)
    assert [host for host, times in hosts.items() if times > 1] == []
    assert [host for host in hosts if host_of(f"https://{host}/a") != host] == []


def test_every_source_that_is_fetched_states_whose_texts_they_are_and_where_the_layout_is_described() -> None:
    fetched = [source for source in sources().values() if source.discover]
    assert len(fetched) >= 14
    for source in fetched:
        assert source.publisher not in (None, "unknown")
        assert source.issuer
        assert source.licence != "unknown"
        assert source.licence_url
        assert source.layout, source.name


def test_a_source_says_in_a_comment_what_it_is() -> None:
    assert all(path.read_text("utf-8").startswith("# ") for path in SHIPPED.glob("*.toml"))


def test_all_sites_of_a_canonical_host_are_known() -> None:
    with (SHIPPED / "hosts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    claimed = {host for source in sources().values() for host in source.hosts}
    assert {row["canonical_host"] for row in rows} <= claimed


@pytest.mark.parametrize(
    ("url", "by_host", "by_site"),
    [
        ("https://www.whitehouse.gov/a/", "white-house", "white-house"),
        ("https://bidenwhitehouse.archives.gov/a/", "white-house", "white-house-biden"),
        ("https://obamawhitehouse.archives.gov/a", "white-house", "white-house-obama"),
        ("https://2021-2025.state.gov/a/", "state-department", "state-department-2021-2025"),
        ("https://www.consilium.europa.eu/a", "european-council", None),
        ("https://www.norland.example/a", "folder", None),
        (None, "folder", None),
    ],
)
def test_sources_of_an_address(url: str | None, by_host: str, by_site: str | None) -> None:
    site = source_of_site(url)
    assert (source_of(url).name, site and site.name) == (by_host, by_site)


def test_the_request_for_a_document_may_differ_from_its_address() -> None:
    (feed,) = source_named("european-commission").discover
    assert isinstance(feed, FeedDiscovery)
    asked = feed.request_for("https://ec.europa.eu/commission/presscorner/detail/en/ip_26_9002")
    assert asked == "https://ec.europa.eu/commission/presscorner/api/documents?reference=IP/26/9002&language=en"
    (plain,) = source_named("canada-prime-minister").discover
    assert isinstance(plain, FeedDiscovery)
    assert plain.request_for("https://www.pm.gc.ca/en/news/readouts/2026/03/14/a") is None


def test_own_sources_come_with_the_shipped_ones(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    before = list(sources())
    own(MINE + 'hosts = ["mine.example"]\n')
    assert list(sources()) == sorted([*before, "mine"])
    assert source_of("https://mine.example/a").name == "mine"
    monkeypatch.delenv("PLEDGEBOOK_SOURCES")
    assert list(sources()) == before


def test_a_source_that_was_edited_is_another_reader_and_read_as_it_is_now(own: Own) -> None:
    own(MINE + 'hosts = ["mine.example"]\n')
    before = reader_hash()
    assert source_of("https://mine.example/a").name == "mine"
    own(MINE + 'hosts = ["ours.example"]\n')
    with pytest.raises(WrongUse, match="has other code or other sources"):
        refuse_other_reader(before)
    refuse_other_reader(reader_hash())
    assert [source_of(f"https://{host}.example/a").name for host in ("mine", "ours")] == ["folder", "mine"]


def test_a_folder_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEDGEBOOK_SOURCES", str(tmp_path / "nowhere"))
    with pytest.raises(WrongUse, match=r"PLEDGEBOOK_SOURCES names .*nowhere, which is no folder"):
        sources()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('name = "mine"\ntitle = \n', "no valid TOML .*line 2"),
        (MINE + 'colour = "red"\n', "colour: is no word that is known here"),
        ('name = "mine"\n', "title: is missing"),
        (MINE + "hosts = 3\n", r"hosts: has to be a list"),
        ('name = "yours"\ntitle = "Mine"\n', "name: 'yours' is not the name of the file, 'mine'"),
        (MINE + 'publisher = "norland"\n', "publisher: 'norland' is no code of schemas/codelists/publishers.csv"),
        (MINE + 'issuer = "NLD2"\n', "issuer: 'NLD2' is no code"),
        (MINE + 'licence = "MINE"\n', "licence: 'MINE' is no code"),
        (MINE + 'hosts = ["www.whitehouse.gov"]\n', "www.whitehouse.gov belongs to the source 'white-house'"),
        (MINE + LISTING, "discover 1, link: is missing"),
        (MINE + LISTING + 'link = "a[[b"\n', r"discover 1, link: 'a\[\[b' is no CSS selector"),
        (MINE + LISTING + 'link = "a"\ninclude = "("\n', r"discover 1, include: '\(' is no regular expression"),
        (MINE + LISTING + 'link = "a"\nlinks = "b"\n', "discover 1, links: is no word that is known here"),
        (MINE + '[[discover]]\nmethod = "guess"\n', "discover 1, method: 'guess' is unknown; known are 'sitemap'"),
        (MINE + '[[discover]]\nstart = ["https://a.example/"]\n', "discover 1, method: it is missing"),
        (
            MINE + '[[discover]]\nmethod = "feed"\nstart = []\nfetch = "{a}"\n',
            "discover 1: fetch: 'a' is no named group",
        ),
        (MINE + '[parse]\nformat = "json"\nbody = "a["\n', r"parse, body: 'a\[' is no JMESPath expression"),
        (MINE + '[parse]\nformat = "html"\n', "parse, body: is missing"),
    ],
)
def test_a_broken_file_is_one_clear_line(own: Own, content: str, said: str) -> None:
    path = own(content)
    with pytest.raises(WrongUse, match=said) as raised:
        sources()
    assert str(path) in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1


def test_a_name_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kremlin.toml").write_text('name = "kremlin"\ntitle = "Mine"\n', "utf-8")
    monkeypatch.setenv("PLEDGEBOOK_SOURCES", str(tmp_path))
    with pytest.raises(WrongUse, match=r"kremlin\.toml: name: there is a source 'kremlin' already"):
        sources()


def test_bytes_that_are_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe")
    monkeypatch.setenv("PLEDGEBOOK_SOURCES", str(tmp_path))
    with pytest.raises(WrongUse, match=r"mine\.toml: it is no valid TOML"):
        sources()
