#!/usr/bin/env bash
# Two versions with a break between them, <v>0002000A<br/>0002000B</v>, are one of sixteen digits for three readers of XML.
#
# Expected: the two texts, or an error: mixed content is no value.
# Seen:     fast-xml-parser 5.12.1, xml2js 0.6.2 (npm) and xmltodict 1.0.4 put the texts on both sides of an element together
#           with nothing between and the element beside them: "from 3<br/>4 April" is "from 34 April", "The <b>old</b>
#           version" is "Theversion". xml-js 1.6.11 (npm) gives two texts.
# Caller:   preserveOrder of fast-xml-parser; itertext() of an XML library for what people write.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages xmltodict==1.0.4
npm_packages fast-xml-parser@5.12.1 xml2js@0.6.2 xml-js@1.6.11
echo '<e><v>0002000A<br/>0002000B</v><d>from 3<br/>4 April</d><t>The <b>old</b> version</t></e>' >entry.xml
cat >read.cjs <<'NODE'
const { XMLParser } = require("fast-xml-parser");
const text = require("fs").readFileSync("entry.xml", "utf8");
console.log("fast-xml-parser:", JSON.stringify(new XMLParser().parse(text).e));
require("xml2js").parseString(text, (_, { e }) => console.log("xml2js:", JSON.stringify(e)));
console.log("xml-js:", require("xml-js").xml2json(text, { compact: true }));
NODE
observe node read.cjs
observe python -c 'import json, xmltodict; print("xmltodict:", json.dumps(xmltodict.parse(open("entry.xml").read())["e"]))'
seen <<'SEEN'
fast-xml-parser: {"v":{"br":"","#text":"0002000A0002000B"},"d":{"br":"","#text":"from 34 April"},"t":{"b":"old","#text":"Theversion"}}
xml2js: {"v":[{"_":"0002000A0002000B","br":[""]}],"d":[{"_":"from 34 April","br":[""]}],"t":[{"_":"The  version","b":["old"]}]}
xml-js: {"e":{"v":{"_text":["0002000A","0002000B"],"br":{}},"d":{"_text":["from 3","4 April"],"br":{}},"t":{"_text":["The "," version"],"b":{"_text":"old"}}}}
xmltodict: {"v": {"br": null, "#text": "0002000A0002000B"}, "d": {"br": null, "#text": "from 34 April"}, "t": {"b": "old", "#text": "The  version"}}
SEEN
