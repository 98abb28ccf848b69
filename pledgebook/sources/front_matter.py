"""The YAML block that opens a Markdown file: `---`, fields, `---`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from pledgebook.sources.errors import UnreadableDocument

_FENCE = "---"
_LARGEST = 100_000


def split_front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """The fields of the front matter (empty when there is none) and the text below it.

    Raises UnreadableDocument `broken_front_matter` with the line when the block is not closed or no mapping of YAML.
    """
    first, newline, rest = text.partition("\n")
    if first.rstrip() != _FENCE or not newline:
        return {}, text
    header, body = _at_closing_fence(rest)
    fields = _parse(header)
    if not isinstance(fields, dict):
        raise _broken("the front matter is not a list of `field: value` lines", 2)
    return {str(name): value for name, value in fields.items()}, body


def _at_closing_fence(text: str) -> tuple[str, str]:
    start = 0
    while start <= min(len(text), _LARGEST):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        if line.rstrip() in (_FENCE, "..."):
            return text[:start], text[end + 1 :] if end >= 0 else ""
        if end < 0:
            break
        start = end + 1
    raise _broken("the front matter has no closing `---` line", 1)


def _parse(header: str) -> Any:
    try:
        _refuse_aliases(header)
        return yaml.load(header, yaml.CSafeLoader) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 2
        raise _broken(f"the front matter is not valid YAML ({error.problem})", line) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _broken(f"the front matter is not valid YAML ({' '.join(str(error).split())})", 2) from error


def _refuse_aliases(header: str) -> None:
    """Raises UnreadableDocument on an alias: a few lines of them can expand to gigabytes, and no page header needs them."""
    if "*" not in header:
        return
    for event in yaml.parse(header, yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _broken(
                "the front matter uses YAML aliases (*name), which are not allowed",
                (event.start_mark.line if event.start_mark else 0) + 2,
            )


def _broken(problem: str, line: int) -> UnreadableDocument:
    return UnreadableDocument("broken_front_matter", f"line {line}: {problem}; mend it or remove the block")
