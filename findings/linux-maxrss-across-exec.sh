#!/usr/bin/env bash
# Linux, Python's subprocess: a program begins with the memory mark of whoever started it.
#
# Expected: getrusage(RUSAGE_SELF).ru_maxrss of a new program is the most that this program has had.
# Seen:     a small interpreter started by a process of 300 MB tells 300 MB; VmHWM in /proc/self/status tells its own.
# Caller:   a bound on a child's memory is held against VmHWM where there is a /proc.
. "$(dirname "$0")/lib.sh"
observe python3 - <<'PYTHON'
import subprocess
import sys

ballast = b"x" * (300 << 20)
CHILD = """
import resource
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM:"))
told = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print("ru_maxrss above 200 MB:", told > 200 << 10, "VmHWM above 200 MB:", own > 200 << 10)
"""
subprocess.run([sys.executable, "-c", CHILD], check=True)
PYTHON
seen <<'SEEN'
ru_maxrss above 200 MB: True VmHWM above 200 MB: False
SEEN
