"""Makes a zip container's bytes depend on its content alone."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (2022, 9, 21, 0, 0, 0)
_UNIX = 3


def repack(container: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Write the container again with fixed times, after `change` has had its way with the members.

    Args:
        container: a zip file of our own making.
        change: alters the mapping of member name to content in place; insertion order is the order written.
    """
    with ZipFile(BytesIO(container)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    change(members)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, content in members.items():
            info = ZipInfo(name, EPOCH)
            info.create_system = _UNIX
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, content)
    return out.getvalue()
