"""Files from a web server: once, checked, gone on with where they broke off."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from polars.testing import assert_frame_equal
from range_server import Account

import pledgebook as pb
from pledgebook.releases.errors import ReleaseError

FILE = "commitments.parquet"


def asked(site: Account) -> list[str | None]:
    """The ranges that were asked for of the file of commitments."""
    return [request.range for request in site.requests if request.name == FILE and request.method == "GET"]


def kept(cache: Path, book: Path) -> Path:
    """Where the file lies in the cache."""
    sums = (book / "v1.1.0" / "SHA256SUMS").read_text("utf-8").splitlines()
    (digest,) = (line.split()[0] for line in sums if line.endswith(f"  {FILE}"))
    return cache / f"{digest}.parquet"


def test_a_file_is_fetched_once(site: Account, own_book: Path) -> None:
    first = pb.load(samples=True, releases=site.address)
    assert_frame_equal(first, pb.load(samples=True, releases=own_book))
    assert_frame_equal(pb.load(samples=True, releases=site.address), first)
    assert_frame_equal(pb.scan(samples=True, releases=site.address).collect(), first)
    assert asked(site) == [None]


def test_what_was_broken_off_goes_on_where_it_stopped(site: Account, own_book: Path, cache: Path) -> None:
    whole = (own_book / "v1.1.0" / FILE).read_bytes()
    part = kept(cache, own_book).with_suffix(".part")
    part.parent.mkdir(parents=True)
    part.write_bytes(whole[:1000])
    pb.load(samples=True, releases=site.address)
    assert asked(site) == ["bytes=1000-"]
    assert kept(cache, own_book).read_bytes() == whole and not part.exists()


def test_a_file_that_is_not_the_published_one_is_refused_and_not_kept(
    site: Account, own_book: Path, cache: Path
) -> None:
    (own_book / "v1.1.0" / FILE).write_bytes(b"something else")
    with pytest.raises(ReleaseError, match="is not the file that was published"):
        pb.load(releases=site.address)
    assert not [path for path in cache.iterdir() if path.suffix != ".lock"]


def test_a_part_of_another_file_is_found_out_and_the_next_call_begins_anew(
    site: Account, own_book: Path, cache: Path
) -> None:
    part = kept(cache, own_book).with_suffix(".part")
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x" * 1000)
    with pytest.raises(ReleaseError, match="is not the file that was published"):
        pb.load(samples=True, releases=site.address)
    assert pb.load(samples=True, releases=site.address).height == 5


@pytest.mark.parametrize(("more", "ranges"), [(b"", []), (b"more than all", [None])])
def test_a_part_that_is_all_or_more_is_not_asked_to_go_on(
    site: Account, own_book: Path, cache: Path, more: bytes, ranges: list[str | None]
) -> None:
    part = kept(cache, own_book).with_suffix(".part")
    part.parent.mkdir(parents=True)
    part.write_bytes((own_book / "v1.1.0" / FILE).read_bytes() + more)
    assert pb.load(samples=True, releases=site.address).height == 5
    assert asked(site) == ranges


def test_sums_that_the_index_does_not_name_are_refused(site: Account, own_book: Path) -> None:
    with (own_book / "v1.1.0" / "SHA256SUMS").open("a") as sums:
        sums.write(f"{'0' * 64}  more.parquet\n")
    with pytest.raises(ReleaseError, match="is not the one that the index names"):
        pb.load(releases=site.address)


def test_a_server_without_ranges_sends_all_of_it(own_book: Path, cache: Path) -> None:
    class Plain(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    part = kept(cache, own_book).with_suffix(".part")
    part.parent.mkdir(parents=True)
    part.write_bytes((own_book / "v1.1.0" / FILE).read_bytes()[:1000])
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *made: Plain(*made, directory=str(own_book)))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    address = f"HTTP://127.0.0.1:{server.server_port}/"
    try:
        rows = pb.load(samples=True, releases=address)
        scanned = pb.scan("readouts", samples=True, releases=address).collect()
    finally:
        server.shutdown()
        server.server_close()
    assert_frame_equal(rows, pb.load(samples=True, releases=own_book))
    assert_frame_equal(scanned, pb.load("readouts", samples=True, releases=own_book))


def test_a_copy_that_was_damaged_is_fetched_anew(site: Account, own_book: Path, cache: Path) -> None:
    first = pb.load(samples=True, releases=site.address)
    kept(cache, own_book).write_bytes(b"half a file")
    assert_frame_equal(pb.load(samples=True, releases=site.address), first)


def test_a_cache_that_cannot_be_written_is_named(site: Account, cache: Path) -> None:
    cache.parent.parent.mkdir()
    cache.parent.touch()
    with pytest.raises(ReleaseError, match=rf"cannot be kept in {cache}: .* XDG_CACHE_HOME"):
        pb.load(releases=site.address)


def test_of_statements_only_what_tells_samples_is_fetched_with_commitments(site: Account, own_book: Path) -> None:
    assert_frame_equal(pb.load(releases=site.address), pb.load(releases=own_book))
    readouts = [request for request in site.requests if request.name == "readouts.parquet" and request.method == "GET"]
    assert readouts and all(request.range for request in readouts)


def test_two_at_once_fetch_it_once(site: Account) -> None:
    with ThreadPoolExecutor(4) as pool:
        heights = list(pool.map(lambda _: pb.load(samples=True, releases=site.address).height, range(4)))
    assert heights == [5] * 4 and asked(site) == [None]


def test_a_server_that_is_not_there_is_named(cache: Path) -> None:
    with pytest.raises(ReleaseError, match=r"http://127\.0\.0\.1:9/index\.json cannot be read"):
        pb.load(releases="http://127.0.0.1:9")
