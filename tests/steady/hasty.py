"""The real ``run`` with time that goes faster: ``python -m steady.hasty CONFIG START BEGUN FACTOR``.

START is a simulated moment (ISO 8601), BEGUN the monotonic clock's word for it. When it ends it writes beside the
configuration how often each loop has had its turn: ``turns.json``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

from steady.pace import SHORTEST_SECONDS, HastyEvent, Pace

from intake import bootstrap
from intake.cli import main, run
from intake.config import Config
from intake.daemon import Daemon
from intake.pipeline import heartbeat
from intake.pipeline.services import Services

A_POLL_SECONDS = 0.02
"""What a poll itself takes: nothing beside thirty seconds, much beside what becomes of them."""


def live(config: Path, pace: Pace) -> None:
    """Be ``cpl-intake run`` to the end."""
    built, events = bootstrap.daemon, list[HastyEvent]()

    def an_event() -> HastyEvent:
        events.append(HastyEvent(pace.factor))
        return events[-1]

    def daemon(config: Config, services: Services, *, once: bool) -> Daemon:
        made = built(config, services, once=once)
        hasty = [(mailbox, every / pace.factor - A_POLL_SECONDS) for mailbox, every in made.mailboxes]
        made.mailboxes = [(mailbox, max(every, SHORTEST_SECONDS)) for mailbox, every in hasty]
        return made

    setattr(bootstrap, "SystemClock", lambda: pace)  # noqa: B010  # the seam: a clock
    setattr(bootstrap, "daemon", daemon)  # noqa: B010  # the seam: what the command runs
    setattr(run, "Event", an_event)  # noqa: B010  # the loops wait by the one that a signal sets
    setattr(heartbeat, "Event", an_event)  # noqa: B010  # it waits by an event of its own
    sys.argv = ["cpl-intake", "run", "--config", str(config)]
    try:
        main()
    finally:
        turns = sum((event.waits for event in events), Counter[str]())
        (config.parent / "turns.json").write_text(json.dumps(turns))


if __name__ == "__main__":
    live(Path(sys.argv[1]), Pace(datetime.fromisoformat(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])))
