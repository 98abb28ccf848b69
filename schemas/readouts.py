"""The table `readouts`: one row an official statement."""

from __future__ import annotations

import polars as pl

from schemas.columns import SHA256, VERSION, Codes, Table, Timestamp, field, identifier, row_check


class Readouts(Table):
    """One row an official statement, parsed from its newest capture."""

    readout_id: str = field(
        "Identifier of the statement, from its canonical address, or with no address from issuer, title, date and "
        "text; stable for ever.",
        key=True,
        pattern=identifier("r"),
    )
    source: str = field("Channel the statement came through (a feed, an archive, a folder).")
    publisher: str = field("Who published it, finer than the issuing state.", codelist="publishers")
    issuer: str = field("State or organisation that speaks.", codelist="actors")
    issuer_level: str = field("Highest office on the issuer's side.", codelist="issuer_levels", nullable=True)
    document_type: str = field("Kind of document.", codelist="document_types")
    text_origin: str = field(
        "Whether the text is the publisher's own, or a summary in our words (bundled samples only).",
        codelist="text_origins",
    )
    title: str = field("Title as published, or the first sentence of a page that has none: see `title_basis`.")
    title_basis: str = field("What `title` rests on.", codelist="title_bases")
    url: str = field("Address as captured; empty for a document that came without one.", nullable=True)
    alternate_urls: Codes = field("Other addresses at which the same statement stood.")
    language: str = field("Language of the text (BCP 47).", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    licence: str = field(
        "Licence of the text; where its code list forbids republishing, `text` is empty.", codelist="licences"
    )
    date: pl.Date = field("Day of the meeting where the text states it, else of publication: see `date_basis`.")
    date_basis: str = field("What `date` rests on.", codelist="date_bases")
    published_at: Timestamp = field("When the publisher put it out.", unit="UTC", nullable=True)
    retrieved_at: Timestamp = field("When this text was first seen.", unit="UTC", nullable=True, volatile=True)
    participants: Codes = field("Parties to the meeting, issuer first.", codelist="actors")
    meeting_mode: str = field("How the parties met.", codelist="meeting_modes", nullable=True)
    meeting_id: str = field(
        "Shared by statements about one meeting (same parties, dates at most a day apart); inferred.",
        pattern=identifier("m"),
        nullable=True,
    )
    text: str = field(
        "The statement's text (NFC), its paragraphs and list items joined by a blank line; offsets count in it. "
        "Empty where the licence forbids republishing.",
        nullable=True,
    )
    text_sha256: str = field("SHA-256 of the text in UTF-8.", pattern=SHA256)
    capture_sha256: str = field("SHA-256 of the newest capture.", pattern=SHA256, volatile=True)
    availability: str = field("Whether the page still stands at its address.", codelist="availabilities")
    n_commitments: pl.Int32 = field("Commitments found in the statement.", unit="rows", at_least=0, assigned=True)
    first_version: str = field(
        "Release in which the row first appeared.", pattern=VERSION, volatile=True, assigned=True
    )
    changed_version: str = field("Release that last changed the row.", pattern=VERSION, volatile=True, assigned=True)

    issuer_comes_first = row_check(
        (pl.col("participants").list.len() == 0) | (pl.col("participants").list.first() == pl.col("issuer")),
        "the first participant is not the issuer",
    )
