// Package own is what the members of a body decide themselves after the body: the own
// decision that a case needs of each municipality (with the number of its case there), and
// a member that was not touched or reserved itself and joins later, from a day on.
//
// Each such thing that comes is put to package outcome together with all that the decision
// was taken by, and what it then says is kept as the decision is: "vedtatt i 5 av 6", costs
// split anew from the day that a member joined. A member without an account answers by a
// link, once. Until it has answered, the member has the ball; the secretariat is told of
// each answer, and when all have come. Where an agreement of a council was decided in the
// item, the answers count for it too: those who listen hear of each, in its transaction.
// When the meeting is cancelled, nobody has the ball any more, and those that were asked
// are told.
package own

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/meeting/session"
)

// Service is the use cases of the members' own decisions.
type Service struct {
	room *session.Service
	// Answered are told of each answer in the transaction that writes it, however it came
	// and also when it is put right. An error takes the answer back.
	Answered []func(ctx context.Context, tx *db.Tx, actor access.Actor, g Given) error
}

// New makes them over the room of meetings.
func New(room *session.Service) *Service { return &Service{room: room} }
