from __future__ import annotations

import pytest

from pledgebook.sources.decoding import decode
from pledgebook.sources.errors import UnreadableDocument

TEXT = "The Café agreement of Curaçao — “signed” in Norland."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_silently(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert decoded.note is None


def test_utf_16_of_either_order() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be")).text == TEXT
    assert decode(b"\xff\xfe" + TEXT.encode("utf-16-le")).text == TEXT


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_western_encodings_are_read_and_told(encoding: str) -> None:
    text = "El señor Núñez llegó a Curaçao. " * 5
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert "not UTF-8" in (decoded.note or "")


def test_cyrillic_without_a_mark_is_guessed() -> None:
    text = (
        "Президенты обсудили вопросы двустороннего сотрудничества и договорились продолжить консультации в Москве. " * 4
    )
    assert decode(text.encode("cp1251")).text == text


def test_a_declared_encoding_is_believed() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body>Łódź i Škoda zgodziły się współpracować.</body></html>'
    assert decode(page.encode("iso-8859-2")).text == page


def test_a_page_that_declares_utf_8_has_a_stray_byte_at_most() -> None:
    decoded = decode(b'<html><head><meta charset="utf-8"></head><body>Norland\x92s plan</body></html>')
    assert "Norland’s plan" in decoded.text


def test_a_stray_byte_changes_no_other_letter() -> None:
    before, after = "Čapek und Šimůnek in Łódź ", " met — “friends” 🤝"
    decoded = decode(before.encode() + b"\x92" + after.encode())
    assert decoded.text == f"{before}’{after}"
    assert "1 bytes are not UTF-8" in (decoded.note or "")


def test_a_byte_that_no_encoding_knows_is_kept_as_a_control() -> None:
    assert decode("naïve Ångström ".encode() + b"\x81").text == "naïve Ångström \x81"


@pytest.mark.parametrize("content", [b"", b" \n\t", "\ufeff \n".encode(), "\ufeff".encode("utf-16-le")])
def test_an_empty_file_is_told(content: bytes) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        decode(content)
    assert raised.value.check == "empty"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(1, 32)) * 20, b"text, then\0a zero"])
def test_binary_data_is_told(content: bytes) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        decode(content)
    assert raised.value.check == "not_text"
