"""Reads the file and checks it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from intake.config.whole import Config
from intake.errors import ConfigurationError, reason

DEFAULT_FILE = "config.toml"
_USUAL_KIND = "folder"
_HINT = "cpl-intake config --example prints every key."


def load(file: Path) -> Config:
    """Read and check the configuration.

    Raises:
        ConfigurationError: the file is missing, is no TOML, or says something that cannot be.
    """
    try:
        table = tomllib.loads(file.read_text("utf-8-sig"))  # an editor on Windows may write a byte order mark
    except FileNotFoundError as error:
        message = f"there is no configuration at {file}"
        hint = "Write one with: cpl-intake config --example > config.toml"
        raise ConfigurationError(message, hint) from error
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        message = f"{file} cannot be read: {reason(error, file)}"
        raise ConfigurationError(message) from error
    return from_table(table, file)


def from_table(table: Mapping[str, object], file: Path) -> Config:
    """Check a parsed configuration.

    Raises:
        ConfigurationError: a key is unknown, missing or of the wrong type, or the whole cannot be meant.
    """
    usual = {name: _with_kind(table[name]) for name in ("outgoing", "evidence") if name in table}
    told = {**table, **usual}
    try:
        if "folder" in told:  # a field of ours and no key of the file's
            raise _refused(file, _key_faults(told))
        config = msgspec.convert({**told, "folder": str(file.absolute().parent)}, Config, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise _refused(file, _key_faults(told) or [_plain(error)]) from error
    if faults := list(config.every_fault()):
        raise _refused(file, faults)
    return config


def _with_kind(section: object) -> object:
    """The section, of the usual kind where it names none."""
    return {"kind": _USUAL_KIND, **section} if isinstance(section, dict) else section


def _key_faults(table: Mapping[str, object]) -> list[str]:
    from intake.config.keys import key_faults  # noqa: PLC0415  # 2 ms that only a refused file needs

    return key_faults(table)


def _plain(error: msgspec.ValidationError) -> str:
    """The sentence of msgspec, the key before what is wrong with it, and behind it what could be chosen."""
    from intake.config.keys import choices_at  # noqa: PLC0415  # likewise

    complaint, _, path = str(error).partition(" - at `$.")
    path = path.rstrip("`")
    choices = ", ".join(choices_at(path)) if "enum" in complaint else ""
    complaint += f" ({choices})" if choices else ""
    return f"{path}: {complaint}" if path else complaint


def _refused(file: Path, faults: list[str]) -> ConfigurationError:
    return ConfigurationError(f"{file}: {'; '.join(faults)}", _HINT)


def _decode(kind: type, value: object) -> object:
    return Path(str(value)) if kind is Path else value
