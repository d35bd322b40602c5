from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers import (
    A_HASH,
    CPA_ID,
    CREATOR,
    DEVICE_TYPES,
    FIRMWARE,
    HASH,
    MANUFACTURER,
    NUMBER,
    ZSE_ID,
    ZSE_VERSION,
    a_dossier,
    a_form,
    a_message,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from published_lists import PATH, a_line, on_path, with_path

from intake.domain import records
from intake.register.relevant import MOST, relevant, relevant_to_all
from rules.examine import examine
from rules.facts import NewEntry, RegisterEntry
from rules.fields import FormField
from rules.published import UPGRADE_PATH

FORM = a_form()
STRANGE = {CPA_ID: "", ZSE_ID: "", MANUFACTURER: "11:11", FIRMWARE: "01:00:00:00"}


def strangers(count: int) -> list[RegisterEntry]:
    return [a_line(FORM, f"{number:06}", STRANGE) for number in range(500_000, 500_000 + count)]


def test_a_list_of_strangers_does_not_matter() -> None:
    assert relevant(strangers(50), FORM) == ()


def test_the_same_model_its_certificates_and_its_path_matter_in_the_list_s_order() -> None:
    form = with_path("000010")
    model = a_line(form, "000003", {CPA_ID: "", ZSE_ID: ""}, "Removed")
    certificate = a_line(form, "000002", {**STRANGE, ZSE_ID: form.value(FormField(ZSE_ID))})
    path = [a_line(form, "000010", {**STRANGE, UPGRADE_PATH: "000011 000999"}), a_line(form, "000011", STRANGE)]
    register = [*strangers(5), *path, certificate, model]
    assert relevant(register, form) == (*path, certificate, model)


def test_a_circle_of_paths_is_followed_once() -> None:
    form = with_path("000010")
    circle = (on_path(form, "000010", "000011"), on_path(form, "000011", "000010"))
    assert relevant(circle, form) == circle


def test_the_quoted_entry_matters() -> None:
    line = a_line(FORM, "000123", STRANGE)
    assert relevant([*strangers(3), line], a_form(changes={NUMBER: " 000123"})) == (line,)


def test_of_one_manufacturer_each_creator_matters_once() -> None:
    form = a_form(changes={CREATOR: "EDMI"})
    known = [("10:6C", "EDMI"), ("10:6C", "EDMI"), ("10:6C", "Toshiba"), ("10:86", "EDMI"), ("10:86", "Toshiba")]
    register = [
        a_line(form, f"{at:06}", {**STRANGE, MANUFACTURER: code, CREATOR: creator})
        for at, (code, creator) in enumerate(known, 1)
    ]
    assert [line.number for line in relevant(register, form)] == ["000001", "000003", "000004"]


@pytest.mark.parametrize("status", ["Current", "Removed"])
@pytest.mark.parametrize("says", [{}, {ZSE_VERSION: "ZigBee Smart Energy Standard 1.2a"}])
def test_of_many_lines_with_one_certificate_those_that_say_something_else_of_it_matter(
    status: str, says: dict[str, str]
) -> None:
    number = {**STRANGE, ZSE_ID: FORM.value(FormField(ZSE_ID))}
    alike = [a_line(FORM, f"{at:06}", number) for at in range(1, MOST + 20)]
    last = a_line(FORM, "000999", number | says, status)
    kept = relevant([*alike, last], FORM)
    assert len(kept) == MOST
    assert (last in kept) is (status == "Removed" or bool(says))


@pytest.mark.parametrize("field", [HASH, ZSE_ID])
def test_of_one_image_or_certificate_each_manufacturer_matters_however_many_lines_have_it(field: str) -> None:
    form = a_form(changes={HASH: A_HASH})
    same = {**STRANGE, field: form.value(FormField(field))}
    register = [a_line(form, f"{at:06}", same) for at in range(1, MOST + 20)]
    register.append(a_line(form, "000998", same | {MANUFACTURER: "22:22"}))
    assert {line.fields[MANUFACTURER] for line in relevant(register, form)} == {"11:11", "22:22"}


def test_what_matters_does_not_grow_with_the_list() -> None:
    register = [a_line(FORM, f"{number:06}", {FIRMWARE: f"01:00:{number:04X}"}) for number in range(1, 1000)]
    assert len(relevant(register, FORM)) <= 3 * MOST


def test_for_several_entries_each_line_is_kept_once() -> None:
    other = a_form(changes={FIRMWARE: "01:00:00:00", ZSE_ID: "", CPA_ID: ""})
    register = (a_line(FORM, "000001"), *strangers(2), a_line(other, "000002"))
    assert relevant_to_all(register, [FORM, other, FORM]) == (register[0], register[3])


values = st.sampled_from(["", "10:6C", "12:03:12:34", "000001 000002", "000003", "ZIG23001ZSE13200-24", "EDMI"])


@st.composite
def registers(draw: st.DrawFn) -> tuple[RegisterEntry, ...]:
    actual = []
    for number in range(1, draw(st.integers(1, 12))):
        line = a_line(a_form(draw(st.sampled_from(DEVICE_TYPES))), f"{number:06}")
        changes = draw(st.dictionaries(st.sampled_from([*line.fields, UPGRADE_PATH]), values, max_size=4))
        status = draw(st.sampled_from(["Current", "Removed"]))
        actual.append(replace(line, status=status, fields={**line.fields, **changes}))
    return tuple(actual)


@st.composite
def entries(draw: st.DrawFn) -> NewEntry:
    form = with_path(draw(st.sampled_from(["", "N/A", "000001", "000002, 000003"])))
    fields = st.sampled_from([NUMBER, FIRMWARE, MANUFACTURER, ZSE_ID, CREATOR, HASH, ".".join(PATH)])
    changes = draw(st.dictionaries(fields, values | st.sampled_from([A_HASH, "000001"]), max_size=3))
    rows = tuple(replace(row, value=changes.get(row.field, row.value)) for row in form.rows)
    return replace(form, rows=rows)


@given(entries(), registers(), st.sampled_from([None, "update", "submission"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_lines_that_matter_give_the_same_rulings_as_the_whole_list(
    form: NewEntry, register: tuple[RegisterEntry, ...], kind: str | None
) -> None:
    dossier = a_dossier(form, message=a_message(kind) if kind else None)
    whole, part = (examine(replace(dossier, register=lines)) for lines in (register, relevant(register, form)))
    assert whole == part


def test_a_dossier_with_its_lines_is_archived_and_read_back_and_an_old_one_is_read_too() -> None:
    dossier = replace(a_dossier(), register=(a_line(FORM),))
    assert records.dossier(records.encode(dossier)) == dossier
    old = records.encode(a_dossier()).replace(b',"register":null', b"")
    assert b"register" not in old
    assert records.dossier(old).register is None
