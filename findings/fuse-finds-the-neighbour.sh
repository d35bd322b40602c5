#!/usr/bin/env bash
# Fuse.js 7.5.0 (npm) does not find a version that stands in a text, and finds its neighbour, which does not.
#
# Expected: a search for 0002000A finds the entry in which it stands letter for letter, before all that is only like it.
# Seen:     how far from the beginning a word stands counts as unlikeness: behind some sixty letters an exact word is no hit
#           at all, even with threshold 0. In a short text 0002000B is a hit for 0002000A. With ignoreLocation the
#           long text is found as well, and so is the neighbour.
# Caller:   ignoreLocation: true and threshold: 0 for versions and hashes, or includes(); a page on which people look devices
#           up otherwise says "not listed" of one that is, and shows another.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages fuse.js@7.5.0
cat >find.cjs <<'NODE'
const Fuse = require("fuse.js").default ?? require("fuse.js");
const entries = [
  "Electricity meter of the second generation for single phase supplies, with firmware 0002000A",
  "Firmware 0002000B",
];
for (const options of [{}, { threshold: 0 }, { ignoreLocation: true }, { ignoreLocation: true, threshold: 0 }])
  console.log(JSON.stringify(options), new Fuse(entries, options).search("0002000A").map(({ item }) => item.slice(-8)));
NODE
observe node find.cjs
seen <<'SEEN'
{} [ '0002000B' ]
{"threshold":0} []
{"ignoreLocation":true} [ '0002000A', '0002000B' ]
{"ignoreLocation":true,"threshold":0} [ '0002000A' ]
SEEN
