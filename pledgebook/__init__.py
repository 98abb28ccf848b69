"""Pledgebook: what governments promised each other, with the words that prove it.

The way of the data, one package a stage: `sources` (files to documents), `readouts` (documents to statements),
`extraction` (statements to commitments), `releases` (tables to a published version).
"""
