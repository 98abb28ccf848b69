"""The bundled samples are complete, well formed and, where the real documents are at hand, true to them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "data/raw/samples").iterdir())
CORPUS = ROOT / ".." / "shared" / "corpus"

KEYS = [
    "title",
    "date",
    "source_url",
    "publisher",
    "issuer",
    "language",
    "text_origin",
    "licence",
    "retrieved_at",
]
ISSUERS = {"white-house": "USA", "state-department": "USA", "ukraine-president": "UKR", "kremlin": "RUS"}
RUN_LENGTH = 8
MARKED_NUMBER = re.compile(
    r"(?P<sign>[$£€])\s?(?P<sum>\d[\d,]*(?:\.\d+)?)(?:\s(?P<scale>million|billion))?"
    r"|(?P<share>\d+(?:\.\d+)?)\s?(?:%|percent|per cent)"
)

each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real documents are not here")


class Original(NamedTuple):
    """A real document that a sample sums up."""

    date: str
    text: str


def split(text: str) -> tuple[dict[str, Any], str]:
    _, front_matter, body = text.split("---\n", 2)
    return yaml.safe_load(front_matter), body


def read(path: Path) -> tuple[dict[str, Any], str]:
    return split(path.read_text(encoding="utf-8"))


@cache
def originals() -> dict[str, Original]:
    wanted = {str(read(path)[0]["source_url"]) for path in SAMPLES}
    found: dict[str, Original] = {}
    for path in CORPUS.glob("white-house/**/*.md"):
        text = path.read_text(encoding="utf-8")
        # Parsing the YAML of all seven thousand files takes far longer than this look at their text.
        if any(url in text for url in wanted):
            meta, body = split(text)
            found[meta["source_url"]] = Original(str(meta["date"]), f"{meta['title']}\n{body}")
    for path in CORPUS.glob("*.jsonl"):
        for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            found[record["url"]] = Original(record["date"], f"{record['title']}\n{record['text']}")
    return found


def marked_numbers(text: str) -> set[str]:
    """Give the sums with a currency sign and the percentages, each in one spelling."""
    flat = " ".join(text.split())
    return {
        f"{match['sign']}{match['sum'].replace(',', '')} {match['scale'] or ''}".strip()
        if match["sign"]
        else f"{match['share']}%"
        for match in MARKED_NUMBER.finditer(flat)
    }


def runs(text: str) -> set[str]:
    """Give every run of eight words, without case and punctuation."""
    words = re.findall(r"[^\W_]+", re.sub("['’]", "", text.casefold()))
    return {" ".join(words[start : start + RUN_LENGTH]) for start in range(len(words) - RUN_LENGTH + 1)}


def test_there_are_two_dozen_samples_of_four_years_and_three_publishers() -> None:
    metas = [read(path)[0] for path in SAMPLES]
    assert len(SAMPLES) == 24
    assert len({meta["date"].year for meta in metas}) >= 4
    assert len({meta["publisher"] for meta in metas}) >= 3


def test_no_document_is_summed_up_twice() -> None:
    urls = [read(path)[0]["source_url"] for path in SAMPLES]
    assert len(set(urls)) == len(urls)


def test_the_meeting_in_mexico_city_is_there() -> None:
    titles = {str(read(path)[0]["date"]): read(path)[0]["title"] for path in SAMPLES}
    assert titles["2021-06-08"] == "Harris and López Obrador meet in Mexico City"


@each_sample
def test_front_matter_says_what_the_sample_is(path: Path) -> None:
    meta, _ = read(path)
    assert list(meta) == KEYS
    assert meta["text_origin"] == "summary"
    assert meta["licence"] == "CC-BY-4.0"
    assert meta["language"] == "en"
    assert meta["issuer"] == ISSUERS[meta["publisher"]]
    assert re.match(r"https?://[^/\s]+/\S+$", meta["source_url"])
    assert path.name.startswith(f"{meta['date']}-")


@each_sample
def test_sample_is_short_and_wrapped(path: Path) -> None:
    _, body = read(path)
    assert 60 <= len(body.split()) <= 220
    assert max(map(len, body.splitlines())) <= 100


@needs_corpus
@each_sample
def test_original_is_cited_with_its_date(path: Path) -> None:
    meta, _ = read(path)
    assert meta["source_url"] in originals()
    assert originals()[meta["source_url"]].date == str(meta["date"])


@needs_corpus
@each_sample
def test_sums_and_percentages_stand_in_the_original(path: Path) -> None:
    meta, body = read(path)
    assert marked_numbers(body) <= marked_numbers(originals()[meta["source_url"]].text)


@needs_corpus
@each_sample
def test_wording_is_not_that_of_the_original(path: Path) -> None:
    meta, body = read(path)
    original = runs(originals()[meta["source_url"]].text)
    assert not runs(body) & original
    assert not runs(meta["title"]) & original


def test_marked_numbers_are_read_in_one_spelling() -> None:
    text = "It gives $ 1,500 or £88\nmillion, $2.5 billion; 15 percent, 24 percentage points, 7.5% of 300."
    assert marked_numbers(text) == {"$1500", "£88 million", "$2.5 billion", "15%", "24%", "7.5%"}


def test_runs_ignore_case_punctuation_and_line_breaks() -> None:
    copied = runs("Norland’s envoys, and those of Estavia,\nmet on Monday.")
    assert copied & runs("NORLANDS ENVOYS and those of Estavia met – on Monday")
    assert not copied & runs("Norland's envoys met those of Estavia on a Monday.")
