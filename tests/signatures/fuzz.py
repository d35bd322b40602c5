"""Changes signed files at random: ``python -m signatures.fuzz --rounds N --seed S --form opc|cms|odf|pdf`` from tests/.

Nothing may come out of the verifier but an answer, and whatever it accepts must say what was signed. Accepted changes
are those that nobody signs and nobody reads: document properties; the spelling of relationships and content types,
and entries there of what is not signed; the order of parts, their times and how they are packed; and in the signature
its spelling, certificates that came along, and unsigned properties. Everything else is compared, to the byte.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from known_faults import unknown
from lxml import etree
from signatures.judging import is_accepted, verified
from signatures.signer import ORIGIN_RELS, ROOT, SIG, TYPES, UNRELATED, packed
from signatures.workbooks import signed

from intake import faults
from intake.extract.document import read_document
from intake.signatures.office import zipstrict
from intake.signatures.office.package import read_package
from rules.facts import NewEntry

KINDS = ("rsa2048", "p256")
_AT_ONCE = 2_000
_COMMENT, _INSTRUCTION = b"<!--a-->", b"<?a b?>"
Parts = dict[str, bytes]


def flipped(octets: bytes, chance: random.Random) -> bytes:
    """The octets with one changed, put in, taken out, or a piece doubled or lost."""
    at = chance.randrange(len(octets) + 1)
    match chance.randrange(5):
        case 0:
            return octets[:at] + chance.randbytes(1) + octets[at:]
        case 1:
            return octets[:at] + octets[at + chance.randint(1, 8) :]
        case 2:
            end = at + chance.randint(1, 40)
            return octets[:end] + octets[at:end] + octets[end:]
        case _:
            at = min(at, len(octets) - 1)
            return octets[:at] + bytes([octets[at] ^ 1 << chance.randrange(8)]) + octets[at + 1 :] if octets else b"x"


def in_container(parts: Parts, chance: random.Random) -> bytes:
    """The container's own octets, changed."""
    return flipped(_whole(parts), chance)


def in_part(parts: Parts, chance: random.Random) -> bytes:
    name = chance.choice(_weighted(parts))
    return _stored({**parts, name: flipped(parts[name], chance)})


def in_names(parts: Parts, chance: random.Random) -> bytes:
    """A part renamed, taken away, put in again, or exchanged with another."""
    changed = dict(parts)
    one, other = chance.sample(sorted(parts), 2)
    match chance.randrange(4):
        case 0:
            changed[flipped(one.encode(), chance).decode("ascii", "ignore").replace("\0", "") or "x"] = changed.pop(one)
        case 1:
            del changed[one]
        case 2:
            changed[chance.choice([one.upper(), f"{one}x", f"docProps/{one}", f"xl/{one}"])] = parts[one]
        case _:
            changed[one], changed[other] = changed[other], changed[one]
    return _stored(changed)


def in_structure(parts: Parts, chance: random.Random) -> bytes:
    """The elements and attributes of an XML part, changed."""
    name = chance.choice([name for name in _weighted(parts) if name.endswith((".xml", ".rels"))])
    root = etree.fromstring(parts[name])
    elements = list(root.iter())
    one, other = chance.choice(elements), chance.choice(elements)
    chance.choice(_STRUCTURAL)(one, other, chance)
    return _stored({**parts, name: etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")})


def _drop(one: etree._Element, _: etree._Element, __: random.Random) -> None:  # lxml's only name for it
    if one.getparent() is not None:
        one.getparent().remove(one)


def _double(one: etree._Element, _: etree._Element, __: random.Random) -> None:
    if one.getparent() is not None:
        one.addnext(etree.fromstring(etree.tostring(one, with_tail=False)))


def _move(one: etree._Element, other: etree._Element, __: random.Random) -> None:
    if one.getparent() is not None and other not in list(one.iter()):
        other.append(one)


def _wrap(one: etree._Element, _: etree._Element, chance: random.Random) -> None:
    parent = one.getparent()
    if parent is not None:
        holder = etree.Element(chance.choice([one.tag, parent.tag, "{urn:x}x"]))
        parent.replace(one, holder)
        holder.append(one)


def _rename(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    one.tag = chance.choice([other.tag, f"{{urn:x}}{etree.QName(one).localname}"])


def _attribute(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    names = sorted(one.attrib) or ["Id"]
    values = [*other.attrib.values(), "", "x", "rId1", "#idPackageObject"]
    match chance.randrange(3):
        case 0:
            one.attrib.pop(names[0], None)
        case 1:
            one.set(chance.choice(names), chance.choice(values))
        case _:
            one.set(chance.choice(["Id", "ID", "x", "Algorithm", "URI"]), chance.choice(values))


def _text(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    one.text = chance.choice([other.text, "", " ", f"{one.text or ''} ", (one.text or "")[:-1]])


def _remark(one: etree._Element, _: etree._Element, chance: random.Random) -> None:
    one.insert(0, etree.fromstring(b"<a>" + chance.choice([_COMMENT, _INSTRUCTION]) + b"</a>")[0])


_STRUCTURAL: tuple[Callable[[etree._Element, etree._Element, random.Random], None], ...] = (
    _drop,
    _double,
    _move,
    _wrap,
    _rename,
    _attribute,
    _text,
    _remark,
)
WAYS = (in_container, in_part, in_part, in_names, in_structure, in_structure)


@dataclass
class Tally:
    """What a run has shown."""

    rounds: int = 0
    accepted: int = 0
    """Changed where nobody signs or reads."""
    wrong: list[str] = field(default_factory=list)
    """Rounds in which something was accepted that says something else, or an exception came out."""
    said: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        self.rounds += other.rounds
        self.accepted += other.accepted
        self.wrong += other.wrong
        self.said += other.said


def run(rounds: int, seed: int, begin: int = 0) -> Tally:
    """So many changed workbooks, the same for the same seed; the first of them is number `begin`."""
    tally = Tally()
    for number in range(begin, begin + rounds):
        chance = random.Random(f"{seed}/{number}")
        kind = KINDS[number % len(KINDS)]
        way = chance.choice(WAYS)
        content = way(_base(kind), chance)
        tally.rounds += 1
        try:
            with faults.gathered() as met:
                verified_signatures = verified(content)
        except Exception as error:  # noqa: BLE001  # which is what must never happen
            tally.wrong.append(f"{seed}/{number} {way.__name__}: {error!r}")
            continue
        tally.wrong += [f"{seed}/{number} {way.__name__}: a fault of ours: {fault}" for fault in unknown(met)]
        tally.said.update(one.failure or str(one.coverage) for one in verified_signatures)
        if is_accepted(verified_signatures):
            tally.accepted += 1
            if not _says_the_same(meaning(content, like=_base(kind)), _meaning_of(kind)):
                tally.wrong.append(f"{seed}/{number} {way.__name__}: accepted, and says something else")
    return tally


def meaning(content: bytes, like: Parts | None = None) -> dict[str, object]:
    """Everything that a signature stands for: signed bytes and arrows, types, who signed and when, and what is read.

    Args:
        content: the workbook.
        like: the workbook that it was; what is read is not read again where every part is the same that a reader opens.
    """
    parts = zipstrict.unpack(content)
    package = read_package(parts)
    loose = {name for name in parts if name.startswith("docProps/")}
    arrows = {
        (name, relation.id, relation.type, relation.target, relation.external)
        for name, relations in package.relations.items()
        for relation in relations
        if name != ORIGIN_RELS and not (name == ROOT and UNRELATED.search(relation.type))
    }
    kept = {name: (package.types[name], part) for name, part in parts.items() if name not in {TYPES, SIG} | loose}
    kept = {name: part for name, part in kept.items() if name not in package.relations}
    signatures = [(one.certificate, one.bound, one.claimed_time, one.covered) for one in verified(content)]
    if like is not None and _read_of(parts) == _read_of(like):
        content = _whole(like)
    return {"parts": kept, "arrows": arrows, "signatures": signatures, "entry": _entry(content)}


def _says_the_same(actual: dict[str, object], known: dict[str, object]) -> bool:
    """Whether it says what was signed; where content types are spelt so that nothing can be read, nothing is said."""
    entry = actual["entry"]
    unread = isinstance(entry, NewEntry) and not entry.rows and entry.trouble is not None
    return actual | ({"entry": known["entry"]} if unread else {}) == known


def _read_of(parts: Parts) -> Parts:
    """The parts that a reader of workbooks opens."""
    return {name: part for name, part in parts.items() if not name.startswith(("docProps/", "_xmlsignatures/"))}


@lru_cache(maxsize=8)
def _entry(content: bytes) -> NewEntry | None:
    return read_document("form.xlsx", content).entry


@cache
def _base(kind: str) -> Parts:
    return signed(kind)


@cache
def _meaning_of(kind: str) -> dict[str, object]:
    return meaning(_whole(_base(kind)))


def _whole(parts: Parts) -> bytes:
    """The container of one of the workbooks that are changed; made once."""
    return _container(next(kind for kind in KINDS if _base(kind) is parts))


@cache
def _container(kind: str) -> bytes:
    return packed(_base(kind))


def _weighted(parts: Parts) -> list[str]:
    """The parts' names; those that frame a signature more often."""
    return [*parts, *[SIG] * 6, *[TYPES] * 2, *[name for name in parts if name.endswith(".rels")] * 2]


def _stored(parts: Parts) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def lines(tally: Tally, seconds: float) -> Iterator[str]:
    yield f"{tally.rounds:,} changed files in {seconds:.0f} s; {tally.accepted:,} changed only where nobody reads"
    yield ", ".join(f"{word} {count:,}" for word, count in tally.said.most_common())
    yield f"wrongly accepted, or an exception: {len(tally.wrong)}"
    yield from tally.wrong[:20]


def _run_other(form: str, rounds: int, seed: int, begin: int) -> Tally:
    from signatures import fuzz_others  # noqa: PLC0415  # it takes its tally from here

    return fuzz_others.run(form, rounds, seed, begin)


def main() -> None:
    """Fuzz, and print what came of it; exit code 1 where something was wrong."""
    parser = argparse.ArgumentParser(description="Changes signed files at random.")
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=("opc", "cms", "odf", "pdf"), default="opc")
    asked = parser.parse_args()
    started = time.monotonic()
    whole = Tally()
    for begin in range(0, asked.rounds, _AT_ONCE):
        rounds = min(_AT_ONCE, asked.rounds - begin)
        other = asked.form != "opc"
        whole.add(_run_other(asked.form, rounds, asked.seed, begin) if other else run(rounds, asked.seed, begin))
        print("\n".join(lines(whole, time.monotonic() - started)), flush=True)  # noqa: T201  # printing is what it is for
    raise SystemExit(bool(whole.wrong))


if __name__ == "__main__":
    main()
