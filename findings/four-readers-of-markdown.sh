#!/usr/bin/env bash
# Point 4 of a letter in Markdown is point 1 for Markdown 3.11.3, and markdown2 2.5.5 eats the lines of 0002_000A_0003.
#
# Expected: a list that begins with "4." begins with 4, and an underscore between letters is one (CommonMark 5.2 and 6.2), as for
#           mistune 3.4.0 and markdown-it-py 4.3.0.
# Seen:     Markdown numbers every list from 1 (an extension, sane_lists, keeps 4), and makes a sub-point with two blanks a point of
#           its own. markdown2 sets 000A in italics and drops what stood around it. For both a list needs an empty line before
#           it, else its points are one paragraph, and "1)" begins no list.
# Caller:   one reader that follows CommonMark for preview and for sending; indent by four, leave an empty line before a list.
. "$(dirname "$0")/lib.sh"
pip_packages Markdown==3.11.3 markdown2==2.5.5 mistune==3.4.0 markdown-it-py==4.3.0
observe python - <<'PYTHON'
import re
import markdown
import markdown2
import markdown_it
import mistune

ways = {
    "Markdown": markdown.markdown,
    "sane_lists": lambda text: markdown.markdown(text, extensions=["sane_lists"]),
    "markdown2": markdown2.markdown,
    "mistune": mistune.html,
    "markdown-it-py": markdown_it.MarkdownIt().render,
}
letters = ["4. hash\n5. date\n", "- hash\n  - of the image\n- date\n", "Version 0002_000A_0003", "Points:\n- hash\n- date\n", "1) hash\n2) date\n"]
for letter in letters:
    print(repr(letter))
    for name, read in ways.items():
        print("  ", name.ljust(15), re.sub(r"\s*\n\s*", " ", read(letter).strip()))
PYTHON
seen <<'SEEN'
'4. hash\n5. date\n'
   Markdown        <ol> <li>hash</li> <li>date</li> </ol>
   sane_lists      <ol start="4"> <li>hash</li> <li>date</li> </ol>
   markdown2       <ol start="4"> <li>hash</li> <li>date</li> </ol>
   mistune         <ol start="4"> <li>hash</li> <li>date</li> </ol>
   markdown-it-py  <ol start="4"> <li>hash</li> <li>date</li> </ol>
'- hash\n  - of the image\n- date\n'
   Markdown        <ul> <li>hash</li> <li>of the image</li> <li>date</li> </ul>
   sane_lists      <ul> <li>hash</li> <li>of the image</li> <li>date</li> </ul>
   markdown2       <ul> <li>hash <ul> <li>of the image</li> </ul></li> <li>date</li> </ul>
   mistune         <ul> <li>hash<ul> <li>of the image</li> </ul> </li> <li>date</li> </ul>
   markdown-it-py  <ul> <li>hash <ul> <li>of the image</li> </ul> </li> <li>date</li> </ul>
'Version 0002_000A_0003'
   Markdown        <p>Version 0002_000A_0003</p>
   sane_lists      <p>Version 0002_000A_0003</p>
   markdown2       <p>Version 0002<em>000A</em>0003</p>
   mistune         <p>Version 0002_000A_0003</p>
   markdown-it-py  <p>Version 0002_000A_0003</p>
'Points:\n- hash\n- date\n'
   Markdown        <p>Points: - hash - date</p>
   sane_lists      <p>Points: - hash - date</p>
   markdown2       <p>Points: - hash - date</p>
   mistune         <p>Points:</p> <ul> <li>hash</li> <li>date</li> </ul>
   markdown-it-py  <p>Points:</p> <ul> <li>hash</li> <li>date</li> </ul>
'1) hash\n2) date\n'
   Markdown        <p>1) hash 2) date</p>
   sane_lists      <p>1) hash 2) date</p>
   markdown2       <p>1) hash 2) date</p>
   mistune         <ol> <li>hash</li> <li>date</li> </ol>
   markdown-it-py  <ol> <li>hash</li> <li>date</li> </ol>
SEEN
