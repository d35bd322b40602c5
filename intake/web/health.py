"""For whoever watches over the process; nobody signs in for these, so that they answer known addresses only."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from intake.config import Config
from intake.errors import IntakeError, sentence
from intake.pipeline.ready import not_ready
from intake.web import metrics
from intake.web.page_request import PageRequest


def may_watch(request: Request, config: Config) -> bool:
    """Tell whether the request comes directly from an address in `[metrics] allow`."""
    forwarded = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    if request.client is None or (forwarded and not config.web.secure_cookies):
        return False
    try:
        address = ip_address(request.client.host)
    except ValueError:
        return False
    return any(address in network for network in config.metrics.networks())


def alive(page_request: PageRequest) -> Response:
    """Tell whether the process answers and none of its loops is stuck; no edge is asked."""
    silent = page_request.services.pulse.silent()
    return PlainTextResponse(f"stuck: {', '.join(silent)}\n", 503) if silent else PlainTextResponse("alive\n")


def ready(page_request: PageRequest) -> Response:
    """Tell whether the store is there, of this release and writable, and evidence can be read back."""
    why_not = not_ready(page_request.services)
    return PlainTextResponse("ready\n" if why_not is None else f"{why_not}\n", 200 if why_not is None else 503)


def show_metrics(page_request: PageRequest) -> Response:
    """Send the metrics for Prometheus."""
    try:
        return Response(metrics.exposition(page_request.services), media_type=metrics.CONTENT_TYPE)
    except IntakeError as error:
        return PlainTextResponse(f"{sentence(error)}\n", 503)
