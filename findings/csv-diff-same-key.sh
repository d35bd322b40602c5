#!/usr/bin/env bash
# csv-diff 1.2 compares the last row of each key and the last column of each name, and says nothing of the others.
#
# Expected: an error, or a warning, where the column that is given as the key is none.
# Seen:     of two rows with the key 1 the first may change as it likes: no row is added, removed or changed; the same with the
#           first of two columns of one name.
# Caller:   count keys and column names before; daff 1.4.2 tells of both.
. "$(dirname "$0")/lib.sh"
pip_packages csv-diff==1.2 daff==1.4.2
observe python - <<'PYTHON'
import csv
import io
import csv_diff
import daff

def by_csv_diff(before, after):
    told = csv_diff.compare(*(csv_diff.load_csv(io.StringIO(text), key="id") for text in (before, after)))
    return sum(map(len, told.values()))

def by_daff(before, after):
    tables = [daff.PythonTableView(list(csv.reader(io.StringIO(text)))) for text in (before, after)]
    rows = daff.PythonTableView([])
    daff.TableDiff(daff.Coopy.compareTables(*tables).align(), daff.CompareFlags()).hilite(rows)
    return rows.getData()[1:]

for before, after in [
    ("id,hash\n1,AA\n1,BB\n", "id,hash\n1,CC\n1,BB\n"),
    ("id,hash,hash\n1,AA,BB\n", "id,hash,hash\n1,CC,BB\n"),
]:
    print("csv-diff", by_csv_diff(before, after), "| daff", by_daff(before, after))
PYTHON
seen <<'SEEN'
csv-diff 0 | daff [['+++', '1', 'CC'], ['---', '1', 'AA'], ['', '1', 'BB']]
csv-diff 0 | daff [['@@', '1', 'CC', 'AA', 'BB'], ['+', '1', 'CC', 'AA', 'BB']]
SEEN
