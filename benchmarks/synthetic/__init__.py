"""A synthetic corpus of any size for tests of scale: invented documents, shaped as real ones are.

Templates (`openings.toml`, `sentences.toml`) and what fills them (`words.toml`, `actors.csv`) are data; `shape.csv` holds what
`benchmarks/corpus_shape.py` measured of the real corpus. Nothing in the documents was ever said by anybody.
"""
