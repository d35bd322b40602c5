"""Root does not work in somebody else's installation: the services could not read what it leaves there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from programs import a_place, cpl_intake

from intake.cli.installation import refuse_root
from intake.config import load
from intake.errors import ConfigurationError

NOBODY = 65534


@pytest.fixture
def somebody_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration of an installation of somebody else's than root, which this process then is."""
    config = a_place(tmp_path)
    (tmp_path / "var").mkdir()
    if os.geteuid() == 0:
        os.chown(tmp_path / "var", NOBODY, NOBODY)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 0)
    return config


def test_root_is_told_as_whom_to_call(somebody_s: Path) -> None:
    with pytest.raises(ConfigurationError, match="this is root") as caught:
        refuse_root(load(somebody_s))
    assert "sudo -u " in caught.value.hint


@pytest.mark.skipif(os.geteuid() != 0, reason="a process becomes root only where this one is")
@pytest.mark.parametrize("words", [("doctor",), ("status",), ("backup", "copies"), ("restore", "."), ("run", "--once")])
def test_no_command_leaves_anything_there(somebody_s: Path, words: tuple[str, ...]) -> None:
    done = cpl_intake(*words, "--config", somebody_s, cwd=somebody_s.parent)
    assert (done.code, "this is root" in done.err) == (2, True)
    assert sorted(path.name for path in somebody_s.parent.rglob("*")) == ["config.toml", "mail", "var"]


def test_whoever_owns_it_and_whoever_makes_it_may_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = load(a_place(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    refuse_root(config)  # it is not there yet
    monkeypatch.undo()
    (tmp_path / "var").mkdir()
    refuse_root(config)
