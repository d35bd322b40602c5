#!/usr/bin/env bash
# A firmware image of 300 bytes is 512 bytes when it has been in a UF2 file; with a gap adafruit-uf2 and uf2utils differ.
#
# Expected: what is put into a file of firmware comes out of it, so that its hash is the maker's.
# Seen:     adafruit-uf2 1.0.0 writes blocks of 256 bytes, fills the last one with noughts and says that it has 256; how long
#           the image was stands nowhere. uf2utils 0.9.8 keeps the 300. Where a block is left out adafruit-uf2 puts noughts in
#           its place, and uf2utils puts the two parts together without it: the second is at a wrong address.
# Caller:   ask for the image itself beside a .uf2, and hash that; never hash what a tool makes of it.
. "$(dirname "$0")/lib.sh"
pip_packages adafruit-uf2==1.0.0 uf2utils==0.9.8
observe python - <<'PYTHON'
import os
from contextlib import redirect_stdout
import adafruit_uf2
from uf2utils import UF2File

image = bytes(range(1, 251)) + bytes(range(1, 51))


def by_adafruit(uf2):
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        return adafruit_uf2.convert_from_uf2(uf2)


def by_uf2utils(uf2):
    with open("image.uf2", "wb") as file:
        file.write(uf2)
    return UF2File("image.uf2").extract_payload()


own = UF2File(board_family=0)
own.append_payload(image, 0)
own.to_file("own.uf2")
written = {"adafruit-uf2": adafruit_uf2.convert_to_uf2(image), "uf2utils": open("own.uf2", "rb").read()}
blocks = adafruit_uf2.convert_to_uf2(bytes([1]) * 256 + bytes([2]) * 256 + bytes([3]) * 256)
written["one block left out"] = blocks[:512] + blocks[1024:]
for name, uf2 in written.items():
    print(f"{name}: read by adafruit-uf2 {len(by_adafruit(uf2))} bytes, by uf2utils {len(by_uf2utils(uf2))}")
PYTHON
seen <<'SEEN'
adafruit-uf2: read by adafruit-uf2 512 bytes, by uf2utils 512
uf2utils: read by adafruit-uf2 300 bytes, by uf2utils 300
one block left out: read by adafruit-uf2 768 bytes, by uf2utils 512
SEEN
