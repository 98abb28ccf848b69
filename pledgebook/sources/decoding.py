"""Bytes to text: UTF-8 first, byte order marks obeyed, anything else guessed and said so."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

import charset_normalizer
from w3lib.encoding import html_body_declared_encoding, read_bom

from pledgebook.sources.errors import UnreadableDocument

_BINARY_SHARE = 0.01
_WESTERN_SHARE = 0.2
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))


@dataclass(frozen=True)
class Decoded:
    """The text of a file; `note` says what had to be assumed to read it, or is None."""

    text: str
    note: str | None = None


def decode(content: bytes) -> Decoded:
    """Text of a file's bytes.

    Raises UnreadableDocument: `empty`, when there is nothing but white space; `not_text`, when the bytes are no text.
    """
    if not content.strip():
        raise UnreadableDocument("empty", "the file is empty; fetch or save it again")
    decoded = _decode(content)
    if not decoded.text.strip("\ufeff \t\r\n"):
        raise UnreadableDocument("empty", "the file holds nothing but white space; fetch or save it again")
    return decoded


def with_one_byte_line_ends(content: bytes) -> bytes:
    """The bytes of a text of many lines, in UTF-8 where its mark says that a line end takes more than one byte.

    Raises UnreadableDocument: `empty`, when there is nothing but the mark.
    """
    encoding, _ = read_bom(content)
    return content if encoding in (None, "utf-8") else decode(content).text.encode()


def _decode(content: bytes) -> Decoded:
    encoding, mark = read_bom(content)
    if encoding and mark:
        return _by_mark(content[len(mark) :], encoding)
    if _is_binary(content):
        raise UnreadableDocument("not_text", "the file holds binary data, not text; save the page as text or HTML")
    try:
        return Decoded(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_other(content)


def _by_mark(content: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding))
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _decode_other(content)
        text = content.decode(encoding, errors="replace")
        return Decoded(
            text, f"its byte order mark says {encoding}, but byte {error.start} does not fit and was replaced"
        )


def _is_binary(content: bytes) -> bool:
    sample = content[:65536]
    return b"\0" in content or len(sample) - len(sample.translate(None, _CONTROLS)) > _BINARY_SHARE * len(sample)


def _decode_other(content: bytes) -> Decoded:
    """Text that is not valid UTF-8: a few stray bytes in UTF-8, a declared encoding, Windows-1252, or the best guess."""
    replaced = content.decode("utf-8", errors="replace")
    strays = replaced.count("\ufffd")
    declared = html_body_declared_encoding(content)
    if declared == "utf-8" or sum(map(str.isalpha, filter(lambda letter: letter > "\x7f", replaced))) >= strays:
        text = content.decode("utf-8", errors="pledgebook_stray_byte")
        return Decoded(text, f"{strays} bytes are not UTF-8 and were read as Windows-1252")
    encoding = declared or _guess(content)
    text = content.decode(encoding, errors="pledgebook_stray_byte" if encoding == "cp1252" else "replace")
    return Decoded(text, f"it is not UTF-8 and was read as {encoding}")


def _guess(content: bytes) -> str:
    """The likely encoding; few letters outside ASCII mean a Western page, where statistics mislead more than they help."""
    outside = len(content) - len(content.translate(None, bytes(range(128, 256))))
    if outside < _WESTERN_SHARE * len(content):
        return "cp1252"
    best = charset_normalizer.from_bytes(content).best()
    return best.encoding if best else "cp1252"


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    """Reads each undecodable byte as Windows-1252, or as Latin-1 where that has no letter."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    letters = [
        bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in error.object[error.start : error.end]
    ]
    return "".join(letters), error.end


codecs.register_error("pledgebook_stray_byte", _stray_byte)
