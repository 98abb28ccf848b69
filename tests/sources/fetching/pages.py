"""Invented statements for the test site, and the sitemap that names them."""

from __future__ import annotations

from collections.abc import Iterable

from .site import Site

SHIPS = "Norland will send two ships of grain to Estavia before the end of March."


def page(title: str, text: str, day: str = "2026-02-03") -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    head = f"<head><title>{title}</title></head>"
    dated = f'<time datetime="{day}">{day}</time>'
    return f"<!doctype html><html>{head}<body><nav>Menu</nav><main><h1>{title}</h1>{dated}{paragraphs}</main></body></html>"


def statement(number: int) -> str:
    """A statement that shares no sentence with the others but for the first."""
    text = (
        f"President Roe spoke on call {number} with Prime Minister Aru of Estavia.\n\n"
        f"Norland will deliver {number} tonnes of seed to the port of Ilmar.\n\n"
        f"The two leaders agreed to meet again after visit {number}, and to open the bridge at mile {number}."
    )
    return page(f"Readout of call {number}", text)


def sitemap(urls: Iterable[str]) -> str:
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def publish(site: Site, numbers: Iterable[int]) -> None:
    """Puts statements on the site, and the sitemap that names all that are there."""
    for number in numbers:
        site.add(f"/call/{number}", statement(number))
    site.add("/sitemap.xml", sitemap(site.url(path) for path in site.pages if path.startswith("/call/")))
