package making

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// Link puts one more need or pooled need behind a development, by its number: whoever has it
// then reads the development, and hears when one can apply and when it has begun. One that
// is shielded cannot stand behind what all may read. version is the one that the actor saw.
func (s *Service) Link(ctx context.Context, actor access.Actor, of ID, version int64, number string) error {
	if number = text.CleanLine(number); number == "" {
		return fault.InvalidField("number", "form.error.required")
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		d, err := s.ours(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		found, err := abouts(ctx, tx, numbered, number)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fault.InvalidField("number", "making.error.number")
		}
		a := found[0]
		o, err := s.Answers.OriginOf(ctx, tx, actor, a)
		if fault.Is(err, fault.NotFound) {
			return fault.InvalidField("number", "making.error.number")
		}
		if err != nil {
			return err
		}
		all, err := behind(ctx, tx, d)
		if err != nil {
			return err
		}
		if slices.Contains(all, a) {
			return fault.InvalidField("number", "making.error.linked")
		}
		shown := d
		if open, err := s.look(ctx, tx, access.Actor{}, &shown); err != nil {
			return err
		} else if open && !o.Open {
			return fault.InvalidField("number", "making.error.shielded")
		}
		if err := db.ExecOne(ctx, tx, touched, of, version); err != nil {
			return err
		}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, putNeed, id.New[aboutRow](), of, a.Need, a.Pool, actor.Label(), now); err != nil {
			return fmt.Errorf("development %s: link: %w", of, err)
		}
		audit.Record(tx, now, actor, ActionLink, subject(of), audit.Field("need", "", number))
		return nil
	})
}
