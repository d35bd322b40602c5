#!/usr/bin/env bash
# @smartdcc/duis-parser 0.6.0 (npm) leaves "&#163;" as these six characters, and escapes them when it writes.
#
# Expected: a character reference is the character (XML 1.0, 4.1), so that what is parsed and constructed again says the same.
# Seen:     "Pay &#163;5" and "Pay &#xA3;5", which mean "Pay £5", come out of parseDuis as they stand, and constructDuis escapes
#           their ampersand: the display would show the reference. &amp; and the five named ones are right. Blanks at both ends
#           of a text are cut off, and elements that stand between two of one name are put behind them.
# Caller:   write characters as they are, in UTF-8; compare the canonical form before and after.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages @smartdcc/duis-parser@0.6.0 fast-xml-parser@4.5.7
cat >round.cjs <<'NODE'
const { parseDuis, constructDuis } = require("@smartdcc/duis-parser");
const file = (body) =>
  `<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.2"><sr:Header>
   <sr:RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000</sr:RequestID>
   <sr:CommandVariant>1</sr:CommandVariant><sr:ServiceReference>3.1</sr:ServiceReference>
   <sr:ServiceReferenceVariant>3.1</sr:ServiceReferenceVariant></sr:Header><sr:Body>${body}</sr:Body></sr:Request>`;
const texts = ["Pay &#163;5", "Pay &#xA3;5", "Pay 5 &amp; go", "  twice  "].map((text) => `<sr:M>${text}</sr:M>`);
for (const body of [...texts, "<sr:M>1</sr:M><sr:N>2</sr:N><sr:M>3</sr:M>"]) {
  const parsed = parseDuis("simplified", file(body));
  console.log(body, "is", JSON.stringify(parsed.body), "and then", constructDuis("simplified", parsed).match(/<sr:Body>(.*)<\/sr:Body>/)[1]);
}
NODE
observe node round.cjs
seen <<'SEEN'
<sr:M>Pay &#163;5</sr:M> is {"M":"Pay &#163;5"} and then <sr:M>Pay &amp;#163;5</sr:M>
<sr:M>Pay &#xA3;5</sr:M> is {"M":"Pay &#xA3;5"} and then <sr:M>Pay &amp;#xA3;5</sr:M>
<sr:M>Pay 5 &amp; go</sr:M> is {"M":"Pay 5 & go"} and then <sr:M>Pay 5 &amp; go</sr:M>
<sr:M>  twice  </sr:M> is {"M":"twice"} and then <sr:M>twice</sr:M>
<sr:M>1</sr:M><sr:N>2</sr:N><sr:M>3</sr:M> is {"M":["1","3"],"N":"2"} and then <sr:M>1</sr:M><sr:M>3</sr:M><sr:N>2</sr:N>
SEEN
