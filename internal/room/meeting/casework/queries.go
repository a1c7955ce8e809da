package casework

import (
	"context"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
)

// Detail is a case as its reader may know it. Of what Sight does not reach, nothing
// is filled in: a Neutral reader finds the public title as Title.
type Detail struct {
	Case
	Sight      Sight
	Treatments []Treatment
	Documents  []Document
	Inputs     []Input
	Links      []object.Card
	History    []flow.Step
	// Issued is the newest version that was issued, nil for none.
	Issued *casepaper.Version
	// Written tells that something stands in the paper, for who writes it.
	Written bool
}

// Held reports whether the reader is told that the document is there and no more.
func (d Document) Held() bool { return d.Title == "" }

// Get is the case as the actor may know it, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, c ID) (Detail, error) {
	var out Detail
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		x, err := s.Material(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		r, err := s.reader(ctx, tx, actor)
		if err != nil {
			return err
		}
		within := x.Sight == Writes || r.within(x.Case, treating(x.Treatments))
		out = Detail{Case: x.Case, Sight: x.Sight, Treatments: x.Treatments, Documents: held(x.Documents, x.Sight == Neutral, within)}
		if x.Sight == Neutral {
			out.hide()
			return nil
		}
		out.Written = x.Sight == Writes && !x.Paper.IsBlank()
		if out.Inputs, err = inputs(ctx, tx, c); err != nil {
			return err
		}
		if out.Links, err = s.links(ctx, tx, actor, c); err != nil {
			return err
		}
		if out.History, err = flow.History(ctx, tx, flowSubject(c)); err != nil {
			return err
		}
		all, err := casepaper.Versions(ctx, tx, c)
		if err != nil {
			return err
		}
		for _, v := range readable(all, x.Documents, x.Sight == Writes, within) {
			if v.Issued {
				out.Issued = &v
				break
			}
		}
		return nil
	})
	return out, err
}

// held takes the titles of documents that the reader may not read; of a case that is
// closed for him, of all.
func held(list []Document, neutral, within bool) []Document {
	out := make([]Document, len(list))
	for i, d := range list {
		if neutral || d.Ground != "" && !within {
			d = Document{Case: d.Case, Nr: d.Nr, Letter: d.Letter, Day: d.Day, Ground: d.Ground}
		}
		out[i] = d
	}
	return out
}

// hide leaves what all may know of a case that is proposed closed.
func (d *Detail) hide() {
	c := d.Case
	d.Case = Case{ID: c.ID, Body: c.Body, Archive: c.Archive, Number: c.Number, State: c.State, CreatedAt: c.CreatedAt, Version: c.Version, BodyName: c.BodyName, ArchiveName: c.ArchiveName,
		Content: Content{Kind: c.Kind, Title: c.PublicTitle, PublicTitle: c.PublicTitle, Closed: true, Ground: c.Ground}}
	for i := range d.Treatments {
		d.Treatments[i].Told = ""
	}
}

// Filter narrows the list; zero fields narrow nothing.
type Filter struct {
	Text   string
	Body   meeting.BodyID
	States []flow.State
	Kind   Kind
	Mine   bool // only those of bodies that the actor writes for
}

// Item is a line of the list: the case as the actor may know it, and its last
// treatment, past or to come.
type Item struct {
	Case
	Sight Sight
	Last  *Treatment
}

const (
	fragFound     db.Fragment = "c.found"
	fragFoundOpen db.Fragment = "c.found_open"
	fragKind      db.Fragment = "c.kind"
	fragBodyIn    db.Fragment = "c.body"
)

// MostListed is how many cases a list holds at most.
const MostListed = 500

// List lists the cases that the actor may know of, the newest number first. Words are
// looked for only in what he may read.
func (s *Service) List(ctx context.Context, actor access.Actor, f Filter) ([]Item, error) {
	var out []Item
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		r, err := s.reader(ctx, tx, actor)
		if err != nil {
			return err
		}
		var w db.Where
		r.known(&w)
		s.narrow(&w, r, f)
		cases, err := find(ctx, tx, w, s.Clock.Today())
		if err != nil {
			return err
		}
		var ids []ID
		for _, c := range cases {
			ids = append(ids, c.ID)
		}
		all, err := TreatmentsOf(ctx, tx, ids...)
		if err != nil {
			return err
		}
		for _, c := range cases {
			list := all[c.ID]
			d := Detail{Case: c, Sight: r.sight(c, treating(list)), Treatments: list}
			if d.Sight == None {
				continue // the statement has the same rule; a doubt hides
			}
			if d.Sight == Neutral {
				d.hide()
			}
			item := Item{Case: d.Case, Sight: d.Sight}
			if len(list) > 0 {
				item.Last = &d.Treatments[len(list)-1]
			}
			out = append(out, item)
		}
		return nil
	})
	return out, err
}

func (s *Service) narrow(w *db.Where, r reader, f Filter) {
	if f.Body != "" {
		var own, other, treats db.Where
		db.In(&own, fragBodyIn, []meeting.BodyID{f.Body})
		db.In(&treats, fragTreater, []meeting.BodyID{f.Body})
		other.Exists(fragTreats, treats)
		w.Or(own, other)
	}
	if len(f.States) > 0 {
		db.In(w, fragState, f.States)
	}
	if f.Kind != "" {
		db.In(w, fragKind, []Kind{f.Kind})
	}
	if f.Mine && !r.all {
		writes, _ := r.lists()
		db.In(w, fragOwn, writes)
	}
	if words := text.Fold(f.Text); words != "" {
		inside := r.inside()
		inside.Like(fragFound, words)
		var open, shown db.Where
		open.Like(fragFoundOpen, words)
		db.In(&shown, fragState, issued())
		open.Or(shown)
		w.Or(inside, open)
	}
}

// mostNumbers is how many numbers of a text are looked up.
const mostNumbers = 50

// Resolve finds the cases that numbers in a text are of, for who may know of them: a
// treatment's number (PS 23/20) or an archive's (2020/10212). A number that two cases
// have is left out: it would lead astray.
func (s *Service) Resolve(ctx context.Context, actor access.Actor, numbers []string) (map[string]ID, error) {
	out := map[string]ID{}
	if len(numbers) == 0 {
		return out, nil
	}
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		r, err := s.reader(ctx, tx, actor)
		if err != nil {
			return err
		}
		for _, n := range numbers[:min(len(numbers), mostNumbers)] {
			var w db.Where
			r.known(&w)
			if !byNumber(&w, n) {
				continue
			}
			found, err := find(ctx, tx, w, s.Clock.Today())
			if err != nil {
				return err
			}
			if len(found) == 1 {
				out[n] = found[0].ID
			}
		}
		return nil
	})
	return out, err
}

const (
	fragYear            db.Fragment = "c.archive_year"
	fragSerial          db.Fragment = "c.archive_serial"
	fragTreatmentNumber db.Fragment = "t.number"
)

// byNumber narrows to the cases that have the number, and reports whether it is one.
func byNumber(w *db.Where, n string) bool {
	archive, _, _ := strings.Cut(n, "-")
	if x, ok := ParseNumber(archive); ok {
		db.In(w, fragYear, []int{x.Year})
		db.In(w, fragSerial, []int{x.Serial})
		return true
	}
	if !treatmentNumber.MatchString(n) {
		return false
	}
	var t db.Where
	db.In(&t, fragTreatmentNumber, []string{n})
	w.Exists(fragTreats, t)
	return true
}

// Writes reports whether the actor keeps cases at all, and for which bodies.
func (s *Service) Writes(ctx context.Context, actor access.Actor) ([]meeting.BodyID, error) {
	var out []meeting.BodyID
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		r, err := s.reader(ctx, tx, actor)
		out, _ = r.lists()
		return err
	})
	return out, err
}
