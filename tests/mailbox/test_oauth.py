"""Signing in by OAuth, against an identity provider and servers of this machine."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from peers.dovecot import Dovecot
from peers.identity import CLIENT, TENANT, Identity, application_certificate, identity_provider
from peers.imap_servers import Server
from peers.places import ImapPlace

from intake.errors import ConfigurationError, UnreachableError
from intake.mailbox.imap import ImapMailbox
from intake.mailbox.oauth import GRAPH_SCOPE, MAIL_SCOPE, Registration, Tokens


@pytest.fixture
def identity(tmp_path: Path) -> Iterator[Identity]:
    with identity_provider(tmp_path) as provider:
        yield provider


def registered(identity: Identity, **changes: str) -> Registration:
    known = Registration(TENANT, CLIENT, identity.secret, authority=identity.url, authorities=identity.authority)
    return replace(known, **changes)  # type: ignore[arg-type] # the test names the fields it changes


def test_a_token_is_asked_for_once_while_it_lasts(identity: Identity) -> None:
    tokens = Tokens("mailbox m", registered(identity))
    assert tokens.token() == tokens.token()
    assert identity.scopes == [MAIL_SCOPE]


def test_a_token_that_was_of_no_use_is_forgotten(identity: Identity) -> None:
    tokens = Tokens("mailbox m", registered(identity, scope=GRAPH_SCOPE))
    first = tokens.token()
    tokens.forget()
    assert tokens.token() != first
    assert identity.scopes == [GRAPH_SCOPE] * 2


def test_a_certificate_signs_in_without_any_secret(identity: Identity) -> None:
    pem, identity.certificate = application_certificate()
    tokens = Tokens("mailbox m", registered(identity, secret="", certificate=pem))
    assert tokens.token()


@pytest.mark.parametrize(
    ("error", "hint"),
    [("invalid_client", "expired"), ("unauthorized_client", "client_id"), ("something_new", "administers")],
)
def test_a_refusal_says_what_to_do(identity: Identity, error: str, hint: str) -> None:
    identity.answers = error
    with pytest.raises(UnreachableError, match=f"mailbox m: no token .* {error}") as caught:
        Tokens("mailbox m", registered(identity)).token()
    assert hint in caught.value.hint
    assert "Trace" not in str(caught.value)


def test_a_wrong_secret_is_refused_without_telling_it(identity: Identity) -> None:
    registration = registered(identity, secret="Tr0ub4dor")
    with pytest.raises(UnreachableError) as caught:
        Tokens("mailbox m", registration).token()
    assert "Tr0ub4dor" not in f"{caught.value} {caught.value.hint} {registration!r}"


def test_a_provider_that_cannot_be_reached_is_tried_again_later(identity: Identity) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    tokens = Tokens("mailbox m", registered(identity, authority=f"https://localhost:{port}/{TENANT}"))
    with pytest.raises(UnreachableError) as caught:
        tokens.token()
    assert "identity provider" in caught.value.hint


def test_a_provider_that_nobody_vouches_for_is_refused(identity: Identity) -> None:
    with pytest.raises(UnreachableError, match=r"(?i)certificate"):
        Tokens("mailbox m", replace(registered(identity), authorities=None)).token()


@pytest.mark.parametrize(
    ("authority", "issuer"),
    [
        ("", "https://login.microsoftonline.com/list.example"),
        ("https://login.microsoftonline.us/", "https://login.microsoftonline.us/list.example"),
        ("https://localhost:1/other", "https://localhost:1/other"),
    ],
)
def test_whom_tokens_are_asked_of(authority: str, issuer: str) -> None:
    assert Registration(TENANT, CLIENT, "s", authority=authority).issuer == issuer


@pytest.mark.parametrize("certificate", ["", "-----BEGIN CERTIFICATE-----\n", "-----BEGIN PRIVATE KEY-----\n"])
def test_nothing_to_sign_in_with_is_a_mistake_of_the_configuration(certificate: str) -> None:
    with pytest.raises(ConfigurationError, match="certificate_file"):
        Tokens("mailbox m", Registration(TENANT, CLIENT, certificate=certificate))


def test_without_its_library_it_says_which_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msal", None)
    with pytest.raises(ConfigurationError) as caught:
        Tokens("mailbox m", Registration(TENANT, CLIENT, "s"))
    assert "cpl-intake[graph]" in caught.value.hint


def by_token(server: Server, identity: Identity) -> ImapMailbox:
    identity.mailbox = "token@example.test"
    tokens = Tokens("mailbox m", registered(identity))
    return ImapPlace(server, user=identity.mailbox).mailbox(tokens=tokens, password="")


def test_a_mailbox_is_read_with_a_token(dovecot_server: Dovecot, identity: Identity) -> None:
    mailbox = by_token(dovecot_server, identity)
    dovecot_server.deliver(identity.mailbox, [b"Subject: CPL\r\n\r\n"])
    assert len(mailbox.look().sightings) == 1
    mailbox.close()


def test_an_expired_token_is_refused_and_the_next_connection_has_a_new_one(
    dovecot_server: Dovecot, identity: Identity
) -> None:
    mailbox = by_token(dovecot_server, identity)
    identity.lifetime = -30
    with pytest.raises(UnreachableError, match=r"did not let token@example\.test in") as caught:
        mailbox.look()
    assert "IMAP.AccessAsApp" in caught.value.hint
    identity.lifetime = 3600
    assert mailbox.look().whole
    assert len(identity.scopes) == 2
    mailbox.close()


def test_a_server_without_oauth_is_said_with_what_it_offers(pymap_server: Server, identity: Identity) -> None:
    with pytest.raises(UnreachableError, match=r"neither XOAUTH2 nor OAUTHBEARER, but: .*IMAP4REV1"):
        by_token(pymap_server, identity).look()
