from __future__ import annotations

import pytest
from dossiers import CONTACT_NAME, GAS, RELEASE, a_dossier, a_form, judged, named, verdict

from rules.finding import Outcome

RULE = "format.own_words"
TAKES_BACK = (
    "Withdrawn on 12/11/2026 owing to a metering fault.", "Status: suspended", "Firmware suspended pending an inquiry.",
    "The CPA certificate for this version was suspended.", "Superseded by release 10.", "This release is on hold.",
    "Do not deploy this version.", "It must not be installed on HW 02.", "Not for field use.", "Internal test release",
    "Beta release for one supplier", "Draft notes.", "Final text to follow soon, this is a draft.", "Only for trials.",
    "Use of this firmware is not permitted until June.", "The hash given above is wrong.", "Awaiting approval",
)  # fmt: skip
DESCRIBES = (
    "Corrects the display of the meter balance; supersedes release 8.", "Improves handling of withdrawn tariffs.",
    "Fixes a fault in which the tariff was suspended after a power cut.", "Initial production release",
    "This release supersedes 1.2.4, which has been withdrawn.", "Display shows 'expired'; invalid entries removed.",
    "Removes obsolete debug code.", "The meter does not reboot when an image is rejected.", "No known issues.",
    "Maintenance release. Do not power off during the upgrade.", "Test mode menu removed, example texts corrected.",
)  # fmt: skip


@pytest.mark.parametrize("text", TAKES_BACK)
def test_release_notes_that_take_the_release_back_are_asked_about(text: str) -> None:
    dossier = a_dossier(a_form(GAS, {RELEASE: text}))
    assert set(named(dossier, RULE)) == {RELEASE}
    assert judged(dossier).outcome is Outcome.NEEDS_A_PERSON


@pytest.mark.parametrize("text", DESCRIBES)
def test_release_notes_that_say_what_was_mended_are_what_they_should_be(text: str) -> None:
    assert verdict(a_dossier(a_form(GAS, {RELEASE: text})), RULE) == "pass"


@pytest.mark.parametrize("text", ["TBC", "to be advised", "Name to follow", "See e-mail", "xxx", "Your name here"])
def test_a_text_that_is_still_to_come_is_asked_about_once(text: str) -> None:
    for field in (CONTACT_NAME, RELEASE):
        dossier = a_dossier(a_form(GAS, {field: text}))
        assert (named(dossier, RULE), named(dossier, "format.required")) == ([], [field])
