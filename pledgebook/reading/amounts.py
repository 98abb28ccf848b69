"""Money of a commitment in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any


def money(row: dict[str, Any]) -> str:
    """The money of a commitment, to the cent, with its period and whether it may be added up; nothing when it has none."""
    if row["amount"] is None:
        return ""
    upper = f" to {spelled(row['amount_max'])}" if row["amount_max"] is not None else ""
    period = "" if row["amount_per"] == "total" else f" per {row['amount_per']}"
    summed = "may be added up" if row["amount_summable"] else "not to be added up"
    told = f"{row['amount_qualifier']}, {row['amount_kind']}, {summed}"
    return f"{spelled(row['amount'])}{upper} {row['currency']}{period} ({told})"


def spelled(amount: Decimal) -> str:
    """An amount with its thousands apart, and with cents where it has any."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
