"""Invented feeds for the tests."""

from __future__ import annotations

CALL = "https://www.norland.example/calls/"
NAMESPACES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
TEXT = "<content:encoded><![CDATA[<p>Norland &amp; Estavia will lay a cable.</p>]]></content:encoded>"


def item(number: int, more: str = "") -> str:
    return f"<item><title>Call {number}</title><link>{CALL}{number}</link>{more}</item>"


def rss(*items: str, namespaces: str = NAMESPACES) -> str:
    return f'<rss version="2.0" {namespaces}><channel><title>News</title>{"".join(items)}</channel></rss>'


def atom(*entries: str, attributes: str = "", links: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>News</title>{links}{"".join(entries)}</feed>'
