"""The refresher inside the daemon."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pki
import pytest
from helpers import mail
from programs import a_place, arguments, environment
from revocation.test_refresh import _Quiet, serving
from signatures import signer as workbooks
from signatures.test_check_signed import FORM, JUST_NOW, MAKER, documents

BOUND = 120


def until(condition: Callable[[], bool]) -> None:
    over = time.monotonic() + BOUND
    while not condition():
        assert time.monotonic() < over
        time.sleep(0.1)


@pytest.mark.parametrize("cache", ["", 'cache = "occupied"\n'])
def test_the_daemon_fetches_lists_beside_its_work_and_lives_on_where_it_cannot(tmp_path: Path, cache: str) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "occupied").write_text("not a folder")
    with serving(partial(_Quiet, directory=str(tmp_path / "www"))) as server:
        root = pki.root()
        issuer = root.issue(pki.name("CA", "T"), authority=True, key_number=2, crl_url=f"http://{server}/root.crl")
        maker = issuer.issue(pki.name("Robin", MAKER), key_number=3, crl_url=f"http://{server}/issuer.crl")
        pki.trust_folder(tmp_path / "trust", root, issuer, crls=False)
        (tmp_path / "www" / "root.crl").write_bytes(root.crl())
        config = a_place(tmp_path, f'[outgoing]\npath = "sent"\n[trust]\nreach = ["{server}"]\n{cache}')
        files = documents(None)
        signed = workbooks.packed(workbooks.sign(workbooks.unpacked(files[FORM]), maker, JUST_NOW))
        (tmp_path / "mail" / "1.eml").write_bytes(mail(documents={**files, FORM: signed}))
        with subprocess.Popen(
            arguments("run", "--config", config), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as daemon:
            try:
                until(lambda: bool(list((tmp_path / "sent").glob("*.eml"))))
                if not cache:
                    until(lambda: bool(list((tmp_path / "var" / "revocation" / "crl").glob("*.crl"))))
            finally:
                daemon.send_signal(signal.SIGTERM)
                content = daemon.communicate(timeout=BOUND)[1]
        assert daemon.returncode == 0
        assert b"Traceback" not in content
        assert (b'"loop": "revocation"' in content) == bool(cache)
