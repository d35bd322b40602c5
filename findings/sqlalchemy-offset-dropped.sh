#!/usr/bin/env bash
# SQLAlchemy 2.1.9 on SQLite drops the offset of a time from DateTime(timezone=True); peewee 4.5.3 keeps it and sorts by the clock.
#
# Expected: a column that asks for the zone keeps the moment, as on PostgreSQL, or refuses a time that has one.
# Seen:     00:30 in London in July is stored as 00:30 of no zone, which is no longer 23:30 in Greenwich: a query for that moment
#           does not find it, and "before 23:45" does not either. No warning. peewee's DateTimeField stores the text with its
#           offset, and orders texts: half past midnight in London comes behind a quarter past midnight in Greenwich, an
#           hour later.
# Caller:   turn every time to UTC before it is stored, by a type of one's own (a TypeDecorator that refuses naive times).
. "$(dirname "$0")/lib.sh"
pip_packages sqlalchemy==2.1.9 peewee==4.5.3
observe python -W error - <<'PYTHON'
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
import peewee
import sqlalchemy as sa

came = datetime(2029, 7, 3, 0, 30, tzinfo=ZoneInfo("Europe/London"))
mail = sa.Table("mail", sa.MetaData(), sa.Column("came", sa.DateTime(timezone=True)))
with sa.create_engine("sqlite://").begin() as connection:
    mail.metadata.create_all(connection)
    connection.execute(mail.insert(), {"came": came})
    print("SQLAlchemy gives back", connection.execute(sa.select(mail.c.came)).scalar().isoformat())
    for condition in (mail.c.came == came.astimezone(UTC), mail.c.came < datetime(2029, 7, 2, 23, 45, tzinfo=UTC)):
        print(condition, "finds", len(connection.execute(sa.select(mail).where(condition)).all()))

database = peewee.SqliteDatabase(":memory:")


class Mail(peewee.Model):
    came = peewee.DateTimeField()

    class Meta:
        database = database


database.create_tables([Mail])
for each in (came, datetime(2029, 7, 3, 0, 15, tzinfo=UTC)):
    Mail.create(came=each)
print("peewee, in order:", [row.came.isoformat() for row in Mail.select().order_by(Mail.came)])
PYTHON
seen <<'SEEN'
SQLAlchemy gives back 2029-07-03T00:30:00
mail.came = :came_1 finds 0
mail.came < :came_1 finds 0
peewee, in order: ['2029-07-03T00:15:00+00:00', '2029-07-03T00:30:00+01:00']
SEEN
