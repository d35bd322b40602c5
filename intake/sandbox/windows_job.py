"""Bounds the memory of a process on Windows by a job object, in which it may start no other; elsewhere does nothing."""

from __future__ import annotations

import ctypes
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

_EXTENDED_LIMITS = 9
_ONE_PROCESS, _PROCESS_MEMORY, _DIES_WITH_US = 0x8, 0x100, 0x2000


class _Basic(ctypes.Structure):
    _fields_ = (
        ("per_process_time", ctypes.c_int64),
        ("per_job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("minimum_working_set", ctypes.c_size_t),
        ("maximum_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


@contextmanager
def bounding(process: subprocess.Popen[bytes], memory_mb: int) -> Iterator[None]:
    """Hold the process within its memory as long as this lasts.

    Raises:
        OSError: Windows refused; nothing hostile has been handed over yet.
    """
    if os.name != "nt":
        yield
        return
    windows = vars(ctypes)  # what other systems have not
    kernel = windows["WinDLL"]("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = _Extended()
    limits.basic.flags = _ONE_PROCESS | _PROCESS_MEMORY | _DIES_WITH_US
    limits.basic.active_processes = 1
    limits.process_memory = memory_mb << 20
    try:
        told = kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        handle = ctypes.c_void_p(int(vars(process)["_handle"]))
        if not told or not kernel.AssignProcessToJobObject(job, handle):
            raise windows["WinError"](windows["get_last_error"]())
        yield
    finally:
        kernel.CloseHandle(job)
