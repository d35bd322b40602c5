#!/usr/bin/env bash
# PASSWORD=abc#def in a .env file is "abc" for dotenv 18.0.10 (npm) and for Node itself, and "abc#def" for python-dotenv 1.2.4.
#
# Expected: one file of settings that two programs of one service read sets the same values.
# Seen:     the two of Node take "#" for a remark wherever it stands in an unquoted value, python-dotenv after a blank only. Of
#           ${NAME} python-dotenv puts in the value, the others leave the letters. "Name: value" is a setting for dotenv; the second
#           skips it with a warning, and Node 20 makes one name of two lines. Of two backslashes in quotes python-dotenv makes one.
# Caller:   single quotes around every value: with them the three agree, as the last line shows.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages python-dotenv==1.2.4
npm_packages dotenv@18.0.10
cat >settings.env <<'ENV'
PASSWORD=abc#def
HOST=mail.example
URL=imaps://${HOST}/
PATH_OF_LIST="C:\\lists"
QUOTED='abc#${HOST}\\def'
ENV
printf 'Zone: London\nTERM=9\n' >colon.env
cat >read.mjs <<'NODE'
import dotenv from "dotenv";
import { readFileSync } from "fs";
import { parseEnv } from "util";
for (const [name, read] of [["dotenv", dotenv.parse], ["Node", parseEnv]])
  for (const file of ["settings.env", "colon.env"]) console.log(name.padEnd(13), JSON.stringify(read(readFileSync(file, "utf8"))));
NODE
observe node --no-warnings read.mjs
observe python - <<'PYTHON'
import json
from dotenv import dotenv_values
for file in ("settings.env", "colon.env"):
    print("python-dotenv", json.dumps(dotenv_values(file), separators=(",", ":")))
PYTHON
seen <<'SEEN'
dotenv        {"PASSWORD":"abc","HOST":"mail.example","URL":"imaps://${HOST}/","PATH_OF_LIST":"C:\\\\lists","QUOTED":"abc#${HOST}\\\\def"}
dotenv        {"Zone":"London","TERM":"9"}
Node          {"HOST":"mail.example","PASSWORD":"abc","PATH_OF_LIST":"C:\\\\lists","QUOTED":"abc#${HOST}\\\\def","URL":"imaps://${HOST}/"}
Node          {"Zone: London\nTERM":"9"}
python-dotenv {"PASSWORD":"abc#def","HOST":"mail.example","URL":"imaps://mail.example/","PATH_OF_LIST":"C:\\lists","QUOTED":"abc#mail.example\\def"}
python-dotenv could not parse statement starting at line 1
python-dotenv {"TERM":"9"}
SEEN
