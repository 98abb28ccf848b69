"""The table `changes`: what differs from the previous release."""

from __future__ import annotations

from schemas.columns import Table, field


class Changes(Table):
    """One row an added row, a removed row, or a changed value, with its cause."""

    table: str = field("Table of the row.", key=True)
    row_id: str = field("Identifier of the row.", key=True)
    previous_id: str = field(
        "Identifier of the row in the previous release that it continues or replaces; empty for a row that is new.",
        nullable=True,
    )
    change: str = field("What happened to the row.", codelist="change_kinds")
    column: str = field("Column that changed; empty for a row added or removed.", key=True, nullable=True)
    old: str = field("Earlier value, as JSON; of a text its SHA-256.", nullable=True)
    new: str = field("Present value, as JSON; of a text its SHA-256.", nullable=True)
    cause: str = field("Why it changed.", codelist="change_causes")
