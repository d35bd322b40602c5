"""What IMAP servers say besides what they should: it loses no message, and none is taken for another."""

from __future__ import annotations

import pytest
from peers.scripted_imap import Script, scripted

from intake.errors import UnreachableError
from intake.mailbox.base import MailboxListing, WithheldError
from intake.mailbox.imap import ImapMailbox
from intake.mailbox.imap_session import Account

THREE = {1: b"one", 2: b"two", 3: b"three"}
OK = b"\r\n<tag> OK done\r\n"
EXAMINED = b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] fine\r\n<tag> OK [READ-ONLY] done\r\n"


def at(script: Script) -> ImapMailbox:
    return ImapMailbox(Account("m", "127.0.0.1", "u", port=script.port, password="p", tls=False))


def listed(script: Script) -> MailboxListing:
    mailbox = at(script)
    try:
        return mailbox.scan()
    finally:
        mailbox.close()


def got(script: Script) -> tuple[list[bytes], str]:
    """The bodies that came, and which were complained of."""
    mailbox, came, withheld = at(script), list[bytes](), ""
    try:
        for fetched in mailbox.fetch(mailbox.scan().sightings):
            came.append(fetched.raw)  # what came before a failure counts
    except WithheldError as error:
        withheld = " ".join(sighting.uid for sighting in error.sightings)
    finally:
        mailbox.close()
    return came, withheld


@pytest.mark.parametrize(
    ("lines", "uids"),
    [
        (b"* SEARCH 1 2\r\n* SEARCH 3", ["1", "2", "3"]),
        (b"* SEARCH\r\n* SEARCH 3 1 2", ["1", "2", "3"]),
        (b"* SEARCH 1 2 3 ", ["1", "2", "3"]),
        (b"* SEARCH 1 2 3 (MODSEQ 917162500)", ["1", "2", "3"]),
        (b"* SEARCH 1 4294967295", ["1", "4294967295"]),
        (b"* SEARCH", []),
    ],
)
def test_a_list_comes_in_as_many_lines_as_it_likes(lines: bytes, uids: list[str]) -> None:
    with scripted(Script(THREE, instead={"SEARCH": lines + OK})) as script:
        assert [sighting.uid for sighting in listed(script).sightings] == uids


@pytest.mark.parametrize(
    "lines", [b"* SEARCH 0 1", b"* SEARCH 1 two", b"* SEARCH 4294967296", b"* SEARCH " + b"9" * 99]
)
def test_what_is_no_number_of_a_message_is_no_list(lines: bytes) -> None:
    with scripted(Script(THREE, instead={"SEARCH": lines + OK})) as script, pytest.raises(UnreachableError):
        listed(script)


def test_a_folder_that_counts_messages_and_lists_none_has_not_lost_them() -> None:
    with scripted(Script(THREE, instead={"EXAMINE": EXAMINED, "SEARCH": b"* SEARCH" + OK})) as script:
        with pytest.raises(UnreachableError, match="counts 3 messages in INBOX and lists none"):
            listed(script)
        script.instead.clear()
        assert len(listed(script).sightings) == 3


@pytest.mark.parametrize(
    "examined",
    [b"* 3 EXISTS" + OK, EXAMINED.replace(b"<tag>", b"* NO [UIDNOTSTICKY] they do not last\r\n<tag>")],
)
def test_without_numbers_that_last_nothing_is_read(examined: bytes) -> None:
    with (
        scripted(Script(THREE, instead={"EXAMINE": examined})) as script,
        pytest.raises(UnreachableError, match="no lasting numbers") as caught,
    ):
        listed(script)
    assert "another folder" in caught.value.hint


@pytest.mark.parametrize(
    ("body", "came", "withheld"),
    [
        (b"* 2 FETCH (UID 2 BODY[] ~{3}\r\ntwo)", b"two", ""),
        (b"* 2 FETCH (FLAGS () UID 2 BODY[] ~{3}\r\ntwo)", None, "2"),
        (b'* 2 FETCH (UID 2 BODY[] "two")', b"two", ""),
        (b'* 2 FETCH (UID 2 BODY[] "a \\"b\\" \\\\ c")', b'a "b" \\ c', ""),
        (b"* 2 FETCH (UID 2 BODY[] two)", None, "2"),
        (b"* 2 FETCH (UID 2 BODY[] NIL)", None, "2"),
        (b"* 2 FETCH (BODY[] {3}\r\ntwo)", None, "2"),
        (b"* 1 FETCH (BODY[] {3}\r\ntwo)", None, "2"),
        (b"* 2 FETCH (BODY[] {3}\r\ntwo UID 2)", b"two", ""),
        (b"* 2 FETCH (UID 22 BODY[] {3}\r\ntwo)", None, "2"),
        (b"* 9 EXPUNGE\r\n* 9 FETCH (FLAGS (\\Seen))\r\n* 2 FETCH (UID 2 BODY[] {3}\r\ntwo)", b"two", ""),
    ],
)
def test_a_body_is_the_one_that_is_called_so_or_none(body: bytes, came: bytes | None, withheld: str) -> None:
    others = b"\r\n* 1 FETCH (UID 1 BODY[] {3}\r\none)\r\n* 3 FETCH (UID 3 BODY[] {5}\r\nthree)"
    with scripted(Script(THREE, instead={"BODY": body + others + OK})) as script:
        assert got(script) == ([b"one", *([came] if came is not None else []), b"three"], withheld)


@pytest.mark.parametrize(
    "nonsense",
    [
        b"* 1 FETCH " + b"(" * 20_000 + OK,
        b"* 1 FETCH (UID 1 X " + b"(" * 20_000 + b")" * 20_000 + b")" + OK,
        b"* 1 FETCH (UID 1 BODY[] {1000000000000000}\r\none)" + OK,
    ],
)
def test_what_no_memory_can_hold_is_the_server_s_fault(nonsense: bytes) -> None:
    with scripted(Script(THREE, instead={"FETCH": nonsense})) as script, pytest.raises(UnreachableError):
        got(script)
