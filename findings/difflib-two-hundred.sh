#!/usr/bin/env bash
# Python's difflib (seen with 3.11): from 200 characters on two texts that differ in one digit are two thirds alike, and then half.
#
# Expected: ratio() of two keys in hexadecimal that differ in one digit is near 1, whatever their length; and a diff of two lists
#           of 300 lines with one changed line has one line out and one in.
# Seen:     in a sequence of 200 or more what makes up over a hundredth of it is "popular" and finds no place where the two
#           agree (autojunk): with hexadecimal digits that is every one. unified_diff, which cannot be told otherwise, marks 150
#           lines out and in, all below the change, where the lines are of few kinds; HtmlDiff and ndiff stand on the same.
#           rapidfuzz 3.14.6 gives 0.996.
# Caller:   SequenceMatcher(None, a, b, autojunk=False), and one's own loop over get_grouped_opcodes() for a diff.
. "$(dirname "$0")/lib.sh"
pip_packages rapidfuzz==3.14.6
observe python - <<'PYTHON'
import hashlib
from difflib import SequenceMatcher, unified_diff
from rapidfuzz import fuzz

key = "".join(hashlib.sha256(bytes([part])).hexdigest() for part in range(4))
other = key[:128] + "0" + key[129:]
for size in (199, 200, 256):
    a, b = key[:size], other[:size]
    exact = SequenceMatcher(None, a, b, autojunk=False).ratio()
    print(size, f"{SequenceMatcher(None, a, b).ratio():.3f} without autojunk: {exact:.3f} rapidfuzz: {fuzz.ratio(a, b) / 100:.3f}")
for size in (199, 300):
    old = [f"device {number % 3}: listed" for number in range(size)]
    new = [*old[:150], "device 9: withdrawn", *old[151:]]
    marks = [line[0] for line in unified_diff(old, new, n=0, lineterm="")][3:]
    print(size, "lines:", marks.count("-"), "out,", marks.count("+"), "in")
PYTHON
seen <<'SEEN'
199 0.995 without autojunk: 0.995 rapidfuzz: 0.995
200 0.640 without autojunk: 0.995 rapidfuzz: 0.995
256 0.500 without autojunk: 0.996 rapidfuzz: 0.996
199 lines: 1 out, 1 in
300 lines: 150 out, 150 in
SEEN
