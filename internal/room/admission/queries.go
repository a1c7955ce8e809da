package admission

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const (
	countApplications db.SQL = `SELECT count(*) FROM application AS a /*where*/`
	aheadInQueue      db.SQL = `SELECT count(*) FROM application WHERE offering = $1 AND state = 'queued' AND queue_nr < $2`
	begun             db.SQL = `SELECT count(*) FROM application WHERE programme = $1 AND started_on IS NOT NULL`
	participants      db.SQL = `SELECT a.programme, a.municipality, a.employer, a.started_on, a.state FROM application AS a /*where*/ ORDER BY a.started_on, a.id`
	ownLive           db.SQL = `SELECT id FROM application WHERE offering = $1 AND live AND applicant = $2 ORDER BY number_key, id LIMIT 1`

	fragTaking db.Fragment = "a.programme"
	fragBegun  db.Fragment = "a.started_on IS NOT NULL"
)

// Detail is an application with its history. Ahead is how many wait before her, for one in
// the queue; Token that of her link, for whoever applied for her.
type Detail struct {
	Application
	Ahead int
	Steps []flow.Step
	Token string
}

// Get is the application as the actor sees it, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, of ID) (Detail, error) {
	var out Detail
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		a, err := s.seen(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		if out, err = s.detail(ctx, tx, a); err != nil {
			return err
		}
		if a.Applicant == "" && speaksForHer(a) && IsLive(a.State) {
			out.Token, err = s.link(ctx, tx, a)
		}
		return err
	})
}

// Begun is how many have begun on the programme by an application here.
func Begun(ctx context.Context, tx *db.Tx, programme string) (int, error) {
	return db.Scalar[int](ctx, tx, begun, programme)
}

// Participant is somebody who has begun on a programme by an application here. Employer is
// empty for one who came by herself.
type Participant struct {
	Programme    string
	Municipality string
	Employer     access.OrgID
	StartedOn    clock.Date
	Completed    bool
}

// Participants are those who have begun on the programmes, whoever they are now.
func Participants(ctx context.Context, tx *db.Tx, programmes []string) ([]Participant, error) {
	type row struct {
		Programme    string        `db:"programme"`
		Municipality string        `db:"municipality"`
		Employer     *access.OrgID `db:"employer"`
		StartedOn    db.Date       `db:"started_on"`
		State        flow.State    `db:"state"`
	}
	var w db.Where
	db.In(&w, fragTaking, programmes)
	w.And(fragBegun)
	statement, args := db.Query{Base: participants, Where: w}.Build()
	rows, err := db.List[row](ctx, tx, statement, args...)
	out := make([]Participant, len(rows))
	for i, r := range rows {
		out[i] = Participant{Programme: r.Programme, Municipality: r.Municipality, StartedOn: r.StartedOn, Completed: r.State == Completed}
		if r.Employer != nil {
			out[i].Employer = *r.Employer
		}
	}
	return out, err
}

// speaksForHer reports whether the reader applied for her and acts on her word.
func speaksForHer(a Application) bool {
	return slices.Contains(a.Mine, flow.Employer) || slices.Contains(a.Mine, flow.Learner)
}

func (s *Service) detail(ctx context.Context, tx *db.Tx, a Application) (Detail, error) {
	out := Detail{Application: a.told()}
	var err error
	if a.State == Queued {
		if out.Ahead, err = db.Scalar[int](ctx, tx, aheadInQueue, a.Offering, a.QueueNr); err != nil {
			return out, err
		}
	}
	if len(a.Mine) > 0 {
		out.Steps, err = flow.History(ctx, tx, flowOf(a.ID))
	}
	return out, err
}

// Filter narrows a list of applications; empty fields narrow nothing.
type Filter struct {
	Offering string
	States   []flow.State
	// Given leaves those that the actor's organisations provide places for, else its own
	// and those that its organisations have made for their people.
	Given bool
	// OldestFirst turns the order.
	OldestFirst bool
}

// where is the filter for the actor, and whether the actor can have any.
func (f Filter) where(actor access.Actor) (db.Where, bool) {
	var w db.Where
	if f.Offering != "" {
		db.In(&w, fragOffering, []string{f.Offering})
	}
	if len(f.States) > 0 {
		db.In(&w, fragState, f.States)
	}
	if f.Given {
		orgs := actor.Orgs(access.RoleProviderUser)
		if !actor.IsSystem() {
			db.In(&w, fragProvider, orgs)
		}
		return w, actor.IsSystem() || len(orgs) > 0
	}
	var of []db.Where
	if actor.Account != "" {
		var own db.Where
		db.In(&own, fragApplicant, []access.AccountID{actor.Account})
		of = append(of, own)
	}
	if orgs := actor.Orgs(NominatorRoles()...); len(orgs) > 0 {
		var theirs, clients db.Where
		db.In(&theirs, fragEmployer, orgs)
		theirs.And(fragSees)
		db.In(&clients, fragRepresented, orgs)
		of = append(of, theirs, clients)
	}
	w.Or(of...)
	return w, len(of) > 0
}

// List lists applications, the newest first unless the filter turns the order, as far as the actor may know of them.
func (s *Service) List(ctx context.Context, actor access.Actor, f Filter, after string, limit int) (db.Paged[Application], error) {
	var out db.Paged[Application]
	w, has := f.where(actor)
	if !has {
		return out, nil
	}
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.ListPage(ctx, tx, db.Query{Base: selectApplication, Where: w},
			db.Page{Order: db.Order{Key: fragKey, ID: fragID, Desc: !f.OldestFirst}, After: after, Limit: limit}, func(r row) (any, string) { return r.Key, string(r.ID) })
		if err != nil {
			return err
		}
		out.Next = rows.Next
		for _, r := range rows.Items {
			a := r.application()
			sees, err := s.look(ctx, tx, actor, &a)
			if err != nil {
				return err
			}
			if sees { // a mandate may have ended
				out.Items = append(out.Items, a.told())
			}
		}
		return nil
	})
}

// Count is how many List lists altogether; one whose mandate has ended may count with them.
func (s *Service) Count(ctx context.Context, actor access.Actor, f Filter) (int, error) {
	w, has := f.where(actor)
	if !has {
		return 0, nil
	}
	var out int
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		statement, args := db.Query{Base: countApplications, Where: w}.Build()
		var err error
		out, err = db.Scalar[int](ctx, tx, statement, args...)
		return err
	})
}

// Standing is how an offering stands to who wants to apply: what it would lead to today,
// whether the actor has a live application, and whether the actor answers them.
type Standing struct {
	Entry
	// Leads is the state that an application would begin in, empty when Refusal says why
	// it cannot.
	Leads    flow.State
	Taken    Taken
	Own      ID // the actor's own live application, empty for none
	Provides bool
}

// Free is how many places can be given now.
func (st Standing) Free() int { return st.free(st.Taken) }

// Stands tells how the offering stands to the actor, or NotFound.
func (s *Service) Stands(ctx context.Context, actor access.Actor, offering string) (Standing, error) {
	var out Standing
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out.Entry, err = s.Offerings.Entry(ctx, tx, actor, offering); err != nil {
			return err
		}
		if out.Taken, err = taken(ctx, tx, offering); err != nil {
			return err
		}
		if out.Refusal == nil {
			out.Leads, out.Refusal = out.begins(out.Taken)
		}
		out.Provides = actor.HasAt(out.Provider, access.RoleProviderUser)
		if actor.Account == "" {
			return nil
		}
		out.Own, err = db.Get[ID](ctx, tx, ownLive, offering, actor.Account)
		if fault.Is(err, fault.NotFound) {
			err = nil
		}
		return err
	})
}

// Placed is somebody who has a place by an application here. Employer is empty for one who
// came by herself, Applicant for one without an account.
type Placed struct {
	Employer  access.OrgID     `db:"employer"`
	Applicant access.AccountID `db:"applicant"`
}

// PlacedIn are those who have a place in the offering, as long as they take one up.
func PlacedIn(ctx context.Context, tx *db.Tx, offering string) ([]Placed, error) {
	return db.List[Placed](ctx, tx, placedIn, offering)
}
