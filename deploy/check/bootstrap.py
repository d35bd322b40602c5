"""The first thing that ``cpl-check.pyz`` runs: unpacks itself once into a folder of this user, and begins there.

Native libraries cannot be loaded out of a zip. So each file is unpacked, compared with its digest on the way, and the
folder appears under its name only when it is whole. Every start looks whether the folder is this user's own and no file
in it is missing or cut short; if not, it is made anew. It is kept, so that the next start is quick; what an earlier
release has left is removed when a new one unpacks itself. CPL_CHECK_CACHE names another place. Where none can be
written, a temporary folder serves this once and is removed.
"""

from __future__ import annotations

import json
import os
import platform
import stat
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
CELLS = "cells.json"
"""The names of the systems and Pythons for which this file holds something."""
CELL = "cells/{}.json"
"""What it holds for one: a digest of it all, and each file's digest and size. A start reads its own alone."""
FORGOTTEN_AFTER_SECONDS = 3600
"""What a start that was killed has left half made, or an earlier release."""

_SYSTEMS = {"Linux": "linux", "Windows": "windows", "Darwin": "macos"}
_MACHINES = {"x86_64": "x86_64", "AMD64": "x86_64", "amd64": "x86_64", "arm64": "arm64", "aarch64": "arm64"}


def main(archive: Path) -> None:
    """Unpack what is not unpacked, and run the check."""
    if sys.version_info < OLDEST:
        _refuse("it needs Python 3.11 or later; this is {}.{}".format(*sys.version_info))
    cells = json.loads(_packed(archive, CELLS))
    name = cell_name()
    if name not in cells:
        _refuse(f"it holds nothing for {name}, only for {', '.join(sorted(cells))}")
    cell = json.loads(_packed(archive, CELL.format(name)))
    files, home = cell["files"], cache_folder()
    folder, kept = home / f"{name}-{cell['digest'][:32]}", True
    if not is_whole(folder, files):
        folder, kept = unpack(archive, files, folder)
    sys.path.insert(0, str(folder))
    sys.argv[0] = "cpl-check"
    from intake.cli.quick import alone  # noqa: PLC0415  # it lies in the folder

    alone(lambda: None if kept else _remove(folder))


def _packed(archive: Path, name: str) -> bytes:
    """Read a file of the archive by the importer that has it open already."""
    importer = globals()["__loader__"]
    return bytes(importer.get_data(str(archive / name)))


def cell_name() -> str:
    """Name what this Python can load, as `linux-x86_64-cp312`."""
    system, machine = platform.system(), platform.machine()
    return (
        f"{_SYSTEMS.get(system, system)}-{_MACHINES.get(machine, machine)}-cp{sys.version_info[0]}{sys.version_info[1]}"
    )


def cache_folder() -> Path:
    """Give the folder for what is unpacked, beneath this user's own for such things."""
    if named := os.environ.get("CPL_CHECK_CACHE"):
        return Path(named).absolute()
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "cpl-check"


def is_whole(folder: Path, files: dict[str, tuple[str, int]]) -> bool:
    """Tell whether the folder is ours alone to write and holds every file in its full size."""
    try:
        if not (is_ours(folder.parent) and is_ours(folder)):
            return False
        start = f"{folder}{os.sep}"  # thousands of Path objects would be half of a start
        return all(os.stat(start + name).st_size == size for name, (_, size) in files.items())  # noqa: PTH116  # likewise
    except OSError:
        return False


def is_ours(folder: Path) -> bool:
    """Tell whether it is a folder, no link to one, that nobody but this user may write to."""
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode):
        return False
    if os.name == "nt":  # the profile's own access list protects it
        return True
    return about.st_uid == os.getuid() and not about.st_mode & 0o022


def unpack(archive: Path, files: dict[str, tuple[str, int]], folder: Path) -> tuple[Path, bool]:
    """Unpack into the cache and tell that it stays there, or into a temporary folder and tell that it does not."""
    import tempfile  # noqa: PLC0415  # the first start only

    home = folder.parent
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_ours(home):
            raise PermissionError(home)
        making, kept = Path(tempfile.mkdtemp(prefix=".making-", dir=home)), True
    except OSError:
        making, kept = Path(tempfile.mkdtemp(prefix="cpl-check-")), False
    sys.stderr.write("cpl-check: unpacking …\n")
    sys.stderr.flush()
    try:
        fill(archive, making, files)
    except OSError as error:
        _remove(making)
        _refuse(f"it cannot be unpacked: {error}")
    return (settle(making, folder, files) if kept else making), kept


def fill(archive: Path, folder: Path, files: dict[str, tuple[str, int]]) -> None:
    """Write every file, compared with its digest, and compile what is Python's."""
    import compileall  # noqa: PLC0415  # the first start only
    import hashlib  # noqa: PLC0415  # likewise
    import py_compile  # noqa: PLC0415  # likewise
    import zipfile  # noqa: PLC0415  # likewise

    with zipfile.ZipFile(archive) as packed:
        for name, (digest, _) in files.items():
            content = packed.read(f"files/{digest}")
            if hashlib.sha256(content).hexdigest() != digest:
                _refuse("this file is damaged; fetch it again and compare its digest")
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    compileall.compile_dir(folder, quiet=2, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)


def settle(making: Path, folder: Path, files: dict[str, tuple[str, int]]) -> Path:
    """Give what was made its name, unless another start was quicker, and remove what earlier releases left."""
    for last in (False, True):
        try:
            making.rename(folder)
            break
        except OSError:
            if is_whole(folder, files):  # another start was quicker
                _remove(making)
                break
            if last:
                return making
            folder.rename(making.with_suffix(".replaced"))  # it was not whole, or not ours
    cell = folder.name.rpartition("-")[0]
    for other in folder.parent.iterdir():
        ends = other.name.startswith(".making-") or (other.name.startswith(f"{cell}-") and other != folder)
        if ends and time.time() - other.lstat().st_mtime > FORGOTTEN_AFTER_SECONDS:
            _remove(other)
    return folder


def _remove(folder: Path) -> None:
    import shutil  # noqa: PLC0415  # seldom

    shutil.rmtree(folder, ignore_errors=True)


def _refuse(why: str) -> None:
    sys.exit(f"cpl-check: {why}.")


if __name__ == "__main__":
    main(Path(sys.path[0]))
