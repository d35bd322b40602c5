"""How a make-believe server goes wrong on demand."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


@dataclass
class Fault:
    """For the next `times` requests whose path or operation holds `on`."""

    on: str
    status: int = 0
    code: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    """Instead of the server's own words."""
    cut: int | None = None
    """The request is carried out; of its answer only so many bytes come, then the connection ends."""
    chunked: bool = False
    """The broken answer comes in chunks instead of saying its length."""
    times: int = 1


def take(faults: list[Fault], request: str) -> Fault | None:
    """The first fault that waits for such a request."""
    fault = next((each for each in faults if each.on in request and each.times > 0), None)
    if fault is not None:
        fault.times -= 1
    return fault


class Cut(Response):
    """An answer whose connection breaks in the middle."""

    def __init__(self, whole: Response, fault: Fault) -> None:
        self._whole, self._fault = whole, fault
        super().__init__()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI
        headers = [raw_header for raw_header in self._whole.raw_headers if raw_header[0] != b"content-length"]
        if not self._fault.chunked:
            headers.append((b"content-length", str(len(self._whole.body) + 1).encode()))
        await send({"type": "http.response.start", "status": self._whole.status_code, "headers": headers})
        body = bytes(self._whole.body)[: self._fault.cut]
        await send({"type": "http.response.body", "body": body, "more_body": self._fault.chunked})
