package person

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Row is one row that is held about a person: where, and the columns that are
// given out with their values (a text, a number, a boolean or nil). Thing is what
// it belongs to, empty when that is not known.
type Row struct {
	Table   string
	By      string
	Columns []string
	Values  []any
	Thing   object.Ref
	// Self tells that the row is the thing itself, which is made and changed by the
	// same person more often than not; Fixed that it never changes.
	Self, Fixed bool
}

// RowsOf lists the rows of the kind that are about the account, or that the
// account made.
func RowsOf(ctx context.Context, tx *db.Tx, k Kind, a access.AccountID) ([]Row, error) {
	var out []Row
	for _, t := range k.Tables {
		for _, by := range t.By {
			columns := t.Columns
			switch {
			case t.KindIn != "":
				columns = append(slices.Clone(columns), t.Thing, t.KindIn)
			case t.ThingKind != "":
				columns = append(slices.Clone(columns), t.Thing)
			}
			rows, err := db.RowsWith(ctx, tx, t.Name, columns, db.Is{Column: by, Value: string(a)})
			if err != nil {
				return nil, fmt.Errorf("person: %s: %w", k.ID, err)
			}
			for _, values := range rows {
				r := Row{Table: t.Name, By: by, Columns: t.Columns, Values: values[:len(t.Columns)], Self: t.ThingKind != "" && t.Thing == "id", Fixed: t.Fixed}
				switch rest := values[len(t.Columns):]; len(rest) {
				case 2:
					r.Thing.ID, _ = rest[0].(string)
					r.Thing.Kind, _ = rest[1].(string)
				case 1:
					r.Thing.Kind = t.ThingKind
					r.Thing.ID, _ = rest[0].(string)
				}
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// Inside is what of a kind stands in a thing about a person.
type Inside struct {
	Kind  Kind
	Table Table
	Rows  []Row
}

// inside lists what stands in the thing about the account, by table; tables with
// nothing are left out.
func (s *Service) inside(ctx context.Context, tx *db.Tx, a access.AccountID, thing object.Ref) ([]Inside, error) {
	var out []Inside
	for _, k := range s.Register.Kinds {
		for _, t := range k.Tables {
			within, ok := t.in(thing)
			if !ok {
				continue
			}
			found := Inside{Kind: k, Table: t}
			for _, by := range t.By {
				rows, err := db.RowsWith(ctx, tx, t.Name, t.Columns, append([]db.Is{{Column: by, Value: string(a)}}, within...)...)
				if err != nil {
					return nil, fmt.Errorf("person: inside %s: %w", t.Name, err)
				}
				for _, values := range rows {
					found.Rows = append(found.Rows, Row{Table: t.Name, By: by, Columns: t.Columns, Values: values, Thing: thing})
				}
			}
			// A table that stands twice, for who made and who changed, is told once.
			at := slices.IndexFunc(out, func(x Inside) bool { return x.Table.Name == t.Name })
			switch {
			case at >= 0:
				out[at].Rows = append(out[at].Rows, found.Rows...)
			case len(found.Rows) > 0:
				out = append(out, found)
			}
		}
	}
	return out, nil
}

// CountOf is how many rows of the kind are about the account, or made by it. A
// row with the account in two tables' lines, as made and as changed, counts in
// each.
func CountOf(ctx context.Context, tx *db.Tx, k Kind, a access.AccountID) (int, error) {
	total := 0
	for _, t := range k.Tables {
		if len(t.By) == 0 {
			continue
		}
		n, err := db.CountWith(ctx, tx, t.Name, string(a), t.By...)
		if err != nil {
			return 0, fmt.Errorf("person: %s: %w", k.ID, err)
		}
		total += n
	}
	return total, nil
}

// Held is a kind with how many rows of it are held about the actor.
type Held struct {
	Kind
	Count int
}

// Held lists every kind of the register with how much of it is held about the
// actor, who must be signed in.
func (s *Service) Held(ctx context.Context, actor access.Actor) ([]Held, error) {
	if !actor.SignedIn() {
		return nil, fault.New(fault.Denied, "fault.denied")
	}
	var out []Held
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		for _, k := range s.Register.Kinds {
			n, err := CountOf(ctx, tx, k, actor.Account)
			if err != nil {
				return err
			}
			out = append(out, Held{Kind: k, Count: n})
		}
		return nil
	})
	return out, err
}

// Leaving is how much of a kind goes and how much stays when the person deletes
// the account, each thing counted once.
type Leaving struct {
	Kind
	Goes, Stays int
}

// Leaving tells what goes and what stays when the actor deletes the account. Drafts
// that the actor made go, with all that belongs to them but the log's lines.
func (s *Service) Leaving(ctx context.Context, actor access.Actor) ([]Leaving, error) {
	if !actor.SignedIn() {
		return nil, fault.New(fault.Denied, "fault.denied")
	}
	var out []Leaving
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		drafts := map[object.Ref]bool{}
		for _, k := range s.Register.Kinds {
			rows, err := RowsOf(ctx, tx, k, actor.Account)
			if err != nil {
				return err
			}
			out = append(out, leaving(k, rows, drafts))
		}
		return nil
	})
	return out, err
}

// leaving counts the rows of a kind, and notes which things are drafts.
func leaving(k Kind, rows []Row, drafts map[object.Ref]bool) Leaving {
	out := Leaving{Kind: k}
	for _, r := range rows {
		state := slices.Index(r.Columns, "state")
		if r.Self && r.By == "created_by" && state >= 0 && r.Values[state] == "draft" {
			drafts[r.Thing] = true
		}
	}
	counted := map[object.Ref]bool{}
	for _, r := range rows {
		if r.Self {
			if counted[r.Thing] {
				continue
			}
			counted[r.Thing] = true
		}
		if k.Fate == Gone || drafts[r.Thing] && !r.Fixed {
			out.Goes++
		} else {
			out.Stays++
		}
	}
	return out
}

// Rows lists what is held of the kind about the actor himself. An unknown kind is
// NotFound.
func (s *Service) Rows(ctx context.Context, actor access.Actor, kind string) (Kind, []Row, error) {
	if !actor.SignedIn() {
		return Kind{}, nil, fault.New(fault.Denied, "fault.denied")
	}
	k, ok := s.Register.Kind(kind)
	if !ok || !k.Findable() {
		return Kind{}, nil, fault.Missing()
	}
	var rows []Row
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		rows, err = RowsOf(ctx, tx, k, actor.Account)
		return err
	})
	return k, rows, err
}

// Export gives out all rows of all kinds about the account, by kind and table,
// each row as column and value. It is account's Keeper.
func (s *Service) Export(ctx context.Context, tx *db.Tx, a access.AccountID) (any, error) {
	out := map[string]map[string][]map[string]any{}
	for _, k := range s.Register.Kinds {
		rows, err := RowsOf(ctx, tx, k, a)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if out[k.ID] == nil {
				out[k.ID] = map[string][]map[string]any{}
			}
			values := make(map[string]any, len(r.Columns))
			for i, c := range r.Columns {
				values[c] = r.Values[i]
			}
			out[k.ID][r.Table] = append(out[k.ID][r.Table], values)
		}
	}
	return out, nil
}
