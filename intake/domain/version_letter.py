"""What a letter about a version of the list is about, in the words that the outbox keeps."""

from __future__ import annotations

_VERSION, _LOADED, _REJECTED = "version ", " loaded", " rejected"


def subject_of(version: str, *, loaded: bool | None = None) -> str:
    """Say what a letter about a version is about.

    Args:
        version: its name.
        loaded: what the DCC answered, where the letter tells that; None where it tells of the release.
    """
    answer = "" if loaded is None else _LOADED if loaded else _REJECTED
    return f"{_VERSION}{version}{answer}"


def subjects_of(version: str) -> tuple[str, ...]:
    """List all that letters about a version may be about: itself, and each answer of the DCC."""
    return tuple(subject_of(version, loaded=answer) for answer in (None, True, False))


def version_of(entry: str | None) -> str:
    """Give the version that a letter is about, by what the outbox keeps; empty where it is about something else."""
    if entry is None or not entry.startswith(_VERSION):
        return ""
    return entry.removeprefix(_VERSION).removesuffix(_LOADED).removesuffix(_REJECTED)
