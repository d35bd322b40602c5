#!/usr/bin/env bash
# zigpy 2.4.0 does not skip what it does not know in a ZigBee OTA file's header: with a field more the file "is too short".
#
# Expected: what follows the known fields is skipped up to the length that the header gives for itself; the cluster's
#           description has that length so that fields can be added (ZigBee Cluster Library, OTA Upgrade, "OTA Header Length").
# Seen:     with two, four, six or eight bytes more, counted in the length as they must be, the added bytes are taken for the
#           beginning of the first part, and the file cannot be read ("Data is too short", though nothing is missing).
# Caller:   the error does not say that a file is damaged: read the header's length yourself (bytes 6 and 7) and the parts from
#           there.
. "$(dirname "$0")/lib.sh"
pip_packages zigpy==2.4.0
observe python - <<'PYTHON'
import struct
from zigpy.ota.image import parse_ota_image

FIRMWARE = struct.pack("<HI", 0, 300) + b"\x11" * 300
for added in (b"", bytes(2), bytes(4), bytes(6), bytes(8)):
    length = 56 + len(added)
    head = struct.pack(
        "<IHHHHHIH32sI", 0x0BEEF11E, 0x0100, length, 0, 0x1234, 1, 0x0002000A, 2, b"ESME", length + len(FIRMWARE)
    )
    try:
        image, rest = parse_ota_image(head + added + FIRMWARE)
        print(len(added), "added:", [(part.tag_id.name, len(part.data)) for part in image.subelements], "rest:", len(rest))
    except ValueError as error:
        print(len(added), "added:", error)
PYTHON
seen <<'SEEN'
0 added: [('UPGRADE_IMAGE', 300)] rest: 0
2 added: Data is too short
4 added: Data is too short
6 added: Data is too short
8 added: Data is too short
SEEN
