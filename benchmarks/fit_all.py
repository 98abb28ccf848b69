"""Fit all weights of the lexicon, in their order.

    python benchmarks/fit_all.py RELEASE_DIR CODED... --write

RELEASE_DIR is a version made of the documents. Each script `fit_*.py` fits one file alone and prints how well it does. Without `--write`
the weights are fitted into a copy that is thrown away.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import fit_acts
import fit_boundaries
import fit_judgement
import fit_sides
import fit_topics
import fit_wording
from coded_documents import CodedDocument, asked_for

from pledgebook.extraction import beneficiaries, class_weights, evidence, lexicon_files, partition, topics, weighing


def fit(documents: list[CodedDocument], lexicon: Path) -> None:
    """Write the files of weights, fitted on the documents, into a lexicon, which is the one in use; candidates depend on the boundaries."""
    fit_acts.write_weights(documents, lexicon / "act_weights.csv")
    fit_topics.write_weights(documents, lexicon / "topic_weights.csv")
    fit_sides.write_weights(documents, lexicon / "side_weights.csv")
    fit_boundaries.write(documents, lexicon / "boundaries.csv")
    forget()
    fit_wording.write_weights(documents, lexicon)
    fit_judgement.write(documents, lexicon / "judgement.csv")
    forget()


def forget() -> None:
    """Let the extractor read its weights again."""
    partition.forget()
    weighing.forget()
    evidence.forget()
    beneficiaries.weights.cache_clear()
    class_weights.class_weights.cache_clear()
    topics.forget()


def main() -> None:
    """Fit into the lexicon, or into a copy."""
    documents, writing = asked_for(__doc__)
    if writing:
        fit(documents, lexicon_files.LEXICON)
    else:
        with TemporaryDirectory() as folder:
            lexicon_files.LEXICON = Path(shutil.copytree(lexicon_files.LEXICON, Path(folder) / "lexicon"))
            fit(documents, lexicon_files.LEXICON)


if __name__ == "__main__":
    main()
