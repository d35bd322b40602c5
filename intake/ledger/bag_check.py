"""Checks a bag of evidence on any machine that has Python: python3 verify.py. It needs nothing but this file.

Where openssl is on the path, signatures are checked, too; where it is not, that is said.

    python3 verify.py [--bag FOLDER] [--key VERIFIER_KEY] [--checkpoint FILE]

--key is the ledger's verifier key as its operator told you; else the bag's own is used, which proves less.
--checkpoint is one that you have kept yourself; it must be among those that the bag proves its events by.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

ED25519_DER = bytes.fromhex("302a300506032b6570032100")
"""What stands before the 32 bytes of a public key of Ed25519 in DER."""


OWN = frozenset({"events.json", "proof.json", "decisions.json", "verify.py", "VERIFY.txt", "ledger-key.txt"})
"""In a bag's ``data``: what it is checked with."""
TAGS = frozenset({"bagit.txt", "bag-info.txt", "data"})
MANIFEST = re.compile(r"(?:tag)?manifest-(md5|sha1|sha224|sha256|sha384|sha512)\.txt")
HEAD = {"seq", "at", "name"}
SALTED, WITHHELD = HEAD | {"actor", "detail", "entry", "message", "salt"}, HEAD | {"detail_sha256", "left_out"}
"""All that an event may hold, for its digest is over nothing else."""
PIECES = ("raw_sha256", "dossier_sha256", "report_sha256", "letter_sha256")
PROGRAM = "cpl-intake"
LOOKS = frozenset(
    {"access_refused", "case_opened", "document_viewed", "downloaded", "stacks_viewed", "ledger_searched"}
)
"""What people looked at or took away, which is no decision."""
UNSAFE = re.compile(r"[^\w .()+,=@-]")


class Wrong(Exception):  # noqa: N818  # what it says is the answer
    """Something is not as it must be."""


def refuse(what: str) -> NoReturn:
    """Say what is wrong."""
    raise Wrong(what)


def main(arguments: list[str] | None = None) -> int:
    """Check a bag; gives 0 where it holds, 1 where it does not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--bag", type=Path, default=Path(__file__).resolve().parent.parent, help="the bag's folder")
    parser.add_argument("--key", default="", help="the ledger's verifier key, as its operator told it")
    parser.add_argument("--checkpoint", type=Path, help="a checkpoint that was kept elsewhere")
    chosen = parser.parse_args(arguments)
    try:
        for line in check(chosen.bag, chosen.key, chosen.checkpoint):
            print(line)  # noqa: T201  # it speaks to whoever runs it
    except Wrong as fault:
        print(f"WRONG: {fault}")  # noqa: T201  # likewise
        return 1
    except Exception as fault:  # noqa: BLE001  # whatever reading a damaged file leads to
        print(f"WRONG: this is no bag as it was made; what it holds cannot be read ({fault!r})")  # noqa: T201  # likewise
        return 1
    return 0


def check(bag: Path, key: str, kept: Path | None) -> list[str]:
    """Check everything; gives what was found to hold, a sentence each."""
    told = [f"{check_manifests(bag)} files are those that were put into the bag."]
    proof, events = read(bag / "data" / "proof.json"), read(bag / "data" / "events.json")
    told.append(check_events(events, proof))
    told += check_files(bag, events)
    if (bag / "data" / "verify.py").read_bytes() != Path(__file__).read_bytes():
        told.append("NOT CHECKED: the verify.py in the bag, which is another than this one.")
    if not proof["checkpoint"]:
        if key or kept is not None:
            refuse("this bag holds no signed checkpoint, so it cannot be compared with the key or checkpoint you gave")
        return [*told, "NOT CHECKED: no checkpoint was signed, so nothing outside this bag vouches for its events."]
    vkey = key or (bag / "data" / "ledger-key.txt").read_text("utf-8").strip()
    if not key:
        told.append("The ledger's key is the bag's own; give the one that its operator told you with --key.")
    told += [check_signature(proof[name], vkey) for name in ("checkpoint", "newest") if proof[name]]
    check_checkpoints(bag, proof)
    return told if kept is None else [*told, check_kept(kept, proof)]


def read(file: Path) -> Any:  # noqa: ANN401  # JSON
    """Read a JSON file, in which no name may stand twice in one place: readers differ in which they take."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            refuse(f"{file.name} names one thing twice")
        return dict(pairs)

    return json.loads(file.read_text("utf-8"), object_pairs_hook=once)


def check_manifests(bag: Path) -> int:
    """Compare every file with its digests, of each manifest that there is, and see that there is no other."""
    listed: set[str] = set()
    links = [path for path in bag.rglob("*") if path.is_symlink() or not (path.is_file() or path.is_dir())]
    if links:
        refuse(f"{min(links).relative_to(bag).as_posix()} is a link or a device, and no file of a bag")
    manifests = {path.name for path in bag.iterdir() if MANIFEST.fullmatch(path.name)}
    for manifest in sorted({"manifest-sha256.txt", "tagmanifest-sha256.txt"} | manifests):
        if manifest not in manifests:
            refuse(f"{manifest} is missing")
        named = check_manifest(bag, manifest)
        listed |= named if manifest.endswith("-sha256.txt") else set()
    there = {path.relative_to(bag).as_posix() for path in bag.rglob("*") if path.is_file()}
    if strange := there - listed - manifests:
        refuse(f"{min(strange)} was not put there by whoever made the bag")
    return len(listed)


def check_manifest(bag: Path, manifest: str) -> set[str]:
    """Compare the files that a manifest names with their digests; gives their names."""
    algorithm, listed = manifest.removesuffix(".txt").rpartition("-")[2], {"tagmanifest-sha256.txt"}
    for line in (bag / manifest).read_text("utf-8").splitlines():
        digest, name = line.split(maxsplit=1)
        path, parts = bag / name, PurePosixPath(name).parts
        if name.startswith("/") or "\\" in name or ":" in parts[0] or ".." in parts or name in listed:
            refuse(f"{manifest} names {name}, which is no file of a bag, or twice")
        if (parts[0] == "data") != manifest.startswith("manifest"):
            refuse(f"{manifest} names {name}, which belongs to the other manifest")
        if not path.is_file():
            refuse(f"{name} is missing")
        if hashlib.new(algorithm, path.read_bytes()).hexdigest() != digest.lower():
            refuse(f"{name} has changed")
        listed.add(name)
    return listed - {"tagmanifest-sha256.txt"}


def content_sha256(event: dict[str, Any]) -> str:
    """Digest an event: by its public head and the salted digest of the rest or, as in early releases, as a whole."""
    if event.get("left_out"):  # restricted, or disposed of: the digest of the rest stands for it
        head = {"at": event["at"], "detail_sha256": event["detail_sha256"], "name": event["name"], "seq": event["seq"]}
        return sha256_of(json.dumps(head, sort_keys=True).encode())
    if event.get("salt") is None:
        whole = {name: value for name, value in event.items() if name not in {"seq", "salt", "detail_sha256"}}
        if whole.get("entry") is None:
            whole.pop("entry", None)
        return sha256_of(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode())
    rest = {name: event.get(name) for name in ("actor", "detail", "entry", "message")}
    hidden = sha256_of(bytes.fromhex(str(event["salt"])) + json.dumps(rest, sort_keys=True).encode())
    head = {"at": event["at"], "detail_sha256": hidden, "name": event["name"], "seq": event["seq"]}
    return sha256_of(json.dumps(head, sort_keys=True).encode())


def strange_in(event: dict[str, Any]) -> set[str]:
    """List what an event holds besides that which its digest is over."""
    if event.get("left_out"):
        return event.keys() - WITHHELD
    if event.get("salt") is not None:
        return event.keys() - SALTED
    return {"detail_sha256"} if event.get("detail_sha256") is not None else set()


def check_events(events: list[dict[str, Any]], proof: dict[str, Any]) -> str:
    """See that every event lies in the tree that was signed, and that the newest tree goes on from it."""
    hashes = [base64.b64decode(encoded) for encoded in proof["hashes"]]
    size, root = statement(proof["checkpoint"] or proof["stated"])
    proved = {place["seq"]: place for place in proof["events"]}
    if len({event["seq"] for event in events}) < len(events):
        refuse("events.json tells an event twice")
    for event in events:
        seq = event["seq"]
        if strange := strange_in(event):
            refuse(f"event {seq} holds {min(strange)}, which its digest is not over, so it is not what was recorded")
        shown = proved.get(seq)
        digest = content_sha256(event)
        if shown is None or shown["content_sha256"] != digest:
            refuse(f"event {seq} is not what was recorded")
        path = [hashes[place] for place in shown["path"]]
        if root_from(digest, seq - 1, size, path) != root:
            refuse(f"event {seq} does not lie in the ledger of {size} events")
    if not proof["newest"]:
        return f"{len(events)} events lie in the ledger of {size} events."
    new_size, new_root = statement(proof["newest"])
    if not consistent(size, root, new_size, new_root, [hashes[place] for place in proof["consistency"]]):
        refuse(f"the ledger of {new_size} events does not go on from that of {size}")
    return f"{len(events)} events lie in the ledger of {size} events, and that of {new_size} goes on from it."


def check_files(bag: Path, events: list[dict[str, Any]]) -> list[str]:
    """See that mail, letters, dossiers and reports are what the events name, and documents what a dossier names.

    What a bag holds besides, and nothing vouches for, is named.
    """
    named = {value for event in events for value in digests(event.get("detail", {}))}
    there = {path: sha256_of(path.read_bytes()) for path in sorted((bag / "data").rglob("*")) if path.is_file()}
    for path, digest in there.items():  # a dossier that an event names says which documents the mail holds
        if digest in named and path.suffix == ".json":
            named |= set(digests(read(path)))
    proved = {path for path, digest in there.items() if digest in named}
    unproved = [path for path in there if path not in proved and not is_own(path.relative_to(bag / "data"))]
    early = any(event.get("salt") is None and not event.get("left_out") for event in events)
    loose: list[str] = []
    beside: list[str] = []
    for path in unproved:
        parts = path.relative_to(bag / "data").parts
        evidence = "originals" in parts or "letters" in parts or ("derived" in parts and path.suffix == ".json")
        if path.stat().st_size:
            (loose if evidence else beside).append("/".join(parts))
    if loose and not early:
        refuse(f"no event of this bag names {min(loose)}, so it is not what was recorded, or of something else")
    for root in sorted({path.parents[1] for path in there if path.parent.name in {"originals", "derived"}}):
        check_submission(root, events, there, early=early)
    absent = [
        f"{name} of event {event['seq']}"
        for event in events
        for name in PIECES
        if isinstance(digest := event.get("detail", {}).get(name), str) and digest not in there.values()
    ]
    beside += [path.name for path in bag.iterdir() if path.name not in TAGS and not MANIFEST.fullmatch(path.name)]
    told = [f"{len(proved)} files have a digest that an event names, or a dossier that an event names."]
    if loose:
        told.append(f"NOT CHECKED: {len(loose)} files that an early release named in no event, such as {min(loose)}.")
    if beside:
        told.append(f"NOT CHECKED: no event vouches for what these say: {', '.join(sorted(beside))}.")
    if absent:
        told.append(f"NOT IN THE BAG: {len(absent)} pieces that its events name, such as {absent[0]}.")
    return told


def check_submission(root: Path, events: list[dict[str, Any]], there: dict[Path, str], *, early: bool) -> None:
    """See that what was kept of one submission bears the names that its events and dossiers give, and its decisions.

    `there` is the digest of each file in the bag, `early` whether an early release recorded any of it, naming no file.
    """
    mails = [path for path in there if path.parent == root / "originals" and path.suffix == ".eml"]
    numbers = {int(mail.stem.rpartition("-")[2]) for mail in mails}
    own = [event for event in events if not numbers or event.get("message") in numbers]
    derived = {root / "derived" / f"{name}.json": f"{name}_sha256" for name in ("dossier", "report")}
    for path, name in [*((mail, "raw_sha256") for mail in mails), *derived.items()]:
        if path in there and not early and there[path] not in {event.get("detail", {}).get(name) for event in own}:
            refuse(f"{path.relative_to(root).as_posix()} is not what an event of its submission gives as {name}")
    dossiers = [path for path in there if path.is_relative_to(root / "derived") and path.suffix == ".json"]
    documents = {named for path in dossiers for named in documents_of(read(path))}
    for path, digest in there.items():
        if path.parent == root / "originals" / "documents" and (as_told(path.name), digest) not in documents:
            refuse(f"{path.relative_to(root).as_posix()} is not the document that a dossier calls so")
    file = root / "decisions.json"
    told = read(file) if file in there else []
    acts = [event for event in own if event.get("actor", PROGRAM) != PROGRAM and event["name"] not in LOOKS]
    if any(act not in events for act in told) or (file in there and any(act not in told for act in acts)):
        refuse("decisions.json says something else than events.json")


def documents_of(dossier: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # JSON
    """Yield the name and the digest of each document of a dossier, as it lies in a bag; nothing of other files."""
    documents = dossier.get("documents", ()) if isinstance(dossier, dict) else ()
    for number, document in enumerate(documents, 1):
        name = UNSAFE.sub("_", document["name"]).strip(". ")[:120] or "unnamed"
        yield as_told(f"{number:02d} {name}"), document["sha256"]


def as_told(name: str) -> str:
    """Give a file's name in the one form in which letters with accents are written, whatever system unpacked it."""
    return unicodedata.normalize("NFC", name)


def is_own(path: Path) -> bool:
    """Tell whether a file is one that the bag is checked with; it is compared elsewhere, or tells nothing itself."""
    return (
        path.as_posix() in OWN
        or path.name == "decisions.json"
        or (path.parts[0], path.suffix) == ("checkpoints", ".checkpoint")
    )


def check_checkpoints(bag: Path, proof: dict[str, Any]) -> None:
    """See that the checkpoints that lie in a bag are those that it proves its events by."""
    for path in sorted((bag / "data").glob("checkpoints/*.checkpoint")):
        if path.read_text("utf-8") not in {proof["checkpoint"], proof["newest"]}:
            refuse(f"checkpoints/{path.name} is none of the checkpoints that the bag proves its events by")


def digests(told: object) -> Iterator[str]:
    """Yield every digest that a JSON value states under a name that ends in sha256, however deep."""
    if isinstance(told, dict):
        for name, value in told.items():
            if isinstance(value, str) and name.endswith("sha256"):
                yield value
            else:
                yield from digests(value)
    elif isinstance(told, list):
        for value in told:
            yield from digests(value)


def check_kept(kept: Path, proof: dict[str, Any]) -> str:
    """See that a checkpoint which somebody has kept is one of those that the bag proves its events by."""
    text = kept.read_text("utf-8").split("\n\n")[0]
    if text not in {str(proof[name]).split("\n\n")[0] for name in ("checkpoint", "newest")}:
        refuse("the checkpoint that you have kept is none of those in this bag")
    return "The checkpoint that you have kept is one that the bag proves its events by."


def statement(note: str) -> tuple[int, bytes]:
    """Read size and root out of a checkpoint."""
    lines = note.split("\n")
    return int(lines[1]), base64.b64decode(lines[2])


def check_signature(note: str, vkey: str) -> str:
    """Check a checkpoint's signature with openssl (Ed25519)."""
    text, _, lines = note.rpartition("\n\n")
    name, stated_id, encoded = [*vkey.split("+", 2), "", ""][:3]
    kind, public = base64.b64decode(encoded)[:1], base64.b64decode(encoded)[1:]
    wanted = hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    if wanted.hex() != stated_id or kind != b"\x01":
        refuse("the verifier key is damaged, or no key of Ed25519")
    if not text.startswith(f"{name}\n"):
        refuse(f"the checkpoint is of another ledger than {name}")
    signed = b""
    for line in lines.splitlines():
        _, signer, told = [*line.split(" "), "", ""][:3]
        if signer == name and base64.b64decode(told)[:4] == wanted:
            signed = base64.b64decode(told)[4:]
    size = text.split("\n")[1]
    if not signed:
        refuse(f"the checkpoint of {size} events is not signed by {vkey}")
    openssl = shutil.which("openssl")
    if openssl is None:
        return f"NOT CHECKED: openssl is not on the path, so the signature of the checkpoint of {size} events is not."
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for file, content in (("key", ED25519_DER + public), ("text", f"{text}\n".encode()), ("signature", signed)):
            (place / file).write_bytes(content)
        command = [openssl, "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key", "-rawin", "-in", "text"]
        done = subprocess.run([*command, "-sigfile", "signature"], cwd=place, capture_output=True, check=False)  # noqa: S603  # its own files
    if done.returncode:
        refuse(f"the signature of the checkpoint of {size} events does not hold")
    return f"The checkpoint of {size} events is signed by {vkey}."


def sha256_of(content: bytes) -> str:
    """Digest bytes."""
    return hashlib.sha256(content).hexdigest()


def node(left: bytes, right: bytes) -> bytes:
    """Hash two nodes of the tree into the one above them."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from(digest: str, index: int, size: int, path: list[bytes]) -> bytes | None:
    """Compute the root that a leaf and its path lead to (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    place, last, whole = index, size - 1, hashlib.sha256(b"\x00" + bytes.fromhex(digest)).digest()
    for sibling in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            whole = node(sibling, whole)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            whole = node(whole, sibling)
        place, last = place >> 1, last >> 1
    return whole if last == 0 else None


def consistent(old: int, old_root: bytes, new: int, new_root: bytes, path: list[bytes]) -> bool:
    """Tell whether the larger tree goes on from the smaller (RFC 9162, 2.1.4.2)."""
    if old == new:
        return old_root == new_root
    if not 0 < old < new:
        return False
    if old & (old - 1) == 0:
        path = [old_root, *path]
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0] if path else b""
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node(sibling, before), node(sibling, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node(after, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


if __name__ == "__main__":
    sys.exit(main())
