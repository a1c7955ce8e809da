// Package follow tells people what happened with what they follow: in the
// program, by e-mail at once or once a day, as a feed and in their calendar.
//
// A person follows things, municipalities, fields and searches (Subscription),
// and without asking everything that concerns an organisation of theirs, and
// every ball they hold (Settings.Own). Moves of the flow, deadlines that are near
// or past, and what rooms tell of as a happening, become Events; spread makes a Notice of an event for each person
// who follows what it is about, may see it at that moment, and did not do it.
// When a notice is read, visibility is asked again: what one may no longer see is
// not told.
//
// A room says of each of its Kinds which organisations a thing concerns, whether
// it fits a search, which of its days belong in a calendar, and, in its web
// package, how an event is put in words. Who follows an organisation is told of
// what it begins: the Heralds of an event.
//
// An event is made once, whatever is tried again: its key is the thing, what
// happened and a mark (the number of the move, the day of the deadline).
//
// Words: følge = follow, varsel = notice, hendelse = event, kvittere = read.
//
// Tables: follow_person, follow_subscription, follow_event, follow_notice,
// mail_message. It reads flow_move and flow_item, and marks moves as told;
// happenings it takes.
package follow
