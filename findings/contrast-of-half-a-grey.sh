#!/usr/bin/env bash
# Text in rgba(0, 0, 0, 0.3) on white has a contrast of 21:1 by five libraries (npm), as black would; seen, it has 2:1.
#
# Expected: the contrast of a colour that lets the ground through is that of what is seen (WCAG 2.2, 1.4.3), or an error.
# Seen:     tinycolor2 1.6.0, chroma-js 3.2.0, get-contrast 3.0.0, polished 4.3.1 and colorjs.io 0.7.1 leave the fourth number
#           out, in the #rrggbbaa of CSS as well, so a check of a style sheet passes what nobody can read. What is seen is
#           rgb(179, 179, 179), for which all say 2.1:1.
# Caller:   lay the colour over its ground first (tinycolor.mix, or by hand), and measure that.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages tinycolor2@1.6.0 chroma-js@3.2.0 get-contrast@3.0.0 polished@4.3.1 colorjs.io@0.7.1
cat >measure.mjs <<'NODE'
import chroma from "chroma-js";
import Color from "colorjs.io";
import contrast from "get-contrast";
import { getContrast } from "polished";
import tinycolor from "tinycolor2";

for (const colour of ["rgba(0, 0, 0, 0.3)", "#0000004d", "rgb(179, 179, 179)"])
  console.log(colour, ...Object.entries({
    tinycolor2: tinycolor.readability(colour, "#ffffff"),
    "chroma-js": chroma.contrast(colour, "#ffffff"),
    "get-contrast": contrast.ratio(colour, "#ffffff"),
    polished: getContrast(colour, "#ffffff"),
    "colorjs.io": new Color(colour).contrast("#ffffff", "WCAG21"),
  }).map(([name, ratio]) => `${name} ${ratio.toFixed(2)}`));
NODE
observe node measure.mjs
seen <<'SEEN'
rgba(0, 0, 0, 0.3) tinycolor2 21.00 chroma-js 21.00 get-contrast 21.00 polished 21.00 colorjs.io 21.00
#0000004d tinycolor2 21.00 chroma-js 21.00 get-contrast 21.00 polished 21.00 colorjs.io 21.00
rgb(179, 179, 179) tinycolor2 2.10 chroma-js 2.10 get-contrast 2.10 polished 2.10 colorjs.io 2.10
SEEN
