"""Connections of the crawler: only to public addresses, and never for longer than a document may take.

The check is made where the connection is opened, on the very address that is connected to. So it holds after redirects, and a
name that changes its address between check and connection (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import httpcore

from pledgebook.sources.fetching.errors import Refused, Unreachable

Resolve = Callable[[str, int], list[str]]

# RFC 6052: the last 32 bits of such an address are an IPv4 address.
_TRANSLATED = ip_network("64:ff9b::/96")


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the operating system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address is reachable from everywhere; an IPv6 address that holds an IPv4 address is judged by both."""
    ip = ip_address(address.partition("%")[0])
    return all(part.is_global and not part.is_multicast for part in (ip, *_embedded(ip)))


def _embedded(ip: IPv4Address | IPv6Address) -> Iterable[IPv4Address]:
    if isinstance(ip, IPv4Address):
        return ()
    translated = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _TRANSLATED else None
    teredo = ip.teredo[1] if ip.teredo else None
    return [part for part in (ip.ipv4_mapped, ip.sixtofour, teredo, translated) if part]


class Deadline:
    """The moment at which a document has to be there."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = 0.0
        self._seconds = 0.0

    def start(self, seconds: float) -> None:
        """Gives the next document that many seconds."""
        self._seconds = seconds
        self._end = self._clock() + seconds

    def within(self, timeout: float | None) -> float:
        """The smaller of a timeout and the time left; raises Unreachable when none is left."""
        left = self._end - self._clock()
        if left <= 0:
            raise Unreachable("too_slow", f"it was not there after {self._seconds:g} seconds")
        return left if timeout is None else min(timeout, left)


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections for httpcore, once their addresses are checked."""

    def __init__(
        self,
        allowed_hosts: Collection[str],
        deadline: Deadline,
        resolve: Resolve = system_resolve,
        backend: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._allowed_hosts = allowed_hosts
        self._deadline = deadline
        self._resolve = resolve
        self._backend = backend or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connects to the first address of the host that answers; raises Refused when any of them is not public."""
        error: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._checked_addresses(host, port):
            try:
                stream = self._backend.connect_tcp(
                    address, port, self._deadline.within(timeout), local_address, socket_options
                )
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as problem:
                error = problem
        raise error

    def _checked_addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} has no address ({error})") from error
        if host.lower() not in self._allowed_hosts:
            for address in addresses:
                if not is_public(address):
                    raise Refused(
                        "private_address",
                        f"{host} has the address {address}, which is not public (name the host in PLEDGEBOOK_ALLOWED_HOSTS if it is right)",
                    )
        return addresses


class _TimedStream(httpcore.NetworkStream):
    """A connection on which reading and writing keep the deadline of the document, whatever the pace of the other side."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
