#!/usr/bin/env bash
# Python's email (seen with 3.11) writes a mail that it has only read with other line breaks in its header; "simple" DKIM breaks.
#
# Expected: message_from_bytes(mail, policy=SMTP).as_bytes() of a mail that nobody touched is the mail; or a policy that changes
#           it is asked for.
# Seen:     lines over 78 characters are folded anew, by policy.SMTP and policy.default, so a list of recipients moves and a
#           signature over the header as it stands (c=simple) no longer holds for dkimpy 1.1.8; the same where the mail is
#           attached to a new one as message/rfc822. A signature of the relaxed kind survives. With refold_source="none" the
#           bytes are the same.
# Caller:   hash, store and forward the bytes that came; where a mail is attached as evidence, clone the policy with
#           refold_source="none", or attach it as application/octet-stream.
. "$(dirname "$0")/lib.sh"
pip_packages dkimpy==1.1.8 cryptography==50.0.2
observe python - <<'PYTHON'
import base64
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
import dkim
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa

key = rsa.generate_private_key(65537, 2048)
private = key.private_bytes(s.Encoding.PEM, s.PrivateFormat.TraditionalOpenSSL, s.NoEncryption())
public = base64.b64encode(key.public_key().public_bytes(s.Encoding.DER, s.PublicFormat.SubjectPublicKeyInfo))
people = ", ".join(f"Person {number} <person{number}@centre.example>" for number in range(4))
plain = f"From: a@maker.example\r\nTo: {people}\r\nSubject: New entry\r\n\r\nVersion 0002000A\r\n".encode()
POLICIES = {"default": default, "SMTP": SMTP, "SMTP, none refolded": SMTP.clone(refold_source="none")}


def holds(raw):
    return dkim.verify(raw, dnsfunc=lambda name, timeout=5: b"v=DKIM1; k=rsa; p=" + public)


for kind in (b"simple", b"relaxed"):
    mail = dkim.sign(plain, b"s", b"maker.example", private, canonicalize=(kind, kind), include_headers=[b"from", b"to"]) + plain
    print(kind.decode(), "as it came:", holds(mail))
    for words, policy in POLICIES.items():
        again = message_from_bytes(mail, policy=policy)
        print(kind.decode(), words + ":", holds(again.as_bytes()), "same bytes:", again.as_bytes() == mail)
        carrier = EmailMessage(policy=policy)
        carrier.set_content("See the mail attached.")
        carrier.add_attachment(again)
        inner = carrier.as_bytes().split(b"DKIM-Signature", 1)[1].rsplit(b"--", 2)[0].removesuffix(b"\n").removesuffix(b"\r")
        print(kind.decode(), words + ", attached:", holds(b"DKIM-Signature" + inner))
PYTHON
seen <<'SEEN'
simple as it came: True
simple default: False same bytes: False
simple default, attached: False
simple SMTP: False same bytes: False
simple SMTP, attached: False
simple SMTP, none refolded: True same bytes: True
simple SMTP, none refolded, attached: True
relaxed as it came: True
relaxed default: True same bytes: False
relaxed default, attached: True
relaxed SMTP: True same bytes: False
relaxed SMTP, attached: True
relaxed SMTP, none refolded: True same bytes: True
relaxed SMTP, none refolded, attached: True
SEEN
