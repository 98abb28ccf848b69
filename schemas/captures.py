"""The table `captures`: when the text of each readout was first seen, edited or gone."""

from __future__ import annotations

from schemas.columns import SHA256, Table, Timestamp, field


class Captures(Table):
    """One row an event in the life of a statement at its source."""

    readout_id: str = field("Statement that the event belongs to.", key=True)
    url: str = field("Address of the capture; empty for a document that came without one.", nullable=True)
    captured_at: Timestamp = field("When the copy was retrieved.", unit="UTC", key=True)
    sha256: str = field("SHA-256 of the bytes; empty when the page was gone.", pattern=SHA256, nullable=True)
    event: str = field("What the capture showed.", codelist="capture_events", key=True)
