"""A postman who hands letters to an SMTP server."""

from __future__ import annotations

import re
import smtplib
import socket
from collections.abc import Sequence
from contextlib import suppress
from ssl import SSLContext
from typing import Any, Literal

from intake.domain.bounce import bounce_address
from intake.errors import ConfigurationError, DeferredError, IntakeError, PermanentFailureError, UnreachableError
from intake.mailbox.base import Letter
from intake.mailbox.connection import connection_hint, refuse_clear_password, verifying
from intake.mailbox.oauth import Tokens, xoauth2

ANSWER_SECONDS = 30
_PORTS = {"implicit": 465, "starttls": 587, "none": 25}
_FOR_GOOD = range(500, 600)
_FOR_NOW = range(400, 500)
_CLOSING = 421
_TOO_LARGE = 552  # RFC 1870: of this letter, whoever sends it
_NO_SUCH_PARAMETER = {501, 504, 555}  # RFC 5321 section 4.1.1.11, RFC 3461 section 5.1
_LATER_HINT = "The server asks us to come back later."
_NOT_SIGNED_IN = {530, 535, 538}
_ABOUT_US = re.compile(r"5\d\d 5\.7\.(?:0|3|8|9|14|30|57|60|139)\b")
"""What is said of the account that sends, whatever the letter (RFC 4954; Exchange's own): it may be mended, and then
every letter goes. 5.7.1 is not among them: it is said of content and recipients too."""
_SENDER_HINT = "Check outgoing.user and how it signs in, and that this account may send as outgoing.from."
_LONGEST_ENVID = 100  # RFC 3461 section 4.4
_SIGN_IN_HINT = (
    "Check outgoing.user and the password file, and that the account may send with a password; "
    "Microsoft 365 wants oauth instead."
)
_OAUTH_HINT = (
    "The token was given but does not let us send. At Microsoft 365: grant the application SMTP.SendAsApp, make its "
    "service principal known, give it the mailbox, and enable SMTP AUTH there."
)


class SmtpPostman:
    """One connection, kept while it lives; a connection that fails is never used again."""

    def __init__(
        self,
        host: str,
        *,
        sender: str,
        port: int = 0,
        tls: Literal["implicit", "starttls"] | bool = "starttls",
        user: str = "",
        password: str = "",
        tokens: Tokens | None = None,
        context: SSLContext | None = None,
    ) -> None:
        """Remember the server; connects later.

        `sender` is the address to which a letter that cannot be delivered comes back, as `bounce_address` takes it.
        `tls` True is implicit at port 465 and STARTTLS elsewhere. `port` 0 is the usual one. Without `user` nobody
        signs in; `tokens` sign in instead of the password.

        Raises:
            ConfigurationError: a password without TLS to another machine, or one that SMTP cannot carry.
        """
        if isinstance(tls, bool):
            tls_or_none = ("implicit" if port == _PORTS["implicit"] else "starttls") if tls else "none"
        else:
            tls_or_none = tls
        if user and tls_or_none == "none":
            refuse_clear_password("outgoing", host)
        if not f"{user}{password}".isascii():
            message = "outgoing: user and password may hold ASCII alone; the SMTP library can send no other"
            raise ConfigurationError(message, "Give the account another password.")
        self._tls = tls_or_none
        self._host, self._port = host, port or _PORTS[self._tls]
        self._sender, self._user, self._password = sender, user, password
        self._context, self._tokens = context, tokens
        self._server: smtplib.SMTP | None = None
        self._reports_refused = False
        """The server offers reports of deliveries, and did not know how they are asked for."""

    @property
    def address(self) -> str:
        """Give host and port for messages."""
        return f"{self._host}:{self._port}"

    def send(self, letter: Letter) -> None:
        """Hand the letter over.

        A server that reports deliveries (RFC 3461) is asked to report failures and delays under the letter's own name.

        Raises:
            UnreachableError: no server, or none that takes letters now; it may have been taken all the same.
            DeferredError: the server will take this letter later.
            RefusedError: the server will never take this letter.
        """
        try:
            self._hand_over(self._connected(), letter)
        except smtplib.SMTPRecipientsRefused as error:
            raise self._refused(letter, *error.recipients[letter.recipient]) from error
        except smtplib.SMTPDataError as error:
            raise self._refused(letter, error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._forget()
            if isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code == _TOO_LARGE:
                raise self._refused(letter, error.smtp_code, error.smtp_error) from error
            raise self._unreachable(error) from error

    def _hand_over(self, server: smtplib.SMTP, letter: Letter) -> None:
        """Send the letter; without asking for reports where the server does not know what it says that it knows."""
        sender = bounce_address(self._sender, letter.message_id)
        if server.has_extn("dsn") and not self._reports_refused:
            try:
                server.sendmail(sender, [letter.recipient], letter.content, *_asking_for_reports(letter))
            except (smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused) as error:
                if _code_of(error, letter) not in _NO_SUCH_PARAMETER:
                    raise
                self._reports_refused = True
            else:
                return
        server.sendmail(sender, [letter.recipient], letter.content)

    def answer(self) -> None:
        """Connect and sign in.

        Raises:
            UnreachableError: there is no server, or none that lets us in.
        """
        try:
            self._connected()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._forget()
            raise self._unreachable(error) from error

    def close(self) -> None:
        """Say goodbye."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        """Give the open connection if it still answers, else a new one."""
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                if self._server.noop()[0] == 250:  # noqa: PLR2004  # RFC 5321: done
                    return self._server
            self._forget()
        server = self._connect()
        self._server = server
        server.ehlo_or_helo_if_needed()
        if self._tls == "starttls":
            server.starttls(context=self._context or verifying())
        if self._tokens is not None:
            _sign_in_with_token(server, self._user, self._tokens)
        elif self._user:
            server.login(self._user, self._password)
        return server

    def _connect(self) -> smtplib.SMTP:
        host, port = self._host, self._port
        name = socket.gethostname()  # smtplib would ask the name server, for seconds if there is none
        if self._tls == "implicit":
            context = self._context or verifying()
            return _ImplicitTls(host, port, local_hostname=name, timeout=ANSWER_SECONDS, context=context)
        return _Plain(host, port, local_hostname=name, timeout=ANSWER_SECONDS)

    def _forget(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def _refused(self, letter: Letter, code: int, reply: bytes | str) -> IntakeError:
        message = f"{self._host} does not take a letter to {letter.recipient}: {_words(code, reply)}"
        if code in _NOT_SIGNED_IN or _ABOUT_US.match(_words(code, reply)):
            return UnreachableError(message, _SENDER_HINT)
        if code == _TOO_LARGE:
            return PermanentFailureError(
                message, "It is larger than this server takes: raise that, or send it otherwise."
            )
        if code in _FOR_GOOD:
            return PermanentFailureError(message, "Check the address; answer the submitter another way.")
        if code == _CLOSING:
            self._forget()
            return UnreachableError(message, _LATER_HINT)
        return DeferredError(message, "The server asks us to try this letter again later.")

    def _unreachable(self, error: Exception) -> UnreachableError:
        reason = _reason(error)
        hint = connection_hint(error, "outgoing")
        if isinstance(error, smtplib.SMTPAuthenticationError):
            hint = _OAUTH_HINT if self._tokens else _SIGN_IN_HINT
        elif isinstance(error, smtplib.SMTPNotSupportedError):
            hint = "The server offers no STARTTLS or no sign-in at this port. Check outgoing.port and outgoing.tls."
        elif isinstance(error, smtplib.SMTPResponseException) and error.smtp_code in _FOR_NOW:
            hint = _LATER_HINT
        elif isinstance(error, smtplib.SMTPSenderRefused):
            hint = _SENDER_HINT
        return UnreachableError(f"no letter can be sent through {self.address}: {reason}", hint)


class _ByFirstDigit:
    """Takes a letter's address and text for taken where a reply's first digit says so (RFC 5321, 4.3.2).

    The library wants 250 alone, and what was taken with another number would be sent again and again.
    """

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """State the sender."""
        return _done(*super().mail(sender, options))  # type: ignore[misc]  # of the class beside this one

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """State the recipient."""
        return _done(*super().rcpt(recip, options))  # type: ignore[misc]  # likewise

    def data(self, msg: Any) -> tuple[int, bytes]:  # noqa: ANN401  # a type that Python 3.11 cannot name
        """Send the text."""
        return _done(*super().data(msg))  # type: ignore[misc]  # likewise


class _Plain(_ByFirstDigit, smtplib.SMTP):
    """To a server that is spoken to in the clear, or until STARTTLS."""


class _ImplicitTls(_ByFirstDigit, smtplib.SMTP_SSL):
    """To a server that speaks TLS from the first byte."""


def _code_of(error: smtplib.SMTPSenderRefused | smtplib.SMTPRecipientsRefused, letter: Letter) -> int:
    if isinstance(error, smtplib.SMTPSenderRefused):
        return error.smtp_code
    code: int = error.recipients[letter.recipient][0]
    return code


def _done(code: int, reply: bytes) -> tuple[int, bytes]:
    return (250, reply) if code in range(200, 300) else (code, reply)


def _words(code: int, reply: bytes | str) -> str:
    """Give a server's reply as it would be read: its code and its text on one line, nothing of which moves a cursor."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join("".join(char if char.isprintable() else " " for char in f"{code} {text}").split())


def _reason(error: Exception) -> str:
    """Give the server's words where it answered, else the error's own."""
    if isinstance(error, smtplib.SMTPConnectError) and error.smtp_code < 0:
        return "the server answers, and not as a mail server does"
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def _asking_for_reports(letter: Letter) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Build the MAIL and RCPT options (RFC 3461): report failures and delays, headers only, under our id."""
    name = letter.message_id.strip("<>")
    envelope = ("RET=HDRS", f"ENVID={name}") if len(name) <= _LONGEST_ENVID and "+" not in name else ("RET=HDRS",)
    recipient = letter.recipient.replace("+", "+2B").replace("=", "+3D")
    return envelope, ("NOTIFY=FAILURE,DELAY", f"ORCPT=rfc822;{recipient}")


def _sign_in_with_token(server: smtplib.SMTP, user: str, tokens: Tokens) -> None:
    """Sign in by XOAUTH2; answer a refusing server's explanatory challenge with an empty response.

    Raises:
        UnreachableError: there is no token.
        SMTPAuthenticationError: the server would not have it.
    """
    server.ehlo_or_helo_if_needed()
    answers = iter((xoauth2(user, tokens.token()).decode(),))
    try:
        server.auth("XOAUTH2", lambda _challenge=None: next(answers, ""))
    except smtplib.SMTPAuthenticationError:
        tokens.forget()
        raise
