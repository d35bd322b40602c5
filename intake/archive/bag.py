"""Evidence bags: BagIt 1.0 (RFC 8493) in a zip, with manifests that `sha256sum -c` reads."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime

_UNSAFE = re.compile(r"[^\w .()+,=@-]")


def safe_name(name: str) -> str:
    """Make a file name that every system can unpack; characters it cannot hold become underscores."""
    return _UNSAFE.sub("_", name).strip(". ")[:120] or "unnamed"


def bag(name: str, payload: Mapping[str, bytes], info: Mapping[str, str], at: datetime) -> bytes:
    """Write a zip that holds one bag.

    Args:
        name: the bag's folder inside the zip.
        payload: by path beneath ``data/``.
        info: further lines of ``bag-info.txt``.
        at: the bagging date, which is also every file's time.
    """
    files = {f"data/{path}": content for path, content in sorted(payload.items())}
    payload_bytes = sum(len(content) for content in files.values())
    facts = {**info, "Bagging-Date": at.date().isoformat(), "Payload-Oxum": f"{payload_bytes}.{len(files)}"}
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "".join(f"{key}: {_one_line(value)}\n" for key, value in facts.items()).encode(),
        "manifest-sha256.txt": _manifest(files),
    }
    tags["tagmanifest-sha256.txt"] = _manifest(tags)
    return _zip({f"{name}/{path}": content for path, content in {**tags, **files}.items()}, at)


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _manifest(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files.items())
    return "".join(lines).encode()


def _zip(files: Mapping[str, bytes], at: datetime) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
