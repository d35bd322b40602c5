#!/usr/bin/env bash
# asyncpg 0.32.0 stores 31 December 9999, the date of certificates that never expire, as infinity; psycopg 3.3.9 cannot read it.
#
# Expected: a date that is written is the date that the database holds; PostgreSQL knows days far beyond it.
# Seen:     date(9999, 12, 31) is written as infinity and read back as it was, so all looks well. In the database it is unequal
#           to that day and later than every day; psycopg, which writes the day itself, raises DataError on the row.
#           RFC 5280 (4.1.2.5) has just this day for a certificate without an end.
# Caller:   keep "never" as NULL or as a mark of its own, or write the day as text and cast it; two programs on one table must
#           not be of these two kinds. (PostgreSQL is PGlite 0.5.14 here, which is 18.6.)
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
pip_packages asyncpg==0.32.0 'psycopg[binary]==3.3.9'
postgres_at "create table certificate (writer text, expires date)"
cat >tell.py <<'PYTHON'
import asyncio
import sys
from datetime import date
import asyncpg
import psycopg

ADDRESS = f"postgresql://postgres:postgres@127.0.0.1:{sys.argv[1]}/postgres"
LAST = date(9999, 12, 31)


async def by_asyncpg():
    connection = await asyncpg.connect(ADDRESS, ssl=False, statement_cache_size=0)
    await connection.execute("insert into certificate values ('asyncpg', $1)", LAST)
    print("asyncpg reads", await connection.fetchval("select expires from certificate"))
    connection.terminate()


asyncio.run(by_asyncpg())
with psycopg.connect(ADDRESS, autocommit=True, sslmode="disable", gssencmode="disable", prepare_threshold=None) as connection:
    connection.execute("insert into certificate values ('psycopg', %s)", (LAST,))
    kept = "select writer, expires::text, expires = '9999-12-31' from certificate order by writer"
    for row in connection.execute(kept).fetchall():
        print("in the database", *row)
    for writer in ("psycopg", "asyncpg"):
        try:
            answer = connection.execute("select expires from certificate where writer = %s", (writer,))
            print("psycopg reads", *answer.fetchone())
        except psycopg.DataError as error:
            print("psycopg raises", error)
PYTHON
observe timeout 60 python tell.py "$port"
seen <<'SEEN'
asyncpg reads 9999-12-31
in the database asyncpg infinity False
in the database psycopg 9999-12-31 True
psycopg reads 9999-12-31
psycopg raises date too large (after year 10K): 'infinity'
SEEN
