"""What users import: the tables of a version, what changed, who promises whom, and for each row its proof and its citation.

Every function takes `version` (a number, or `latest`) and `releases`: a folder, an http(s):// address or an s3:// address; without it the
place that PLEDGEBOOK_RELEASES names, else data/processed. Nothing here loads the pipeline.
"""

from __future__ import annotations

from pledgebook.reading.citations import cite
from pledgebook.reading.explanations import Explanation, explain
from pledgebook.reading.history import changes, versions
from pledgebook.reading.pairs import dyads
from pledgebook.reading.tables import codelist, load, scan

__all__ = ["Explanation", "changes", "cite", "codelist", "dyads", "explain", "load", "scan", "versions"]
