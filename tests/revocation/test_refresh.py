"""The refresher against real servers: lists by http.server, answers by OpenSSL's responder."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pki
import pytest
from pki import HOUR, NOW, Holder
from signatures.conftest import judge, signed_by

from intake.revocation import seen
from intake.revocation.fetching import Bounds, FetchError, fetch
from intake.revocation.refresh import Refresher
from intake.revocation.refreshed import Refreshed
from intake.signatures.trust import judge as trust
from intake.signatures.trust.revocation_cache import RevocationCache
from intake.signatures.trust.trust_list import read_trust_list
from intake.signatures.trust_settings import TrustSettings
from rules.signature_facts import SignatureFacts

WHO = pki.name("Ada Byron", "Example Meters Ltd")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server on this machine; gives its ``host:port``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class Place:
    """A signer whose certificate says where to ask, a server of lists, and a cache."""

    def __init__(self, folder: Path, server: str, ocsp: str = "") -> None:
        self.www, self.server = folder / "www", server
        self.www.mkdir(exist_ok=True)
        self.root = pki.root()
        self.issuer = self.root.issue(
            pki.name("Issuing CA", "T"), authority=True, key_number=2, crl_url=f"http://{server}/root.crl"
        )
        self.signer = self.issuer.issue(
            WHO, key_number=3, crl_url="" if ocsp else f"http://{server}/issuer.crl", ocsp_url=ocsp
        )
        self.folder = pki.trust_folder(folder / "trust", self.root, self.issuer, crls=False)
        self.cache = RevocationCache(folder / "cache")
        self.reach = [server]

    def publish(self, root: bytes | None = None, issuer: bytes | None = None) -> None:
        (self.www / "root.crl").write_bytes(root if root is not None else self.root.crl())
        (self.www / "issuer.crl").write_bytes(issuer if issuer is not None else self.issuer.crl())

    def judged(self, signer: Holder | None = None) -> SignatureFacts:
        """Judge, and remember the signer as the daemon does."""
        trusting = TrustSettings(self.folder, self.cache.folder, at=NOW)
        judgement = trust.judge(signed_by(signer or self.signer), trusting)
        seen.remember(self.cache.folder or Path(), [judgement.chain] if judgement.chain else [])
        return judgement.facts

    def round(self, *, every: timedelta = timedelta(0)) -> Refreshed:
        refresher = Refresher(self.cache, Bounds(seconds=3, reach=self.reach), every)
        return refresher.round(read_trust_list(self.folder), datetime.now(UTC), Event())

    def files(self) -> list[str]:
        folder = self.cache.folder or Path()
        return sorted(str(file.relative_to(folder)).split("/")[0] for file in folder.rglob("*") if file.is_file())


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    (tmp_path / "www").mkdir()
    with serving(partial(_Quiet, directory=str(tmp_path / "www"))) as server:
        yield Place(tmp_path, server)


def test_what_waits_is_settled_once_the_lists_have_been_fetched(place: Place) -> None:
    place.publish()
    assert place.judged().sub_indication == "TRY_LATER"
    told = place.round()
    assert (len(told.fetched), told.failed) == (2, [])
    signature = place.judged()
    assert (signature.indication.value, [word.source for word in signature.revocation]) == (
        "TOTAL-PASSED",
        ["crl", "crl"],
    )


def test_a_revocation_is_heard_of(place: Place) -> None:
    place.issuer.revoke(place.signer)
    place.publish()
    place.judged()
    place.round()
    assert place.judged().sub_indication == "REVOKED_NO_POE"


def test_what_is_young_enough_is_not_asked_for_again(place: Place) -> None:
    place.publish()
    place.judged()
    place.round()
    assert place.round(every=pki.YEAR).fresh == 2
    assert place.round(every=pki.YEAR).fetched == []
    assert len(place.round().fetched) == 2


def test_the_lists_of_listed_authorities_are_fetched_before_any_signer_was_seen(place: Place) -> None:
    place.publish()
    assert place.round().fetched == [f"http://{place.server}/root.crl"]


def test_nobody_s_addresses_are_followed_who_leads_to_no_anchor(place: Place) -> None:
    stranger = pki.root("A stranger", key_number=71).issue(WHO, key_number=3, crl_url=f"http://{place.server}/x.crl")
    place.judged(stranger)
    assert place.files() == []
    seen.remember(place.cache.folder or Path(), [(stranger.der,)])
    place.publish()
    assert place.round().fetched == [f"http://{place.server}/root.crl"]
    assert "seen" not in place.files()


def _stranger_s(place: Place) -> bytes:
    return Holder(place.issuer.certificate, pki.key("rsa2048", 72)).crl()


BAD: dict[str, Callable[[Place], bytes]] = {
    "no list": lambda _: b"<html>Sign in to the guest network</html>",
    "empty": lambda _: b"",
    "of a stranger's key": _stranger_s,
    "of another authority": lambda place: place.root.crl(),
    "out of date": lambda place: place.issuer.crl(issued=NOW - 2 * HOUR, next_update=NOW - HOUR),
    "cut short": lambda place: place.issuer.crl()[:-20],
}


@pytest.mark.parametrize("kind", BAD)
def test_what_does_not_verify_is_not_stored(place: Place, kind: str) -> None:
    place.publish(issuer=BAD[kind](place))
    place.judged()
    told = place.round()
    assert (len(told.fetched), len(told.failed)) == (1, 1)
    assert "Example Meters Ltd" in told.failed[0]
    assert place.files() == ["crl", "seen"]
    assert place.judged().sub_indication == "TRY_LATER"


def test_an_older_list_does_not_take_the_place_of_a_younger_one(place: Place) -> None:
    before = place.issuer.crl(issued=NOW - 2 * HOUR)
    place.issuer.revoke(place.signer)
    place.publish()
    place.judged()
    place.round()
    place.publish(issuer=before)
    assert "older than what is known" in place.round().failed[0]
    assert place.judged().sub_indication == "REVOKED_NO_POE"


def test_a_server_that_is_down_stops_no_other(place: Place) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"127.0.0.1:{closed.getsockname()[1]}"
    place.reach.append(nowhere)
    lost = place.issuer.issue(WHO, key_number=5, crl_url=f"http://{nowhere}/x.crl")
    place.publish()
    place.judged(lost)
    place.judged()
    told = place.round()
    assert (len(told.fetched), len(told.failed)) == (2, 1)


# --- OCSP by OpenSSL


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def responder(folder: Path, issuer: Holder, port: int, about: Holder, *, revoked: bool) -> Iterator[None]:
    (folder / "ca.pem").write_bytes(issuer.pem)
    (folder / "ca.key").write_bytes(issuer.key_pem)
    status = f"R\t{NOW + pki.YEAR:%y%m%d%H%M%SZ}\t{NOW - HOUR:%y%m%d%H%M%SZ}" if revoked else "V\t491231235959Z\t"
    (folder / "index.txt").write_text(f"{status}\t{about.certificate.serial_number:X}\tunknown\t/CN=x\n")
    words = ["openssl", "ocsp", "-port", str(port), "-index", "index.txt", "-CA", "ca.pem"]
    words += ["-rsigner", "ca.pem", "-rkey", "ca.key", "-ndays", "1"]
    with subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        try:
            assert running.stdout is not None
            for line in running.stdout:  # a connection that asks nothing would occupy it for a while
                if b"ACCEPT" in line or b"aiting" in line:
                    break
            yield
        finally:
            running.terminate()


@pytest.mark.parametrize(("revoked", "expected"), [(False, None), (True, "REVOKED_NO_POE")])
def test_an_answer_of_openssl_s_responder_is_heard(tmp_path: Path, revoked: bool, expected: str | None) -> None:
    (tmp_path / "www").mkdir()
    address = f"127.0.0.1:{free_port()}"
    with serving(partial(_Quiet, directory=str(tmp_path / "www"))) as server:
        place = Place(tmp_path, server, ocsp=f"http://{address}/")
        place.reach.append(address)
        place.publish()
        assert place.judged().sub_indication == "TRY_LATER"
        assert len(place.round().failed) == 1
        with responder(tmp_path, place.issuer, int(address.partition(":")[2]), place.signer, revoked=revoked):
            assert place.round().failed == []
        signature = place.judged()
    assert signature.sub_indication == expected
    assert signature.revocation[0].source == "ocsp"


# --- hostile addresses


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a.crl",
        "http://localhost/a.crl",
        "http://[::1]/a.crl",
        "http://[::ffff:127.0.0.1]/a.crl",
        "http://[64:ff9b::7f00:1]/a.crl",
        "http://0x7f.1/a.crl",
        "http://2130706433/a.crl",
        "http://0.0.0.0/a.crl",
        "http://10.0.0.1/a.crl",
        "http://172.16.0.1/a.crl",
        "http://192.168.1.1/a.crl",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/a.crl",
        "http://[fd00::1]/a.crl",
        "http://224.0.0.1/a.crl",
        "http://8.8.8.8:22/a.crl",
        "file:///etc/passwd",
        "ftp://8.8.8.8/a.crl",
        "ldap://8.8.8.8/a.crl",
        "gopher://8.8.8.8/",
        "http://user:secret@8.8.8.8/a.crl",
        "http://8.8.8.8:99999/",
        "http://8.8.8.8:0/",
        "http:///a.crl",
        "http://8.8.8.8/a\r\nHost: x",
        "http://8.8.8.8/" + "a" * 2000,
        "//8.8.8.8/",
        "",
    ],
)
def test_an_address_that_must_not_be_reached_is_not(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url, Bounds(seconds=1))


class _Odd(_Quiet):
    """A server that does what it should not."""

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/")
            self.end_headers()
        elif self.path == "/huge":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                for _ in range(100):
                    self.wfile.write(bytes(10_000))
        elif self.path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"x")
        else:
            with suppress(OSError):
                for octet in b"HTTP/1.0 200 OK\r\n" + b"X-A: b\r\n" * 1000:
                    self.wfile.write(bytes([octet]))
                    time.sleep(0.05)


@pytest.mark.parametrize(
    ("path", "why"),
    [("/moved", "answered 302"), ("/huge", "more than"), ("/short", "broke off|IncompleteRead"), ("/drip", "answer")],
)
def test_a_server_that_misbehaves_is_left(path: str, why: str) -> None:
    with serving(_Odd) as server, pytest.raises(FetchError, match=why):
        fetch(f"http://{server}{path}", Bounds(max_bytes=50_000, seconds=0.5, reach=[server]))


def test_a_permitted_place_is_permitted_on_that_port_alone() -> None:
    with serving(_Odd) as server, pytest.raises(FetchError, match="not a public address"):
        fetch(f"http://{server}/huge", Bounds(seconds=1, reach=["127.0.0.1:1"]))


def test_judging_never_fetches(place: Place) -> None:
    asked = []

    class Watching(_Quiet):
        def do_GET(self) -> None:
            asked.append(self.path)

    with serving(Watching) as server:
        holder = place.issuer.issue(WHO, key_number=3, crl_url=f"http://{server}/a.crl", ocsp_url=f"http://{server}/")
        judge(signed_by(holder), TrustSettings(place.folder, place.cache.folder, at=NOW))
    assert asked == []


def test_a_long_round_says_before_each_address_that_it_lives(place: Place) -> None:
    place.publish()
    place.judged()
    said: list[None] = []
    refresher = Refresher(place.cache, Bounds(seconds=3, reach=place.reach), timedelta(0), lambda: said.append(None))
    told = refresher.round(read_trust_list(place.folder), datetime.now(UTC), Event())
    assert len(said) == len(told.fetched) == 2
