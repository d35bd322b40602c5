#!/usr/bin/env bash
# lxml 6.1.3 canonicalises a part of a document otherwise than xmlsec 1.3.17, so signxml 5.2.0 refuses what xmlsec signed.
#
# Expected: the inclusive canonical form of an element (Canonical XML 1.0, which XMLDSig requires) is one row of bytes; what
#           one library signs, another verifies.
# Seen:     of a part that takes its namespace from above, tostring(method="c14n") writes xmlns="" into each grandchild, though
#           they are in that namespace, and leaves out the xml:lang that the part inherits (2.4 of the standard). signxml
#           stands on it: of four sound signatures it takes the exclusive ones alone. xml-crypto 6.3.2 (npm) forgets
#           xml:lang too, and so refuses one of the four. signxml knows of xmlns="" (excise_empty_xmlns_declarations, which is
#           off), not of xml:lang.
# Caller:   sign parts with the exclusive form, on which all agree; where the other side chose the inclusive one, a refused
#           signature is no proof that anything was altered, until xmlsec has refused it as well.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages lxml==6.1.3 xmlsec==1.3.17 signxml==5.2.0 cryptography==50.0.2
npm_packages xml-crypto@6.3.2 @xmldom/xmldom@0.9.12
observe python -W ignore - <<'PYTHON'
from datetime import datetime
from pathlib import Path
import signxml
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from lxml import etree

part = etree.fromstring('<list xmlns="urn:list" xml:lang="en"><entry><version><major>0C</major></version></entry></list>')[0]
print("lxml:", etree.tostring(part, method="c14n").decode())

key = rsa.generate_private_key(65537, 2048)
name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "signer")])
builder = x509.CertificateBuilder(name, name, key.public_key(), 7, datetime(2020, 1, 1), datetime(2049, 1, 1))
certificate = builder.sign(key, SHA256())
configuration = signxml.SignatureConfiguration(require_x509=False)
private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
Path("public.pem").write_bytes(public)
names = xmlsec.constants


def context(key, document):
    made = xmlsec.SignatureContext()
    made.key = xmlsec.Key.from_memory(key, names.KeyDataFormatPem)
    made.register_id(document[0], "Id")
    return made


for form, transform in (("inclusive", names.TransformInclC14N), ("exclusive", names.TransformExclC14N)):
    for language in ("", ' xml:lang="en"'):
        document = etree.fromstring(f'<list{language}><entry Id="a">0C</entry></list>')
        signature = xmlsec.template.create(document, transform, names.TransformRsaSha256)
        document.append(signature)
        reference = xmlsec.template.add_reference(signature, names.TransformSha256, uri="#a")
        xmlsec.template.add_transform(reference, transform)
        context(private, document).sign(signature)
        text = etree.tostring(document)
        again = etree.fromstring(text)
        context(public, again).verify(again[1])
        try:
            signxml.XMLVerifier().verify(text, x509_cert=certificate, expect_config=configuration)
            answer = "verified"
        except signxml.InvalidSignature:
            answer = "refused"
        print(f"{form}{language}: xmlsec verified, signxml {answer}")
        Path(f"{form}{len(language)}.xml").write_bytes(text)
PYTHON
cat >verify.cjs <<'NODE'
const { readFileSync } = require("fs");
const { DOMParser } = require("@xmldom/xmldom");
const { SignedXml } = require("xml-crypto");
const publicCert = readFileSync("public.pem");
for (const name of ["inclusive0", "inclusive14", "exclusive0", "exclusive14"]) {
  const text = readFileSync(`${name}.xml`, "utf8");
  const signature = new DOMParser().parseFromString(text, "text/xml").documentElement.lastChild;
  const verifier = new SignedXml({ publicCert });
  verifier.loadSignature(signature.toString());
  console.log(name, "xml-crypto", verifier.checkSignature(text) ? "verified" : "refused");
}
NODE
observe node verify.cjs
seen <<'SEEN'
lxml: <entry xmlns="urn:list"><version><major xmlns="">0C</major></version></entry>
inclusive: xmlsec verified, signxml refused
inclusive xml:lang="en": xmlsec verified, signxml refused
exclusive: xmlsec verified, signxml verified
exclusive xml:lang="en": xmlsec verified, signxml verified
inclusive0 xml-crypto verified
inclusive14 xml-crypto refused
exclusive0 xml-crypto verified
exclusive14 xml-crypto verified
SEEN
