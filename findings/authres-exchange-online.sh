#!/usr/bin/env bash
# authres 1.2.0 cannot read the Authentication-Results of Exchange Online: they name nobody who says so.
#
# Expected: the header of a large mail service is read by the library for that header.
# Seen:     RFC 8601 (2.2) puts an authserv-id first; Exchange Online leaves it out, as Microsoft's own documentation shows,
#           so that the first result is taken for it and the rest is a syntax error. With a name put in front of the same words
#           all is read, but for the comments; "compauth" is kept as a method of its own.
# Caller:   where the receiving server is known to be Exchange Online, put its name in front before the library reads.
. "$(dirname "$0")/lib.sh"
pip_packages authres==1.2.0
observe python - <<'PYTHON'
import authres

said = (
    "spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=example.test; dkim=pass (signature was verified)"
    " header.d=example.test; dmarc=pass action=none header.from=example.test; compauth=pass reason=100"
)
for value in (said, f"mail.example.net; {said}"):
    try:
        header = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
        print(header.authserv_id, *(f"{result.method}={result.result}" for result in header.results))
    except authres.core.SyntaxError as error:
        print("SyntaxError:", str(error)[:60])
PYTHON
seen <<'SEEN'
SyntaxError: Syntax error: Expected "none" or at least one resinfo at: sm
mail.example.net spf=pass dkim=pass dmarc=pass compauth=pass
SEEN
