package develop

import (
	"cmp"
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
)

// Times is how long things took, in days from the day the need was reported; -1 for what
// has not come. Offer is the first answer with a place in something that runs, or that
// names a programme as it is.
type Times struct{ First, Offer int }

// Answers are the answers to a need or a pooled need as the actor may know them, the newest
// first, and how long they took.
func (s *Service) Answers(ctx context.Context, actor access.Actor, about About) ([]Answer, Times, error) {
	var out []Answer
	times := Times{-1, -1}
	err := s.Needs.Read(ctx, func(tx *db.Tx) error {
		t, err := s.load(ctx, tx, actor, about)
		if err != nil {
			return err
		}
		if out, err = answers(ctx, tx, about); err != nil || len(out) == 0 {
			return err
		}
		from := t.need.SubmittedAt
		if about.Pool != "" {
			from = t.pool.CreatedAt
		}
		times = timesOf(from, out)
		if err := s.nameAll(ctx, tx, out); err != nil {
			return err
		}
		for i, a := range out {
			out[i] = a.readBy(actor, t)
		}
		slices.Reverse(out)
		return nil
	})
	return out, times, err
}

// Standing is the answer that stands: the newest of the provider that follows the need up,
// as the actor may know it. False when that provider has given none, or nobody follows up.
func (s *Service) Standing(ctx context.Context, actor access.Actor, about About) (Answer, bool, error) {
	var out []Answer
	err := s.Needs.Read(ctx, func(tx *db.Tx) error {
		t, err := s.load(ctx, tx, actor, about)
		if err != nil {
			return err
		}
		all, err := answers(ctx, tx, about)
		if err != nil {
			return err
		}
		for _, a := range all {
			if a.Last && a.Provider == t.provider {
				out = append(out, a.readBy(actor, t))
			}
		}
		return s.nameAll(ctx, tx, out)
	})
	if err != nil || len(out) == 0 {
		return Answer{}, false, err
	}
	return out[0], true, nil
}

// readBy is the answer as far as the actor may read it.
func (a Answer) readBy(actor access.Actor, t subject) Answer {
	if a.Whole = t.partner || actor.HasAt(a.Provider, access.RoleProviderUser); !a.Whole {
		return a.open()
	}
	return a
}

// open is what every reader of the need may know of an answer.
func (a Answer) open() Answer {
	return Answer{ID: a.ID, About: a.About, Nr: a.Nr, Provider: a.Provider, ProviderName: a.ProviderName, Kind: a.Kind, Deadline: a.Deadline, Earliest: a.Earliest,
		AnswerBy: a.AnswerBy, AnsweredAt: a.AnsweredAt, Last: a.Last}
}

func timesOf(from clock.Time, list []Answer) Times {
	out := Times{-1, -1}
	for _, a := range list {
		days := max(0, a.AnsweredAt.Date().Sub(from.Date()))
		if out.First < 0 {
			out.First = days
		}
		if out.Offer < 0 && (a.Kind == Place || a.Kind == Existing) {
			out.Offer = days
		}
	}
	return out
}

func (s *Service) nameAll(ctx context.Context, tx *db.Tx, list []Answer) error {
	ids := make([]org.ID, len(list))
	for i, a := range list {
		ids[i] = a.Provider
	}
	names, err := need.NamesOf(ctx, tx, ids, s.Needs.Today())
	for i, a := range list {
		list[i].ProviderName = names[a.Provider]
	}
	return err
}

// Waiting is a need or a pooled need that its provider has not answered in time.
type Waiting struct {
	About        About
	Number       string
	Title        string
	Provider     org.ID
	ProviderName string
	AnswerBy     clock.Date
}

// Late lists what waits for an answer whose day has passed, in the area of the forum's
// secretary or the county; the oldest day first. Others are Denied.
func (s *Service) Late(ctx context.Context, actor access.Actor) ([]Waiting, error) {
	area := actor.Area(access.RoleSecretary, access.RoleCaseOfficer)
	if !actor.Has(access.RoleSecretary, access.RoleCaseOfficer) {
		return nil, fault.New(fault.Denied, "fault.denied")
	}
	var out []Waiting
	err := s.Needs.Read(ctx, func(tx *db.Tx) error {
		today := s.Needs.Today()
		rows, err := lateIn(ctx, tx, actor, area, today)
		if err != nil {
			return err
		}
		pools, err := db.List[lateRow](ctx, tx, latePools, today)
		if err != nil {
			return err
		}
		for _, p := range pools {
			found, err := pool.Load(ctx, tx, p.Pool)
			if err != nil {
				return err
			}
			as := pool.Parties(actor, found)
			if slices.Contains(as, flow.Secretary) || slices.Contains(as, flow.County) {
				rows = append(rows, p)
			}
		}
		var ids []org.ID
		for _, r := range rows {
			ids = append(ids, r.Provider)
		}
		names, err := need.NamesOf(ctx, tx, ids, today)
		for _, r := range rows {
			out = append(out, Waiting{About: About{r.Need, r.Pool}, Number: r.Number, Title: r.Title, Provider: r.Provider, ProviderName: names[r.Provider], AnswerBy: r.AnswerBy})
		}
		slices.SortFunc(out, func(a, b Waiting) int {
			return cmp.Or(cmp.Compare(a.AnswerBy.String(), b.AnswerBy.String()), cmp.Compare(a.Number, b.Number))
		})
		return err
	})
	return out, err
}
