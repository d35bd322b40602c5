#!/usr/bin/env bash
# frictionless 5.21.0 takes "ESMEX" for a match of the pattern "ESME|HCALCS", and not "XESME"; "(ESME|HCALCS)" takes neither.
#
# Expected: the pattern of a field is one expression that the whole value matches, as Table Schema has it (it names XML
#           Schema's, which are anchored), so lxml 6.1.3 and csvw 4.1.1 read it: brackets around it change nothing.
# Seen:     frictionless puts ^ and $ around the text of the pattern, so that of two alternatives the first has no end and
#           only the last one has one. A file with ESMEX in it is valid.
# Caller:   brackets around every pattern that has a bar, and a row for each alternative, with something behind it, in the
#           test of the schema.
. "$(dirname "$0")/lib.sh"
pip_packages frictionless==5.21.0 lxml==6.1.3 csvw==4.1.1
observe python -W ignore - <<'PYTHON'
import warnings
from csvw.metadata import Column
from frictionless import Resource, Schema
from lxml import etree

SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:simpleType>
<xs:restriction base="xs:string"><xs:pattern value="{}"/></xs:restriction></xs:simpleType></xs:element></xs:schema>"""


def by_csvw(pattern, value):
    try:
        Column.fromvalue({"name": "a", "datatype": {"base": "string", "format": pattern}}).read(value)
    except ValueError:
        return False
    return True


for pattern in ("ESME|HCALCS", "(ESME|HCALCS)"):
    for value in ("ESME", "HCALCS", "ESMEX", "XESME", "HCALCSX", "XHCALCS"):
        field = {"name": "a", "type": "string", "constraints": {"pattern": pattern}}
        resource = Resource(data=[["a"], [value]], schema=Schema.from_descriptor({"fields": [field]}))
        by_frictionless = resource.validate().valid
        by_libxml2 = etree.XMLSchema(etree.fromstring(SCHEMA.format(pattern))).validate(etree.fromstring(f"<a>{value}</a>"))
        print(f"{pattern}: {value}: frictionless {by_frictionless}, libxml2 {by_libxml2}, csvw {by_csvw(pattern, value)}")
PYTHON
seen <<'SEEN'
ESME|HCALCS: ESME: frictionless True, libxml2 True, csvw True
ESME|HCALCS: HCALCS: frictionless True, libxml2 True, csvw True
ESME|HCALCS: ESMEX: frictionless True, libxml2 False, csvw False
ESME|HCALCS: XESME: frictionless False, libxml2 False, csvw False
ESME|HCALCS: HCALCSX: frictionless False, libxml2 False, csvw False
ESME|HCALCS: XHCALCS: frictionless False, libxml2 False, csvw False
(ESME|HCALCS): ESME: frictionless True, libxml2 True, csvw True
(ESME|HCALCS): HCALCS: frictionless True, libxml2 True, csvw True
(ESME|HCALCS): ESMEX: frictionless False, libxml2 False, csvw False
(ESME|HCALCS): XESME: frictionless False, libxml2 False, csvw False
(ESME|HCALCS): HCALCSX: frictionless False, libxml2 False, csvw False
(ESME|HCALCS): XHCALCS: frictionless False, libxml2 False, csvw False
SEEN
