// Package poolweb has the pages and the JSON of pooled needs and of what they
// are for: making one, its page, the board of demand, the requests for
// adaptation as the provider meets them, and the map and exports of needs.
//
// Words: felles behov = pooled need, etterspørsel = demand, forespørsel =
// request for adaptation, tilbyder = provider.
//
// Figures are the room's: a reader who may open every need of a pool gets the
// sums of this moment, everybody else what was last published, and the page
// says why a figure is missing. Pages never add up figures of their own.
package poolweb
