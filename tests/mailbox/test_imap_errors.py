"""What an IMAP server says, as a person reads it, and how soon it is asked again."""

from __future__ import annotations

from imaplib import IMAP4

import pytest

from intake.errors import ThrottledError
from intake.mailbox.imap_errors import server_words, signed_off, unreachable
from intake.mailbox.retry import ORDINARY, seconds_asked


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            IMAP4.error("b'[AUTHENTICATIONFAILED] Authentication failed.'"),
            "[AUTHENTICATIONFAILED] Authentication failed.",
        ),
        (IMAP4.error('b"It\'s late"'), "It's late"),
        (IMAP4.error("b'gesperrt f\\xc3\\xbcr heute'"), "gesperrt f\N{LATIN SMALL LETTER U WITH DIAERESIS}r heute"),
        (IMAP4.error("b'no' and 'more'"), "b'no' and 'more'"),
        (IMAP4.abort("command: UID => socket error: EOF"), "the server hung up"),
        (IMAP4.abort("socket error: EOF"), "the server hung up"),
        (OSError(), "OSError"),
        (IMAP4.error("two\nlines"), "two lines"),
    ],
)
def test_words_are_those_of_the_server_and_not_of_the_interpreter(error: Exception, said: str) -> None:
    assert server_words(error) == said
    assert str(unreachable("post", "mail.example", 993, error)).endswith(f"cannot be read: {said}")


@pytest.mark.parametrize("code", ["[AUTHENTICATIONFAILED] no", "LOGIN failed.", "[EXPIRED] change it"])
def test_a_password_that_was_refused_is_not_tried_until_the_account_is_locked(code: str) -> None:
    refused = signed_off("post", "secas", IMAP4.error(code))
    assert isinstance(refused, ThrottledError)
    assert seconds_asked(refused) > ORDINARY.longest_wait
    assert "password file" in refused.hint


@pytest.mark.parametrize("code", ["[UNAVAILABLE] Temporary authentication failure.", "[INUSE] busy", "[LIMIT] many"])
def test_a_server_that_cannot_check_a_password_now_is_asked_again_soon(code: str) -> None:
    assert seconds_asked(signed_off("post", "secas", IMAP4.error(code))) == 0


def test_a_token_that_was_refused_is_replaced_at_once() -> None:
    assert seconds_asked(signed_off("post", "secas", IMAP4.error("[AUTHENTICATIONFAILED]"), by_token=True)) == 0
