"""Archives of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.archive.base import Archive
from intake.archive.folder import FolderArchive
from intake.archive.s3 import S3Archive


@pytest.fixture(params=["folder", "s3"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    if request.param == "folder":
        return FolderArchive(tmp_path / "evidence").open()
    server = request.getfixturevalue("s3")
    return S3Archive(server.bucket(), prefix="cpl/", endpoint=server.endpoint).open()
