"""NTLM as a web server asks for it: three messages on one connection (MS-NTHT)."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

import spnego
from starlette.requests import Request
from starlette.responses import Response


@dataclass
class NtlmGate:
    """Whom it admits stands in the file that NTLM_USER_FILE names, as `domain:account:password`."""

    handshakes: dict[int, Any] = field(default_factory=dict)
    """By the client's port, which is the connection."""
    refused: int = 0

    def turned_away(self, request: Request) -> Response | None:
        """The answer to whoever has not signed in on this connection; None for whoever has."""
        assert request.client is not None
        connection, header = request.client.port, request.headers.get("authorization", "")
        if not header.startswith("NTLM "):
            known = self.handshakes.get(connection)
            return None if known is not None and known.complete else _ask("NTLM")
        handshake = self.handshakes.setdefault(connection, spnego.server(hostname="localhost", protocol="ntlm"))
        try:
            answer = handshake.step(base64.b64decode(header.removeprefix("NTLM ")))
        except spnego.exceptions.SpnegoError:
            self.refused += 1
            del self.handshakes[connection]
            return _ask("NTLM")
        return None if handshake.complete else _ask(f"NTLM {base64.b64encode(answer).decode()}")


def _ask(challenge: str) -> Response:
    return Response("", 401, {"WWW-Authenticate": challenge})
