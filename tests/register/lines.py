"""Lines of a list whose devices are upgraded, for the tests of the register."""

from __future__ import annotations

from rules.facts import RegisterEntry
from rules.fields import FormField
from rules.published import COLUMNS, UPGRADE_PATH

A_HASH = ":".join(["AB"] * 32)


def a_version(  # one a column that the tests change
    number: int,
    path: str | None = "N/A",
    *,
    firmware: str | None = None,
    image: str = A_HASH,
    status: str = "Current",
    hardware: str = "01",
    kind: str = "Gas Smart Meter",
    certificate: str = "",
    ends: str = "",
) -> RegisterEntry:
    """A firmware version of one meter; unless told, its firmware version is the entry's number."""
    fields = {
        FormField.DEVICE_TYPE: kind,
        FormField.MANUFACTURER_IDENTIFIER: "10:01",
        FormField.MODEL_IDENTIFIER: "00:02",
        FormField.HARDWARE_VERSION: hardware,
        FormField.HARDWARE_REVISION: "00",
        FormField.FIRMWARE_VERSION: firmware or f"00:00:{number // 256:02X}:{number % 256:02X}",
        FormField.SMETS_VERSION: "SMETS V4.2",
        FormField.GBCS_VERSION: "GBCS Version 3.2",
        FormField.CPA_NUMBER: certificate,
        FormField.CPA_DATE: ends,
        FormField.IMAGE_HASH: image,
    }
    stated = {COLUMNS.get(name, str(name)): text for name, text in fields.items()}
    return RegisterEntry(f"{number:06}", status, stated if path is None else {**stated, UPGRADE_PATH: path})
