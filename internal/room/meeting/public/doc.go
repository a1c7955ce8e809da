// Package public tells what all may know of bodies, meetings and cases now.
//
// Every way out of the room reads here: feeds, calendars, OParl. It has no rule of its
// own. It asks the room as somebody who has not signed in, so what a visitor may not read
// on a page is never in its hands, whoever fetches the feed: of a closed case the neutral
// title and the ground, of its documents that they are there, of an item behind closed
// doors its number. What was open and is closed now is closed here too, in agendas that
// were sent and minutes that were published as well.
//
// A case whose paper was issued and that has been taken back is Withdrawn: those who keep
// copies are told that it is gone, and no more.
//
// It owns no tables.
package public
