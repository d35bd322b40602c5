#!/usr/bin/env bash
# "no" is True for cattrs 26.2.1, mashumaro 3.23 and dataclasses-json 0.6.7 where a field is a bool; so are "false", "N" and "0".
#
# Expected: a text for a field declared bool is read as what it says, or refused, as by pydantic 2.14.4, marshmallow 3.26.2,
#           msgspec 0.23.0 (strict=False) and dacite 1.9.2, which take "no" for False or raise.
# Seen:     the three call bool() on what they are given, so every text but the empty one is True, and None is False for two of
#           them. For an int they call int(), so 1.9 is 1; "0002_0003" is 20003 for pydantic and marshmallow, too.
# Caller:   register a hook for bool and int (cattrs) or give a strategy (mashumaro); try every converter with the word "no".
. "$(dirname "$0")/lib.sh"
pip_packages cattrs==26.2.1 mashumaro==3.23 dataclasses-json==0.6.7 pydantic==2.14.4 marshmallow==3.26.2 msgspec==0.23.0 dacite==1.9.2
observe python -W ignore - <<'PYTHON'
from dataclasses import dataclass
import cattrs
import dacite
import marshmallow
import msgspec
import pydantic
from dataclasses_json import DataClassJsonMixin
from mashumaro import DataClassDictMixin


@dataclass
class Plain:
    signed: bool = True
    count: int = 0


@dataclass
class Mashumaro(DataClassDictMixin):
    signed: bool = True
    count: int = 0


@dataclass
class DataClassesJson(DataClassJsonMixin):
    signed: bool = True
    count: int = 0


Pydantic = pydantic.create_model("Pydantic", signed=(bool, True), count=(int, 0))
schema = marshmallow.Schema.from_dict({"signed": marshmallow.fields.Boolean(), "count": marshmallow.fields.Integer()})
ways = {
    "cattrs": lambda form: vars(cattrs.structure(form, Plain)),
    "mashumaro": lambda form: vars(Mashumaro.from_dict(form)),
    "dataclasses-json": lambda form: vars(DataClassesJson.from_dict(form)),
    "pydantic": lambda form: dict(Pydantic(**form)),
    "marshmallow": lambda form: schema().load(form),
    "msgspec": lambda form: vars(msgspec.convert(form, Plain, strict=False)),
    "dacite": lambda form: vars(dacite.from_dict(Plain, form)),
}
values = [("signed", text) for text in ("no", "false", "N", "0", "n/a", None)] + [("count", 1.9), ("count", "0002_0003")]
for name, read in ways.items():
    said = []
    for field, value in values:
        try:
            said.append(f"{value}: {read({field: value})[field]}")
        except Exception:
            said.append(f"{value}: error")
    print(name, "|", ", ".join(said))
PYTHON
seen <<'SEEN'
cattrs | no: True, false: True, N: True, 0: True, n/a: True, None: False, 1.9: 1, 0002_0003: 20003
mashumaro | no: True, false: True, N: True, 0: True, n/a: True, None: False, 1.9: 1, 0002_0003: 20003
dataclasses-json | no: True, false: True, N: True, 0: True, n/a: True, None: None, 1.9: 1, 0002_0003: 20003
pydantic | no: False, false: False, N: False, 0: False, n/a: error, None: error, 1.9: error, 0002_0003: 20003
marshmallow | no: False, false: False, N: False, 0: False, n/a: error, None: error, 1.9: 1, 0002_0003: 20003
msgspec | no: error, false: False, N: error, 0: False, n/a: error, None: error, 1.9: error, 0002_0003: error
dacite | no: error, false: error, N: error, 0: error, n/a: error, None: error, 1.9: error, 0002_0003: error
SEEN
