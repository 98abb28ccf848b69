"""Pledgebook: what governments promised each other, with the words that prove it.

The way of the data, one package a stage: `sources` (files to documents), `readouts` (documents to statements),
`extraction` (statements to commitments), `releases` (tables to a published version); `reading` is for those who use the versions:

    import pledgebook as pb
    pb.load("commitments")
"""

from __future__ import annotations

from pledgebook.reading import Explanation, changes, cite, codelist, dyads, explain, load, scan, versions

__all__ = ["Explanation", "changes", "cite", "codelist", "dyads", "explain", "load", "scan", "versions"]
