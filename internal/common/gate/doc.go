// Package gate is the door of the house: every page and every JSON operation
// comes in through it, and each line of its route table says who may.
//
// It is the only place that takes the actor from a request. A handler gets
// the actor as an argument, and an error it returns is turned into a status
// and a page or a problem document here, never in the handler. Rules are the
// first of two gates: the room's own Can… rules are the second, inside the use
// case, and lists are filtered by them in SQL.
package gate
