#!/usr/bin/env bash
# SQLite: six months before 31 August is 3 March, and 31 February passes for a date; PostgreSQL has neither.
#
# Expected: date('2029-08-31', '-6 months') is the last day of February, and date('2029-02-31') is null, as date('2029-02-32')
#           is.
# Seen:     a month that is too short runs over into the next one, so that a reminder is set three days late; 'floor', which
#           sets it back, is there in SQLite 3.54.1 (sql.js 1.17.0, npm) and is null in 3.39.3. A day up to the 31st is taken
#           for one in every month: a check that date() is not null stores 31 February. date() itself leaves it as it is in
#           the older, and makes 3 March of it in the newer version.
# Caller:   add 'floor' behind the months; check a column of dates with date(day, '+0 days') = day.
. "$(dirname "$0")/lib.sh"
apt_program node nodejs
npm_packages sql.js@1.17.0 older@npm:sql.js@1.8.0 @electric-sql/pglite@0.5.17
cat >ask.cjs <<'NODE'
const { PGlite } = require("@electric-sql/pglite");
(async () => {
  for (const library of ["older", "sql.js"]) {
    const lite = new (await require(library)()).Database();
    const name = "SQLite " + lite.exec("select sqlite_version()")[0].values[0][0];
    for (const call of ["'2029-08-31', '-6 months'", "'2029-08-31', '-6 months', 'floor'", "'2028-02-29', '+1 year'",
      "'2029-02-31'", "'2029-02-31', '+0 days'", "'2029-02-32'"])
    console.log(`${name} date(${call}):`, ...lite.exec(`select date(${call})`)[0].values[0]);
  lite.run("create table certificate (expires text check (date(expires) is not null)); insert into certificate values ('2029-02-31')");
  console.log(name, "checked and stored:", ...lite.exec("select * from certificate")[0].values[0]);
  }
  const base = await PGlite.create();
  for (const ask of ["date '2029-08-31' - interval '6 months'", "date '2028-02-29' + interval '1 year'", "date '2029-02-31'"])
    console.log(`PostgreSQL ${ask}:`, await base.query(`select (${ask})::date::text as t`)
      .then(({ rows }) => rows[0].t, (error) => error.message));
  process.exit();
})();
NODE
observe node ask.cjs
seen <<'SEEN'
SQLite 3.39.3 date('2029-08-31', '-6 months'): 2029-03-03
SQLite 3.39.3 date('2029-08-31', '-6 months', 'floor'): null
SQLite 3.39.3 date('2028-02-29', '+1 year'): 2029-03-01
SQLite 3.39.3 date('2029-02-31'): 2029-02-31
SQLite 3.39.3 date('2029-02-31', '+0 days'): 2029-03-03
SQLite 3.39.3 date('2029-02-32'): null
SQLite 3.39.3 checked and stored: 2029-02-31
SQLite 3.54.1 date('2029-08-31', '-6 months'): 2029-03-03
SQLite 3.54.1 date('2029-08-31', '-6 months', 'floor'): 2029-02-28
SQLite 3.54.1 date('2028-02-29', '+1 year'): 2029-03-01
SQLite 3.54.1 date('2029-02-31'): 2029-03-03
SQLite 3.54.1 date('2029-02-31', '+0 days'): 2029-03-03
SQLite 3.54.1 date('2029-02-32'): null
SQLite 3.54.1 checked and stored: 2029-02-31
PostgreSQL date '2029-08-31' - interval '6 months': 2029-02-28
PostgreSQL date '2028-02-29' + interval '1 year': 2029-02-28
PostgreSQL date '2029-02-31': date/time field value out of range: "2029-02-31"
SEEN
