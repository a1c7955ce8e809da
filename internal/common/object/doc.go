// Package object is what the things of the house have in common: a kind and an
// id, a name, a page, places, and a rule for who may know of them.
//
// A room tells it about each Kind: how the things an actor may see are found by
// their ids, and who may change one. What belongs to any thing - attachments,
// subscriptions, hits of a search - asks here and so follows the room's own rule:
// what one may not see does not exist, and neither does what hangs on it.
//
// Words: ting = object, slag = kind.
package object
