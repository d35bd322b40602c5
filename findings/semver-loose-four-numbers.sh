#!/usr/bin/env bash
# semver 7.8.6 (npm) reads version 2.0.10.7 loosely as 2.0.1-0.7, and so as older than 2.0.9; coerced it is 2.0.10.
#
# Expected: a version of four numbers, as firmware has them, is none for semver: null, as without { loose: true }, or an error.
# Seen:     "loose" lets the hyphen before a pre-release be left out, so the third number is cut in two: 2.0.10.7 is the
#           pre-release 0.7 of 2.0.1. While the third number has one digit it is null, so the trap opens with the tenth.
#           coerce() leaves the fourth number out, so that all builds of 2.0.10 are equal.
# Caller:   never loose; compare four numbers one by one, or with compare-versions 6.1.1, which takes them.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages semver@7.8.6 compare-versions@6.1.1
cat >read.cjs <<'NODE'
const semver = require("semver");
const { compareVersions } = require("compare-versions");
for (const version of ["2.0.9.7", "2.0.10.7", "2.0.10.8", "00.02.00.0A"])
  console.log(
    `${version} is ${semver.valid(version)}, loosely ${semver.valid(version, { loose: true })}, coerced ${semver.coerce(version)}`,
  );
console.log("2.0.10.7 above 2.0.9, loosely:", semver.gt("2.0.10.7", "2.0.9", { loose: true }));
console.log("2.0.10.7 above 2.0.9 for compare-versions:", compareVersions("2.0.10.7", "2.0.9") > 0);
NODE
observe node read.cjs
seen <<'SEEN'
2.0.9.7 is null, loosely null, coerced 2.0.9
2.0.10.7 is null, loosely 2.0.1-0.7, coerced 2.0.10
2.0.10.8 is null, loosely 2.0.1-0.8, coerced 2.0.10
00.02.00.0A is null, loosely 0.2.0-0.0A, coerced null
2.0.10.7 above 2.0.9, loosely: false
2.0.10.7 above 2.0.9 for compare-versions: true
SEEN
