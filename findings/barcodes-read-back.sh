#!/usr/bin/env bash
# python-barcode 0.16.1 prints version 0002000A in Code 39 as 0002000AC; UPC-A comes back with a nought in front.
#
# Expected: a scanner gives the text that was given to the printer, as with Code 128 of the same library.
# Seen:     its Code 39 appends a check digit that other readers, zxing-cpp 3.1.1 among them, take for a letter of the text,
#           and Interleaved 2 of 5 gets a nought in front of an odd number of digits. UPC-A's twelve digits are thirteen for
#           who reads it as the EAN-13 that it also is; a GS1 label gets brackets. A look-up by the text that was printed
#           finds nothing, or another.
# Caller:   Code39(text, add_checksum=False), and Code 128 where there is a choice; read every label back in a test.
. "$(dirname "$0")/lib.sh"
pip_packages python-barcode==0.16.1 pillow==13.0.0 zxing-cpp==3.1.1
observe python - <<'PYTHON'
import barcode
import zxingcpp
from barcode.writer import ImageWriter
from PIL import Image

for kind, text, options in (
    ("code128", "0002000A", {}), ("code39", "0002000A", {}), ("code39", "0002000A", {"add_checksum": False}), ("itf", "12345", {}),
    ("upca", "123456789012", {}), ("ean13", "5901234123457", {}), ("gs1_128", "0112345678901231", {}),
):
    label = barcode.get_barcode_class(kind)(text, writer=ImageWriter(), **options)
    (read,) = zxingcpp.read_barcodes(Image.open(label.save("label")))
    print(f"{kind} {text} {options or ''}: printed {label.get_fullcode()}, read {read.text} as {read.format}")
PYTHON
seen <<'SEEN'
code128 0002000A : printed 0002000A, read 0002000A as Code 128
code39 0002000A : printed 0002000AC, read 0002000AC as Code 39
code39 0002000A {'add_checksum': False}: printed 0002000A, read 0002000A as Code 39
itf 12345 : printed 012345, read 012345 as ITF
upca 123456789012 : printed 123456789012, read 0123456789012 as EAN-13
ean13 5901234123457 : printed 5901234123457, read 5901234123457 as EAN-13
gs1_128 0112345678901231 : printed 0112345678901231, read (01)12345678901231 as Code 128
SEEN
