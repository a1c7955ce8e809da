// Package invite writes to those who sit in a meeting: when its agenda is sent, and
// whenever the meeting is changed or cancelled after that.
//
// Written to are the members and deputies of the seats of every body that meets, on the
// day of the meeting, and its observers: the account written at the office, or who has
// the office's role at the seat's organisation. Each account is written to once for each
// number that calendars hear of (Meeting.Sequence), also after a crash: the letter is put
// in the box in the transaction that notes it. Who has been passed over by a later change
// before a letter was written gets the later one only.
//
// A letter has the day, the place and the agenda as all may read it, so what is closed is
// in no letter, and not the link to a remote meeting either: a letter is passed on, and the
// link stands on the meeting's page for those in the body. With it goes a calendar file,
// the same event each time.
//
// Who sees whom has been written to: the secretary.
//
// Words: innkalling = invitation, endret = changed, avlyst = cancelled.
//
// Tables: meeting_invitation.
package invite
