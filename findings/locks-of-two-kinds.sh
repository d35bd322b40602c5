#!/usr/bin/env bash
# A file that filelock 4.2.11 or flock(1) has locked is free for fasteners 0.20 and Python's mailbox, and the other way round.
#
# Expected: two programs that lock one file exclusively keep each other out, as two of one library do.
# Seen:     Linux has two kinds of locks that know nothing of each other: flock, which filelock, portalocker 4.4.2, zc.lockfile
#           4.0 and util-linux's flock take, and fcntl's (lockf), which fasteners and mailbox.lock() take. Each library refuses
#           its own kind, so its tests pass.
# Caller:   agree on the kind, not on the file's name: a script around `flock` does not keep a daemon out that locks by fcntl,
#           and a mailbox is locked by whichever of the two its delivery agent uses.
. "$(dirname "$0")/lib.sh"
apt_program flock util-linux
pip_packages filelock==4.2.11 portalocker==4.4.2 fasteners==0.20 zc.lockfile==4.0
cat >pairs.py <<'PYTHON'
import subprocess
import sys
from pathlib import Path

TAKE = {
    "filelock": "import filelock; lock = filelock.FileLock('held'); lock.acquire(timeout=0)",
    "portalocker": "import portalocker as p; file = open('held', 'a'); p.lock(file, p.LOCK_EX | p.LOCK_NB)",
    "zc.lockfile": "import zc.lockfile; lock = zc.lockfile.LockFile('held')",
    "fasteners": "import fasteners; lock = fasteners.InterProcessLock('held'); assert lock.acquire(blocking=False)",
    "mailbox": "import mailbox; box = mailbox.mbox('held'); box.lock()",
}


def taken(command):
    return subprocess.run(command, capture_output=True).returncode == 0


for holder, code in TAKE.items():
    for left in Path().glob("held*"):
        left.unlink()
    command = [sys.executable, "-c", code + "\nprint(flush=True); input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        free = [name for name, attempt in TAKE.items() if taken([sys.executable, "-c", attempt])]
        free += ["flock(1)"] * taken(["flock", "--nonblock", "held", "true"])
        print(f"held by {holder}: also taken by {', '.join(free)}")
        process.communicate("\n")
PYTHON
observe python pairs.py
seen <<'SEEN'
held by filelock: also taken by fasteners, mailbox
held by portalocker: also taken by fasteners, mailbox
held by zc.lockfile: also taken by fasteners, mailbox
held by fasteners: also taken by filelock, portalocker, zc.lockfile, flock(1)
held by mailbox: also taken by filelock, portalocker, zc.lockfile, flock(1)
SEEN
