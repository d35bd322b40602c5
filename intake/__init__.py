"""Everything that happens to a submission: mail, files, clocks, people."""

import os

__version__ = "0.1.0"

# openpyxl takes lxml wherever that is installed; its defusedxml reader refuses more, and starts sooner.
os.environ["OPENPYXL_LXML"] = "False"
