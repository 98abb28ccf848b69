"""The table `withdrawn_rows`: every identifier that has left the book."""

from __future__ import annotations

from schemas.columns import VERSION, Table, field


class WithdrawnRows(Table):
    """One row an identifier that left; it is never used again."""

    table: str = field("Table that the row left.", key=True)
    row_id: str = field("Identifier that left.", key=True)
    last_version: str = field("Last release that held the row.", pattern=VERSION)
    reason: str = field("Rule by which it left.", codelist="withdrawal_reasons")
    replaced_by: str = field("Identifier of the row that took its place.", nullable=True)
