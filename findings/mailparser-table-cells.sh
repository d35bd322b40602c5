#!/usr/bin/env bash
# mailparser 3.14.2 (npm) puts the cells of a table together without anything between, and headings into capitals.
#
# Expected: the text that simpleParser makes of a mail that has HTML alone keeps its words apart, as every mail program shows.
# Seen:     <th>Firmware</th><td>0002000a</td><td>be sure</td> is "Firmware0002000abe sure": a version of ten digits. Of
#           <h2>Model ab:0c</h2> it makes "MODEL AB:0C". postal-mime 4.0.0 gives no text at all then, which cannot be wrong.
# Caller:   text is the sender's own only where the mail has a part of text/plain; otherwise make it of html yourself, with
#           the cells apart. Versions, model numbers and case are just what such tables hold.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages mailparser@3.14.2 postal-mime@4.0.0
cat >read.mjs <<'NODE'
import { simpleParser } from "mailparser";
import PostalMime from "postal-mime";

const table = "<table><tr><th>Firmware</th><td>0002000a</td><td>be sure</td></tr></table>";
const mail = `From: maker@example.test\r\nContent-Type: text/html\r\n\r\n<h2>Model ab:0c</h2>${table}\r\n`;
console.log("mailparser", JSON.stringify((await simpleParser(mail)).text));
console.log("postal-mime", (await PostalMime.parse(mail)).text);
NODE
observe node read.mjs
seen <<'SEEN'
mailparser "MODEL AB:0C\n\nFirmware0002000abe sure"
postal-mime undefined
SEEN
