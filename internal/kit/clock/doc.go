// Package clock knows days, moments and Norwegian working days.
//
// Words: dag = Date, tidspunkt = Time, helligdag = holiday, arbeidsdag = workday,
// frist = deadline.
//
// Rules:
//   - A Date is a civil day without a time zone. Its zero value means "no day" and is
//     NULL in the database. Every other Date lies in the years 1900–2200.
//   - A Time is a moment in UTC with microseconds. Its zero value means "no moment".
//   - Both are stored as TEXT of fixed width, so that comparing the text compares the
//     days or moments, on SQLite and PostgreSQL alike.
//   - The day it is now, and the day a moment belongs to, is decided in Europe/Oslo.
//   - A deadline includes its day: it is missed only after EndOfDay.
//   - Holidays are the Norwegian public ones; Saturdays and Sundays are no workdays.
//     A day off decided locally (Christmas Eve, the days before Easter) is a workday here.
//
// The time zone data is embedded, so the rules hold on a machine without it.
package clock
