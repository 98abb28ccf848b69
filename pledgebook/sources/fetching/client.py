"""Single requests, within the limits of the settings."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from urllib.parse import urlsplit

import httpcore
import httpx

from pledgebook.sources.exchanges import Exchange, Headers
from pledgebook.sources.fetching.errors import FetchError, Refused, Unreachable
from pledgebook.sources.fetching.network import Deadline, GuardedBackend, Resolve, system_resolve
from pledgebook.sources.fetching.settings import FetchSettings

# Brotli is left out although we could read it: an archive is read for longer where it holds gzip.
_HEADERS = {"Accept": "text/html,application/xhtml+xml,application/xml,application/json;q=0.9,*/*;q=0.8"}
_CODINGS = "gzip, deflate"
_CHUNK = 65536


class Client:
    """Makes single requests; keeps connections, no cookies, follows nothing."""

    def __init__(
        self,
        settings: FetchSettings,
        resolve: Resolve = system_resolve,
        backend: httpcore.NetworkBackend | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._deadline = Deadline()
        guarded = GuardedBackend(settings.allowed_hosts, self._deadline, resolve, backend)
        self._client = httpx.Client(
            transport=_Transport(guarded),
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": _CODINGS, **_HEADERS},
            timeout=httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            trust_env=False,
        )

    def get(self, url: str, headers: Mapping[str, str]) -> Exchange:
        """One answer, whatever its status; raises Refused or Unreachable."""
        with self._answer(url, headers, self._settings.document_timeout) as (moment, response):
            body = b"".join(_limited(response, self._settings.largest_page))
        return _exchange(url, moment, response, body)

    def download(self, url: str, headers: Mapping[str, str], target: Path) -> Exchange:
        """One answer whose body, where the status is 200, goes to a file and not to the exchange."""
        # Half a megabyte a second is slow for a file of this kind.
        seconds = self._settings.document_timeout + self._settings.largest_file / 500_000
        with self._answer(url, headers, seconds) as (moment, response):
            if response.status_code != httpx.codes.OK:
                return _exchange(url, moment, response, b"".join(_limited(response, self._settings.largest_page)))
            with target.open("wb") as file:
                for part in _limited(response, self._settings.largest_file):
                    file.write(part)
        return _exchange(url, moment, response, b"")

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    @contextmanager
    def _answer(
        self, url: str, headers: Mapping[str, str], seconds: float
    ) -> Iterator[tuple[datetime, httpx.Response]]:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise Refused("not_web", "only http and https addresses are fetched")
        self._deadline.start(seconds)
        moment = self._clock()
        try:
            with self._client.stream("GET", url, headers=dict(headers)) as response:
                yield moment, response
        except httpx.InvalidURL as error:
            raise Refused("not_web", f"it is no address that can be fetched ({error})") from error
        except httpx.HTTPError as error:
            raise _translated(error) from error


class _Transport(httpx.HTTPTransport):
    """A transport over a network of our own, which httpx has no parameter for."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        super().__init__()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=4,
            keepalive_expiry=30.0,
            network_backend=backend,
        )


def _limited(response: httpx.Response, largest: int) -> Iterator[bytes]:
    """The parts of a body as received; raises Refused once there are too many bytes."""
    size = 0
    for part in response.iter_raw(_CHUNK):
        size += len(part)
        if size > largest:
            raise Refused("too_large", f"it is larger than {largest:,} bytes")
        yield part


def _exchange(url: str, moment: datetime, response: httpx.Response, body: bytes) -> Exchange:
    return Exchange(
        url,
        moment,
        _decoded(response.request.headers),
        response.status_code,
        response.reason_phrase,
        _decoded(response.headers),
        body,
    )


def _decoded(headers: httpx.Headers) -> Headers:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw]


def _translated(error: httpx.HTTPError) -> FetchError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return Refused("broken_tls", f"its certificate or encryption is not in order ({cause})")
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return Unreachable("too_slow", "it did not answer in time")
    return Unreachable("unreachable", f"the connection failed ({error or type(error).__name__})")
