// Package meeting is where a case becomes a decision: the bodies that meet, their
// seats and rules, and what they treat. One room serves every body - a forum, the
// council of six municipalities, its board, a committee of chief executives, a
// steering group - because their rules are data (package rule).
//
// This package holds the bodies themselves. A seat belongs to an organisation, and
// the vote is the seat's: whoever holds it, or the deputy who steps in, uses it. A
// holder is an office ("Ordfører"), perhaps with the account of the person who
// signs in, from a day to a day. Leader and deputy leader are seats in a term. The
// rules are versions, each adopted by a decision and in force until the next.
// Numbers ("PS 22/20") run without gaps by body, prefix and year.
//
// Bodies, seats, offices and rules are open to all; who the account behind an
// office is, is not. The secretary of a body changes it: who has the role of forum
// secretary at its secretariat, or holds its seat as secretary. The county makes
// bodies, and secretaries those of their own organisation. RightsOf tells other
// packages of the room what an actor is in a body today.
//
// Words: organ = body, sete = seat, innehaver = holder, vara = deputy, sak = case,
// møte = meeting, saksliste = agenda, regelsett = rule set, folkevalgt organ =
// elected body, nummerserie = number series.
//
// Tables: body, body_seat, body_holder, body_leader, body_rules, body_number.
package meeting
