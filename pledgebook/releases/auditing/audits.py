"""Forms that people filled in, read from `data/audits/`, and what they say of the dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from pledgebook.releases.auditing.audit_form import Judged, judged_rows
from pledgebook.releases.auditing.audit_sample import ANSWERS, Share, estimate
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.texts.markdown import shown

AUDITS = Path(__file__).parents[3] / "data" / "audits"
QUESTIONS = ["a commitment", "with the right quote", "with all codes right"]
HEAD = """## Checked by people

People read random commitments beside their text. Each share is of all commitments of the version that was drawn from, weighted by stratum,
with its 95 % interval. What was missed is not seen this way.
"""


@dataclass(frozen=True)
class Audit:
    """One filled form; `shares` has one share a question, `wrong` counts the columns named, `answers` keeps them by row."""

    version: str
    rows: int
    coders: tuple[str, ...]
    shares: dict[str, Share]
    wrong: Counter[str]
    answers: dict[str, tuple[bool, ...]]


def read_audits(folder: Path) -> list[Audit]:
    """Read every form of a folder; no folder means none. Raises ReleaseError with file and line for what is not whole."""
    return [_audit(path.name, list(judged_rows(path))) for path in sorted(folder.glob("*.csv"))]


def _audit(name: str, rows: list[Judged]) -> Audit:
    """One form, once its rows fit each other: a lost row would shift every figure."""
    if not rows:
        raise ReleaseError(f"{name}: there is no row below the first line; draw the form again.")
    seen: dict[str, str] = {}
    sizes: dict[str, int] = {}
    for row in rows:
        if row.commitment_id in seen:
            raise ReleaseError(f"{row.place}: {row.commitment_id} stands at {seen[row.commitment_id]} too; keep one.")
        if (row.version, row.sample_size) != (rows[0].version, rows[0].sample_size):
            raise ReleaseError(f"{row.place}: the row is of another draw than the first; a file holds one form.")
        if sizes.setdefault(row.stratum, row.stratum_size) != row.stratum_size:
            raise ReleaseError(f"{row.place}: stratum_size is not that of the rows above; restore it from the form.")
        seen[row.commitment_id] = row.place
    if len(rows) != rows[0].sample_size:
        raise ReleaseError(f"{name}: {rows[0].sample_size} rows were drawn, {len(rows)} stand here; put all back.")
    strata = [row.stratum for row in rows]
    if any(count > sizes[stratum] for stratum, count in Counter(strata).items()):
        raise ReleaseError(f"{name}: a stratum_size is below the number of its rows; restore it from the form.")
    shares = {q: estimate(strata, sizes, [row.answers[index] for row in rows]) for index, q in enumerate(ANSWERS)}
    wrong = Counter(column for row in rows if row.answers[0] for column in row.wrong)
    coders = tuple(sorted({row.coder for row in rows}))
    return Audit(rows[0].version, len(rows), coders, shares, wrong, {row.commitment_id: row.answers for row in rows})


def audit_section(audits: Sequence[Audit]) -> str:
    """Return the section of the data card on what people checked, in Markdown; none when nobody did, which the card says itself."""
    if not audits:
        return ""
    head = ["version", "rows", "judged by", *QUESTIONS, "most often wrong"]
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|", *map(_line, audits)]
    pairs = [_agreement(one, other) for one, other in combinations(audits, 2) if _same_sample(one, other)]
    return "\n".join([HEAD, *lines, *(["", *pairs] if pairs else []), ""])


def _line(audit: Audit) -> str:
    """One line of the table."""
    shares = [f"{s.right * 100:.0f} % ({s.low * 100:.0f} to {s.high * 100:.0f})" for s in audit.shares.values()]
    wrong = ", ".join(f"{column} {count}" for column, count in audit.wrong.most_common(3))
    # Releases before 1.0.0 rest on summaries in our own words.
    version = audit.version + (" (demonstration)" if audit.version.startswith("0.") else "")
    cells = [shown(version), str(audit.rows), shown(", ".join(audit.coders)), *shares, wrong or "nothing"]
    return f"| {' | '.join(cells)} |"


def _same_sample(one: Audit, other: Audit) -> bool:
    """Tell whether different people judged the same rows."""
    same = one.version == other.version and one.answers.keys() == other.answers.keys()
    return same and not set(one.coders) & set(other.coders)


def _agreement(one: Audit, other: Audit) -> str:
    """One line on how far two judges agree on each question."""
    parts = []
    for index, question in enumerate(QUESTIONS):
        pairs = [(answers[index], other.answers[row][index]) for row, answers in one.answers.items()]
        same = sum(a == b for a, b in pairs) / len(pairs)
        chance = kappa(pairs)
        parts.append(f"{question} {same * 100:.0f} % (kappa {'undefined' if chance is None else f'{chance:.2f}'})")
    names = " and ".join(shown(", ".join(audit.coders)) for audit in (one, other))
    return f"- {names} on the same {one.rows} rows of {one.version} agree: {'; '.join(parts)}."


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Return Cohen's kappa of yes and no (1960, Educational and Psychological Measurement 20:37); None when both gave one answer throughout."""
    n = len(pairs)
    first, second = (sum(pair[index] for pair in pairs) / n for index in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    return None if chance == 1 else (sum(a == b for a, b in pairs) / n - chance) / (1 - chance)
