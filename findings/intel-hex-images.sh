#!/usr/bin/env bash
# One Intel HEX file, three images: intelhex 2.3.0, bincopy 20.1.1 and objcopy (seen with binutils 2.40) differ.
#
# Expected: one file of firmware has one image and so one hash; a file cut short is refused.
# Seen:     a gap is filled with FF by intelhex and bincopy and with 00 by objcopy. Of a boot loader and a program put one
#           after the other (cat boot.hex program.hex) intelhex and objcopy give the first alone, bincopy both. A file
#           without its last record, as a broken copy leaves it, is read by all three without a word.
# Caller:   a hash is of bytes that somebody shipped; never make the bytes from a .hex to compare with a hash that another
#           tool made, and look for exactly one record of type 01, at the end.
. "$(dirname "$0")/lib.sh"
apt_program objcopy binutils
pip_packages intelhex==2.3.0 bincopy==20.1.1
observe python - <<'PYTHON'
import pathlib
import subprocess
import bincopy
import intelhex


def record(address, data=b"", kind=0):
    body = bytes([len(data), *address.to_bytes(2, "big"), kind]) + data
    return f":{(body + bytes([-sum(body) & 255])).hex().upper()}\n"


def images(text):
    pathlib.Path("image.hex").write_text(text)
    yield "intelhex", bytes(intelhex.IntelHex("image.hex").tobinarray())
    yield "bincopy", bytes(bincopy.BinFile("image.hex").as_binary())
    subprocess.run(["objcopy", "-I", "ihex", "-O", "binary", "image.hex", "image.bin"], check=True)
    yield "objcopy", pathlib.Path("image.bin").read_bytes()


END = record(0, kind=1)
boot, program = record(0x100, b"\1\2"), record(0x104, b"\3\4")
for name, text in {"gap": boot + program + END, "two files": boot + END + program + END, "cut": boot}.items():
    print(f"{name}:", *(f"{reader} {image.hex()}" for reader, image in images(text)))
PYTHON
seen <<'SEEN'
gap: intelhex 0102ffff0304 bincopy 0102ffff0304 objcopy 010200000304
two files: intelhex 0102 bincopy 0102ffff0304 objcopy 0102
cut: intelhex 0102 bincopy 0102 objcopy 0102
SEEN
