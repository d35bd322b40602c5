#!/usr/bin/env bash
# node-tnef 1.4.0 (npm) names what it takes out of winmail.dat by the short name: Form.xlsx is FORM~1.XLS, another kind of file.
#
# Expected: an attachment has the name that its sender gave it, which Outlook keeps beside the old one of eight and three
#           characters (PidTagAttachLongFilename of MS-OXCMSG).
# Seen:     node-tnef gives the short name alone, whether the long one is in Unicode or in a code page, and has no other
#           property to ask. tnefparse 1.4.0 has both: its .name is the short one, long_filename() the long.
# Caller:   tell the kind of a file by its bytes; with tnefparse ask long_filename() first.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages node-tnef@1.4.0
pip_packages tnefparse==1.4.0 'setuptools<81'
observe python -W ignore - <<'PYTHON'
import struct
from pathlib import Path
import tnefparse


def attribute(level, number, data):
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def named(kind, name):
    """One attachment: how it is drawn, its short name, its bytes, and the long name as a property of a kind of text."""
    value = name.encode("utf-16le" if kind == 0x1F else "latin-1") + (b"\0\0" if kind == 0x1F else b"\0")
    long_name = struct.pack("<IHHII", 1, kind, 0x3707, 1, len(value)) + value + bytes(-len(value) % 4)
    parts = [
        (0x69002, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 0, 0, 0)), (0x18010, b"FORM~1.XLS\0"),
        (0x6800F, b"content"), (0x69005, long_name),
    ]
    return b"".join(attribute(2, number, data) for number, data in parts)


mail = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x89006, struct.pack("<I", 0x10000))
mail += attribute(1, 0x69007, struct.pack("<II", 1252, 0)) + named(0x1F, "Form.xlsx") + named(0x1E, "Form.xlsx")
Path("winmail.dat").write_bytes(mail)
for attachment in tnefparse.TNEF(mail).attachments:
    print("tnefparse:", attachment.name, attachment.long_filename(), attachment.data.decode())
PYTHON
cat >read.cjs <<'NODE'
const { parseBuffer } = require("node-tnef");
parseBuffer(require("fs").readFileSync("winmail.dat"), (_, mail) => {
  for (const { Title, Data } of mail.Attachments) console.log("node-tnef:", Title, Buffer.from(Data).toString());
});
NODE
observe sh -c 'node read.cjs | grep -v hostname'
seen <<'SEEN'
tnefparse: FORM~1.XLS Form.xlsx content
tnefparse: FORM~1.XLS Form.xlsx content
node-tnef: FORM~1.XLS content
node-tnef: FORM~1.XLS content
SEEN
