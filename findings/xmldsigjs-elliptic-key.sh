#!/usr/bin/env bash
# xmldsigjs 2.8.8 (npm) writes the key of an ECDSA signature in a form of its own, and signxml cannot read the file.
#
# Expected: a P-256 key beside an XML signature is an ECKeyValue (XML Signature 1.1, 4.5.2.3), which the standard requires; or
#           at least what RFC 4050 describes, with Value="…" in decimal.
# Seen:     ECDSAKeyValue, the form of RFC 4050, with X and Y as base64 in the element's text, where the RFC's schema has an
#           attribute with a decimal number. The signature itself is sound: xmlsec 1.3.17 verifies it when it is given the
#           key. signxml 5.2.0 reads an ECKeyValue and raises for this one.
# Caller:   send an X509Certificate instead of a key value, or take KeyValue out before the file leaves.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages xmldsigjs@2.8.8 @xmldom/xmldom@0.9.12 reflect-metadata@0.2.2
pip_packages xmlsec==1.3.17 signxml==5.2.0 lxml==6.1.3
cat >sign.cjs <<'NODE'
require("reflect-metadata");
const { webcrypto, KeyObject } = require("crypto");
const { writeFileSync } = require("fs");
const { XMLSerializer, DOMParser } = require("@xmldom/xmldom");
const { Application, Parse, SignedXml } = require("xmldsigjs");
const { setNodeDependencies } = require("xml-core");
(async () => {
  setNodeDependencies({ XMLSerializer, DOMParser });
  Application.setEngine("node", webcrypto);
  const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(ecdsa, true, ["sign", "verify"]);
  const document = Parse("<list><version>0002000A</version></list>");
  const signed = new SignedXml();
  const references = [{ hash: "SHA-256", transforms: ["enveloped", "exc-c14n"] }];
  await signed.Sign(ecdsa, keys.privateKey, document, { keyValue: keys.publicKey, references });
  document.documentElement.appendChild(signed.GetXml());
  writeFileSync("signed.xml", new XMLSerializer().serializeToString(document));
  writeFileSync("public.pem", KeyObject.from(keys.publicKey).export({ type: "spki", format: "pem" }));
})();
NODE
node sign.cjs
observe python -W ignore - <<'PYTHON'
from pathlib import Path
import signxml
import xmlsec
from lxml import etree

tree = etree.parse("signed.xml")
for element in tree.find(".//{*}KeyValue").iter():
    print(etree.QName(element).localname, dict(element.attrib), "base64" if (element.text or "").endswith("=") else "")
context = xmlsec.SignatureContext()
context.key = xmlsec.Key.from_file("public.pem", xmlsec.constants.KeyDataFormatPem)
context.verify(tree.find(".//{*}Signature"))
print("xmlsec, given the key: verified")
try:
    configuration = signxml.SignatureConfiguration(require_x509=False)
    signxml.XMLVerifier().verify(Path("signed.xml").read_bytes(), expect_config=configuration)
except signxml.InvalidInput as error:
    print("signxml:", error)
PYTHON
seen <<'SEEN'
KeyValue {} 
ECDSAKeyValue {} 
DomainParameters {} 
NamedCurve {'URI': 'urn:oid:1.2.840.10045.3.1.7'} 
PublicKey {} 
X {} base64
Y {} base64
xmlsec, given the key: verified
signxml: Expected to find XML element ECKeyValue in {http://www.w3.org/2000/09/xmldsig#}KeyValue using XPath dsig11:ECKeyValue
SEEN
