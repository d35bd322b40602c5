"""An SMTP server that does as it is told where no real one can be made to; it keeps what was said to it."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Script:
    """What the server can do and how it goes wrong."""

    extensions: tuple[str, ...] = ()
    instead: dict[str, bytes] = field(default_factory=dict)
    """What it answers to commands that hold such words, in small letters."""
    hangs_up_after_data: int = 0
    """So many times it takes the letter whole and hangs up before it says so."""
    said: list[str] = field(default_factory=list)
    """The commands, in order."""
    taken: list[bytes] = field(default_factory=list)
    port: int = 0


@contextmanager
def scripted_smtp(script: Script) -> Iterator[Script]:
    """The server, running in a thread."""

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 ready\r\n")
            for line in self.rfile:
                command = line.decode().strip()
                script.said.append(command)
                if command.upper().startswith("DATA"):
                    self.wfile.write(b"354 go on\r\n")
                    script.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                    if script.hangs_up_after_data:
                        script.hangs_up_after_data -= 1
                        return
                refused = next((said for words, said in script.instead.items() if words in command.lower()), None)
                self.wfile.write(refused or _answer(script, command))

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Session) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        script.port = server.server_address[1]
        yield script
        server.shutdown()


def _answer(script: Script, command: str) -> bytes:
    if not command.upper().startswith("EHLO"):
        return b"250 fine\r\n"
    lines = ["here", *script.extensions]
    return "".join(f"250{'-' if line != lines[-1] else ' '}{line}\r\n" for line in lines).encode()
