package register

import (
	"context"
	"errors"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// hit is the unit as it would stand here.
func (s *Service) hit(u brreg.Unit, at clock.Time) Hit {
	return Hit{Unit: u, Name: org.Written(u.Name), Kind: kindOf(u), FetchedAt: at}
}

// byNumber is what is kept when it is fresh, else what the register says, else
// what is kept. A zero hit means that nothing is known.
func (s *Service) byNumber(ctx context.Context, no string) (Hit, Trouble, error) {
	var kept stored[brreg.Unit]
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		kept, err = keptUnit(ctx, tx, no)
		return err
	})
	if err != nil {
		return Hit{}, "", err
	}
	now, trouble := s.Clock.Now(), Trouble("")
	if !kept.fresh(now) {
		u, err := ask(ctx, s, func() (brreg.Unit, error) { return s.Source.Unit(ctx, no) })
		switch {
		case err == nil:
			kept = stored[brreg.Unit]{value: u, at: now}
			if err := s.keep(ctx, u, now); err != nil {
				return Hit{}, "", err
			}
		case ctx.Err() != nil:
			return Hit{}, "", ctx.Err()
		case !errors.Is(err, brreg.ErrRefused):
			trouble = Unreachable
		}
	}
	if kept.at.IsZero() {
		return Hit{}, trouble, nil
	}
	h := s.hit(kept.value, kept.at)
	h.Org, err = s.ours(ctx, no)
	return h, trouble, err
}

// byName is the same for a name.
func (s *Service) byName(ctx context.Context, name string) (Answer, error) {
	question := fingerprint(name)
	var kept stored[[]Hit]
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		kept, err = s.keptSearch(ctx, tx, question)
		return err
	})
	if err != nil {
		return Answer{}, err
	}
	now, out := s.Clock.Now(), Answer{}
	if !kept.fresh(now) {
		units, err := ask(ctx, s, func() ([]brreg.Unit, error) { return s.Source.Search(ctx, name, "") })
		switch {
		case err == nil:
			kept = stored[[]Hit]{at: now}
			for _, u := range units {
				kept.value = append(kept.value, s.hit(u, now))
			}
			if err := s.keepSearch(ctx, question, units, now); err != nil {
				return Answer{}, err
			}
		case ctx.Err() != nil:
			return Answer{}, ctx.Err()
		case !errors.Is(err, brreg.ErrRefused):
			out.Trouble = Unreachable
		}
	}
	out.Hits = kept.value
	for i, h := range out.Hits {
		if out.Hits[i].Org, err = s.ours(ctx, h.Unit.OrgNo); err != nil {
			return Answer{}, err
		}
	}
	return out, nil
}

// ours is the organisation here that has the number, if any.
func (s *Service) ours(ctx context.Context, no string) (org.ID, error) {
	o, err := s.Orgs.Find(ctx, no)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) {
		return "", nil
	}
	return o, err
}

// ask asks the source, unless it did not answer a short while ago. Who had no
// time to wait for an answer says nothing about the register.
func ask[T any](ctx context.Context, s *Service, question func() (T, error)) (T, error) {
	var none T
	s.mu.Lock()
	resting := s.Clock().Before(s.rest)
	s.mu.Unlock()
	if resting {
		return none, brreg.ErrUnavailable
	}
	out, err := question()
	if errors.Is(err, brreg.ErrUnavailable) && ctx.Err() == nil {
		s.mu.Lock()
		s.rest = s.Clock().Add(RestFor)
		s.mu.Unlock()
		s.Log.Warn("enhetsregisteret", "error", err)
	}
	return out, err
}
