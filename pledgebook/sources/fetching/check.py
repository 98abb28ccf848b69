"""Whether the real site of a source still has the layout that its TOML file describes: three documents are discovered and parsed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pledgebook.sources.captures import Capture
from pledgebook.sources.documents import Document, parse_capture
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.fetching.fetch import fetch
from pledgebook.sources.fetching.rounds import Wanted
from pledgebook.sources.fetching.settings import FetchSettings
from pledgebook.sources.source import Source
from pledgebook.sources.store import CaptureStore

_DOCUMENTS = 3
_SHORTEST = 40


@dataclass(frozen=True)
class LayoutCheck:
    """holds: whether discovery and parsing found all that they should; lines: what was found and what is missing; reached: whether the
    site answered at all."""

    holds: bool
    lines: list[str]
    reached: bool = True


def check_source(source: Source, settings: FetchSettings) -> LayoutCheck:
    """Fetches three documents of a source into a folder of its own, which is removed, and looks at what is in them."""
    if not source.discover:
        return LayoutCheck(True, [f"{source.name} is not fetched: load its documents with --input"])
    # Each way of discovery is tried alone: a feed that works must not hide a listing that does not.
    parts = [_check_way(source.model_copy(update={"discover": (way,)}), settings) for way in source.discover]
    holds = all(part.holds for part in parts)
    verdict = "the layout holds" if holds else f"not all is there that {source.name}.toml promises"
    if not all(part.reached for part in parts):
        verdict = "the site did not answer, so nothing can be said of its layout"
    return LayoutCheck(holds, [*(line for part in parts for line in part.lines), f"{source.name}: {verdict}"])


def _check_way(source: Source, settings: FetchSettings) -> LayoutCheck:
    (way,) = source.discover
    with TemporaryDirectory(prefix="pledgebook-") as folder:
        report = fetch(source, Path(folder), Wanted(limit=_DOCUMENTS), settings)
        store = CaptureStore(folder)
        missing = [f"{url}: {reason}" for url, reason in report.pages.items()]
        missing += [f"{url}: {problem.reason}" for url, problem in report.problems.items()]
        captures = [capture for capture in store.captures() if capture.source == source.name][:_DOCUMENTS]
        lines = []
        if report.gone:
            missing.append(f"{report.gone} of the newest documents answered 404 or 410")
        if getattr(way, "date", None) and captures and not any(capture.day for capture in captures):
            missing.append("the listing tells no day: see its `date`")
        if len(captures) < _DOCUMENTS:
            missing.append(f"only {len(captures)} of {_DOCUMENTS} documents were found")
        for capture in captures:
            try:
                document = parse_capture(_alone(source, capture), store.read(capture))
            except UnreadableDocument as problem:
                missing.append(f"{capture.url}: {problem.reason}")
                continue
            lines.append(
                f"found: {document.day or 'no day'} {document.title or 'no title'} ({len(document.text):,} characters)"
            )
            missing += [f"{capture.url}: {lack}" for lack in _lacks(document)]
        store.close()
    told = [*lines, *(f"missing: {line}" for line in missing)]
    return LayoutCheck(not missing, [f"{source.name}, {way.method}: {line}" for line in told], not report.unreached)


def _alone(source: Source, capture: Capture) -> Capture:
    """The capture without what the listing told, where the page itself is to tell it: a wrong selector must not hide behind it."""
    title = None if getattr(source.parse, "title", None) else capture.title
    day = None if getattr(source.parse, "date", None) else capture.day
    return replace(capture, title=title, day=day)


def _lacks(document: Document) -> list[str]:
    lacks = {
        "no title": not document.title,
        "no day of publication": document.day is None,
        f"less than {_SHORTEST} characters of text": len(document.text) < _SHORTEST,
    }
    return [lack for lack, is_so in lacks.items() if is_so]
