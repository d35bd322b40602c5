"""An IMAP server that misbehaves on demand, as no real one can be made to."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Script:
    """What the server holds and how it goes wrong."""

    messages: dict[int, bytes]
    refuses: set[int] = field(default_factory=set)
    """Asked for one of these, alone or among others, it says NO."""
    omits: set[int] = field(default_factory=set)
    """It says OK and gives nothing."""
    dies_of: set[int] = field(default_factory=set)
    """It hangs up."""
    sizes: dict[int, int] = field(default_factory=dict)
    """What it says of a message's size, where that is not the truth."""
    most: int = 0
    """Of a piece that is asked for it gives no more than so many bytes at a time; 0: all of it."""
    greeting: bytes = b"* OK ready\r\n"
    instead: dict[str, bytes] = field(default_factory=dict)
    """What it answers to commands that hold such words, with ``<tag>`` for the command's own."""
    asked: list[str] = field(default_factory=list)
    """The UID sets of the bodies asked for."""
    port: int = 0


@contextmanager
def scripted(script: Script) -> Iterator[Script]:
    """The server, running in a thread."""

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(script.greeting)
            for line in self.rfile:
                tag, _, command = line.decode().strip().partition(" ")
                answer = _answer(script, command)
                if answer is None:
                    return
                self.wfile.write(answer.replace(b"<tag>", tag.encode()))

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Session) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        script.port = server.server_address[1]
        yield script
        server.shutdown()


def _answer(script: Script, command: str) -> bytes | None:
    for words, answer in script.instead.items():
        if words in command:
            return answer
    if match := re.match(r"UID FETCH (\S+) \((.*)\)", command):
        return _fetch(script, [int(uid) for uid in match[1].split(",")], match[2])
    untagged = {
        "CAPA": b"* CAPABILITY IMAP4rev1\r\n",
        "EXAM": b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] fine\r\n",
        "UID ": b"* SEARCH " + b" ".join(b"%d" % uid for uid in script.messages) + b"\r\n",
        "LOGO": b"* BYE\r\n",
    }
    return untagged.get(command[:4], b"") + b"<tag> OK done\r\n"


def _fetch(script: Script, uids: list[int], items: str) -> bytes | None:
    if "BODY" not in items:
        arrived = b'INTERNALDATE "20-Nov-2026 17:30:00 +0100"'
        lines = [b"* %d FETCH (UID %d RFC822.SIZE %d %b)" % (u, u, script.sizes.get(u, 9), arrived) for u in uids]
        return b"\r\n".join([*lines, b"<tag> OK done\r\n"])
    script.asked.append(",".join(map(str, uids)))
    if script.dies_of & set(uids):
        return None
    if script.refuses & set(uids):
        return b"<tag> NO not this one\r\n"
    given = [uid for uid in uids if uid not in script.omits and uid in script.messages]
    if piece := re.search(r"<(\d+)\.(\d+)>", items):
        return _piece(script, given[0], int(piece[1]), int(piece[2]))
    bodies = [
        b"* %d FETCH (UID %d BODY[] {%d}\r\n%b)" % (u, u, len(script.messages[u]), script.messages[u]) for u in given
    ]
    return b"\r\n".join([*bodies, b"<tag> OK done\r\n"])


def _piece(script: Script, uid: int, offset: int, size: int) -> bytes:
    piece = script.messages[uid][offset : offset + min(size, script.most or size)]
    return b"* %d FETCH (UID %d BODY[]<%d> {%d}\r\n%b)\r\n<tag> OK done\r\n" % (uid, uid, offset, len(piece), piece)
