#!/usr/bin/env bash
# @smartdcc/duis-parser 0.6.0 (npm) writes an attribute whose value is "true" without its value, which is no XML.
#
# Expected: constructDuis(parseDuis(file)) can be read by any XML parser and says what the file said.
# Seen:     flag="true" is written as flag alone, xsi:nil="true" as nil alone, its namespace gone as well; expat, libxml2 (lxml
#           6.1.3) and every other parser refuse the document. "1" and "false" stay. The cause is an option of fast-xml-parser
#           (4.5.7), suppressBooleanAttributes, that is on by default.
# Caller:   parse what was constructed before it is signed and sent; write "1", which xs:boolean allows.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages lxml==6.1.3
npm_packages @smartdcc/duis-parser@0.6.0 fast-xml-parser@4.5.7
cat >round.cjs <<'NODE'
const { parseDuis, constructDuis } = require("@smartdcc/duis-parser");
const { writeFileSync } = require("node:fs");
const file = (body) =>
  `<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
   schemaVersion="5.2"><sr:Header><sr:RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000</sr:RequestID>
   <sr:CommandVariant>1</sr:CommandVariant><sr:ServiceReference>3.1</sr:ServiceReference>
   <sr:ServiceReferenceVariant>3.1</sr:ServiceReferenceVariant></sr:Header><sr:Body>${body}</sr:Body></sr:Request>`;
['<sr:A flag="true"/>', '<sr:A flag="1"/>', '<sr:A flag="false"/>', '<sr:A xsi:nil="true"/>'].forEach((body, number) => {
  const xml = constructDuis("simplified", parseDuis("simplified", file(body)));
  writeFileSync(`${number}.xml`, xml);
  console.log(body, "->", xml.match(/<sr:A[^>]*>/)[0]);
});
NODE
observe node round.cjs
observe python - <<'PYTHON'
from pathlib import Path
from xml.etree import ElementTree
from lxml import etree

for number in range(4):
    text = Path(f"{number}.xml").read_bytes()
    for name, read, refused in (("expat", ElementTree.fromstring, ElementTree.ParseError), ("lxml", etree.fromstring, etree.XMLSyntaxError)):
        try:
            read(text)
            print(number, name, "reads it")
        except refused as error:
            print(number, name, "refuses it")
PYTHON
seen <<'SEEN'
<sr:A flag="true"/> -> <sr:A flag>
<sr:A flag="1"/> -> <sr:A flag="1">
<sr:A flag="false"/> -> <sr:A flag="false">
<sr:A xsi:nil="true"/> -> <sr:A nil>
0 expat refuses it
0 lxml refuses it
1 expat reads it
1 lxml reads it
2 expat reads it
2 lxml reads it
3 expat refuses it
3 lxml refuses it
SEEN
