"""What proxies and a confused server put in the place of a message, or of a list: never taken for it."""

from __future__ import annotations

import gzip
import json
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from helpers import mail
from peers.faults import Fault
from peers.graph_places import GraphPlace, GraphTenant, graph_place

from intake.errors import UnreachableError
from intake.mailbox import graph_client
from intake.mailbox.base import WithheldError

RAW = mail("CPL submission", documents={"form.xlsx": b"x" * 3_000})
PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head></html>"
TEXT = {"content-type": "text/plain"}


@pytest.fixture
def place(graph: GraphTenant) -> Iterator[GraphPlace]:
    with graph_place(graph) as opened:
        opened.put(RAW)
        yield opened


def packed(coding: str) -> dict[str, str]:
    return {**TEXT, "content-encoding": coding}


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, TEXT, PAGE),
        (200, {"content-type": "application/octet-stream"}, PAGE),
        (200, {"content-type": "application/xhtml+xml"}, b"\xef\xbb\xbf\r\n" + PAGE),
        (200, TEXT, b'{"error": {"code": "TooBusy", "message": "Later."}}'),
        (206, {**TEXT, "content-range": "bytes 0-499/9999"}, RAW[:500]),
        (202, TEXT, RAW),
        (200, packed("gzip"), gzip.compress(RAW)[:-30]),
        (200, packed("gzip"), gzip.compress(RAW)[:-8]),
        (200, packed("deflate"), zlib.compress(RAW)[:-20]),
        (200, packed("gzip"), b"not packed at all"),
        (200, packed("br"), RAW),
        (200, packed("gzip, gzip"), gzip.compress(gzip.compress(RAW))),
    ],
)
def test_it_is_complained_of_and_the_message_asked_for_again(
    place: GraphPlace, status: int, headers: dict[str, str], body: bytes
) -> None:
    place.faults.append(Fault("$value", status, headers=headers, body=body))
    mailbox = place.mailbox()
    look = mailbox.scan()
    with pytest.raises(WithheldError):
        list(mailbox.fetch(look.sightings))
    assert [fetched.raw for fetched in mailbox.fetch(look.sightings)] == [RAW]


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, packed("gzip"), gzip.compress(RAW)),
        (200, packed("X-GZIP"), gzip.compress(RAW)),
        (200, packed("deflate"), zlib.compress(RAW)),
        (200, packed("identity"), RAW),
        (203, TEXT, RAW),
    ],
)
def test_what_is_whole_is_taken_however_it_came(
    place: GraphPlace, status: int, headers: dict[str, str], body: bytes
) -> None:
    place.faults.append(Fault("$value", status, headers=headers, body=body))
    mailbox = place.mailbox()
    assert [fetched.raw for fetched in mailbox.fetch(mailbox.scan().sightings)] == [RAW]


@contextmanager
def endless(seconds: float) -> Iterator[int]:
    """A server whose list never ends; or, with seconds, whose answers come letter by letter, so far apart."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = int(self.path.rpartition("=")[2]) if "skiptoken" in self.path else 0
            link = f"http://127.0.0.1:{self.server.server_port}/v1.0/delta?$skiptoken={number + 1}"  # type: ignore[attr-defined]  # the standard library's
            body = json.dumps({"value": [{"id": "A"}], "@odata.nextLink": link}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for letter in body if seconds else ():
                if stop.wait(seconds):
                    return
                self.wfile.write(bytes([letter]))
            self.wfile.write(b"" if seconds else body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    stop = threading.Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_port
        stop.set()
        server.shutdown()


def test_a_list_without_end_is_given_up(place: GraphPlace) -> None:
    with endless(0) as port, pytest.raises(UnreachableError, match="without end"):
        place.mailbox(client=place.client(port=port)).scan()


def test_an_answer_that_comes_letter_by_letter_is_given_up(place: GraphPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph_client, "LONGEST_SECONDS", 0.2)
    with endless(0.03) as port, pytest.raises(UnreachableError, match="went on for more than"):
        place.mailbox(client=place.client(port=port)).scan()


def test_brackets_without_end_are_no_list(place: GraphPlace) -> None:
    place.faults.append(Fault("delta", 200, body=b"[" * 200_000))
    with pytest.raises(UnreachableError, match="not Microsoft Graph's"):
        place.mailbox().scan()
    place.faults.append(Fault("delta", 500, body=b"[" * 200_000))
    with pytest.raises(UnreachableError, match="500"):
        place.mailbox().scan()
