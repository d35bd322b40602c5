#!/usr/bin/env bash
# Python's mailbox (seen with 3.11): a mail kept in an mbox comes back with ">From" for "From", and its DKIM signature is broken.
#
# Expected: get_bytes(add(mail)) is the mail: what mbox puts in front of a line that begins with "From " it takes away again.
# Seen:     the mark is put in and stays, so that "From 1 April version 0002000A counts" is changed, in mbox and MMDF alike, and
#           dkimpy 1.1.8 finds a body that was not signed. A Maildir keeps the words. Taking every ">From " back would change mails that had it when they came.
# Caller:   keep evidence as files of its own, one for each mail, byte for byte; what comes out of an mbox proves no signature.
. "$(dirname "$0")/lib.sh"
pip_packages dkimpy==1.1.8 cryptography==50.0.2
observe python - <<'PYTHON'
import base64
import mailbox
import dkim
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa

key = rsa.generate_private_key(65537, 2048)
private = key.private_bytes(s.Encoding.PEM, s.PrivateFormat.TraditionalOpenSSL, s.NoEncryption())
public = base64.b64encode(key.public_key().public_bytes(s.Encoding.DER, s.PublicFormat.SubjectPublicKeyInfo))
mail = b"From: a@maker.example\r\nTo: list@centre.example\r\n\r\nFrom 1 April version 0002000A counts.\r\n"
mail = dkim.sign(mail, b"s", b"maker.example", private, canonicalize=(b"relaxed", b"relaxed")) + mail


def told(raw):
    holds = dkim.verify(raw, dnsfunc=lambda name, timeout=5: b"v=DKIM1; k=rsa; p=" + public)
    return raw.splitlines()[-1].decode(), "signature holds:", holds, "same bytes:", raw == mail


print("as it came", *told(mail))
for kind in (mailbox.mbox, mailbox.MMDF, mailbox.Maildir):
    box = kind(kind.__name__ + ".box")
    name = box.add(mail)
    box.flush()
    print(kind.__name__, *told(box.get_bytes(name)))
PYTHON
seen <<'SEEN'
as it came From 1 April version 0002000A counts. signature holds: True same bytes: True
mbox >From 1 April version 0002000A counts. signature holds: False same bytes: False
MMDF >From 1 April version 0002000A counts. signature holds: False same bytes: False
Maildir From 1 April version 0002000A counts. signature holds: True same bytes: True
SEEN
