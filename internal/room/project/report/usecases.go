package report

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/project"
)

// Deps is what the room needs.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Projects *project.Service
	Forms    *forms.Service
	Attach   *attach.Service
}

// Service is the use cases of reports.
type Service struct{ Deps }

// New makes the room.
func New(d Deps) *Service { return &Service{Deps: d} }

// Beginning is a report to be begun: on the form of the short name, for the year, with the day
// that the register is asked about and the one that it is due, which may be zero.
type Beginning struct {
	Code string
	Year int
	Day  clock.Date
	Due  clock.Date
}

// The first and the last year that a report can be for.
const (
	firstYear = 2000
	lastYear  = 2100
)

func (b Beginning) check() error {
	var fs fault.Fields
	if b.Code == "" {
		fs.Add("form", "form.error.required")
	}
	if b.Year < firstYear || b.Year > lastYear {
		fs.Add("year", "form.error.range", "min", firstYear, "max", lastYear)
	}
	if b.Day.IsZero() {
		fs.Add("day", "form.error.date")
	}
	return fs.Err()
}

// Begin begins a report with what is known filled in. There is one for each project, form and
// year: another is Invalid at the year.
func (s *Service) Begin(ctx context.Context, actor access.Actor, p project.ID, b Beginning) (ID, error) {
	if err := b.check(); err != nil {
		return "", err
	}
	var out ID
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		d, err := s.Projects.In(ctx, tx, actor, p)
		if err == nil && !project.CanChange(actor, d) {
			err = fault.New(fault.Denied, "fault.denied")
		}
		if err != nil {
			return err
		}
		out, err = s.begin(ctx, tx, actor, d, b)
		return err
	})
}

// Ask begins a report for each project under the one that has none yet on the form for the year,
// or for the project itself where it has none under it, and tells how many it was. They are due
// on the day, which must be said.
func (s *Service) Ask(ctx context.Context, actor access.Actor, p project.ID, b Beginning) (int, error) {
	err := b.check()
	if err == nil && b.Due.Before(s.Clock.Today()) {
		err = fault.InvalidField("due", "report.error.due")
	}
	if err != nil {
		return 0, err
	}
	whole, err := s.Projects.Get(ctx, actor, p)
	if err == nil && !CanAsk(actor, whole) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return 0, err
	}
	asked := whole.Children
	if len(asked) == 0 {
		asked = []project.Project{whole.Project}
	}
	n := 0
	return n, s.DB.Write(ctx, func(tx *db.Tx) error {
		n = 0
		for _, c := range asked {
			d, err := s.Projects.In(ctx, tx, actor, c.ID)
			if err != nil {
				return err
			}
			switch _, err = s.begin(ctx, tx, actor, d, b); {
			case err == nil:
				n++
			case !isThere(err):
				return err
			}
		}
		return nil
	})
}

func isThere(err error) bool {
	f, ok := fault.As(err)
	return ok && len(f.Fields) == 1 && f.Fields[0].Key == "report.error.there"
}

func (s *Service) begin(ctx context.Context, tx *db.Tx, actor access.Actor, d project.Detail, b Beginning) (ID, error) {
	form, err := s.Forms.ByCode(ctx, tx, b.Code)
	if fault.Is(err, fault.NotFound) {
		return "", fault.InvalidField("form", "form.error.choice")
	}
	if err != nil {
		return "", err
	}
	there, err := db.Scalar[int64](ctx, tx, countReports, d.ID, form.ID, b.Year)
	if err != nil {
		return "", err
	}
	if there > 0 {
		return "", fault.InvalidField("year", "report.error.there")
	}
	known, err := s.known(ctx, tx, d, b)
	if err != nil {
		return "", err
	}
	r, now := id.New[Report](), s.Clock.Now()
	version, _ := form.Published()
	answer, err := s.Forms.Open(ctx, tx, actor, forms.Opening{Form: form.ID, Nr: version.Nr, Subject: forms.Subject{Kind: Kind, ID: string(r)}, Org: d.OwnerOrg, Who: actor.Label(), Facts: onto(version.Definition, known)})
	if err != nil {
		return "", err
	}
	var due *clock.Date
	if !b.Due.IsZero() {
		due = &b.Due
	}
	if _, err := db.Exec(ctx, tx, insertReport, r, d.ID, form.ID, answer.ID, b.Year, b.Day, due, Draft, actor.Label()); err != nil {
		return "", fmt.Errorf("report: begin: %w", err)
	}
	audit.Record(tx, now, actor, ActionBegin, subject(r), audit.Field("form", "", b.Code), audit.Field("year", "", b.Year))
	return r, flow.Start(ctx, tx, Flow(), string(r), Report{Project: d}.label(), ball(d, Draft, b.Due, now.Date()), actor, now)
}

// known is what the register says on the day of the report, and over it what another report of
// the year has said.
func (s *Service) known(ctx context.Context, tx *db.Tx, d project.Detail, b Beginning) (map[string]forms.Prefill, error) {
	notes, err := s.Projects.NotesIn(ctx, tx, d.ID)
	if err != nil {
		return nil, err
	}
	out := facts(d.Project, notes, b.Day)
	others, err := db.List[row](ctx, tx, reportsOfYear, d.ID, b.Year)
	if err != nil {
		return nil, err
	}
	for _, o := range others {
		a, err := s.Forms.Load(ctx, tx, o.Answer)
		if err != nil {
			return nil, err
		}
		for key, f := range from(a, a.Definition.Title.String(), o.Day) {
			if was := out[key]; was.Value.Text != f.Value.Text {
				out[key] = f
			}
		}
	}
	return out, nil
}

func subject(r ID) audit.Subject { return audit.Subject{Kind: Kind, ID: string(r)} }

// ball is who has the ball in the state: the owner of the project, or of that over it, else the
// county; a report that is written is due on its day.
func ball(d project.Detail, to flow.State, due, today clock.Date) flow.Ball {
	def, _ := Flow().State(to)
	b := flow.Ball{Party: def.Ball, Due: def.Due(today)}
	if to == Draft && !due.IsZero() {
		b.Due = due
	}
	switch {
	case b.Party == flow.Nobody || def.End:
	case d.OwnerOrg != "":
		b.Org = d.OwnerOrg
	case d.Above != nil && d.Above.OwnerOrg != "":
		b.Org = d.Above.OwnerOrg
	default:
		b.Role = access.RoleCaseOfficer
	}
	return b
}

// reads reports whether the actor may read a report that is not sent, and all that it says.
func reads(a access.Actor, d project.Detail) bool {
	return project.CanChange(a, d) || a.Has(access.RoleSecretary) || a.IsSystem()
}

// Reads reports whether the actor may read all that the report says.
func Reads(a access.Actor, r Report) bool { return reads(a, r.Project) }

// Get is a report as the actor may see it, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, r ID) (Report, error) {
	var out Report
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.in(ctx, tx, actor, r)
		return err
	})
	return out, err
}

func (s *Service) in(ctx context.Context, tx *db.Tx, actor access.Actor, r ID) (Report, error) {
	found, err := db.Get[row](ctx, tx, getReport, r)
	if err != nil {
		return Report{}, fmt.Errorf("report %s: %w", r, err)
	}
	out, err := s.whole(ctx, tx, actor, found)
	if err == nil && !out.IsSent() && !Reads(actor, out) {
		err = fault.Missing()
	}
	if err == nil && !Reads(actor, out) {
		out = out.Open()
	}
	return out, err
}

func (s *Service) whole(ctx context.Context, tx *db.Tx, actor access.Actor, found row) (Report, error) {
	out := found.report()
	var err error
	if out.Project, err = s.Projects.In(ctx, tx, actor, found.Project); err != nil {
		return out, err
	}
	if out.Answer, err = s.Forms.Load(ctx, tx, found.Answer); err != nil {
		return out, err
	}
	if err = s.last(ctx, tx, &out); err != nil {
		return out, err
	}
	if err = s.remark(ctx, tx, &out); err != nil {
		return out, err
	}
	at := flow.Subject{Kind: Kind, ID: string(out.ID)}
	item, err := flow.Get(ctx, tx, at)
	if err != nil {
		return out, err
	}
	out.Ball = item.Ball
	out.Steps, err = flow.History(ctx, tx, at)
	return out, err
}

// last adds the answers of the year before, or of the last one before that.
func (s *Service) last(ctx context.Context, tx *db.Tx, r *Report) error {
	before, err := db.List[row](ctx, tx, reportsBefore, r.Project.ID, r.Form, r.Year)
	if err != nil || len(before) == 0 {
		return err
	}
	a, err := s.Forms.Load(ctx, tx, before[0].Answer)
	r.Last = &a
	return err
}

// remark adds what the report seems to contradict, with what is accepted.
func (s *Service) remark(ctx context.Context, tx *db.Tx, r *Report) error {
	then, last := len(s.Projects.Members(r.Project.Project, r.Day)), len(s.Projects.Members(r.Project.Project, r.Project.At(s.Clock.Today())))
	r.Remarks = remarks(r.Answer.Definition, r.Says(), r.Day, then, last)
	accepted, err := db.List[acceptedRow](ctx, tx, listAccepted, r.ID)
	for i := range r.Remarks {
		for _, a := range accepted {
			if m := &r.Remarks[i]; a.Remark == m.Name && a.About == m.about {
				m.Accepted, m.Words, m.By, m.At = true, a.Words, a.By, a.At
			}
		}
	}
	return err
}

// writing is a report for one who writes it, in the caller's transaction.
func (s *Service) writing(ctx context.Context, tx *db.Tx, actor access.Actor, r ID) (Report, error) {
	out, err := s.in(ctx, tx, actor, r)
	if err == nil && !project.CanChange(actor, out.Project) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return out, err
}

// Moving is a move of a report. On is the day that it was approved or sent, Ref where the
// steering group's decision stands, why it goes back, or whom it was sent to.
type Moving struct {
	To      flow.State
	On      clock.Date
	Ref     string
	Version int64
}

// Move moves the report. Handed in, it is held against its form: what is wrong is Invalid, with
// fields named by question.FieldOf, and a remark that nobody has accepted is Conflict.
func (s *Service) Move(ctx context.Context, actor access.Actor, r ID, m Moving) error {
	m.Ref = text.CleanMultiline(m.Ref)
	var fs fault.Fields
	fs.Text("ref", m.Ref, project.MaxTitle, false)
	now := s.Clock.Now()
	if (m.To == Approved || m.To == Sent) && (m.On.IsZero() || m.On.After(now.Date())) {
		fs.Add("on", "report.error.day")
	}
	if fs.Err() != nil {
		return fs.Err()
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		x, err := s.writing(ctx, tx, actor, r)
		switch {
		case err != nil:
			return err
		case x.Version != m.Version:
			return fault.New(fault.Stale, "fault.stale")
		}
		if err := s.settle(ctx, tx, actor, x, m); err != nil {
			return err
		}
		err = flow.Move(ctx, tx, Flow(), flow.Request{Subject: flow.Subject{Kind: Kind, ID: string(r)}, From: x.State, To: m.To, As: []flow.Party{flow.Owner}, Note: m.Ref, Ball: ball(x.Project, m.To, clock.Date{}, now.Date())}, actor, now)
		if f, ok := fault.As(err); ok && len(f.Fields) == 1 && f.Fields[0].Name == "note" {
			return fault.InvalidField("ref", "flow.error.note_required")
		}
		if err != nil {
			return err
		}
		switch m.To {
		case Approved:
			x.ApprovedOn, x.ApprovedRef = m.On, m.Ref
		case Sent:
			x.SentOn, x.Receiver = m.On, m.Ref
		}
		audit.Record(tx, now, actor, ActionMove, subject(r), audit.Field("state", x.State, m.To))
		return db.ExecOne(ctx, tx, moveReport, m.To, day(x.ApprovedOn), x.ApprovedRef, day(x.SentOn), x.Receiver, r, m.Version)
	})
}

// settle locks what is written, or opens it.
func (s *Service) settle(ctx context.Context, tx *db.Tx, actor access.Actor, x Report, m Moving) error {
	switch {
	case m.To == InApproval && len(x.Unaccepted()) > 0:
		return fault.New(fault.Conflict, "report.error.remarks", "n", len(x.Unaccepted()))
	case m.To == InApproval:
		_, err := s.Forms.Submit(ctx, tx, actor, x.Answer.ID, forms.At{Version: x.Answer.Version})
		return err
	case m.To == Draft && m.Ref != "":
		var all []string
		for _, sec := range x.Answer.Definition.Sections {
			all = append(all, sec.Name)
		}
		_, err := s.Forms.Reopen(ctx, tx, actor, x.Answer.ID, x.Answer.Version, all, m.Ref)
		return err
	}
	return nil
}

func day(d clock.Date) *clock.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

// Accept says why something that is remarked on is right all the same. It holds until one of the
// answers that it is about is changed. A remark that is not there is NotFound.
func (s *Service) Accept(ctx context.Context, actor access.Actor, r ID, name, words string) error {
	words = text.CleanMultiline(words)
	var fs fault.Fields
	if fs.Text("words", words, project.MaxTitle, true); fs.Err() != nil {
		return fs.Err()
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		x, err := s.writing(ctx, tx, actor, r)
		if err != nil {
			return err
		}
		if x.State != Draft {
			return fault.New(fault.Conflict, "report.error.locked")
		}
		for _, m := range x.Remarks {
			if m.Name != name {
				continue
			}
			now := s.Clock.Now()
			if _, err := db.Exec(ctx, tx, dropAccepted, r, name); err != nil {
				return err
			}
			audit.Record(tx, now, actor, ActionAccept, subject(r), audit.Field("remark", "", name), audit.Field("words", "", words))
			_, err := db.Exec(ctx, tx, insertAccepted, r, name, m.about, words, actor.Label(), now)
			return err
		}
		return fault.Missing()
	})
}

// Delete takes away a report that was never handed in, with its files.
func (s *Service) Delete(ctx context.Context, actor access.Actor, r ID, version int64) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		x, err := s.writing(ctx, tx, actor, r)
		switch {
		case err != nil:
			return err
		case x.Version != version:
			return fault.New(fault.Stale, "fault.stale")
		case x.State != Draft || x.Answer.Submissions > 0:
			return fault.New(fault.Conflict, "report.error.locked")
		}
		for _, statement := range []db.SQL{dropAllAccepted, deleteReport} {
			if _, err := db.Exec(ctx, tx, statement, r); err != nil {
				return fmt.Errorf("report %s: delete: %w", r, err)
			}
		}
		if err := s.Forms.Discard(ctx, tx, actor, x.Answer.ID, x.Answer.Version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDelete, subject(r), audit.Field("year", x.Year, ""))
		return flow.Remove(ctx, tx, flow.Subject{Kind: Kind, ID: string(r)})
	})
}
