"""Corrections by hand: applied last, kept in every run, refused when they have outlived their reason."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pledgebook.releases.errors import ReleaseError, StaleCorrection

TEXT = "The United States will provide $5 million to Ukraine. The two sides will meet again in May."


@pytest.fixture
def published(publish, document, run):
    publish(run(document("a", TEXT)))
    return publish


def test_a_correction_is_applied_with_that_cause_and_stays(published, document, run):
    row = published.ids()["will meet again in May"]
    published.correct(f"{row},act,provide,consult,read again,2026-11-02")
    assert published(run(document("a", TEXT))).version == "1.0.1"
    assert published.table("commitments").filter(commitment_id=row)["act"].item() == "consult"
    assert published.table("changes").select("row_id", "column", "old", "new", "cause").rows() == [
        (row, "act", '"provide"', '"consult"', "correction")
    ]
    assert published(run(document("a", TEXT))).version is None
    assert published(run(document("b", "The United States will send engineers."))).version == "1.1.0"


def test_lists_money_and_flags_are_read_as_their_columns_types(published, document, run):
    row = published.ids()["will provide $5 million to Ukraine"]
    published.correct(
        f'{row},recipients,"[""UKR""]","[""UKR"", ""POL""]",named in the heading,2026-11-02',
        f"{row},amount,5000000.00,6000000.00,misread,2026-11-02",
        f"{row},amount_summable,true,false,told in another source,2026-11-02",
        f"{row},due_text,,by May,in the heading,2026-11-02",
    )
    published(run(document("a", TEXT)))
    corrected = published.table("commitments").filter(commitment_id=row).row(0, named=True)
    assert corrected["recipients"] == ["UKR", "POL"]
    assert (str(corrected["amount"]), corrected["amount_summable"], corrected["due_text"]) == (
        "6000000.00",
        False,
        "by May",
    )


def test_a_text_is_taken_out_and_stays_out(published, document, run):
    (row,) = published.table("readouts")["readout_id"]
    published.correct(f'{row},text,"{TEXT}",,the publisher asked for it,2026-11-02')
    assert published(run(document("a", TEXT))).version == "1.0.1"
    assert published.table("readouts")["text"].to_list() == [None]
    assert published(run(document("b", "The United States will send engineers."))).version == "1.1.0"
    assert published.table("readouts").filter(readout_id=row)["text"].to_list() == [None]


def test_dates_moments_and_titles_with_quotes_are_read_as_their_columns_types(published, document, run):
    row = published.table("readouts")["readout_id"][0]
    published.correct(
        f"{row},date,2021-06-08,2021-06-09,the meeting was a day later,2026-11-02",
        f"{row},published_at,,2021-06-09T12:00:00Z,stated on the page,2026-11-02",
        f'{row},title,Meeting a,"""Friends"" meet",its own title,2026-11-02',
    )
    published(run(document("a", TEXT)))
    corrected = published.table("readouts").row(0, named=True)
    assert corrected["date"] == date(2021, 6, 9)
    assert corrected["published_at"] == datetime(2021, 6, 9, 12, tzinfo=UTC)
    assert corrected["title"] == '"Friends" meet'


def test_a_correction_withdraws_a_row_for_good(published, document, run):
    row = published.ids()["will meet again in May"]
    published.correct(f"{row},,,,no promise at all,2026-11-02")
    assert published(run(document("a", TEXT))).version == "1.1.0"
    assert published(run(document("a", TEXT))).version is None
    withdrawn = published.table("withdrawn_rows").row(0, named=True)
    assert (withdrawn["row_id"], withdrawn["reason"]) == (row, "correction")
    assert list(published.ids()) == ["will provide $5 million to Ukraine"]


def test_a_stale_correction_stops_with_its_line(published, document, run):
    row = published.ids()["will meet again in May"]
    published.correct(f"{row},routine,false,true,ritual,2026-11-02", f"{row},act,military,consult,read,2026-11-02")
    with pytest.raises(
        StaleCorrection, match=r"corrections.csv, line 3: act of .* expected .*'military'.* is 'provide'"
    ):
        published(run(document("a", TEXT)))
    assert published.table("commitments")["first_version"].unique().to_list() == ["1.0.0"]


def test_a_correction_that_breaks_a_rule_stops(published, document, run):
    row = published.ids()["will meet again in May"]
    published.correct(f"{row},act,provide,juggle,read again,2026-11-02")
    with pytest.raises(ReleaseError, match=rf"{row}: act: its value is not in the code list acts.csv"):
        published(run(document("a", TEXT)))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("x-1,act,a,b,reason,2026-11-02", "line 2: 'x-1' is not the identifier"),
        ("c-1,deed,a,b,reason,2026-11-02", "line 2: the table commitments has no column 'deed'"),
        ("c-1,act,a,b,,2026-11-02", "line 2: give a reason"),
        ("r-1,text,a,b,reason,2026-11-02", "line 2: a text is the publisher's own"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(published, document, run, line, message):
    published.correct(line)
    with pytest.raises(StaleCorrection, match=message):
        published(run(document("a", TEXT)))


def test_a_row_that_this_place_never_held_is_left_alone(published, document, run):
    published.correct("c-aaaaaaaaaaaaaaaa,act,provide,consult,of another place,2026-11-02")
    assert published(run(document("a", TEXT))).version is None


def test_a_correction_of_a_row_that_has_left_stops(published, document, run):
    row = published.ids()["will meet again in May"]
    published.correct(f"{row},act,provide,consult,read again,2026-11-02")
    with pytest.raises(StaleCorrection, match=f"{row} has left the book"):
        published(run(document("a", "The United States will provide $5 million to Ukraine.")))
