"""The table `quarantine`: what was set aside, and why."""

from __future__ import annotations

from schemas.columns import Table, field


class Quarantine(Table):
    """One row a reason for which a document or a row was set aside; nothing is dropped silently."""

    table: str = field("Table that the row would have entered.")
    row_id: str = field("Identifier of the row; the name or address of a document that could not be read.")
    check: str = field("Short code of the check that failed.")
    column: str = field("Column that failed; empty when several did, or none.", nullable=True)
    value: str = field("Offending value, as JSON.", nullable=True)
    reason: str = field("What was wrong, in a sentence.")
