// Package db is the only door to the database. One SQL text serves SQLite and
// PostgreSQL; rooms never ask which of them runs.
//
// # Statements
//
// A fixed statement is a constant of type SQL, with its parameters written $1,
// $2 … in order of first appearance. internal/statements_test.go finds all of
// them, prepares each on both engines and refuses words only one engine knows.
// Lists with filters are put together from a constant statement and constants
// of type Fragment (see Query, Where, Order). The same test refuses to turn a
// string that is not a constant into SQL or Fragment, so no text that came
// from a user can become part of a statement: values travel as parameters.
//
// A connection keeps the statements it has prepared, on both engines: to plan one
// costs more than to run it (statements.go).
//
// # Transactions
//
// All reading happens in DB.Read (a read-only snapshot), all changes in
// DB.Write. Changes are done one at a time in the whole installation: SQLite
// has one writer anyway, and on PostgreSQL a Write takes an advisory lock
// first. A rule that reads and then writes ("are there places left?") is
// therefore right on both engines without row locks, and since every change
// ends with the head of the audit log, little would run side by side anyway
// (about 1,000 commits a second on two cores, with the lock or without). Keep bodies short (longer
// than 50 ms is logged), let them change nothing but the database (they may
// run twice) and start no other transaction inside: on SQLite that waits for
// itself and ends as Unavailable.
//
// # What a commit promises
//
// A Write that returned nil survives kill -9 and power loss: SQLite runs in
// WAL mode with synchronous=FULL (NORMAL would survive the first only),
// PostgreSQL with its own synchronous_commit.
//
// # Equal on both engines
//
// Moments and days are Time and Date (text of fixed width); a time.Time is
// refused as a parameter. LIKE heeds case. Text compares by
// bytes: Migrate sees to it on PostgreSQL, whatever the language of the server.
// ORDER BY only ids, numbers, days, moments and columns made for sorting
// (text.SortKey).
package db
