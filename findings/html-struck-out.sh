#!/usr/bin/env bash
# A version that is struck out in a mail's HTML is read like any other by four libraries of six, and by all where a style does it.
#
# Expected: where a page becomes text, what its writer struck out is left out or marked, for it says the opposite of itself.
# Seen:     of "<s>0002000A</s> 0002000B" inscriptis 2.7.6, Beautiful Soup 4.15.0, html-to-text 10.0.1 and turndown 7.2.5 (npm)
#           give both alike, and of <del> as well. html2text 2025.4.15 and markdownify 1.2.3 put two tildes on each side.
#           Where a style draws the stroke (text-decoration: line-through), none of the six marks it.
# Caller:   look for s, strike, del and that style before a page is turned into text; two versions where a form needs one
#           are a reason to ask, not to take the first.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages inscriptis==2.7.6 html2text==2025.4.15 markdownify==1.2.3 beautifulsoup4==4.15.0
npm_packages html-to-text@10.0.1 turndown@7.2.5
cat >struck.py <<'PYTHON'
import html2text
import inscriptis
import markdownify
from bs4 import BeautifulSoup

ways = {
    "inscriptis": inscriptis.get_text,
    "Beautiful Soup": lambda page: BeautifulSoup(page, "html.parser").get_text(),
    "html2text": html2text.html2text,
    "markdownify": markdownify.markdownify,
}
for page in open("pages.txt").read().splitlines():
    print(page)
    for name, way in ways.items():
        print("  ", name, way(page).strip())
PYTHON
cat >pages.txt <<'PAGES'
<p><s>0002000A</s> 0002000B</p>
<p><del>0002000A</del> 0002000B</p>
<p><span style="text-decoration:line-through">0002000A</span> 0002000B</p>
PAGES
observe python struck.py
cat >struck.mjs <<'NODE'
import { convert } from "html-to-text";
import TurndownService from "turndown";
import { readFileSync } from "fs";

for (const page of readFileSync("pages.txt", "utf8").trim().split("\n"))
  console.log(`${page}\n   html-to-text ${convert(page)}\n   turndown ${new TurndownService().turndown(page)}`);
NODE
observe node struck.mjs
seen <<'SEEN'
<p><s>0002000A</s> 0002000B</p>
   inscriptis 0002000A 0002000B
   Beautiful Soup 0002000A 0002000B
   html2text ~~0002000A~~ 0002000B
   markdownify ~~0002000A~~ 0002000B
<p><del>0002000A</del> 0002000B</p>
   inscriptis 0002000A 0002000B
   Beautiful Soup 0002000A 0002000B
   html2text ~~0002000A~~ 0002000B
   markdownify ~~0002000A~~ 0002000B
<p><span style="text-decoration:line-through">0002000A</span> 0002000B</p>
   inscriptis 0002000A 0002000B
   Beautiful Soup 0002000A 0002000B
   html2text 0002000A 0002000B
   markdownify 0002000A 0002000B
<p><s>0002000A</s> 0002000B</p>
   html-to-text 0002000A 0002000B
   turndown 0002000A 0002000B
<p><del>0002000A</del> 0002000B</p>
   html-to-text 0002000A 0002000B
   turndown 0002000A 0002000B
<p><span style="text-decoration:line-through">0002000A</span> 0002000B</p>
   html-to-text 0002000A 0002000B
   turndown 0002000A 0002000B
SEEN
