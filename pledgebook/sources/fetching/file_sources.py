"""Sources that are files: WARC, WACZ, tarballs at an address or on this machine, and folders."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit

from pledgebook.sources.answers import NOT_MODIFIED, OK
from pledgebook.sources.errors import WrongUse
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.errors import FetchError, Refused
from pledgebook.sources.fetching.tools import Tools
from pledgebook.sources.loading import Origin, load_documents
from pledgebook.sources.ways import FilesDiscovery, FolderDiscovery

_ENDINGS = {"warc": ".warc.gz", "wacz": ".wacz", "tarball": ".tar.gz"}


def load_files(discovery: FilesDiscovery | FolderDiscovery, source: str, tools: Tools, report: CrawlReport) -> None:
    """Loads the files of a source into the archive; a file at an address only when it changed since it was loaded last."""
    origin = Origin(source, discovery.wants)
    for place in discovery.start:
        try:
            if isinstance(discovery, FilesDiscovery) and urlsplit(place).scheme in ("http", "https"):
                _download(place, _ENDINGS[discovery.method], origin, tools, report)
            else:
                _load(Path(place), origin, tools, report)
        except (FetchError, WrongUse) as problem:
            report.page_failed(place, problem, is_start=True)


def _download(url: str, ending: str, origin: Origin, tools: Tools, report: CrawlReport) -> None:
    source = origin.source or ""
    with TemporaryDirectory(prefix="pledgebook-") as folder:
        stem = unquote(PurePosixPath(urlsplit(url).path).name).removesuffix(ending) or "file"
        target = Path(folder) / f"{stem}{ending}"
        answer = tools.visitor.get(url, lambda _: tools.state.validators(source, url), target).answer
        if answer.status == NOT_MODIFIED:
            return
        if answer.status != OK:
            raise Refused(f"http_{answer.status}", f"the site answered {answer.status}")
        report.bytes += target.stat().st_size
        _load(target, origin, tools, report)
        told = {"If-None-Match": answer.header("ETag"), "If-Modified-Since": answer.header("Last-Modified")}
        tools.state.keep_validators(source, url, {name: value for name, value in told.items() if value})


def _load(path: Path, origin: Origin, tools: Tools, report: CrawlReport) -> None:
    loaded = load_documents([path], tools.store, tools.now(), origin=origin)
    report.listed += len(loaded.captures) + loaded.skipped.height
    report.loads.append(loaded)
