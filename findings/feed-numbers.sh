#!/usr/bin/env bash
# One Atom entry titled 00020003 is "20003" for @extractus/feed-extractor 8.0.3 (npm); rss-parser 3.13.0 gives another an object.
#
# Expected: a title is the text that stands there (RFC 4287, 3.1), whichever of its three kinds it is.
# Seen:     feed-extractor reads a title of digits as a number and back, without its noughts in front; a title of the kind
#           xhtml is empty for it, and for rss-parser a tree of objects, which prints as [object Object]. feedparser 6.0.14
#           and feedsmith 3.0.1 give the text of all, though feedparser keeps the xhtml title's tags and feedsmith too.
# Caller:   a list that others read as a feed has a word before each version ("Version 00020003") and titles of the kind text.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages @extractus/feed-extractor@8.0.3 rss-parser@3.13.0 feedsmith@3.0.1
pip_packages feedparser==6.0.14
{
  echo '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:list</id><title>List</title><updated>2029-04-03T00:00:00Z</updated>'
  for title in '>00020003' '>10E20304' ' type="text">Version 00020003' \
    ' type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Version <b>00020003</b></div>'; do
    echo "<entry><id>urn:x</id><updated>2029-04-03T00:00:00Z</updated><title$title</title></entry>"
  done
  echo '</feed>'
} >list.atom
cat >read.mjs <<'NODE'
import { readFileSync } from "fs";
import { extractFromXml } from "@extractus/feed-extractor";
import { parseFeed } from "feedsmith";
import Parser from "rss-parser";
const text = readFileSync("list.atom", "utf8");
const tell = (name, titles) => console.log(`${name}:`, titles.map((title) => JSON.stringify(title)).join(" "));
tell("feed-extractor", extractFromXml(text).entries.map((entry) => entry.title));
tell("rss-parser", (await new Parser().parseString(text)).items.map((item) => item.title));
tell("feedsmith", parseFeed(text).feed.entries.map((entry) => entry.title.value));
NODE
observe node read.mjs
observe python - <<'PYTHON'
import json
import feedparser

print("feedparser:", *(json.dumps(entry.title) for entry in feedparser.parse("list.atom").entries))
PYTHON
seen <<'SEEN'
feed-extractor: "20003" "10E20304" "Version 00020003" ""
rss-parser: "00020003" "10E20304" "Version 00020003" {"$":{"type":"xhtml"},"div":[{"_":"Version ","$":{"xmlns":"http://www.w3.org/1999/xhtml"},"b":["00020003"]}]}
feedsmith: "00020003" "10E20304" "Version 00020003" "Version <b>00020003</b>"
feedparser: "00020003" "10E20304" "Version 00020003" "Version <b>00020003</b>"
SEEN
