#!/usr/bin/env bash
# postal-mime 4.0.0 (npm) changes the bytes of every attachment that is not in base64.
#
# Expected: the line break before a boundary belongs to the boundary (RFC 2046, 5.1.1), others stay; so says mailparser 3.14.2.
# Seen:     CRLF becomes LF, and one LF is added at the end; to quoted-printable as well, so that four bytes are five. An
#           attached mail is rewritten the same way. Base64 is kept.
# Caller:   a hash, or a signature over an attachment or an attached mail, holds or fails by how the sender's program chose to
#           encode it; take evidence from the raw message.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages mailparser@3.14.2 postal-mime@4.0.0
cat >read.cjs <<'NODE'
const { simpleParser } = require("mailparser");
const part = (name, encoding, text) =>
  `--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=${name}\r\n` +
  `Content-Transfer-Encoding: ${encoding}\r\n\r\n${text}\r\n`;
const mail =
  "From: maker@example.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
  part("base64", "base64", "PGE+DQo8L2E+") + part("7bit", "7bit", "<a>\r\n</a>") +
  part("quoted", "quoted-printable", "=00=01=02=03") + "--b--\r\n";
const told = (content) => JSON.stringify(Buffer.from(content).toString("latin1"));
(async () => {
  const { default: PostalMime } = await import("postal-mime");
  const theirs = (await PostalMime.parse(mail)).attachments;
  (await simpleParser(mail)).attachments.forEach((attachment, n) =>
    console.log(attachment.filename, "mailparser", told(attachment.content), "postal-mime", told(theirs[n].content)));
})();
NODE
observe node read.cjs
seen <<'SEEN'
base64 mailparser "<a>\r\n</a>" postal-mime "<a>\r\n</a>"
7bit mailparser "<a>\r\n</a>" postal-mime "<a>\n</a>\n"
quoted mailparser "\u0000\u0001\u0002\u0003" postal-mime "\u0000\u0001\u0002\u0003\n"
SEEN
