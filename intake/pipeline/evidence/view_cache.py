"""A bounded folder of views that were made before; any number of processes may share it, and it may be deleted."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import structlog

from intake.config import Config
from intake.files import write_atomically

_NAME = re.compile(r"[0-9a-z-]+")
_PASSING = ".passing"
"""Ends the names of what may come out better another time."""
_PASSING_SECONDS = 600
"""How long that is kept: a document that ends every child must not be tried at every look."""
_ABANDONED_SECONDS = 3_600
"""After which a half-written file is nobody's any more."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ViewCache:
    """The folder and its bound; a disk that is full or read-only costs speed, never a page."""

    folder: Path
    most: int
    """Bytes."""

    @classmethod
    def of(cls, config: Config) -> Self:
        """Give the configured one."""
        folder = config.path(config.web.views) if config.web.views else config.path(config.var) / "views"
        return cls(folder, config.web.views_mb << 20)

    def get(self, name: str) -> bytes | None:
        """Give what is kept under this name, and note that it was looked at; None where nothing is."""
        for file in self._files(name):
            try:
                content = file.read_bytes()
                if file.name.endswith(_PASSING) and time.time() - file.stat().st_mtime > _PASSING_SECONDS:
                    continue
                if not file.name.endswith(_PASSING):
                    os.utime(file)
            except OSError:
                continue
            return content
        return None

    def put(self, name: str, content: bytes, *, lasting: bool) -> None:
        """Keep a view, and let go of those that were longest not looked at.

        Args:
            name: digits, small letters and hyphens.
            content: its bytes.
            lasting: the same would come of making it anew.
        """
        whole, passing = self._files(name)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(whole if lasting else passing, content, mode=0o600)
            self._shrink()
        except OSError as error:
            log.warning("view_not_kept", folder=str(self.folder), error=str(error))

    def clear(self) -> None:
        """Let go of every view: they show what may have been disposed of, and are made anew where they are wanted."""
        with suppress(FileNotFoundError):  # nothing was ever kept
            for entry in os.scandir(self.folder):
                with suppress(FileNotFoundError):  # another process has let go of it
                    Path(entry.path).unlink()

    def _files(self, name: str) -> tuple[Path, Path]:
        if not _NAME.fullmatch(name):
            raise ValueError(name)
        return self.folder / name, self.folder / f"{name}{_PASSING}"

    def _shrink(self) -> None:
        files = []
        for entry in os.scandir(self.folder):
            with suppress(FileNotFoundError):  # another process has let go of it
                facts = entry.stat()
                if entry.name.startswith("."):
                    if time.time() - facts.st_mtime > _ABANDONED_SECONDS:
                        Path(entry.path).unlink()
                else:
                    files.append((facts.st_mtime, facts.st_size, entry.path))
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= self.most:
                return
            Path(path).unlink(missing_ok=True)
            total -= size
