#!/usr/bin/env bash
# A hash that Apple Mail's kind of text breaks over two lines is two words for Python's email, imap-tools 1.16.0, mail-parser 4.8.0.
#
# Expected: text/plain; format=flowed; delsp=yes is put together again, its reader's work by RFC 3676 (4.1): a blank at a line's
#           end is no blank, and the line goes on; so a hash or a version that was broken there is whole.
# Seen:     mailparser 3.14.2 and postal-mime 4.0.0 (npm) do so. Python's email (seen with 3.11) and the two libraries on top of
#           it hand out the lines as they came: the hash ends three digits early, and of version 0002000A stands "0002" and,
#           on the next line, "000A".
# Caller:   look at the Content-Type's `format` and `delsp` and put such lines together before anything is looked for in them.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages imap-tools==1.16.0 mail-parser==4.8.0
npm_packages mailparser@3.14.2 postal-mime@4.0.0
cat >write.py <<'PYTHON'
lines = ["The hash is " + "ab12" * 15 + "f ", "e00, and the version is 0002 ", "000A."]
head = ["From: a@maker.example", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes", ""]
open("mail.eml", "wb").write("\r\n".join(head + lines).encode())
PYTHON
python write.py
observe python - <<'PYTHON'
import json
from email import message_from_bytes
from email.policy import default
import imap_tools
import mailparser

raw = open("mail.eml", "rb").read()
print("email      ", json.dumps(message_from_bytes(raw, policy=default).get_content()))
print("imap-tools ", json.dumps(imap_tools.MailMessage.from_bytes(raw).text))
print("mail-parser", json.dumps(mailparser.parse_from_bytes(raw).body))
PYTHON
cat >read.mjs <<'NODE'
import { readFileSync } from "fs";
import { simpleParser } from "mailparser";
import PostalMime from "postal-mime";

const raw = readFileSync("mail.eml");
console.log("mailparser ", JSON.stringify((await simpleParser(raw)).text));
console.log("postal-mime", JSON.stringify((await PostalMime.parse(raw)).text));
NODE
observe node read.mjs
seen <<'SEEN'
email       "The hash is ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12f \r\ne00, and the version is 0002 \r\n000A."
imap-tools  "The hash is ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12f \r\ne00, and the version is 0002 \r\n000A."
mail-parser "The hash is ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12f \r\ne00, and the version is 0002 \r\n000A."
mailparser  "The hash is ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12fe00, and the version is 0002000A."
postal-mime "The hash is ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12fe00, and the version is 0002000A.\n"
SEEN
