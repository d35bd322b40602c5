#!/usr/bin/env bash
# zigbee-herdsman 11.1.1 (npm) reads a maker's own element of a ZigBee OTA file two bytes off where its tag is 0xF000.
#
# Expected: the tags 0xF000 to 0xFFFF are for makers (ZigBee Cluster Library, OTA upgrade, sub-elements), each with a length of
#           four bytes and that many bytes of data; so zigpy 2.4.0 reads them all.
# Seen:     herdsman takes 0xF000 for the one of Telink, which has two bytes more in front, whoever the maker is. The data of the
#           element lacks its first two bytes; where the image stands behind it, it is read with tag 8 and without its head. No error
#           tells of it, since the lengths of what was cut add up. Its header text keeps 25 noughts, zigpy's does not.
# Caller:   take the elements by length, as the file says; look at the maker's code before knowing a maker's tag.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages zigpy==2.4.0
echo '{"overrides": {"zigbee-on-host": "0.3.0"}}' >package.json
npm_packages zigbee-herdsman@11.1.1
python - <<'PYTHON'
import struct
from pathlib import Path


def element(tag, data):
    return struct.pack("<HI", tag, len(data)) + data


image, own = element(0, b"firmware"), element(0xF000, b"maker's own")
for name, body in (("image", image), ("own-last", image + own), ("own-first", own + image)):
    fields = (0x0BEEF11E, 0x0100, 56, 0, 0x1234, 1, 0x0002000A, 2, b"Model X", 56 + len(body))
    Path(f"{name}.ota").write_bytes(struct.pack("<IHHHHHIH32sI", *fields) + body)
PYTHON
cat >read.cjs <<'NODE'
const { readFileSync } = require("fs");
const { parseOtaImage } = require("zigbee-herdsman/dist/controller/helpers/ota.js");
for (const name of ["image", "own-last", "own-first"]) {
  const { header, elements } = parseOtaImage(readFileSync(`${name}.ota`));
  const said = elements.map(({ tagId, data }) => `${tagId.toString(16)} ${JSON.stringify(data.toString())}`);
  console.log("herdsman", name, `${header.otaHeaderString.length} letters`, ...said);
}
NODE
observe node read.cjs
observe python -W ignore - <<'PYTHON'
from pathlib import Path
from zigpy.ota.image import parse_ota_image

for name in ("image", "own-last", "own-first"):
    image, _ = parse_ota_image(Path(f"{name}.ota").read_bytes())
    print("zigpy", name, *(f"{element.tag_id:x} {bytes(element.data)}" for element in image.subelements))
PYTHON
seen <<'SEEN'
herdsman image 32 letters 0 "firmware"
herdsman own-last 32 letters 0 "firmware" f000 "ker's own"
herdsman own-first 32 letters f000 "ker's own\u0000\u0000" 8 "rmware"
zigpy image 0 b'firmware'
zigpy own-last 0 b'firmware' f000 b"maker's own"
zigpy own-first f000 b"maker's own" 0 b'firmware'
SEEN
