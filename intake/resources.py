"""Where the files beside the code lie: in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def _beside(name: str) -> Path:
    installed = _HERE / name
    return installed if installed.exists() else _HERE.parent / name


def templates() -> Path:
    """Give the folder of letters, pages and their static files."""
    return _beside("templates")


def example_config() -> str:
    """Give the text of `config.example.toml`."""
    return _beside("config.example.toml").read_text("utf-8")
