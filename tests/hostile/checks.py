"""Bent mail as checks, by all three ways, and backscatter at the check mailbox.

By hand: ``cd tests && python -m hostile.checks --rounds 1000 --seed 16``. Nothing may die or be kept; what is
forged, automatic, returned or posted by a list has no answer.
"""

# ruff: noqa: T201  # printing figures is what it is for

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers import HandClock
from hostile.backscatter import SERVER, drawn
from hostile.mutations import mutation
from programs import cpl_intake
from starlette.testclient import TestClient

from intake.config import Config
from intake.extract.reader import sandbox
from intake.limits import ReadingLimits
from intake.pipeline.checks.public_check import PublicCheck
from intake.web.check.check_page import create_check_app

_PYZ = Path(__file__).parents[2] / "dist" / "cpl-check.pyz"
_ENDS = frozenset({0, 1, 3, 4})
"""What a check may end with."""


def by_mail(folder: Path, mails: Iterable[bytes], *, everybody: bool) -> tuple[int, list[str]]:
    """Put mails into a check mailbox and let the daemon end; gives how many were answered, and what must not be.

    Args:
        folder: an empty one.
        mails: each of other bytes.
        everybody: their domain is believed without a word of its mail server.
    """
    (folder / "checks").mkdir()
    config = folder / "config.toml"
    domains = 'answer_domains = ["ashdown.example"]\n' if everybody else ""
    config.write_text(
        '[[mailbox]]\nname = "checks"\npurpose = "check"\nkind = "folder"\npath = "checks"\n'
        '[outgoing]\nkind = "folder"\npath = "sent"\nfrom = "SECAS <secas@example.test>"\n'
        f'[authentication]\ntrusted_servers = ["{SERVER}"]\n'
        f'[check]\n{domains}per_sender_per_day = 100000\nanswers_per_hour = 100000\nforward_to = "ada@desk.example"\n'
    )
    for number, raw in enumerate(mails):
        (folder / "checks" / f"{number:06}.eml").write_bytes(raw)
    done = cpl_intake("run", "--once", "--config", config)
    faults = [f"it ended with {done.code}"] if done.code else []
    faults += ["it stumbled"] if "stumbled" in done.err else []
    faults += [f"{path.name} lies there still" for path in (folder / "checks").iterdir()]
    faults += [f"{path} is kept" for path in (folder / "var" / "evidence").rglob("*") if path.is_file()]
    if cpl_intake("queue", "--all", "--config", config, "--format", "json").json:
        faults.append("something of it is among the submissions")
    return len(list((folder / "sent").glob("check.*.eml"))), faults


def on_the_page(mails: Iterable[bytes]) -> Iterator[str]:
    """Send mails to the page; gives what must not be."""
    with sandbox(ReadingLimits(), preload_pictures=True) as box:
        public = PublicCheck(Config(), HandClock(), box, lambda: None)
        client = TestClient(create_check_app(public), base_url="http://check.test")
        for number, raw in enumerate(mails):
            page = client.post("/check", files=[("files", ("mail.eml", raw))])
            whole = page.text.rstrip().endswith("</html>") and "<dt>Rulebook</dt>" in page.text
            if page.status_code != 200 or not whole:
                yield f"mail {number}: the page says {page.status_code}"


def as_one_file(folder: Path, mails: Iterable[bytes]) -> Iterator[str]:
    """Give mails to the one file; gives what must not be: an end that is none, or anything in a temporary folder."""
    temporary = folder / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary), "CPL_CHECK_CACHE": str(folder / "unpacked")}
    for number, raw in enumerate(mails):
        message = folder / f"{number}.eml"
        message.write_bytes(raw)
        command = [sys.executable, "-I", str(_PYZ), str(message)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if done.returncode not in _ENDS or "Traceback" in done.stderr:
            yield f"mail {number}: it ended with {done.returncode}"
        message.unlink()
        yield from (f"mail {number}: {path} is left" for path in temporary.rglob("*"))


def main() -> int:
    """1 where something died, was kept, or was answered that must not be."""
    parser = argparse.ArgumentParser(prog="python -m hostile.checks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--file", type=int, default=0, help="mails for the one file; a tenth of the rounds")
    given = parser.parse_args()
    bent = [mutation(given.seed, number) for number in range(given.rounds)]
    with tempfile.TemporaryDirectory(prefix="checks-") as name:
        places = [Path(name) / place for place in ("bent", "back", "file")]
        for place in places:
            place.mkdir()
        answered, faults = by_mail(places[0], bent, everybody=True)
        back, more = by_mail(places[1], drawn(given.seed, given.rounds), everybody=False)
        faults += [*more, *on_the_page(bent[: given.rounds // 2])]
        faults += [f"{back} of backscatter were answered"] if back else []
        if _PYZ.exists():
            faults += as_one_file(places[2], bent[: given.file or given.rounds // 10])
        else:
            print("as one file: not built; make check-tool")
    print(f"{given.rounds} bent mails, {answered} answered; {given.rounds} of backscatter, {back} answered")
    for fault in faults[:20]:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
