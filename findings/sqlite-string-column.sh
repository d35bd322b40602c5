#!/usr/bin/env bash
# SQLite (3.54.1) keeps numbers in a column of type STRING: version 0002E001 is 20; DuckDB 2.0.1 has texts in one.
#
# Expected: "create table firmware (version string)" makes a column of texts, or an error; DuckDB has the same word for
#           varchar.
# Seen:     STRING is no word that SQLite knows, and what it does not know gets the affinity NUMERIC: 00020003 and 0002E001
#           are numbers without their noughts, 10E20304 is Infinity, and 0002000A alone stays text. In where clauses it
#           compares numbers too, so the version 0002E001 is found by '20.0'. With strict there is an error.
# Caller:   TEXT, and the table as STRICT, which refuses STRING.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages sql.js@1.17.0
pip_packages duckdb==2.0.1
cat >versions.sql <<'SQL'
create table firmware (version string, again text);
insert into firmware values ('00020003', '00020003'), ('0002E001', '0002E001'), ('10E20304', '10E20304'), ('0002000A', '0002000A');
SQL
cat >ask.cjs <<'NODE'
const { readFileSync } = require("fs");
require("sql.js")().then(({ Database }) => {
  const base = new Database();
  base.run(readFileSync("versions.sql", "utf8"));
  console.log("SQLite", ...base.exec("select sqlite_version()")[0].values[0]);
  for (const row of base.exec("select version, typeof(version), again, typeof(again) from firmware")[0].values) console.log("SQLite:", ...row);
  console.log("SQLite, found by its text:", base.exec("select count(*) from firmware where version = '00020003'")[0].values[0][0]);
  console.log("SQLite, found by another's:", base.exec("select count(*) from firmware where version = '20.0'")[0].values[0][0]);
  try {
    base.run("create table other (version string) strict");
  } catch (error) {
    console.log("SQLite, strict:", error.message);
  }
});
NODE
observe node ask.cjs
observe python - <<'PYTHON'
import duckdb

base = duckdb.connect()
base.execute(open("versions.sql").read())
for row in base.execute("select version, typeof(version) from firmware").fetchall():
    print("DuckDB:", *row)
PYTHON
seen <<'SEEN'
SQLite 3.54.1
SQLite: 20003 integer 00020003 text
SQLite: 20 integer 0002E001 text
SQLite: Infinity real 10E20304 text
SQLite: 0002000A text 0002000A text
SQLite, found by its text: 1
SQLite, found by another's: 1
SQLite, strict: unknown datatype for other.version: "string"
DuckDB: 00020003 VARCHAR
DuckDB: 0002E001 VARCHAR
DuckDB: 10E20304 VARCHAR
DuckDB: 0002000A VARCHAR
SEEN
