#!/usr/bin/env bash
# pandas 3.1.1 joins a row without a number to every other row without a number; polars 2.1.0 and DuckDB 2.0.1 to none.
#
# Expected: what is not known is equal to nothing, so a list of devices joined to a list of certificates by the certificate's
#           number leaves devices without a number alone, as SQL has it.
# Seen:     merge, and join likewise, takes None for equal to None: both devices whose number was not entered have the
#           certificate whose number was not entered, and its date. No warning; validate= asks for numbers that come twice,
#           not for one that is nothing. isin() says that None is in the other list as well.
# Caller:   dropna(subset=[key]) on both sides before merge; a test whose lists are complete does not see it.
. "$(dirname "$0")/lib.sh"
pip_packages pandas==3.1.1 polars==2.1.0 duckdb==2.0.1
observe python - <<'PYTHON'
import duckdb
import pandas
import polars

devices = pandas.DataFrame({"number": ["C1", None, None], "device": ["ESME", "GSME", "IHD"]})
certificates = pandas.DataFrame({"number": ["C1", None], "expires": ["2029-04-03", "2031-05-01"]})
print("merge:", pandas.merge(devices, certificates, on="number", validate="many_to_one").to_dict("split")["data"])
print("join:", devices.join(certificates.set_index("number"), on="number").to_dict("split")["data"])
print("isin:", devices["number"].isin(certificates["number"]).tolist())
left, right = (polars.read_json(frame.to_json(orient="records").encode()) for frame in (devices, certificates))
print("polars:", left.join(right, on="number").rows())
print("DuckDB:", duckdb.sql("from devices join certificates using (number)").fetchall())
PYTHON
seen <<'SEEN'
merge: [['C1', 'ESME', '2029-04-03'], [nan, 'GSME', '2031-05-01'], [nan, 'IHD', '2031-05-01']]
join: [['C1', 'ESME', '2029-04-03'], [nan, 'GSME', '2031-05-01'], [nan, 'IHD', '2031-05-01']]
isin: [True, True, True]
polars: [('C1', 'ESME', '2029-04-03')]
DuckDB: [('C1', 'ESME', '2029-04-03')]
SEEN
