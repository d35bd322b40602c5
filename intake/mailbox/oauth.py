"""Access tokens for a mailbox: this program signs in as itself, with a certificate or a secret, never as a person.

That is OAuth 2.0's client credentials grant (RFC 6749, 4.4). There is no refresh token that could die of old age
unnoticed: a new token is asked for whenever the old one ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from intake.errors import ConfigurationError, UnreachableError
from intake.mailbox.connection import verifying

MICROSOFT = "https://login.microsoftonline.com"
MAIL_SCOPE = "https://outlook.office365.com/.default"
"""IMAP and SMTP at Exchange Online."""
GRAPH_SCOPE = "https://graph.microsoft.com/.default"
_ANSWER_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Registration:
    """The program as the identity provider knows it."""

    tenant: str
    client_id: str
    secret: str = field(default="", repr=False)
    certificate: str = field(default="", repr=False)
    """PEM: private key and certificate in one text; rather this than a secret."""
    scope: str = MAIL_SCOPE
    authority: str = ""
    """Another identity provider than Microsoft's public one: `https://host`, or with the path to the tenant."""
    authorities: Path | None = None
    """PEM of whoever vouches for the provider's TLS; None for the public ones."""

    @property
    def issuer(self) -> str:
        """Give the tenant's URL at its provider."""
        base = (self.authority or MICROSOFT).rstrip("/")
        return base if urlsplit(base).path else f"{base}/{self.tenant}"


class Tokens:
    """Tokens of one registration; asked for when they are needed, kept in memory while they last."""

    def __init__(self, what: str, registration: Registration) -> None:
        """Remember the purpose, e.g. `mailbox secas`; no token is requested yet.

        Raises:
            ConfigurationError: the library that does this is not installed, or there is nothing to sign in with.
        """
        self._what, self._registration = what, registration
        self._credential = _credential(what, registration)
        self._library, self._http = _libraries(what)
        self._application: Any = None  # msal has no types
        self._client: Any = None

    def token(self) -> str:
        """Give a token that is valid now.

        Raises:
            UnreachableError: the identity provider gave none; the hint says what to look at.
        """
        try:
            answer = self._signed_in().acquire_token_for_client([self._registration.scope])
        except (self._http.HTTPError, OSError, ValueError, LookupError) as error:
            self.forget()
            message = f"{self._what}: no token from {self._registration.issuer}: {error}"
            hint = "Check oauth.tenant, oauth.certificate_file and that this machine reaches the identity provider."
            raise UnreachableError(message, hint) from error
        if "access_token" not in answer:
            raise self._refused(answer)
        return str(answer["access_token"])

    def forget(self) -> None:
        """Discard the token, which the server refused."""
        self._application = None
        if self._client is not None:
            self._client.close()

    def _signed_in(self) -> Any:  # noqa: ANN401  # msal has no types
        if self._application is None:  # making it asks the provider for its addresses
            registration = self._registration
            self._client = _Http(self._http.Client(verify=verifying(registration.authorities), timeout=_ANSWER_SECONDS))
            self._application = self._library.ConfidentialClientApplication(
                registration.client_id,
                client_credential=self._credential,
                authority=registration.issuer,
                instance_discovery=False if registration.authority else None,
                http_client=self._client,
            )
        return self._application

    def _refused(self, answer: dict[str, Any]) -> UnreachableError:
        error, description = str(answer.get("error", "")), str(answer.get("error_description", "")).partition("\r\n")[0]
        hint = _HINTS.get(error, "Ask whoever administers the tenant; the provider's sentence says what is missing.")
        return UnreachableError(f"{self._what}: no token from {self._registration.issuer}: {error} {description}", hint)


def xoauth2(user: str, token: str) -> bytes:
    """Build the initial response of the SASL mechanism XOAUTH2, not yet in base64."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01".encode()


_HINTS = {
    "invalid_client": "The secret or certificate is wrong or has expired. Register a new one and put it into its file.",
    "unauthorized_client": "Check oauth.client_id and oauth.tenant: the tenant does not know this application.",
    "invalid_scope": "Check oauth.scope.",
    "invalid_request": "Check oauth.tenant and oauth.client_id.",
}


class _Http:
    """HTTP client for msal with our TLS settings; its default client obeys environment variables instead."""

    def __init__(self, client: Any) -> None:  # noqa: ANN401  # the library may not be installed
        self._client = client

    def get(self, url: str, **other: Any) -> Any:  # noqa: ANN401  # as msal calls it
        return self._client.get(url, **other)

    def post(self, url: str, *, data: dict[str, str | bytes], **other: Any) -> Any:  # noqa: ANN401  # as msal calls it
        """Post a form; decode a signed assertion, which msal gives as bytes."""
        text = {name: value.decode() if isinstance(value, bytes) else value for name, value in data.items()}
        return self._client.post(url, data=text, **other)

    def close(self) -> None:
        self._client.close()


def _libraries(what: str) -> tuple[Any, Any]:
    try:
        import httpx2  # noqa: PLC0415  # likewise
        import msal  # noqa: PLC0415  # an extra; and 0.3 s that only those who use it need
    except ImportError as error:
        message = f"{what}: signing in by OAuth needs the libraries msal and httpx2"
        raise ConfigurationError(message, "Install them with: pip install 'cpl-intake[graph]'") from error
    return msal, httpx2


def _credential(what: str, registration: Registration) -> str | dict[str, str]:
    pem = registration.certificate
    if not pem:
        if registration.secret:
            return registration.secret
        message = f"{what}: oauth needs a certificate_file or a secret_file, and that it is not empty"
        raise ConfigurationError(message)
    if "PRIVATE KEY-----" not in pem or "BEGIN CERTIFICATE-----" not in pem:
        message = f"{what}: oauth.certificate_file must hold a private key and its certificate, both as PEM"
        raise ConfigurationError(message, "Convert a .pfx with: openssl pkcs12 -in file.pfx -out file.pem -nodes")
    return {"private_key": pem, "public_certificate": pem}
