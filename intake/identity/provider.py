"""The provider itself: its metadata, its keys, where people are sent, and what it says of them when they come back.

The authorization code flow with PKCE. What comes back is believed only when its signature is by a key that the provider
publishes, and issuer, audience, times and nonce are what they must be (OpenID Connect Core 3.1.3.7).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from ssl import SSLContext
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from intake.errors import UnreachableError
from intake.identity.claims import Identity, IdentityRefusedError, name_of, roles_of, subject_of

_SECONDS = 10
"""How long the provider may take for one answer, and for each part of it."""
_LARGEST = 1 << 20
"""Bytes of metadata or keys; real ones have some thousands."""
_OURS = frozenset({"invalid_client", "unauthorized_client"})
"""What a provider says where it does not know us, as when our secret has expired: nobody who signs in can help it."""
_FRESH = timedelta(hours=1)
"""How long metadata and keys are believed without asking again; an unknown key asks at once."""
_LEEWAY = 60
"""Seconds by which the provider's clock may differ from ours."""
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
"""Signatures by a key that only the provider has; an id token by the shared secret, or by nothing, is refused."""
_METADATA = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Client:
    """How the program is known to the provider."""

    issuer: str
    client_id: str
    secret: str
    redirect_uri: str
    scope: str
    name_claims: tuple[str, ...]
    roles_claim: str
    entra: bool = False
    context: SSLContext | None = None
    """None: the machine's own authorities."""


@dataclass(frozen=True, slots=True)
class _Known:
    metadata: Mapping[str, Any]
    keys: KeySet
    at: datetime


class Provider:
    """One provider."""

    def __init__(self, client: Client) -> None:
        """Remember how to ask it; asks later."""
        self._client = client
        self._known: _Known | None = None
        self._lock = Lock()

    def leave(self, *, state: str, nonce: str, verifier: str, now: datetime) -> str:
        """Give the address at the provider where a person signs in.

        Args:
            state: comes back with the person, and must be the same.
            nonce: comes back within the id token.
            verifier: of which the provider is told the SHA-256 now (RFC 7636), and itself later.
            now: the present moment.

        Raises:
            UnreachableError: the provider does not answer.
        """
        with self._asking() as http:
            endpoint = self._read(http, now).metadata["authorization_endpoint"]
            address, _ = http.create_authorization_url(endpoint, state=state, code_verifier=verifier, nonce=nonce)
        return str(address)

    def identify(self, code: str, *, verifier: str, nonce: str, now: datetime) -> Identity:
        """Learn who has come back with this code.

        Raises:
            UnreachableError: the provider does not answer.
            IdentityRefusedError: it does not take the code, or what it says is not to be believed.
        """
        with self._asking() as http:
            endpoint = self._read(http, now).metadata["token_endpoint"]
            token = http.fetch_token(endpoint, code=code, code_verifier=verifier, grant_type="authorization_code")
            claims = self._believed(http, token, nonce, now)
            if not name_of(claims, self._client.name_claims) or roles_of(claims, self._client.roles_claim) is None:
                claims = {**self._more(http, now, claims), **claims}
        return Identity(
            issuer=self._client.issuer,
            subject=subject_of(claims, entra=self._client.entra),
            name=name_of(claims, self._client.name_claims),
            roles=roles_of(claims, self._client.roles_claim) or (),
        )

    def known_keys(self, now: datetime) -> int:
        """Ask for metadata and keys; gives how many keys it may sign with.

        Raises:
            UnreachableError: the provider does not answer, or not as it should.
        """
        with self._asking() as http:
            return len(self._read(http, now, anew=True).keys.keys)

    def speaks_of(self, issuer: str) -> bool:
        """Tell whether this issuer, which came back beside a code, is the one we asked (RFC 9207)."""
        return issuer == self._client.issuer

    def _believed(
        self, http: OAuth2Client, token: Mapping[str, Any], nonce: str, now: datetime
    ) -> Mapping[str, object]:
        """Check the id token; gives its claims."""
        compact = token.get("id_token")
        if not isinstance(compact, str):
            message = "the provider sent no id token"
            raise IdentityRefusedError(message)
        try:
            signed = self._verified(http, compact, now)
            options: Any = {
                "iss": {"essential": True, "value": self._client.issuer},
                "aud": {"essential": True, "value": self._client.client_id},
            }
            params = {"nonce": nonce, "client_id": self._client.client_id, "access_token": token.get("access_token")}
            CodeIDToken(signed.claims, signed.header, options, params).validate(int(now.timestamp()), _LEEWAY)
        except (JoseError, ValueError) as error:
            message = f"the id token is not to be believed: {error}"
            raise IdentityRefusedError(message) from error
        return signed.claims

    def _verified(self, http: OAuth2Client, compact: str, now: datetime) -> jwt.Token:
        """Verify the signature; where no key fits, by keys that are asked for anew, as a provider changes them."""
        try:
            return jwt.decode(compact, self._read(http, now).keys, _ALGORITHMS)
        except (JoseError, ValueError):
            return jwt.decode(compact, self._read(http, now, anew=True).keys, _ALGORITHMS)

    def _more(self, http: OAuth2Client, now: datetime, claims: Mapping[str, object]) -> Mapping[str, object]:
        """Ask for what the id token leaves out, as providers may do with all but the subject."""
        endpoint = self._read(http, now).metadata.get("userinfo_endpoint")
        if not endpoint:
            return {}
        answer = http.get(endpoint)
        answer.raise_for_status()
        told = answer.json()
        if not isinstance(told, dict) or told.get("sub") != claims.get("sub"):
            message = "the provider speaks of somebody else when it is asked for more"
            raise IdentityRefusedError(message)
        return told

    def _read(self, http: OAuth2Client, now: datetime, *, anew: bool = False) -> _Known:
        with self._lock:
            if self._known is None or anew or now - self._known.at > _FRESH:
                self._known = self._asked(http, now)
            return self._known

    def _asked(self, http: OAuth2Client, now: datetime) -> _Known:
        metadata = _json(http, self._client.issuer.rstrip("/") + _METADATA)
        if metadata.get("issuer") != self._client.issuer:
            message = (
                f"the provider calls itself {metadata.get('issuer')}, and [oidc] issuer says {self._client.issuer}"
            )
            raise UnreachableError(message, "Write [oidc] issuer as the provider's own metadata has it.")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            endpoint = urlsplit(str(metadata.get(name, "")))
            if endpoint.scheme != urlsplit(self._client.issuer).scheme or not endpoint.hostname:
                message = f"the provider's metadata has no usable {name}"
                raise UnreachableError(message, "See that [oidc] issuer is the right one.")
        return _Known(metadata, KeySet.import_key_set(_keys(_json(http, metadata["jwks_uri"]))), now)

    @contextmanager
    def _asking(self) -> Iterator[OAuth2Client]:
        """Open a connection; turn what goes wrong on it into the one of our errors that it is."""
        client = self._client
        try:
            with OAuth2Client(
                client_id=client.client_id,
                client_secret=client.secret or None,
                scope=client.scope,
                redirect_uri=client.redirect_uri,
                code_challenge_method="S256",  # it is left out where nobody asks for it
                timeout=_SECONDS,
                verify=client.context or True,
                trust_env=False,
            ) as http:
                yield http
        except OAuthError as error:
            if error.error in _OURS:
                message = f"the provider {client.issuer} does not take us for who we are: {_line(error)}"
                hint = (
                    "Check client_id and secret_file in [oidc]; a client secret expires, and is then made anew there."
                )
                raise UnreachableError(message, hint) from error
            message = f"the provider refused: {error}"
            raise IdentityRefusedError(message) from error
        except (httpx2.HTTPError, JoseError, ValueError, KeyError, RecursionError) as error:
            message = f"the provider {client.issuer} does not answer as it should: {_line(error)}"
            raise UnreachableError(
                message, "See that it can be reached from here, and that [oidc] is right."
            ) from error


def _json(http: OAuth2Client, address: str) -> Mapping[str, Any]:
    told = json.loads(_bounded(http, address))
    if not isinstance(told, dict):
        message = f"{address} is no JSON object"
        raise ValueError(message)  # noqa: TRY004  # of the world, not of a type
    return told


def _bounded(http: OAuth2Client, address: str) -> bytes:
    """Read an answer for which everybody who signs in waits: it may neither drip for ever nor be without an end."""
    over, content = time.monotonic() + _SECONDS, bytearray()
    with http.stream("GET", address, withhold_token=True) as answer:
        answer.raise_for_status()
        for part in answer.iter_bytes():
            content += part
            if len(content) > _LARGEST or time.monotonic() > over:
                message = f"{address} has no end"
                raise ValueError(message)
    return bytes(content)


def _line(error: Exception) -> str:
    """The first line of what a library says; what follows is advice for programmers."""
    return next(iter(str(error).splitlines()), type(error).__name__)


def _keys(told: Mapping[str, Any]) -> Any:  # noqa: ANN401  # joserfc's own dictionary of keys
    """The keys that may sign; others, of kinds that no signature of ours has, are left out."""
    keys = told.get("keys")
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        message = "its keys are no JSON Web Key Set"
        raise ValueError(message)
    return {"keys": [key for key in keys if key.get("use", "sig") == "sig" and key.get("kty") != "oct"]}
