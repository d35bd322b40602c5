#!/usr/bin/env bash
# endesive 3.0.1: half of its packages cannot be imported beside an OpenSSL whose patch number has two digits.
#
# Expected: what pip installs can be imported, or pip says what does not fit.
# Seen:     email, plain, pdf and verifier import certvalidator 0.11.1, that one oscrypto 1.3.0, and oscrypto looks for three
#           single digits in OpenSSL's version: "3.0.17" is no version for it, and LibraryNotFoundError is raised at import.
#           signer, hsm and xades do without.
# Caller:   import endesive.signer alone and verify with another library.
. "$(dirname "$0")/lib.sh"
apt_program openssl openssl
openssl version | grep -Eq ' 3\.[0-9]\.[0-9]{2} ' || { echo "needs an OpenSSL such as 3.0.17" >&2; exit 3; }
pip_packages endesive==3.0.1 oscrypto==1.3.0 certvalidator==0.11.1
observe python - <<'PYTHON'
from importlib import import_module

for name in ("signer", "hsm", "xades", "verifier", "plain", "email", "pdf"):
    try:
        import_module(f"endesive.{name}")
        print(name, "imported")
    except Exception as error:
        print(name, type(error).__name__)
PYTHON
seen <<'SEEN'
signer imported
hsm imported
xades imported
verifier LibraryNotFoundError
plain LibraryNotFoundError
email LibraryNotFoundError
pdf LibraryNotFoundError
SEEN
