#!/usr/bin/env bash
# Reading a SQLite database's file drops the locks of the same process: another one writes in the middle of its transaction.
#
# Expected: who has begun a transaction with "begin immediate" is the only writer until its commit, whatever else its program
#           reads meanwhile: for a checksum, a copy or an upload, or through a second library for SQLite.
# Seen:     locks of POSIX belong to the process, and closing any handle on the file gives all of them up. After open().read()
#           another process writes, and the commit of the first fails with a disk error; the same after a connection of apsw
#           3.54.1.0, which brings a SQLite of its own, is opened and closed beside one of Python's sqlite3 (seen with 3.11).
#           SQLite's own page "How to corrupt" tells of it; neither library does.
# Caller:   copy a database by SQLite's backup or VACUUM INTO, hash the copy, and have one library for SQLite in a process.
. "$(dirname "$0")/lib.sh"
pip_packages apsw==3.54.1.0
cat >hold.py <<'PYTHON'
import sqlite3
import subprocess
import sys
from pathlib import Path
import apsw

OTHER = "import sqlite3; c = sqlite3.connect('list.db', timeout=0); c.execute(\"insert into entry values ('other')\"); c.commit()"


def apart():
    Path("list.db").read_bytes()


def with_apsw():
    connection = apsw.Connection("list.db")
    list(connection.execute("select count(*) from entry"))
    connection.close()


def others_try():
    done = subprocess.run([sys.executable, "-c", OTHER], capture_output=True, text=True)
    return done.stderr.strip().splitlines()[-1] if done.returncode else "wrote"


for touch in (apart, with_apsw):
    Path("list.db").unlink(missing_ok=True)
    ours = sqlite3.connect("list.db", isolation_level=None)
    ours.execute("create table entry (version)")
    ours.execute("begin immediate")
    ours.execute("insert into entry values ('ours')")
    print("before:", others_try())
    touch()
    print("after", touch.__name__ + ":", others_try())
    try:
        ours.execute("commit")
        print("commit: done")
    except sqlite3.Error as error:
        print("commit:", error)
PYTHON
observe python hold.py
seen <<'SEEN'
before: sqlite3.OperationalError: database is locked
after apart: wrote
commit: disk I/O error
before: sqlite3.OperationalError: database is locked
after with_apsw: wrote
commit: disk I/O error
SEEN
