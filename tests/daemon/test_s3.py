"""The daemon with its evidence in a bucket."""

from __future__ import annotations

from pathlib import Path

from helpers import a_submission
from peers.buckets import Buckets
from programs import a_place
from warm import cpl_intake


def place(folder: Path, server: Buckets, bucket: str) -> Path:
    return a_place(folder, f'[evidence]\nkind = "s3"\nbucket = "{bucket}"\nendpoint = "{server.endpoint}"\n')


def test_evidence_goes_into_the_bucket_and_can_be_verified_there(tmp_path: Path, s3: Buckets) -> None:
    config = place(tmp_path, s3, bucket := s3.bucket())
    (tmp_path / "mail" / "1.eml").write_bytes(a_submission())
    assert cpl_intake("run", "--once", "--config", config).code == 0
    assert not (tmp_path / "var" / "evidence").exists()
    assert (
        len(s3.client.list_objects_v2(Bucket=bucket)["Contents"]) == 4
    )  # the mail, its dossier, its report, and the letter
    verified = cpl_intake("evidence", "verify", "--config", config)
    assert (verified.code, verified.out.startswith("All 4 pieces")) == (0, True)


def test_a_bucket_that_locks_nothing_is_a_fault_of_the_configuration(tmp_path: Path, s3: Buckets) -> None:
    config = place(tmp_path, s3, s3.bucket(locked=False))
    done = cpl_intake("run", "--once", "--config", config)
    assert (done.code, "no Object Lock" in done.err) == (2, True)
    doctor = cpl_intake("doctor", "--config", config)
    assert (doctor.code, "no Object Lock" in doctor.out) == (1, True)
