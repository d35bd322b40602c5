#!/usr/bin/env bash
# structlog 26.1.0 logs a time as "datetime.datetime(2029, 4, 3, ...)" in its JSON, and a number that is none as NaN, which is no JSON.
#
# Expected: JSONRenderer writes a time as python-json-logger 4.2.0 does, "2029-04-03T10:00:00+00:00", or raises as json.dumps
#           does; a line of a log is JSON.
# Seen:     whatever JSON has no kind for is logged by its repr(): datetime, date, Decimal, UUID, bytes, a set. Nothing fails, and
#           no search by time or amount finds the line. NaN is written as such by both libraries; Node's JSON.parse refuses
#           the line.
# Caller:   JSONRenderer(default=...) with one's own words for each kind; log texts and whole numbers only, and test the lines
#           with the reader that collects them.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages structlog==26.1.0 python-json-logger==4.2.0
cat >log.py <<'PYTHON'
import logging
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID
import structlog
from pythonjsonlogger.json import JsonFormatter

render = structlog.processors.JSONRenderer()
values = [datetime(2029, 4, 3, 10, tzinfo=UTC), date(2029, 4, 3), Decimal("1.10"), UUID(int=1), b"\x00", {1}, float("nan")]
for value in values:
    print("structlog         ", render(None, "info", {"value": value}))
    record = logging.makeLogRecord({"value": value})
    print("python-json-logger", JsonFormatter("%(value)s").format(record))
PYTHON
observe python log.py
python log.py | tail -2 | cut -c20- >lines.txt
observe node -e 'for (const line of require("fs").readFileSync("lines.txt", "utf8").trim().split("\n"))
  try { JSON.parse(line) } catch (error) { console.log(line, error.name) }'
seen <<'SEEN'
structlog          {"value": "datetime.datetime(2029, 4, 3, 10, 0, tzinfo=datetime.timezone.utc)"}
python-json-logger {"value": "2029-04-03T10:00:00+00:00"}
structlog          {"value": "datetime.date(2029, 4, 3)"}
python-json-logger {"value": "2029-04-03"}
structlog          {"value": "Decimal('1.10')"}
python-json-logger {"value": "1.10"}
structlog          {"value": "UUID('00000000-0000-0000-0000-000000000001')"}
python-json-logger {"value": "00000000-0000-0000-0000-000000000001"}
structlog          {"value": "b'\\x00'"}
python-json-logger {"value": "AA=="}
structlog          {"value": "{1}"}
python-json-logger {"value": "{1}"}
structlog          {"value": NaN}
python-json-logger {"value": NaN}
{"value": NaN} SyntaxError
{"value": NaN} SyntaxError
SEEN
