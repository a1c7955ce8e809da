// Package feed writes what other programs fetch again and again: Atom feeds (RFC 4287)
// and calendars (RFC 5545).
//
// Whoever asks decides what stands in them; here is only the form. An entry and an event
// keep their id for ever, so that a reader who has seen one knows it again; an event that
// is called off is sent as cancelled and not left out. Calendars end their lines with CRLF.
package feed
