#!/usr/bin/env bash
# A table for people prints version 0002E001 as 20: tabulate 0.10.0 and texttable 1.7.2; prettytable 3.18.0 prints what it is given.
#
# Expected: a text that is put into a table is printed as that text; numbers are for who passes numbers.
# Seen:     both guess a kind from the text. tabulate does so by the whole column: four versions without any letter but E are
#           numbers, and one more with an A in it has all of them printed right. texttable does it cell by cell.
# Caller:   tabulate(..., disable_numparse=True), set_cols_dtype(["t", ...]), or prettytable; a report that was right in every trial
#           is wrong on the day on which the one version with an A is gone.
. "$(dirname "$0")/lib.sh"
pip_packages tabulate==0.10.0 texttable==1.7.2 prettytable==3.18.0
observe python - <<'PYTHON'
from prettytable import PrettyTable
from tabulate import tabulate
from texttable import Texttable


def by_texttable(rows):
    table = Texttable()
    table.set_deco(0)
    table.add_rows(rows, header=False)
    return table.draw()


def by_prettytable(rows):
    table = PrettyTable(border=False, header=False)
    table.add_rows(rows)
    return table.get_string()


versions = ["00020003", "0002E001", "20290403", "12E40000"]
for column in (versions[:3], [*versions[:3], "0002000A"], ["0002E001", "00020003"]):
    print("given      ", *column)
    for name, draw in (("tabulate", lambda rows: tabulate(rows, tablefmt="plain")), ("texttable", by_texttable), ("prettytable", by_prettytable)):
        print(name.ljust(11), *draw([[version] for version in column]).split())
print("disable_numparse:", *tabulate([[version] for version in versions], tablefmt="plain", disable_numparse=True).split())
PYTHON
seen <<'SEEN'
given       00020003 0002E001 20290403
tabulate    20003 20 2.02904e+07
texttable   20003 20 20290403
prettytable 00020003 0002E001 20290403
given       00020003 0002E001 20290403 0002000A
tabulate    00020003 0002E001 20290403 0002000A
texttable   20003 20 20290403 0002000A
prettytable 00020003 0002E001 20290403 0002000A
given       0002E001 00020003
tabulate    20 20003
texttable   20 20003
prettytable 0002E001 00020003
disable_numparse: 00020003 0002E001 20290403 12E40000
SEEN
