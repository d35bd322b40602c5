#!/usr/bin/env bash
# fastavro 1.13.1 takes a time without a zone for local time: an Avro file of 10:00 holds 09:00 from a machine in London.
#
# Expected: a naive datetime for timestamp-millis, which counts from 1970 in UTC, is refused, as avro 1.12.2 refuses it, or is
#           taken as UTC, as what comes back is in UTC.
# Seen:     in summer, with TZ=Europe/London, 10:00 is written as 09:00Z; the same program with TZ=UTC, as in most containers,
#           writes 10:00Z. local-timestamp-millis keeps 10:00 everywhere, and gives it back naive.
# Caller:   hand over aware datetimes only; two machines otherwise write files of one reading whose hashes differ.
. "$(dirname "$0")/lib.sh"
pip_packages fastavro==1.13.1 avro==1.12.2
cat >write.py <<'PYTHON'
import json
import os
from datetime import datetime
from io import BytesIO
import avro.errors
import avro.io
import avro.schema
import fastavro

reading = datetime(2029, 7, 1, 10)
for kind in ("timestamp-millis", "local-timestamp-millis"):
    schema = {"type": "long", "logicalType": kind}
    file = BytesIO()
    fastavro.schemaless_writer(file, schema, reading)
    file.seek(0)
    print(f"TZ={os.environ['TZ']} fastavro {kind}:", fastavro.schemaless_reader(file, schema))
try:
    schema = avro.schema.parse(json.dumps({"type": "long", "logicalType": "timestamp-millis"}))
    avro.io.DatumWriter(schema).write(reading, avro.io.BinaryEncoder(BytesIO()))
except avro.errors.AvroTypeException:
    print(f"TZ={os.environ['TZ']} avro: refused")
PYTHON
TZ=UTC observe python write.py
TZ=Europe/London observe python write.py
seen <<'SEEN'
TZ=UTC fastavro timestamp-millis: 2029-07-01 10:00:00+00:00
TZ=UTC fastavro local-timestamp-millis: 2029-07-01 10:00:00
TZ=UTC avro: refused
TZ=Europe/London fastavro timestamp-millis: 2029-07-01 09:00:00+00:00
TZ=Europe/London fastavro local-timestamp-millis: 2029-07-01 10:00:00
TZ=Europe/London avro: refused
SEEN
