// Package id makes and reads the names of things: typed identifiers and secret tokens.
//
// Words: id = id.Of, engangslenke/økt = token.
//
// Rules:
//   - An identifier is a UUIDv7 in lower-case canonical form, made in Go, stored as TEXT.
//     Its text order is the order of making within one process, roughly so between them.
//   - Each kind of thing has its own type (type ID = id.Of[Need]), so the compiler
//     refuses one where another is meant. The zero value means none and is NULL.
//   - There is one spelling of each identifier: Parse refuses upper case, braces and
//     the urn form, so that a path, a row and a log line always compare as text.
//   - An identifier is no secret. What must not be guessed (links in mail, sessions) is
//     a Token; only its HashToken is stored.
package id
