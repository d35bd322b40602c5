#!/usr/bin/env bash
# lib4sbom 0.10.4 marks every bill of materials that it writes "TLP:CLEAR", one that came marked RED or AMBER too.
#
# Expected: what a CycloneDX file says of who may have it (distributionConstraints, new in 1.7) is kept when the file is read
#           and written again, or left out; where nothing was said nothing is added.
# Seen:     RED, AMBER and nothing all come out as CLEAR, which says that it may be given to all. A licence that has a name and
#           no identifier of SPDX is gone.
# Caller:   put the mark in again after it, and have a file marked RED in the test; what is passed on by its mark is otherwise
#           passed on to all.
. "$(dirname "$0")/lib.sh"
pip_packages lib4sbom==0.10.4
observe python - <<'PYTHON'
import json
from lib4sbom.generator import SBOMGenerator
from lib4sbom.parser import SBOMParser

for mark in ("RED", "AMBER", None):
    component = {"type": "firmware", "name": "ESME", "version": "0002000A", "bom-ref": "esme"}
    part = {"type": "firmware", "name": "boot", "version": "00020003", "licenses": [{"license": {"name": "Maker's own"}}]}
    bill = {"bomFormat": "CycloneDX", "specVersion": "1.7", "version": 1}
    bill |= {"metadata": {"component": component}, "components": [part]}
    if mark:
        bill["metadata"]["distributionConstraints"] = {"tlp": mark}
    with open("came.cdx.json", "w") as file:
        json.dump(bill, file)
    parser = SBOMParser()
    parser.parse_file("came.cdx.json")
    SBOMGenerator(False, sbom_type="cyclonedx", format="json").generate("ESME", parser.get_sbom(), filename="went.json")
    went = json.load(open("went.json"))
    print(f"{mark} became", went["metadata"]["distributionConstraints"], "licences", went["components"][0].get("licenses"))
PYTHON
seen <<'SEEN'
RED became {'tlp': 'CLEAR'} licences None
AMBER became {'tlp': 'CLEAR'} licences None
None became {'tlp': 'CLEAR'} licences None
SEEN
