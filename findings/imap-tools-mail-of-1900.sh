#!/usr/bin/env bash
# A mail without a date that can be read is of 1 January 1900 for imap-tools 1.16.0; "10:00 BST" is 10:00 in Greenwich for mail-parser.
#
# Expected: no date is None, as Python's email and mail-parser 4.8.0 have it; BST, which is no zone of RFC 5322, is a time in
#           doubt, or British summer time: 09:00 in Greenwich.
# Seen:     imap-tools gives a day before all e-mail, which sorts first, is older than every limit, and is subtracted from like
#           any other. Of BST, and of -0000, which by RFC 5322 (3.3) says that the zone is not known, mail-parser makes a moment in
#           Greenwich; imap-tools and email give the clock without a zone.
# Caller:   ask whether the date could be read (imap-tools: date_str beside date), and go by the mailbox's own time of arrival.
. "$(dirname "$0")/lib.sh"
pip_packages imap-tools==1.16.0 mail-parser==4.8.0
observe python - <<'PYTHON'
from email import message_from_bytes
from email.policy import default
import imap_tools
import mailparser

for date in ("Tue, 3 Jul 2029 10:00:00 BST", "Tue, 3 Jul 2029 10:00:00 -0000", "2029-07-03T10:00:00Z", "Tue, 31 Jun 2029 10:00:00 +0100"):
    raw = f"From: a@maker.example\nDate: {date}\n\nVersion 0002000A\n".encode()
    print(date)
    print("  imap-tools ", imap_tools.MailMessage.from_bytes(raw).date)
    print("  mail-parser", mailparser.parse_from_bytes(raw).date)
    print("  email      ", message_from_bytes(raw, policy=default)["Date"].datetime)
print("no date\n  imap-tools ", imap_tools.MailMessage.from_bytes(b"From: a@maker.example\n\n").date)
PYTHON
seen <<'SEEN'
Tue, 3 Jul 2029 10:00:00 BST
  imap-tools  2029-07-03 10:00:00
  mail-parser 2029-07-03 10:00:00+00:00
  email       2029-07-03 10:00:00
Tue, 3 Jul 2029 10:00:00 -0000
  imap-tools  2029-07-03 10:00:00
  mail-parser 2029-07-03 10:00:00+00:00
  email       2029-07-03 10:00:00
2029-07-03T10:00:00Z
  imap-tools  1900-01-01 00:00:00
  mail-parser None
  email       None
Tue, 31 Jun 2029 10:00:00 +0100
  imap-tools  1900-01-01 00:00:00
  mail-parser None
  email       None
no date
  imap-tools  1900-01-01 00:00:00
SEEN
