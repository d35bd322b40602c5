"""Takes from a process the means to reach a network or to start a program, for good: Linux's seccomp filter.

A reader needs neither, so that whatever a document makes of it stays where it is. Where the kernel has no such filter,
or the machine is of another kind, the other limits hold alone; `shut` says so.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from collections.abc import Sequence

_SET_NO_NEW_PRIVS, _SET_SECCOMP, _BY_FILTER = 38, 22, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4
"""Where in what the kernel shows the filter the call's number and the machine's kind stand."""
_OTHER_ABI = 0x40000000
"""From here on the same calls have other numbers (x32)."""
_CALLS = {
    "x86_64": (0xC000003E, (41, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 221, 281, 425)),
}
"""By machine: its kind, and the numbers of socket, execve, execveat and io_uring_setup."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def shut() -> bool:
    """Take them from this process and all that it forks; False where that is not possible here."""
    if sys.platform != "linux" or os.uname().machine not in _CALLS:
        return False
    instructions = _filter(*_CALLS[os.uname().machine])
    buffer = ctypes.create_string_buffer(instructions, len(instructions))
    program = _Program(len(instructions) // 8, ctypes.addressof(buffer))
    call = ctypes.CDLL(None, use_errno=True).prctl
    zero = ctypes.c_ulong(0)
    if call(_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), zero, zero, zero) != 0:
        return False
    return bool(call(_SET_SECCOMP, ctypes.c_ulong(_BY_FILTER), ctypes.byref(program), zero, zero) == 0)


def _filter(architecture: int, refused: Sequence[int]) -> bytes:
    """Build the filter; a jump counts the instructions that it passes over."""
    last = len(refused) + 1
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, last + 2, architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, last, 0, _OTHER_ABI),
        *((_EQUAL, last - 1 - place, 0, number) for place, number in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def says_refused() -> bool:
    """Try to open a socket; True where the kernel refuses."""
    import socket  # noqa: PLC0415  # a trial only

    try:
        socket.socket().close()
    except PermissionError:
        return True
    return False


def can_shut() -> bool:
    """Tell whether `shut` works on this machine, tried in a process of its own."""
    pid = os.fork()
    if pid == 0:
        os._exit(0 if shut() and says_refused() else 1)
    return os.waitpid(pid, 0)[1] == 0
