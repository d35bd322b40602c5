"""Strangers' mail and documents through the real daemon: ``python -m corpus.foreign FOLDER...`` in tests/.

The folders hold what other projects test themselves with, unpacked: the source archives of mail parsers, of readers
of workbooks and of PDFs (PyPI's, npm's, Debian's). Prints what became of everything and each thing that must not be.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import click
from corpus.foreign.fates import Fates
from corpus.foreign.gathering import gather
from corpus.foreign.run import run


def main() -> int:
    """Run; 0 where nothing happened that must not."""
    parser = argparse.ArgumentParser(prog="python -m corpus.foreign", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    gathered = gather(parser.parse_args().folders)
    click.echo(f"{len(gathered.mails)} mails, {len(gathered.files)} workbooks and PDFs")
    with tempfile.TemporaryDirectory(prefix="foreign-") as place:
        fates = Fates()
        for fates in run(gathered, Path(place)):
            click.echo(f"{sum(map(len, fates.faults.values()))} faults so far", err=True)
    for line in fates.lines():
        click.echo(line)
    return 0 if fates.good else 1


if __name__ == "__main__":
    sys.exit(main())
