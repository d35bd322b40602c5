"""The check as one file: what is in it, that it starts anywhere, and that it says what the installed command says."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
from deploy.places import ROOT
from helpers import FRIDAY, a_submission, mail
from programs import Done, cpl_intake

AT = (FRIDAY + timedelta(hours=1)).isoformat()
BOUND_SECONDS = 180


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"check_{name}", ROOT / "deploy" / "check" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build, bootstrap = _module("build"), _module("bootstrap")


def _installed() -> dict[str, bytes]:
    """What the wheels would give, from what is installed here: tests fetch nothing."""
    names = re.findall(r"^([a-z0-9._-]+)==", build.requirements(ROOT), re.MULTILINE)
    files: dict[str, bytes] = {}
    for name in names:
        for path in metadata.distribution(name).files or ():
            told = path.as_posix()
            if not told.startswith("..") and build.is_needed(told):
                files[told] = Path(str(path.locate())).read_bytes()
    return files


def _build(target: Path, theirs: dict[str, bytes]) -> Path:
    blobs: dict[str, bytes] = {}
    cell = build.cell(dict(build.own_files(ROOT)) | theirs, blobs)
    build.write(target, {bootstrap.cell_name(): cell}, blobs)
    return target


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file, and a cache that holds what it unpacks."""
    folder = tmp_path_factory.mktemp("one-file")
    made = _build(folder / "cpl-check.pyz", _installed())
    _run(made, "--help")
    return made


def _run(archive: Path, *words: str | Path, **environment: str) -> Done:
    """Run it with an interpreter that knows none of our code, in a folder of its own."""
    told = {"PATH": os.environ["PATH"], "HOME": str(archive.parent), "CPL_CHECK_CACHE": str(archive.parent / "cache")}
    done = subprocess.run(
        [sys.executable, "-I", str(archive), *map(str, words)],
        cwd=archive.parent,
        env=told | environment,
        capture_output=True,
        text=True,
        timeout=BOUND_SECONDS,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    """Of our own files and two small distributions: whatever is packed, it is packed in one way."""
    theirs = {path: content for path, content in _installed().items() if path.startswith(("jinja2/", "markupsafe/"))}
    backwards = dict(reversed(theirs.items()))
    first, again = (_build(tmp_path / f"{name}.pyz", files) for name, files in (("1", theirs), ("2", backwards)))
    assert first.read_bytes() == again.read_bytes()


def test_it_holds_what_check_needs_and_nothing_else(archive: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        names = set(json.loads(packed.read(bootstrap.CELL.format(bootstrap.cell_name())))["files"])
    assert {"intake/cli/check.py", "rules/rulebook.toml", "intake/templates/report/report.html"} <= names
    tops = {name.partition("/")[0] for name in names}
    assert not tops & {
        "sqlalchemy",
        "starlette",
        "uvicorn",
        "imapclient",
        "endesive",
        "holidays",
        "structlog",
        "pytest",
    }
    assert not [name for name in names if name.startswith(("intake/store", "intake/web", "intake/mailbox"))]
    assert archive.stat().st_size < 60_000_000


@pytest.mark.parametrize(
    "raw",
    [
        a_submission(),
        a_submission(subject="Documents as discussed").replace(b"Serial 1", b"Serial one"),
        mail("Lunch?", body="At one?\n"),
        mail(documents={"broken.xlsx": b"PK\x03\x04 and no more", "x.pdf": b"%PDF-1.7 nothing"}),
        b"\0\xff" * 100,
    ],
    ids=["faultless", "other subject", "no submission", "broken", "no mail"],
)
def test_it_says_what_the_installed_command_says(archive: Path, tmp_path: Path, raw: bytes) -> None:
    message = tmp_path / "message.eml"
    message.write_bytes(raw)
    words = ("--format", "json", "--at", AT, message)
    actual, expected = _run(archive, *words), cpl_intake("check", *words)
    assert actual.json == expected.json
    assert actual.code == expected.code


@pytest.mark.parametrize("form", ["text", "html", "sarif"])
def test_it_writes_every_format(archive: Path, tmp_path: Path, form: str) -> None:
    message = tmp_path / "message.eml"
    message.write_bytes(a_submission())
    actual = _run(archive, "--format", form, "--at", AT, message)
    assert actual.out == cpl_intake("check", "--format", form, "--at", AT, message).out
    assert actual.err == ""


def test_it_is_called_by_its_own_name(archive: Path) -> None:
    assert _run(archive, "--help").out.startswith("Usage: cpl-check [OPTIONS] PATH...")
    assert _run(archive).code == 2


def test_the_child_is_bounded_there_too(archive: Path, tmp_path: Path) -> None:
    """The reader of a message that unpacks into more than the limit is ended, not the check."""
    folder = next(path for path in (archive.parent / "cache").iterdir() if not path.name.startswith("."))
    probe = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from intake.sandbox import ChildDiedError, Limits, Sandbox, offline\n"
        "with Sandbox('intake.sandbox.trial:run', Limits(20, 300)) as box:\n"
        "    try: print(list(box.run('memory', b'')))\n"
        "    except ChildDiedError as error: print(error)\n"
        "print(offline.can_shut())\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", probe, str(folder)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == ["Reading it needed more than 300 MB, or crashed the reader.", "True"]


def test_it_unpacks_once_and_keeps_that(archive: Path) -> None:
    assert "unpacking" not in _run(archive, "--help").err


def _remove_file(folder: Path) -> None:
    (folder / "rules" / "rulebook.toml").unlink()


def _open_to_others(folder: Path) -> None:
    folder.chmod(0o777)


@pytest.mark.parametrize("damage", [_remove_file, _open_to_others])
def test_a_folder_that_is_not_whole_or_not_ours_alone_is_made_anew(
    archive: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    cache = tmp_path / "cache"
    shutil.copytree(archive.parent / "cache", cache, symlinks=True)
    cache.chmod(0o700)
    (folder,) = cache.iterdir()
    folder.chmod(0o700)
    damage(folder)
    done = _run(archive, "--help", CPL_CHECK_CACHE=str(cache))
    assert done.code == 0
    assert "unpacking" in done.err
    assert "unpacking" not in _run(archive, "--help", CPL_CHECK_CACHE=str(cache)).err


def test_an_earlier_release_is_removed_when_a_new_one_unpacks(archive: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    old, other = cache / f"{bootstrap.cell_name()}-{'0' * 32}", cache / f"linux-x86_64-cp399-{'0' * 32}"
    for folder in (old, other):
        folder.mkdir(mode=0o700, parents=True)
        os.utime(folder, (0, 0))
    cache.chmod(0o700)
    assert _run(archive, "--help", CPL_CHECK_CACHE=str(cache)).code == 0
    assert not old.exists()
    assert other.exists()


def test_where_no_folder_can_be_written_a_temporary_one_serves_and_is_removed(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "tmp").mkdir()
    done = _run(archive, "--help", CPL_CHECK_CACHE=str(tmp_path / "file" / "cache"), TMPDIR=str(tmp_path / "tmp"))
    assert done.code == 0
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_changed_byte_is_refused(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    name = max((name for name in files if name.startswith("files/")), key=lambda each: len(files[each]))
    files[name] = files[name][:-1] + b"?"
    with zipfile.ZipFile(tmp_path / "changed.pyz", "w") as packed:
        for each, content in files.items():
            packed.writestr(each, content)
    done = _run(tmp_path / "changed.pyz", "--help")
    assert done.code == 1
    assert "this file is damaged" in done.err


def test_another_machine_is_told_what_it_holds(tmp_path: Path) -> None:
    build.write(tmp_path / "none.pyz", {}, {})
    done = _run(tmp_path / "none.pyz", "--help")
    assert done.code == 1
    assert f"it holds nothing for {bootstrap.cell_name()}" in done.err


@pytest.mark.parametrize("number", range(4))
def test_bent_mail_ends_in_a_report_and_leaves_nothing(archive: Path, tmp_path: Path, number: int) -> None:
    from hostile.mutations import mutation  # noqa: PLC0415  # heavy

    message = tmp_path / "message.eml"
    message.write_bytes(mutation(16, number))
    done = _run(archive, "--format", "json", "--at", AT, message, TMPDIR=str(tmp_path))
    assert done.code in {0, 1, 3, 4}
    assert done.json["rulebook"]["digest"]
    assert [path.name for path in tmp_path.iterdir()] == ["message.eml"]
