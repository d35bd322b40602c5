#!/usr/bin/env bash
# Python's email (seen with 3.11) turns a long identifier in In-Reply-To and References into encoded words.
#
# Expected: a reply names the message that it answers as that message names itself; RFC 2047 (5) allows encoded words in texts,
#           comments and phrases, not in identifiers. Message-ID itself is kept, however long.
# Seen:     from 78 characters on the identifier is written =?utf-8?q?=3C…?=, in two pieces. Python's own policy "default",
#           mailparser 3.14.2 and postal-mime 4.0.0 (npm) undo it, so a test sees nothing; Python's compat32 does not, nor
#           imap-tools 1.16.0, and no server that searches its headers as they came need do it.
# Caller:   write with a policy whose max_line_length is greater than the longest identifier (RFC 5322 allows 998), or the
#           reply stands in no thread, for some readers only.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages imap-tools==1.16.0
npm_packages postal-mime@4.0.0 mailparser@3.14.2
observe python - <<'PYTHON'
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from imap_tools import MailMessage

for length in (77, 78):
    identifier = f"<{'a' * (length - 15)}@example.test>"
    message = EmailMessage()
    message["Message-ID"] = message["In-Reply-To"] = message["References"] = identifier
    message.set_content("text")
    written = message.as_bytes(policy=policy.SMTP)
    Path(f"{length}.eml").write_bytes(written)
    headers = written.replace(b"\r\n ", b" ").decode().splitlines()[:3]
    print(length, *(line.split(":")[0] + (" plain;" if line.endswith(identifier) else " encoded;") for line in headers))
    readers = {
        "default": message_from_bytes(written, policy=policy.default)["In-Reply-To"],
        "compat32": message_from_bytes(written)["In-Reply-To"],
        "imap-tools": MailMessage.from_bytes(written).headers["in-reply-to"][0],
    }
    print("  the same for", *(f"{name}: {read.strip() == identifier};" for name, read in readers.items()))
PYTHON
cat >read.mjs <<'NODE'
import { readFileSync } from "fs";
import { simpleParser } from "mailparser";
import PostalMime from "postal-mime";

const mail = readFileSync("78.eml");
const readers = { mailparser: await simpleParser(mail), "postal-mime": await PostalMime.parse(mail) };
for (const [name, { messageId, inReplyTo, references }] of Object.entries(readers)) {
  console.log(name, "the same:", messageId === inReplyTo, messageId === references);
}
NODE
observe node read.mjs
seen <<'SEEN'
77 Message-ID plain; In-Reply-To plain; References plain;
  the same for default: True; compat32: True; imap-tools: True;
78 Message-ID plain; In-Reply-To encoded; References encoded;
  the same for default: True; compat32: False; imap-tools: False;
mailparser the same: true true
postal-mime the same: true true
SEEN
