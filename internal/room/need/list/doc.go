// Package list lists, counts and exports needs.
//
// Every statement is narrowed by need.Visible, the SQL of the room's one rule
// of who sees a need, so a list, its total, an export and the map tell of the
// same needs, and of no others. Filters and orders are typed and put together
// from constants. Pages go by key.
//
// A total may be one second old. Open readers, and offices outside their area,
// get figures under three organisations as "1–2" on the map. Similar counts organisations whoever may
// see their needs, and therefore only says 3, 5, 10, 20 or 50.
//
// Words: liste = list, utvalg = filter, uttrekk = export.
//
// It owns no tables; it reads those of need.
package list
