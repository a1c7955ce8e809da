// Package session is the meeting itself: planned, called to, held, and written down.
//
// The secretary of a body plans a meeting and makes its agenda; reports come first.
// Each item has a version of its own, so that two who work on one agenda at once
// lose nothing. When the agenda is sent, items get numbers (PS 22/20) without gaps,
// and what was sent is kept as an edition that never changes.
//
// In the meeting: who met, who steps back (raised, decided by the body without the
// holder, deputy in), what each seat says, whether the doors are closed, and what was
// decided - worked out by package outcome under the rules in force that day. What a
// seat says before the meeting has begun, or lets the secretary write down, is said
// beforehand: shown, and in an elected body never counted.
//
// An elected body keeps a møtebok, which package record holds against kommuneloven
// § 11-4 before it is published; others keep a referat. Both are public at once, not
// approved yet, and approved by a later meeting. What is to be done becomes
// follow-ups that stand on the next agenda until somebody closes them with evidence.
//
// Who reads: all, that a meeting is planned, its agenda when sent, and its minutes
// when published. Of an item behind closed doors, or proposed so until the body has
// decided, only those who may be in the closed meeting read more than the neutral
// title and the ground. The link to a remote meeting is for those in the body.
//
// Words: møte = meeting, saksliste = agenda, sak på sakslista = item, utgave =
// edition, oppmøte = attendance, eget vedtak = own decision, slutte seg til = opt in, habilitet = recusal, standpunkt = position, vedtak =
// decision, møtebok/referat = minutes, oppfølging = follow-up.
//
// The root has what all parts share: ids, states, who reads and writes, and reading. The
// rest has packages of its own: agenda, floor (what happens in the meeting), minutes with
// record, followup, comment, invite, own: what the members decide themselves after the body,
// found: how a meeting is found, and live: what an open page follows.
//
// Tables: meeting, meeting_joint, agenda_item, agenda_demand, agenda_version,
// attendance, recusal, position_taken, decision, minutes_version, follow_up; item_weight,
// own_decision, own_link, opt_in, decision_since.
package session
