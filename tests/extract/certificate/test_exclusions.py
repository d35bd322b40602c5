from __future__ import annotations

import pytest

from intake.extract.certificate.exclusions import exclusion


@pytest.mark.parametrize(
    "text",
    [
        "This certificate does not apply to the Dual Band variant.",
        "Excludes firmware 01:02:05:0A.",
        "Valid only for hardware revision 0A.",
        "NOT VALID FOR HARDWARE VERSION 02_0A",
        "All variants except the polyphase version are covered.",
        "Variants with the Sub-GHz radio are outside the scope of this certificate.",
        "Model 43:31 other than revision 0A",
        "Firmware versions before 01:02:00:00 are not covered.",
        "Firmware Version 01:02:05:06\nThe 100 A variant has not been tested and\nis not certified.",
        "It doesn't cover the twin element version.",
        "The certificate is limited to units with serial numbers below 4000.",
        "Exclusions: builds for export",
        "Does not apply to the firmware named above.",
        "Valid only for the version named above and not for the Sub-GHz variant.",
        "Limited to the models listed in Annex B.",
    ],
)
def test_small_print_that_leaves_a_variant_out_is_told(text: str) -> None:
    assert exclusion(["Certificate of Compliance\nType of Device: Gas Smart Meter", text]) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Certificates are valid for three years.",
        "This certificate is issued under the conditions of the scheme and may be withdrawn if the product is changed.",
        "The use of the logo is restricted to certified products.",
        "This certificate does not imply endorsement of the product.",
        "It shall not be reproduced except in full.",
        "This certificate covers the device described above.",
        "This certificate replaces GSME555, which is withdrawn.",
        "Changes to the product are not covered by this certificate.",
        "The certificate is only valid with its annex.",
        "It does not apply any longer if the firmware is altered.",
        "Firmware Version\nNot transferable",
        "This certificate is valid only for the product version named above.",
        "It applies only to the hardware and firmware versions listed below.",
        "Its scope is limited to the device identified on this certificate.",
        "Only applicable to the above-mentioned product.",
    ],
)
def test_conditions_that_every_certificate_prints_are_not(text: str) -> None:
    assert exclusion(["Certificate of Compliance\nType of Device: Gas Smart Meter", text]) is None


def test_it_is_told_in_its_own_words_and_not_at_length() -> None:
    stated_text = exclusion([f"This model does not include firmware {'1.2, ' * 200}."])
    assert stated_text is not None
    assert stated_text.startswith("This model does not include firmware 1.2")
    assert len(stated_text) <= 160
