"""The site in a real browser: filters, sharing, download, a statement, a phone, keyboard and screen reader."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from looking import CHROMIUM, needs_browser
from publishing import Publisher

pytestmark = needs_browser
playwright = pytest.importorskip("playwright.sync_api")

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
# Pages that are looked at, and the width of the window in pixels.
SEEN = {
    "start": ("", 1200),
    "explorer": ("explorer/", 1200),
    "statement": ("r/{statement}/", 1200),
    "commitment": ("c/{commitment}/", 1200),
    "country": ("actors/UKR/", 1200),
    "statement-on-a-phone": ("r/{statement}/", 390),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as running:
        # Root, as in a container, may not use the sandbox.
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: playwright.Browser) -> Iterator[playwright.Page]:
    """A window; what its console says against a page fails the test."""
    said: list[str] = []
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    shown = context.new_page()
    shown.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    shown.on("pageerror", lambda error: said.append(str(error)))
    yield shown
    context.close()
    assert said == []


@pytest.fixture(scope="module")
def paths(book: Publisher) -> dict[str, str]:
    """A statement with commitments, and one of them."""
    row = next(one for quote, one in book.ids().items() if quote.startswith("will pay"))
    rows = book.table("commitments")
    return {
        "commitment": row,
        "statement": rows.filter(commitment_id=row)["readout_id"][0],
    }


def result(page: playwright.Page) -> str:
    """What the explorer says it found, once all rows are there."""
    playwright.expect(page.locator("#result")).to_have_text(
        re.compile(r"^\d+ of \d+ commitments(: clear a filter to see more)?$")
    )
    return page.locator("#result").inner_text().removesuffix(": clear a filter to see more")


def test_filters_change_count_table_chart_and_address(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}explorer/")
    # The promise of the sample counts nowhere.
    assert result(page) == "75 of 75 commitments"
    assert page.locator("#rows tr").count() == 50
    page.get_by_role("button", name="Show more rows").click()
    assert page.locator("#rows tr").count() == 75
    page.get_by_label("Promised to").select_option("UKR")
    assert result(page) == "1 of 75 commitments"
    assert page.url.endswith("?recipient=UKR")
    assert page.locator("#rows tr").inner_text().split("\t") == [
        *["2021-06-08", "will pay $5 million to Ukraine for 🏗 the <b>harbour</b>", "United States", "Ukraine", ""],
        *["Provide", "firm", "5,000,000 USD", "0.80"],
    ]
    assert page.locator("#chart").get_attribute("aria-label") == "Commitments by year: 2021 1, firm 1"
    page.get_by_role("button", name="Clear filters").click()
    assert result(page) == "75 of 75 commitments" and page.url.endswith("/explorer/")


def test_the_way_back_undoes_a_filter(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}explorer/")
    page.get_by_label("Act").select_option("restrict")
    page.get_by_label("Words in the quote").fill("trade")
    page.get_by_label("How firmly").select_option("firm")
    assert result(page) == "0 of 75 commitments"
    page.go_back()
    assert result(page) == "1 of 75 commitments"
    assert page.get_by_label("Words in the quote").input_value() == "trade"
    page.go_back()
    assert result(page) == "75 of 75 commitments"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("actor=NOR", 1),
        ("target=RUS", 1),
        ("topic=19", 75),
        ("act=restrict", 1),
        ("strength=intended", 1),
        ("novelty=new", 75),
        ("since=2022-02-03&until=2022-02-03", 70),
        ("text=house 66.", 0),
        ("text=HOUSE  66", 1),
        ("text=66 build", 1),
        ("money=with", 1),
        ("actor=UKR", 0),
        ("topic=99&length=1", 0),
        ("text=🐟&actor=USA", 1),
    ],
)
def test_an_address_that_was_shared_shows_the_same_rows(
    page: playwright.Page, address: str, asked: str, found: int
) -> None:
    page.goto(f"{address}explorer/?{asked}")
    assert result(page) == f"{found} of 75 commitments"


def test_the_rows_that_are_shown_are_downloaded_as_they_were_published(
    page: playwright.Page, address: str, site: Path, tmp_path: Path
) -> None:
    page.goto(f"{address}explorer/?until=2022-01-01")
    count = int(result(page).split()[0])
    with page.expect_download() as download:
        page.get_by_role("button", name="Download these rows").click()
    download.value.save_as(tmp_path / "rows.csv")
    assert download.value.suggested_filename == "pledgebook-1.1.0-selection.csv"
    ours, published = (
        (list(csv.reader(path.open(newline="")))) for path in (tmp_path / "rows.csv", site / "data/csv/commitments.csv")
    )
    assert len(ours) == count + 1
    samples = set(json.loads((site / "explorer/codes.json").read_text("utf-8"))["samples"])
    assert ours == [published[0], *(row for row in published[1:] if row[2] < "2022" and row[1] not in samples)]


def test_of_the_table_only_parts_are_asked_for(page: playwright.Page, address: str) -> None:
    asked: list[str | None] = []
    page.on(
        "request",
        lambda request: (
            asked.append(request.headers.get("range"))
            if request.url.endswith(".parquet") and request.method == "GET"
            else None
        ),
    )
    page.goto(f"{address}explorer/")
    result(page)
    assert asked and all(asked)


def test_a_row_leads_to_its_proof(page: playwright.Page, address: str, paths: dict[str, str]) -> None:
    page.goto(f"{address}explorer/?recipient=UKR")
    result(page)
    page.locator("#rows a").click()
    assert page.url == f"{address}c/{paths['commitment']}/index.html"
    page.get_by_role("link", name="Meeting in Ōsaka & beyond").click()
    mark = page.locator(f"mark#{paths['commitment']}")
    assert mark.inner_text() == "will pay $5 million to Ukraine for 🏗 the <b>harbour</b>"
    playwright.expect(mark).to_be_in_viewport()


def test_without_javascript_everything_but_the_explorer_is_there(
    browser: playwright.Browser, address: str, paths: dict[str, str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}r/{paths['statement']}/")
    assert page.locator("mark[id]").count() == 1
    page.goto(f"{address}explorer/")
    assert "needs JavaScript" in page.locator("main").inner_text()
    context.close()


def test_the_keyboard_alone_suffices(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}explorer/")
    result(page)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "To the content"
    page.keyboard.press("Enter")
    page.get_by_label("Promised by").focus()
    page.keyboard.type("Nor")
    assert result(page) == "1 of 75 commitments"


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        *((name, "light") for name in SEEN),
        *((name, "light") for name in ("files", "countries", "statements", "data-card", "quality", "notebook", "gone")),
        # The dark colours are the same on every page.
        *((name, "dark") for name in ("start", "explorer", "statement", "data-card")),
    ],
)
def test_axe_finds_nothing_serious(
    browser: playwright.Browser, address: str, paths: dict[str, str], book: Publisher, name: str, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    others = {
        "files": "data/",
        "countries": "actors/",
        "statements": "statements/2022/",
        "data-card": "about/data-card/",
        "quality": "about/quality/",
        "notebook": "about/notebooks/1-first-look/",
        "gone": f"c/{book.table('withdrawn_rows')['row_id'][0]}/",
    }
    path, width = SEEN.get(name) or (others[name], 1200)
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address + path.format(**paths))
    if name == "explorer":
        result(page)
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("name", SEEN)
def test_pages_fit_their_window_and_are_kept_to_be_looked_at(
    page: playwright.Page, address: str, paths: dict[str, str], name: str
) -> None:
    path, width = SEEN[name]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + path.format(**paths))
    if name == "explorer":
        result(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
