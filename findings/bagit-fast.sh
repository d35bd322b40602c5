#!/usr/bin/env bash
# bagit 1.9.0: validate(fast=True) compares names and the sum of sizes, as documented, and no content.
#
# Expected: the fast way misses little.
# Seen:     a payload file changed in place, length kept, is valid; so is it with completeness_only=True. It also still
#           declares BagIt 0.97, not the 1.0 of RFC 8493.
# Caller:   only a full validation is evidence; the fast ones answer "did the copy finish?".
. "$(dirname "$0")/lib.sh"
pip_packages bagit==1.9.0 'setuptools<81'
observe python - <<'PYTHON'
import logging
import pathlib
import bagit

logging.disable(logging.CRITICAL)
pathlib.Path("case").mkdir()
pathlib.Path("case/letter.txt").write_text("approved")
bag = bagit.make_bag("case", checksums=["sha256"])
pathlib.Path("case/data/letter.txt").write_text("returned")
print("fast:", bag.validate(fast=True), "complete:", bag.validate(completeness_only=True))
print("full:", bag.is_valid())
print(pathlib.Path("case/bagit.txt").read_text().splitlines()[0])
PYTHON
seen <<'SEEN'
fast: True complete: True
full: False
BagIt-Version: 0.97
SEEN
