#!/usr/bin/env bash
# rfc3161-client 1.0.9 reads a time stamp of openssl, or refuses it, by how long the name of the authority is.
#
# Expected: a response that "openssl ts -verify" accepts (seen with OpenSSL 3.0) can be read.
# Seen:     the certificates of a CMS message are a SET, which DER sorts by bytes and so, mostly, by length (X.690, 11.6); openssl
#           writes them as they were given, the stamping one first. Where the authority's own certificate is the shorter one,
#           decode_timestamp_response raises InvalidSetOrdering; with a longer name it reads all. RFC 5652 (5.1, 5.3) asks for
#           DER in the signed attributes alone. rfc3161ng 2.1.3 reads both.
# Caller:   have tokens made without the chain, or read them with openssl.
. "$(dirname "$0")/lib.sh"
apt_program openssl openssl
pip_packages rfc3161-client==1.0.9 rfc3161ng==2.1.3
cat >authority.cnf <<'CONFIGURATION'
[tsa]
default_tsa = unit
[unit]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
CONFIGURATION
printf 'extendedKeyUsage=critical,timeStamping\nbasicConstraints=CA:FALSE\n' >unit.ext
echo stamped >data
openssl ts -query -data data -sha256 -cert -no_nonce -out query.tsq 2>/dev/null
for name in "A" "An authority whose name is longer than all that its stamping unit has to say of itself and of what it may do, too"; do
  openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj "/O=${name:0:60}/CN=${name:60}A" 2>/dev/null
  openssl req -newkey rsa:2048 -nodes -keyout unit.key -out unit.csr -subj "/CN=Unit" 2>/dev/null
  openssl x509 -req -in unit.csr -CA root.pem -CAkey root.key -CAcreateserial -out unit.pem -extfile unit.ext 2>/dev/null
  echo 01 >serial
  openssl ts -reply -config authority.cnf -queryfile query.tsq -signer unit.pem -inkey unit.key -chain root.pem -out reply.tsr 2>/dev/null
  observe echo "authority longer: $(test "$(openssl x509 -in root.pem -outform DER | wc -c)" -gt "$(openssl x509 -in unit.pem -outform DER | wc -c)" && echo yes || echo no)"
  observe echo "openssl: $(openssl ts -verify -data data -in reply.tsr -CAfile root.pem 2>/dev/null)"
  observe python - <<'PYTHON'
import rfc3161_client
import rfc3161ng

reply = open("reply.tsr", "rb").read()
print("rfc3161ng:", rfc3161ng.get_timestamp(rfc3161ng.decode_timestamp_response(reply).time_stamp_token).year > 2000)
try:
    print("rfc3161-client:", rfc3161_client.decode_timestamp_response(reply).tst_info.policy.dotted_string)
except ValueError as error:
    print("rfc3161-client:", str(error).partition("kind: ")[2].partition(",")[0])
PYTHON
done
seen <<'SEEN'
authority longer: no
openssl: Verification: OK
rfc3161ng: True
rfc3161-client: InvalidSetOrdering
authority longer: yes
openssl: Verification: OK
rfc3161ng: True
rfc3161-client: 1.2.3.4.1
SEEN
