"""Writes all files of a version but its workbook and its signature."""

from __future__ import annotations

from collections.abc import Mapping

from intake.publication import openapi
from intake.publication.alterations import alterations, changes_csv
from intake.publication.csvw import LIST_HEADER, description
from intake.publication.dcc import dcc_csv
from intake.publication.edition import Issue
from intake.publication.feed import changes_json, entries_json, latest_json, paths_json
from intake.publication.fir import fir_csv
from intake.publication.inventory import inventory_csv, model_effects
from intake.publication.note import note_txt
from intake.publication.tables import to_the_letter
from intake.publication.tabs import listed
from rules.published import PUBLISHED, UPGRADE_PATH

DCC_CSV, DESCRIPTION = "dcc.csv", "dcc.csv-metadata.json"
CHANGES_CSV, INVENTORY_CSV, FIR_CSV, NOTE = "changes.csv", "inventory.csv", "fir.csv", "note.txt"
ENTRIES_JSON, ENTRIES_CSV, CHANGES_JSON, PATHS_JSON = "entries.json", "entries.csv", "changes.json", "paths.json"
OF_VERSION = (
    DCC_CSV, DESCRIPTION, CHANGES_CSV, INVENTORY_CSV, FIR_CSV, NOTE,
    ENTRIES_JSON, ENTRIES_CSV, CHANGES_JSON, PATHS_JSON,
)  # fmt: skip
"""They lie in the version's own folder."""
LATEST, OPENAPI = "latest.json", "openapi.json"
BESIDE = (LATEST, OPENAPI)
"""They lie beside the versions."""
WORKBOOK = "Central Products List"
"""The workbook's name, but for ``.xlsx`` or ``.xlsm``."""


def files(issue: Issue, line_end: str = "crlf", others: Mapping[str, bytes] | None = None) -> Mapping[str, bytes]:
    """Write them, by `OF_VERSION` and `BESIDE`; the same version of the list gives the same bytes.

    Args:
        issue: the version and the one before it.
        line_end: ``crlf`` or ``lf``, of the CSV files.
        others: files of the version that are made elsewhere, such as its workbook; ``latest.json`` names them, too.

    Raises:
        UnloadableError: a value of the DCC's copy is not ASCII.
    """
    entries = issue.edition.entries
    told = tuple(alterations(issue))
    of_version = {
        DCC_CSV: dcc_csv(entries, issue.edition.line, line_end),
        DESCRIPTION: description(issue.edition, line_end),
        CHANGES_CSV: changes_csv(told, line_end),
        INVENTORY_CSV: inventory_csv(model_effects(issue), line_end),
        FIR_CSV: fir_csv(entries, line_end),
        NOTE: note_txt(issue),
        ENTRIES_JSON: entries_json(issue),
        ENTRIES_CSV: _entries_csv(issue, line_end),
        CHANGES_JSON: changes_json(issue, told),
        PATHS_JSON: paths_json(issue),
    }
    beside = {LATEST: latest_json(issue, {**of_version, **(others or {})}), OPENAPI: openapi.document()}
    return {**of_version, **beside}


def _entries_csv(issue: Issue, line_end: str) -> bytes:
    line, columns = issue.edition.line, (*PUBLISHED, UPGRADE_PATH)
    return to_the_letter(LIST_HEADER, ([line, *listed(entry, columns)] for entry in issue.edition.entries), line_end)
