"""Kills the publishing of the list at random moments: ``cd tests && python -m crash.publication --kills 200``.

Whenever a process dies, what others find is the version before or the one after, whole; the letters about a version are
there once, and what was approved is published once.
"""

# ruff: noqa: T201  # printing figures is what it is for

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from crash.command import wanted

from intake.cli.installation import opened
from intake.config import Config, from_table
from intake.pipeline.list import publish
from intake.pipeline.list.change import agree, propose
from intake.pipeline.list.keep_list import keep_list
from intake.pipeline.list.listing import import_list
from intake.pipeline.services import Services
from intake.register.changes import ChangeKind, ListChange
from intake.register.published import ListFile
from intake.store import listing, outbox, publications
from intake.store.publications import OUT, PublicationState
from rules.facts import RegisterEntry
from rules.published import PUBLISHED

LISTED = 40
"""Entries of the list: few, so that most of the time is spent on writing and committing."""
DESCRIPTOR = "Manufacturer_Image.descriptor"
_LEFT_ALONE = 10
"""One process in so many."""
_KINDS = ["list-dcc", "list-parties"]


@dataclass
class Faults:
    """What was wrong after a kill."""

    half: list[str] = field(default_factory=list)
    """Something that others would find incomplete or of two versions."""
    letters: list[str] = field(default_factory=list)
    """Versions whose letters are not there once."""
    lost: list[str] = field(default_factory=list)
    """What was approved and is nowhere, or published twice."""

    def __str__(self) -> str:
        """On one line."""
        return f"half {len(self.half)}, letters {len(self.letters)}, lost {len(self.lost)}"

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.half or self.letters or self.lost)


@contextmanager
def list_in(folder: Path, url: str) -> Iterator[Config]:
    """A list of its own, taken in, with its folder beneath this one."""
    table = {
        "mailbox": [{"name": "post", "kind": "folder", "path": "mail"}],
        "store": {"url": url},
        "publish": {"dcc": "list@dcc.example", "parties": "parties@sec.example"},
    }
    (folder / "mail").mkdir(parents=True)
    config = from_table(table, folder / "config.toml")
    fields = dict.fromkeys((name for name in PUBLISHED if not name.startswith("Entry.")), "")
    entries = tuple(
        RegisterEntry(f"{at:06}", "Current", fields | {"Device_Model.firmware_version": f"00:00:00:{at:02X}"})
        for at in range(1, LISTED + 1)
    )
    with opened(config) as services:
        import_list(services, b"the list", ListFile(entries, PUBLISHED, "2.051", "21-09-2022"))
    yield config


def publish_once(services: Services, attempt: int) -> None:
    """Let two people change an entry, and prepare and release a version, going on where another process died."""
    number = f"{attempt % LISTED + 1:06}"
    today = services.clock.now().date()
    with services.store.reading() as tx:
        waiting, prepared = listing.unpublished(tx), publications.prepared(tx)
    if not waiting:
        asked = ListChange(
            ChangeKind.CORRECT, today, (number,), {DESCRIPTOR: f"Image {attempt}"}, reason="It was wrong."
        )
        change = propose(services, asked, "Ada")
        agree(services, change or 0, "Ben")
    if prepared is None:
        prepared = publish.prepare(services, "Ada")
    publish.release(services, prepared.id, "Ben")


class Killer:
    """Does things in processes of their own and kills them at some moment of what they do."""

    def __init__(self, draw: random.Random) -> None:
        """Draw the moments from this."""
        self._draw = draw
        self._whole = 0.0
        """Seconds that one took which was left alone."""
        self.killed = 0

    def run(self, config: Config, act: Callable[[Services], None]) -> bool:
        """Do something, and kill whoever does it; whether it died. Now and then one is left alone, to be timed."""
        alone = not self._whole or self._draw.random() < 1 / _LEFT_ALONE
        child, begun = _begun(config, act)
        os.read(begun, 1)  # its services are open; what is killed is the work, not the start
        os.close(begun)
        started = time.monotonic()
        if not alone:
            time.sleep(self._draw.uniform(0.0, self._whole))
            os.kill(child, signal.SIGKILL)  # a process that has ended already waits to be asked for
        _, status = os.waitpid(child, 0)
        if alone:
            self._whole = time.monotonic() - started
        died = os.WIFSIGNALED(status)
        self.killed += died
        return died


def _begun(config: Config, act: Callable[[Services], None]) -> tuple[int, int]:
    """A child that does something, and what tells when it begins."""
    begun, tell = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with opened(config) as services:
                os.write(tell, b"!")
                act(services)
            code = 0
        finally:
            os._exit(code)
    os.close(tell)
    return child, begun


def look(config: Config, faults: Faults) -> str | None:
    """See what others would find now; gives the version that the folder leads to."""
    root = config.path(config.publish.folder)
    current = root / "current"
    if not current.is_symlink():
        return None
    version = current.readlink().name
    latest = json.loads((root / "latest.json").read_bytes()) if (root / "latest.json").exists() else {}
    for told in latest.get("files", ()):
        if not (current / told["name"]).is_file() or (current / told["name"]).stat().st_size != told["bytes"]:
            faults.half.append(f"{version} lacks {told['name']}")
    if latest and latest["version"] != version:
        faults.half.append(f"latest.json says {latest['version']}, current leads to {version}")
    return version


def check(config: Config, faults: Faults) -> int:
    """Let the daemon's turn pass, and compare store, folder and letters; gives how many versions are out."""
    with opened(config) as services:
        keep_list(services)
        with services.store.reading() as tx:
            out = publications.in_states(tx, tuple(OUT))
            letters = {
                version.version: sorted(letter.kind for letter in outbox.of_list(tx, f"version {version.version}"))
                for version in out
            }
            prepared = publications.in_states(tx, [PublicationState.PREPARED])
            newest, every = listing.newest(tx), listing.versions(tx)
    faults.letters += [version for version, kinds in letters.items() if kinds != _KINDS]
    if len(prepared) > 1 or len({version.version for version in every}) != len(every):
        faults.lost.append(f"{len(prepared)} prepared, versions {[version.version for version in every]}")
    leads_to = look(config, faults)
    if out and (newest is None or leads_to != newest.version):
        faults.half.append(f"the store says {newest.version if newest else None}, the folder {leads_to}")
    return len(out)


def campaign(config: Config, kills: int, draw: random.Random, tell_every: int = 0) -> tuple[int, Faults]:
    """Kill so many processes; gives how many versions came out, and what was wrong."""
    faults, killer, attempt = Faults(), Killer(draw), 0
    while killer.killed < kills:
        attempt += 1
        died = killer.run(config, partial(publish_once, attempt=attempt))
        look(config, faults)
        if killer.killed % 5 == 0 or killer.killed == kills:
            check(config, faults)
        if tell_every and died and killer.killed % tell_every == 0:
            print(f"  {killer.killed} killed in {attempt} processes: {faults}", flush=True)
    with opened(config) as services:
        publish_once(services, attempt + 1)
    return check(config, faults), faults


def main() -> int:
    """1 where anything was half, lost or said twice."""
    with wanted(__doc__ or "", 20261129) as asked, list_in(asked.folder / "place", asked.url) as config:
        versions, faults = campaign(config, asked.kills, random.Random(asked.seed), 50)
    print(f"{asked.store}: {asked.kills} kills, seed {asked.seed}, {versions} versions came out: {faults}")
    for kind in ("half", "letters", "lost"):
        for fault in getattr(faults, kind)[:20]:
            print(f"  {kind}: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
