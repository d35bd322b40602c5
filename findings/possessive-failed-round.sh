#!/usr/bin/env bash
# Python 3.11.2, which Debian 12 has, and 3.11.3: a possessive repetition, "(?:…)*+", keeps what a failed last round has read.
#
# Expected: a round that does not match as a whole takes nothing, so (?:\d-?\d,)*+ reads "1-2," of "1-2,3-4", as the plain
#           repetition does; possessive only means that it gives nothing back (new in 3.11).
# Seen:     they read "1-2,3", where a round has to end with a comma, and a line's end that a failed look-ahead stands
#           behind: as soon as a round has an alternative or a part that may be left out. 3.12.1 gives what the plain one gives.
#           The atomic group, (?>…), is right in all three.
# Caller:   a pattern made faster with ++ or *+ is another pattern on a stock Debian 12 than on the machine that tests it;
#           write (?>(?:…)*) instead. Pyodide (npm) has each release, to try it.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages debian@npm:pyodide@0.23.4 next@npm:pyodide@0.24.1 mended@npm:pyodide@0.26.4
cat >match.py <<'PYTHON'
import re
import sys

for round_, text in [(r"\d-?\d,", "1-2,3-4"), (r"ab?c", "abcab"), (r"[^\n]|\n(?!-)", "part\n--boundary")]:
    said = [re.match(pattern % round_, text)[0] for pattern in ("(?:%s)*", "(?:%s)*+", "(?>(?:%s)*)")]
    print(sys.version.split()[0], text.encode(), "plain, possessive, atomic:", said)
PYTHON
cat >run.cjs <<'NODE'
const program = require("fs").readFileSync("match.py", "utf8");
(async () => {
  (await require(process.argv[2]).loadPyodide()).runPython(program);
})();
NODE
observe node run.cjs debian
observe node run.cjs next
observe node run.cjs mended
seen <<'SEEN'
3.11.2 b'1-2,3-4' plain, possessive, atomic: ['1-2,', '1-2,3', '1-2,']
3.11.2 b'abcab' plain, possessive, atomic: ['abc', 'abca', 'abc']
3.11.2 b'part\n--boundary' plain, possessive, atomic: ['part', 'part\n-', 'part']
3.11.3 b'1-2,3-4' plain, possessive, atomic: ['1-2,', '1-2,3', '1-2,']
3.11.3 b'abcab' plain, possessive, atomic: ['abc', 'abca', 'abc']
3.11.3 b'part\n--boundary' plain, possessive, atomic: ['part', 'part\n-', 'part']
3.12.1 b'1-2,3-4' plain, possessive, atomic: ['1-2,', '1-2,', '1-2,']
3.12.1 b'abcab' plain, possessive, atomic: ['abc', 'abc', 'abc']
3.12.1 b'part\n--boundary' plain, possessive, atomic: ['part', 'part', 'part']
SEEN
