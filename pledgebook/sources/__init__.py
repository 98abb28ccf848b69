"""Files to captures to documents: the loaders, the capture store, the sources.

Each source is one TOML file here. What is loaded is stored as a capture first and parsed from there, so that a later run
has it again.
"""

from pledgebook.sources.captures import Capture, captures_table, newest_captures
from pledgebook.sources.documents import Document, parse_capture
from pledgebook.sources.errors import StorageFull, UnreadableDocument, WrongUse
from pledgebook.sources.loading import Loaded, load_documents
from pledgebook.sources.quarantine import quarantine_table, set_aside
from pledgebook.sources.registry import source_named, sources
from pledgebook.sources.source import Source
from pledgebook.sources.store import CaptureStore

__all__ = [
    "Capture",
    "CaptureStore",
    "Document",
    "Loaded",
    "Source",
    "StorageFull",
    "UnreadableDocument",
    "WrongUse",
    "captures_table",
    "load_documents",
    "newest_captures",
    "parse_capture",
    "quarantine_table",
    "set_aside",
    "source_named",
    "sources",
]
