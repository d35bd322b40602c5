#!/usr/bin/env bash
# frictionless 5.21.0 extracts a cell that does not fit its column as an empty one, and raises nothing.
#
# Expected: reading rows by a schema stops at "10 July" in a column of dates, or gives its text.
# Seen:     extract and read_rows give None, the same as for a cell that was left out; rows of the wrong length are filled or
#           cut. The reason is in row.errors, which goes with to_dict(), and in validate, which is another pass.
# Caller:   validate first and extract only what is valid, or look at each row.valid; a count of empty cells after extract is
#           no count of what people left out.
. "$(dirname "$0")/lib.sh"
pip_packages frictionless==5.21.0
observe python -W ignore - <<'PYTHON'
from pathlib import Path
from frictionless import Resource, Schema, extract

Path("list.csv").write_text("version,expires\n0002,2030-07-10\n0003,10 July\n0004\n0005,,late\n")
FIELDS = [{"name": "version", "type": "string"}, {"name": "expires", "type": "date"}]
SCHEMA = Schema.from_descriptor({"fields": FIELDS})
for row in Resource(path="list.csv", schema=SCHEMA).read_rows():
    print(row.to_dict(), row.valid, *(error.type for error in row.errors))
print(extract("list.csv", schema=SCHEMA)["list"][1])
print(Resource(path="list.csv", schema=SCHEMA).validate().valid)
PYTHON
seen <<'SEEN'
{'version': '0002', 'expires': datetime.date(2030, 7, 10)} True
{'version': '0003', 'expires': None} False type-error
{'version': '0004', 'expires': None} False missing-cell
{'version': '0005', 'expires': None} False extra-cell
{'version': '0003', 'expires': None}
False
SEEN
