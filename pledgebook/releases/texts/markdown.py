"""Words of sources in Markdown: they stay words and become no heading, link, formula or HTML."""

from __future__ import annotations

import re

LONGEST = 400
# GitHub's Markdown also makes links of bare addresses, and formulas of what stands between dollar signs.
_MARKS = re.compile(r"[\\`*_{}\[\]<>#|!~&$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
# A mail address becomes a link whatever is escaped in it; a comment parts it and is not seen.
_AT = "<!-- -->@"
# No XML may hold these, and no reader shows them.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\x00-\x1f\x7f]+", re.IGNORECASE)


def shown(text: str) -> str:
    """Return a text on one line, cut where it is long, its marks escaped, without control characters."""
    line = " ".join(_UNSEEN.sub("", text).split())
    cut = line if len(line) <= LONGEST else line[:LONGEST].rstrip() + "…"
    return _MARKS.sub(r"\\\g<0>", cut).replace("@", _AT)


def link(url: str) -> str:
    """Return a web address as a link; any other address is only shown."""
    return f"<{url}>" if _WEB_ADDRESS.fullmatch(url) else shown(url)
