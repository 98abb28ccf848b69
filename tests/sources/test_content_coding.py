"""Content codings of HTTP bodies: undone when they are whole and no bombs, refused with the reason otherwise."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli
import pytest

from pledgebook.sources import UnreadableDocument
from pledgebook.sources.content_coding import decoded

TEXT = b"Norland will send Estavia two rescue boats." * 20
LARGEST = 10_000


def raw_deflate(content: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(content) + deflater.flush()


CODINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "br": brotli.compress,
    "identity": bytes,
    " GZIP ": gzip.compress,
}


@pytest.mark.parametrize("coding", CODINGS)
def test_a_coding_is_undone(coding: str) -> None:
    assert decoded(CODINGS[coding](TEXT), coding, LARGEST) == TEXT


@pytest.mark.parametrize("codings", [None, "", " , "])
def test_without_a_coding_the_body_is_as_it_is(codings: str | None) -> None:
    assert decoded(TEXT, codings, LARGEST) == TEXT


def test_codings_are_undone_in_reverse() -> None:
    assert decoded(brotli.compress(gzip.compress(TEXT)), "gzip, br", LARGEST) == TEXT


def test_gzip_members_are_one_body_and_padding_none() -> None:
    body = gzip.compress(TEXT[:100]) + gzip.compress(b"") + gzip.compress(TEXT[100:]) + bytes(512)
    assert decoded(body, "gzip", LARGEST) == TEXT


@pytest.mark.parametrize("coding", CODINGS)
def test_a_body_of_just_the_largest_size_is_read_and_one_byte_more_is_not(coding: str) -> None:
    body = CODINGS[coding](TEXT)
    assert len(decoded(body, coding, len(TEXT))) == len(TEXT)
    with pytest.raises(UnreadableDocument) as problem:
        decoded(body, coding, len(TEXT) - 1)
    assert problem.value.check == "too_large"


def test_a_body_without_coding_may_not_be_larger_either() -> None:
    with pytest.raises(UnreadableDocument, match="larger than 10 bytes"):
        decoded(TEXT, None, 10)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "Deflate", "br"])
def test_a_bomb_is_refused_without_being_expanded(coding: str) -> None:
    bomb = CODINGS[coding](bytes(20_000_000))
    tracemalloc.start()
    with pytest.raises(UnreadableDocument) as problem:
        decoded(bomb, coding, LARGEST)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert problem.value.check == "too_large"
    assert peak < 5_000_000


def test_a_bomb_of_gzip_members_is_refused() -> None:
    with pytest.raises(UnreadableDocument) as problem:
        decoded(gzip.compress(bytes(1000)) * 11, "gzip", LARGEST)
    assert problem.value.check == "too_large"


def test_a_bomb_in_a_bomb_is_refused() -> None:
    with pytest.raises(UnreadableDocument) as problem:
        decoded(gzip.compress(gzip.compress(bytes(50_000_000))), "gzip, gzip", LARGEST)
    assert problem.value.check == "too_large"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "Deflate", "br"])
@pytest.mark.parametrize("damage", ["cut off", "other bytes"])
def test_damaged_bodies_are_told(coding: str, damage: str) -> None:
    body = CODINGS[coding](TEXT)[:-3] if damage == "cut off" else b"<p>These bytes were never compressed.</p>"
    with pytest.raises(UnreadableDocument, match=f"{coding.lower()} is damaged or cut off") as problem:
        decoded(body, coding, LARGEST)
    assert problem.value.check == "broken_coding"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "Deflate", "br"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_body_may_be_cut_off_anywhere(coding: str, kept: float) -> None:
    body = CODINGS[coding](TEXT)
    with pytest.raises(UnreadableDocument) as problem:
        decoded(body[: int(len(body) * kept)], coding, LARGEST)
    assert problem.value.check == "broken_coding"


def test_the_last_of_several_gzip_members_must_be_whole() -> None:
    with pytest.raises(UnreadableDocument) as problem:
        decoded(gzip.compress(TEXT) + gzip.compress(TEXT)[:-4], "gzip", LARGEST)
    assert problem.value.check == "broken_coding"


@pytest.mark.parametrize("coding", CODINGS)
def test_a_body_of_nothing_is_nothing(coding: str) -> None:
    assert decoded(CODINGS[coding](b""), coding, LARGEST) == b""


def test_a_wrong_checksum_is_told() -> None:
    body = bytearray(gzip.compress(TEXT))
    body[-8] ^= 1
    with pytest.raises(UnreadableDocument) as problem:
        decoded(bytes(body), "gzip", LARGEST)
    assert problem.value.check == "broken_coding"


@pytest.mark.parametrize("codings", ["zstd", "gzip, compress", "gzip," * 5])
def test_codings_that_are_not_read_are_named(codings: str) -> None:
    with pytest.raises(UnreadableDocument) as problem:
        decoded(gzip.compress(TEXT), codings, LARGEST)
    assert problem.value.check == "unknown_coding"
