"""Signers whose certificates say where to ask about them: at a server of lists on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pki
from pki import Holder
from revocation.test_refresh import _Quiet, serving
from signatures.test_check_signed import MAKER

SIGNERS = 3


@contextmanager
def signers(place: Path) -> Iterator[tuple[str, list[Holder]]]:
    """Lay out the trust folder and serve the lists; gives the server's ``host:port``, and the signers."""
    lists = place / "www"
    lists.mkdir(parents=True)
    with serving(partial(_Quiet, directory=str(lists))) as server:
        root = pki.root()
        issuer = root.issue(pki.name("CA", "T"), authority=True, key_number=2, crl_url=f"http://{server}/root.crl")
        pki.trust_folder(place / "trust", root, issuer, crls=False)
        (lists / "root.crl").write_bytes(root.crl())
        (lists / "issuer.crl").write_bytes(issuer.crl())
        url = f"http://{server}/issuer.crl"
        names = [pki.name(f"Signer {number}", MAKER) for number in range(SIGNERS)]
        yield server, [issuer.issue(name, key_number=3, crl_url=url) for name in names]
