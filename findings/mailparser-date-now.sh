#!/usr/bin/env bash
# mailparser 3.14.2 (npm): a mail that was written in British Summer Time came just now.
#
# Expected: of "Date: Tue, 3 Apr 2029 10:00:00 BST" a time in doubt (RFC 5322, 4.3: an unknown zone tells no offset), or none.
# Seen:     simpleParser's date is the moment of parsing, another one each time, and nothing else marks it; so with any Date
#           that JavaScript cannot read. postal-mime 4.0.0 gives the header's words; Python 3's email a time without zone.
# Caller:   read headerLines yourself; a period that runs from the mail's own date never ends where it is parsed anew.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages mailparser@3.14.2 postal-mime@4.0.0
cat >read.cjs <<'NODE'
const { simpleParser } = require("mailparser");
(async () => {
  const { default: PostalMime } = await import("postal-mime");
  for (const zone of ["+0100", "GMT", "BST"]) {
    const mail = `From: maker@example.test\r\nDate: Tue, 3 Apr 2029 10:00:00 ${zone}\r\n\r\ntext\r\n`;
    const began = Date.now();
    const { date } = await simpleParser(mail);
    const now = date.getTime() >= began && date.getTime() <= Date.now();
    console.log(zone, "mailparser", now ? "now" : date.toISOString(), "postal-mime", (await PostalMime.parse(mail)).date);
  }
})();
NODE
observe node read.cjs
observe python3 - <<'PYTHON'
from email.utils import parsedate_to_datetime

print("Python", parsedate_to_datetime("Tue, 3 Apr 2029 10:00:00 BST"))
PYTHON
seen <<'SEEN'
+0100 mailparser 2029-04-03T09:00:00.000Z postal-mime 2029-04-03T09:00:00.000Z
GMT mailparser 2029-04-03T10:00:00.000Z postal-mime 2029-04-03T10:00:00.000Z
BST mailparser now postal-mime Tue, 3 Apr 2029 10:00:00 BST
Python 2029-04-03 10:00:00
SEEN
