from __future__ import annotations

import pytest
from dossiers import A_HASH, CREATOR, HASH, LABELS, Content, Kept, a_dossier, a_form, named, verdict

from rules.facts import CellKind

RULE = "format.image_pair"


@pytest.mark.parametrize(
    ("creator", "image", "fields"),
    [
        ("", "", []),
        ("Example Meters Ltd", A_HASH, []),
        ("Example Meters Ltd", "", [HASH]),
        ("", A_HASH, [CREATOR]),
        (" ", A_HASH, [CREATOR]),
        ("", Kept(CellKind.NUMBER, "1"), [CREATOR]),
    ],
)
def test_creator_and_hash_are_stated_together(creator: Content, image: Content, fields: list[str]) -> None:
    assert named(a_dossier(a_form(changes={CREATOR: creator, HASH: image})), RULE) == fields


def test_an_edition_without_the_rows_has_nothing_to_pair() -> None:
    assert verdict(a_dossier(a_form(labels=LABELS[:8])), RULE) == "pass"
