package project

import (
	"context"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/series"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
)

// Words are what is written about a project in one language.
type Words struct {
	Title, Summary, Goal, Background, Method, Audience, Transfer, Next string
}

// In are the words in the language, as they stand: empty where there are none in it.
func (t Texts) In(l i18n.Lang) Words {
	own := func(x i18n.Text) string {
		s, in := x.In(l)
		if in != l {
			return ""
		}
		return s
	}
	return Words{own(t.Title), own(t.Summary), own(t.Goal), own(t.Background), own(t.Method), own(t.Audience), own(t.Transfer), own(t.Next)}
}

// with are the texts with the words in the language.
func (t Texts) with(l i18n.Lang, w Words) Texts {
	for _, x := range []struct {
		to *i18n.Text
		s  string
	}{{&t.Title, w.Title}, {&t.Summary, w.Summary}, {&t.Goal, w.Goal}, {&t.Background, w.Background}, {&t.Method, w.Method}, {&t.Audience, w.Audience}, {&t.Transfer, w.Transfer}, {&t.Next, w.Next}} {
		switch l {
		case i18n.NN:
			x.to.NN = x.s
		case i18n.EN:
			x.to.EN = x.s
		default:
			x.to.NB = x.s
		}
	}
	return t
}

// Content is what a project says, as whoever makes or edits it writes it. Owner is one of the
// writer's own organisations, Parent and Group are the project that it is a part of and whom
// it is aimed at there.
type Content struct {
	Lang i18n.Lang
	Words
	Owner          access.OrgID
	Parent         ID
	Group          string
	Programme      string
	Municipalities []place.Number
	Area           string
	Public         bool
	place.Period
}

// check cleans the content and says what is wrong with it.
func (c Content) check(places *place.Register) (Content, error) {
	var fs fault.Fields
	c.Title, c.Programme, c.Area = text.CleanLine(c.Title), text.CleanLine(c.Programme), text.CleanLine(c.Area)
	fs.Text("title", c.Title, MaxTitle, true)
	fs.Text("programme", c.Programme, MaxTitle, false)
	fs.Text("area", c.Area, MaxTitle, false)
	for name, s := range map[string]*string{"summary": &c.Summary, "goal": &c.Goal, "background": &c.Background, "method": &c.Method, "audience": &c.Audience, "transfer": &c.Transfer, "next": &c.Next} {
		*s = text.CleanMultiline(*s)
		fs.Text(name, *s, MaxWords, false)
	}
	for i, n := range c.Municipalities {
		if _, err := places.Municipality(n); err != nil {
			fs.Add("municipalities", "project.error.municipality", "number", string(n))
		} else if slices.Contains(c.Municipalities[:i], n) {
			fs.Add("municipalities", "project.error.twice")
		}
	}
	if !c.From.IsZero() && !c.To.IsZero() && c.To.Before(c.From) {
		fs.Add("to", "project.error.backwards")
	}
	return c, fs.Err()
}

// Making is what a project begins with besides its content: the measure of the toolbox that it
// is made of, and the steps of that.
type Making struct {
	Content
	Card  string
	Steps []string
}

// Create makes a project that is an idea. People with a writer's role make one for their own
// organisation, the county for any; as a part of another, of one that all may read or that
// they write for themselves.
func (s *Service) Create(ctx context.Context, actor access.Actor, in Making) (ID, error) {
	var out ID
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.CreateIn(ctx, tx, actor, in)
		return err
	})
}

// CreateIn is Create in the caller's transaction.
func (s *Service) CreateIn(ctx context.Context, tx *db.Tx, actor access.Actor, in Making) (ID, error) {
	c, err := in.check(s.Places)
	switch {
	case err != nil:
		return "", err
	case c.Owner == "":
		return "", fault.InvalidField("owner", "form.error.required")
	case CanTakeIn(actor) != nil && !actor.HasAt(c.Owner, writers()...):
		return "", fault.New(fault.Denied, "fault.denied")
	}
	d := Detail{Project: Project{ID: id.New[Project](), State: Idea, Card: in.Card}}
	for _, w := range in.Steps {
		if w = text.CleanLine(w); w != "" {
			d.Steps = append(d.Steps, Step{Words: w})
		}
	}
	if c.Parent != "" {
		above, err := s.In(ctx, tx, actor, c.Parent)
		if err != nil {
			return "", fault.InvalidField("parent", "form.error.choice")
		}
		if above.Parent != "" && above.State == Closed {
			return "", fault.InvalidField("parent", "form.error.choice")
		}
		d.Above, d.Programme = &above.Project, above.Programme
	}
	if err := s.fill(ctx, tx, &d, c); err != nil {
		return "", err
	}
	now := s.Clock.Now()
	var key int64
	if d.Number, key, err = series.Next(ctx, tx, letter, now.Date().Year()); err != nil {
		return "", err
	}
	d.Code = d.Number
	d.MadeBy = actor.Label()
	if err := insert(ctx, tx, d.Project, key); err != nil {
		return "", err
	}
	if err := s.begin(ctx, tx, actor, d); err != nil {
		return "", err
	}
	audit.Record(tx, now, actor, ActionCreate, subject(d.ID), audit.Field("title", "", d.Title.String()), audit.Field("card", "", d.Card))
	return d.ID, nil
}

// fill puts the content into the project.
func (s *Service) fill(ctx context.Context, tx *db.Tx, d *Detail, c Content) error {
	if d.Above != nil {
		if _, known := d.Above.GroupTitle(c.Group); c.Group != "" && !known {
			return fault.InvalidField("group", "project.error.group")
		}
		d.Parent, d.Group = d.Above.ID, c.Group
	}
	if c.Owner != "" && c.Owner != d.OwnerOrg {
		name, err := s.OrgName(ctx, tx, c.Owner)
		if err != nil {
			return err
		}
		d.OwnerOrg, d.Owner = c.Owner, name
	}
	d.Texts = d.Texts.with(c.Lang, c.Words)
	d.Municipalities, d.Area, d.Period, d.Public = c.Municipalities, c.Area, c.Period, c.Public
	if c.Programme != "" || d.Above == nil {
		d.Programme = c.Programme
	}
	return nil
}

// Edit writes what a project says anew, in the language of the content; other languages stay.
// version is the one that the actor saw. Who owns it, and what it is a part of, stay.
func (s *Service) Edit(ctx context.Context, actor access.Actor, p ID, version int64, c Content) error {
	c, err := c.check(s.Places)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, p, version, func(tx *db.Tx, d *Detail) ([]audit.Change, error) {
		old := d.Project
		c.Owner = ""
		if err := s.fill(ctx, tx, d, c); err != nil {
			return nil, err
		}
		if err := s.follow(ctx, tx, *d); err != nil {
			return nil, err
		}
		return audit.Changed(audit.Field("title", old.Title.String(), d.Title.String()), audit.Field("group", old.Group, d.Group), audit.Field("public", old.Public, d.Public)), nil
	})
}

// follow lets the history of the project have its name and places.
func (s *Service) follow(ctx context.Context, tx *db.Tx, d Detail) error {
	begun, err := db.Scalar[int](ctx, tx, countItems, ObjectName, d.ID)
	if err != nil || begun == 0 {
		return err
	}
	at := flow.Subject{Kind: ObjectName, ID: string(d.ID)}
	if err := flow.Rename(ctx, tx, at, d.Number+" · "+d.Title.String()); err != nil {
		return err
	}
	return flow.Locate(ctx, tx, at, s.locations(d.Project, s.Clock.Today())...)
}

// change lets who writes for a project change it, and tells the audit log what it was.
func (s *Service) change(ctx context.Context, actor access.Actor, p ID, version int64, do func(*db.Tx, *Detail) ([]audit.Change, error)) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		d, err := s.In(ctx, tx, actor, p)
		switch {
		case err != nil:
			return err
		case !CanChange(actor, d):
			return fault.New(fault.Denied, "fault.denied")
		case d.Version != version:
			return fault.New(fault.Stale, "fault.stale")
		}
		changed, err := do(tx, &d)
		if err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionEdit, subject(p), changed...)
		return update(ctx, tx, d.Project)
	})
}

// put writes x at nr of the list, adds it when nr is -1, and takes nr away when x is nil.
func put[T any](list []T, nr int, x *T) ([]T, error) {
	switch {
	case nr == -1 && x != nil:
		return append(list, *x), nil
	case nr < 0 || nr >= len(list):
		return nil, fault.Missing()
	case x == nil:
		return slices.Delete(slices.Clone(list), nr, nr+1), nil
	}
	list = slices.Clone(list)
	list[nr] = *x
	return list, nil
}

// SetMoney writes what somebody pays at place nr of the project's list, adds it at -1, and takes
// it away when m is nil. Own work given in hours at a rate is worth what they come to.
func (s *Service) SetMoney(ctx context.Context, actor access.Actor, p ID, version int64, nr int, m *Money) error {
	if m != nil {
		checked, err := m.check()
		if err != nil {
			return err
		}
		m = &checked
	}
	return s.change(ctx, actor, p, version, func(_ *db.Tx, d *Detail) ([]audit.Change, error) {
		was := Sum(d.Money)
		list, err := put(d.Money, nr, m)
		d.Money = list
		return []audit.Change{audit.Field("planned", was, Sum(list))}, err
	})
}

// check cleans what somebody pays, and says what is wrong with it.
func (m Money) check() (Money, error) {
	var fs fault.Fields
	m.Payer = text.CleanLine(m.Payer)
	fs.Text("payer", m.Payer, MaxTitle, true)
	if !slices.Contains(MoneySorts(), m.Sort) {
		fs.Add("sort", "form.error.required")
	}
	if m.Hours > 0 || m.Rate > 0 {
		switch {
		case m.Sort != Work:
			fs.Add("hours", "project.error.hours")
		case m.Hours < 1 || m.Hours > maxHours:
			fs.Add("hours", "form.error.range", "min", 1, "max", maxHours)
		case m.Rate < money.Kroner(1) || m.Rate > money.Kroner(maxRate):
			fs.Add("rate", "form.error.range", "min", 1, "max", maxRate)
		}
		m.Planned = money.NOK(m.Hours) * m.Rate
	}
	if m.Planned < 0 || m.Planned > money.Kroner(maxKroner) {
		fs.Add("planned", "project.error.amount")
	}
	if m.Actual != nil && (*m.Actual < 0 || *m.Actual > money.Kroner(maxKroner)) {
		fs.Add("actual", "project.error.amount")
	}
	return m, fs.Err()
}

// The most hours of one line of own work, and kroner for one.
const (
	maxHours = 100_000
	maxRate  = 10_000
)

// SetMember writes who leads or steers, as SetMoney does.
func (s *Service) SetMember(ctx context.Context, actor access.Actor, p ID, version int64, nr int, m *Member) error {
	if m != nil {
		var fs fault.Fields
		m.Role = text.CleanLine(m.Role)
		fs.Text("role", m.Role, MaxTitle, true)
		if !slices.Contains(MemberSorts(), m.Sort) {
			fs.Add("sort", "form.error.required")
		}
		if m.Share < 0 || m.Share > 100 {
			fs.Add("share", "form.error.range", "min", 0, "max", 100)
		}
		if !m.From.IsZero() && !m.To.IsZero() && m.To.Before(m.From) {
			fs.Add("to", "project.error.backwards")
		}
		if err := fs.Err(); err != nil {
			return err
		}
	}
	return s.change(ctx, actor, p, version, func(_ *db.Tx, d *Detail) ([]audit.Change, error) {
		list, err := put(d.Members, nr, m)
		was := len(d.Members)
		d.Members = list
		return []audit.Change{audit.Field("members", was, len(list))}, err
	})
}

// SetAgreement writes who delivers the project in which municipalities, as SetMoney does.
func (s *Service) SetAgreement(ctx context.Context, actor access.Actor, p ID, version int64, nr int, a *Agreement) error {
	if a != nil {
		var fs fault.Fields
		a.check(&fs, "", s.Places)
		if err := fs.Err(); err != nil {
			return err
		}
	}
	return s.change(ctx, actor, p, version, func(_ *db.Tx, d *Detail) ([]audit.Change, error) {
		was := len(d.Agreements)
		list, err := put(d.Agreements, nr, a)
		d.Agreements = list
		return []audit.Change{audit.Field("agreements", was, len(list))}, err
	})
}

// maxSteps is the most steps of a project.
const maxSteps = 100

// SetSteps writes what is to be done; a step that stands in the same words stays done.
func (s *Service) SetSteps(ctx context.Context, actor access.Actor, p ID, version int64, words []string) error {
	var fs fault.Fields
	var steps []Step
	for _, w := range words {
		if w = text.CleanLine(w); w != "" {
			fs.Text("steps", w, MaxTitle*2, true)
			steps = append(steps, Step{Words: w})
		}
	}
	if len(steps) > maxSteps {
		fs.Add("steps", "project.error.steps", "most", strconv.Itoa(maxSteps))
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.change(ctx, actor, p, version, func(_ *db.Tx, d *Detail) ([]audit.Change, error) {
		was := d.Steps
		for i := range steps {
			if n := slices.IndexFunc(was, func(x Step) bool { return x.Words == steps[i].Words }); n >= 0 {
				steps[i].DoneOn = was[n].DoneOn
			}
		}
		d.Steps = steps
		return []audit.Change{audit.Field("steps", len(was), len(steps))}, nil
	})
}

// Tick notes that a step is done today, or that it is not after all.
func (s *Service) Tick(ctx context.Context, actor access.Actor, p ID, version int64, nr int) error {
	return s.change(ctx, actor, p, version, func(_ *db.Tx, d *Detail) ([]audit.Change, error) {
		if nr < 0 || nr >= len(d.Steps) {
			return nil, fault.Missing()
		}
		was := d.Steps[nr].DoneOn
		d.Steps = slices.Clone(d.Steps)
		d.Steps[nr].DoneOn = clock.Date{}
		if was.IsZero() {
			d.Steps[nr].DoneOn = s.Clock.Today()
		}
		return []audit.Change{audit.Field("done", was, d.Steps[nr].DoneOn)}, nil
	})
}
