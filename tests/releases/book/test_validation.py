"""A bad row is set aside with its reason and the run goes on; a broken column stops it."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pledgebook.releases.errors import BrokenColumn

TEXT = "The United States will provide $5 million to Ukraine. It will meet Mexico. It will open an office 😀 in May."


def only_first(column, value):
    """Change the first row's value."""
    return pl.when(pl.int_range(pl.len()) == 0).then(value).otherwise(column).alias(column)


def set_aside(publish, made):
    publish(made)
    return publish.table("quarantine").select("table", "check", "reason").rows()


@pytest.mark.parametrize(
    ("column", "value", "check", "reason"),
    [
        ("act", pl.lit("juggle"), "in_codelist", "act: its value is not in the code list acts.csv"),
        ("actors", pl.lit(["USA", "ATLANTIS"]), "in_codelist", "actors: its value is not in the code list actors.csv"),
        ("sentence", pl.lit(None), "not_nullable", "sentence: it has no value"),
        ("currency", pl.lit("usd"), "str_matches", "currency: its value is not written as ^[A-Z]{3}$"),
        ("targets", pl.lit(["USA"]), "actor_not_target", "an actor stands among its own targets"),
        ("recipients", pl.lit(["USA"]), "actor_not_recipient", "an actor stands among its own recipients"),
        ("currency", pl.lit(None), "amount_whole", "amount, currency, qualifier, kind, period and words"),
        ("amount_max", pl.lit(1).cast(pl.Decimal(20, 2)), "range_in_order", "amount_max is not above amount"),
        ("due_start", pl.date(2022, 1, 1), "due_whole", "due_precision does not go with the due dates"),
        ("due_precision", pl.lit("day"), "due_has_words", "due dates have no words to rest on"),
        ("confidence", pl.lit(0.815), "confidence_rounded", "confidence has more than two decimals"),
        ("confidence", pl.lit(1.5), "confidence_in_range", "confidence is not between 0 and 1"),
        ("quote", pl.lit("will never"), "quote_stands_in_text", "the text does not say this between characters 18"),
        ("cue", pl.lit("shall"), "cue_stands_in_text", "the text does not say this between characters 18"),
        ("char_start", pl.lit(60).cast(pl.Int32), "quote_has_words", "the quote ends before it starts"),
        ("char_end", pl.lit(70).cast(pl.Int32), "quotes_apart", "the quote overlaps an earlier one"),
    ],
)
def test_a_bad_commitment_goes_to_quarantine_alone(publish, document, run, column, value, check, reason):
    made = run(document("a", TEXT))
    made.found = made.found.with_columns(only_first(column, value))
    aside = set_aside(publish, made)
    assert any((table, code) == ("commitments", check) and said.startswith(reason) for table, code, said in aside)
    assert "will open an office 😀 in May" in publish.ids()
    assert 1 <= publish.table("commitments").height <= 2


def test_dates_in_the_wrong_order(publish, document, run):
    made = run(document("a", TEXT))
    dates = {"due_start": pl.date(2022, 2, 1), "due_end": pl.date(2022, 1, 1), "due_precision": pl.lit("day")}
    words = {"due_text": pl.lit("in May")} | dates
    made.found = made.found.with_columns(only_first(column, value) for column, value in words.items())
    assert ("commitments", "due_in_order", "due_start is after due_end") in set_aside(publish, made)


def test_the_quarantine_holds_row_column_and_value(publish, document, run):
    made = run(document("a", TEXT))
    made.found = made.found.with_columns(only_first("topic", pl.lit(11).cast(pl.Int16)))
    publish(made)
    row = publish.table("quarantine").row(0, named=True)
    assert row["row_id"] == f"{made.found['readout_id'][0]}:18-52"
    assert (row["column"], row["value"]) == ("topic", "11")


def test_a_bad_readout_takes_its_commitments_along_and_the_others_stay(publish, document, run):
    made = run(document("a", TEXT, issuer="ATLANTIS", participants=["ATLANTIS"]), document("b", "It will go."))
    aside = set_aside(publish, made)
    assert ("readouts", "in_codelist", "issuer: its value is not in the code list actors.csv") in aside
    followers = [said for table, check, said in aside if (table, check) == ("commitments", "readout_set_aside")]
    assert followers == ["its readout was set aside, and no commitment stands without its text"] * 3
    assert publish.table("readouts")["title"].to_list() == ["Meeting b"]


def test_a_readout_that_turns_bad_leaves_its_published_row_as_it_was(publish, document, run):
    publish(run(document("a", TEXT)))
    assert publish(run(document("a", TEXT, licence="none of ours"))).version is None
    assert publish.table("readouts").height == 1


def test_a_commitment_of_no_readout_is_set_aside(publish, document, run):
    made = run(document("a", TEXT), document("b", "It will go."))
    made.readouts = made.readouts.head(1)
    assert ("commitments", "readout_exists", "no readout of this run has this identifier") in set_aside(publish, made)


def test_coverage_keeps_the_month_of_a_failure_that_a_later_run_does_not_see(publish, document, run):
    publish(run(document("a", TEXT), document("b", "It will go.", licence="none of ours")))
    publish(run(document("c", "They will plant trees.", date=date(2022, 3, 1))))
    failed = publish.table("coverage").filter(pl.col("failed") > 0)
    assert failed.select("publisher", "month", "failed").rows() == [("white-house", date(2021, 6, 1), 1)]
    publish(run(document("b", "It will go.")))
    assert publish.table("coverage")["failed"].sum() == 0


def test_what_the_earlier_stages_set_aside_is_published_and_kept(publish, document, run):
    made = run(document("a", TEXT))
    unread = {"table": "readouts", "row_id": "torn.md", "check": "not_text", "reason": "torn.md: not text."}
    made.quarantine = pl.DataFrame([unread], schema=made.quarantine.schema)
    publish(made)
    publish(run(document("b", "It will go.")))
    assert publish.table("quarantine").to_dicts() == [unread | {"column": None, "value": None}]
    failed = publish.table("coverage").filter(pl.col("failed") > 0)
    assert failed.select("publisher", "month", "known", "read").rows() == [(None, None, 1, 0)]


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda rows: rows.drop("act"), "column 'act' not in dataframe"),
        (lambda rows: rows.with_columns(pl.col("topic").cast(pl.Int64)), "expected column 'topic' to have type Int16"),
        (lambda rows: rows.with_columns(act=pl.lit(None, pl.String)), "column 'act' has no value in any of 3 rows"),
    ],
)
def test_a_broken_column_stops_the_run(publish, document, run, break_it, message):
    made = run(document("a", TEXT))
    made.found = break_it(made.found)
    with pytest.raises(BrokenColumn, match=message) as raised:
        publish(made)
    assert str(raised.value).startswith("The table commitments is broken and nothing was published")
    assert not (publish.place / "index.json").exists()
