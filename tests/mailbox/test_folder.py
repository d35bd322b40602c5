"""Folders of .eml files and Maildirs: what only files can do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import intake.mailbox.maildir
from intake.domain.message import Sighting
from intake.errors import UnreachableError
from intake.mailbox.folder import FolderMailbox
from intake.mailbox.maildir import MaildirMailbox, is_maildir

RAW = b"Subject: CPL submission\r\n\r\n"


def test_files_are_found_however_deep_and_hidden_or_other_ones_are_not(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "folder.eml").mkdir()
    wanted = ["top.eml", "a/UPPER.EML", "a/b/spaces and ünïcode.eml"]
    for name in [*wanted, ".dot.eml", ".hidden/x.eml", "notes.txt", "half.eml.part"]:
        (tmp_path / name).write_bytes(RAW)
    os.mkfifo(tmp_path / "pipe.eml")
    (tmp_path / "broken.eml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "a" / "circle").symlink_to(tmp_path)
    assert sorted(sighting.uid for sighting in FolderMailbox("m", tmp_path).scan().sightings) == sorted(wanted)


def test_a_link_to_a_file_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(RAW)
    (tmp_path / "link.eml").symlink_to(tmp_path / "elsewhere")
    mailbox = FolderMailbox("m", tmp_path)
    assert [fetched.raw for fetched in mailbox.fetch(mailbox.scan().sightings)] == [RAW]


def test_an_empty_file_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "empty.eml").touch()
    mailbox = FolderMailbox("m", tmp_path)
    assert [fetched.raw for fetched in mailbox.fetch(mailbox.scan().sightings)] == [b""]


@pytest.mark.parametrize("name", [b"\xff\xe4.eml", rb"\udcff.eml", b"line\nbreak.eml"])
def test_any_file_name_can_be_kept_by_a_store_and_found_again(tmp_path: Path, name: bytes) -> None:
    (tmp_path / os.fsdecode(name)).write_bytes(RAW)
    mailbox = FolderMailbox("m", tmp_path)
    (sighting,) = mailbox.scan().sightings
    sighting.uid.encode("utf-8")
    assert [fetched.raw for fetched in mailbox.fetch([sighting])] == [RAW]


def test_a_rewritten_file_is_another_message(tmp_path: Path) -> None:
    path = tmp_path / "x.eml"
    path.write_bytes(RAW)
    mailbox = FolderMailbox("m", tmp_path)
    (first,) = mailbox.scan().sightings
    path.write_bytes(RAW + b"more")
    (second,) = mailbox.scan().sightings
    assert first.uid == second.uid
    assert first.epoch != second.epoch
    assert [fetched.raw for fetched in mailbox.fetch([second])] == [RAW + b"more"]


def test_files_come_oldest_first_and_each_once_whichever_way_they_are_asked_for(tmp_path: Path) -> None:
    times = {"b.eml": 5_000_000_000, "a.eml": 5_000_000_001, "d/c.eml": -3_000_000_000, "c.eml": 5_000_000_000}
    for name, nanoseconds in times.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(RAW)
        os.utime(tmp_path / name, ns=(0, nanoseconds))
    listing = FolderMailbox("m", tmp_path).scan()
    assert [sighting.uid for sighting in listing.sightings] == ["d/c.eml", "b.eml", "c.eml", "a.eml"]
    assert [listing.sightings[0], *listing.sightings[1:]] == list(listing.sightings)
    keys = [*listing.keys(0, 3), *listing.keys(3, 9)]
    assert sorted(keys) == sorted(sighting.key for sighting in listing.sightings)
    by_key = [Sighting.of_key("m", key) for key in keys]
    assert list(listing.in_order(by_key)) == list(listing.sightings)


def test_a_file_that_grows_after_it_was_sighted_is_left_for_the_next_poll(tmp_path: Path) -> None:
    path = tmp_path / "x.eml"
    path.write_bytes(RAW)
    mailbox = FolderMailbox("m", tmp_path)
    (sighting,) = mailbox.scan().sightings
    path.write_bytes(RAW + b"more")
    assert list(mailbox.fetch([sighting])) == []


def test_a_file_that_grows_while_it_is_read_is_left_for_the_next_poll(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "x.eml"
    path.write_bytes(RAW)
    mailbox = FolderMailbox("m", tmp_path)
    (sighting,) = mailbox.scan().sightings
    looks: list[int] = []
    real = os.fstat

    def written_to_between_two_looks(descriptor: int) -> os.stat_result:
        looks.append(descriptor)
        if len(looks) == 2:
            with path.open("ab") as file:
                file.write(b"more")
        return real(descriptor)

    monkeypatch.setattr("intake.mailbox.files.os.fstat", written_to_between_two_looks)
    assert list(mailbox.fetch([sighting])) == []
    assert len(looks) == 2
    monkeypatch.undo()
    assert [fetched.raw for fetched in mailbox.fetch(mailbox.scan().sightings)] == [RAW + b"more"]


def test_one_unreadable_file_does_not_keep_the_others_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.eml").write_bytes(name.encode())
    mailbox = FolderMailbox("m", tmp_path)
    sightings = sorted(mailbox.scan().sightings, key=lambda sighting: sighting.uid)
    real = Path.open

    def forbidden(self: Path, mode: str) -> object:
        if self.name == "b.eml":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, mode)

    monkeypatch.setattr(Path, "open", forbidden)
    fetched = mailbox.fetch(sightings)
    assert [next(fetched).raw, next(fetched).raw] == [b"a", b"c"]
    with pytest.raises(UnreachableError, match=r"1 of 3 messages cannot be read.*b\.eml"):
        next(fetched)


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    return tmp_path


def test_a_maildir_is_told_from_a_folder(maildir: Path) -> None:
    assert is_maildir(maildir)
    (maildir / "tmp").rmdir()
    assert is_maildir(maildir)  # a copy may leave out what is empty
    (maildir / "cur").rmdir()
    assert not is_maildir(maildir)


@pytest.mark.parametrize("target", ["odd.eml", "a.eml/x", "y" * 300, "nowhere"])
def test_a_link_to_nowhere_keeps_no_other_message_out(tmp_path: Path, maildir: Path, target: str) -> None:
    (tmp_path / "a.eml").write_bytes(RAW)
    (tmp_path / "odd.eml").symlink_to(target)
    assert [sighting.uid for sighting in FolderMailbox("m", tmp_path).scan().sightings] == ["a.eml"]
    (maildir / "new" / "1.x").write_bytes(RAW)
    (maildir / "cur" / "2.x:2,").symlink_to("2.x:2," if target == "odd.eml" else target)
    assert [sighting.uid for sighting in MaildirMailbox("m", maildir).scan().sightings] == ["1.x"]


def test_a_maildir_in_which_something_cannot_be_looked_at_says_so(
    maildir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (maildir / "new" / "1.x").write_bytes(RAW)

    def refused(_path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(intake.mailbox.maildir, "regular", refused)
    with pytest.raises(UnreachableError, match="cannot be read: Permission denied"):
        MaildirMailbox("m", maildir).scan()


@pytest.mark.parametrize("name", ["new/1.x", "cur/1.x:2,", "cur/1.x:2,S", "cur/1.x:2,FRS"])
def test_a_change_of_flags_makes_no_new_message(maildir: Path, name: str) -> None:
    (maildir / "new" / "1.x").write_bytes(RAW)
    mailbox = MaildirMailbox("m", maildir)
    before = mailbox.scan().sightings
    (maildir / "new" / "1.x").rename(maildir / name)
    assert mailbox.scan().sightings == before
    assert [sighting.uid for sighting in before] == ["1.x"]


def test_a_message_that_moves_between_sighting_and_fetching_is_followed(maildir: Path) -> None:
    (maildir / "new" / "1.x").write_bytes(RAW)
    (maildir / "new" / "2.x").write_bytes(RAW)
    mailbox = MaildirMailbox("m", maildir)
    fetched = mailbox.fetch(mailbox.scan().sightings)
    assert next(fetched).sighting.uid == "1.x"
    (maildir / "new" / "2.x").rename(maildir / "cur" / "2.x:2,S")
    assert next(fetched).sighting.uid == "2.x"


def test_what_is_still_being_delivered_is_not_seen(maildir: Path) -> None:
    (maildir / "tmp" / "1.x").write_bytes(RAW)
    (maildir / "new" / ".1.x").write_bytes(RAW)
    (maildir / "cur" / "folder").mkdir()
    assert MaildirMailbox("m", maildir).scan().sightings == []
