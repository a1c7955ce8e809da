package list

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
)

// Filter narrows a list of needs. Zero fields narrow nothing; several values
// of one field mean any of them. Municipalities are numbers; a region is given
// as its members. Several concepts or ticked answers must all be there.
type Filter struct {
	Text              string
	States            []flow.State
	Purposes          []need.Purpose
	Levels            []need.Level
	Fields            []need.Field
	Municipalities    []string
	Sectors           []string
	Confidentialities []need.Confidentiality
	Concepts          []need.Concept
	Forms             []need.Form
	Barriers          []need.Barrier
	Pool              need.PoolID
	// Mine lists the needs of the actor's organisations and of those they
	// represent, drafts too. WithDrafts adds drafts to other lists.
	Mine, WithDrafts bool
	// Written lists the needs that the actor himself wrote, for the export of
	// what is kept about him.
	Written       bool
	RepresentedBy org.ID
	Organisation  org.ID
	Provider      org.ID
	// BallMine lists needs where the actor has the ball.
	BallMine bool
	Overdue  bool
	From, To clock.Date // day of registration, both included
}

// where gives the filter's conditions, after those of what the actor may see.
func (f Filter) where(a access.Actor, today clock.Date) db.Where {
	var w db.Where
	need.Visible(&w, a)
	if !f.Mine && !f.Written && !f.WithDrafts && !slices.Contains(f.States, need.Draft) {
		w.And(fragNoDraft)
	}
	some(&w, fragState, f.States)
	some(&w, fragPurpose, f.Purposes)
	some(&w, fragLevel, f.Levels)
	some(&w, fragField, f.Fields)
	if len(f.Municipalities) > 1 { // a region: the list goes by its order
		some(&w, fragPlace, f.Municipalities)
	} else {
		some(&w, fragMunicipality, f.Municipalities)
	}
	some(&w, fragSector, f.Sectors)
	some(&w, fragConfidential, f.Confidentialities)
	one(&w, fragPool, string(f.Pool))
	one(&w, fragRep, string(f.RepresentedBy))
	one(&w, fragOrg, string(f.Organisation))
	one(&w, fragProvider, string(f.Provider))
	for _, c := range f.Concepts {
		w.And(fragConcept, c.Ref())
	}
	for _, form := range f.Forms {
		w.And(fragForm, form)
	}
	for _, b := range f.Barriers {
		w.And(fragBarrier, b)
	}
	if f.Mine {
		mine(&w, a)
	}
	if f.Written {
		one(&w, fragWrittenBy, a.Label())
	}
	if f.BallMine {
		ballMine(&w, a)
	}
	if f.Overdue {
		w.And(fragOverdue, today)
	}
	if !f.From.IsZero() {
		w.And(fragFrom, clock.StartOfDay(f.From))
	}
	if !f.To.IsZero() {
		w.And(fragTo, clock.EndOfDay(f.To))
	}
	if folded := text.Fold(f.Text); folded != "" {
		pattern := "%" + db.EscapeLike(folded) + "%"
		w.And(fragText, pattern, pattern)
	}
	return w
}

// mine asks for the needs of the actor's organisations and of those they
// represent.
func mine(w *db.Where, a access.Actor) {
	own, reps := a.Orgs(need.OwnerRoles()...), a.Orgs(need.AdviserRoles()...)
	if len(own)+len(reps) == 0 {
		db.In(w, fragOrg, own) // none
		return
	}
	if max(len(own), len(reps)) <= need.Seats {
		w.And(fragMine, append(need.Padded(own, need.Seats), need.Padded(reps, need.Seats)...)...)
		return
	}
	w.And(fragMany, need.Joined(own), need.Joined(reps))
}

// ballMine asks for a ball of one of the actor's organisations, or of one of
// his offices where no organisation is named and the need lies in its area: the
// rule of flow.Held. Only two offices have a ball as such.
func ballMine(w *db.Where, a access.Actor) {
	var orgs db.Where
	db.In(&orgs, fragBallOrg, a.Orgs())
	either := []db.Where{orgs}
	for _, r := range []access.Role{access.RoleSecretary, access.RoleCaseOfficer} {
		area := a.Area(r)
		if area.IsNowhere() {
			continue
		}
		var x db.Where
		x.And(fragBallRole, r)
		if !area.Everywhere {
			db.In(&x, fragPlace, area.Municipalities)
		}
		either = append(either, x)
	}
	w.Or(either...)
}

func some[T any](w *db.Where, column db.Fragment, values []T) {
	if len(values) > 0 {
		db.In(w, column, values)
	}
}

func one(w *db.Where, column db.Fragment, value string) {
	if value != "" {
		db.In(w, column, []string{value})
	}
}
