"""Everything that happens to a submission: mail, files, clocks, people."""

__version__ = "0.1.0"
