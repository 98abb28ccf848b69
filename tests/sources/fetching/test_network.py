"""Only public addresses are connected to, and nothing takes longer than it may."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import httpcore
import pytest

from pledgebook.sources.fetching.client import Client
from pledgebook.sources.fetching.errors import Refused, Unreachable
from pledgebook.sources.fetching.network import Deadline, is_public
from pledgebook.sources.fetching.settings import FetchSettings


class Wire(httpcore.NetworkBackend):
    """A network that notes every connection, and answers each with the same bytes."""

    def __init__(self, answer: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi") -> None:
        self.opened: list[str] = []
        self.answer = answer

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.opened.append(host)
        return httpcore.MockStream([self.answer])


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
        ),
        *("::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "2002:0a00:0001::1", "64:ff9b::a9fe:a9fe", "ff02::1"),
    ],
)
def test_an_address_that_is_not_public_is_refused_before_a_connection(address: str) -> None:
    wire = Wire()
    client = Client(FetchSettings(contact="a@example.org"), resolve=lambda host, port: [address], backend=wire)
    with pytest.raises(Refused, match="not public"):
        client.get("http://innocent.example/", {})
    assert wire.opened == []


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_a_public_address_is_connected_to_by_its_number(address: str) -> None:
    wire = Wire()
    client = Client(FetchSettings(contact="a@example.org"), resolve=lambda host, port: [address], backend=wire)
    assert is_public(address)
    assert client.get("http://innocent.example/", {}).body == b"hi"
    assert wire.opened == [address]


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    wire = Wire()
    addresses = ["93.184.216.34", "10.0.0.1"]
    client = Client(FetchSettings(contact="a@example.org"), resolve=lambda host, port: addresses, backend=wire)
    with pytest.raises(Refused):
        client.get("http://innocent.example/", {})
    assert wire.opened == []


def test_a_name_that_changes_its_address_is_checked_anew() -> None:
    wire = Wire(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi")
    answers = iter([["93.184.216.34"], ["169.254.169.254"]])
    client = Client(FetchSettings(contact="a@example.org"), resolve=lambda host, port: next(answers), backend=wire)
    client.get("http://changing.example/", {})
    with pytest.raises(Refused, match=r"169\.254\.169\.254"):
        client.get("http://changing.example/", {})
    assert wire.opened == ["93.184.216.34"]


@pytest.mark.parametrize("url", ["ftp://example.org/a", "file:///etc/passwd", "gopher://example.org", "//x", "http://"])
def test_other_schemes_are_refused(url: str) -> None:
    wire = Wire()
    client = Client(FetchSettings(contact="a@example.org"), resolve=lambda host, port: ["93.184.216.34"], backend=wire)
    with pytest.raises(Refused):
        client.get(url, {})
    assert wire.opened == []


def test_a_host_that_is_allowed_may_be_private() -> None:
    settings = FetchSettings(contact="a@example.org", allowed_hosts=frozenset({"archive.internal"}))
    client = Client(settings, resolve=lambda host, port: ["10.0.0.1"], backend=Wire())
    assert client.get("http://Archive.internal/", {}).status == 200


def test_a_document_that_is_late_is_given_up() -> None:
    moments = iter([0.0, 4.0, 11.0])
    deadline = Deadline(lambda: next(moments))
    deadline.start(10)
    assert deadline.within(30) == 6
    with pytest.raises(Unreachable, match="10 seconds"):
        deadline.within(30)
