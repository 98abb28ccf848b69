"""What happened to a statement at its source, as the raw archive tells it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pledgebook.readouts import Parsed, parse_readouts
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.store import CaptureStore

from .conftest import Clock
from .pages import page, publish, statement
from .site import Site

Run = Callable[..., CrawlReport]
TEXT = statement(1)


@pytest.fixture
def read(tmp_path: Path, run: Run, registered: None) -> Callable[[], Parsed]:
    """Fetches and parses the test site."""

    def read_it() -> Parsed:
        run(attempts=1)
        store = CaptureStore(tmp_path / "raw")
        parsed = parse_readouts(store.newest(), store)
        store.close()
        return parsed

    return read_it


def told(parsed: Parsed) -> list[tuple[str, str]]:
    """Event and day of each event."""
    return [(event, f"{moment:%m-%d}") for event, moment in parsed.events.select("event", "captured_at").iter_rows()]


def text_of(parsed: Parsed) -> str:
    (text,) = parsed.readouts["text"]
    return str(text)


def test_first_seen_edited_and_edited_back(site: Site, read: Callable[[], Parsed], clock: Clock) -> None:
    publish(site, [1])
    assert told(read()) == [("first_seen", "03-01")]
    for changed in (TEXT.replace("tonnes", "tons"), TEXT):
        clock.forward(days=1)
        site.add("/call/1", changed)
        parsed = read()
    assert told(parsed) == [("first_seen", "03-01"), ("edited", "03-02"), ("edited", "03-03")]
    assert "tonnes" in text_of(parsed)


def test_other_bytes_with_the_same_text_are_no_edit(site: Site, read: Callable[[], Parsed], clock: Clock) -> None:
    publish(site, [1])
    read()
    clock.forward(days=1)
    site.add("/call/1", TEXT.replace("<nav>Menu</nav>", "<nav>Menu, today with weather</nav>"))
    assert told(read()) == [("first_seen", "03-01")]


def test_gone_after_two_misses_a_day_apart_and_back(site: Site, read: Callable[[], Parsed], clock: Clock) -> None:
    publish(site, [1])
    read()
    del site.pages["/call/1"]
    for hours in (24, 23):
        clock.forward(hours=hours)
        assert told(read()) == [("first_seen", "03-01")]
    clock.forward(hours=1)
    parsed = read()
    assert told(parsed) == [("first_seen", "03-01"), ("gone", "03-03")]
    assert parsed.readouts["availability"].to_list() == ["gone"]
    assert parsed.events.filter(event="gone")["sha256"].to_list() == [None]
    clock.forward(days=5)
    site.add("/call/1", TEXT)
    parsed = read()
    assert told(parsed)[2:] == [("back", "03-08")]
    assert parsed.readouts["availability"].to_list() == ["live"]


def test_one_miss_between_two_visits_is_nothing(site: Site, read: Callable[[], Parsed], clock: Clock) -> None:
    publish(site, [1])
    read()
    for _ in range(2):
        clock.forward(days=2)
        held = site.pages.pop("/call/1")
        read()
        clock.forward(days=2)
        site.pages["/call/1"] = held
        parsed = read()
    assert told(parsed) == [("first_seen", "03-01")]


@pytest.mark.parametrize("status", [403, 500, 503])
def test_a_site_in_trouble_is_no_sign_that_a_statement_is_gone(
    site: Site, read: Callable[[], Parsed], clock: Clock, status: int
) -> None:
    publish(site, [1])
    read()
    site.add("/call/1", "", status=status, validated=False)
    for _ in range(3):
        clock.forward(days=2)
        parsed = read()
    assert told(parsed) == [("first_seen", "03-01")]


def test_a_page_that_turned_into_a_login_page_is_set_aside(
    site: Site, read: Callable[[], Parsed], clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    publish(site, [1])
    before = text_of(read())
    clock.forward(days=1)
    site.add(
        "/call/1",
        page("Sign in", "Please sign in to continue. Enter your user name and password. Forgot your password?"),
    )
    parsed = read()
    assert text_of(parsed) == before
    assert told(parsed) == [("first_seen", "03-01")]
    aside = parsed.quarantine.row(0, named=True)
    assert (aside["table"], aside["check"], aside["row_id"]) == ("captures", "other_page", site.url("/call/1"))
    assert site.url("/call/1") in caplog.text


def test_after_an_error_page_the_same_text_is_no_event(site: Site, read: Callable[[], Parsed], clock: Clock) -> None:
    publish(site, [1])
    read()
    for content in (page("Page not found", "Sorry, the page you are looking for could not be found."), TEXT):
        clock.forward(days=1)
        site.add("/call/1", content)
        parsed = read()
    assert told(parsed) == [("first_seen", "03-01")]


def test_a_page_whose_layout_changed_keeps_its_text_and_is_told(
    site: Site, read: Callable[[], Parsed], clock: Clock
) -> None:
    publish(site, [1])
    before = text_of(read())
    clock.forward(days=1)
    site.add("/call/1", TEXT.replace("main>", "section>"))
    parsed = read()
    assert text_of(parsed) == before
    assert parsed.quarantine["check"].to_list() == ["layout_changed"]


def test_an_edit_is_told_once_however_often_it_is_read(site: Site, read: Callable[[], Parsed], clock: Clock) -> None:
    publish(site, [1])
    read()
    clock.forward(days=1)
    site.add("/call/1", TEXT.replace("tonnes", "tons"))
    assert told(read()) == told(read()) == [("first_seen", "03-01"), ("edited", "03-02")]


def test_a_copy_that_was_set_aside_is_forgotten_once_a_good_one_came(
    site: Site, read: Callable[[], Parsed], clock: Clock
) -> None:
    publish(site, [1])
    read()
    for changed in (TEXT.replace("main>", "section>"), TEXT.replace("tonnes", "tons")):
        clock.forward(days=1)
        site.add("/call/1", changed)
        parsed = read()
    assert parsed.quarantine.is_empty()
    assert told(parsed) == [("first_seen", "03-01"), ("edited", "03-03")]
