#!/usr/bin/env bash
# psycopg 3.3.9 and asyncpg 0.32.0 read eleven months as 330 days and twelve as 365; read and written back, a month is no month.
#
# Expected: a period that PostgreSQL keeps in months, such as how long before its end a certificate is asked about, comes as
#           months, or an error says that a timedelta has none.
# Seen:     a year is 365 days and a month beside it 30, so thirteen months are 395; the row that is read and written back
#           holds days, and the day six months before 31 August is 28 February in the database and 4 March by Python, as it is
#           for the database from then on. pg8000 1.31.6 gives an object with months in it; pg 8.23.1 (npm) too.
# Caller:   keep a period as a number of months in a column of its own, and let the database add it to a day. (PostgreSQL is
#           PGlite 0.5.14 here, which is 18.6.)
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages asyncpg==0.32.0 'psycopg[binary]==3.3.9' pg8000==1.31.6
postgres_at "create table period (ahead interval); insert into period values ('6 months')"
cat >tell.py <<'PYTHON'
import asyncio
import sys
from datetime import date
import asyncpg
import pg8000.dbapi
import psycopg

PORT = int(sys.argv[1])
ADDRESS = f"postgresql://postgres:postgres@127.0.0.1:{PORT}/postgres"
PERIODS = [f"select interval '{months} months'" for months in (6, 11, 12, 13)]


async def by_asyncpg():
    connection = await asyncpg.connect(ADDRESS, ssl=False, statement_cache_size=0)
    print("asyncpg:", *[(await connection.fetchval(period)).days for period in PERIODS])
    connection.terminate()


asyncio.run(by_asyncpg())
with psycopg.connect(ADDRESS, autocommit=True, sslmode="disable", gssencmode="disable", prepare_threshold=None) as connection:
    print("psycopg:", *[connection.execute(period).fetchone()[0].days for period in PERIODS])
    kept = "select ahead::text, (date '2029-08-31' - ahead)::date from period"
    print("in the database:", *connection.execute(kept).fetchone())
    (ahead,) = connection.execute("select ahead from period").fetchone()
    print("by Python:", date(2029, 8, 31) - ahead)
    connection.execute("update period set ahead = %s", (ahead,))
    print("written back:", *connection.execute(kept).fetchone())
cursor = pg8000.dbapi.connect("postgres", host="127.0.0.1", port=PORT, password="postgres", database="postgres").cursor()
for period in PERIODS:
    cursor.execute(period)
    print("pg8000:", cursor.fetchone()[0])
PYTHON
observe timeout 60 python tell.py "$port"
seen <<'SEEN'
asyncpg: 180 330 365 395
psycopg: 180 330 365 395
in the database: 6 mons 2029-02-28
by Python: 2029-03-04
written back: 180 days 2029-03-04
pg8000: 6 months
pg8000: 11 months
pg8000: 1 years
pg8000: 1 years 1 months
SEEN
