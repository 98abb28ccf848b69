"""A polite visit to one address: robots.txt asked, turns kept, redirects followed, tried again where that may help."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from pledgebook.sources.content_coding import decoded
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.exchanges import Exchange
from pledgebook.sources.fetching.client import Client
from pledgebook.sources.fetching.errors import Busy, Refused, Unreachable
from pledgebook.sources.fetching.robots import Robots
from pledgebook.sources.fetching.settings import FetchSettings
from pledgebook.sources.fetching.turns import Turns

Conditions = Callable[[str], Mapping[str, str]]

_REDIRECTS = (301, 302, 303, 307, 308)
_HEALS = (429, 500, 502, 503, 504)
# Full jitter, from one second on: many crawlers that failed together do not come back together.
_BACKOFF = wait_random_exponential(multiplier=2, max=60)


@dataclass(frozen=True)
class Visit:
    """What came of an address: the exchanges in their order, redirects first; the last one is the answer."""

    url: str
    exchanges: tuple[Exchange, ...]

    @property
    def answer(self) -> Exchange:
        """The answer itself."""
        return self.exchanges[-1]


class Visitor:
    """Visits addresses for one crawl."""

    def __init__(
        self,
        client: Client,
        turns: Turns,
        settings: FetchSettings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._turns = turns
        self._settings = settings
        self._clock = clock
        self._sleep = sleep
        self._robots = Robots(self._robots_file)

    def get(self, url: str, conditions: Conditions = lambda _: {}, target: Path | None = None) -> Visit:
        """Visits an address. `conditions` gives the headers that make a request conditional; `target` is where a large file goes.

        Raises Refused or Unreachable; an answer with any other status is an answer.
        """
        return self._follow(url, conditions, target, ask_robots=True)

    def _robots_file(self, url: str) -> Exchange:
        answer = self._follow(url, lambda _: {}, None, ask_robots=False).answer
        return replace(answer, body=content_of(answer, self._settings.largest_page))

    def _follow(self, url: str, conditions: Conditions, target: Path | None, *, ask_robots: bool) -> Visit:
        exchanges: list[Exchange] = []
        seen, address = {url}, url
        while True:
            if ask_robots:
                self._robots.check(address)
            exchanges.append(self._patiently(address, conditions(address), target))
            location = exchanges[-1].header("Location")
            if exchanges[-1].status not in _REDIRECTS or not location:
                return Visit(url, tuple(exchanges))
            address = _target(address, location)
            if address in seen or len(seen) > self._settings.redirects:
                raise Refused("redirects", f"it redirects in a loop, or more than {self._settings.redirects} times")
            seen.add(address)

    def _patiently(self, url: str, headers: Mapping[str, str], target: Path | None) -> Exchange:
        """One exchange, tried again as long as the trouble is of the kind that heals."""
        attempts = Retrying(
            stop=stop_after_attempt(self._settings.attempts),
            retry=retry_if_exception(_may_heal),
            wait=_BACKOFF,
            sleep=self._sleep,
            reraise=True,
        )
        return attempts(self._once, url, headers, target)

    def _once(self, url: str, headers: Mapping[str, str], target: Path | None) -> Exchange:
        host = urlsplit(url).hostname or ""
        with self._turns.turn(host, max(self._settings.delay, self._robots.delay(url))):
            exchange = self._client.download(url, headers, target) if target else self._client.get(url, headers)
            if exchange.status not in _HEALS:
                return exchange
            asked = self._retry_after(exchange)
            if asked:
                self._turns.hold(host, asked)
        if asked > self._settings.longest_wait:
            raise Busy("busy", f"the site asks to be left alone for {asked:.0f} seconds")
        raise Unreachable(f"http_{exchange.status}", f"the site answered {exchange.status} {exchange.reason}".rstrip())

    def _retry_after(self, exchange: Exchange) -> float:
        """Seconds that the site asks for (RFC 9110, 10.2.3: a number or a date), 0 where it asks for none."""
        asked = (exchange.header("Retry-After") or "").strip()
        if asked.isdigit():
            return float(asked)
        try:
            moment = parsedate_to_datetime(asked)
        except ValueError:
            return 0.0
        return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - self._clock()).total_seconds())


def _target(address: str, location: str) -> str:
    try:
        return urldefrag(urljoin(address, location)).url
    except ValueError as error:
        raise Refused("not_web", f"it redirects to what is no address ({location[:80]!r})") from error


def _may_heal(error: BaseException) -> bool:
    return isinstance(error, Unreachable) and not isinstance(error, Busy)


def content_of(exchange: Exchange, largest: int) -> bytes:
    """The body of an answer without its content coding; raises Refused when it is damaged or expands beyond the limit."""
    try:
        return decoded(exchange.body, exchange.header("Content-Encoding"), largest)
    except UnreadableDocument as problem:
        raise Refused(problem.check, problem.reason) from problem
