package casework

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
)

// The actions of the audit log.
const (
	ActionCreate   audit.Action = "case.create"
	ActionEdit     audit.Action = "case.edit"
	ActionMove     audit.Action = "case.move"
	ActionDocument audit.Action = "case.document"
	ActionLink     audit.Action = "case.link"
	ActionInput    audit.Action = "case.input"
	ActionPlan     audit.Action = "case.plan"
)

// Deps is what the room needs. Objects finds the things that a case is linked to;
// it may be set after New.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Bodies  *meeting.Service
	Objects *object.Kinds
}

// Service is the use cases of cases, and reading them.
type Service struct{ Deps }

// New makes the room.
func New(d Deps) *Service { return &Service{Deps: d} }

// Subject is how the audit log knows a case.
func Subject(c ID) audit.Subject { return audit.Subject{Kind: FlowKind, ID: string(c)} }

// NewCase is what a case begins with. Number is taken from the secretariat's own
// archive; the zero Number lets the register give the next of the year.
type NewCase struct {
	Content
	Body   meeting.BodyID
	Number Number
}

// Create opens a case and answers its id. The body's secretary does. An Invalid
// fault names the fields of the form; a number that the archive has given before
// is one at "number".
func (s *Service) Create(ctx context.Context, actor access.Actor, in NewCase) (ID, error) {
	in.Content = in.tidied()
	var fs fault.Fields
	in.check(&fs)
	if in.Number.Year > s.Clock.Today().Year() {
		fs.Add("number", "case.error.archive_number")
	}
	if err := fs.Err(); err != nil {
		return "", err
	}
	c := Case{ID: meeting.NewCaseID(), Content: in.Content, Body: in.Body, Number: in.Number, State: Created}
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		r, err := s.reader(ctx, tx, actor)
		if err != nil {
			return err
		}
		body, err := meeting.Get(ctx, tx, in.Body, s.Clock.Today())
		if fault.Is(err, fault.NotFound) || err == nil && r.mayWrite(in.Body) != nil {
			return fault.InvalidField("body", "case.error.body")
		}
		if err != nil {
			return err
		}
		if err := checkOrigin(ctx, tx, in.Origin); err != nil {
			return err
		}
		c.Archive = body.Secretariat
		if c.Number == (Number{}) {
			c.Number.Year = s.Clock.Today().Year()
			last, err := db.Scalar[int64](ctx, tx, lastSerial, c.Archive, c.Number.Year)
			if err != nil {
				return err
			}
			c.Number.Serial = int(last) + 1
		}
		return s.insert(ctx, tx, actor, c, body)
	})
	return c.ID, err
}

func (s *Service) insert(ctx context.Context, tx *db.Tx, actor access.Actor, c Case, body meeting.Body) error {
	now := s.Clock.Now()
	if _, err := db.Exec(ctx, tx, insertCase, c.values(now, actor.Label())...); err != nil {
		if db.Constraint(err) == "case_file_archive_archive_year_archive_serial_key" {
			return fault.InvalidField("number", "case.error.number_taken")
		}
		return fmt.Errorf("case %s: create: %w", c.Number, err)
	}
	if err := Refind(ctx, tx, c); err != nil {
		return err
	}
	if err := flow.Start(ctx, tx, Flow(), string(c.ID), c.label(), ball(c, body.Secretariat, Created, s.Clock.Today()), actor, now); err != nil {
		return err
	}
	if err := casepaper.Start(ctx, tx, c.ID, casepaper.Named(string(c.Kind)), actor.Label(), now); err != nil {
		return err
	}
	paper := Document{ID: newID[Document](), Letter: "S", Title: c.Title, Day: now.Date()}
	if err := addDocument(ctx, tx, c, paper, actor, now); err != nil {
		return err
	}
	audit.Record(tx, now, actor, ActionCreate, Subject(c.ID), audit.Field("number", "", c.Number.String()), audit.Field("title", "", c.shown()),
		audit.Field("kind", "", string(c.Kind)), audit.Field("closed", false, c.Closed))
	return nil
}

// checkOrigin sees that the organisation exists.
func checkOrigin(ctx context.Context, tx *db.Tx, o access.OrgID) error {
	if o == "" {
		return nil
	}
	_, err := org.Get(ctx, tx, o)
	if fault.Is(err, fault.NotFound) {
		return fault.InvalidField("origin", "form.error.choice")
	}
	return err
}

// Writing loads the case for who keeps it. Others who may know of it are Denied.
func (s *Service) Writing(ctx context.Context, tx *db.Tx, actor access.Actor, c ID) (Case, error) {
	out, sight, _, err := s.seen(ctx, tx, actor, c)
	if err != nil {
		return Case{}, err
	}
	if sight != Writes {
		return Case{}, fault.New(fault.Denied, "fault.denied")
	}
	return out, nil
}

// seen loads the case with how much of it the actor reads, and its treatments;
// NotFound when that is nothing.
func (s *Service) seen(ctx context.Context, tx *db.Tx, actor access.Actor, c ID) (Case, Sight, []Treatment, error) {
	found, err := s.Load(ctx, tx, c)
	if err != nil {
		return Case{}, None, nil, err
	}
	all, err := TreatmentsOf(ctx, tx, c)
	if err != nil {
		return Case{}, None, nil, err
	}
	r, err := s.reader(ctx, tx, actor)
	if err != nil {
		return Case{}, None, nil, err
	}
	sight := r.sight(found, treating(all[c]))
	if sight == None {
		return Case{}, None, nil, fault.Missing()
	}
	return found, sight, all[c], nil
}

// Load is the case, whoever may know of it, or NotFound. The caller has the permission.
func (s *Service) Load(ctx context.Context, tx *db.Tx, c ID) (Case, error) {
	var w db.Where
	db.In(&w, fragCase, []ID{c})
	list, err := find(ctx, tx, w, s.Clock.Today())
	if err == nil && len(list) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Case{}, err
	}
	return list[0], nil
}

// Edit replaces what is written about the case itself. version is the one that the
// writer saw: Stale when somebody has saved since.
func (s *Service) Edit(ctx context.Context, actor access.Actor, c ID, version int64, in Content) error {
	in = in.tidied()
	var fs fault.Fields
	in.check(&fs)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.Writing(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		if err := checkOrigin(ctx, tx, in.Origin); err != nil {
			return err
		}
		x := in.Interpellation
		if err := db.ExecOne(ctx, tx, updateCase, in.Kind, in.Title, in.PublicTitle, in.Officer, in.Origin, in.Closed, in.Ground, in.ReadyBy,
			x.Question, x.AskedBy, x.Answer, x.AnsweredBy, c, version); err != nil {
			return err
		}
		is := old
		is.Content = in
		if err := Refind(ctx, tx, is); err != nil {
			return err
		}
		if err := flow.Rename(ctx, tx, flowSubject(c), is.label()); err != nil {
			return err
		}
		if err := s.closedNow(ctx, tx, actor, c, old.Content, in); err != nil {
			return err
		}
		if old.ReadyBy != in.ReadyBy && (old.State == Created || old.State == Drafting) {
			b := old.Ball
			b.Due = in.ReadyBy
			if err := flow.Pass(ctx, tx, flowSubject(c), b); err != nil {
				return err
			}
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionEdit, Subject(c), audit.Changed(audit.Field("title", old.shown(), is.shown()), audit.Field("kind", string(old.Kind), string(in.Kind)),
			audit.Field("officer", old.Officer, in.Officer), audit.Field("closed", old.Closed, in.Closed), audit.Field("ground", old.Ground, in.Ground))...)
		return nil
	})
}

// Move makes a step that changes nothing but the state; from is where the actor saw
// the case stand. Issuing and recording a result are Issue and Treat.
func (s *Service) Move(ctx context.Context, actor access.Actor, c ID, from, to flow.State, note string) error {
	var allowed bool
	for _, m := range ByHand(from) {
		allowed = allowed || m.To == to
	}
	if !allowed {
		return fault.InvalidField("to", "flow.error.no_such_move")
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.Writing(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		return s.Step(ctx, tx, actor, old, from, to, note)
	})
}

// Step moves the case from a state to another, in the transaction of what it comes of.
// The caller has the permission.
func (s *Service) Step(ctx context.Context, tx *db.Tx, actor access.Actor, c Case, from, to flow.State, note string) error {
	body, err := meeting.Get(ctx, tx, c.Body, s.Clock.Today())
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	err = flow.Move(ctx, tx, Flow(), flow.Request{Subject: flowSubject(c.ID), From: from, To: to, As: []flow.Party{flow.Secretary}, Note: note,
		Ball: ball(c, body.Secretariat, to, now.Date())}, actor, now)
	if err != nil {
		return err
	}
	audit.Record(tx, now, actor, ActionMove, Subject(c.ID), audit.Field("state", string(from), string(to)))
	return nil
}

func newID[T any]() id.Of[T] { return id.New[T]() }
