"""Which id tokens are believed: a provider of our own that lies in every way, and that changes its keys."""

from __future__ import annotations

import hmac
import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from intake.errors import UnreachableError
from intake.identity import provider as module
from intake.identity.claims import IdentityRefusedError
from intake.identity.provider import Client, Provider

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SECRET = "the secret that both know, long enough"


@dataclass
class Liar:
    """A provider: publishes some keys, and gives whatever token it is told to."""

    issuer: str = ""
    published: list[RSAKey] = field(default_factory=list)
    token: str = ""
    asked: int = 0
    """How often for its keys."""
    more: dict[str, object] = field(default_factory=dict)
    instead: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    """What is said at a path in the place of all that: a status and a body."""

    def claims(self, **other: object) -> dict[str, object]:
        at = int(NOW.timestamp())
        told = {"iss": self.issuer, "sub": "ada", "aud": "cpl", "exp": at + 600, "iat": at, "nonce": "n"}
        return {**told, "preferred_username": "ada", "roles": ["CPL.Analyst"], **other}

    def sign(self, key: RSAKey, **other: object) -> None:
        claims = {name: value for name, value in self.claims(**other).items() if value is not None}
        self.token = jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)

    def answer(self, path: str) -> dict[str, object]:
        if path == "/keys":
            self.asked += 1
            return {"keys": [key.as_dict(private=False) for key in self.published]}
        if path == "/token":
            return {"access_token": "a", "token_type": "Bearer", "id_token": self.token}
        if path == "/more":
            return self.more
        ends = {"authorization_endpoint": "/sign-in", "token_endpoint": "/token", "jwks_uri": "/keys"}
        addresses = {name: f"{self.issuer}{end}" for name, end in (ends | {"userinfo_endpoint": "/more"}).items()}
        return {"issuer": self.issuer, **addresses}


def a_key() -> RSAKey:
    key = RSAKey.generate_key(2048, auto_kid=True)
    assert key.kid
    return key


@pytest.fixture(scope="module")
def keys() -> tuple[RSAKey, RSAKey]:
    return a_key(), a_key()


@pytest.fixture
def liar(keys: tuple[RSAKey, RSAKey]) -> Iterator[Liar]:
    told = Liar(published=[keys[0]])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, content = told.instead.get(self.path) or (200, json.dumps(told.answer(self.path)).encode())
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815  # the name that the library calls

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()


def provider(liar: Liar, *, entra: bool = False, roles: str = "roles") -> Provider:
    client = Client(
        liar.issuer, "cpl", SECRET, "http://127.0.0.1:9/sign-in/back", "openid", ("preferred_username",), roles, entra
    )
    return Provider(client)


def subject(asked: Provider) -> str:
    return asked.identify("code", verifier="v" * 43, nonce="n", now=NOW).subject


def test_a_key_that_the_provider_has_changed_is_asked_for_at_once(liar: Liar, keys: tuple[RSAKey, RSAKey]) -> None:
    asked = provider(liar)
    liar.sign(keys[0])
    assert subject(asked) == "ada"
    liar.published, before = [keys[1]], liar.asked
    liar.sign(keys[1])
    assert subject(asked) == "ada"
    assert liar.asked == before + 1
    liar.sign(keys[0])  # which it has given up
    with pytest.raises(IdentityRefusedError):
        subject(asked)


AT = int(NOW.timestamp())


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.test"},
        {"iss": None},
        {"aud": "another application"},
        {"aud": ["cpl", "another"], "azp": "another"},
        {"aud": None},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"exp": AT - 3_600},
        {"exp": None},
        {"iat": AT + 3_600},
        {"sub": None},
        {"sub": ""},
    ],
    ids=str,
)
def test_a_token_that_says_something_else_is_refused(
    liar: Liar, keys: tuple[RSAKey, RSAKey], lie: dict[str, object]
) -> None:
    liar.sign(keys[0], **lie)
    with pytest.raises(IdentityRefusedError):
        subject(provider(liar))


def _unsigned(liar: Liar, _key: RSAKey) -> str:
    parts = (json.dumps(part).encode() for part in ({"alg": "none"}, liar.claims()))
    return ".".join((*(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""))


def _by_the_shared_secret(liar: Liar, _key: RSAKey) -> str:
    return jwt.encode({"alg": "HS256"}, liar.claims(), OctKey.import_key(SECRET))


def _by_the_public_key_as_a_secret(liar: Liar, key: RSAKey) -> str:
    parts = (json.dumps(part).encode() for part in ({"alg": "HS256", "kid": key.kid}, liar.claims()))
    signed = ".".join(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)  # no library writes it
    tag = hmac.digest(key.as_pem(private=False), signed.encode(), "sha256")
    return f"{signed}.{urlsafe_b64encode(tag).rstrip(b'=').decode()}"


def _by_a_key_of_one_s_own(liar: Liar, key: RSAKey) -> str:
    own = a_key()
    return jwt.encode({"alg": "RS256", "kid": key.kid}, liar.claims(), own)


def _with_its_key_in_its_head(liar: Liar, _key: RSAKey) -> str:
    own = a_key()
    return jwt.encode({"alg": "RS256", "jwk": own.as_dict(private=False)}, liar.claims(), own)


@pytest.mark.parametrize(
    "forged",
    [
        _unsigned,
        _by_the_shared_secret,
        _by_the_public_key_as_a_secret,
        _by_a_key_of_one_s_own,
        _with_its_key_in_its_head,
    ],
)
def test_a_token_by_no_key_of_the_provider_is_refused(
    liar: Liar, keys: tuple[RSAKey, RSAKey], forged: Callable[[Liar, RSAKey], str]
) -> None:
    liar.token = forged(liar, keys[0])
    with pytest.raises(IdentityRefusedError):
        subject(provider(liar))


@pytest.mark.parametrize(
    "keys_told",
    [{"keys": None}, {"keys": "x"}, {"keys": ["x"]}, {"keys": 5}, {"keys": [None]}, {}, {"keys": [{"n": "x"}]}, []],
    ids=str,
)
def test_keys_of_another_shape_are_about_the_provider(
    liar: Liar, keys: tuple[RSAKey, RSAKey], keys_told: object
) -> None:
    liar.sign(keys[0])
    liar.instead["/keys"] = (200, json.dumps(keys_told).encode())
    with pytest.raises(UnreachableError, match="does not answer as it should"):
        subject(provider(liar))


@pytest.mark.parametrize(
    "body", [b"[" * 200_000, b" " * (2 << 20) + b"{}", b"<html>", b""], ids=["deep", "long", "page", "empty"]
)
def test_metadata_that_are_none_are_about_the_provider(liar: Liar, body: bytes) -> None:
    liar.instead["/.well-known/openid-configuration"] = (200, body)
    with pytest.raises(UnreachableError, match="does not answer as it should") as caught:
        provider(liar).known_keys(NOW)
    assert len(str(caught.value).splitlines()) == 1


def test_metadata_that_drip_are_not_waited_for_for_ever(liar: Liar, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(range(0, 10_000, 11))  # so that the first drop comes after the eleventh second
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: next(moments)))
    with pytest.raises(UnreachableError, match="has no end"):
        provider(liar).known_keys(NOW)


def test_a_secret_of_ours_that_has_expired_is_said_to_whoever_keeps_it(liar: Liar, keys: tuple[RSAKey, RSAKey]) -> None:
    liar.sign(keys[0])
    liar.instead["/token"] = (401, b'{"error": "invalid_client", "error_description": "the secret has expired"}')
    with pytest.raises(UnreachableError, match=r"does not take us for who we are: .*the secret has expired") as caught:
        subject(provider(liar))
    assert "[oidc]" in caught.value.hint


def test_whoever_answers_for_somebody_else_when_asked_for_more_is_refused(
    liar: Liar, keys: tuple[RSAKey, RSAKey]
) -> None:
    liar.sign(keys[0], roles=None)
    liar.more = {"sub": "somebody else", "roles": ["CPL.Admin"]}
    with pytest.raises(IdentityRefusedError, match="somebody else"):
        subject(provider(liar))
    liar.more = {"sub": "ada", "roles": ["CPL.Admin"]}
    assert provider(liar).identify("code", verifier="v" * 43, nonce="n", now=NOW).roles == ("CPL.Admin",)


def test_at_entra_groups_that_are_too_many_to_be_told_give_no_role(liar: Liar, keys: tuple[RSAKey, RSAKey]) -> None:
    """Entra then names where to ask for them (`_claim_names`), which is another service; nothing is guessed from it."""
    overage = {"_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "https://graph.test/"}}}
    liar.sign(keys[0], tid="tenant", oid="object", roles=None, **overage)
    liar.more = {"sub": "ada"}
    identity = provider(liar, entra=True, roles="groups").identify("code", verifier="v" * 43, nonce="n", now=NOW)
    assert (identity.subject, identity.roles) == ("tenant/object", ())
