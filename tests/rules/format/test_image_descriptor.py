from __future__ import annotations

from dossiers import A_HASH, CREATOR, DESCRIPTOR, HASH, a_dossier, a_form, named, verdict

RULE = "format.image_descriptor"
IMAGE = {CREATOR: "Example Meters Ltd", HASH: A_HASH}


def test_a_hash_without_a_descriptor_is_noted() -> None:
    assert named(a_dossier(a_form(changes=IMAGE)), RULE) == [DESCRIPTOR]


def test_a_described_image_passes() -> None:
    assert verdict(a_dossier(a_form(changes=IMAGE | {DESCRIPTOR: "Complete image; Dual Band"})), RULE) == "pass"


def test_without_an_image_there_is_nothing_to_describe() -> None:
    assert verdict(a_dossier(a_form()), RULE) == "not_applicable"
