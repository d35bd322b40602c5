#!/usr/bin/env bash
# bagit 1.9.0 writes a description of two lines into a bag as one line, with nothing where the line ended.
#
# Expected: a value of bag-info.txt that has a line's end is folded (RFC 8493, 2.2.2 lets it go on in a line that begins with
#           a blank), or the end becomes a blank, or make_bag refuses it.
# Seen:     "0002" at the end of a line and "0003" at the beginning of the next are written as 00020003; "not" and "valid" as
#           notvalid. No warning, and the bag is valid in full, since the tag manifest is made of what was written. A value
#           that another program folded is read with a blank there, as it should be.
# Caller:   " ".join(value.split()) before a value goes into a bag's info; what stands there is for people who have nothing
#           else to read years later.
. "$(dirname "$0")/lib.sh"
pip_packages bagit==1.9.0
observe python - <<'PYTHON'
from pathlib import Path
import bagit


def line():
    lines = Path("bag/bag-info.txt").read_text().splitlines()
    return next(text for text in lines if text.startswith("External-Description"))


Path("bag").mkdir()
Path("bag/list.csv").write_text("0002\n")
bag = bagit.make_bag("bag", {"External-Description": "Versions: 0002\n0003\nThe first is not\nvalid"})
print("written:", line())
print("valid:", bag.is_valid())
info = Path("bag/bag-info.txt")
info.write_text(info.read_text().replace(line(), "External-Description: Versions: 0002\n 0003"))
bag = bagit.Bag("bag")
print("folded by another program, read:", repr(bag.info["External-Description"]))
PYTHON
seen <<'SEEN'
written: External-Description: Versions: 00020003The first is notvalid
valid: True
folded by another program, read: 'Versions: 0002 0003'
SEEN
