"""Builds ``dist/cpl-check.pyz``: ``make check-tool``. The same sources and lock file give the same bytes.

Of our own code it takes what `check` imports and no more, of others' the distributions in the group `check` of
pyproject.toml with all that they ask for, by the digests in requirements.lock. Each file lies in it once, however many
systems and Pythons share it; native libraries are packed tighter than zip's usual way.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TARGET = ROOT / "dist" / "cpl-check.pyz"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {
    "linux-x86_64": ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_26_x86_64", "manylinux_2_17_x86_64",
                     "manylinux2014_x86_64", "manylinux_2_5_x86_64"),
    "windows-x86_64": ("win_amd64",),
    "macos-arm64": ("macosx_13_0_arm64",),
}  # fmt: skip
"""The tags of wheels that each can load."""
BEGIN = (
    "intake.cli.quick",
    "intake.cli.check",
    "intake.cli.program",
    "intake.extract.job",
    "intake.sandbox.portable",
    "intake.sandbox.single",
    "intake.sandbox.trial",
)
"""Modules of ours by which all others are found; some are only ever named in a text."""
DATA = ("templates/report",)
FASTER = {"aiohttp", "frozenlist", "markupsafe", "multidict", "propcache", "yarl"}
"""They work without their native parts, which nothing here needs."""
_NEEDLESS = re.compile(
    r"(?:\A|/)(?:bin|tests?|__pycache__|includes|pypdfium2_cli|pycparser)/|\.(?:pxd|pxi|pyx|h|c|hash|html)\Z"
)
_NATIVE = re.compile(r"\.(?:so|pyd|dll|dylib)\Z")
_UNUSED_NATIVE = re.compile(r"\Alxml/(?:objectify|builder|sax|html/)")
_WHEN = (1980, 1, 1, 0, 0, 0)


def main(only: Collection[str] = (), target: Path = TARGET) -> None:
    """Build it, of all systems and Pythons or only of those named, and print its digest and size."""
    packages = requirements(ROOT)
    ours = dict(own_files(ROOT))
    blobs: dict[str, bytes] = {}
    cells = {
        _named(system, python): cell(ours | theirs, blobs) for (system, python), theirs in _every_cell(packages, only)
    }
    target.parent.mkdir(exist_ok=True)
    made = target.with_name(f"{target.name}.part")
    write(made, cells, blobs)
    made.replace(target)  # nobody finds half of it
    content = target.read_bytes()
    sys.stdout.write(f"{hashlib.sha256(content).hexdigest()}  {target.name}\n")
    sys.stdout.write(f"{len(content) / 1e6:.1f} MB, for {', '.join(sorted(cells))}\n")


def requirements(root: Path) -> str:
    """Give the lines of the lock file for the group `check` and all that it asks for.

    Raises:
        SystemExit: the lock file knows one of the group not.
    """
    group = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["dependency-groups"]["check"]
    wanted = {_name(line) for line in group}
    blocks: dict[str, list[str]] = defaultdict(list)
    asked_by: dict[str, set[str]] = defaultdict(set)
    name = ""
    for line in (root / "requirements.lock").read_text("utf-8").splitlines():
        if told := re.match(r"([a-z0-9._-]+)(?:\[[^]]*\])?==", line):
            name = told[1]
        if line.lstrip().startswith("#"):
            asked_by[name].add(line.strip("# ").removeprefix("via").strip())
        else:
            blocks[name].append(line)
    if unknown := wanted - blocks.keys():
        sys.exit(f"requirements.lock does not know {', '.join(sorted(unknown))}")
    while more := {name for name in blocks if asked_by[name] & wanted} - wanted:
        wanted |= more
    return "\n".join(line for name in sorted(wanted) for line in blocks[name]) + "\n"


def _name(requirement: str) -> str:
    return re.split(r"[<>=!~\[; ]", requirement, maxsplit=1)[0].lower()


def own_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Find our own modules that the check imports, all rules, and their data; by path within the archive."""
    for module in sorted(reached(root, BEGIN)):
        yield module, (root / module).read_bytes()
    for folder in ("rules",):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".toml"}:
                yield path.relative_to(root).as_posix(), path.read_bytes()
    for path in sorted((root / "intake").rglob("*")):
        if path.is_file() and path.suffix not in {".py", ".pyc", ".mako"}:
            yield path.relative_to(root).as_posix(), path.read_bytes()
    for folder in DATA:
        for path in sorted((root / folder).iterdir()):
            yield f"intake/{path.relative_to(root).as_posix()}", path.read_bytes()


def reached(root: Path, begin: Iterable[str]) -> set[str]:
    """Follow the imports of our own modules, those within functions too; gives paths of files."""
    files: set[str] = set()
    waiting = list(begin)
    while waiting:
        module = waiting.pop()
        path = _file_of(root, module)
        if path is None or path in files:
            continue
        files.add(path)
        waiting += _parents(module)
        for node in ast.walk(ast.parse((root / path).read_text("utf-8"))):
            if isinstance(node, ast.Import):
                waiting += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                waiting += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("intake."):
                waiting.append(node.value.partition(":")[0])  # loaded by its name
    return files


def _file_of(root: Path, module: str) -> str | None:
    if not module.startswith("intake") or not re.fullmatch(r"[\w.]+", module):
        return None
    stem = module.replace(".", "/")
    return next((path for path in (f"{stem}.py", f"{stem}/__init__.py") if (root / path).is_file()), None)


def _parents(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _named(system: str, python: str) -> str:
    """As the file itself names it."""
    return f"{system}-cp{python.replace('.', '')}"


def _every_cell(packages: str, only: Collection[str]) -> Iterator[tuple[tuple[str, str], dict[str, bytes]]]:
    with tempfile.TemporaryDirectory(prefix="check-tool-") as folder:
        wanted = Path(folder, "requirements.txt")
        wanted.write_text(packages, "utf-8")
        for system, tags in SYSTEMS.items():
            for python in (version for version in PYTHONS if not only or _named(system, version) in only):
                wheels = Path(folder, f"{system}-{python}")
                _download(wanted, wheels, python, tags)
                yield (system, python), dict(unpacked(sorted(wheels.glob("*.whl"))))


def _download(wanted: Path, to: Path, python: str, tags: Iterable[str]) -> None:
    platforms = [word for tag in tags for word in ("--platform", tag)]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
               "--require-hashes", "--only-binary=:all:", "--python-version", python, *platforms,
               "--dest", str(to), "--requirement", str(wanted)]  # fmt: skip
    subprocess.run(command, check=True)  # noqa: S603  # our own interpreter


def unpacked(wheels: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Give what is needed of these wheels; licences stay."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as packed:
            for name in packed.namelist():
                if not name.endswith("/") and is_needed(name):
                    yield name, packed.read(name)


def is_needed(name: str) -> bool:
    """Tell whether a file of a wheel, by its path there, is anything to the check."""
    if _NATIVE.search(name) and (name.partition("/")[0] in FASTER or _UNUSED_NATIVE.match(name)):
        return False
    if ".dist-info/" in name:
        return "/licenses/" in name or name.rpartition("/")[2].startswith(("LICEN", "COPYING", "NOTICE", "METADATA"))
    return not _NEEDLESS.search(name)


def cell(files: dict[str, bytes], blobs: dict[str, bytes]) -> dict[str, object]:
    """Describe what one system and Python unpack, and add the files to the `blobs` by their digests."""
    told = {}
    for name, content in sorted(files.items()):
        digest = hashlib.sha256(content).hexdigest()
        blobs[digest] = content
        told[name] = (digest, len(content))
    return {"digest": hashlib.sha256(json.dumps(told).encode()).hexdigest(), "files": told}


def write(target: Path, cells: dict[str, dict[str, object]], blobs: dict[str, bytes]) -> None:
    """Write the archive: what begins, what belongs to which system and Python, and each file by its digest."""
    native = {told[0] for cell in cells.values() for name, told in cell["files"].items() if _NATIVE.search(name)}  # type: ignore[attr-defined]  # as `cell` makes it
    with target.open("wb") as file:
        file.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(file, "w") as packed:
            _add(packed, "__main__.py", (HERE / "bootstrap.py").read_bytes(), zipfile.ZIP_DEFLATED)
            _add(packed, "cells.json", json.dumps(sorted(cells)).encode(), zipfile.ZIP_DEFLATED)
            for name, held in sorted(cells.items()):
                told = json.dumps(held, separators=(",", ":")).encode()
                _add(packed, f"cells/{name}.json", told, zipfile.ZIP_DEFLATED)
            for digest in sorted(blobs):
                way = zipfile.ZIP_LZMA if digest in native else zipfile.ZIP_DEFLATED
                _add(packed, f"files/{digest}", blobs[digest], way)
    target.chmod(0o755)


def _add(packed: zipfile.ZipFile, name: str, content: bytes, way: int) -> None:
    entry = zipfile.ZipInfo(name, _WHEN)
    entry.compress_type, entry.create_system, entry.external_attr = way, 3, 0o644 << 16
    packed.writestr(entry, content, compresslevel=9)


if __name__ == "__main__":
    main(sys.argv[1:])
