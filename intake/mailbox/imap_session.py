"""Opens an IMAP connection and signs in: by password, or with an access token asked for at each connection."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from imaplib import IMAP4
from ssl import SSLContext
from typing import Any, Literal

from imapclient import IMAPClient, SocketTimeout

from intake.mailbox.connection import refuse_clear_password, verifying
from intake.mailbox.imap_errors import ANSWERS_NO, CONNECTION_LOST, NO_ANSWER, signed_off
from intake.mailbox.oauth import Tokens, xoauth2

CONNECT_SECONDS = 10
ANSWER_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Account:
    """Where a mailbox is and how one signs in there."""

    name: str
    """The mailbox's, for messages."""
    host: str
    user: str
    port: int = 0
    """0: 993 with TLS from the first byte, else 143."""
    tls: Literal["implicit", "starttls"] | bool = True
    password: str = field(default="", repr=False)
    tokens: Tokens | None = None
    """Signs in instead of the password."""
    context: SSLContext | None = None

    def __post_init__(self) -> None:
        """Refuse settings that would send the password in clear.

        Raises:
            ConfigurationError: no TLS to another machine.
        """
        if not self.tls:
            refuse_clear_password(f"mailbox {self.name}", self.host)

    @property
    def address(self) -> tuple[str, int]:
        """Give host and port."""
        return self.host, self.port or (993 if self._implicit else 143)

    @property
    def _implicit(self) -> bool:
        return self.tls in {True, "implicit"}

    def connect(self) -> Any:  # noqa: ANN401  # imapclient has no types
        """Open a connection and sign in.

        Raises:
            UnreachableError: the server, or who gives the tokens, did not let us in.
            OSError: no connection; or any of `NO_ANSWER`.
        """
        token = self.tokens.token() if self.tokens else ""
        context = self.context or (verifying() if self.tls else None)
        host, port = self.address
        timeout = SocketTimeout(CONNECT_SECONDS, ANSWER_SECONDS)
        client: Any = IMAPClient(host, port, ssl=self._implicit, ssl_context=context, timeout=timeout)
        try:
            client._imap.debug = 0  # noqa: SLF001  # imapclient sets 5: eight times slower, and bodies land in logs
            client.normalise_times = False  # keep the server's offset
            if self.tls == "starttls":
                client.starttls(context)
            self._sign_in(client, token)
        except BaseException:
            with suppress(*NO_ANSWER):
                client.shutdown()
            raise
        return client

    def _sign_in(self, client: Any, token: str) -> None:  # noqa: ANN401  # imapclient has no types
        try:
            if self.tokens is not None:
                _sign_in_with_token(client, self.user, token)
            elif self.password.isascii():
                client.login(self.user, self.password)
            else:
                client.plain_login(self.user, self.password)  # LOGIN knows ASCII alone
        except ANSWERS_NO as error:
            if isinstance(error.__context__, CONNECTION_LOST):
                raise error.__context__ from error  # imapclient calls every failure to sign in a refusal
            if self.tokens is not None:
                self.tokens.forget()
            raise signed_off(self.name, self.user, error, by_token=self.tokens is not None) from error


def _sign_in_with_token(client: Any, user: str, token: str) -> None:  # noqa: ANN401  # imapclient has no types
    """Sign in by XOAUTH2 where the server offers it, else by OAUTHBEARER (RFC 7628).

    Raises:
        IMAP4.error: the server offers neither, or says no.
    """
    if client.has_capability("AUTH=XOAUTH2"):
        mechanism, first, after_no = "XOAUTH2", xoauth2(user, token), b""
    elif client.has_capability("AUTH=OAUTHBEARER"):
        named = user.replace("=", "=3D").replace(",", "=2C")
        mechanism, first, after_no = "OAUTHBEARER", f"n,a={named},\x01auth=Bearer {token}\x01\x01".encode(), b"\x01"
    else:
        offered = " ".join(sorted(capability.decode("ascii", "replace") for capability in client.capabilities()))
        message = f"the server offers neither XOAUTH2 nor OAUTHBEARER, but: {offered}"
        raise IMAP4.error(message)
    answers = iter((first,))
    client.sasl_login(mechanism, lambda _challenge: next(answers, after_no))  # a second challenge explains the no
