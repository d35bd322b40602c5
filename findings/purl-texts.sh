#!/usr/bin/env bash
# One package URL has two texts by packageurl-python 0.17.6 and packageurl-js 2.0.1 (npm): of a hash, a plus sign or a stroke.
#
# Expected: a package URL has one canonical text, by which a bill of materials, a VEX statement and a database name one image.
# Seen:     for a checksum the one writes sha256:ab and the other sha256%3Aab; of version 2.0+4 the first has 2.0%2B4, the
#           second 2.0+4; of 1/2 the first has 1/2, the second 1%2F2. Each reads the other's text as it was meant, so
#           nothing shows until two texts are compared, as bom-ref and VEX products are.
# Caller:   parse and compare the parts; never look for a package URL as a text that another program wrote.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages packageurl-python==0.17.6
npm_packages packageurl-js@2.0.1
cat >write.py <<'PYTHON'
import sys
from packageurl import PackageURL

for version, checksum in (("0002000A", "sha256:ab"), ("2.0+4", None), ("1/2", None)):
    print(PackageURL("generic", "acme", "esme", version, {"checksum": checksum} if checksum else None))
if len(sys.argv) > 1:
    theirs = map(PackageURL.from_string, open(sys.argv[1]).read().split())
    print("the other's are read as", [(purl.version, purl.qualifiers) for purl in theirs])
PYTHON
cat >write.mjs <<'NODE'
import { PackageURL } from "packageurl-js";

for (const [version, checksum] of [["0002000A", "sha256:ab"], ["2.0+4"], ["1/2"]])
  console.log(new PackageURL("generic", "acme", "esme", version, checksum && { checksum }).toString());
NODE
node write.mjs >theirs
observe cat theirs
observe python write.py theirs
seen <<'SEEN'
pkg:generic/acme/esme@0002000A?checksum=sha256%3Aab
pkg:generic/acme/esme@2.0+4
pkg:generic/acme/esme@1%2F2
pkg:generic/acme/esme@0002000A?checksum=sha256:ab
pkg:generic/acme/esme@2.0%2B4
pkg:generic/acme/esme@1/2
the other's are read as [('0002000A', {'checksum': 'sha256:ab'}), ('2.0+4', {}), ('1/2', {})]
SEEN
