package final

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/entry"
)

const (
	getReport    db.SQL = `SELECT state, frozen, frozen_on, approved_on, approved_ref, sent_on, receiver, version FROM final_report WHERE project = $1`
	insertReport db.SQL = `INSERT INTO final_report (project, state, frozen, frozen_on, approved_on, approved_ref, sent_on, receiver, begun_by, version) VALUES ($1, $2, NULL, NULL, NULL, '', NULL, '', $3, 1)`
	moveReport   db.SQL = `UPDATE final_report SET state = $1, frozen = $2, frozen_on = $3, approved_on = $4, approved_ref = $5, sent_on = $6, receiver = $7, version = version + 1 WHERE project = $8 AND version = $9`
	listChapters db.SQL = `SELECT nr, words, version FROM final_chapter WHERE project = $1 ORDER BY nr`
	insertWords  db.SQL = `INSERT INTO final_chapter (project, nr, words, saved_by, saved_at, version) VALUES ($1, $2, $3, $4, $5, 1)`
	updateWords  db.SQL = `UPDATE final_chapter SET words = $1, saved_by = $2, saved_at = $3, version = version + 1 WHERE project = $4 AND nr = $5 AND version = $6`
	concerns     db.SQL = `SELECT owner_org FROM project WHERE id = $1 AND owner_org IS NOT NULL ORDER BY 1`
)

// MaxWords is the most signs of a chapter.
const MaxWords = 20_000

// Deps is what the room needs.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Projects *project.Service
	Entries  *entry.Service
}

// Service is the use cases of final reports.
type Service struct{ Deps }

// New makes the room.
func New(d Deps) *Service { return &Service{Deps: d} }

type reportRow struct {
	State       flow.State `db:"state"`
	Frozen      *string    `db:"frozen"`
	FrozenOn    db.Date    `db:"frozen_on"`
	ApprovedOn  db.Date    `db:"approved_on"`
	ApprovedRef string     `db:"approved_ref"`
	SentOn      db.Date    `db:"sent_on"`
	Receiver    string     `db:"receiver"`
	Version     int64      `db:"version"`
}

// Get is the final report of a project that is no sub-project, as the actor may see it: others
// than those who write it, the county, secretaries and the system see it when it is approved,
// and NotFound before that.
func (s *Service) Get(ctx context.Context, actor access.Actor, p project.ID) (Report, project.Detail, error) {
	d, err := s.Projects.Get(ctx, actor, p)
	if err == nil && d.Above != nil && len(d.Children) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Report{}, d, err
	}
	facts, err := s.facts(ctx, d)
	if err != nil {
		return Report{}, d, err
	}
	var out Report
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = read(ctx, tx, p, facts)
		return err
	})
	if err == nil && !out.IsFrozen() && !writes(actor, d) {
		err = fault.Missing()
	}
	return out, d, err
}

// writes reports whether the actor may read a report that is not approved.
func writes(a access.Actor, d project.Detail) bool {
	return project.CanChange(a, d) || a.Has(access.RoleSecretary) || a.IsSystem()
}

// facts are what the register says of the project today.
func (s *Service) facts(ctx context.Context, d project.Detail) (Facts, error) {
	system := access.SystemActor("final report")
	whole, err := s.Projects.Get(ctx, system, d.ID)
	if err != nil {
		return Facts{}, err
	}
	today := s.Clock.Today()
	last := whole.At(today)
	out := Facts{On: today, Project: whole.Project, Children: whole.Children, Members: s.Projects.Members(whole.Project, last), Leads: s.Projects.Leads(whole.Project, last)}
	if out.Notes, err = s.Projects.Notes(ctx, system, d.ID); err != nil {
		return out, err
	}
	c, err := s.Entries.Compendium(ctx, system, d.ID)
	for _, x := range c.Missing {
		out.Unwritten = append(out.Unwritten, x.Code)
	}
	// Who made it is no part of a report.
	out.Project.MadeBy = ""
	for i := range out.Children {
		out.Children[i].MadeBy = ""
	}
	return out, err
}

func read(ctx context.Context, tx *db.Tx, p project.ID, facts Facts) (Report, error) {
	out := Report{Facts: facts, State: Draft, Chapters: map[int]Chapter{}}
	row, err := db.Get[reportRow](ctx, tx, getReport, p)
	if fault.Is(err, fault.NotFound) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.State, out.ApprovedOn, out.ApprovedRef, out.SentOn, out.Receiver, out.Version = row.State, row.ApprovedOn, row.ApprovedRef, row.SentOn, row.Receiver, row.Version
	if row.Frozen != nil {
		var kept Facts
		if err := json.Unmarshal([]byte(*row.Frozen), &kept); err != nil {
			return out, fmt.Errorf("final report of %s: %w", p, err)
		}
		out.Facts = kept
	}
	type chapterRow struct {
		Nr      int    `db:"nr"`
		Words   string `db:"words"`
		Version int64  `db:"version"`
	}
	chapters, err := db.List[chapterRow](ctx, tx, listChapters, p)
	for _, c := range chapters {
		out.Chapters[c.Nr] = Chapter{c.Words, c.Version}
	}
	if err != nil {
		return out, err
	}
	at := flow.Subject{Kind: Kind, ID: string(p)}
	item, err := flow.Get(ctx, tx, at)
	if err != nil {
		return out, err
	}
	out.Ball = item.Ball
	out.Steps, err = flow.History(ctx, tx, at)
	return out, err
}

// writing is the report for one who writes it, in the caller's transaction.
func (s *Service) writing(ctx context.Context, tx *db.Tx, actor access.Actor, p project.ID) (Report, project.Detail, error) {
	d, err := s.Projects.In(ctx, tx, actor, p)
	if err == nil && !project.CanChange(actor, d) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return Report{}, d, err
	}
	r, err := read(ctx, tx, p, Facts{})
	return r, d, err
}

func ball(d project.Detail, to flow.State, today clock.Date) flow.Ball {
	def, _ := Flow().State(to)
	b := flow.Ball{Party: def.Ball, Due: def.Due(today)}
	switch {
	case b.Party == flow.Nobody:
	case d.OwnerOrg != "":
		b.Org = d.OwnerOrg
	default:
		b.Role = access.RoleCaseOfficer
	}
	return b
}

// SaveChapter writes the words of a chapter; the first begins the report. version is the one of
// the chapter that the actor saw, 0 for none.
func (s *Service) SaveChapter(ctx context.Context, actor access.Actor, p project.ID, nr int, version int64, words string) error {
	words = text.CleanMultiline(words)
	var fs fault.Fields
	if fs.Text("words", words, MaxWords, false); fs.Err() != nil {
		return fs.Err()
	}
	if !slices.Contains(Chapters(), nr) {
		return fault.Missing()
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		r, d, err := s.writing(ctx, tx, actor, p)
		now := s.Clock.Now()
		switch {
		case err != nil:
			return err
		case r.State != Draft:
			return fault.New(fault.Conflict, "final.error.locked")
		case r.Version == 0:
			if err := s.begin(ctx, tx, actor, d, now); err != nil {
				return err
			}
		}
		audit.Record(tx, now, actor, ActionSave, audit.Subject{Kind: project.ObjectName, ID: string(p)}, audit.Field("chapter", "", nr))
		if version > 0 {
			return db.ExecOne(ctx, tx, updateWords, words, actor.Label(), now, p, nr, version)
		}
		_, err = db.Exec(ctx, tx, insertWords, p, nr, words, actor.Label(), now)
		if fault.Is(err, fault.Conflict) {
			return fault.New(fault.Stale, "fault.stale")
		}
		return err
	})
}

func (s *Service) begin(ctx context.Context, tx *db.Tx, actor access.Actor, d project.Detail, now clock.Time) error {
	_, err := db.Exec(ctx, tx, insertReport, d.ID, Draft, actor.Label())
	if fault.Is(err, fault.Conflict) {
		return fault.New(fault.Stale, "fault.stale")
	}
	if err != nil {
		return err
	}
	return flow.Start(ctx, tx, Flow(), string(d.ID), d.Number+" · "+d.Title.String(), ball(d, Draft, now.Date()), actor, now)
}

// Moving is a move of a report. On is the day that it was approved or sent, Ref where the
// steering group's decision stands, why it goes back, or whom it was sent to.
type Moving struct {
	To      flow.State
	On      clock.Date
	Ref     string
	Version int64
}

// Move moves the report. It is handed in when no chapter is missing; what the register says is
// kept with it from the moment it is approved.
func (s *Service) Move(ctx context.Context, actor access.Actor, p project.ID, m Moving) error {
	m.Ref = text.CleanMultiline(m.Ref)
	var fs fault.Fields
	fs.Text("ref", m.Ref, project.MaxTitle, false)
	now := s.Clock.Now()
	if (m.To == Approved || m.To == Sent) && (m.On.IsZero() || m.On.After(now.Date())) {
		fs.Add("on", "final.error.day")
	}
	if fs.Err() != nil {
		return fs.Err()
	}
	whole, err := s.Projects.Get(ctx, actor, p)
	if err != nil {
		return err
	}
	facts, err := s.facts(ctx, whole)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		r, d, err := s.writing(ctx, tx, actor, p)
		switch {
		case err != nil:
			return err
		case r.Version == 0 || r.Version != m.Version:
			return fault.New(fault.Stale, "fault.stale")
		}
		if !r.IsFrozen() {
			r.Facts = facts
		}
		if m.To == InApproval && len(r.Missing()) > 0 {
			return fault.New(fault.Conflict, "final.error.missing", "n", len(r.Missing()))
		}
		if err := flow.Move(ctx, tx, Flow(), flow.Request{Subject: flow.Subject{Kind: Kind, ID: string(p)}, From: r.State, To: m.To, As: []flow.Party{flow.Owner}, Note: m.Ref, Ball: ball(d, m.To, now.Date())}, actor, now); err != nil {
			return asRef(err)
		}
		return s.store(ctx, tx, actor, p, r, m)
	})
}

// asRef puts what flow says of the note at the field of the form.
func asRef(err error) error {
	if f, ok := fault.As(err); ok && len(f.Fields) == 1 && f.Fields[0].Name == "note" {
		return fault.InvalidField("ref", "flow.error.note_required")
	}
	return err
}

func (s *Service) store(ctx context.Context, tx *db.Tx, actor access.Actor, p project.ID, r Report, m Moving) error {
	switch m.To {
	case Approved:
		r.ApprovedOn, r.ApprovedRef = m.On, m.Ref
	case Sent:
		r.SentOn, r.Receiver = m.On, m.Ref
	}
	var frozen *string
	var on clock.Date
	if m.To == Approved || m.To == Sent {
		kept, err := json.Marshal(r.Facts)
		if err != nil {
			return fmt.Errorf("final report of %s: %w", p, err)
		}
		words := string(kept)
		frozen, on = &words, r.Facts.On
	}
	audit.Record(tx, s.Clock.Now(), actor, ActionMove, audit.Subject{Kind: project.ObjectName, ID: string(p)}, audit.Field("state", r.State, m.To))
	return db.ExecOne(ctx, tx, moveReport, m.To, frozen, on, r.ApprovedOn, r.ApprovedRef, r.SentOn, r.Receiver, p, m.Version)
}

// Concerns is the owner that is told of what happens with a report.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, concerns, id)
}
