"""Describes a version's CSV files for programs: ``dcc.csv-metadata.json``.

Source: W3C, Metadata Vocabulary for Tabular Data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from intake.publication import alterations, dcc, fir, inventory
from intake.publication.edition import Edition
from rules.fields import MODEL_AND_HARDWARE, FormField
from rules.published import PUBLISHED, UPGRADE_PATH

LIST_HEADER = (dcc.VERSION, *map(str, PUBLISHED), UPGRADE_PATH)
"""Of ``entries.csv``."""
_NUMBER, _STATUS = "[0-9]{6}", "(Current|Removed)"
_DCC_FORMATS: Mapping[str, str] = {
    FormField.MANUFACTURER_IDENTIFIER: "[0-9A-F]{4}",
    FormField.MODEL_IDENTIFIER: "[0-9A-F]{4}",
    FormField.HARDWARE_VERSION: "[0-9A-F]{2}",
    FormField.HARDWARE_REVISION: "[0-9A-F]{2}",
    MODEL_AND_HARDWARE: "[0-9A-F]{8}",
    FormField.FIRMWARE_VERSION: "[0-9A-F]{8}",
    FormField.IMAGE_HASH: "[0-9A-F]{64}",
}
_NUMBERED = {str(FormField.ENTRY_NUMBER): _NUMBER, str(FormField.ENTRY_STATUS): _STATUS}
_GUARDED = (
    "A cell that a spreadsheet could take for a formula has an apostrophe before it, which is not part of its text."
)


def description(edition: Edition, line_end: str) -> bytes:
    """Write the description of all CSV files of a version.

    Args:
        edition: the version.
        line_end: ``crlf`` or ``lf``, of all of them.
    """
    model = {"manufacturer": "[0-9A-F]{4}", "model": "[0-9A-F]{8}", "firmware_version": "[0-9A-F]{8}"}
    no_word = f"“{fir.NOT_STATED}” is no word on upgrades; N/A says that there are none."
    number = FormField.ENTRY_NUMBER
    tables = (
        _table("dcc.csv", "The list as the DCC loads it.", dcc.HEADER, {**_DCC_FORMATS, **_NUMBERED}, number),
        _table("entries.csv", "The list, to the letter.", LIST_HEADER, _NUMBERED, number),
        _table("changes.csv", f"What changed, value by value. {_GUARDED}", alterations.HEADER, {"entry": _NUMBER}),
        _table("inventory.csv", f"What changed in the DCC's inventory. {_GUARDED}", inventory.HEADER, model),
        _table("fir.csv", f"{fir.CAVEAT} {no_word} {_GUARDED}", fir.HEADER, _NUMBERED, number),
    )
    whole = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": f"Central Products List, {edition.line}",
        "dc:issued": {"@value": edition.issued.isoformat(), "@type": "xsd:date"},
        "dc:identifier": f"sha256:{edition.digest}",
        "dialect": {"encoding": "utf-8", "lineTerminators": [dcc.LINE_ENDS[line_end]]},
        "tables": tables,
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def _table(
    url: str, text: str, header: Iterable[str], formats: Mapping[str, str], key: str | None = None
) -> dict[str, object]:
    columns = [_column(str(name), formats.get(name)) for name in header]
    schema: dict[str, object] = {"columns": columns}
    if key is not None:
        schema["primaryKey"] = _name(key)
    return {"url": url, "dc:description": text, "tableSchema": schema}


def _column(title: str, pattern: str | None) -> dict[str, object]:
    datatype = {"base": "string", "format": pattern} if pattern else "string"
    return {"name": _name(title), "titles": title, "datatype": datatype}


def _name(title: str) -> str:
    """A name as the vocabulary allows it."""
    return re.sub(r"[^A-Za-z0-9]+", "_", title)
