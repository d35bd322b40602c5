#!/usr/bin/env bash
# A limit of "10 MiB" is ten bytes for bytes 3.1.2 (npm), and "10MB" is 486 kilobytes more for it than for pydantic or humanfriendly.
#
# Expected: MiB, the unit of IEC 80000-13, is 1,048,576 bytes wherever sizes are read, and what is not understood is refused.
# Seen:     bytes, which sets the limits of Express, reads the number and drops a unit that it does not know: "10 MiB", "10M" and
#           "10 megabytes" are 10. Its MB is 1,048,576; for pydantic 2.14.4 (ByteSize) and humanfriendly 10.0 it is 1,000,000. "10
#           Mbit" is a size for the three: 10 bytes, 1,250,000 and 10,000,000.
# Caller:   give limits as a number of bytes; where a mail server and a program share one, write it once.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages pydantic==2.14.4 humanfriendly==10.0
npm_packages bytes@3.1.2
cat >read.cjs <<'NODE'
const bytes = require("bytes");
for (const text of ["10MB", "10 MiB", "10M", "10 megabytes", "10 Mbit"]) console.log("bytes", text, "=", bytes.parse(text));
NODE
observe node read.cjs
observe python - <<'PYTHON'
import humanfriendly
import pydantic

size = pydantic.TypeAdapter(pydantic.ByteSize)
for name, read in (("pydantic", lambda text: int(size.validate_python(text))), ("humanfriendly", humanfriendly.parse_size)):
    for text in ("10MB", "10 MiB", "10M", "10 megabytes", "10 Mbit"):
        try:
            print(name, text, "=", read(text))
        except ValueError as error:
            print(name, text, "=", type(error).__name__)
PYTHON
seen <<'SEEN'
bytes 10MB = 10485760
bytes 10 MiB = 10
bytes 10M = 10
bytes 10 megabytes = 10
bytes 10 Mbit = 10
pydantic 10MB = 10000000
pydantic 10 MiB = 10485760
pydantic 10M = 10000000
pydantic 10 megabytes = ValidationError
pydantic 10 Mbit = 1250000
humanfriendly 10MB = 10000000
humanfriendly 10 MiB = 10485760
humanfriendly 10M = 10000000
humanfriendly 10 megabytes = 10000000
humanfriendly 10 Mbit = 10000000
SEEN
