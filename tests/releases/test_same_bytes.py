"""The same documents give the same bytes, wherever, however and in whatever order they are read.

    python test_same_bytes.py FOLDER BATCH PROCESSES ORDER ROWS

makes two versions in FOLDER/processed of the documents in FOLDER/first and FOLDER/second, as the flow `build` does, without Prefect; they
are read in batches of BATCH documents, and ROWS rows or texts are in the making at once. ORDER is `folder`, or `forwards` or `backwards`
for files that are named one by one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
WHITE_HOUSE = "https://bidenwhitehouse.archives.gov/briefing-room/statements-releases/"
DOWNING_STREET = "https://www.gov.uk/government/news/"


def page(title: str, day: str, url: str, text: str, **more: str) -> str:
    fields = {"title": f'"{title}"', "date": day, "source_url": url} | more
    return "\n".join(["---", *(f"{name}: {value}" for name, value in fields.items()), "---", "", text, ""])


def white_house(title: str, day: str, name: str, text: str, **more: str) -> str:
    return page(title, day, f"{WHITE_HOUSE}{day.replace('-', '/')}/{name}/", text, issuer="USA", **more)


def downing_street(title: str, day: str, name: str, text: str, **more: str) -> str:
    return page(title, day, f"{DOWNING_STREET}{name}", text, issuer="GBR", **more)


NORWAY = "President Biden spoke today with the Prime Minister of Norway. They agreed to open a joint office in Bergen."
JAPAN = (
    "The two leaders met in Tokyo. The United States will provide $40 million to Japan for the harbour by 2024.\n\n"
    "The two sides agreed to:\n\n- expand trade in fish by 2024\n- send engineers to Ōsaka\n- train 200 pilots\n\n"
    "They will meet again next year."
)
UKRAINE = (
    "The United States will provide $5 million to Ukraine. It also plans to deliver “Нептун” 🚢 parts, next spring."
)
FIRST = {
    "norway.md": white_house("Readout of a call with Norway", "2021-06-08", "norway", NORWAY),
    "japan.md": white_house("Readout of a meeting with Japan", "2022-03-01", "japan", JAPAN),
    "Übersicht Ōsaka.md": white_house("Fact sheet: Ōsaka", "2022-03-02", "osaka", JAPAN.replace("40", "60")),
    "ukraine.md": white_house("Statement on Ukraine", "2022-04-05", "ukraine", UKRAINE),
    # Two copies of one address: which of them counts must not hang on which is read first.
    "z-ukraine-edited.md": white_house("Statement on Ukraine", "2022-04-05", "ukraine", UKRAINE.replace("5", "7")),
    # What both sides say of one meeting.
    "PM with president.md": downing_street(
        "PM call with President Biden: 9 May 2022",
        "2022-05-09",
        "pm-call-with-president-biden",
        "The Prime Minister spoke to President Biden. The UK will send £12 million to Ukraine and host a summit in July.",
    ),
    "president with PM.md": white_house(
        "Talk of the President and the Prime Minister of the United Kingdom about boats",
        "2022-05-09",
        "talk-about-boats",
        "The President spoke with the Prime Minister. The United States and the United Kingdom plan to send boats to Ukraine.",
    ),
    "two.jsonl": '{"title": "PM meets France", "date": "2021-11-02", "issuer": "GBR", "text": "The UK will return to'
    ' the talks with France."}\n{"title": "no text"}\n',
    "2021-07-09-note.txt": "The United Kingdom announced that it will give 100 lorries to Kenya.\n",
    "blank.md": "",
    "no-day.md": "---\nissuer: USA\n---\nThe United States will send ships to Norway.\n",
}
SECOND = {
    # An edit, a second statement of a told sum, and a document that is new.
    "norway.md": white_house(
        "Readout of a call with Norway", "2021-06-08", "norway", f"{NORWAY} They will meet again."
    ),
    "again.md": white_house("Fact sheet: the harbour", "2022-03-09", "harbour", JAPAN.replace("Tokyo", "Kobe")),
    "kenya.md": downing_street("PM meets Kenya", "2022-06-01", "kenya", "The UK pledged £3 million to Kenya by 2025."),
}
RUNS = (("first", datetime(2026, 11, 1, 8, tzinfo=UTC)), ("second", datetime(2026, 11, 9, 20, 30, tzinfo=UTC)))


class Surroundings(NamedTuple):
    """What differs from one making to the next: where, in which environment, and how the documents are handed over."""

    folder: str
    language: str
    zone: str
    seed: str
    threads: str
    batch: int
    processes: int
    order: str
    rows: int


# Each value meets values of every other column; all pairs would be two dozen makings.
MAKINGS = [
    Surroundings("here", "de_DE.UTF-8", "UTC", "0", "1", 500, 1, "folder", 100_000),
    Surroundings("far/far away", "C", "Asia/Tokyo", "1", "2", 1, 1, "backwards", 1),
    Surroundings("örtlich", "C.UTF-8", "America/Los_Angeles", "2", "4", 2, 2, "forwards", 2),
    Surroundings("x" * 100, "tr_TR.ISO-8859-9", "Pacific/Kiritimati", "random", "1", 3, 1, "pattern", 3),
    Surroundings("it's #1 & 100%", "POSIX", "America/St_Johns", "4", "2", 5, 1, "backwards", 5),
]


def lay_out(folder: Path, backwards: bool) -> None:
    """Write the documents, in one order or the other, for a folder may list its files as they came."""
    for name, documents in (("first", FIRST), ("second", SECOND)):
        for path, text in sorted(documents.items(), reverse=backwards):
            file = folder / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")


def make(root: Path, around: Surroundings) -> dict[str, bytes]:
    """The files of the place that a process of its own makes in its surroundings, by name."""
    folder = root / around.folder / "book"
    lay_out(folder, around.order == "backwards")
    environment = os.environ | {
        "LANG": around.language,
        "LC_ALL": around.language,
        # Else Python takes UTF-8 where the language is C, and there would be no difference to meet.
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "TZ": around.zone,
        "PYTHONHASHSEED": around.seed,
        "POLARS_MAX_THREADS": around.threads,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "runs")]),
    }
    how = (around.batch, around.processes, around.order, around.rows)
    command = [sys.executable, __file__, str(folder), *map(str, how)]
    made = subprocess.run(command, cwd=folder.parent, env=environment, capture_output=True, check=False)
    assert made.returncode == 0, made.stderr.decode(errors="replace")
    place = folder / "processed"
    files = (path for path in sorted(place.rglob("*")) if path.is_file())
    names = {path.relative_to(place).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in names.items() if not name.startswith(".")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    root = tmp_path_factory.mktemp("same")
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda around: make(root, around), MAKINGS))


def test_every_file_is_the_same_in_all_surroundings(made: list[dict[str, bytes]]) -> None:
    first, *others = made
    for around, other in zip(MAKINGS[1:], others, strict=True):
        assert sorted(other) == sorted(first), around
        assert [name for name in first if other[name] != first[name]] == [], around


def test_what_was_compared_is_a_book_with_a_history(made: list[dict[str, bytes]]) -> None:
    """Else the sameness would say little."""
    first = made[0]
    assert {"index.json", "latest.json", "CHANGELOG.md", "feed.xml"} <= first.keys()
    assert {name.split("/")[0] for name in first if "/" in name} >= {"v1.0.0", "v1.1.0"}
    assert "Ōsaka".encode() in first["v1.1.0/csv/readouts.csv"]
    assert first["v1.1.0/csv/commitments.csv"].count(b"\r\n") > 12
    assert first["v1.1.0/csv/changes.csv"].count(b"\r\n") > 5
    assert first["v1.0.0/csv/quarantine.csv"].count(b"\r\n") > 3


def test_no_file_tells_where_it_was_made(
    made: list[dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = str(tmp_path_factory.getbasetemp()).encode()
    assert [name for name, content in made[1].items() if base in content or b"far away" in content] == []


def workers(number: int) -> Executor:
    """One takes a batch after the other; of more each is a process."""
    return ThreadPoolExecutor(1) if number == 1 else ProcessPoolExecutor(number, get_context("spawn"))


def named(folder: Path, order: str) -> list[Path]:
    """The documents as they are handed over: their folder, a pattern, or each by itself."""
    files = sorted(folder.iterdir())
    return {"folder": [folder], "pattern": [folder / "*"], "forwards": files, "backwards": files[::-1]}[order]


def publish_twice(folder: Path, size: int, pool: Executor, order: str, rows: int) -> None:
    """What the flow `build` does, once for each of the two folders of documents."""
    from running import run

    from pledgebook.evaluation.quality import measured_quality
    from pledgebook.releases import frames
    from pledgebook.releases.book import texts
    from pledgebook.runs import plan

    plan.BATCH, frames.ROWS_AT_ONCE, texts.TEXTS_AT_ONCE = size, rows, rows
    for name, now in RUNS:
        run(folder, *named(folder / name, order), now=now, each=pool.map, quality=measured_quality())


if __name__ == "__main__":
    with workers(int(sys.argv[3])) as pool:
        publish_twice(Path(sys.argv[1]), int(sys.argv[2]), pool, sys.argv[4], int(sys.argv[5]))
