// Package wording says in the reader's language what the room's figures,
// regions, states and requests are, for all pages of the room alike.
//
// A figure that the reader may not know is never a zero or a dash: it is said
// that it is not shown, and why. In JSON it is null, with the reason beside it.
package wording
