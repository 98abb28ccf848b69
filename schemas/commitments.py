"""The table `commitments`: one row an undertaking found in a readout."""

from __future__ import annotations

import polars as pl

from schemas.columns import VERSION, Codes, Money, Table, field, identifier, row_check

MONEY_WORDS = ["currency", "amount_qualifier", "amount_kind", "amount_per", "amount_text"]


def shares_an_actor(other: str) -> pl.Expr:
    """Tell whether an actor also stands in the other list of the row."""
    return pl.col("actors").list.set_intersection(pl.col(other)).list.len() > 0


def starts_after_earlier_quotes() -> pl.Expr:
    """Tell whether the quote starts where every earlier quote of its readout has ended.

    Of two quotes that overlap the later one fails.
    """
    order = ["char_start", "char_end"]
    ends = pl.col("char_end").cum_max().shift(1).over("readout_id", order_by=order)
    return ends.is_null() | (pl.col("char_start") >= ends)


class Commitments(Table):
    """One row an undertaking, with the exact words that prove it."""

    commitment_id: str = field(
        "Identifier of the undertaking, inherited from release to release; never used again once it has left.",
        key=True,
        pattern=identifier("c"),
        assigned=True,
    )
    readout_id: str = field("Statement that the undertaking stands in.", references="readouts.readout_id")
    date: pl.Date = field("Day of the statement, repeated from `readouts`.")
    issuer: str = field("Issuer of the statement, repeated from `readouts`.", codelist="actors")
    quote: str = field("Exact words that state the undertaking: text[char_start:char_end].")
    char_start: pl.Int32 = field("Start of the quote in the text.", unit="Unicode code points", at_least=0)
    char_end: pl.Int32 = field("End of the quote in the text, exclusive.", unit="Unicode code points", at_least=0)
    cue: str = field("Committing words; they may lie outside the quote of a list item.")
    cue_start: pl.Int32 = field("Start of the cue in the text.", unit="Unicode code points", at_least=0)
    cue_end: pl.Int32 = field("End of the cue in the text, exclusive.", unit="Unicode code points", at_least=0)
    sentence: str = field("Sentence, or lead-in and list item, that a person needs to judge the row.")
    list_id: str = field(
        "Shared by rows that hang on one lead-in; count coalesce(list_id, commitment_id) to count lists once.",
        nullable=True,
    )
    actors: Codes = field("Who is bound, in the order of first mention.", codelist="actors")
    recipients: Codes = field("Who gains; empty when the text names nobody.", codelist="actors")
    targets: Codes = field("Against whom, or about whose conduct.", codelist="actors")
    attribution: str = field("Whose promise it is, seen from the issuer.", codelist="attributions")
    strength: str = field("How firmly the wording binds.", codelist="strengths")
    novelty: str = field("Whether the wording shows an earlier promise.", codelist="novelties")
    act: str = field("What is undertaken.", codelist="acts")
    routine: bool = field("True for ritual closings (staying in touch, meeting again).")
    topic: pl.Int16 = field("Major topic of the Comparative Agendas Project.", codelist="topics")
    amount: Money = field("Money promised, or the lower end of a range.", unit="currency", nullable=True, at_least=0)
    amount_max: Money = field("Upper end of a range of money.", unit="currency", nullable=True, at_least=0)
    currency: str = field("Currency of the amount (ISO 4217).", pattern="^[A-Z]{3}$", nullable=True)
    amount_qualifier: str = field("How exact the amount is.", codelist="amount_qualifiers", nullable=True)
    amount_kind: str = field("What kind of money it is.", codelist="amount_kinds", nullable=True)
    amount_per: str = field("What the amount is counted by.", codelist="amount_periods", nullable=True)
    amount_text: str = field("Exact words of the amount.", nullable=True)
    amount_summable: bool = field(
        "Safe to add up: public money, a total, own or joint, not conditional, not told before in this dataset.",
        assigned=True,
    )
    due_text: str = field("Exact words that set the time.", nullable=True)
    due_start: pl.Date = field("First day of the time set, resolved against `date`.", nullable=True)
    due_end: pl.Date = field("Last day of the time set, resolved against `date`.", nullable=True)
    due_precision: str = field("How exact the time is.", codelist="due_precisions", nullable=True)
    confidence: float = field("Of the rows at 0.8, 80 % should be right.", unit="0 to 1, two decimals", volatile=True)
    extractor: str = field("Name, version and hash of code and lexicon that found the row.", volatile=True)
    codebook: str = field("Version of the codebook that the row follows.")
    first_version: str = field(
        "Release in which the row first appeared.", pattern=VERSION, volatile=True, assigned=True
    )
    changed_version: str = field("Release that last changed the row.", pattern=VERSION, volatile=True, assigned=True)

    quote_has_words = row_check(pl.col("char_start") < pl.col("char_end"), "the quote ends before it starts")
    cue_has_words = row_check(pl.col("cue_start") < pl.col("cue_end"), "the cue ends before it starts")
    quotes_apart = row_check(starts_after_earlier_quotes(), "the quote overlaps an earlier one of the same readout")
    actor_not_recipient = row_check(~shares_an_actor("recipients"), "an actor stands among its own recipients")
    actor_not_target = row_check(~shares_an_actor("targets"), "an actor stands among its own targets")
    amount_whole = row_check(
        pl.all_horizontal(pl.col(name).is_null() == pl.col("amount").is_null() for name in MONEY_WORDS),
        "amount, currency, qualifier, kind, period and words of the amount do not stand together",
    )
    range_in_order = row_check(
        pl.col("amount_max").is_null() | (pl.col("amount") < pl.col("amount_max")).fill_null(False),
        "amount_max is not above amount",
    )
    due_in_order = row_check(pl.col("due_start") <= pl.col("due_end"), "due_start is after due_end")
    due_whole = row_check(
        pl.col("due_precision").is_null() == (pl.col("due_start").is_null() & pl.col("due_end").is_null()),
        "due_precision does not go with the due dates",
    )
    due_has_words = row_check(
        pl.col("due_precision").is_null() | pl.col("due_text").is_not_null(), "due dates have no words to rest on"
    )
    confidence_in_range = row_check(pl.col("confidence").is_between(0, 1), "confidence is not between 0 and 1")
    confidence_rounded = row_check(
        pl.col("confidence") == pl.col("confidence").round(2), "confidence has more than two decimals"
    )
