"""A small world behind the page: a store, an archive, a clock that stands still, people and submissions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from dossiers import GAS, a_dossier, a_form
from fresh_stores import lay_store
from starlette.testclient import TestClient

from intake.archive.folder import FolderArchive
from intake.config import Config, ReviewConfig, WebConfig
from intake.domain import records
from intake.domain.message import Sighting
from intake.domain.review import Role
from intake.domain.submission import State
from intake.domain.working_days import WorkingCalendar
from intake.extract.reader import sandbox
from intake.mailbox.base import Fetched
from intake.pipeline.arrival.receive import receive
from intake.pipeline.case import summarise
from intake.pipeline.services import Services
from intake.store import outbox, people, submissions
from intake.store.engine import Store
from intake.store.outbox import LetterState
from intake.store.submissions import Submission
from intake.web.app import create_app
from intake.web.people import passwords
from rules.examine import examine
from rules.facts import Dossier
from rules.finding import Report
from rules.message_facts import MessageFacts
from rules.rulebook import current

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""A Friday."""
PASSWORD = "correct horse battery"
TEXT = "Please find our submission attached.\n"
OURS = {"Sec-Fetch-Site": "same-origin"}
"""What a browser says of a form on our own page."""


@dataclass(slots=True)
class StillClock:
    """Moves when it is told to."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment

    def pass_by(self, **time: float) -> None:
        self.moment += timedelta(**time)


@dataclass(slots=True)
class World:
    """Everything a page needs."""

    folder: Path
    four_eyes: bool = True
    secure_cookies: bool = False
    clock: StillClock = field(default_factory=StillClock)
    services: Services = field(init=False)
    received: int = 0

    def __post_init__(self) -> None:
        config = Config(
            review=ReviewConfig(four_eyes=self.four_eyes),
            web=WebConfig(secure_cookies=self.secure_cookies),
            folder=self.folder,
        )
        self.services = Services(
            config=config,
            store=Store(lay_store(self.folder / "store.db")).open(),
            archive=FolderArchive(self.folder / "evidence").open(),
            clock=self.clock,
            calendar=WorkingCalendar(),
            sandbox=sandbox(config.limits),  # started by the one test that reads a document
        )

    def close(self) -> None:
        self.services.sandbox.close()
        self.services.store.close()

    def person(self, name: str, role: Role = Role.ANALYST, password_hash: str | None = None) -> str:
        kept = passwords.hash_password(PASSWORD) if password_hash is None else password_hash
        with self.services.store.transaction() as tx:
            people.add(tx, name, kept, role, self.clock.now())
        return name

    def change_password(self, name: str) -> None:
        """Give a person that `signed_in` added the password that forms are tried with."""
        with self.services.store.transaction() as tx:
            people.add(tx, name, passwords.hash_password(PASSWORD), Role.ANALYST, self.clock.now())

    def browser(self, **known: object) -> TestClient:
        return TestClient(create_app(self.services), headers=OURS, follow_redirects=False, **known)  # type: ignore[arg-type]  # TestClient's own options

    def signed_in(self, name: str = "Ada", role: Role = Role.ANALYST) -> Browser:
        """A browser in which this person, added without a password, is signed in."""
        from intake.web.people import session  # noqa: PLC0415  # beside its only use

        self.person(name, role, password_hash="")
        token, known = session.begin(self.services.store, name, self.clock.now())
        client = self.browser(cookies={session.cookie_name(self.services.config.web): token})
        return Browser(client, known.csrf)

    def message(
        self, subject: str = "CPL submission: gas meter", files: Mapping[str, bytes] | None = None, /, **headers: str
    ) -> int:
        """A message as it has just been received; gives its number."""
        mail = EmailMessage()
        mail["Subject"] = subject
        self.received += 1
        for name, value in {
            "From": "Robin Hale <robin.hale@example.test>",
            "Message-ID": f"<{self.received}@example.test>",
            **headers,
        }.items():
            mail[name] = value
        mail.set_content(TEXT)
        for name, content in (files or {}).items():
            mail.add_attachment(content, maintype="text", subtype="plain", filename=name)
        at = self.clock.now() - timedelta(hours=1)
        receive(self.services, Fetched(Sighting("secas", "1", str(self.received)), mail.as_bytes(), at))
        return self.received

    def judged(
        self,
        dossier: Dossier | None = None,
        subject: str = "CPL submission: gas meter",
        headers: Mapping[str, str] | None = None,
        files: Mapping[str, bytes] | None = None,
    ) -> int:
        """A message that has been read and judged; gives its number."""
        number = self.message(subject, files, **(headers or {}))
        dossier = dossier or a_dossier(a_form(GAS))
        facts = dossier.message or MessageFacts("submission", subject, "", automatic=False)
        dossier = replace(dossier, message=replace(facts, text=facts.text or TEXT))
        report = examined(dossier)
        archive = self.services.archive
        with self.services.store.transaction() as tx:
            read = submissions.move(
                tx,
                submissions.get(tx, number),
                State.EXTRACTED,
                dossier_sha256=archive.put(records.encode(dossier)),
                entries=len(dossier.entries),
            )
            summarise.read(tx, number, dossier)
            summarise.judged(tx, number, dossier, report)
            report_sha256 = archive.put(records.encode(report))
            submissions.move(tx, read, State.IN_REVIEW, report_sha256=report_sha256, outcome=report.outcome)
        return number

    def change(self, number: int, **values: object) -> None:
        """Write into a submission's row without a move."""
        with self.services.store.transaction() as tx:
            submissions.note(tx, submissions.get(tx, number), **values)

    def judge_anew(self, number: int) -> None:
        """Another report takes the place of the one a person may have open."""
        with self.services.store.reading() as tx:
            report = records.report(self.services.archive.get(submissions.get(tx, number).report_sha256 or ""))
        other = replace(report, rulebook_edition="another")
        self.change(number, report_sha256=self.services.archive.put(records.encode(other)))

    def submission(self, number: int) -> Submission:
        with self.services.store.reading() as tx:
            return submissions.get(tx, number)

    def settle(self, number: int, state: LetterState, **values: object) -> int:
        """Change what became of a message's first letter; gives the letter's number."""
        with self.services.store.transaction() as tx:
            letter = outbox.of_message(tx, number)[0]
            outbox.settle(tx, letter, state, **values)
        return letter.id

    def letter_states(self, number: int) -> list[tuple[str, LetterState]]:
        with self.services.store.reading() as tx:
            return [(letter.kind, letter.state) for letter in outbox.of_message(tx, number)]


_examined: dict[tuple[bytes, str], Report] = {}


def examined(dossier: Dossier) -> Report:
    """Judge a dossier once, however many tests put it before people."""
    asked = (records.encode(dossier), current().digest)
    if asked not in _examined:
        _examined[asked] = examine(dossier)
    return _examined[asked]


@dataclass(slots=True)
class Browser:
    """A signed-in browser."""

    client: TestClient
    csrf: str

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        return answer.text

    def post(self, path: str, form: Mapping[str, str] | None = None, status: int = 303) -> str:
        """Post a form with the session's token; gives where it leads, or the page where it leads nowhere."""
        answer = self.client.post(path, data={"csrf": self.csrf, **(form or {})})
        assert answer.status_code == status, answer.text
        return answer.headers.get("location", answer.text)


def readable(detail: Mapping[str, object]) -> dict[str, object]:
    """An event's detail without the digests that change with every run."""
    return {name: value for name, value in detail.items() if name not in {"hash_sha256", "session", "temporary"}}
