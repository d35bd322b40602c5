"""Fetches what a certificate points at. Whoever made the certificate chose the address, so little is believed of it.

Plain http and https only, to public addresses only, on their usual ports, without redirects, within a size and a time.
The name is resolved once, and the very address that was looked at is the one connected to.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Timer
from urllib.parse import SplitResult, urlsplit

PORTS = {"http": 80, "https": 443}
MAX_URL = 1_000
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_OK = 200


class FetchError(Exception):
    """It was not fetched; the message says why, for a person."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one address may cost."""

    max_bytes: int = 64 * 1024 * 1024
    seconds: float = 20
    reach: Collection[str] = ()
    """``host:port`` that may be reached although they are not public."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, where more than the address is."""

    content: bytes
    media_type: str


def fetch(url: str, bounds: Bounds, question: Question | None = None) -> bytes:
    """Fetch an address, or post a question to it.

    Raises:
        FetchError: it must not be fetched, or could not be.
    """
    where = _checked(url)
    port = where.port or PORTS[where.scheme]
    address = _resolved(where.hostname or "", port, bounds)
    try:
        with _connected(where, address, port, bounds) as connection:
            return _answer(connection, where, bounds, question)
    except (OSError, HTTPException, ValueError) as error:
        message = f"{_place(where)} did not answer ({type(error).__name__})"
        raise FetchError(message) from error


def _checked(url: str) -> SplitResult:
    try:
        where = urlsplit(url)
        port = where.port
    except ValueError as error:
        message = "its address cannot be read"
        raise FetchError(message) from error
    odd = len(url) > MAX_URL or not url.isascii() or not url.isprintable() or " " in url
    if odd or where.scheme not in PORTS or not where.hostname or where.username is not None or port == 0:
        message = "its address is not one of plain http or https"
        raise FetchError(message)
    return where


def _resolved(host: str, port: int, bounds: Bounds) -> str:
    """Resolve the host; all its addresses must be public, so that a second lookup cannot redirect us."""
    try:
        addresses = {str(answer[4][0]) for answer in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        message = f"{host} cannot be found"
        raise FetchError(message) from error
    if f"{host}:{port}" not in bounds.reach:
        if not all(_is_public(address) for address in addresses):
            message = f"{host} is not a public address"
            raise FetchError(message)
        if port not in PORTS.values():
            message = f"{host}:{port} is no usual port of the web"
            raise FetchError(message)
    return min(addresses, key=lambda address: (":" in address, address))


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None or address in _NAT64 or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


@contextmanager
def _connected(where: SplitResult, address: str, port: int, bounds: Bounds) -> Iterator[HTTPConnection]:
    """Open a connection with a total deadline, however slowly the other side sends."""
    plain = socket.create_connection((address, port), timeout=bounds.seconds)
    watch = Timer(bounds.seconds, _cut, [plain])
    watch.daemon = True
    watch.start()
    connection = HTTPConnection(where.hostname or "", port, timeout=bounds.seconds)
    try:
        connection.sock = plain
        if where.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=where.hostname)
        yield connection
    finally:
        watch.cancel()
        connection.close()
        plain.close()


def _cut(connected: socket.socket) -> None:
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)


def _answer(connection: HTTPConnection, where: SplitResult, bounds: Bounds, question: Question | None) -> bytes:
    path = f"{where.path or '/'}{f'?{where.query}' if where.query else ''}"
    headers = {"User-Agent": "cpl-intake", "Accept": "*/*", "Connection": "close"}
    if question is None:
        connection.request("GET", path, headers=headers)
    else:
        connection.request("POST", path, question.content, {**headers, "Content-Type": question.media_type})
    answer = connection.getresponse()
    if answer.status != _OK:
        message = f"{_place(where)} answered {answer.status}"
        raise FetchError(message)
    content = answer.read(bounds.max_bytes + 1)
    if len(content) > bounds.max_bytes:
        message = f"{_place(where)} sends more than {bounds.max_bytes:,} bytes"
        raise FetchError(message)
    if answer.length:  # it said that there would be more
        message = f"{_place(where)} broke off"
        raise FetchError(message)
    return content


def _place(where: SplitResult) -> str:
    return f"{where.scheme}://{where.netloc}"
