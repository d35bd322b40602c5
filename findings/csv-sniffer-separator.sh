#!/usr/bin/env bash
# Python's csv.Sniffer (seen with 3.11) takes a nought for the separator of a list of versions, and an S for that of models.
#
# Expected: a file of one column has no separator: an error, or the comma.
# Seen:     whatever character comes equally often in each line will do, a digit or a letter as well as a comma: 0002000A,
#           0002000B, 0002000C become the columns "", "", "", 2, "", "" and A. ESME, GSME and HCALCS are cut at their S. With
#           a heading in the first line the versions raise, so that one and the same list is read or not by its heading.
#           Papa Parse 5.7.1 (npm) takes a comma, and says that it could not tell.
# Caller:   Sniffer().sniff(text, delimiters=",;\t|"), and a look at the number of columns.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages papaparse@5.7.1
observe python3 - <<'PYTHON'
import csv

for text in ("0002000A\n0002000B\n0002000C\n", "ESME\nGSME\nHCALCS\n", "Version\n0002000A\n0002000B\n"):
    try:
        dialect = csv.Sniffer().sniff(text)
        print(repr(dialect.delimiter), next(csv.reader(text.splitlines(), dialect)))
    except csv.Error as error:
        print(error)
PYTHON
cat >guess.cjs <<'NODE'
const { parse } = require("papaparse");
const { meta, errors } = parse("0002000A\n0002000B\n0002000C");
console.log("Papa Parse:", meta.delimiter, errors.map((error) => error.code));
NODE
observe node guess.cjs
seen <<'SEEN'
'0' ['', '', '', '2', '', '', 'A']
'S' ['E', 'ME']
Could not determine delimiter
Papa Parse: , [ 'UndetectableDelimiter' ]
SEEN
