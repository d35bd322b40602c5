#!/usr/bin/env bash
# polars 2.1.0: half of five pence is two pence, Decimal("0.05") * Decimal("0.50") being 0.02.
#
# Expected: a product of two decimals has the places of both, or as many as its type can hold: 0.0250, as for Python's
#           Decimal, DuckDB 2.0.1 and pyarrow 26.0.1.
# Seen:     it has the places of the one that has more, and is rounded to them, halves to the even digit: 0.02. So a rate
#           written 0.5 and one written 0.5000 give two sums, and a third of ten pounds has the places of the pounds.
# Caller:   cast one factor to the places that the product needs before multiplying.
. "$(dirname "$0")/lib.sh"
pip_packages polars==2.1.0 duckdb==2.0.1 pyarrow==26.0.1
observe python - <<'PYTHON'
from decimal import Decimal
import duckdb
import polars
import pyarrow
import pyarrow.compute

for left, right in (("0.05", "0.50"), ("0.05", "0.5"), ("0.05", "0.5000"), ("1.15", "1.15"), ("12.25", "0.02")):
    factors = Decimal(left), Decimal(right)
    by_polars = (polars.Series([factors[0]]) * polars.Series([factors[1]]))[0]
    by_duckdb = duckdb.sql(f"select {left} * {right}").fetchall()[0][0]
    by_pyarrow = pyarrow.compute.multiply(*(pyarrow.scalar(factor) for factor in factors)).as_py()
    print(f"{left} * {right}: polars {by_polars}, DuckDB {by_duckdb}, pyarrow {by_pyarrow}, Decimal {factors[0] * factors[1]}")
print("10.00 / 3.00: polars", (polars.Series([Decimal("10.00")]) / polars.Series([Decimal("3.00")]))[0])
PYTHON
seen <<'SEEN'
0.05 * 0.50: polars 0.02, DuckDB 0.0250, pyarrow 0.0250, Decimal 0.0250
0.05 * 0.5: polars 0.02, DuckDB 0.025, pyarrow 0.025, Decimal 0.025
0.05 * 0.5000: polars 0.0250, DuckDB 0.025000, pyarrow 0.025000, Decimal 0.025000
1.15 * 1.15: polars 1.32, DuckDB 1.3225, pyarrow 1.3225, Decimal 1.3225
12.25 * 0.02: polars 0.24, DuckDB 0.2450, pyarrow 0.2450, Decimal 0.2450
10.00 / 3.00: polars 3.33
SEEN
