"""`pledgebook run --source`: from a site to a release, and what the next runs make of what happened there."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from flows.build import build
from pledgebook.releases.places.published import read_table
from pledgebook.sources.source import Source

from .pages import page, publish
from .site import Site

Command = Callable[..., subprocess.CompletedProcess[str]]
DEALS = "The United States and Norway agreed to open a joint office in Bergen.\n\nThe United States will deliver {} trucks to Norway."


@pytest.fixture
def settings(registered: None, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The settings with which a user would fetch from the test site; they can be changed."""
    told = {"PLEDGEBOOK_CONTACT": "tests@example.org", "PLEDGEBOOK_DELAY": "0", "PLEDGEBOOK_ALLOWED_HOSTS": "127.0.0.1"}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def deal(site: Site, trucks: int) -> None:
    site.add("/call/deal", page("Joint Statement of the United States and Norway", DEALS.format(trucks)))
    publish(site, range(3))


def test_from_a_site_to_a_release_and_on(
    prefect_server: None, site: Site, settings: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    places = {"raw": str(tmp_path / "raw"), "releases": str(tmp_path / "processed")}
    deal(site, 20)
    first = build(source=["norland"], **places)
    assert first.outcome.version == "1.0.0"
    assert "norland: listed 4, new 4" in first.lines()[0]
    assert read_table(tmp_path / "processed", "coverage")["known"].to_list() == [4]

    assert build(source=["norland"], **places).outcome.version is None

    deal(site, 25)
    third = build(source=["norland"], **places)
    assert third.outcome.version == "1.0.1"
    changelog = (tmp_path / "processed" / "v1.0.1" / "CHANGELOG.md").read_text("utf-8")
    assert "### Edited at the source" in changelog
    wordings = [f"“The United States will deliver {number} trucks to Norway.”" for number in (20, 25)]
    assert f"was: {wordings[0]} / now: {wordings[1]}" in changelog
    assert "commitment changed: " in changelog
    assert read_table(tmp_path / "processed", "captures")["event"].to_list().count("edited") == 1
    before, after = (read_table(tmp_path / "processed", "commitments", version) for version in ("1.0.0", "1.0.1"))
    assert set(before["commitment_id"]) == set(after["commitment_id"]) != set()


def test_what_cannot_be_fetched_stands_in_the_report_the_quarantine_and_the_coverage(
    prefect_server: None, site: Site, settings: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deal(site, 20)
    site.add("/robots.txt", "User-agent: *\nDisallow: /call/1\n", media_type="text/plain")
    report = build(source=["norland"], raw=str(tmp_path / "raw"), releases=str(tmp_path / "processed"))
    assert "failed 1 (robots 1)" in report.lines()[0]
    aside = read_table(tmp_path / "processed", "quarantine")
    assert aside.select("table", "row_id", "check").rows() == [("captures", site.url("/call/1"), "robots")]
    coverage = read_table(tmp_path / "processed", "coverage").select(
        pl.col("known", "captured", "read", "failed").sum()
    )
    assert coverage.row(0) == (4, 3, 3, 0)


def test_a_trial_lists_what_would_be_fetched(
    site: Site, settings: pytest.MonkeyPatch, tmp_path: Path, pledgebook: Command
) -> None:
    publish(site, range(2))
    told = pledgebook("run", "--source", "norland", "--dry-run", "--raw", tmp_path / "raw")
    lines = told.stdout.splitlines()
    assert told.returncode == 0
    assert lines == [
        f"new\tundated\t{site.url('/call/0')}",
        f"new\tundated\t{site.url('/call/1')}",
        "norland: 2 documents would be fetched; nothing was written",
    ]
    assert not (tmp_path / "raw").exists()


def test_nothing_is_fetched_by_nobody(
    site: Site, settings: pytest.MonkeyPatch, tmp_path: Path, pledgebook: Command
) -> None:
    settings.delenv("PLEDGEBOOK_CONTACT")
    told = pledgebook("run", "--source", "norland", "--dry-run", "--raw", tmp_path / "raw")
    assert (told.returncode, told.stdout) == (2, "")
    assert "set PLEDGEBOOK_CONTACT" in told.stderr
    assert site.requests == []


def test_a_setting_of_no_possible_value_is_named(settings: pytest.MonkeyPatch, pledgebook: Command) -> None:
    settings.setenv("PLEDGEBOOK_DELAY", "soon")
    told = pledgebook("sources", "check", "norland")
    assert told.returncode == 2
    assert told.stderr.startswith("pledgebook: PLEDGEBOOK_DELAY cannot be 'soon'")


def test_a_layout_that_holds(site: Site, settings: pytest.MonkeyPatch, pledgebook: Command) -> None:
    publish(site, range(5))
    told = pledgebook("sources", "check", "norland")
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.count("found: 2026-02-03 Readout of call") == 3
    assert told.stdout.endswith("norland: the layout holds\n")


@pytest.mark.parametrize(
    ("rules", "lack"), [({"title": "h9"}, "no title"), ({"date": ".nowhere"}, "no day of publication")]
)
def test_a_selector_that_finds_nothing_does_not_hide_behind_the_listing(
    site: Site,
    settings: pytest.MonkeyPatch,
    registered: Callable[..., Source],
    rules: dict[str, str],
    lack: str,
    pledgebook: Command,
) -> None:
    publish(site, range(3))
    items = "".join(f'<li><a href="/call/{n}">Call {n}</a> <time>3 February 2026</time></li>' for n in range(3))
    site.add("/news", f"<html><body><ul>{items}</ul></body></html>")
    way = {"method": "listing", "start": [site.url("/news")], "item": "li", "link": "a", "date": "time"}
    sound = {"format": "html", "body": "main", "title": "h1", "date": "time"}
    registered(discover=[way], parse={**sound, **rules})
    told = pledgebook("sources", "check", "norland")
    assert told.returncode == 1
    assert told.stdout.count(f"{lack}\n") == 3


def test_a_layout_that_has_changed(
    site: Site, settings: pytest.MonkeyPatch, registered: Callable[..., Source], pledgebook: Command
) -> None:
    publish(site, range(5))
    registered(parse={"format": "html", "body": "article.old", "title": "h1"})
    told = pledgebook("sources", "check", "norland")
    assert told.returncode == 1
    assert "missing: " in told.stdout and "article.old" in told.stdout
    assert told.stdout.endswith("norland: not all is there that norland.toml promises\n")


def test_a_site_that_is_down_has_no_layout_to_judge(
    site: Site, settings: pytest.MonkeyPatch, pledgebook: Command
) -> None:
    site.add("/sitemap.xml", "", status=500, validated=False)
    settings.setenv("PLEDGEBOOK_ATTEMPTS", "1")
    told = pledgebook("sources", "check", "norland")
    assert told.returncode == 1
    assert told.stdout.endswith("norland: the site did not answer, so nothing can be said of its layout\n")


def test_a_listing_that_has_moved_is_a_changed_layout(
    site: Site, settings: pytest.MonkeyPatch, pledgebook: Command
) -> None:
    site.add("/sitemap.xml", "", status=404, validated=False)
    told = pledgebook("sources", "check", "norland")
    assert told.returncode == 1
    assert "the site answered 404" in told.stdout
    assert told.stdout.endswith("norland: not all is there that norland.toml promises\n")


def test_the_sources_are_listed(settings: pytest.MonkeyPatch, pledgebook: Command) -> None:
    told = pledgebook("sources")
    assert told.returncode == 0
    assert "norland" in told.stdout and "white-house-biden" in told.stdout and "sitemap" in told.stdout


def test_a_site_that_cannot_be_reached_fails_the_run_and_says_so(
    prefect_server: None, settings: pytest.MonkeyPatch, site: Site, tmp_path: Path, pledgebook: Command
) -> None:
    site.add("/robots.txt", "", status=503, validated=False)
    settings.setenv("PLEDGEBOOK_ATTEMPTS", "1")
    told = pledgebook("run", "--source", "norland", "--raw", tmp_path / "raw", "--releases", tmp_path / "releases")
    assert told.returncode == 1
    assert f"norland: {site.url('/sitemap.xml')} could not be read: " in told.stdout
    assert "There is nothing to publish." in told.stdout
