"""How well the extractor works: its rows beside coded documents.

`python -m pledgebook.evaluation`, or `make evaluate`, scores the bundled check set and, where they are present, coded documents that no
weight was fitted on. It needs scikit-learn, Altair and vl-convert (`pip install 'pledgebook[evaluate]'`), which a run does not.
"""
