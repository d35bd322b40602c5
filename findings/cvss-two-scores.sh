#!/usr/bin/env bash
# One CVSS 3.1 vector is 6.9, medium, and 7.0, high, by the same library; one of CVSS 4.0 is 5.0 and 5.1 by two.
#
# Expected: a vector without any environmental metric has its base score for its environmental one, as in CVSS 3.0.
# Seen:     3.1 changed the formula of the environmental score alone, so cvss 3.6 (PyPI) and @turingpointde/cvss.js 2.1.0 (npm)
#           give another number with nothing but base metrics there, up or down; ae-cvss-calculator 1.0.13 gives the base one
#           as "overall". Of 4.0 the second makes 5.0 where the other two have 5.1.
# Caller:   say which score a limit is set on; take the first of the three that scores() gives, not the last or the greatest;
#           and keep the vector beside each number.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages cvss==3.6
npm_packages @turingpointde/cvss.js@2.1.0 ae-cvss-calculator@1.0.13
observe python - <<'PYTHON'
from cvss import CVSS3, CVSS4

for vector in ("AV:P/AC:H/PR:H/UI:N/S:C/C:H/I:H/A:H", "AV:P/AC:H/PR:L/UI:N/S:C/C:H/I:H/A:L"):
    for version in ("3.0", "3.1"):
        scored = CVSS3(f"CVSS:{version}/{vector}")
        print(f"cvss {version}: base, temporal, environmental", *scored.scores(), scored.severities()[0], scored.severities()[2])
print("cvss 4.0:", CVSS4("CVSS:4.0/AV:L/AC:L/AT:P/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:H/SA:H").base_score)
PYTHON
cat >score.cjs <<'NODE'
const { CVSS } = require("@turingpointde/cvss.js");
const { Cvss3P1, Cvss4P0 } = require("ae-cvss-calculator");
const three = "CVSS:3.1/AV:P/AC:H/PR:H/UI:N/S:C/C:H/I:H/A:H";
const four = "CVSS:4.0/AV:L/AC:L/AT:P/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:H/SA:H";
console.log("cvss.js 3.1: base, environmental", CVSS(three).getScore(), CVSS(three).getEnvironmentalScore());
console.log("ae-cvss-calculator 3.1: overall", new Cvss3P1(three).calculateScores().overall);
console.log("cvss.js 4.0:", CVSS(four).getScore(), " ae-cvss-calculator 4.0:", new Cvss4P0(four).calculateScores().overall);
NODE
observe node score.cjs
seen <<'SEEN'
cvss 3.0: base, temporal, environmental 6.9 6.9 6.9 Medium Medium
cvss 3.1: base, temporal, environmental 6.9 6.9 7.0 Medium High
cvss 3.0: base, temporal, environmental 7.0 7.0 7.0 High High
cvss 3.1: base, temporal, environmental 7.0 7.0 6.9 High Medium
cvss 4.0: 5.1
cvss.js 3.1: base, environmental 6.9 7
ae-cvss-calculator 3.1: overall 6.9
cvss.js 4.0: 5  ae-cvss-calculator 4.0: 5.1
SEEN
