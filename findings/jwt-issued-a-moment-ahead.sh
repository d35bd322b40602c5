#!/usr/bin/env bash
# PyJWT 2.15.1 and joserfc 1.8.0 refuse a token whose issuer's clock is half a minute ahead; jose 6.2.18 (npm) takes it.
#
# Expected: "iat" says when a token was issued, so that one can tell its age (RFC 7519, 4.1.6); "nbf" says from when it holds.
# Seen:     PyJWT and joserfc treat iat like nbf: a sign-in fails with "not yet valid" until the clock has caught up, and works
#           when it is tried again. jose looks at iat only where a greatest age was asked for, and refuses it then, too.
# Caller:   leeway=60; a failure that comes and goes with the clocks of two machines is not found by a test on one.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages PyJWT==2.15.1 joserfc==1.8.0
npm_packages jose@6.2.18
cat >tell.py <<'PYTHON'
import time
import jwt
from joserfc import jwk
from joserfc import jwt as jose
from joserfc.errors import JoseError

key = "for tests only, and thirty-two bytes"
token = jwt.encode({"iat": int(time.time()) + 30}, key, "HS256")
open("token", "w").write(token)


def told(check):
    try:
        check()
        return "taken"
    except (jwt.PyJWTError, JoseError) as error:
        return type(error).__name__


claims = jose.decode(token, jwk.OctKey.import_key(key)).claims
print("PyJWT:", told(lambda: jwt.decode(token, key, ["HS256"])))
print("PyJWT, leeway of a minute:", told(lambda: jwt.decode(token, key, ["HS256"], leeway=60)))
print("joserfc:", told(lambda: jose.JWTClaimsRegistry().validate(claims)))
print("joserfc, leeway of a minute:", told(lambda: jose.JWTClaimsRegistry(leeway=60).validate(claims)))
PYTHON
observe python tell.py
cat >tell.mjs <<'NODE'
import { readFileSync } from "fs";
import { jwtVerify } from "jose";

const told = (options) =>
  jwtVerify(readFileSync("token", "utf8"), new TextEncoder().encode("for tests only, and thirty-two bytes"), options).then(
    () => "taken",
    (error) => error.code,
  );
console.log("jose:", await told({}));
console.log("jose, at most an hour old:", await told({ maxTokenAge: "1h" }));
NODE
observe node tell.mjs
seen <<'SEEN'
PyJWT: ImmatureSignatureError
PyJWT, leeway of a minute: taken
joserfc: InvalidClaimError
joserfc, leeway of a minute: taken
jose: taken
jose, at most an hour old: ERR_JWT_CLAIM_VALIDATION_FAILED
SEEN
