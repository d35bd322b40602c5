"""A dozen and more messages as they arrive at SECAS: good, faulty, odd, and not for us at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from intake.demo import products
from intake.demo.certificates import release_note, zigbee_certificate
from intake.demo.forms import new_entry_form
from intake.demo.products import Values
from rules.fields import FormField, Label

SUBMITTER = "Robin Hale <robin.hale@ashdown.example>"
SUPPLIER = "Industry Codes <codes@harbour-energy.example>"


@dataclass(frozen=True, slots=True)
class Sample:
    """One message and what it is there to show."""

    name: str
    """Also its file's name, without the suffix."""
    shows: str
    subject: str
    sender: str = SUBMITTER
    body: str = "Please find our submission attached.\n\nRegards,\nRobin Hale\n"
    documents: Mapping[str, bytes] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    hours_ago: int = 1

    def message(self, now: datetime) -> bytes:
        """Give the message as it lies in the mailbox, RFC 5322 bytes; equal input gives equal bytes."""
        at = now - timedelta(hours=self.hours_ago)
        identity = hashlib.sha256(self.name.encode()).hexdigest()
        mail = EmailMessage(policy=SMTP)
        mail["Received"] = f"from mail.ashdown.example by mx.secas.example with ESMTPS; {format_datetime(at)}"
        mail["From"] = self.sender
        mail["To"] = "SECAS <secas@example.test>"
        mail["Subject"] = self.subject
        mail["Date"] = format_datetime(at)
        mail["Message-ID"] = f"<{identity[:20]}@ashdown.example>"
        for name, value in self.headers.items():
            mail[name] = value
        mail.set_content(self.body)
        for name, content in self.documents.items():
            main, sub = _media_type(name)
            mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
        if self.documents:
            mail.set_boundary(f"=_{identity[:24]}")
        return mail.as_bytes()


def _media_type(name: str) -> tuple[str, str]:
    return {
        "pdf": ("application", "pdf"),
        "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "xlsm": ("application", "vnd.ms-excel.sheet.macroEnabled.12"),
    }[name.rpartition(".")[2]]


def samples(now: datetime) -> Iterator[Sample]:
    """Give every sample, to be judged about now."""
    yield from _good(now)
    yield from _faulty(now)
    yield from _doubtful(now)
    yield from _not_submissions()


def submission(values: Values, *, form: str = "CPL New Entry.xlsx") -> dict[str, bytes]:
    """Give a form and the certificates that agree with it."""
    return {form: new_entry_form(values, macro=form.endswith("m")), **products.certificates(values)}


def _good(now: datetime) -> Iterator[Sample]:
    single = products.faultless_form(products.SINGLE, on=now.date(), serial=1)
    gas = products.faultless_form(products.GAS, on=now.date(), serial=2)
    display = products.faultless_form(products.PPMID, on=now.date(), serial=3)
    hub = products.faultless_form(products.HUB, on=now.date(), serial=4)
    smets1 = products.faultless_form(products.SINGLE, on=now.date(), serial=5, smets1=True)
    yield Sample(
        "electricity-meter",
        "A faultless submission for an electricity meter, with all three certificates",
        "CPL submission: AML-E5 single phase meter",
        documents=submission(single),
        hours_ago=20,
    )
    yield Sample(
        "gas-meter",
        "A faultless submission for a gas meter, from a macro workbook",
        "New submission to the Central Products List - AML-G2",
        documents=submission(gas, form="CPL Tool New Entry.xlsm"),
        hours_ago=18,
    )
    yield Sample(
        "in-home-display",
        "A prepayment interface device, which needs a ZigBee certificate only",
        "Central Products List - New Entry - AML-P1",
        documents=submission(display),
        hours_ago=17,
    )
    yield Sample(
        "communications-hub",
        "A communications hub under the list's old name, forwarded and marked by a gateway",
        "Fwd: [External] Certified Products List submission: AML-H4 hub",
        documents=submission(hub),
        hours_ago=15,
    )
    yield Sample(
        "smets1-meter",
        "A SMETS1 meter, which has no certificates at all",
        "CPL new entry: SMETS1 meter AML-S1",
        sender=SUPPLIER,
        documents={"CPL New Entry SMETS1.xlsx": new_entry_form(smets1)},
        hours_ago=14,
    )


def _faulty(now: datetime) -> Iterator[Sample]:
    bad = products.faultless_form(products.GAS, on=now.date(), serial=6)
    documents = products.certificates(bad)
    bad |= {
        FormField.FIRMWARE_VERSION: bad[FormField.FIRMWARE_VERSION].replace("01", "0a").lower(),
        FormField.MODEL_IDENTIFIER: "FF:C4",
        FormField.CPA_DATE: "2029-08-30",
        FormField.GBCS_VERSION: "GBCS Version 1.1",
        FormField.FIR_POST_CODE: "TN22 9ZZ UK",
    }
    yield Sample(
        "wrong-formats",
        "Lower-case hex, an identifier out of range, a date the wrong way round, an impossible pair of versions",
        "CPL Submission - gas meter AML-G3",
        documents={"New Entry AML-G3.xlsx": new_entry_form(bad), **documents},
        hours_ago=12,
    )
    twin = products.faultless_form(products.TWIN, on=now.date(), serial=7)
    missing = submission(twin)
    del missing["CPA certificate.pdf"]
    yield Sample(
        "missing-certificate",
        "A twin element meter without its CPA certificate",
        "Certified Product List: new entry for AML-T2",
        documents=missing,
        hours_ago=11,
    )
    poly = products.faultless_form(products.POLYPHASE, on=now.date(), serial=8)
    other = submission(poly)
    facts = {**products.zigbee_facts(poly), Label.FIRMWARE_VERSION: "01:02:06:08"}
    other["ZigBee certificate.pdf"] = zigbee_certificate(facts)
    yield Sample(
        "certificate-disagrees",
        "A ZigBee certificate for another firmware version",
        "CPL submission AML-X3 polyphase",
        documents=other,
        hours_ago=10,
    )
    image = products.with_image(products.faultless_form(products.SINGLE, on=now.date(), serial=1))
    yield Sample(
        "hash-without-signature",
        "A hash for an entry of the list, in a workbook that nobody signed",
        "CPL update - Manufacturer Image hash for AML-E5",
        documents=submission(image, form="CPL New Entry with hash.xlsx"),
        hours_ago=9,
    )


def _doubtful(now: datetime) -> Iterator[Sample]:
    reuse = products.faultless_form(products.SINGLE, on=now.date(), serial=9)
    documents = submission(reuse)
    old = {**products.zigbee_facts(reuse), Label.FIRMWARE_VERSION: "01:02:04:00"}
    documents["ZigBee certificate.pdf"] = zigbee_certificate(old)
    documents["Release notes AML-E5.pdf"] = release_note(
        "AML-E5",
        reuse[FormField.FIRMWARE_VERSION],
        [
            "This release changes the tariff display only.",
            f"It uses the ZigBee firmware module ZM-4.2, certified under {old[Label.CERTIFICATION_NUMBER]}.",
            "No change has been made that would require an update of the ZigBee certificate.",
        ],
    )
    yield Sample(
        "certificate-reused",
        "A ZigBee certificate used again, with release notes that explain it",
        "CPL submission: AML-E5 firmware release 9",
        documents=documents,
        hours_ago=8,
    )
    broken = submission(products.faultless_form(products.GAS, on=now.date(), serial=10))
    broken["CPL New Entry.xlsx"] = broken["CPL New Entry.xlsx"][:4000]
    yield Sample(
        "unreadable-workbook",
        "A workbook that arrived cut short",
        "CPL submission - AML-G4",
        documents=broken,
        hours_ago=7,
    )
    plain = products.faultless_form(products.PPMID, on=now.date(), serial=11)
    yield Sample(
        "form-under-another-subject",
        "A New Entry form under a subject that does not say so",
        "Documents as discussed on the phone",
        documents=submission(plain),
        hours_ago=6,
    )
    yield Sample(
        "question",
        "A question about the list, without a form",
        "Question about the Central Products List",
        sender=SUPPLIER,
        body="Hello,\n\ndoes a new hardware revision need a new entry?\n\nKind regards\n",
        hours_ago=5,
    )


def _not_submissions() -> Iterator[Sample]:
    yield Sample(
        "out-of-office",
        "An out-of-office reply to one of our letters",
        "Automatic reply: Re: CPL submission AML-E5",
        body="I am out of the office until Monday.\n",
        headers={"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"},
        hours_ago=4,
    )
    yield Sample(
        "newsletter",
        "A newsletter from a mailing list",
        "Metering Weekly: what the autumn brings",
        sender="Metering Weekly <news@metering-weekly.example>",
        body="This week: heat pumps, tariffs, and a look at the bench.\n",
        headers={
            "List-Id": "<news.metering-weekly.example>",
            "List-Unsubscribe": "<https://metering-weekly.example/out>",
        },
        hours_ago=3,
    )
