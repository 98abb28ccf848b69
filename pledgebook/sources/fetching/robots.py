"""robots.txt (RFC 9309): which addresses of a site its owner lets us visit, and at what pace."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from pledgebook.sources.exchanges import Exchange
from pledgebook.sources.fetching.errors import Refused, Unreachable
from pledgebook.sources.fetching.settings import PRODUCT

# RFC 9309, 2.5: at least 500 KiB have to be read; more may be passed over.
_LARGEST = 500 * 1024
_ALLOW_ALL = ""


class Robots:
    """The rules of the sites that were asked so far. `fetch` gets an address politely and follows redirects."""

    def __init__(self, fetch: Callable[[str], Exchange]) -> None:
        self._fetch = fetch
        self._rules: dict[str, Protego] = {}

    def check(self, url: str) -> None:
        """Raises Refused where the site forbids the address, Unreachable where it does not tell its rules."""
        if not self._of(url).can_fetch(url, PRODUCT):
            raise Refused("robots", f"robots.txt of {urlsplit(url).netloc} forbids it")

    def delay(self, url: str) -> float:
        """The pause in seconds that a site asks for, 0 where it asks for none or has not been asked yet."""
        rules = self._rules.get(_origin(url))
        return float(rules.crawl_delay(PRODUCT) or 0) if rules else 0.0

    def _of(self, url: str) -> Protego:
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = Protego.parse(self._text(origin))
        return self._rules[origin]

    def _text(self, origin: str) -> str:
        """The rules as text; a site without rules allows all, one that cannot tell them nothing (RFC 9309, 2.3.1)."""
        answer = self._fetch(f"{origin}/robots.txt")
        if answer.status >= 500:
            raise Unreachable(
                "robots_unknown", f"{origin}/robots.txt answered {answer.status}, so nothing is fetched there"
            )
        if answer.status != 200:
            return _ALLOW_ALL
        return answer.body[:_LARGEST].decode("utf-8", errors="replace").removeprefix("\ufeff")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
