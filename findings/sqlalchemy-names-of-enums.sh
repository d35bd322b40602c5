#!/usr/bin/env bash
# SQLAlchemy 2.1.9 stores an enumeration by the names of its members, and cannot read a row that holds a value; JSON has the values.
#
# Expected: class Verdict(Enum): READY = "ready" is "ready" wherever it leaves the program, as json, msgspec 0.23.0 and pydantic
#           2.14.3 write it.
# Seen:     the column holds READY. A row written by SQL, an import or another service as "ready" raises a LookupError when it
#           is read, and with it the whole query fails. So a member may not be renamed, which no file of JSON notices; and
#           the column is as wide as the longest name that there was, VARCHAR(6).
# Caller:   Enum(Verdict, values_callable=lambda kind: [member.value for member in kind]), from the first migration on.
. "$(dirname "$0")/lib.sh"
pip_packages sqlalchemy==2.1.9 msgspec==0.23.0 pydantic==2.14.3
observe python - <<'PYTHON'
from enum import Enum
import msgspec
import pydantic
import sqlalchemy as sa

Verdict = Enum("Verdict", {"READY": "ready", "RETURN": "return"})
print("msgspec:", msgspec.json.encode(Verdict.READY), "pydantic:", pydantic.TypeAdapter(Verdict).dump_json(Verdict.READY))
for words, kind in {
    "Enum(Verdict)": sa.Enum(Verdict),
    "with values_callable": sa.Enum(Verdict, values_callable=lambda members: [member.value for member in members]),
}.items():
    case = sa.Table("case", sa.MetaData(), sa.Column("verdict", kind))
    with sa.create_engine("sqlite://").begin() as connection:
        case.metadata.create_all(connection)
        connection.execute(case.insert(), {"verdict": Verdict.READY})
        print(words, repr(kind.length), connection.exec_driver_sql('select verdict from "case"').scalar())
        connection.exec_driver_sql("insert into \"case\" values ('ready')")
        try:
            print(connection.execute(sa.select(case)).all())
        except LookupError as error:
            print("LookupError:", error)
PYTHON
seen <<'SEEN'
msgspec: b'"ready"' pydantic: b'"ready"'
Enum(Verdict) 6 READY
LookupError: 'ready' is not among the defined enum values. Enum name: verdict. Possible values: READY, RETURN
with values_callable 6 ready
[(<Verdict.READY: 'ready'>,), (<Verdict.READY: 'ready'>,)]
SEEN
