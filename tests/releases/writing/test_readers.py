"""What a version says to those who read it: pyarrow, Polars, DuckDB, and whoever has nothing but a reader of CSV."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgebook.releases.book.content_hash import content_hash
from pledgebook.releases.writing.files import as_csv
from schemas import CODEBOOK_VERSION, SCHEMA_VERSION, TABLES, csv_header, polars_schema

Row = tuple[Any, ...]

HARD = [
    'He said "yes", twice.',
    "one, two,",
    "first\n\nsecond",
    "first\r\nsecond",
    "first\rsecond",
    "  before and behind  ",
    "\ttab",
    "𝔘𝔨𝔯𝔞𝔦𝔫𝔢 🤝 Ŀ ﷽ e\u0301",
    "=HYPERLINK(A1)",
    "+1",
    "-1",
    "@sum",
    '"',
    "null",
    "NA",
    "true",
    "007",
    "2021-06-08",
    "[]",
    "\u2028\u0085\x0b\x0c\x1f",
    "\ufeffmark",
    " ",
    "\n",
]
QUOTED = 'It will pay, "in kind", =1+1  for 𝔘𝔨𝔯𝔞𝔦𝔫𝔢; \r that is'


@pytest.fixture
def hard_version(kept: Path, publish, document, run, tmp_path: Path) -> Path:
    """A version whose texts hold all that CSV finds hard; published once for all tests here."""
    folder = kept.with_name("hard")
    if folder.exists():
        return folder
    titled = [
        document(f"hard{number}", f"{text}\n\n{QUOTED}.", title=text, alternate_urls=[text, 'a "b", c'])
        for number, text in enumerate(HARD)
    ]
    made = run(*titled)
    rows = [("readouts", text, "no_date", None, json.dumps(text), f"{text}: no date") for text in HARD]
    made.quarantine = pl.DataFrame(rows, schema=polars_schema("quarantine"), orient="row")
    # A place of its own: a test may ask for the other version too.
    apart = type(publish)(tmp_path / "apart")
    return Path(shutil.copytree(str(apart(made).folder), folder))


def from_pyarrow(path: Path) -> dict[str, str]:
    return {key.decode(): value.decode() for key, value in pq.read_schema(path).metadata.items()}


def from_polars(path: Path) -> dict[str, str]:
    return pl.read_parquet_metadata(path)


def from_duckdb(path: Path) -> dict[str, str]:
    found = duckdb.execute("select key, value from parquet_kv_metadata(?)", [str(path)]).fetchall()
    return {key.decode(): value.decode() for key, value in found}


def rows_of_pyarrow(path: Path) -> list[Row]:
    return [tuple(row.values()) for row in pq.read_table(path).to_pylist()]


def rows_of_polars(path: Path) -> list[Row]:
    return pl.read_parquet(path).rows()


def rows_of_duckdb(path: Path) -> list[Row]:
    with duckdb.connect() as connection:
        # A reader sits in any time zone; moments stay the same.
        connection.execute("set TimeZone = 'Asia/Tokyo'; set preserve_insertion_order = true")
        return connection.execute("select * from read_parquet(?)", [str(path)]).fetchall()


@pytest.mark.parametrize("metadata_of", [from_pyarrow, from_polars, from_duckdb])
def test_every_file_tells_every_reader_what_it_is(
    version_with_all: Path, metadata_of: Callable[[Path], dict[str, str]]
) -> None:
    version = json.loads((version_with_all / "datapackage.json").read_text("utf-8"))["version"]
    for name in TABLES:
        said = metadata_of(version_with_all / f"{name}.parquet")
        assert (said["table"], said["version"], said["schema"]) == (name, version, SCHEMA_VERSION)
        assert (said["codebook"], said["extractor"]) == (CODEBOOK_VERSION, "finder 1")
        assert "CC-BY-4.0" in said["licence"] and version in said["citation"] and said["description"]
        assert all(re.fullmatch("[0-9a-f]{64}", said[digest]) for digest in ("code", "content_sha256"))
        described = json.loads(said["columns"])
        assert list(described) == csv_header(name) and all(map(str.strip, described.values()))


def test_each_column_carries_its_description_in_arrow_too(version_with_all: Path) -> None:
    for name in TABLES:
        path = version_with_all / f"{name}.parquet"
        described = {field.name: field.metadata[b"description"].decode() for field in pq.read_schema(path)}
        assert described == json.loads(from_polars(path)["columns"])


def test_all_readers_see_the_same_values(version_with_all: Path, hard_version: Path) -> None:
    for name in TABLES:
        assert rows_of_polars(version_with_all / f"{name}.parquet")
        for folder in (version_with_all, hard_version):
            path = folder / f"{name}.parquet"
            assert rows_of_polars(path) == rows_of_pyarrow(path) == rows_of_duckdb(path)


def test_duckdb_reads_the_types_that_a_question_needs(version_with_all: Path) -> None:
    path = str(version_with_all / "commitments.parquet")
    table = duckdb.read_parquet(path)
    kinds = dict(zip(table.columns, map(str, table.types), strict=True))
    assert (kinds["date"], kinds["amount"], kinds["actors"]) == ("DATE", "DECIMAL(20,2)", "VARCHAR[]")
    to_ukraine = "select sum(amount) from read_parquet(?) where list_contains(recipients, 'UKR')"
    assert duckdb.execute(to_ukraine, [path]).fetchone() == (Decimal("5000000.00"),)


def read_back(name: str, text: str, kinds: pa.Schema) -> list[Row]:
    """The rows of a CSV file, as a program reads them that knows the types and which columns may be empty."""
    header, *lines = csv.reader(StringIO(text, newline=""), strict=True)
    assert header == csv_header(name)
    return [tuple(value(field, kind) for field, kind in zip(line, kinds, strict=True)) for line in lines]


def value(field: str, column: pa.Field) -> Any:
    """What a field of CSV means: in a column that may be empty nothing is no value, elsewhere it is the empty text."""
    if not field and column.nullable:
        return None
    return reading(column.type)(field)


def reading(kind: pa.DataType) -> Callable[[str], Any]:
    """How the text of a value is read."""
    if pa.types.is_list(kind):
        return json.loads
    if pa.types.is_timestamp(kind):
        return moment
    plain: dict[pa.DataType, Callable[[str], Any]] = {
        pa.string(): str,
        pa.bool_(): {"true": True, "false": False}.__getitem__,
        pa.int16(): int,
        pa.int32(): int,
        pa.float64(): float,
        pa.date32(): date.fromisoformat,
        pa.decimal128(20, 2): Decimal,
    }
    return plain[kind]


def moment(field: str) -> datetime:
    assert field.endswith("Z")
    return datetime.fromisoformat(field)


def test_csv_holds_every_row_and_column_of_parquet(version_with_all: Path, hard_version: Path) -> None:
    for folder in (version_with_all, hard_version):
        for name in TABLES:
            kinds = pq.read_schema(folder / f"{name}.parquet")
            text = (folder / "csv" / f"{name}.csv").read_bytes().decode()
            assert read_back(name, text, kinds) == rows_of_polars(folder / f"{name}.parquet")


def test_the_hard_texts_are_published_as_they_came(hard_version: Path) -> None:
    rows = pl.read_parquet(hard_version / "readouts.parquet")
    assert sorted(rows["title"]) == sorted(HARD)
    quotes = pl.read_parquet(hard_version / "commitments.parquet")["quote"].to_list()
    assert quotes == [QUOTED.removeprefix("It ")] * len(HARD)


def test_money_truth_and_dates_are_written_in_full(version_with_all: Path) -> None:
    with (version_with_all / "csv" / "commitments.csv").open(encoding="utf-8", newline="") as file:
        paid = next(line for line in csv.DictReader(file) if line["amount"])
    assert (paid["amount"], paid["amount_max"], paid["routine"]) == ("5000000.00", "", "false")
    assert (paid["date"], paid["recipients"], paid["confidence"]) == ("2021-06-08", '["UKR"]', "0.8")


def test_csv_is_as_rfc_4180_has_it(hard_version: Path) -> None:
    for path in sorted((hard_version / "csv").iterdir()):
        content = path.read_bytes()
        outside = re.sub(rb'"[^"]*"', b"", content)
        assert outside.endswith(b"\r\n") and not re.search(rb'(?<!\r)\n|\r(?!\n)|"', outside)
        assert not content.startswith(b"\xef\xbb\xbf")


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.text(st.characters(codec="utf-8"))] * 6), max_size=5))
def test_any_text_comes_back_from_csv(rows: list[Row]) -> None:
    table = pl.DataFrame(rows, schema=polars_schema("quarantine"), orient="row")
    kinds = pa.schema([pa.field(column, pa.string(), nullable=False) for column in table.columns])
    assert read_back("quarantine", as_csv("quarantine", table), kinds) == rows


def test_a_reader_who_minds_quotes_tells_the_empty_text_from_no_value() -> None:
    """Most readers do not, csv among them: the next test is for those."""
    row = {"table": "readouts", "row_id": "", "check": "x", "column": None, "value": "", "reason": "y"}
    text = as_csv("quarantine", pl.DataFrame([row], schema=polars_schema("quarantine")))
    assert text.splitlines()[1] == 'readouts,"",x,,"",y'
    assert pl.read_csv(text.encode()).row(0) == tuple(row.values())


def test_where_there_may_be_no_value_there_is_no_empty_text(version_with_all: Path, hard_version: Path) -> None:
    """So that an empty field of CSV means one thing in each column."""
    for folder in (version_with_all, hard_version):
        for name in TABLES:
            table = pq.read_table(folder / f"{name}.parquet")
            gaps = [field.name for field in table.schema if field.nullable and field.type == pa.string()]
            assert not [column for column in gaps if "" in table[column].to_pylist()]


def test_csv_holds_fractions_of_a_second(publish, document, run) -> None:
    came = datetime(2026, 11, 1, 10, 0, 0, 250_000, tzinfo=UTC)
    folder = publish(run(document("a", "It will pay.", retrieved_at=came))).folder
    with (folder / "csv" / "captures.csv").open(encoding="utf-8", newline="") as file:
        (line,) = csv.DictReader(file)
    assert datetime.fromisoformat(line["captured_at"]) == came


def hash_told_by_the_docstring(table: pa.Table) -> str:
    """The hash of a table's content, from what the docstring of `content_hash` says and nothing else."""
    rows = [table.column_names, *(list(row.values()) for row in table.to_pylist())]
    lines = [json.dumps([as_told(value) for value in row], ensure_ascii=False, separators=(",", ":")) for row in rows]
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def as_told(value: Any) -> Any:
    if isinstance(value, datetime):
        fraction = ".%f" if value.microsecond else ""
        return value.astimezone(UTC).strftime(f"%Y-%m-%dT%H:%M:%S{fraction}Z")
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def test_anyone_can_recompute_the_hash_of_the_content(version_with_all: Path, hard_version: Path) -> None:
    for folder in (version_with_all, hard_version):
        for name in TABLES:
            path = folder / f"{name}.parquet"
            assert hash_told_by_the_docstring(pq.read_table(path)) == from_pyarrow(path)["content_sha256"]


def test_the_hash_does_not_depend_on_who_wrote_the_file(version_with_all: Path, tmp_path: Path) -> None:
    for name in TABLES:
        path, other = version_with_all / f"{name}.parquet", tmp_path / f"{name}.parquet"
        pl.read_parquet(path).write_parquet(other, compression="gzip", row_group_size=2, statistics=False)
        told = from_duckdb(path)["content_sha256"]
        assert other.read_bytes() != path.read_bytes()
        assert hash_told_by_the_docstring(pq.read_table(other)) == told == content_hash([pl.read_parquet(other)])


def test_the_hash_tells_one_changed_letter(version_with_all: Path) -> None:
    table = pq.read_table(version_with_all / "commitments.parquet")
    quotes = table["quote"].to_pylist()
    other = table.set_column(
        table.column_names.index("quote"), "quote", pa.array([f"{quotes[0]}.", *quotes[1:]], pa.string())
    )
    assert hash_told_by_the_docstring(other) != table.schema.metadata[b"content_sha256"].decode()
