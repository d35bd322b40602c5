#!/usr/bin/env bash
# xmlschema 4.3.2 encodes Decimal("5E+3") as 5E+3, which the same schema refuses as an xs:decimal.
#
# Expected: what encode() gives by a schema is valid by that schema, or encode() raises, as its checks are on.
# Seen:     xs:decimal knows no exponent (XML Schema part 2, 3.2.3.1), and str() of a Decimal has one as soon as its digits end
#           left of the point or begin seven places right of it: after scaleb, as the scaler of a DLMS register asks for, or
#           normalize. xsdata 26.10 and zeep 4.3.3 write it out.
# Caller:   hand over the text f"{value:f}", which encode() takes too, and validate what is sent.
. "$(dirname "$0")/lib.sh"
pip_packages xmlschema==4.3.2 xsdata==26.10 zeep==4.3.3
observe python -W ignore - <<'PYTHON'
from decimal import Decimal
from xml.etree import ElementTree
import xmlschema
from xsdata.formats.converter import converter
from zeep.xsd import Decimal as ZeepDecimal

schema = xmlschema.XMLSchema(
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="energy" type="xs:decimal"/></xs:schema>'
)
values = {
    "5 with scaler 3": Decimal(5).scaleb(3), "100 normalised": Decimal("100").normalize(),
    "a tenth of a millionth": Decimal("0.0000001"), "12.50": Decimal("12.50"),
}
for name, value in values.items():
    text = ElementTree.tostring(schema.encode(value)).decode()
    print(f"{name}: xmlschema {text.strip()} valid: {schema.is_valid(text)},", end=" ")
    print("xsdata", converter.serialize(value), "zeep", ZeepDecimal().xmlvalue(value), "as text", schema.encode(f"{value:f}").text)
PYTHON
seen <<'SEEN'
5 with scaler 3: xmlschema <energy>5E+3</energy> valid: False, xsdata 5000 zeep 5000 as text 5000
100 normalised: xmlschema <energy>1E+2</energy> valid: False, xsdata 100 zeep 100 as text 100
a tenth of a millionth: xmlschema <energy>1E-7</energy> valid: False, xsdata 0.0000001 zeep 0.0000001 as text 0.0000001
12.50: xmlschema <energy>12.50</energy> valid: True, xsdata 12.50 zeep 12.50 as text 12.50
SEEN
