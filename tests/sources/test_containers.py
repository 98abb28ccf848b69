"""What holds for every kind of archive: WARC, WACZ and tarballs."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from pledgebook.sources import CaptureStore, load_documents
from pledgebook.sources.loading import Origin

from .archives import PAGE, SITE, Archive, Load, Write, names, page, pages, tarball, told, wacz
from .conftest import NOW

LONG_HEADER = gzip.compress(pages(1, gzipped=False).replace(b"\r\n", b"\r\n" + b"A: b\r\n" * 20_000, 1))


@pytest.mark.parametrize(
    ("name", "content", "check"),
    [
        pytest.param("a.warc", b"", "empty", id="empty warc"),
        pytest.param("a.warc", b"Norland will help.\n" * 9, "broken_archive", id="text"),
        pytest.param("a.warc.gz", PAGE, "broken_archive", id="page"),
        pytest.param("a.warc.gz", gzip.compress(PAGE), "broken_archive", id="compressed page"),
        pytest.param("a.warc", bytes(200_000), "broken_archive", id="zeros"),
        pytest.param("a.warc.gz", LONG_HEADER, "broken_archive", id="long header"),
        pytest.param("a.warc", b"WARC/1.0\r\nA: " + b"b" * 100_000, "broken_archive", id="long line"),
        pytest.param("a.warc.gz", Archive().add(SITE, status="404 Not Found").content, "no_documents", id="no page"),
        pytest.param("a.wacz", PAGE, "broken_archive", id="no zip"),
        pytest.param("a.wacz", wacz({"archive/a.warc.gz": pages(1)})[:-30], "broken_archive", id="zip cut off"),
        pytest.param("a.wacz", wacz({"pages/pages.jsonl": b"{}"}), "no_wacz", id="zip without warc"),
        pytest.param("a.tar", b"", "empty", id="empty tarball"),
        pytest.param("a.tar", PAGE * 20, "broken_archive", id="no tarball"),
        pytest.param("a.tgz", tarball({"photo.jpg": b"\xff\xd8\xff"}), "no_documents", id="nothing readable"),
    ],
)
def test_a_file_that_holds_no_document_is_told(load: Load, write: Write, name: str, content: bytes, check: str) -> None:
    folder = write("good.txt", "Norland will help.").parent
    write(name, content)
    loaded = load(folder)
    assert (names(loaded), told(loaded)) == (["good.txt"], {name: check})


def test_only_wanted_documents_are_read(store: CaptureStore, write: Write) -> None:
    path = write("a.warc.gz", pages(3))
    origin = Origin("kremlin", wants=lambda place: place.endswith("/1/"))
    loaded = load_documents([path], store, NOW, origin=origin)
    assert [(capture.url, capture.source) for capture in loaded.captures] == [(f"{SITE}1/", "kremlin")]
    assert loaded.skipped.is_empty()


def test_wanted_documents_without_address_are_known_by_their_names(store: CaptureStore, write: Write) -> None:
    path = write("a.tgz", tarball({"one.txt": b"Norland will help.", "two.txt": b"Estavia will help."}))
    loaded = load_documents([path], store, NOW, origin=Origin(wants=lambda place: "two" in place))
    assert names(loaded) == ["a.tgz/two.txt"]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.wacz", "a.tar.gz"])
def test_no_more_than_a_document_is_in_memory(store: CaptureStore, write: Write, name: str) -> None:
    archive, bodies = Archive(), [page(number) + b" " * 1_000_000 for number in range(20)]
    for number, body in enumerate(bodies):
        archive.add(f"{SITE}{number}/", body)
    made = {"a.warc.gz": archive.content, "a.wacz": wacz({"archive/a.warc.gz": archive.content})}
    path = write(name, made.get(name) or tarball({f"{number}.html": body for number, body in enumerate(bodies)}))
    places: list[str] = []

    def wants_none(place: str) -> bool:
        places.append(place)
        return False

    tracemalloc.start()
    try:
        # Documents that nobody wants, since parsing pages is another matter.
        load_documents([path], store, NOW, origin=Origin(wants=wants_none))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert len(places) == 20
