package centre

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// WishID names a wish.
type WishID = id.Of[Wish]

// ParseWishID reads the id of a wish from outside.
func ParseWishID(s string) (WishID, error) { return id.Parse[Wish](s) }

// WishKind is the kind under which flow, audit, follow and object know a wish.
const WishKind = "centre_wish"

// The states of a wish. JSON has the same names.
const (
	Proposed flow.State = "proposed"
	Gathers  flow.State = "open"
	Enough   flow.State = "enough"
	Reported flow.State = "reported"
	Closed   flow.State = "closed"
)

// answerDays are the working days that the centre has, to answer a proposal and to report a
// need when there are enough.
const answerDays = 5

// WishFlow is how a wish moves. Whoever joins the waiting list or leaves it moves it between
// open and enough.
func WishFlow() flow.Definition {
	centre := []flow.Party{flow.Centre}
	waits := []flow.Party{flow.Learner, flow.Centre}
	return flow.Definition{Kind: WishKind, Initial: Proposed, States: []flow.StateDef{
		{State: Proposed, Label: "centre.wish.state.proposed", Ball: flow.Centre, Days: answerDays},
		{State: Gathers, Label: "centre.wish.state.open", Ball: flow.Centre},
		{State: Enough, Label: "centre.wish.state.enough", Ball: flow.Centre, Days: answerDays},
		{State: Reported, Label: "centre.wish.state.reported", End: true},
		{State: Closed, Label: "centre.wish.state.closed", End: true},
	}, Moves: []flow.MoveDef{
		{From: Proposed, To: Gathers, By: centre, Label: "centre.wish.move.open"},
		{From: Gathers, To: Enough, By: waits, Label: "centre.wish.move.enough"},
		{From: Enough, To: Gathers, By: waits, Label: "centre.wish.move.fewer"},
		{From: Enough, To: Reported, By: centre, Label: "centre.wish.move.report"},
		{From: Gathers, To: Reported, By: centre, Label: "centre.wish.move.report"},
		{From: Proposed, To: Closed, By: centre, Label: "centre.wish.move.close", NoteRequired: true},
		{From: Gathers, To: Closed, By: centre, Label: "centre.wish.move.close", NoteRequired: true},
		{From: Enough, To: Closed, By: centre, Label: "centre.wish.move.close", NoteRequired: true},
	}}
}

// Wishing is what a wish says. Least is how many are needed before the centre reports the
// need.
type Wishing struct {
	Title, Words, Level string
	Least               int
}

func (in Wishing) tidied(k Knows, fs *fault.Fields) Wishing {
	in.Title, in.Words = text.CleanLine(in.Title), text.CleanMultiline(in.Words)
	fs.Text("title", in.Title, MaxLine, true)
	fs.Text("words", in.Words, MaxWords, true)
	if !k.Level(in.Level) {
		fs.Add("level", "form.error.required")
	}
	if in.Least < 2 || in.Least > MaxPeople {
		fs.Add("least", "form.error.range", "min", 2, "max", MaxPeople)
	}
	return in
}

// Wish is a course that people wish for. Need is the need that it became, where it has.
type Wish struct {
	ID     WishID
	Number string // "K-2026-0004"
	Centre ID
	Wishing
	State   flow.State
	Need    NeedID // empty until it is reported
	MadeAt  clock.Time
	Version int64

	Runs     bool // the reader runs the centre
	Proposer bool // the reader proposed it
	Own      *Waiting
	// All are those on the waiting list, and Seats how many they stand for: for the centre's
	// people alone.
	All   []Waiting
	Seats int
}

// IsOver reports whether the wish has ended.
func (w Wish) IsOver() bool { return w.State == Reported || w.State == Closed }

// IsOpen reports whether one can stand on its waiting list.
func (w Wish) IsOpen() bool { return w.State == Gathers || w.State == Enough }

// Moves are the moves that the reader may make by hand.
func (w Wish) Moves() []flow.MoveDef {
	if !w.Runs {
		return nil
	}
	return slices.DeleteFunc(WishFlow().From(w.State), func(m flow.MoveDef) bool { return slices.Contains(m.By, flow.Learner) })
}

const (
	insertWish db.SQL = `INSERT INTO centre_wish (id, number, number_key, centre, title, words, level, least, state, need, proposer, made_by, made_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, $10, $11, $12, 1)`
	updateWish db.SQL = `UPDATE centre_wish SET title = $1, words = $2, level = $3, least = $4, version = version + 1 WHERE id = $5 AND version = $6`
	moveWish   db.SQL = `UPDATE centre_wish SET state = $1, version = version + 1 WHERE id = $2 AND state = $3`
	wishNeed   db.SQL = `UPDATE centre_wish SET need = $1 WHERE id = $2`
	listWishes db.SQL = `SELECT w.id, w.number, w.centre, w.title, w.words, w.level, w.least, w.state, w.need, w.proposer, w.made_at, w.version, c.org
		FROM centre_wish AS w JOIN centre AS c ON c.id = w.centre /*where*/ ORDER BY w.number_key DESC, w.id DESC`

	forgetProposer db.SQL = `UPDATE centre_wish SET proposer = NULL WHERE proposer = $1`

	fragWish       db.Fragment = "w.id"
	fragWishCentre db.Fragment = "w.centre"
)

type wishRow struct {
	ID       WishID            `db:"id"`
	Number   string            `db:"number"`
	Centre   ID                `db:"centre"`
	Title    string            `db:"title"`
	Words    string            `db:"words"`
	Level    string            `db:"level"`
	Least    int               `db:"least"`
	State    flow.State        `db:"state"`
	Need     NeedID            `db:"need"`
	Proposer *access.AccountID `db:"proposer"`
	MadeAt   db.Time           `db:"made_at"`
	Version  int64             `db:"version"`
	Org      access.OrgID      `db:"org"`
}

// wishes are those that the actor may know of: a proposal is known to the centre and to
// whoever made it, and so is one that was turned down.
func (s *Service) wishes(ctx context.Context, tx *db.Tx, actor access.Actor, w db.Where) ([]Wish, error) {
	statement, args := db.Query{Base: listWishes, Where: w}.Build()
	rows, err := db.List[wishRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("wishes: %w", err)
	}
	var out []Wish
	for _, r := range rows {
		x := Wish{ID: r.ID, Number: r.Number, Centre: r.Centre, Wishing: Wishing{Title: r.Title, Words: r.Words, Level: r.Level, Least: r.Least}, State: r.State, Need: r.Need,
			MadeAt: r.MadeAt, Version: r.Version, Runs: runs(actor, r.Org), Proposer: r.Proposer != nil && *r.Proposer == actor.Account}
		if x.IsOpen() || x.State == Reported || x.Runs || x.Proposer {
			out = append(out, x)
		}
	}
	return out, nil
}

func (s *Service) wishesOf(ctx context.Context, tx *db.Tx, actor access.Actor, c Centre) ([]Wish, error) {
	var w db.Where
	db.In(&w, fragWishCentre, []ID{c.ID})
	return s.wishes(ctx, tx, actor, w)
}

// wish is the wish as the actor sees it, or NotFound.
func (s *Service) wish(ctx context.Context, tx *db.Tx, actor access.Actor, id WishID) (Wish, error) {
	var w db.Where
	db.In(&w, fragWish, []WishID{id})
	found, err := s.wishes(ctx, tx, actor, w)
	switch {
	case err != nil:
		return Wish{}, err
	case len(found) == 0:
		return Wish{}, fault.Missing()
	}
	return found[0], nil
}

// WishDetail is a wish with its centre and history.
type WishDetail struct {
	Wish
	Of    Centre
	Ball  flow.Ball
	Steps []flow.Step
}

// Wish is a wish, for anybody who may know of it.
func (s *Service) Wish(ctx context.Context, actor access.Actor, w WishID) (WishDetail, error) {
	var out WishDetail
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out.Wish, err = s.wish(ctx, tx, actor, w); err != nil {
			return err
		}
		if out.Of, err = s.In(ctx, tx, actor, out.Centre); err != nil {
			return err
		}
		all, err := s.waiting(ctx, tx, w)
		if err != nil {
			return err
		}
		for _, x := range all {
			if x.Account == actor.Account {
				out.Own = &x
			}
			if out.Runs {
				out.Seats += x.Seats
			}
		}
		if out.Runs {
			out.All = all
		}
		item, err := flow.Get(ctx, tx, wishFlow(w))
		out.Ball = item.Ball
		if err == nil && (out.Runs || out.Proposer) {
			out.Steps, err = flow.History(ctx, tx, wishFlow(w))
		}
		return err
	})
}

func wishFlow(w WishID) flow.Subject { return flow.Subject{Kind: WishKind, ID: string(w)} }

func wishSubject(w WishID) audit.Subject { return audit.Subject{Kind: WishKind, ID: string(w)} }

func wishBall(c Centre, to flow.State, today clock.Date) flow.Ball {
	def, _ := WishFlow().State(to)
	if def.End {
		return flow.Ball{}
	}
	return flow.Ball{Party: flow.Centre, Org: c.Org, Due: def.Due(today)}
}

// WishLabel is the name of a wish's state.
func WishLabel(s flow.State) i18n.Key {
	def, _ := WishFlow().State(s)
	return def.Label
}
