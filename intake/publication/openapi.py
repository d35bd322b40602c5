"""Describes the read-only feed (OpenAPI 3.1), its schemas taken from the very types that its files are written from."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from intake.publication.feed import ChangesFile, EntriesFile, LatestFile, PathsFile

MOST = 10_000
"""Entries of one part, at most and where no `limit` is named."""
NUMBERED = r"[0-9]{1,6}(\.[0-9]{1,6}){1,3}"
"""A version: it is text, and compares by its numbers."""
VERSION_PATTERN = f"^(current|{NUMBERED})$"
ENTRY_PATTERN = "^[0-9]{6}$"
_SINCE_PATTERN = f"^{NUMBERED}$"
PROBLEM = "application/problem+json"
_Object = dict[str, object]


class Problem(msgspec.Struct, frozen=True):
    """What went wrong (RFC 9457)."""

    type: str
    """Always ``about:blank``: the status says what kind of problem it is."""
    title: str
    status: int
    detail: str


PARAMETERS: Mapping[str, _Object] = {
    "after": {"schema": {"type": "string", "pattern": ENTRY_PATTERN},
              "description": "An entry number: only what stands behind it."},
    "limit": {"schema": {"type": "integer", "minimum": 1, "maximum": MOST},
              "description": "At most so many entries; `next` says where the following part begins."},
    "since": {"schema": {"type": "string", "pattern": _SINCE_PATTERN},
              "description": "A version: only what is another since then."},
    "as-of": {"schema": {"type": "string", "format": "date"},
              "description": "A day: of the versions up to the one named, the newest that had been issued then."},
}  # fmt: skip
"""Of `entries.json` and `changes.json`."""
_VERSION = {
    "name": "version", "in": "path", "required": True, "schema": {"type": "string", "pattern": VERSION_PATTERN},
    "description": "Such as 2.052, or `current` for the newest.",
}  # fmt: skip
_CSV = {
    "dcc.csv": "The list as the DCC loads it.",
    "entries.csv": "The list, to the letter.",
    "changes.csv": "What the version changed.",
    "inventory.csv": "What the version changes in the DCC's inventory.",
    "fir.csv": "The Firmware Information Repository; it does not replace the Release Notes.",
}


def document() -> bytes:
    """Write ``openapi.json``; it is the same for every version of the list."""
    types = (EntriesFile, ChangesFile, PathsFile, LatestFile, Problem)
    refs, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    entries, changes, paths, latest, problem = refs
    told = _Told(problem)
    whole = {
        "openapi": "3.1.0",
        "info": {
            "title": "Central Products List",
            "version": "1",
            "description": "Versions of the list as files. Nothing can be changed here, nobody signs in, "
            "and what is not known as a parameter is refused.",
        },
        "servers": [{"url": "/feed"}],
        "paths": {
            "/latest.json": told.get("Which version is the newest", _JSON, latest),
            "/openapi.json": told.get("This description", _JSON, {"type": "object"}),
            "/{version}/entries.json": told.get("The list, or a part of it", _JSON, entries, _VERSION, parts=True),
            "/{version}/changes.json": told.get("What changed, or a part of it", _JSON, changes, _VERSION, parts=True),
            "/{version}/paths.json": told.get("What upgrades are planned from", _JSON, paths, _VERSION),
            "/{version}/dcc.csv-metadata.json": told.get(
                "The description of the CSV files", "application/csvm+json", {"type": "object"}, _VERSION
            ),
            "/{version}/note.txt": told.get("What the version changed, in words", "text/plain", _TEXT, _VERSION),
            **{f"/{{version}}/{name}": told.get(text, "text/csv", _TEXT, _VERSION) for name, text in _CSV.items()},
        },
        "components": {"schemas": components},
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


_JSON = "application/json"
_TEXT: _Object = {"type": "string"}


class _Told:
    """Describes one address after another, all with the same problems."""

    def __init__(self, problem: Mapping[str, object]) -> None:
        content = {PROBLEM: {"schema": problem}}
        self._problems: Mapping[str, Mapping[str, object]] = {
            "304": {"description": "What you have is the newest."},
            "400": {"description": "A parameter is not known, stands twice, or cannot be read.", "content": content},
            "404": {"description": "There is no such version or file.", "content": content},
        }

    def get(
        self, summary: str, media: str, schema: Mapping[str, object], *above: _Object, parts: bool = False
    ) -> _Object:
        """Describe GET and HEAD of one address."""
        queried = [{"name": name, "in": "query", **about} for name, about in PARAMETERS.items()] if parts else []
        etag = {"ETag": {"schema": {"type": "string"}, "description": "Strong: of these very bytes."}}
        answer = {"description": summary, "headers": etag, "content": {media: {"schema": schema}}}
        empty = {status: {"description": problem["description"]} for status, problem in self._problems.items()}
        return {
            "parameters": [*above, *queried],
            "get": {"summary": summary, "responses": {"200": answer, **self._problems}},
            "head": {"summary": summary, "responses": {"200": {"description": summary, "headers": etag}, **empty}},
        }
