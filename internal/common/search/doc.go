// Package search is one box over everything the reader may see.
//
// Words: søk = search, treff = hit, slag = kind, utdrag = excerpt.
//
// Rules:
//   - Each kind of thing says in its own package what it is found by, and gives
//     the rule of who may know of it as a condition over its own table
//     (object.Search). That rule is part of the statement that finds: what it
//     refuses is neither counted nor ranked, in no facet, and no word of it is
//     offered to the reader for one he mistyped.
//   - Text is analysed here, once, for both engines: stems, the -ing of verbs,
//     the parts of compounds. æ, ø and å are letters of their own.
//   - All words of a query must be there. "Words in quotes" stand beside one
//     another; the last word may be the beginning of one; a number such as
//     B-2026-0042 is one word. Signs have no meaning.
//   - When nothing is found, each word that finds nothing by itself gives way to
//     the nearest one that does, and the reader is told.
//   - Every change is an entry of the audit log, so the index follows the log: a
//     job does what is new, some things in each transaction. When the tables or
//     the analysis are of another version, the index is built anew in the
//     background.
//
// Everybody may search. Tables: those of kit/fulltext.
package search
