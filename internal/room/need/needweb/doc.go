// Package needweb has the pages and the JSON of single needs: reporting one,
// following it from being mapped to being covered, changing and moving it, the
// list, and the page behind a follow link that needs no account.
//
// What a page shows is what need.SightOf lets its reader see; the pages decide
// nothing about that. The form asks for four things and opens the rest on a
// press. A typed name of an organisation is looked up in the register; an
// adviser's new name is registered together with the need, in one transaction.
//
// Texts: the keys need.* of this package name all that the room itself can
// say: its states, codes and refusals. Pooled needs, the board of demand, the
// map, import and export are in poolweb.
//
// Addresses: /behov, /behov/ny, /behov/utkast, /behov/{id} and what lies below
// it, /folg/{token}; /api/v1/needs. Filters have the same names in the address
// of the list and in JSON.
package needweb
