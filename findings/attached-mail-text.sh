#!/usr/bin/env bash
# imap-tools 1.16.0 and mail-parser 4.8.0 take the text of an attached mail for the text of the mail that carries it.
#
# Expected: a message/rfc822 with "Content-Disposition: attachment" is a file; what it says, its sender said, another day.
# Seen:     imap-tools' text is both texts with nothing between, mail-parser's body both with a line between; the files of the
#           attached mail stand among the outer one's. Python's own get_body gives the outer text alone.
# Caller:   words such as "withdraw" are looked for in the parts above message/rfc822 only, and a form inside an attached
#           mail is told apart from one sent today.
. "$(dirname "$0")/lib.sh"
pip_packages imap-tools==1.16.0 mail-parser==4.8.0
observe python - <<'PYTHON'
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
import imap_tools
import mailparser

old = EmailMessage()
old["From"] = "maker@example.test"
old["Subject"] = "Old"
old.set_content("Please withdraw it.")
old.add_attachment(b"old form", maintype="application", subtype="octet-stream", filename="old.bin")
new = EmailMessage()
new["From"] = "agent@example.test"
new["Subject"] = "New"
new.set_content("Please list it.")
new.add_attachment(old)
raw = new.as_bytes()

mine = imap_tools.MailMessage.from_bytes(raw)
print("imap-tools ", repr(mine.text), [file.filename for file in mine.attachments if file.filename])
theirs = mailparser.parse_from_bytes(raw)
files = [file["filename"] for file in theirs.attachments]
print("mail-parser", repr(theirs.body), [name for name in files if name.endswith(".bin")])
message = message_from_bytes(raw, policy=default)
files = [part.get_content_type() for part in message.iter_attachments()]
print("email      ", repr(message.get_body(("plain",)).get_content()), files)
PYTHON
seen <<'SEEN'
imap-tools  'Please list it.\nPlease withdraw it.\n' ['old.bin']
mail-parser 'Please list it.\n\n--- mail_boundary ---\nPlease withdraw it.\n' ['old.bin']
email       'Please list it.\n' ['message/rfc822']
SEEN
