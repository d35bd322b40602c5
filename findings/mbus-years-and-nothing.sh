#!/usr/bin/env bash
# A meter's date without a date is "2027-15-31" for pyMeterBus 0.8.5, which also puts 2081 to 2099 into the last century.
#
# Expected: in M-Bus (EN 13757-3) a date of FF FF is invalid, and a date with a time has a bit that says the same of it.
# Seen:     pyMeterBus gives month 15 of 2027, and day 0 where "every day" is meant; pymbusparser 0.5.3 says what is invalid
#           and what is every day. Both give a time that is marked as invalid like any other, and neither tells the bit for
#           summer time. The year 81 is 1981 for the one and 2081 for the other.
# Caller:   look at the bytes, FF FF and bit 7 of the first one; what pyMeterBus gives looks like a date to a pattern, and fails,
#           if at all, where a program makes a date of it.
. "$(dirname "$0")/lib.sh"
pip_packages pyMeterBus==0.8.5 pymbusparser==0.5.3
observe python -W ignore - <<'PYTHON'
import meterbus
import pymbusparser


def telegram(record):
    body = bytes.fromhex("080172 00512002 824D 02 04 00 88 0000") + record
    return bytes([0x68, len(body), len(body), 0x68]) + body + bytes([sum(body) & 0xFF, 0x16])


def day(year, month, day_of_month):
    return bytes([day_of_month | (year & 7) << 5, month | (year >> 3) << 4])


dates = {
    "3 April 2029": bytes([0x02, 0x6C]) + day(29, 4, 3),
    "year 81": bytes([0x02, 0x6C]) + day(81, 4, 3),
    "FF FF": bytes([0x02, 0x6C, 0xFF, 0xFF]),
    "every day": bytes([0x02, 0x6C]) + day(29, 4, 0),
    "12:30": bytes([0x04, 0x6D, 30, 12]) + day(29, 7, 3),
    "12:30, invalid": bytes([0x04, 0x6D, 0x80 | 30, 12]) + day(29, 7, 3),
    "12:30, summer time": bytes([0x04, 0x6D, 30, 0x80 | 12]) + day(29, 7, 3),
}
for name, record in dates.items():
    theirs = meterbus.load(list(telegram(record))).records[0].value
    print(f"{name}: pyMeterBus {theirs}, pymbusparser", pymbusparser.parse(telegram(record))["records"][0]["value"]["value"])
PYTHON
seen <<'SEEN'
3 April 2029: pyMeterBus 2029-04-03, pymbusparser 2029-04-03
year 81: pyMeterBus 1981-04-03, pymbusparser 2081-04-03
FF FF: pyMeterBus 2027-15-31, pymbusparser {'day': 31, 'month': 'invalid', 'year': 'every'}
every day: pyMeterBus 2029-04-00, pymbusparser {'day': 'every', 'month': 'April', 'year': 2029}
12:30: pyMeterBus 2029-07-03T12:30, pymbusparser 2029-07-03T12:30:00
12:30, invalid: pyMeterBus 2029-07-03T12:30, pymbusparser 2029-07-03T12:30:00
12:30, summer time: pyMeterBus 2029-07-03T12:30, pymbusparser 2029-07-03T12:30:00
SEEN
