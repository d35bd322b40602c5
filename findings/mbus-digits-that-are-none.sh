#!/usr/bin/env bash
# A meter that shows an error has used -15,151,515 kWh by pyMeterBus 0.8.5; pymbusparser 0.5.3 drops all that comes behind it.
#
# Expected: in binary coded decimal M-Bus keeps the digits A to F for what a meter shows when it has no value (EN 13757-3,
#           annex B): the record is "error", and the next ones are read.
# Seen:     pyMeterBus adds fifteens to its sum, with the first F for a minus, and gives a Decimal like any other. pymbusparser
#           ends its list there: the volume of the next record is gone, and "diagnostics" alone says that something is partial.
# Caller:   look for A to F in the bytes of each decimal record; count the records that came against those that the telegram
#           has on other days.
. "$(dirname "$0")/lib.sh"
pip_packages pyMeterBus==0.8.5 pymbusparser==0.5.3
observe python -W ignore - <<'PYTHON'
import meterbus
import pymbusparser


def telegram(*records):
    body = bytes.fromhex("080172 00512002 824D 02 04 00 88 0000") + b"".join(map(bytes.fromhex, records))
    return bytes([0x68, len(body), len(body), 0x68]) + body + bytes([sum(body) & 0xFF, 0x16])


VOLUME = "0C 13 78 56 34 12"
for name, energy in {"12345678 kWh": "0C 06 78 56 34 12", "error": "0C 06 FF FF FF FF", "-123 kWh": "0C 06 23 01 00 F0"}.items():
    sent = telegram(energy, VOLUME)
    print(f"{name}, pyMeterBus:", *(f"{record.value:.3f}" for record in meterbus.load(list(sent)).records))
    read = pymbusparser.parse(sent)
    values = [record["value"]["value"] for record in read["records"]]
    print(f"{name}, pymbusparser:", *values, *(note["code"] for note in read["diagnostics"]))
PYTHON
seen <<'SEEN'
12345678 kWh, pyMeterBus: 12345678000.000 12345.678
12345678 kWh, pymbusparser: 12345678000 12345.678
error, pyMeterBus: -15151515000.000 12345.678
error, pymbusparser: application.record_partial
-123 kWh, pyMeterBus: -123000.000 12345.678
-123 kWh, pymbusparser: -123000 12345.678
SEEN
