package entry

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/project"
)

const (
	insertEntry db.SQL = `INSERT INTO project_entry (project, short, attainment, attainment_text, follow, follow_text, contact, contact_ok, saved_by, saved_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`
	updateEntry db.SQL = `UPDATE project_entry SET short = $1, attainment = $2, attainment_text = $3, follow = $4, follow_text = $5, contact = $6, contact_ok = $7, saved_by = $8, saved_at = $9,
		version = version + 1 WHERE project = $10 AND version = $11`
	listEntries db.SQL = `SELECT project, short, attainment, attainment_text, follow, follow_text, contact, contact_ok, saved_at, version FROM project_entry /*where*/ ORDER BY project`
	getDue      db.SQL = `SELECT due, version FROM project_compendium WHERE project = $1`
	insertDue   db.SQL = `INSERT INTO project_compendium (project, due, version) VALUES ($1, $2, 1)`
	updateDue   db.SQL = `UPDATE project_compendium SET due = $1, version = version + 1 WHERE project = $2 AND version = $3`

	fragProject db.Fragment = "project"
)

// Deps is what the room needs.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Projects *project.Service
}

// Service is the use cases of entries.
type Service struct{ Deps }

// New makes the room.
func New(d Deps) *Service { return &Service{Deps: d} }

type entryRow struct {
	Project        project.ID `db:"project"`
	Short          string     `db:"short"`
	Attainment     Attainment `db:"attainment"`
	AttainmentText string     `db:"attainment_text"`
	Follow         Follow     `db:"follow"`
	FollowText     string     `db:"follow_text"`
	Contact        string     `db:"contact"`
	ContactOK      bool       `db:"contact_ok"`
	SavedAt        db.Time    `db:"saved_at"`
	Version        int64      `db:"version"`
}

func entries(ctx context.Context, tx *db.Tx, of []project.ID) (map[project.ID]Entry, error) {
	out := map[project.ID]Entry{}
	for some := range slices.Chunk(of, project.MaxProjects) {
		var w db.Where
		db.In(&w, fragProject, some)
		statement, args := db.Query{Base: listEntries, Where: w}.Build()
		rows, err := db.List[entryRow](ctx, tx, statement, args...)
		if err != nil {
			return nil, fmt.Errorf("entries: %w", err)
		}
		for _, r := range rows {
			out[r.Project] = Entry{Project: r.Project, SavedAt: r.SavedAt, Version: r.Version,
				Content: Content{r.Short, r.Attainment, r.AttainmentText, r.Follow, r.FollowText, r.Contact, r.ContactOK}}
		}
	}
	return out, nil
}

// Of is a project's entry as the actor may see it: what is half-written is for those who write
// it, and a contact without consent too.
func (s *Service) Of(ctx context.Context, actor access.Actor, p project.Detail) (Entry, error) {
	var out Entry
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		found, err := entries(ctx, tx, []project.ID{p.ID})
		out = found[p.ID]
		out.Project = p.ID
		if project.CanChange(actor, p) {
			return err
		}
		if !out.IsComplete() {
			out = Entry{Project: p.ID}
		}
		if !out.ContactOK {
			out.Contact = ""
		}
		return err
	})
}

// Complete are the complete entries of the projects, for all: contacts without consent are left
// out.
func (s *Service) Complete(ctx context.Context, of []project.ID) (map[project.ID]Entry, error) {
	var out map[project.ID]Entry
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = entries(ctx, tx, of)
		for id, e := range out {
			if !e.IsComplete() {
				delete(out, id)
				continue
			}
			if !e.ContactOK {
				e.Contact = ""
				out[id] = e
			}
		}
		return err
	})
}

// Save writes the entry of a project. version is the one that the actor saw, 0 for none. When
// it is complete, a project that runs or is reported goes into the compendium.
func (s *Service) Save(ctx context.Context, actor access.Actor, of project.ID, version int64, in Content) error {
	in, err := in.check()
	if err != nil {
		return err
	}
	p, err := s.Projects.Get(ctx, actor, of)
	if err != nil {
		return err
	}
	if !project.CanChange(actor, p) {
		return fault.New(fault.Denied, "fault.denied")
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		now := s.Clock.Now()
		if version == 0 {
			_, err := db.Exec(ctx, tx, insertEntry, of, in.Short, in.Attainment, in.AttainmentText, in.Follow, in.FollowText, in.Contact, in.ContactOK, actor.Label(), now)
			if fault.Is(err, fault.Conflict) {
				return fault.New(fault.Stale, "fault.stale")
			}
			if err != nil {
				return fmt.Errorf("entry of %s: %w", of, err)
			}
		} else if err := db.ExecOne(ctx, tx, updateEntry, in.Short, in.Attainment, in.AttainmentText, in.Follow, in.FollowText, in.Contact, in.ContactOK, actor.Label(), now, of, version); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionSave, audit.Subject{Kind: project.ObjectName, ID: string(of)}, audit.Field("attainment", "", in.Attainment), audit.Field("follow", "", in.Follow))
		if !in.IsComplete() {
			return nil
		}
		return s.Projects.Compile(ctx, tx, actor, p)
	})
}

// Compendium is that of the parent, for all: contacts without consent are left out.
func (s *Service) Compendium(ctx context.Context, actor access.Actor, parent project.ID) (Compendium, error) {
	var out Compendium
	p, err := s.Projects.Get(ctx, actor, parent)
	if err != nil {
		return out, err
	}
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		ids := make([]project.ID, len(p.Children))
		for i, c := range p.Children {
			ids[i] = c.ID
		}
		found, err := entries(ctx, tx, ids)
		if err != nil {
			return err
		}
		for id, e := range found {
			if !e.ContactOK {
				e.Contact = ""
				found[id] = e
			}
		}
		out = compile(p.Project, p.Children, found)
		type dueRow struct {
			Due     db.Date `db:"due"`
			Version int64   `db:"version"`
		}
		row, err := db.Get[dueRow](ctx, tx, getDue, parent)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		out.Due, out.Version = row.Due, row.Version
		return err
	})
}

// SetDue sets the last day for the entries of the parent's sub-projects. version is that of the
// day the actor saw, 0 for none. Who writes the parent's entry may.
func (s *Service) SetDue(ctx context.Context, actor access.Actor, parent project.ID, version int64, due clock.Date) error {
	if due.IsZero() {
		return fault.InvalidField("due", "form.error.required")
	}
	p, err := s.Projects.Get(ctx, actor, parent)
	if err != nil {
		return err
	}
	if !project.CanChange(actor, p) {
		return fault.New(fault.Denied, "fault.denied")
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		audit.Record(tx, s.Clock.Now(), actor, ActionDue, audit.Subject{Kind: project.ObjectName, ID: string(parent)}, audit.Field("due", "", due))
		if version > 0 {
			return db.ExecOne(ctx, tx, updateDue, due, parent, version)
		}
		_, err := db.Exec(ctx, tx, insertDue, parent, due)
		if fault.Is(err, fault.Conflict) {
			return fault.New(fault.Stale, "fault.stale")
		}
		return err
	})
}
