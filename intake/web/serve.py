"""Serves the review page until told to stop."""

from __future__ import annotations

import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from intake.errors import ConfigurationError
from intake.pipeline.checks.public_check import PublicCheck
from intake.pipeline.people.closed_days import keep_fresh
from intake.pipeline.services import Services
from intake.web.app import create_app, create_watch_app
from intake.web.check.check_page import create_check_app

_GRACE_SECONDS = 5
_STOPPING = (signal.SIGINT, signal.SIGTERM)


class _Server(uvicorn.Server):
    """Stops on a signal without raising it again, so that the process ends with our own exit code."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {signals: signal.signal(signals, self.handle_exit) for signals in _STOPPING}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def serve(
    services: Services,
    host: str,
    port: int,
    *,
    demo_people: tuple[str, ...] = (),
    started: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve until SIGTERM or SIGINT.

    Args:
        services: opened.
        host: the address to listen on.
        port: 0 takes a free one.
        demo_people: see `create_app`.
        started: called with the page's address once it can be opened.

    Raises:
        ConfigurationError: nothing can listen there.
    """
    with _listening(host, port) as listener:
        address = _url(host, listener.getsockname()[1])
        config = _quiet(
            create_app(services, demo_people=demo_people),
            behind_proxy=services.config.web.secure_cookies,  # https means that a proxy on this machine speaks for it
        )
        with _calendar_kept_fresh(services):
            _Server(config, lambda: started(address)).run(sockets=[listener])


@contextmanager
def _calendar_kept_fresh(services: Services) -> Iterator[None]:
    """Read beside the pages, which would each wait for it, what the administrator does elsewhere."""
    stopping = threading.Event()
    thread = threading.Thread(target=keep_fresh, args=(services, stopping), name="calendar", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(_GRACE_SECONDS)


def serve_check(public: PublicCheck, host: str, port: int, *, started: Callable[[str], None] = lambda _: None) -> None:
    """Serve the public page alone until SIGTERM or SIGINT; as `serve` otherwise.

    Raises:
        ConfigurationError: nothing can listen there.
    """
    with _listening(host, port) as listener:
        address = f"{_url(host, listener.getsockname()[1])}check"
        config = _quiet(create_check_app(public), behind_proxy=public.config.web.secure_cookies)
        _Server(config, lambda: started(address)).run(sockets=[listener])


@contextmanager
def watched(services: Services, host: str, port: int) -> Iterator[str]:
    """Serve /metrics, /healthz and /readyz beside whatever else this process does; gives their address.

    Raises:
        ConfigurationError: nothing can listen there.
    """
    with _listening(host, port, setting="[metrics]") as listener:
        server = _Server(_quiet(create_watch_app(services), behind_proxy=False), lambda: None)
        thread = threading.Thread(target=server.run, args=([listener],), name="watched", daemon=True)
        thread.start()
        try:
            yield _url(host, listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(_GRACE_SECONDS + 1)


def _quiet(app: Starlette, *, behind_proxy: bool) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=behind_proxy,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


@contextmanager
def _listening(host: str, port: int, setting: str = "[web]") -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
        # accepted connections inherit it; else the second packet of a kept-alive answer waits for a delayed ACK
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        message = f"nothing can listen on {host}:{port}: {_why(error)}"
        raise ConfigurationError(message, _listening_hint(error, setting)) from error
    with listener:
        yield listener


def _why(error: OSError) -> str:
    """The system's own words; Python puts the address behind them once more."""
    return (error.strerror or str(error)).partition(" (while attempting")[0]


def _listening_hint(error: OSError, setting: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Is it running already? Name another port in {setting} port."
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"Ports below 1024 are the system's: name another one in {setting} port, and put a proxy before it."
    return f"Name an address of this machine in {setting} host; 127.0.0.1 is one."


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
