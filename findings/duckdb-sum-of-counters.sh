#!/usr/bin/env bash
# DuckDB 2.0.1: the sum of a column of whole numbers becomes a double in Parquet and in pandas, and loses its last digits.
#
# Expected: the sum of BIGINTs that is exact in DuckDB is exact in the file and the table that it writes, or there is an
#           error.
# Seen:     sum() of BIGINT is a HUGEINT, which Parquet and numpy lack, and both get a double without a word: 9007199254740993
#           is …992 in the file, for DuckDB itself too when it reads that again, and in df(). pl() gets a decimal, CSV and
#           JSON the digits. A decimal of 20 digits is a double in df() as well. The column of BIGINTs itself is kept by all.
# Caller:   sum(x)::bigint, or ::decimal(38, 0) for Parquet; a checksum over a counter's column shows it at once.
. "$(dirname "$0")/lib.sh"
pip_packages duckdb==2.0.1 pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1
observe python - <<'PYTHON'
import duckdb

duckdb.sql("create table meters as select * from (values (9007199254740992::bigint), (1)) as t(counter)")
for ask in ("sum(counter)", "sum(counter)::bigint", "sum(counter)::decimal(38, 0)", "max(counter) + 1"):
    query = f"select {ask} as total from meters"
    duckdb.sql(f"copy ({query}) to 'total.parquet'")
    duckdb.sql(f"copy ({query}) to 'total.csv' (header false)")
    ((kept,),) = duckdb.sql(query).fetchall()
    ((kind, back),) = duckdb.sql("select typeof(total), total from 'total.parquet'").fetchall()
    tables = f"pandas {duckdb.sql(query).df()['total'][0]!r}, polars {duckdb.sql(query).pl()['total'][0]!r}"
    print(f"{ask}: {kept}, Parquet {kind} {int(back)}, {tables}, CSV {open('total.csv').read().strip()}")
PYTHON
seen <<'SEEN'
sum(counter): 9007199254740993, Parquet DOUBLE 9007199254740992, pandas np.float64(9007199254740992.0), polars Decimal('9007199254740993'), CSV 9007199254740993
sum(counter)::bigint: 9007199254740993, Parquet BIGINT 9007199254740993, pandas np.int64(9007199254740993), polars 9007199254740993, CSV 9007199254740993
sum(counter)::decimal(38, 0): 9007199254740993, Parquet DECIMAL(38,0) 9007199254740993, pandas np.float64(9007199254740992.0), polars Decimal('9007199254740993'), CSV 9007199254740993
max(counter) + 1: 9007199254740993, Parquet BIGINT 9007199254740993, pandas np.int64(9007199254740993), polars 9007199254740993, CSV 9007199254740993
SEEN
