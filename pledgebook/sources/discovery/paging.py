"""Addresses made from templates, and those of further pages from a template with one number in it."""

from __future__ import annotations

import re

from pledgebook.sources.discovery.findings import UnreadableListing


def number_in(template: str, field: str, address: str, first: int) -> int:
    """The number that stands in an address where the template has `{field}`; `first` for an address of another form."""
    before, _, after = template.partition(f"{{{field}}}")
    match = re.fullmatch(re.escape(before) + r"(\d{1,18})" + re.escape(after), address)
    return int(match.group(1)) if match else first


def filled(template: str, **values: object) -> str:
    """The template with its fields filled in; braces of other kinds stay as they are.

    Raises UnreadableListing when it lacks a field, since every page would have the same address.
    """
    for name, value in values.items():
        if f"{{{name}}}" not in template:
            raise UnreadableListing(f"the source's template {template!r} lacks {{{name}}}")
        template = template.replace(f"{{{name}}}", str(value))
    return template
