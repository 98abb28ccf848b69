"""Captures to rows of the readouts table, and which rows are one statement or one meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from pledgebook.readouts import assign_meetings, empty_readouts, merge_readouts, parse_readouts
from pledgebook.sources import CaptureStore, load_documents
from schemas import polars_schema

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
Parse = Callable[..., tuple[pl.DataFrame, pl.DataFrame]]
URL = "https://www.state.gov/a-call"


def page(text: str, **fields: str) -> str:
    fields = {"title": "Secretary of State Roe’s Call with Kenya", "date": "2021-06-08", **fields}
    return "\n".join(["---", *(f"{name}: {value}" for name, value in fields.items()), "---", "", text])


@pytest.fixture
def parse(tmp_path: Path) -> Parse:
    """Loads pages, each a file of its own, and parses what the store then holds."""

    def parse_pages(*pages: str, suffix: str = ".md") -> tuple[pl.DataFrame, pl.DataFrame]:
        folder = tmp_path / "in"
        folder.mkdir()
        for number, content in enumerate(pages):
            (folder / f"{number}{suffix}").write_text(content, encoding="utf-8")
        store = CaptureStore(tmp_path / "raw")
        load_documents([folder], store, NOW)
        return parse_readouts(store.newest(), store)[:2]

    return parse_pages


def test_a_row_has_every_column_of_this_stage(parse: Parse) -> None:
    text = "Secretary of State Roe spoke yesterday with the Foreign Minister of Kenya."
    readouts, quarantine = parse(page(text, source_url=URL, published_time="2021-06-08T10:00:00-04:00"))
    assigned = {"n_commitments", "first_version", "changed_version"}
    assert readouts.schema == pl.Schema(
        {name: kind for name, kind in polars_schema("readouts").items() if name not in assigned}
    )
    assert quarantine.is_empty()
    (row,) = readouts.to_dicts()
    wanted = {
        "source": "state-department",
        "publisher": "state-department",
        "issuer": "USA",
        "issuer_level": "foreign_minister",
        "document_type": "readout",
        "text_origin": "official",
        "url": URL,
        "alternate_urls": [],
        "language": "en",
        "licence": "US-GOV-WORK",
        "date": date(2021, 6, 7),
        "date_basis": "meeting",
        "published_at": datetime(2021, 6, 8, 14, tzinfo=UTC),
        "retrieved_at": NOW,
        "participants": ["USA", "KEN"],
        "meeting_mode": "call",
        "meeting_id": None,
        "text": text,
        "availability": "live",
    }
    assert {name: row[name] for name in wanted} == wanted


def test_no_captures_make_an_empty_table(parse: Parse) -> None:
    assert parse()[0].equals(empty_readouts())


def test_an_id_is_that_of_the_address_and_so_of_its_archive(parse: Parse) -> None:
    archive = URL.replace("www", "2021-2025") + "/?utm_source=x"
    readouts, _ = parse(page("One text.", source_url=URL), page("Another text.", source_url=archive))
    assert readouts.height == 1


def test_ids_never_move(parse: Parse) -> None:
    """Whoever cites a row relies on these; a change here breaks every release made before."""
    readouts, _ = parse(page("Text.", source_url=URL), page("Text of Kenya.", issuer="KEN"))
    assert set(readouts["readout_id"]) == {"r-ee21b4d24692503c", "r-dff136a535bb3986"}


def test_of_two_copies_of_one_address_the_newer_modified_time_wins(parse: Parse) -> None:
    old = page("Old text.", source_url=URL, modified_time="2021-06-08T10:00:00Z")
    new = page("New text.", source_url=URL + "/", modified_time="2021-06-09T10:00:00Z")
    readouts, _ = parse(new, old)
    assert readouts["text"].to_list() == ["New text."]


def test_bad_documents_are_set_aside_under_their_address(parse: Parse) -> None:
    readouts, quarantine = parse(
        page("Text.", source_url=URL, date="2031-01-01"), page("Text of Kenya."), "No date, Kenya."
    )
    assert readouts.height == 1
    assert set(quarantine.select("row_id", "check").iter_rows()) == {(URL, "future_date"), ("2.md", "no_date")}


def test_a_page_without_title_takes_its_first_sentence(parse: Parse) -> None:
    readouts, _ = parse("---\ndate: 2021-06-08\n---\nPresident J. Roe of Kenya met Mr. Doe today. They agreed.")
    assert readouts["title"].to_list() == ["President J. Roe of Kenya met Mr. Doe today."]


def test_the_issuer_of_a_page_of_nobody_is_whom_it_names_first(parse: Parse) -> None:
    readouts, _ = parse(
        "---\ndate: 2021-06-08\n---\nThe President of Kenya met with the Prime Minister of Italy today."
    )
    (row,) = readouts.to_dicts()
    assert (row["issuer"], row["participants"], row["publisher"], row["licence"]) == (
        "KEN",
        ["KEN", "ITA"],
        "unknown",
        "unknown",
    )


def test_a_page_that_names_nobody_is_set_aside(parse: Parse) -> None:
    readouts, quarantine = parse("---\ndate: 2021-06-08\n---\nThey met today.")
    assert readouts.is_empty()
    assert quarantine["check"].to_list() == ["no_issuer"]


@pytest.mark.parametrize(
    ("text", "fields", "language"),
    [
        ("The leaders of Italy and Kenya met in the capital and agreed to open an office.", {}, "en"),
        ("I due leader si sono incontrati a Roma (Italy) per parlare di energia e di commercio.", {}, "it"),
        (
            "El secretario Roe habló hoy con el canciller de Kenia sobre la energía y el agua.",
            {"source_url": URL},
            "es",
        ),
        ("Міністр Ро провів розмову з міністром Кенії, і сторони домовилися про допомогу.", {"source_url": URL}, "uk"),
        ("Kenya: Statistik, Tonnage, Mombasa.", {"source_url": URL}, "en"),
        ("Kenya: Statistik, Tonnage, Mombasa.", {}, "und"),
        ("The Minister of Kenya spoke with the Minister of Italy.", {"language": "en-KE"}, "en-KE"),
    ],
)
def test_language(parse: Parse, text: str, fields: dict[str, str], language: str) -> None:
    fields = {"issuer": "KEN"} | fields
    assert parse(page(text, **fields))[0]["language"].to_list() == [language]


@pytest.mark.parametrize(
    ("name", "text", "day", "basis"),
    [
        ("2021-06-09.txt", "On June 8, 2021, the President of Kenya met with Italy.", "2021-06-08", "meeting"),
        ("2021-06-09.txt", "On June 8, the President of Kenya met with Italy.", "2021-06-08", "meeting"),
        ("2026-01-01-saved.txt", "The President of Kenya met with Italy on 8 June 2021.", "2021-06-08", "meeting"),
        ("call.txt", "On June 8, 2021, the President of Kenya met with Italy.", "2021-06-08", "meeting"),
        ("2021-06-09.txt", "Yesterday, the President of Kenya met with Italy.", "2021-06-09", "file_name"),
        ("2021-06-09.txt", "Italy turned 75 on June 2, 2021, said Kenya.", "2021-06-09", "file_name"),
    ],
)
def test_a_stated_day_of_the_meeting_counts_before_that_of_the_file(
    tmp_path: Path, name: str, text: str, day: str, basis: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    store = CaptureStore(tmp_path / "raw")
    readouts, _, _ = parse_readouts(load_documents([tmp_path / name], store, NOW).captures, store)
    assert readouts.select("date", "date_basis").rows() == [(date.fromisoformat(day), basis)]


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("On June 8, the President of Kenya met with Italy.", "no_date"),
        ("Today, the President of Kenya met with Italy.", "no_date"),
        ("On June 31, 2021, the President of Kenya met with Italy.", "no_date"),
        ("Kenya was founded on June 8, 2021.", "no_date"),
        ("On June 8, 2031, the President of Kenya met with Italy.", "future_date"),
    ],
)
def test_no_other_words_date_a_document(parse: Parse, text: str, check: str) -> None:
    readouts, quarantine = parse(text)
    assert readouts.is_empty()
    assert quarantine["check"].to_list() == [check]


def test_the_first_day_of_the_calendar_has_no_yesterday(parse: Parse) -> None:
    readouts, _ = parse(page("Secretary Roe spoke yesterday with Kenya.", date="0001-01-01", source_url=URL))
    assert readouts["date_basis"].to_list() == ["publication"]


def test_a_joint_statement_tells_how_the_parties_met(parse: Parse) -> None:
    text = "Secretary Roe met today in Nairobi with the Foreign Minister of Kenya."
    readouts, _ = parse(page(text, title="Joint Statement of the United States and Kenya", source_url=URL))
    assert readouts.select("document_type", "meeting_mode").rows() == [("joint_statement", "in_person")]


def test_one_text_at_two_addresses_is_one_readout(parse: Parse) -> None:
    readouts, _ = parse(
        page("One text.", source_url=URL),
        page("One text.", source_url=URL + "-2"),
        page("Other.", source_url=URL + "-3"),
    )
    merged = merge_readouts(readouts, [])
    assert merged.height == 2
    (row,) = merged.filter(pl.col("text") == "One text.").to_dicts()
    assert {row["url"], *row["alternate_urls"]} == {URL, URL + "-2"}


def test_the_row_that_was_published_before_keeps_its_id(parse: Parse) -> None:
    readouts, _ = parse(page("One text.", source_url=URL), page("One text.", source_url=URL + "-2"))
    for published in readouts["readout_id"]:
        assert merge_readouts(readouts, [published])["readout_id"].to_list() == [published]


def test_merging_does_not_depend_on_the_order_of_rows(parse: Parse) -> None:
    readouts, _ = parse(*(page(f"Text {number % 2}.", source_url=f"{URL}-{number}") for number in range(6)))
    merged = merge_readouts(readouts, [])
    assert merged.equals(merge_readouts(readouts.reverse(), []))
    assert merged.equals(merge_readouts(merged, []))


def test_a_sample_gives_way_to_the_document_it_summarises(parse: Parse) -> None:
    summary = page("A summary.", source_url=URL, text_origin="summary", modified_time="2025-01-01T00:00:00Z")
    readouts, _ = parse(page("The text.", source_url=URL), summary)
    assert readouts.height == 2
    assert merge_readouts(readouts, [])["text_origin"].to_list() == ["official"]


def meetings(parse: Parse, *pages: str) -> list[str | None]:
    readouts, _ = parse(*pages)
    return assign_meetings(readouts).sort("url")["meeting_id"].to_list()


def test_two_accounts_of_one_meeting_share_its_id(parse: Parse) -> None:
    italy, kenya = meetings(
        parse,
        page(
            "The President of Kenya met with Italy.",
            title="Meeting with the President of Kenya",
            issuer="ITA",
            source_url="https://a.it/1",
        ),
        page(
            "The Prime Minister met with Italy.",
            title="Meeting with Italy",
            issuer="KEN",
            date="2021-06-09",
            source_url="https://b.ke/1",
        ),
    )
    assert italy is not None
    assert italy == kenya


def test_other_days_other_parties_and_statements_are_no_common_meeting(parse: Parse) -> None:
    ids = meetings(
        parse,
        page("Text.", title="Meeting with Kenya", issuer="ITA", source_url="https://a.it/1"),
        page("Text 2.", title="Meeting with Kenya", issuer="ITA", date="2021-06-11", source_url="https://a.it/2"),
        page("Text 3.", title="Meeting with Kenya and Mali", issuer="ITA", source_url="https://a.it/3"),
        page("Text 4.", title="Statement on Kenya", issuer="ITA", source_url="https://a.it/4"),
        page("Text 5.", title="Meeting with governors", issuer="ITA", source_url="https://a.it/5"),
    )
    assert ids[3:] == [None, None]
    assert len({*ids[:3]} - {None}) == 3
