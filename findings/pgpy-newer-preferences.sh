#!/usr/bin/env bash
# PGPy 0.6.0 cannot read a public key that OpenPGP.js 6.3.2 makes; gpg (seen with GnuPG 2.2) reads it.
#
# Expected: a preference in a key for an algorithm that a program does not know is passed over (RFC 9580, 5.2.3.16: it is a
#           list of wishes); the key itself is RSA with SHA-256 or better, which PGPy knows.
# Seen:     OpenPGP.js lists SHA3-512, number 14, among the hashes that a key's owner likes. PGPy makes an enumeration of the list,
#           and the whole key fails with "14 is not a valid HashAlgorithm"; no signature by it can be checked.
# Caller:   with PGPy, tell "I cannot read this key" from "this signature is wrong"; read a key of each program that partners use.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
apt_program gpg gnupg
pip_packages PGPy==0.6.0
npm_packages openpgp@6.3.2
cat >make.mjs <<'NODE'
import { generateKey, readKey } from "openpgp";
import { writeFileSync } from "fs";
const owner = [{ name: "Maker", email: "hashes@maker.example" }];
const { publicKey } = await generateKey({ type: "rsa", rsaBits: 2048, userIDs: owner });
writeFileSync("key.asc", publicKey);
const { selfCertification } = await (await readKey({ armoredKey: publicKey })).getPrimaryUser();
console.log("OpenPGP.js prefers hashes", ...selfCertification.preferredHashAlgorithms);
NODE
observe node make.mjs
observe sh -c 'gpg --homedir . --batch --with-colons --show-keys key.asc 2>/dev/null | grep -e ^uid | cut -d: -f1,10'
observe python -W ignore - <<'PYTHON'
import pgpy
try:
    key, _ = pgpy.PGPKey.from_file("key.asc")
    print("PGPy", key.key_algorithm)
except pgpy.errors.PGPError as error:
    print("PGPy", type(error).__name__, error)
PYTHON
seen <<'SEEN'
OpenPGP.js prefers hashes 10 8 14 12
uid:Maker <hashes@maker.example>
PGPy PGPError 14 is not a valid HashAlgorithm
SEEN
