#!/usr/bin/env bash
# For xmlschema 4.3.2 a month is both at most 30 days and at least 31, and a day without a zone is that day in Greenwich.
#
# Expected: where XML Schema (part 2, 3.2.6.2 and 3.2.7.4) says that two values cannot be compared, a bound holds for neither:
#           a month may have 28 days, and a local midnight may be fourteen hours off.
# Seen:     xmlschema takes P1M for valid under maxInclusive P30D and under minInclusive P31D, P1Y likewise by 365 days, and
#           2029-04-03 for equal to 2029-04-03Z; libxml2 (lxml 6.1.3) takes none of these. One second after the bound libxml2
#           takes a local time for later too, which the standard leaves open until fourteen hours have gone by.
# Caller:   bound periods in one unit, and times with a pattern that asks for the Z; a file that one validator passed may be
#           sent back by the other side's.
. "$(dirname "$0")/lib.sh"
pip_packages xmlschema==4.3.2 lxml==6.1.3
observe python - <<'PYTHON'
import xmlschema
from lxml import etree

SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:simpleType>
<xs:restriction base="xs:{}"><xs:{} value="{}"/></xs:restriction></xs:simpleType></xs:element></xs:schema>"""
for kind, facet, bound, value in [
    ("duration", "maxInclusive", "P30D", "P1M"),
    ("duration", "minInclusive", "P31D", "P1M"),
    ("duration", "maxInclusive", "P365D", "P1Y"),
    ("duration", "enumeration", "P1Y", "P12M"),
    ("date", "enumeration", "2029-04-03Z", "2029-04-03"),
    ("date", "minInclusive", "2029-04-03Z", "2029-04-03"),
    ("dateTime", "minInclusive", "2029-04-03T10:00:00Z", "2029-04-03T10:00:00"),
    ("dateTime", "minInclusive", "2029-04-03T10:00:00Z", "2029-04-03T10:00:01"),
]:
    schema, document = SCHEMA.format(kind, facet, bound), f"<a>{value}</a>"
    by_libxml2 = etree.XMLSchema(etree.fromstring(schema)).validate(etree.fromstring(document))
    print(f"{value}, {facet} {bound}: xmlschema {xmlschema.XMLSchema(schema).is_valid(document)}, libxml2 {by_libxml2}")
PYTHON
seen <<'SEEN'
P1M, maxInclusive P30D: xmlschema True, libxml2 False
P1M, minInclusive P31D: xmlschema True, libxml2 False
P1Y, maxInclusive P365D: xmlschema True, libxml2 False
P12M, enumeration P1Y: xmlschema True, libxml2 True
2029-04-03, enumeration 2029-04-03Z: xmlschema True, libxml2 False
2029-04-03, minInclusive 2029-04-03Z: xmlschema True, libxml2 False
2029-04-03T10:00:00, minInclusive 2029-04-03T10:00:00Z: xmlschema True, libxml2 False
2029-04-03T10:00:01, minInclusive 2029-04-03T10:00:00Z: xmlschema True, libxml2 True
SEEN
