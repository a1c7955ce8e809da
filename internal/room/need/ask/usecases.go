package ask

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
)

// The actions of the audit log.
const (
	ActionRequest audit.Action = "need.request"
	ActionAnswer  audit.Action = "need.answer"
)

// Service is the use cases of requests for adaptation.
type Service struct {
	room  *need.Service
	pools *pool.Service
}

// New makes the use cases.
func New(room *need.Service, pools *pool.Service) *Service { return &Service{room: room, pools: pools} }

// Send sends a need or a pooled need to a provider with questions
// and a date. A need that waits for a provider is then in follow-up with this
// one, who has the ball. The owner, the representative and the offices of the
// forum and the county may ask.
func (s *Service) Send(ctx context.Context, actor access.Actor, in Asking) (Request, error) {
	var out Request
	err := s.room.Write(ctx, func(tx *db.Tx) error {
		var fs fault.Fields
		in.check(&fs)
		in.AnswerBy = s.room.AnswerDate(in.AnswerBy, &fs)
		if in.Provider != "" {
			if err := s.room.CheckProviders(ctx, tx, &fs, "provider", []org.ID{in.Provider}); err != nil {
				return err
			}
		}
		if err := fs.Err(); err != nil {
			return err
		}
		var err error
		if in.Need != "" {
			err = s.askForNeed(ctx, tx, actor, in)
		} else {
			err = s.askForPool(ctx, tx, actor, in)
		}
		if err != nil {
			return err
		}
		out, err = s.saveRequest(ctx, tx, actor, in)
		return err
	})
	return out, err
}

// asks reports whether one of the parties may ask a provider.
func asks(actor access.Actor, as []flow.Party) bool {
	return actor.IsSystem() || slices.ContainsFunc(as, func(p flow.Party) bool { return p != flow.Provider })
}

func (s *Service) askForNeed(ctx context.Context, tx *db.Tx, actor access.Actor, in Asking) error {
	n, as, err := s.room.Movable(ctx, tx, actor, in.Need, "")
	if err != nil {
		return err
	}
	if !asks(actor, as) {
		return fault.New(fault.Denied, "flow.error.not_yours")
	}
	if slices.Contains([]flow.State{need.Mapped, need.Presented, need.Discussed}, n.State) {
		return s.room.MoveIn(ctx, tx, actor, n, need.Decided{To: need.InFollowUp, As: as, Provider: in.Provider, AnswerBy: in.AnswerBy})
	}
	if n.State != need.InFollowUp {
		return fault.New(fault.Conflict, "need.error.not_askable")
	}
	// A second provider is told only of what providers may read anyhow.
	if n.Provider != in.Provider && n.Confidentiality != need.Open && n.Confidentiality != need.ProvidersOnly {
		return fault.InvalidField("provider", "need.error.provider_may_not_read")
	}
	return nil
}

func (s *Service) askForPool(ctx context.Context, tx *db.Tx, actor access.Actor, in Asking) error {
	p, err := pool.Load(ctx, tx, in.Pool)
	if err != nil {
		return err
	}
	as := pool.Parties(actor, p)
	if !asks(actor, as) {
		return fault.New(fault.Denied, "flow.error.not_yours")
	}
	switch {
	case slices.Contains([]flow.State{need.Mapped, need.Presented, need.Discussed}, p.State):
		return s.pools.MoveIn(ctx, tx, actor, p, need.Decided{To: need.InFollowUp, As: as, Provider: in.Provider, AnswerBy: in.AnswerBy})
	case p.State != need.InFollowUp:
		return fault.New(fault.Conflict, "need.error.not_askable")
	}
	return nil
}

func (s *Service) saveRequest(ctx context.Context, tx *db.Tx, actor access.Actor, in Asking) (Request, error) {
	now := s.room.Now()
	request := id.New[Request]()
	var asker org.ID
	if acting, ok := actor.ActingRole(append(need.OwnerRoles(), access.RoleSecretary)...); ok {
		asker = acting.Org
	}
	if asker == "" {
		asker = in.Provider // the system asks in nobody's name
	}
	if _, err := db.Exec(ctx, tx, insertRequest, request, in.Need, in.Pool, in.Provider, in.Offering, asker, now, in.AnswerBy); err != nil {
		return Request{}, fmt.Errorf("need: request adaptation: %w", err)
	}
	for nr, q := range in.Questions {
		if _, err := db.Exec(ctx, tx, insertQuestion, request, nr, q); err != nil {
			return Request{}, fmt.Errorf("need: request adaptation: %w", err)
		}
	}
	of := need.Subject(in.Need)
	if in.Need == "" {
		of = pool.Subject(in.Pool)
	}
	audit.Record(tx, now, actor, ActionRequest, of, audit.Field("provider", "", in.Provider), audit.Field("answer_by", "", in.AnswerBy),
		audit.PersonalField("questions", "", in.Questions))
	row, err := db.Get[requestRow](ctx, tx, getRequest, request)
	if err != nil {
		return Request{}, err
	}
	out := row.request(now.Date())
	out.Questions = in.Questions
	return out, nil
}

// OfNeed lists the requests about a need and about the pool it is in, for
// those who work with it; none for other readers.
func (s *Service) OfNeed(ctx context.Context, actor access.Actor, n need.ID) ([]Request, error) {
	var out []Request
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		about, err := need.Load(ctx, tx, n)
		if err != nil {
			return err
		}
		switch sight := need.SightOf(actor, about); {
		case sight == need.Hidden:
			return fault.Missing()
		case sight < need.Partner:
			return nil
		}
		out, err = s.about(ctx, tx, about.ID, about.Pool)
		return err
	})
	return out, err
}

// OfPool lists the requests about a pooled need, as OfNeed.
func (s *Service) OfPool(ctx context.Context, actor access.Actor, p need.PoolID) ([]Request, error) {
	var out []Request
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		about, err := pool.Load(ctx, tx, p)
		if err == nil && pool.IsPartner(actor, about) {
			out, err = s.about(ctx, tx, "", p)
		}
		return err
	})
	return out, err
}

// Followed is a request as the holder of a follow link sees it.
type Followed struct {
	Provider string
	AnswerBy clock.Date
	State    State
}

// ByToken lists the requests about the need behind a follow link.
func (s *Service) ByToken(ctx context.Context, token string) ([]Followed, error) {
	var out []Followed
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		n, err := need.LoadByToken(ctx, tx, token)
		if err != nil {
			return err
		}
		list, err := s.about(ctx, tx, n.ID, n.Pool)
		for _, r := range list {
			out = append(out, Followed{Provider: r.ProviderName, AnswerBy: r.AnswerBy, State: r.State})
		}
		return err
	})
	return out, err
}

func (s *Service) about(ctx context.Context, tx *db.Tx, n need.ID, p need.PoolID) ([]Request, error) {
	rows, err := db.List[requestRow](ctx, tx, requestsOfSubject, n, p)
	if err != nil {
		return nil, err
	}
	var out []Request
	for _, r := range rows {
		q, err := s.filled(ctx, tx, r)
		if err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, nil
}

// List lists what the actor's provider organisations have been asked, the
// nearest answer date first. states narrows it; none means all.
func (s *Service) List(ctx context.Context, actor access.Actor, after string, limit int, states ...State) (db.Paged[Request], error) {
	var out db.Paged[Request]
	mine := actor.Orgs(access.RoleProviderUser)
	if len(mine) == 0 {
		return out, nil
	}
	var w db.Where
	db.In(&w, fragRequestProvider, mine)
	if len(states) > 0 {
		db.In(&w, fragState, states)
	}
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.ListPage(ctx, tx, db.Query{Base: requestsTo, Where: w},
			db.Page{Order: db.Order{Key: fragRequestDue, ID: fragID}, After: after, Limit: limit},
			func(r requestRow) (any, string) { return r.AnswerBy.String(), string(r.ID) })
		if err != nil {
			return err
		}
		out.Next = rows.Next
		for _, r := range rows.Items {
			q, err := s.filled(ctx, tx, r)
			if err != nil {
				return err
			}
			out.Items = append(out.Items, q)
		}
		return nil
	})
	if err != nil {
		return db.Paged[Request]{}, fmt.Errorf("need: requests: %w", err)
	}
	return out, nil
}

// Get is a request, for the provider asked and those who see the need.
func (s *Service) Get(ctx context.Context, actor access.Actor, request ID) (Request, error) {
	var out Request
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		row, err := db.Get[requestRow](ctx, tx, getRequest, request)
		if err != nil {
			return err
		}
		if !actor.HasAt(row.Provider, access.RoleProviderUser) {
			if err := s.partnerOf(ctx, tx, actor, row); err != nil {
				return err
			}
		}
		out, err = s.filled(ctx, tx, row)
		return err
	})
	return out, err
}

// partnerOf asks that the actor works with what the request is about.
func (s *Service) partnerOf(ctx context.Context, tx *db.Tx, actor access.Actor, row requestRow) error {
	if row.Pool != "" {
		p, err := pool.Load(ctx, tx, row.Pool)
		if err == nil && !pool.IsPartner(actor, p) {
			err = fault.Missing()
		}
		return err
	}
	n, err := need.Load(ctx, tx, row.Need)
	if err == nil && need.SightOf(actor, n) < need.Partner {
		err = fault.Missing()
	}
	return err
}

func (s *Service) filled(ctx context.Context, tx *db.Tx, row requestRow) (Request, error) {
	out := row.request(s.room.Today())
	var err error
	if out.Questions, err = db.List[string](ctx, tx, questionsOf, row.ID); err != nil {
		return Request{}, err
	}
	names, err := need.NamesOf(ctx, tx, []org.ID{row.Provider, row.AskedBy}, s.room.Today())
	out.ProviderName, out.AskedByName = names[row.Provider], names[row.AskedBy]
	return out, err
}

// AskedIn lists the requests about a need or a pooled need that were sent to one of the
// providers, the oldest first, without their questions.
func (s *Service) AskedIn(ctx context.Context, tx *db.Tx, n need.ID, p need.PoolID, providers []org.ID) ([]Request, error) {
	rows, err := db.List[requestRow](ctx, tx, requestsOfSubject, n, p)
	var out []Request
	for _, r := range rows {
		if slices.Contains(providers, r.Provider) {
			out = append(out, r.request(s.room.Today()))
		}
	}
	return out, err
}

// Answer records that the provider has noted, accepted or declined a
// request. A refusal needs its reason; where the need then stands is moved by
// Move.
func (s *Service) Answer(ctx context.Context, actor access.Actor, request ID, version int64, state State, answer string) error {
	return s.room.Write(ctx, func(tx *db.Tx) error { return s.AnswerIn(ctx, tx, actor, request, version, state, answer) })
}

// AnswerIn is Answer in a transaction of the caller.
func (s *Service) AnswerIn(ctx context.Context, tx *db.Tx, actor access.Actor, request ID, version int64, state State, answer string) error {
	row, err := db.Get[requestRow](ctx, tx, getRequest, request)
	if err != nil {
		return err
	}
	if !actor.IsSystem() && !actor.HasAt(row.Provider, access.RoleProviderUser) {
		if err := s.partnerOf(ctx, tx, actor, row); err != nil {
			return err
		}
		return fault.New(fault.Denied, "flow.error.not_yours")
	}
	var fs fault.Fields
	answer = text.CleanMultiline(answer)
	if state == Sent || !slices.Contains(States(), state) {
		fs.Add("state", "form.error.choice")
	}
	if state == Declined && text.IsBlank(answer) {
		fs.Add("answer", "form.error.required")
	}
	if utf8.RuneCountInString(answer) > need.MaxNote {
		fs.Add("answer", "form.error.too_long", "max", need.MaxNote)
	}
	if err := fs.Err(); err != nil {
		return err
	}
	if err := db.ExecOne(ctx, tx, answerRequest, state, answer, s.room.Now(), request, version); err != nil {
		return fmt.Errorf("request %s: answer: %w", request, err)
	}
	of := need.Subject(row.Need)
	if row.Need == "" {
		of = pool.Subject(row.Pool)
	}
	audit.Record(tx, s.room.Now(), actor, ActionAnswer, of, audit.Field("request", "", request),
		audit.Field("state", row.State, state), audit.PersonalField("answer", "", answer))
	return nil
}
