"""A wire between a client and a server that can be cut at any byte."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self


class Wire:
    """Passes everything on to a port of this machine until it is told to stop."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._server = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = []
        self._left: int | None = None
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        port = self._server.getsockname()[1]
        assert isinstance(port, int)
        return port

    def cut_after(self, answered: int) -> None:
        """Break the connection once the server has answered so many more bytes; later connections are whole."""
        self._left = answered

    def cut(self) -> None:
        """Break every connection now."""
        with self._lock:
            ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._server.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self._target), timeout=10)
                except OSError:  # it is down; whoever comes when it is up again is passed on again
                    client.close()
                    continue
                server.settimeout(None)
                with self._lock:
                    self._ends += [client, server]
                threading.Thread(target=self._pass_on, args=(client, server, False), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(server, client, True), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while data := source.recv(4096):
                source.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)  # else a look takes 40 ms more
                if counted and self._left is not None:
                    target.sendall(data[: self._left])
                    self._left -= len(data)
                    if self._left <= 0:
                        self._left = None
                        break
                else:
                    target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
