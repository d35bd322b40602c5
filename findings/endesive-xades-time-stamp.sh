#!/usr/bin/env bash
# endesive 3.0.1 asks for a XAdES time stamp over a digest in base64, 44 bytes where SHA-256 has 32; openssl refuses to stamp.
#
# Expected: the imprint of a request (RFC 3161, 2.4.1) is a digest as long as its algorithm says: 32 bytes; of a XAdES signature
#           it is over the canonical SignatureValue element (ETSI EN 319 132-1, 5.3).
# Seen:     the imprint is a text in base64, as it stands in the XML. The authority of "openssl ts" (seen with OpenSSL 3.0) answers
#           with a rejection, for data in a wrong format. Without a time stamp xmlsec 1.3.17 verifies endesive's signature.
# Caller:   take the time stamp elsewhere, over the element.
. "$(dirname "$0")/lib.sh"
apt_program openssl openssl
pip_packages endesive==3.0.1 xmlsec==1.3.17 lxml==6.1.3
printf 'extendedKeyUsage=critical,timeStamping\n' >unit.ext
openssl req -x509 -newkey rsa:2048 -nodes -keyout signer.key -out signer.pem -subj "/CN=Signer" 2>/dev/null
openssl req -newkey rsa:2048 -nodes -keyout unit.key -out unit.csr -subj "/CN=Unit" 2>/dev/null
openssl x509 -req -in unit.csr -CA signer.pem -CAkey signer.key -CAcreateserial -out unit.pem -extfile unit.ext 2>/dev/null
echo 01 >serial
cat >authority.cnf <<'CONFIGURATION'
[tsa]
default_tsa = unit
[unit]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
CONFIGURATION
observe python - <<'PYTHON'
import subprocess
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
import xmlsec
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from endesive.xades import BES
from lxml import etree

class Authority(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        imprint = tsp.TimeStampReq.load(asked)["message_imprint"]
        print(imprint["hash_algorithm"]["algorithm"].native, "of", len(imprint["hashed_message"].native), "bytes")
        open("query.tsq", "wb").write(asked)
        stamp = "openssl ts -reply -config authority.cnf -queryfile query.tsq -signer unit.pem -inkey unit.key -out reply.tsr"
        subprocess.run(stamp.split(), stderr=subprocess.DEVNULL)
        reply = open("reply.tsr", "rb").read()
        told = subprocess.run("openssl ts -reply -in reply.tsr -text".split(), capture_output=True, text=True).stdout
        print(*(line.strip() for line in told.splitlines() if line.startswith(("Status:", "Failure"))), sep="; ")
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_):
        pass

server = HTTPServer(("127.0.0.1", 0), Authority)
Thread(target=server.serve_forever, daemon=True).start()
key = serialization.load_pem_private_key(open("signer.key", "rb").read(), None)
certificate = x509.load_pem_x509_certificate(open("signer.pem", "rb").read())
der = certificate.public_bytes(serialization.Encoding.DER)

def signed(address):
    sign = lambda data, _: key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return BES().enveloped(b"<form>1</form>", certificate, der, sign, address, None)

tree = etree.fromstring(etree.tostring(signed(None)))
xmlsec.tree.add_ids(tree, ["Id"])
context = xmlsec.SignatureContext()
context.key = xmlsec.Key.from_file("signer.pem", xmlsec.KeyFormat.CERT_PEM)
context.verify(xmlsec.tree.find_node(tree, "Signature"))
print("without a time stamp: verified")
try:
    signed(f"http://127.0.0.1:{server.server_port}/")
except ValueError as error:
    print("endesive:", str(error).splitlines()[0])
PYTHON
seen <<'SEEN'
without a time stamp: verified
sha256 of 44 bytes
Status: Rejected.; Failure info: the data submitted has the wrong format
endesive: Field "time_stamp_token" is missing from structure
SEEN
