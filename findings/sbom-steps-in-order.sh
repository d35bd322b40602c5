#!/usr/bin/env bash
# cyclonedx-python-lib 11.12.0 sorts the properties and components of a bill of materials that it reads, and drops repetitions.
#
# Expected: what is read and written again has the same lists; CycloneDX's JSON schema has arrays there, and lets a property's
#           name come more than once.
# Seen:     the steps "load B, verify, load A, verify" come back as load A, load B, verify: in alphabetical order, and the
#           second "verify" is gone. Components go by name and version, so the order of an update's images is lost. No
#           warning.
# Caller:   put a number into each property's name where the order or a repetition counts; hash and archive the file as it
#           came.
. "$(dirname "$0")/lib.sh"
pip_packages cyclonedx-python-lib==11.12.0
observe python - <<'PYTHON'
import json
from cyclonedx.model.bom import Bom
from cyclonedx.output.json import JsonV1Dot6

steps = [{"name": "step", "value": value} for value in ("load B", "verify", "load A", "verify")]
images = [{"type": "firmware", "name": "ESME", "version": version, "bom-ref": version} for version in ("0002000B", "0002000A")]
images[0]["properties"] = steps
bom = Bom.from_json({"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": images})
for image in json.loads(JsonV1Dot6(bom).output_as_string())["components"]:
    print(image["version"], [step["value"] for step in image.get("properties", [])])
PYTHON
seen <<'SEEN'
0002000A []
0002000B ['load A', 'load B', 'verify']
SEEN
