// Package supplyweb has the pages and the JSON of the room supply: the open
// catalogue with distances from where the reader lives, the page of a
// programme with its offerings, what a provider writes, the import of files,
// and the read API of OEAPI.
//
// Readers need no account. Names of fields in forms are those of the JSON, so
// that a fault of the room finds its field in both.
package supplyweb
