package person

import (
	"slices"

	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
)

// Basis is why the law allows it to be held.
type Basis string

// The grounds in law: a task in the public interest (GDPR art. 6(1)(e)), a legal
// duty (art. 6(1)(c)), and the duty to keep the service safe (art. 32).
const (
	Task   Basis = "task"
	Duty   Basis = "duty"
	Safety Basis = "safety"
)

// Label is the ground in words.
func (b Basis) Label() i18n.Key { return i18n.Key("person.basis." + string(b)) }

// Source is where it comes from.
type Source string

// The sources: the person, an administrator or colleague, the service itself,
// and Enhetsregisteret.
const (
	FromSelf    Source = "self"
	FromOthers  Source = "others"
	FromService Source = "service"
	FromOffice  Source = "official"
)

// Label is the source in words.
func (s Source) Label() i18n.Key { return i18n.Key("person.source." + string(s)) }

// Fate is what becomes of it when the person deletes the account.
type Fate string

// The fates: gone at once, gone by itself before long, kept without a name
// because it is part of a record, and kept because it is about something else.
const (
	Gone   Fate = "gone"
	Soon   Fate = "soon"
	Record Fate = "record"
	Other  Fate = "other"
)

// Label is the fate in words.
func (f Fate) Label() i18n.Key { return i18n.Key("person.fate." + string(f)) }

// Table is where a kind lies: a table, the columns that hold the account's id,
// and those that hold something about a person.
type Table struct {
	Name string
	// By are the columns with the id of the account; none when the rows cannot be
	// found by the person, because only a hash is kept.
	By []string
	// Columns are given out to the person, the first two in a fixed order.
	Columns []string
	// Hidden are personal and not given out: hashes, secrets, and what only
	// repeats another column.
	Hidden []string
	// Thing is the column with the id of the thing the rows belong to, for what is
	// part of a record; ThingKind is the kind when it is always the same, and
	// KindIn the column with it when not. With Through, Thing is the id of a row of
	// that table, which has the thing in its columns kind and subject.
	Thing, ThingKind, KindIn, Through string
	// Fixed rows are never changed, whoever asks: those of the chained log. What
	// the person wrote there goes, who did it stays as an id.
	Fixed bool
}

// in are the conditions for the rows of the table that belong to the thing, and
// whether the table can have any.
func (t Table) in(thing object.Ref) ([]db.Is, bool) {
	switch {
	case t.Through != "":
		return []db.Is{{Column: t.Thing, From: t.Through, Also: []db.Is{{Column: "kind", Value: thing.Kind}, {Column: "subject", Value: thing.ID}}}}, true
	case t.KindIn != "":
		return []db.Is{{Column: t.KindIn, Value: thing.Kind}, {Column: t.Thing, Value: thing.ID}}, true
	case t.Thing != "" && t.ThingKind == thing.Kind:
		return []db.Is{{Column: t.Thing, Value: thing.ID}}, true
	}
	return nil, false
}

// Kind is one kind of personal data, as people are told of it. Its texts are
// person.kind.<ID>.what, .why and .kept, the last with the value {days}.
type Kind struct {
	ID     string
	Basis  Basis
	Source Source
	Fate   Fate
	// Days is how long it is kept, where that is a number of days; else 0.
	Days   int
	Tables []Table
}

// What, Why and Kept are the keys of the kind's texts.
func (k Kind) What() i18n.Key { return i18n.Key("person.kind." + k.ID + ".what") }

// Why is the purpose.
func (k Kind) Why() i18n.Key { return i18n.Key("person.kind." + k.ID + ".why") }

// Kept is for how long.
func (k Kind) Kept() i18n.Key { return i18n.Key("person.kind." + k.ID + ".kept") }

// Findable reports whether rows of the kind can be found by the person.
func (k Kind) Findable() bool {
	return slices.ContainsFunc(k.Tables, func(t Table) bool { return len(t.By) > 0 })
}

// Register is all kinds, in the order people are told of them.
type Register struct{ Kinds []Kind }

// Kind finds a kind by its id.
func (r Register) Kind(id string) (Kind, bool) {
	i := slices.IndexFunc(r.Kinds, func(k Kind) bool { return k.ID == id })
	if i < 0 {
		return Kind{}, false
	}
	return r.Kinds[i], true
}

// Has reports whether the column of the table is in the register.
func (r Register) Has(table, column string) bool {
	for _, k := range r.Kinds {
		for _, t := range k.Tables {
			if t.Name == table && (slices.Contains(t.By, column) || slices.Contains(t.Columns, column) || slices.Contains(t.Hidden, column)) {
				return true
			}
		}
	}
	return false
}
