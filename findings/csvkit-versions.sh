#!/usr/bin/env bash
# csvkit 2.2.0 turns a version of eight hexadecimal digits into a number of twenty thousand digits, and writes bad JSON.
#
# Expected: a column of "10E20304" and "00000012" is text, since it is no column of measures; or at worst 12 loses its noughts.
# Seen:     "10E20304" is read as ten to the power of 20304: csvsort by ANOTHER column writes 1.0E+20305 into the file,
#           and csvjson writes Infinity, which is no JSON (RFC 8259). One letter A to D or F in the column, and all is text,
#           so most samples of such a list look well.
# Caller:   always -I (no guessing) with lists of versions, hashes and identifiers; give the same advice to who reads yours.
. "$(dirname "$0")/lib.sh"
pip_packages csvkit==2.2.0
printf 'device,version\nGSME,10E20304\nESME,00000012\n' >list.csv
printf 'device,version\nGSME,10E20304\nESME,0000001A\n' >letter.csv
observe csvsort -c device list.csv
observe csvsort -c device letter.csv
observe csvsort -I -c device list.csv
csvjson list.csv >list.json
observe cat list.json
observe python - <<'PYTHON'
import json


def refuse(word):
    raise ValueError(word)


try:
    json.load(open("list.json"), parse_constant=refuse)
except ValueError as word:
    print("no JSON:", word)
PYTHON
seen <<'SEEN'
device,version
ESME,12
GSME,1.0E+20305
device,version
ESME,0000001A
GSME,10E20304
device,version
ESME,00000012
GSME,10E20304
[{"device": "GSME", "version": Infinity}, {"device": "ESME", "version": 12.0}]no JSON: Infinity
SEEN
