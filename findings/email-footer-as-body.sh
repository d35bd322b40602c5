#!/usr/bin/env bash
# Python's email (seen with 3.11): get_body() takes a gateway's footer for the text of a mail that has HTML, and nothing has the rest.
#
# Expected: of a mail in HTML to which a list or a scanner adds a part "This mail was scanned.", get_body(("plain", "html")) is
#           the mail, and the footer is a part beside it.
# Seen:     the kind is looked for in the whole mail, so the footer, the only plain text, is the body; iter_attachments() leaves
#           both out, so what was written is in neither. By itself, get_body() gives the HTML. A named file of plain text, shown
#           inline as Apple Mail sends it, is the body in the same way where the mail has no other plain text.
#           imap-tools 1.16.0 and mail-parser 4.8.0 keep the two kinds apart, so who prefers plain text reads the footer there too.
# Caller:   walk the parts in their order and take the first that shows; prefer plain text within multipart/alternative alone.
. "$(dirname "$0")/lib.sh"
pip_packages imap-tools==1.16.0 mail-parser==4.8.0
observe python - <<'PYTHON'
from email import message_from_bytes
from email.policy import default
import imap_tools
import mailparser

FOOTER = "Content-Type: text/plain\n\nThis mail was scanned."
FILE = "Content-Type: text/plain; name=hashes.txt\nContent-Disposition: inline; filename=hashes.txt\n\n0002000A f2ca1bb6"
for words, second in {"footer": FOOTER, "file shown inline": FILE}.items():
    raw = (
        "From: a@maker.example\nTo: list@centre.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        f"--x\nContent-Type: text/html\n\n<p>We withdraw version 0002000A.</p>\n--x\n{second}\n--x--\n"
    ).encode()
    mail = message_from_bytes(raw, policy=default)
    print(words + ", plain preferred:", mail.get_body(("plain", "html")).get_content().strip())
    print(words + ", by itself:", mail.get_body().get_content().strip())
    print(words + ", attachments:", [part.get_filename() for part in mail.iter_attachments()])
    print(words + ", imap-tools' text:", imap_tools.MailMessage.from_bytes(raw).text.strip())
    print(words + ", mail-parser's text:", mailparser.parse_from_bytes(raw).text_plain)
PYTHON
seen <<'SEEN'
footer, plain preferred: This mail was scanned.
footer, by itself: <p>We withdraw version 0002000A.</p>
footer, attachments: []
footer, imap-tools' text: This mail was scanned.
footer, mail-parser's text: ['This mail was scanned.']
file shown inline, plain preferred: 0002000A f2ca1bb6
file shown inline, by itself: <p>We withdraw version 0002000A.</p>
file shown inline, attachments: []
file shown inline, imap-tools' text: 
file shown inline, mail-parser's text: ['0002000A f2ca1bb6']
SEEN
