// Package dbtest gives a test its own migrated database. It is a file in the
// test's folder, or, when KOMPETANSETORG_TEST_PG holds the address of a
// PostgreSQL server, a database there that is dropped when the test ends (the
// user must be allowed to create databases). scripts/with-postgres starts such
// a server for one command.
//
// The schema is migrated once, into a template that each test gets a copy of.
// On PostgreSQL the template
// is named after the contents of the migrations and shared by all test
// processes; it stays behind on a server that lives longer than the tests.
package dbtest
