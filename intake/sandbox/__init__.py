"""Runs a job on hostile bytes in a child process with limits of time and memory.

A small process, the zygote, has the job's modules loaded and forks one child a run.
So a run costs a fork, not an interpreter, and nothing that kills the child touches anybody else.
"""

from intake.sandbox.sandbox import ChildDiedError, Limits, Sandbox

__all__ = ["ChildDiedError", "Limits", "Sandbox"]
