"""Pages from templates: everything that comes from a text or a table is escaped."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import cmarkgfm
from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml_html_clean import Cleaner
from markupsafe import Markup

from pledgebook.reading.amounts import money, spelled
from pledgebook.site.edition import Edition


class Pages:
    """Writes the pages of a site into a folder, one below the other."""

    def __init__(self, edition: Edition, to: Path) -> None:
        self._to = to
        self._templates = Environment(
            loader=PackageLoader("pledgebook.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {
            "entry": edition.book.entry,
            "names": edition.names,
            "money": money,
            "is_demonstration": edition.is_demonstration,
            "is_measured": bool(edition.quality.get("sets")),
            "with_page": set(edition.named_actors),
        }
        self._templates.filters |= {"count": _count, "sum_of_money": spelled, "web_address": _web_address}

    def write(self, folder: str, template: str, /, **values: Any) -> None:
        """Write `folder/index.html`, in the place of the one that was there; `folder` is relative to the site, "" its start."""
        root = "../" * len(PurePosixPath(folder).parts)
        page = self._templates.get_template(template).render(root=root or "./", **values)
        path = self._to / folder / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, "utf-8")

    def path(self, name: str) -> Path:
        """A file of the site; its folder is there afterwards."""
        path = self._to / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def markdown(text: str) -> Markup:
    """Markdown as HTML; what is HTML in it is left out."""
    return cleaned(cmarkgfm.markdown_to_html_with_extensions(text, extensions=["table", "autolink", "strikethrough"]))


def cleaned(fragment: str) -> Markup:
    """HTML that others made, without scripts, styles and what the policy of the site or HTML itself forbids."""
    # Of a comment alone, or of nothing, lxml would make an error.
    return Markup(_cleaner.clean_html(f"<div>{fragment}</div>"))


_cleaner = Cleaner(
    style=True,
    inline_style=True,
    scripts=True,
    javascript=True,
    page_structure=False,
    safe_attrs_only=True,
    safe_attrs=frozenset({"class", "href", "rel", "title", "colspan", "rowspan"}),
)


def _count(number: int) -> str:
    return f"{number:,}"


def _web_address(address: str | None) -> str | None:
    """The address if a browser may be led there, else nothing: a text may come with `javascript:`."""
    return address if address and address.startswith(("https://", "http://")) else None
