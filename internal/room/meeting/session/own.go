package session

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/meeting/outcome"
)

// OwnID names a member's own decision.
type OwnID = id.Of[Own]

// ParseOwnID reads an id from outside.
func ParseOwnID(s string) (OwnID, error) { return id.Parse[Own](s) }

// Own is a member that was asked for its own decision in an item. Answer is empty until it
// has come; Ref is the number that the case has there.
type Own struct {
	ID       OwnID
	Item     ItemID
	Org      access.OrgID
	OrgName  string
	Due      clock.Date
	Answer   outcome.Answer
	Ref      string
	Day      clock.Date
	Told     string
	Via      Via
	Answered clock.Time
	Version  int64
}

// Via is how an answer came. Stored as written.
type Via string

// From one who holds a seat, by a link, or written down by the secretary.
const (
	BySeat   Via = "seat"
	ByLink   Via = "link"
	ByOffice Via = "office"
)

// Label says how an answer came.
func (v Via) Label() i18n.Key { return i18n.Key("meeting.own.via." + string(v)) }

// OptIn is a member that joined a decision later, from a day on.
type OptIn struct {
	Org     access.OrgID
	OrgName string
	Day     clock.Date
	Ref     string
}

// Weight is a member's part of a cost, where the parts are not equal.
type Weight struct {
	Org    access.OrgID `db:"org"`
	Weight int64        `db:"weight"`
}

// Since is how a decision stands after something that came later.
type Since struct {
	What    What
	OrgName string
	State   outcome.State
	Facts   outcome.Facts
	Outcome outcome.Outcome
	At      clock.Time
}

// What is what came after a decision. Stored as written.
type What string

// A member was asked for its own decision, has answered, or joined.
const (
	WasAsked    What = "asked"
	HasAnswered What = "answered"
	HasJoined   What = "joined"
)

// Label says what came, with the name of the member.
func (w What) Label() i18n.Key { return i18n.Key("meeting.since." + string(w)) }

const (
	listOwn   db.SQL = `SELECT o.id, o.item, o.org, o.due, o.answer, o.ref, o.day, o.told, o.via, o.answered_at, o.version FROM own_decision AS o /*where*/ ORDER BY o.asked_at, o.id`
	listOptIn db.SQL = `SELECT org, day, ref FROM opt_in WHERE item = $1 ORDER BY day, org`
	listParts db.SQL = `SELECT org, weight FROM item_weight WHERE item = $1 ORDER BY org`
	listSince db.SQL = `SELECT what, org, outcome, facts, explained, made_at FROM decision_since WHERE item = $1 ORDER BY nr`

	fragOwn     db.Fragment = "o.id"
	fragOwnItem db.Fragment = "o.item"
)

type ownRow struct {
	ID       OwnID          `db:"id"`
	Item     ItemID         `db:"item"`
	Org      access.OrgID   `db:"org"`
	Due      db.Date        `db:"due"`
	Answer   outcome.Answer `db:"answer"`
	Ref      string         `db:"ref"`
	Day      db.Date        `db:"day"`
	Told     string         `db:"told"`
	Via      Via            `db:"via"`
	Answered db.Time        `db:"answered_at"`
	Version  int64          `db:"version"`
}

type optInRow struct {
	Org access.OrgID `db:"org"`
	Day db.Date      `db:"day"`
	Ref string       `db:"ref"`
}

type sinceRow struct {
	What      What          `db:"what"`
	Org       access.OrgID  `db:"org"`
	State     outcome.State `db:"outcome"`
	Facts     string        `db:"facts"`
	Explained string        `db:"explained"`
	At        db.Time       `db:"made_at"`
}

func findOwn(ctx context.Context, tx *db.Tx, w db.Where) ([]Own, error) {
	statement, args := db.Query{Base: listOwn, Where: w}.Build()
	rows, err := db.List[ownRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("own decisions: %w", err)
	}
	orgs := make([]access.OrgID, len(rows))
	for i, r := range rows {
		orgs[i] = r.Org
	}
	names, err := org.NamesOn(ctx, tx, orgs, clock.Date{})
	out := make([]Own, len(rows))
	for i, r := range rows {
		out[i] = Own{ID: r.ID, Item: r.Item, Org: r.Org, OrgName: names[r.Org], Due: r.Due, Answer: r.Answer, Ref: r.Ref, Day: r.Day, Told: r.Told, Via: r.Via, Answered: r.Answered, Version: r.Version}
	}
	return out, err
}

// OwnOf are the members that were asked for their own decision in the items, as asked.
func OwnOf(ctx context.Context, tx *db.Tx, items ...ItemID) ([]Own, error) {
	var w db.Where
	db.In(&w, fragOwnItem, items)
	return findOwn(ctx, tx, w)
}

// OwnByID is what a member was asked for, or NotFound.
func OwnByID(ctx context.Context, tx *db.Tx, o OwnID) (Own, error) {
	var w db.Where
	db.In(&w, fragOwn, []OwnID{o})
	list, err := findOwn(ctx, tx, w)
	if err == nil && len(list) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Own{}, err
	}
	return list[0], nil
}

// Locals are the members' own decisions as facts of the case.
func Locals(list []Own) []outcome.Local {
	var out []outcome.Local
	for _, x := range list {
		out = append(out, outcome.Local{Member: string(x.Org), Name: x.OrgName, Answer: x.Answer, Ref: x.Ref, On: x.Day})
	}
	return out
}

// OptInsOf are the members that joined a decision later, by day.
func OptInsOf(ctx context.Context, tx *db.Tx, i ItemID) ([]OptIn, error) {
	rows, err := db.List[optInRow](ctx, tx, listOptIn, i)
	if err != nil {
		return nil, fmt.Errorf("item %s: opt-ins: %w", i, err)
	}
	orgs := make([]access.OrgID, len(rows))
	for n, r := range rows {
		orgs[n] = r.Org
	}
	names, err := org.NamesOn(ctx, tx, orgs, clock.Date{})
	out := make([]OptIn, len(rows))
	for n, r := range rows {
		out[n] = OptIn{Org: r.Org, OrgName: names[r.Org], Day: r.Day, Ref: r.Ref}
	}
	return out, err
}

// WeightsOf are the members' parts of the cost of an item, where they are not equal.
func WeightsOf(ctx context.Context, tx *db.Tx, i ItemID) ([]Weight, error) {
	out, err := db.List[Weight](ctx, tx, listParts, i)
	if err != nil {
		return nil, fmt.Errorf("item %s: parts: %w", i, err)
	}
	return out, nil
}

// sinceOf is what came after the decision, the oldest first.
func sinceOf(ctx context.Context, tx *db.Tx, i ItemID) ([]Since, error) {
	rows, err := db.List[sinceRow](ctx, tx, listSince, i)
	if err != nil {
		return nil, fmt.Errorf("item %s: since: %w", i, err)
	}
	orgs := make([]access.OrgID, len(rows))
	for n, r := range rows {
		orgs[n] = r.Org
	}
	names, err := org.NamesOn(ctx, tx, orgs, clock.Date{})
	if err != nil {
		return nil, err
	}
	out := make([]Since, len(rows))
	for n, r := range rows {
		out[n] = Since{What: r.What, OrgName: names[r.Org], State: r.State, At: r.At}
		if err := fromJSON(r.Facts, &out[n].Facts); err != nil {
			return nil, fmt.Errorf("item %s: facts since: %w", i, err)
		}
		if err := fromJSON(r.Explained, &out[n].Outcome); err != nil {
			return nil, fmt.Errorf("item %s: explanation since: %w", i, err)
		}
	}
	return out, nil
}

// Standing is how the decision stands now, with what it is worked out from: as it was
// taken, or as the last that came since has left it.
func (d Decision) Standing() (outcome.Outcome, outcome.Facts) {
	if n := len(d.Since); n > 0 {
		return d.Since[n-1].Outcome, d.Since[n-1].Facts
	}
	return d.Outcome, d.Facts
}
