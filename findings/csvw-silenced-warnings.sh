#!/usr/bin/env bash
# csvw 4.1.1: where Python's warnings are silenced, CSVW.is_valid is True of every file that its rows break.
#
# Expected: whether a file keeps to its description does not hang on how the interpreter was started.
# Seen:     is_valid counts the warnings that it records; with `-W ignore`, or PYTHONWARNINGS=ignore as many a container sets
#           it, none is recorded, and a missing required value and a value against its format pass. A second row with the
#           same primary key is no False but a ValueError, either way.
# Caller:   read the rows with `list(table.iterdicts())`, which raises; and have a file that must be refused in the test.
. "$(dirname "$0")/lib.sh"
pip_packages csvw==4.1.1
cat >ask.py <<'PYTHON'
import json
import pathlib
from csvw import CSVW

VERSION = {"name": "version", "required": True, "datatype": {"base": "string", "format": "[0-9A-F]{8}"}}
SCHEMA = {"columns": [{"name": "device"}, VERSION], "primaryKey": "device"}
TABLE = {"@context": "http://www.w3.org/ns/csvw", "url": "list.csv", "tableSchema": SCHEMA}
ROWS = {"good": "B,0002000B", "missing": "B,", "format": "B,xyz", "key": "A,0002000B"}
pathlib.Path("list.csv-metadata.json").write_text(json.dumps(TABLE))
for fault, row in ROWS.items():
    pathlib.Path("list.csv").write_text(f"device,version\nA,0002000A\n{row}\n")
    try:
        print(fault, CSVW("list.csv-metadata.json", validate=True).is_valid)
    except ValueError:
        print(fault, "raises")
PYTHON
observe env PYTHONWARNINGS=default python ask.py 2>/dev/null
observe env PYTHONWARNINGS=ignore python ask.py
seen <<'SEEN'
good True
missing False
format False
key raises
good True
missing True
format True
key raises
SEEN
