"""Versions of a small list, and a folder in which they are published as the feed serves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from intake.publication.edition import Edition, Issue, Why
from intake.publication.files import BESIDE, files
from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import COLUMNS, UPGRADE_PATH

FIRST_DAY, SECOND_DAY, THIRD_DAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 26)
CANARY = "canary-7f3a"


def a_listed(number: str, status: str = "Current", **changes: str) -> RegisterEntry:
    """A faultless gas meter whose firmware version is its number; changes go by the members of `FormField`."""
    fields = {
        FormField.DEVICE_TYPE: "Gas Smart Meter",
        FormField.MANUFACTURER_IDENTIFIER: "10:01",
        FormField.MODEL_IDENTIFIER: "00:02",
        FormField.HARDWARE_VERSION: "01",
        FormField.HARDWARE_REVISION: "0A",
        FormField.FIRMWARE_VERSION: f"00:{number[:2]}:{number[2:4]}:{number[4:]}",
        FormField.SMETS_VERSION: "SMETS V4.2",
        FormField.GBCS_VERSION: "GBCS Version 3.2",
        FormField.CPA_NUMBER: "[E] GSME12345678",
        FormField.SECURITY_CHARACTERISTICS: "Security Characteristics version 1.3",
        FormField.CPA_DATE: "30/08/2029",
        FormField.ZSE_NUMBER: "ZIG22001ZSE13081-24",
        FormField.ZSE_VERSION: "ZigBee Smart Energy Standard 1.4",
        FormField.IMAGE_CREATOR: "Hale Metering Limited",
        FormField.IMAGE_HASH: ":".join(["AB"] * 32),
        FormField.IMAGE_DESCRIPTOR: "Complete image",
    }
    named = {FormField[name] if name in FormField.__members__ else name: text for name, text in changes.items()}
    stated = {str(COLUMNS.get(name, name)): text for name, text in (*fields.items(), *named.items())}
    return RegisterEntry(number, status, stated)


def with_path(entry: RegisterEntry, path: str) -> RegisterEntry:
    return replace(entry, fields={**entry.fields, UPGRADE_PATH: path})


def removed(entry: RegisterEntry) -> RegisterEntry:
    return replace(entry, status="Removed")


def altered(entry: RegisterEntry, **changes: str) -> RegisterEntry:
    named = {COLUMNS.get(FormField[name], str(FormField[name])): text for name, text in changes.items()}
    return replace(entry, fields={**entry.fields, **named})


def an_issue(
    after: Iterable[RegisterEntry],
    before: Iterable[RegisterEntry] | None = None,
    whys: Mapping[str, tuple[Why, ...]] | None = None,
    note: str = "",
) -> Issue:
    """Version 2.002 with these entries, after 2.001 with those before."""
    old = None if before is None else Edition("2.001", FIRST_DAY, tuple(before))
    return Issue(Edition("2.002", SECOND_DAY, tuple(after), note), old, whys or {})


ONE, TWO, THREE = (with_path(a_listed(f"00000{at}"), "N/A" if at == 1 else f"00000{at - 1}") for at in (1, 2, 3))
FOUR = a_listed("000004")
RESTRICTED = {str(FormField.CONTACT_EMAIL): f"{CANARY}@example.test", str(FormField.CONTACT_NAME): CANARY}
EDITIONS = (
    Edition("2.001", FIRST_DAY, (ONE, TWO)),
    Edition("2.002", SECOND_DAY, (removed(ONE), TWO, THREE)),
    Edition("2.003", THIRD_DAY, (removed(ONE), altered(TWO, IMAGE_HASH=":".join(["CD"] * 32)), THREE, FOUR)),
)
REASONS: tuple[Mapping[str, tuple[Why, ...]], ...] = (
    {},
    {
        "000001": (Why("remove", "its certificate was withdrawn", ("SSC 2026-14",), "000003"),),
        "000003": (Why("add"),),
    },
    {
        "000002": (Why("correct", "Two digits were swapped.", ("DCC incident INC000012345",)),),
        "000004": (Why("add"),),
    },
)


def issues() -> list[Issue]:
    befores = (None, *EDITIONS)
    return [Issue(edition, before, why) for edition, before, why in zip(EDITIONS, befores, REASONS, strict=False)]


def publish(folder: Path, issue: Issue) -> None:
    """Put a version's files where the feed serves them, and make it the newest."""
    here = folder / issue.edition.version
    here.mkdir(parents=True)
    for name, content in files(issue).items():
        (folder / name if name in BESIDE else here / name).write_bytes(content)
    current = folder / "current"
    current.unlink(missing_ok=True)
    current.symlink_to(issue.edition.version)


def publish_all(folder: Path) -> None:
    for issue in issues():
        publish(folder, issue)
