// Package meeting is where a case becomes a decision: the bodies that meet, their
// seats and rules, and what they treat. One room serves every body - a forum, the
// council of six municipalities, its board, a committee of chief executives, a
// steering group - because their rules are data.
//
// Words: organ = body, sete = seat, vara = deputy, sak = case, møte = meeting,
// saksliste = agenda, regelsett = rule set, folkevalgt organ = elected body.
package meeting
