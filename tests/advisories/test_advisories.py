"""Which versions an advisory is about, and what the command says of lock files, with records of our own."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from advisories.__main__ import hits, main
from advisories.osv import affects, read

ROOT = Path(__file__).parents[2]
Record = dict[str, object]


def a_record(name: str = "Sea_Horse", **affected: object) -> Record:
    told = {"package": {"ecosystem": "PyPI", "name": name}, **affected}
    return {"id": "TEST-1", "aliases": ["CVE-1"], "summary": "It  bites.", "affected": [told]}


def ranged(*events: dict[str, str], kind: str = "ECOSYSTEM") -> Record:
    return a_record(ranges=[{"type": kind, "events": list(events)}])


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    def written(*records: Record) -> Path:
        folder = tmp_path / "export"
        folder.mkdir(exist_ok=True)
        for number, record in enumerate(records):
            (folder / f"{number}.json").write_text(json.dumps(record))
        return folder

    return written


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    file = tmp_path / "some.lock"
    file.write_text(
        "# a comment==1\n"
        'sea-horse==2.1.0 ; python_full_version >= "3.12" \\\n    --hash=sha256:00\n'
        "eel[fast]==1.0rc1 \\\n    --hash=sha256:00\n    # via sea-horse\n"
    )
    return file


OPEN = ({"introduced": "0"},)
TWICE = ({"introduced": "3.0"}, {"fixed": "2.0"}, {"introduced": "1.0"}, {"fixed": "3.4"})


@pytest.mark.parametrize(
    ("events", "version", "hit"),
    [
        (OPEN, "0.0.1", True),
        (OPEN, "99", True),
        (({"introduced": "0"}, {"fixed": "2.1"}), "2.0.9", True),
        (({"introduced": "0"}, {"fixed": "2.1"}), "2.1.0", False),
        (({"introduced": "0"}, {"fixed": "2.10"}), "2.9", True),
        (({"introduced": "1.5"}, {"last_affected": "2.1"}), "1.4", False),
        (({"introduced": "1.5"}, {"last_affected": "2.1"}), "2.1.0", True),
        (({"introduced": "1.5"}, {"last_affected": "2.1"}), "2.1.0.post1", False),
        (({"introduced": "2.0"},), "2.0rc1", False),
        (({"introduced": "2.0"}, {"fixed": "2.1"}), "2.1.dev3", True),
        (({"introduced": "2.0"}, {"fixed": "2.1"}), "1!1.0", False),
        (({"introduced": "0"}, {"limit": "2.0"}), "1.9", True),
        (({"introduced": "0"}, {"limit": "2.0"}), "2.0", False),
        (({"introduced": "0"}, {"limit": "*"}), "7", True),
        (TWICE, "0.9", False),
        (TWICE, "1.9", True),
        (TWICE, "2.5", False),
        (TWICE, "3.0", True),
        (TWICE, "3.4", False),
        (({"introduced": "0"}, {"fixed": "not a version"}), "1.0", True),
    ],
)
def test_a_range_is_opened_and_closed_in_the_order_of_versions(
    export: Callable[..., Path], events: tuple[dict[str, str], ...], version: str, hit: bool
) -> None:
    (advisory,) = read(export(ranged(*events)))
    assert affects(advisory, version) is hit


def test_versions_that_are_named_count_however_they_are_written(export: Callable[..., Path]) -> None:
    (advisory,) = read(export(a_record(versions=["2.1", "nonsense", "1.0-rc1"])))
    assert [affects(advisory, version) for version in ("2.1.0", "1.0rc1", "2.2", "nonsense")] == [
        True,
        True,
        False,
        True,
    ]


def test_commits_withdrawn_records_and_other_ecosystems_say_nothing(export: Callable[..., Path]) -> None:
    other = ranged(*OPEN)
    other["affected"][0]["package"]["ecosystem"] = "npm"  # type: ignore[index]  # a record as JSON gives it
    folder = export(ranged(*OPEN, kind="GIT"), {**ranged(*OPEN), "withdrawn": "2026-01-01T00:00:00Z"}, other)
    (advisory,) = read(folder)
    assert not affects(advisory, "1.0")


def test_a_hit_is_named_once_with_where_it_is_put_right(
    export: Callable[..., Path], lock: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hit = ranged({"introduced": "0"}, {"fixed": "2.1.1"})
    folder = export(hit, {**hit, "id": "OTHER-7", "aliases": ["CVE-1"]}, a_record("whale", versions=["1"]))
    assert main([str(folder), str(lock)]) == 1
    line, last = capsys.readouterr().out.splitlines()
    assert line == "sea-horse 2.1.0: TEST-1 (CVE-1); put right in 2.1.1; in some.lock. It bites."
    assert last == "Packages: 2. Advisories about them: 1."


def test_an_extra_or_a_marker_hides_no_package(export: Callable[..., Path], lock: Path) -> None:
    assert main([str(export(a_record("EEL", versions=["1.0rc1"]))), str(lock)]) == 1
    assert main([str(export(a_record("eel", versions=["1.0"]))), str(lock)]) == 0


def test_a_zip_is_read_like_a_folder(export: Callable[..., Path], lock: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(export(ranged(*OPEN)) / "0.json", "PYSEC-1.json")
    assert main([str(tmp_path / "all.zip"), str(lock)]) == 1


@pytest.mark.parametrize("content", ["{", "[]", '{"affected": []}'])
def test_what_is_no_export_is_no_good_news(
    tmp_path: Path, lock: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "record.json").write_text(content)
    assert main([str(tmp_path / "record.json"), str(lock)]) == 2
    assert "record.json" in capsys.readouterr().err


def test_without_an_advisory_for_python_nobody_is_reassured(
    export: Callable[..., Path], lock: Path, tmp_path: Path
) -> None:
    assert main([str(export()), str(lock)]) == 2
    assert main([str(tmp_path / "none.zip"), str(lock)]) == 2
    assert main([str(export({"id": "TEST-2"})), str(lock)]) == 2
    assert main([]) == 2


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-all.lock", "requirements-dev.lock"])
def test_every_package_of_our_own_locks_is_looked_at(export: Callable[..., Path], name: str) -> None:
    """Each has a digest below it, so that a line of a lock that is not understood shows."""
    lock = ROOT / name
    lines = lock.read_text().splitlines()
    packages = {line.split("==")[0].partition("[")[0] for line in lines if line and line[0] not in " #"}
    folder = export(*({**a_record(package, ranges=[{"type": "ECOSYSTEM", "events": list(OPEN)}]), "id": package}
                      for package in packages))  # fmt: skip
    for file in folder.glob("*.json"):
        record = json.loads(file.read_text())
        file.write_text(json.dumps({**record, "aliases": []}))
    told, _ = hits(read(folder), [lock])
    assert {line.split()[0] for line in told} == packages
