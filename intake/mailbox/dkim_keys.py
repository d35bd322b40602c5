"""Asks the domain name system for DKIM keys (RFC 6376 section 3.6.2), within a bound of time."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Collection, Mapping

import dns.exception
import dns.nameserver
import dns.rdatatype
import dns.resolver

from intake.errors import ConfigurationError

_PORT = 53
_MOST_KEPT = 1_000
_LONGEST_RECORD = 4_096
_SILENCE_SECONDS = 60
"""How long nothing is asked after nobody answered, so that a dead name server does not slow every message."""


class DkimKeys:
    """Looks up keys; safe to use from several threads."""

    def __init__(self, *, servers: Collection[str] = (), seconds: float = 5) -> None:
        """Remember the name servers; no query is sent yet.

        Args:
            servers: addresses with or without a port; none: those of the machine.
            seconds: how long the keys of one message may take together.

        Raises:
            ConfigurationError: a server is no address, or the machine has none.
        """
        try:
            self._resolver = dns.resolver.Resolver(configure=not servers)
            if servers:
                self._resolver.nameservers = [_server(server) for server in servers]
        except (ValueError, dns.exception.DNSException) as error:
            message = f"the name servers for DKIM keys cannot be used: {error}"
            raise ConfigurationError(
                message, "Check [authentication] dns_servers; an address and, if need be, :port."
            ) from error
        self._resolver.cache = dns.resolver.LRUCache(_MOST_KEPT)
        self._seconds = seconds
        self._silent_until = 0.0

    def __call__(self, names: Collection[str]) -> Mapping[str, str | None]:
        """Look up each name's TXT record: empty where there is none, None where the lookup failed. Never raises."""
        over = time.monotonic() + self._seconds
        return {name: self._record(name, over) for name in names}

    def _record(self, name: str, over: float) -> str | None:
        now = time.monotonic()
        if now >= over or now < self._silent_until:
            return None
        try:
            answer = self._resolver.resolve(name, dns.rdatatype.TXT, lifetime=over - now, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return ""
        except (dns.exception.DNSException, OSError, ValueError):
            self._silent_until = time.monotonic() + _SILENCE_SECONDS
            return None
        strings = next((record.strings for record in answer), ())
        return b"".join(strings).decode("ascii", "replace")[:_LONGEST_RECORD]


def _server(text: str) -> dns.nameserver.Nameserver:
    address, colon, port = text.rpartition(":")
    if not colon or (":" in address and not address.startswith("[")):
        address, port = text, ""  # an IPv6 address without a port
    plain = str(ipaddress.ip_address(address.strip("[]")))
    return dns.nameserver.Do53Nameserver(plain, int(port) if port else _PORT)
