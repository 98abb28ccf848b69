"""Pages by the rules of a source: HTML by selectors, JSON by expressions, feeds of one entry, and when rules do not count."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pledgebook.sources import Capture, Document, UnreadableDocument, parse_capture
from pledgebook.sources.captures import sha256_of
from pledgebook.sources.fields import FEEDS, HTML, JSON
from pledgebook.sources.html_blocks import article_blocks
from pledgebook.sources.page_rules import html_fields, json_blocks, json_fields
from pledgebook.sources.source import HtmlRules, JsonRules

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAGE = """<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE html><html><head><meta name="day" content="2026-03-10T18:30:00+02:00"></head>
<body><h1>A  call</h1><p class="when">10 March 2026, 18:30</p>
<div class="part"><p>Norland will help.</p><aside>Share</aside> Estavia too. <!-- no --><div class="part"><p>Soon.</p></div></div>
<p>Not this.</p><div class="part">And again.</div></body></html>"""

Parse = Callable[..., Document]


@pytest.fixture
def parse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Parse:
    """Parses a capture of the source `norland`, whose rules take the elements `.text`."""
    rules = '[parse]\nformat = "html"\nbody = ".text"\ndrop = ".share"\n'
    home = 'issuer = "CHE"\npublisher = "unknown"\nlicence = "CC-BY-4.0"\nlanguage = "de"\nsites = ["www.norland.example"]\n'
    (tmp_path / "norland.toml").write_text(f'name = "norland"\ntitle = "Norland"\n{home}{rules}', "utf-8")
    monkeypatch.setenv("PLEDGEBOOK_SOURCES", str(tmp_path))

    def read(
        content: str, *, name: str = "a", source: str = "norland", media_type: str = HTML, **told: object
    ) -> Document:
        url = told.pop("url", "https://www.norland.example/a")
        data = content.encode()
        capture = Capture(source, url, name, media_type, NOW, sha256_of(data), **{"fetched": True, **told})  # type: ignore[arg-type]
        return parse_capture(capture, data)

    return read


def html_rules(**words: str) -> HtmlRules:
    return HtmlRules.model_validate({"format": "html", **words})


def test_body_elements_are_joined_in_their_order_each_once() -> None:
    fields = html_fields(PAGE, html_rules(body=".part", drop="aside"), "norland")
    assert article_blocks(fields.body) == ["Norland will help.", "Estavia too.", "Soon.", "And again."]


def test_title_and_date_by_text_or_attribute() -> None:
    by_text = html_fields(PAGE, html_rules(body=".part", title="h1", date=".when"), "norland")
    assert (by_text.title, by_text.day, by_text.published_at) == ("A call", date(2026, 3, 10), None)
    by_attribute = html_fields(PAGE, html_rules(body=".part", date="meta[name=day]", attribute="content"), "norland")
    assert (by_attribute.title, by_attribute.day) == (None, date(2026, 3, 10))
    assert by_attribute.published_at == datetime(2026, 3, 10, 16, 30, tzinfo=UTC)


def test_a_title_that_is_left_out_of_the_text_is_still_the_title() -> None:
    page = "<html><body><div id='a'><h1>A call</h1><p>Norland will help.</p></div></body></html>"
    fields = html_fields(page, html_rules(body="#a", drop="h1", title="#a h1"), "norland")
    assert (fields.title, article_blocks(fields.body)) == ("A call", ["Norland will help."])


@pytest.mark.parametrize("page", [PAGE, "", "<html></html>", "<!-- x -->"])
def test_a_page_without_the_body_element(page: str) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        html_fields(page, html_rules(body=".brand-new"), "norland")
    assert (raised.value.check, raised.value.column) == ("layout_changed", "text")
    assert "'.brand-new' of norland; run `pledgebook sources check norland`" in raised.value.reason


def json_rules(**words: str) -> JsonRules:
    return JsonRules.model_validate({"format": "json", **words})


def test_json_fields() -> None:
    record = {
        "a": {"body": "<p>Norland&nbsp;will help.</p>"},
        "t": "A call",
        "d": "2026-03-10T23:30:00-05:00",
        "m": "2026-03-12T01:00:00Z",
    }
    fields = json_fields(json.dumps(record), json_rules(body="a.body", title="t", date="d", modified="m"), "norland")
    assert (json_blocks(fields.body), fields.title) == (["Norland will help."], "A call")
    assert (fields.day, fields.published_at) == (date(2026, 3, 10), datetime(2026, 3, 11, 4, 30, tzinfo=UTC))
    assert fields.modified_at == datetime(2026, 3, 12, 1, tzinfo=UTC)


def test_a_json_body_may_be_plain_text() -> None:
    assert json_blocks("Norland will help.\n\nIf a < b and b > c.") == ["Norland will help.", "If a < b and b > c."]


@pytest.mark.parametrize(
    ("document", "check"),
    [
        ("{}", "layout_changed"),
        ('{"body": " "}', "layout_changed"),
        ('{"body": 3}', "layout_changed"),
        ("{", "broken_json"),
    ],
)
def test_json_without_a_text(document: str, check: str) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        json_fields(document, json_rules(body="body"), "norland")
    assert raised.value.check == check


WHOLE = "<!doctype html><html><body><p>Menu of this site</p>{}</body></html>"


def test_a_fetched_page_is_read_by_the_rules_of_its_source(parse: Parse) -> None:
    page = WHOLE.format('<div class="text"><p>Norland will help.</p><p class="share">Share this</p></div>')
    document = parse(page, title="A call", day=date(2026, 3, 10))
    assert document.text == "Norland will help."
    assert (document.title, document.day) == ("A call", date(2026, 3, 10))
    assert (document.issuer, document.licence, document.usual_language) == ("CHE", "CC-BY-4.0", "de")


def test_a_fetched_page_of_another_layout_is_not_guessed_at(parse: Parse) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        parse(WHOLE.format("<article><p>Norland will help.</p></article>"))
    assert raised.value.check == "layout_changed"


def test_a_saved_page_of_another_layout_is_read_as_any_page(parse: Parse) -> None:
    sentence = "Norland will help Estavia to build a long bridge over the river, and will pay for one half of it."
    document = parse(WHOLE.format(f"<article><p>{sentence}</p></article>"), name="pages/saved.html", fetched=False)
    assert sentence in document.text


def test_a_page_from_elsewhere_is_read_by_the_rules_of_its_site(parse: Parse) -> None:
    document = parse(
        WHOLE.format('<div class="text">Norland will help.</div>'),
        name="saved.html",
        source="web-archive",
        fetched=False,
    )
    assert document.text == "Norland will help."


def test_a_bare_body_needs_no_rules(parse: Parse) -> None:
    assert parse("<p>Norland will help.</p>").text == "Norland will help."


def test_a_page_never_takes_the_address_of_another(parse: Parse) -> None:
    page = WHOLE.format(
        '<link rel="canonical" href="https://other.example/b"><div class="text">Norland will help.</div>'
    )
    assert parse(page).url == "https://www.norland.example/a"


def entry(body: str, url: str = "https://www.norland.example/a") -> str:
    return f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>News</title><link>https://www.norland.example/</link><description/><item><title>A &amp; B</title>
<link>{url}</link><pubDate>Tue, 10 Mar 2026 18:30:00 +0200</pubDate>
<content:encoded><![CDATA[{body}]]></content:encoded></item></channel></rss>"""


def test_a_feed_of_one_entry_is_a_document(parse: Parse) -> None:
    body = '<p>They agreed to:</p><ul><li>help;</li></ul><div class="share">Share this</div>'
    document = parse(entry(body), media_type=FEEDS[0])
    assert (document.title, document.text) == ("A & B", "They agreed to:\n\n- help;")
    assert (document.day, document.published_at) == (date(2026, 3, 10), datetime(2026, 3, 10, 16, 30, tzinfo=UTC))


def test_the_day_in_an_address_beats_the_universal_time_of_a_feed(parse: Parse) -> None:
    url = "https://www.norland.example/2026/03/09/a"
    assert parse(entry("<p>Norland will help.</p>", url), media_type=FEEDS[0], url=url).day == date(2026, 3, 9)


@pytest.mark.parametrize(("content", "check"), [("<rss/>", "broken_feed"), (entry(" "), "no_text")])
def test_a_feed_that_holds_no_document(parse: Parse, content: str, check: str) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        parse(content, media_type=FEEDS[1])
    assert raised.value.check == check


def test_json_of_a_source_without_rules_for_it_is_a_line_of_json(parse: Parse) -> None:
    assert parse('{"text": "Norland will help."}', media_type=JSON).text == "Norland will help."


def test_a_line_of_our_own_json_is_read_as_one_though_its_site_answers_in_json(load, write, store) -> None:
    line = '{"title": "A call", "date": "2026-03-10", "url": "https://www.gov.uk/government/news/a-call", "text": "Norland will help."}'
    (capture,) = load(write("calls.jsonl", line)).captures
    assert capture.source == "uk-prime-minister"
    assert parse_capture(capture, store.read(capture)).text == "Norland will help."
