#!/usr/bin/env bash
# "^[0-9A-F]{8}$" is met by "0002000A" with a line's end behind it for jsonschema 4.26.0, msgspec 0.23.0 and pandas 3.1.1, not for others.
#
# Expected: the pattern of a JSON schema is a regular expression of ECMA-262 (JSON Schema validation, 6.3.3), in which $ without
#           a flag is the end of the text: nine characters are no version.
# Seen:     Python's $ also stands before a line's end that is the last character, and jsonschema, msgspec.Meta(pattern=...) and
#           pandas' str.contains and str.match take the pattern as it is. ajv 8.20.0 (npm), fastjsonschema 2.22.3, pydantic
#           2.14.3, polars 2.1.0 and DuckDB 2.0.1 refuse the text. So a cell that was copied with its line's end is right for
#           the one half of a system and wrong for the other.
# Caller:   take white space off before, or end the pattern with (?!\n)$, which Python and JavaScript read alike.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages jsonschema==4.26.0 msgspec==0.23.0 pandas==3.1.1 fastjsonschema==2.22.3 pydantic==2.14.3 polars==2.1.0 duckdb==2.0.1
npm_packages ajv@8.20.0
observe python - <<'PYTHON'
from typing import Annotated
import duckdb
import fastjsonschema
import jsonschema
import msgspec
import pandas
import polars
import pydantic


def said(check, *given):
    try:
        return check(*given) is not False
    except (ValueError, jsonschema.ValidationError):
        return False


for pattern in ("^[0-9A-F]{8}$", r"^[0-9A-F]{8}(?!\n)$"):
    schema, text = {"type": "string", "pattern": pattern}, "0002000A\n"
    print(pattern)
    print("  jsonschema    ", said(jsonschema.validate, text, schema))
    print("  msgspec       ", said(msgspec.convert, text, Annotated[str, msgspec.Meta(pattern=pattern)]))
    print("  pandas        ", pandas.Series([text], dtype=object).str.contains(pattern).tolist())
    print("  fastjsonschema", said(fastjsonschema.validate, schema, text))
PATTERN = "^[0-9A-F]{8}$"
kind = pydantic.TypeAdapter(Annotated[str, pydantic.Field(pattern=PATTERN)])
print("pydantic", said(kind.validate_python, text))
print("polars  ", polars.Series([text]).str.contains(PATTERN).to_list())
print("DuckDB  ", duckdb.execute("select regexp_matches(?, ?)", [text, PATTERN]).fetchall())
PYTHON
cat >check.cjs <<'NODE'
const Ajv = require("ajv").default;
for (const pattern of ["^[0-9A-F]{8}$", "^[0-9A-F]{8}(?!\\n)$"])
  console.log("ajv", pattern, ["0002000A\n", "0002000A"].map((text) => new Ajv().validate({ type: "string", pattern }, text)));
NODE
observe node check.cjs
seen <<'SEEN'
^[0-9A-F]{8}$
  jsonschema     True
  msgspec        True
  pandas         [True]
  fastjsonschema False
^[0-9A-F]{8}(?!\n)$
  jsonschema     False
  msgspec        False
  pandas         [False]
  fastjsonschema False
pydantic False
polars   [False]
DuckDB   [(False,)]
ajv ^[0-9A-F]{8}$ [ false, true ]
ajv ^[0-9A-F]{8}(?!\n)$ [ false, true ]
SEEN
