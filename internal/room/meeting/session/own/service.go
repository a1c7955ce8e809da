// Package own is what the members of a body decide themselves after the body: the own
// decision that a case needs of each municipality (with the number of its case there), and
// a member that was not touched or reserved itself and joins later, from a day on.
//
// Each such thing that comes is put to package outcome together with all that the decision
// was taken by, and what it then says is kept as the decision is: "vedtatt i 5 av 6", costs
// split anew from the day that a member joined. A member without an account answers by a
// link, once. Until it has answered, the member has the ball; the secretariat is told of
// each answer, and when all have come. When the meeting is cancelled, nobody has the ball
// any more, and those that were asked are told.
package own

import "kompetansetorg/internal/room/meeting/session"

// Service is the use cases of the members' own decisions.
type Service struct{ room *session.Service }

// New makes them over the room of meetings.
func New(room *session.Service) *Service { return &Service{room: room} }
