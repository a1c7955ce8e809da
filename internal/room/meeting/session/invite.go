package session

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/job"
)

// JobInvite is the kind of job that writes to those who sit in a meeting; its payload is
// the meeting's id.
const JobInvite job.Kind = "meeting.invite"

// Invite lets those who sit in the meeting be written to, by a job, about what has just
// been sent, moved or cancelled. What the program itself puts in when it fills a database
// is no news.
func (s *Service) Invite(ctx context.Context, tx *db.Tx, actor access.Actor, m ID) error {
	if actor.IsSystem() {
		return nil
	}
	_, err := job.Add(ctx, tx, s.Clock.Now(), job.New{Kind: JobInvite, Key: string(m), Payload: m, By: actor.Label()})
	return err
}
