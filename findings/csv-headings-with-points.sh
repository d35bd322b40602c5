#!/usr/bin/env bash
# csvtojson 2.0.14 (npm): beside a heading "version.1" the value under "version" is lost.
#
# Expected: a heading is the name of its column; pandas, for one, writes "version.1" for a second column "version".
# Seen:     a point begins an object, a number behind it a list: "version.1" replaces the version by a list whose first entry
#           is empty. Of two equal headings the last one's value stays. Papa Parse 5.7.1 renames the second, csv-parse 7.0.3
#           loses the first of two equal ones likewise, and has no points.
# Caller:   flatKeys: true, and a look for headings that come twice.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages pandas==3.1.1
npm_packages csvtojson@2.0.14 papaparse@5.7.1 csv-parse@7.0.3
python - <<'PYTHON'
import io
import pandas

TWICE = "device,version,version\nESME,0002000A,0002000B\n"
open("plain.csv", "w").write(TWICE)
pandas.read_csv(io.StringIO(TWICE)).to_csv("twice.csv", index=False)
open("points.csv", "w").write("device,hash.sha256,annex 1.2\nESME,aa,bb\n")
PYTHON
cat >read.cjs <<'NODE'
const { readFileSync } = require("fs");
const csv = require("csvtojson");
const { parse } = require("csv-parse/sync");
const Papa = require("papaparse");
(async () => {
  for (const name of ["twice", "plain", "points"]) {
    const text = readFileSync(`${name}.csv`, "utf8").trim();
    console.log(name);
    console.log("  csvtojson:", JSON.stringify(await csv().fromString(text)));
    console.log("  csvtojson, flatKeys:", JSON.stringify(await csv({ flatKeys: true }).fromString(text)));
    console.log("  csv-parse:", JSON.stringify(parse(text, { columns: true })));
    console.log("  Papa Parse:", JSON.stringify(Papa.parse(text, { header: true }).data));
  }
})();
NODE
observe sh -c 'node read.cjs 2>/dev/null'
seen <<'SEEN'
twice
  csvtojson: [{"device":"ESME","version":[null,"0002000B"]}]
  csvtojson, flatKeys: [{"device":"ESME","version":"0002000A","version.1":"0002000B"}]
  csv-parse: [{"device":"ESME","version":"0002000A","version.1":"0002000B"}]
  Papa Parse: [{"device":"ESME","version":"0002000A","version.1":"0002000B"}]
plain
  csvtojson: [{"device":"ESME","version":"0002000B"}]
  csvtojson, flatKeys: [{"device":"ESME","version":"0002000B"}]
  csv-parse: [{"device":"ESME","version":"0002000B"}]
  Papa Parse: [{"device":"ESME","version":"0002000A","version_1":"0002000B"}]
points
  csvtojson: [{"device":"ESME","hash":{"sha256":"aa"},"annex 1":[null,null,"bb"]}]
  csvtojson, flatKeys: [{"device":"ESME","hash.sha256":"aa","annex 1.2":"bb"}]
  csv-parse: [{"device":"ESME","hash.sha256":"aa","annex 1.2":"bb"}]
  Papa Parse: [{"device":"ESME","hash.sha256":"aa","annex 1.2":"bb"}]
SEEN
