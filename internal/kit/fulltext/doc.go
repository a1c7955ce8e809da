// Package fulltext is an index of words on both engines: FTS5 on SQLite,
// tsvector on PostgreSQL.
//
// # What holds
//
// The words are made by the caller: what is a word, its stem and its parts is
// decided once, in Go, and both engines index and look up the same tokens.
// Neither engine's own analysis is used, so æ, ø and å are what they are. A
// token is letters, digits, # and +; anything else is taken out of it, in
// documents and queries alike, so that no query has a meaning to the engine
// beyond its words.
//
// Who may find what is no matter of this package: Find takes conditions over
// search_doc AS d, with the columns kind and id, and what they refuse is
// neither ranked nor counted.
//
// The tables are created and dropped here, outside the migrations: they hold
// nothing that cannot be made again. They are no part of a backup.
//
// Tables: search_state, search_doc, search_index (SQLite), search_word,
// search_queue.
package fulltext
