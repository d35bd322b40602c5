"""Marks messages at the server as taken in, for those who look into the mailbox; nothing depends on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from imapclient import IMAPClient

KEYWORD = "$CplIntake"
"""The keyword set where the configuration names none."""
_AT_A_TIME = 200


class CannotMarkError(Exception):
    """The server lacks the capability that the mark needs."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a received message is marked at the server."""

    kind: Literal["none", "keyword", "move"] = "none"
    name: str = ""
    """The keyword, or the folder to move to."""


NO_MARK = Mark()


def mark(client: Any, folder: str, epoch: str, uids: Sequence[int], how: Mark) -> None:  # noqa: ANN401  # imapclient has no types
    """Mark these messages of a folder; marked or vanished ones are skipped.

    Raises:
        CannotMarkError: the folder cannot hold such a mark.
        one of `NO_ANSWER`: the server did not do it.
    """
    opened = client.select_folder(folder)
    if str(opened.get(b"UIDVALIDITY", "")) != epoch or opened.get(b"READ-ONLY"):
        message = f"the folder {folder} cannot be changed"
        raise CannotMarkError(message)
    if how.kind == "keyword":
        _keyword(client, opened, uids, how.name)
    elif how.kind == "move":
        _move(client, uids, how.name)


def remove(client: Any, folder: str, epoch: str, uids: Sequence[int]) -> None:  # noqa: ANN401  # likewise
    """Delete these messages of a folder, and no others that somebody has marked as deleted; vanished ones are skipped.

    Raises:
        CannotMarkError: the server cannot delete single messages, or not in this folder.
        one of `NO_ANSWER`: the server did not do it.
    """
    opened = client.select_folder(folder)
    if str(opened.get(b"UIDVALIDITY", "")) != epoch:
        return  # they have other numbers now, and are found anew
    if opened.get(b"READ-ONLY") or not client.has_capability("UIDPLUS"):
        message = f"nothing can be deleted in the folder {folder}, or not message by message (UIDPLUS)"
        raise CannotMarkError(message)
    there = set(client.search(["ALL"]))
    for some in _chunks([uid for uid in uids if uid in there]):
        client.delete_messages(some, silent=True)
        client.expunge(some)


def _keyword(client: Any, opened: dict[bytes, Any], uids: Sequence[int], keyword: str) -> None:  # noqa: ANN401  # likewise
    permanent = {bytes(flag).lower() for flag in opened.get(b"PERMANENTFLAGS", ())}
    if not {rb"\*", keyword.lower().encode()} & permanent:
        message = f"the server keeps no keyword {keyword}; Exchange Online keeps none at all"
        raise CannotMarkError(message)
    unmarked = set(client.search(["UNKEYWORD", keyword]))
    for some in _chunks([uid for uid in uids if uid in unmarked]):
        client.add_flags(some, [keyword], silent=True)


def _move(client: Any, uids: Sequence[int], target: str) -> None:  # noqa: ANN401  # likewise
    if not (client.has_capability("MOVE") or client.has_capability("UIDPLUS")):
        message = "the server can neither MOVE nor expunge single messages (UIDPLUS)"
        raise CannotMarkError(message)
    there = set(client.search(["ALL"]))
    wanted = [uid for uid in uids if uid in there]
    if wanted:
        with suppress(IMAPClient.Error):  # it is there already, as a rule
            client.create_folder(target)
    for some in _chunks(wanted):
        if client.has_capability("MOVE"):
            client.move(some, target)
        else:
            client.copy(some, target)
            client.delete_messages(some, silent=True)
            client.expunge(some)


def _chunks(uids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(uids), _AT_A_TIME):
        yield uids[start : start + _AT_A_TIME]
