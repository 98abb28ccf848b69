"""Readouts to commitments: segmentation, cues, clauses, actors, money, time, topics, confidence.

Everything a political scientist may want to change (verbs, frames, names, descriptions, terms) is data in `lexicon/`;
the modules here only say how those rows work together. The definition coded is the codebook's, `schemas.CODEBOOK_VERSION`.
"""

from pledgebook.extraction.tables import EXTRACTOR, extract

__all__ = ["EXTRACTOR", "extract"]
