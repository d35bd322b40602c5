#!/usr/bin/env bash
# email-reply-parser 0.5.12 (PyPI), mail-parser-reply 1.36 and planer 1.2.0 (npm) leave out what a person wrote, each at another line.
#
# Expected: what is cut away is a quotation, a signature, or nothing; in doubt the text stays.
# Seen:     a list whose lines begin with a hyphen and no blank is a signature for the two of PyPI (the second leaves it out
#           of a reply's body, and keeps it in latest_reply); a line that begins with two hyphens or two underscores is one
#           for the first; "From: 14 April ..." is the head of a quoted mail for the first and the third, and all below goes
#           with it. email-reply-parser 2.3.7 (npm, another program of the same name) keeps every line.
# Caller:   show and judge the whole text, and use such a parser to fold only.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages email_reply_parser==0.5.12 mail-parser-reply==1.36
npm_packages planer@1.2.0 email-reply-parser@2.3.7
cat >texts.json <<'JSON'
[
  "Two points:\n\n-version 12 is not to be listed\n-the certificate follows\n",
  "Please list it.\n\n--but not before the 14th.\n",
  "Please list it.\n\n__Not__ before the 14th.\n",
  "We withdraw the entry.\n\nFrom: 14 April the new version counts.\nThe old one must go.\n"
]
JSON
cat >read.cjs <<'NODE'
const Parser = require("email-reply-parser");
const planer = require("planer");
for (const text of require("./texts.json")) {
  console.log("planer            ", JSON.stringify(planer.extractFrom(text, "text/plain")));
  console.log("email-reply-parser", JSON.stringify(new (Parser.default ?? Parser)().read(text).getVisibleText()));
}
NODE
observe python - <<'PYTHON'
import json
from email_reply_parser import EmailReplyParser
from mailparser_reply import EmailReplyParser as Other

for text in json.load(open("texts.json")):
    print("email_reply_parser", json.dumps(EmailReplyParser.parse_reply(text)))
    print("mail-parser-reply ", json.dumps(Other(languages=["en"]).read(text).replies[0].body))
PYTHON
observe node read.cjs
seen <<'SEEN'
email_reply_parser "Two points:"
mail-parser-reply  "Two points:"
email_reply_parser "Please list it."
mail-parser-reply  "Please list it.\n\n--but not before the 14th."
email_reply_parser "Please list it."
mail-parser-reply  "Please list it.\n\n__Not__ before the 14th."
email_reply_parser "We withdraw the entry."
mail-parser-reply  "We withdraw the entry.\n\nFrom: 14 April the new version counts.\nThe old one must go."
planer             "Two points:\n\n-version 12 is not to be listed\n-the certificate follows"
email-reply-parser "Two points:\n\n-version 12 is not to be listed\n-the certificate follows\n"
planer             "Please list it.\n\n--but not before the 14th."
email-reply-parser "Please list it.\n\n--but not before the 14th.\n"
planer             "Please list it.\n\n__Not__ before the 14th."
email-reply-parser "Please list it.\n\n__Not__ before the 14th.\n"
planer             "We withdraw the entry."
email-reply-parser "We withdraw the entry.\n\nFrom: 14 April the new version counts.\nThe old one must go.\n"
SEEN
