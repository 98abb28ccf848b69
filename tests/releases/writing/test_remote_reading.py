"""What it costs to ask a question of a large version that lies on a web server."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import httpx
import polars as pl
import pyarrow.parquet as pq
import pytest
from range_server import Account, serving

from pledgebook.releases.book.causes import Origin
from pledgebook.releases.book.texts import Texts
from pledgebook.releases.frames import arranged, empty_tables
from pledgebook.releases.writing.files import Release, write_parquet
from schemas import codelists, polars_schema

ROWS, A_GROUP = 100_000, 25_000
FIRST_DAY, DAYS = date(2017, 1, 1), 8 * 365
SAMPLES = Path(__file__).parents[3] / "data" / "raw" / "samples"
ISSUERS = ["USA", "GBR", "CAN", "EU", "UN"]
WANTED = ["date", "recipients", "quote"]


def commitments() -> pl.DataFrame:
    """Invented commitments of as many bytes and as many different values as real ones have."""
    chance = random.Random(20_240_229)
    # The words of real prose, as often as it has them, so that they are as hard to compress.
    words = " ".join(path.read_text("utf-8").split("---")[-1] for path in sorted(SAMPLES.glob("*.md"))).split()
    told = [chance.choices(words, k=40) for _ in range(ROWS)]
    readouts = [name("r", chance.randrange(ROWS // 8)) for _ in range(ROWS)]
    # All rows of a document have its day and its issuer; a few states gain much, most of them little.
    days = [FIRST_DAY + timedelta(int(readout[2:10], 16) % DAYS) for readout in readouts]
    issuers = [ISSUERS[int(readout[10:14], 16) % len(ISSUERS)] for readout in readouts]
    others = sorted(codelists.codes("actors") - set(ISSUERS))
    weights = [1 / rank for rank in range(1, len(others) + 1)]
    chance.shuffle(others)
    others.insert(3, others.pop(others.index("UKR")))
    gaining, partners = (chance.choices(others, weights, k=ROWS) for _ in range(2))
    starts = [chance.randrange(9_000) for _ in range(ROWS)]
    quotes = [" ".join(sentence[10:30]) for sentence in told]
    columns = {
        "commitment_id": [name("c", number) for number in range(ROWS)],
        "readout_id": readouts,
        "date": days,
        "issuer": issuers,
        "quote": quotes,
        "char_start": starts,
        "char_end": [start + len(quote) for start, quote in zip(starts, quotes, strict=True)],
        "cue": chance.choices(["agreed to", "will", "committed to", "plans to", "announced"], k=ROWS),
        "cue_start": starts,
        "cue_end": [start + 9 for start in starts],
        "sentence": [" ".join(sentence) for sentence in told],
        "actors": [
            [issuer, other] if chance.random() < 0.6 else [issuer]
            for issuer, other in zip(issuers, partners, strict=True)
        ],
        "recipients": [[other] if number % 5 else [] for number, other in enumerate(gaining)],
        "targets": [[] for _ in range(ROWS)],
        "topic": chance.choices([16, 18, 19], k=ROWS),
        "confidence": [round(chance.uniform(0.3, 0.95), 2) for _ in range(ROWS)],
    }
    same = {"attribution": "own", "strength": "firm", "novelty": "new", "act": "provide", "routine": False}
    same |= {"extractor": "finder 1", "codebook": "1.2", "amount_summable": False}
    same |= {"first_version": "1.0.0", "changed_version": "1.0.0"}
    rows = pl.DataFrame(columns).with_columns(pl.lit(value).alias(column) for column, value in same.items())
    missing = [pl.lit(None).alias(column) for column in polars_schema("commitments") if column not in rows.columns]
    return arranged("commitments", rows.with_columns(missing))


def name(prefix: str, number: int) -> str:
    return f"{prefix}-{hashlib.sha256(f'{prefix}{number}'.encode()).hexdigest()[:16]}"


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    return commitments()


@pytest.fixture(scope="module")
def path(rows: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    origin = Origin("1.2", "finder 1", "0" * 64)
    write_parquet(Release("1.0.0", "2024-12-31", origin, empty_tables() | {"commitments": rows}, Texts(), {}), folder)
    return folder / "commitments.parquet"


@pytest.fixture
def server(path: Path) -> Iterator[Account]:
    with serving(path.parent) as account:
        yield account


def promised(place: str | Path, actor: str, recipient: str, year: int) -> pl.DataFrame:
    """What one promised another in a year, asked as the documentation shows it."""
    return (
        pl.scan_parquet(place)
        .filter(
            pl.col("date").is_between(date(year, 1, 1), date(year, 12, 31)),
            pl.col("actors").list.contains(actor),
            pl.col("recipients").list.contains(recipient),
        )
        .select(WANTED)
        .collect()
    )


def test_one_pair_in_one_year_costs_a_few_requests_and_a_small_share(
    rows: pl.DataFrame, path: Path, server: Account
) -> None:
    found = promised(f"{server.address}/{path.name}", "USA", "UKR", 2023)
    wanted = [
        (day, recipients, quote)
        for day, actors, recipients, quote in rows.select("date", "actors", "recipients", "quote").iter_rows()
        if day.year == 2023 and "USA" in actors and "UKR" in recipients
    ]
    share = server.sent / path.stat().st_size
    print(
        f"\nUSA to UKR in 2023: {len(wanted)} of {ROWS:,} rows, {len(server.requests)} requests, {share:.1%} of {path.stat().st_size:,} bytes"
    )
    for request in server.requests:
        print(f"  {request.method} {request.range or ''}: {request.sent:,} bytes")
    assert found.rows() == wanted and len(wanted) > 50
    assert len(server.requests) <= 5
    assert share <= 1 / 3


@pytest.mark.parametrize("year", range(2017, 2025))
def test_no_year_costs_more_than_a_third(path: Path, server: Account, year: int) -> None:
    """Not even one that lies in two groups of rows."""
    promised(f"{server.address}/{path.name}", "USA", "UKR", year)
    share = server.sent / path.stat().st_size
    print(f"\n{year}: {len(server.requests)} requests, {share:.1%} of the bytes")
    assert share <= 1 / 3 and len(server.requests) <= 5


def test_what_a_version_holds_is_told_by_the_end_of_the_file(path: Path, server: Account) -> None:
    assert "quote" in pl.scan_parquet(f"{server.address}/{path.name}").collect_schema()
    print(f"\nthe schema: {len(server.requests)} requests, {server.sent:,} bytes")
    assert server.sent <= path.stat().st_size / 50


def test_the_file_is_laid_out_so_that_parts_of_it_can_be_read(path: Path) -> None:
    told = pq.ParquetFile(path).metadata
    groups = [told.row_group(number) for number in range(told.num_row_groups)]
    assert [group.num_rows for group in groups] == [A_GROUP] * 4
    for group in groups:
        columns = [group.column(number) for number in range(group.num_columns)]
        assert {column.compression for column in columns} == {"ZSTD"}
        assert all(column.is_stats_set and column.has_offset_index and column.has_column_index for column in columns)
    days = [group.column(2).statistics for group in groups]
    assert all(earlier.max <= later.min for earlier, later in pairwise(days))


def test_the_server_of_these_tests_honours_ranges(path: Path, server: Account) -> None:
    """Else the figures above would say nothing."""
    address, content = f"{server.address}/{path.name}", path.read_bytes()
    with httpx.Client(trust_env=False) as client:
        head = client.head(address)
        assert (int(head.headers["Content-Length"]), head.content) == (len(content), b"")
        for asked, part in (("0-3", content[:4]), ("-8", content[-8:]), (f"{len(content) - 5}-", content[-5:])):
            answer = client.get(address, headers={"Range": f"bytes={asked}"})
            assert (answer.status_code, answer.content) == (206, part)
        assert client.get(address, headers={"Range": f"bytes={len(content)}-"}).status_code == 416
        assert client.get(f"{server.address}/missing").status_code == 404
        assert client.get(address).content == content
    assert server.sent == 4 + 8 + 5 + len(content)
