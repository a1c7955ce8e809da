// Package flow moves things: states, allowed moves, who has the ball and until
// when, and the history of it all.
//
// Whatever moves in the house - a need, an application, a case - has a
// Definition written as data by its room, and one row here. For each state the
// definition says which party has the ball (the owner, the adviser, the
// provider, the forum's secretary, the county); the room says who that party
// is for the thing at hand. "Mine oppgaver", overdue lists, "where is my need"
// and processing times are all read from these rows.
//
// Check refuses a definition with a state nobody can reach, a state from which
// no end can be reached, and a state that is no end and has nobody with the
// ball. Two people who move the same thing at once: the first wins, the second
// gets a Stale fault and sees the new state.
//
// A ball that no organisation has is had by everybody with a role. Where their
// role is limited to an area, it is by those in whose area the thing lies, as
// its room tells with Locate.
//
// Words: tilstand = state, steg = move, ballen = ball, frist = due date.
// Deadlines count working days and include the day they fall on.
//
// Tables: flow_item, flow_move, flow_place.
package flow
