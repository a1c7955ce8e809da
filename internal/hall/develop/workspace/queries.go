package workspace

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
)

// Member is an organisation of the circle that the reader may know of.
type Member struct {
	develop.Side
	Name string
}

// Room is a workspace as somebody of its circle sees it: tasks that are open, the nearest day
// first, those that are not, the last one first, and a page of notes, the newest first.
type Room struct {
	Development making.Development
	Members     []Member
	Open, Past  []Task
	Notes       db.Paged[Note]
}

// names are what the organisations are called for the reader: those whose need is shielded from
// him are left out.
func (s *Service) names(ctx context.Context, tx *db.Tx, c making.Circle, more ...access.OrgID) (map[access.OrgID]string, error) {
	for _, x := range c.Sides {
		more = append(more, x.Org)
	}
	return need.NamesOf(ctx, tx, slices.DeleteFunc(more, func(o access.OrgID) bool { return slices.Contains(c.Others, o) }), s.Clock.Today())
}

func members(c making.Circle, names map[access.OrgID]string) []Member {
	out := make([]Member, len(c.Sides))
	for i, x := range c.Sides {
		out[i] = Member{x, names[x.Org]}
	}
	return out
}

// Room is the workspace, or NotFound for whoever does not share it. after is the next of the
// page of notes before.
func (s *Service) Room(ctx context.Context, actor access.Actor, of making.ID, after string, limit int) (Room, error) {
	var out Room
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		c, err := s.Making.CircleOf(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		var w, in db.Where
		db.In(&w, fragNoteOf, []making.ID{of})
		notes, err := db.ListPage(ctx, tx, db.Query{Base: someNotes, Where: w}, db.Page{Order: db.Order{Key: fragSaidAt, ID: fragNote, Desc: true}, After: after, Limit: limit},
			func(r noteRow) (any, string) { return r.At.String(), string(r.ID) })
		if err != nil {
			return err
		}
		db.In(&in, fragTasksOf, []making.ID{of})
		rows, err := tasks(ctx, tx, in)
		if err != nil {
			return err
		}
		var orgs []access.OrgID
		for _, n := range notes.Items {
			orgs = append(orgs, n.Org)
		}
		for _, t := range rows {
			orgs = append(orgs, t.Org)
		}
		names, err := s.names(ctx, tx, c, orgs...)
		if err != nil {
			return err
		}
		out = Room{Development: c.Development, Members: members(c, names), Notes: db.Paged[Note]{Next: notes.Next}}
		out.Development.ProviderName = names[c.Provider]
		for _, n := range notes.Items {
			out.Notes.Items = append(out.Notes.Items, Note{ID: n.ID, Words: n.Words, Org: n.Org, OrgName: names[n.Org], At: n.At})
		}
		for _, r := range rows {
			t := r.task()
			t.OrgName, t.As = names[t.Org], parties(c, actor, r)
			if t.State == Open {
				out.Open = append(out.Open, t)
			} else {
				out.Past = append(out.Past, t)
			}
		}
		slices.SortStableFunc(out.Past, func(a, b Task) int { return -a.Since.Compare(b.Since) })
		return nil
	})
}

// Task is a task, for whoever shares the workspace, or NotFound.
func (s *Service) Task(ctx context.Context, actor access.Actor, t TaskID) (Task, error) {
	var out Task
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		row, c, err := s.task(ctx, tx, actor, t)
		if err != nil {
			return err
		}
		names, err := s.names(ctx, tx, c, row.Org)
		out = row.task()
		out.OrgName, out.As = names[row.Org], parties(c, actor, row)
		return err
	})
}

// Rooms is the kind of thing that a workspace is: what files hang on.
func Rooms(s *Service) object.Kind {
	return object.Kind{Name: RoomKind, Label: "workspace.object.room", Path: "/arbeidsrom/",
		Cards: func(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
			var out []object.Card
			for _, id := range ids {
				c, err := s.Making.CircleOf(ctx, tx, actor, making.ID(id))
				if fault.Is(err, fault.NotFound) {
					continue
				}
				if err != nil {
					return nil, err
				}
				out = append(out, object.Card{Ref: object.Ref{ID: id}, Number: c.Number, Title: i18n.Text{NB: c.Title}})
			}
			return out, nil
		},
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
			_, err := s.Making.CircleOf(ctx, tx, actor, making.ID(id))
			return err
		}}
}

// Tasks is the kind of thing that a task is.
func Tasks(s *Service) object.Kind {
	return object.Kind{Name: TaskKind, Label: "workspace.object.task", Path: "/arbeidsoppgave/",
		Cards: func(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
			var out []object.Card
			err := s.shared(ctx, tx, actor, ids, func(t taskRow) {
				out = append(out, object.Card{Ref: object.Ref{ID: string(t.ID)}, Title: i18n.Text{NB: t.What}})
			})
			return out, err
		},
		MayChange: func(context.Context, *db.Tx, access.Actor, string) error {
			return fault.New(fault.Denied, "fault.denied") // files hang in the workspace
		}}
}

// Seen tells which of the tasks the actor may know of, for lists of tasks.
func (s *Service) Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	out := map[string]bool{}
	return out, s.shared(ctx, tx, actor, ids, func(t taskRow) { out[string(t.ID)] = true })
}

// shared are those of the tasks that stand in a workspace that the actor shares.
func (s *Service) shared(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string, each func(taskRow)) error {
	var w db.Where
	db.In(&w, fragTask, ids)
	rows, err := tasks(ctx, tx, w)
	if err != nil {
		return err
	}
	shares := map[making.ID]bool{}
	for _, r := range rows {
		in, asked := shares[r.Development]
		if !asked {
			_, err := s.Making.CircleOf(ctx, tx, actor, r.Development)
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			in = err == nil
			shares[r.Development] = in
		}
		if in {
			each(r)
		}
	}
	return nil
}

// Concerns are the organisations that a task is about: who does it, and the provider.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, orgsOf, id)
}
