"""Writes versions of the list into the folder from which others take them: a version is there whole, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from time import time
from uuid import uuid4

from intake.errors import UnreachableError
from intake.files import sync, write_durably
from intake.pipeline.services import Services
from intake.publication.files import BESIDE
from intake.store import publications

CURRENT = "current"
_NEW, _OLD = ".new", ".old"
_LONG_AGO = 3600.0
"""Seconds."""
_HINT = "Check that [publish] folder can be written, and that its disk has room."


def write_version(services: Services, version: str, files: Mapping[str, str]) -> Path:
    """Write a version's files from the archive into its own folder; readers see the whole folder or none.

    Args:
        services: the edges.
        version: such as ``2.052``; it may lie there already, as it was prepared or given up before.
        files: digests of its files by name.

    Raises:
        UnreachableError: the folder or the archive did not answer.
    """
    root = services.config.path(services.config.publish.folder)
    target, made = root / version, root / f".{version}.{uuid4().hex}{_NEW}"
    try:
        root.mkdir(parents=True, exist_ok=True)
        _clear(root)
        if _leads_to(root) == version:  # readers are there; a signature may have come
            _fill(services, target, files)
            return target
        made.mkdir()
        _fill(services, made, files)
        _put(made, target)
        sync(root)
    except OSError as error:
        raise _unreachable(root, error) from error
    return target


def settle(services: Services) -> bool:
    """Let the folder lead to the newest released version, as the store has it; it may run at any time, and twice.

    One link is replaced, so that a reader finds all of the version before, or all of this one.

    Returns:
        Whether anything was to be done.

    Raises:
        UnreachableError: the folder, the store or the archive did not answer.
    """
    with services.store.reading() as tx:
        newest = publications.newest_out(tx)
    if newest is None:
        return False
    root = services.config.path(services.config.publish.folder)
    there = all((root / newest.version / name).is_file() for name in newest.files)
    if there and _leads_to(root) == newest.version:
        return False
    write_version(services, newest.version, newest.files)
    try:
        _link(root / CURRENT, newest.version)
        for name in BESIDE:
            _link(root / name, f"{CURRENT}/{name}")
        sync(root)
    except OSError as error:
        raise _unreachable(root, error) from error
    return True


def _fill(services: Services, folder: Path, files: Mapping[str, str]) -> None:
    for name, sha256 in files.items():
        if not (folder / name).is_file():
            write_durably(folder / name, services.archive.get(sha256))


def _put(made: Path, target: Path) -> None:
    """Put a folder in the place of another, to which nobody was led."""
    if target.exists():
        target.rename(made.with_suffix(_OLD))
    made.rename(target)
    shutil.rmtree(made.with_suffix(_OLD), ignore_errors=True)


def _link(link: Path, goal: str) -> None:
    """Let a link lead to a goal, in one step."""
    made = link.with_name(f".{link.name}.{uuid4().hex}{_NEW}")
    made.symlink_to(goal)
    made.replace(link)


def _leads_to(root: Path) -> str | None:
    try:
        return (root / CURRENT).readlink().name
    except OSError:
        return None


def _clear(root: Path) -> None:
    """Remove what a process that was killed has left behind long ago."""
    for left in (path for path in root.iterdir() if path.name.startswith(".") and path.suffix in {_NEW, _OLD}):
        if time() - left.lstat().st_mtime > _LONG_AGO:
            left.unlink() if left.is_symlink() else shutil.rmtree(left, ignore_errors=True)


def _unreachable(root: Path, error: OSError) -> UnreachableError:
    return UnreachableError(f"the published folder {root} cannot be written: {error.strerror}", _HINT)
