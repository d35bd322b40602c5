"""For whoever watches over the process; nobody signs in for these, so that they answer known addresses only."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from intake.config import Config
from intake.errors import IntakeError
from intake.pipeline.ready import not_ready
from intake.web import metrics
from intake.web.visit import Visit


def may_watch(request: Request, config: Config) -> bool:
    """Whether the request comes from one of `[metrics] allow`, and not through a proxy that hides where from."""
    forwarded = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    if request.client is None or (forwarded and not config.web.secure_cookies):
        return False
    try:
        address = ip_address(request.client.host)
    except ValueError:
        return False
    return any(address in network for network in config.metrics.networks())


def alive(visit: Visit) -> Response:
    """The process answers and none of its loops is stuck; no edge is asked."""
    silent = visit.services.pulse.silent()
    return PlainTextResponse(f"stuck: {', '.join(silent)}\n", 503) if silent else PlainTextResponse("alive\n")


def ready(visit: Visit) -> Response:
    """The store is there and of this release, and evidence can be read back."""
    why_not = not_ready(visit.services)
    return PlainTextResponse("ready\n" if why_not is None else f"{why_not}\n", 200 if why_not is None else 503)


def show_metrics(visit: Visit) -> Response:
    """For Prometheus."""
    try:
        return Response(metrics.exposition(visit.services), media_type=metrics.CONTENT_TYPE)
    except IntakeError as error:
        return PlainTextResponse(f"{str(error).capitalize()}.\n", 503)
