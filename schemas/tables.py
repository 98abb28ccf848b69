"""The tables of a release by name, in the order of the design, and the versions of their shape and their definition."""

from __future__ import annotations

from schemas.captures import Captures
from schemas.changes import Changes
from schemas.columns import Table
from schemas.commitments import Commitments
from schemas.coverage import Coverage
from schemas.quarantine import Quarantine
from schemas.readouts import Readouts
from schemas.withdrawn_rows import WithdrawnRows

# The first number rises when a column goes, changes type or changes meaning; the second when a column comes.
SCHEMA_VERSION = "1.0"
# The first number rises when the unit or a value's meaning changes; the second with any other ruling.
CODEBOOK_VERSION = "1.2"

TABLES: dict[str, type[Table]] = {
    "readouts": Readouts,
    "commitments": Commitments,
    "quarantine": Quarantine,
    "changes": Changes,
    "captures": Captures,
    "coverage": Coverage,
    "withdrawn_rows": WithdrawnRows,
}
