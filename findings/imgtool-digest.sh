#!/usr/bin/env bash
# The digest that imgtool 2.5.0 (MCUboot) tells of a firmware image is the SHA-256 of no file that anybody has.
#
# Expected: "Image digest" is what sha256sum says of the image, the firmware as it was built or the file as it is sent, so that it
#           can be compared with a list of hashes.
# Seen:     it is the SHA-256 of the header and the firmware, without the trailer that it stands in. Two files of one digest, one
#           padded to its slot, have two hashes; one firmware under two versions has two digests. Version 300.2.3 is taken by its
#           reader of versions, and fails as a struct.error where the header is packed: the first two numbers have a byte each.
# Caller:   say in a list of hashes which bytes are hashed, and compute it from those bytes.
. "$(dirname "$0")/lib.sh"
pip_packages imgtool==2.5.0
cat >images.py <<'PYTHON'
import hashlib
import subprocess
from pathlib import Path
from imgtool.version import decode_version

firmware = bytes(range(256)) * 8
Path("firmware.bin").write_bytes(firmware)
print("firmware", hashlib.sha256(firmware).hexdigest()[:16])
for name, more in (("1.2.3", []), ("1.2.3 padded", ["--pad"]), ("1.2.4", []), ("300.2.3", [])):
    options = ["--version", name.split()[0], "--header-size", "0x20", "--pad-header", "--slot-size", "0x4000", "--align", "4", *more]
    done = subprocess.run(["imgtool", "sign", *options, "firmware.bin", "image.bin"], capture_output=True, text=True)
    if done.returncode:
        print(name, decode_version(name), done.stderr.strip().splitlines()[-1])
        continue
    image = Path("image.bin").read_bytes()
    said = subprocess.run(["imgtool", "verify", "image.bin"], capture_output=True, text=True).stdout
    covered = hashlib.sha256(image[: 0x20 + len(firmware)]).hexdigest()[:16]
    digest = [line.split()[-1][:16] for line in said.splitlines() if line.startswith("Image digest")]
    print(name, "file", hashlib.sha256(image).hexdigest()[:16], "header and firmware", covered, "imgtool says", *digest)
PYTHON
observe python images.py
seen <<'SEEN'
firmware 10fc3c51a152e90e
1.2.3 file 843fc38f62ca0079 header and firmware 8e33f8187bf4294d imgtool says 8e33f8187bf4294d
1.2.3 padded file 869be1366d056973 header and firmware 8e33f8187bf4294d imgtool says 8e33f8187bf4294d
1.2.4 file f4d498e9115ac270 header and firmware 0978551145b28e7c imgtool says 0978551145b28e7c
300.2.3 SemiSemVersion(major=300, minor=2, revision=3, build=0) struct.error: ubyte format requires 0 <= number <= 255
SEEN
