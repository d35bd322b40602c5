#!/usr/bin/env bash
# lxml.objectify 6.1.3 prints version 00020003 as 20003, and finds 0002E001 equal to 20; 0002000A is a text.
#
# Expected: an element's content is its text where no schema and no xsi:type says otherwise.
# Seen:     each element is an int, a float, a bool or a text, as its characters happen to look. str() of 00020003 is 20003,
#           of 0002E001 20.0; == compares as numbers, so 00020003 equals 20003 and not "00020003". The text is still in
#           .text, and tostring() writes the file as it was, which is where most tests look.
# Caller:   element.text, always; str(), == and a dictionary of such elements are of the guessed kind.
. "$(dirname "$0")/lib.sh"
pip_packages lxml==6.1.3
observe python - <<'PYTHON'
from lxml import etree, objectify

listed = objectify.fromstring("<list><v>00020003</v><v>0002E001</v><v>0002000A</v><v>true</v><v>Infinity</v></list>")
for element in listed.v:
    print(f"{element.text}: {type(element).__name__}, printed {element!s}, equals its text: {element == element.text}")
print("written again as it was:", b"<v>0002E001</v>" in etree.tostring(listed))
print("equals 20003:", listed.v[0] == 20003, " 0002E001 equals 20:", listed.v[1] == 20)
PYTHON
seen <<'SEEN'
00020003: IntElement, printed 20003, equals its text: False
0002E001: FloatElement, printed 20.0, equals its text: False
0002000A: StringElement, printed 0002000A, equals its text: True
true: BoolElement, printed True, equals its text: False
Infinity: StringElement, printed Infinity, equals its text: True
written again as it was: True
equals 20003: True  0002E001 equals 20: True
SEEN
