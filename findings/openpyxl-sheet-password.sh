#!/usr/bin/env bash
# openpyxl 3.1.5 keeps a sheet's password as a hash of 16 bits, and of a long one writes more digits than fit.
#
# Expected: a salted hash with an algorithm's name and a spin count, as Excel has written since 2013.
# Seen:     four hexadecimal digits, no algorithm, no salt; of a long password six digits, where the schema
#           (ECMA-376, ST_UnsignedShortHex) allows four.
# Caller:   a protected sheet is a hint to the honest, and evidence of nothing; sign the file instead.
. "$(dirname "$0")/lib.sh"
pip_packages openpyxl==3.1.5
observe python - <<'PYTHON'
import re, zipfile
import openpyxl

for password in ("secret", "a long and careful pass phrase"):
    book = openpyxl.Workbook()
    book.active.protection.set_password(password)
    book.active.protection.enable()
    book.save("book.xlsx")
    sheet = zipfile.ZipFile("book.xlsx").read("xl/worksheets/sheet1.xml").decode()
    tag = re.search("<sheetProtection[^>]*>", sheet)[0]
    print(len(password), "letters:", len(re.search('password="([0-9A-F]*)"', tag)[1]), "digits")
print("algorithm:", "algorithmName" in tag, "salt:", "saltValue" in tag)
PYTHON
seen <<'SEEN'
6 letters: 4 digits
30 letters: 6 digits
algorithm: False salt: False
SEEN
