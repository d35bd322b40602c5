"""Keys out of the domain name system, within bounds."""

from __future__ import annotations

import time

import pytest
from peers.name_server import name_server

from intake.errors import ConfigurationError
from intake.mailbox.dkim_keys import DkimKeys

KEY = "v=DKIM1; k=rsa; p=" + "A" * 392


def test_a_key_is_found_and_a_name_without_one_says_so() -> None:
    with name_server({"sel._domainkey.maker.example": KEY}) as server:
        actual = DkimKeys(servers=[server])(["sel._domainkey.maker.example", "old._domainkey.maker.example"])
    assert actual == {"sel._domainkey.maker.example": KEY, "old._domainkey.maker.example": ""}


def test_a_name_server_that_does_not_answer_costs_its_time_once() -> None:
    names = [f"s{n}._domainkey.maker.example" for n in range(5)]
    with name_server({}, silent=names) as server:
        keys, begun = DkimKeys(servers=[server], seconds=0.3), time.monotonic()
        for _ in range(2):
            assert keys(names) == dict.fromkeys(names)
        assert time.monotonic() - begun < 2, "the second time nobody was asked"


def test_a_key_is_asked_for_once_while_it_lives() -> None:
    with name_server({"sel._domainkey.maker.example": KEY}) as server:
        keys = DkimKeys(servers=[server])
        keys(["sel._domainkey.maker.example"])
    assert keys(["sel._domainkey.maker.example"]) == {"sel._domainkey.maker.example": KEY}


@pytest.mark.parametrize("server", ["mx.example.test", "127.0.0.1:x", "", "::1:53:"])
def test_a_name_server_is_named_by_its_address(server: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        DkimKeys(servers=[server])
    assert "dns_servers" in caught.value.hint


@pytest.mark.parametrize("server", ["192.0.2.1", "192.0.2.1:5353", "2001:db8::1", "[2001:db8::1]:53"])
def test_an_address_may_have_a_port(server: str) -> None:
    DkimKeys(servers=[server])
