package thread

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
)

// How far a thread is followed, in steps and in things.
const (
	maxDepth = 6
	maxNodes = 200
)

// Side tells whether a thing lies before or after the one that the thread is of.
type Side string

// The sides.
const (
	From Side = "from" // what it came from
	To   Side = "to"   // what came of it
)

// Node is a thing on the thread. Why is how it is joined to the one nearer, at the moment
// At. Depth is how many steps away it is.
type Node struct {
	Ref   object.Ref
	Why   i18n.Key
	At    clock.Time
	Side  Side
	Depth int
}

// why begins the keys of how things are joined.
const why = "thread.why."

// Code is how things are joined, as JSON has it.
func Code(k i18n.Key) string { return strings.TrimPrefix(string(k), why) }

// edge is a step: what came of what, when.
type edge struct {
	from, to object.Ref
	at       clock.Time
}

// source is where steps of one sort are stored. The statement gives from_id, to_id and at;
// the fragments are its columns.
type source struct {
	from, to   string // kinds
	why        i18n.Key
	base       db.SQL
	fromColumn db.Fragment
	toColumn   db.Fragment
	only       db.Fragment // which of the rows; empty for all
}

const (
	pooledSteps   db.SQL = `SELECT n.id AS from_id, COALESCE(n.pool, '') AS to_id, p.created_at AS at FROM need AS n JOIN need_pool AS p ON p.id = n.pool /*where*/ ORDER BY p.created_at, n.id, n.pool`
	roundSteps    db.SQL = `SELECT COALESCE(i.answer, '') AS from_id, r.need AS to_id, r.made_at AS at FROM round_need AS r JOIN round_invite AS i ON i.id = r.invite /*where*/ ORDER BY r.made_at, i.answer, r.need`
	standingSteps db.SQL = `SELECT s.need AS from_id, s.meeting AS to_id, s.noted_at AS at FROM standing_need AS s /*where*/ ORDER BY s.noted_at, s.need, s.meeting`
	caseSteps     db.SQL = `SELECT c.ref AS from_id, c.case_file AS to_id, c.added_at AS at FROM case_link AS c /*where*/ ORDER BY c.added_at, c.ref, c.case_file`
	needAnswers   db.SQL = `SELECT COALESCE(a.need, '') AS from_id, COALESCE(a.programme, '') AS to_id, a.answered_at AS at FROM develop_answer AS a /*where*/ ORDER BY a.answered_at, a.need, a.programme`
	poolAnswers   db.SQL = `SELECT COALESCE(a.pool, '') AS from_id, COALESCE(a.programme, '') AS to_id, a.answered_at AS at FROM develop_answer AS a /*where*/ ORDER BY a.answered_at, a.pool, a.programme`
	needCards     db.SQL = `SELECT COALESCE(a.need, '') AS from_id, COALESCE(a.card, '') AS to_id, a.answered_at AS at FROM develop_answer AS a /*where*/ ORDER BY a.answered_at, a.need, a.card`
	poolCards     db.SQL = `SELECT COALESCE(a.pool, '') AS from_id, COALESCE(a.card, '') AS to_id, a.answered_at AS at FROM develop_answer AS a /*where*/ ORDER BY a.answered_at, a.pool, a.card`
	adaptedSteps  db.SQL = `SELECT COALESCE(p.adapts, '') AS from_id, p.id AS to_id, p.created_at AS at FROM programme AS p /*where*/ ORDER BY p.created_at, p.adapts, p.id`
	needPositions db.SQL = `SELECT COALESCE(p.need, '') AS from_id, p.id AS to_id, p.created_at AS at FROM position AS p /*where*/ ORDER BY p.created_at, p.need, p.id`
	programmeJobs db.SQL = `SELECT p.programme AS from_id, p.id AS to_id, p.created_at AS at FROM position AS p /*where*/ ORDER BY p.created_at, p.programme, p.id`
	needMade      db.SQL = `SELECT COALESCE(d.need, '') AS from_id, d.id AS to_id, d.created_at AS at FROM development AS d /*where*/ ORDER BY d.created_at, d.need, d.id`
	poolMade      db.SQL = `SELECT COALESCE(d.pool, '') AS from_id, d.id AS to_id, d.created_at AS at FROM development AS d /*where*/ ORDER BY d.created_at, d.pool, d.id`
	madeSteps     db.SQL = `SELECT d.id AS from_id, d.programme AS to_id, d.created_at AS at FROM development AS d /*where*/ ORDER BY d.created_at, d.id, d.programme`
	copiedSteps   db.SQL = `SELECT COALESCE(d.copied_from, '') AS from_id, d.id AS to_id, d.created_at AS at FROM development AS d /*where*/ ORDER BY d.created_at, d.copied_from, d.id`
	furtherNeeds  db.SQL = `SELECT COALESCE(x.need, '') AS from_id, x.development AS to_id, x.linked_at AS at FROM development_link AS x /*where*/ ORDER BY x.linked_at, x.need, x.development`
	furtherPools  db.SQL = `SELECT COALESCE(x.pool, '') AS from_id, x.development AS to_id, x.linked_at AS at FROM development_link AS x /*where*/ ORDER BY x.linked_at, x.pool, x.development`
	wishSteps     db.SQL = `SELECT w.id AS from_id, COALESCE(w.need, '') AS to_id, w.made_at AS at FROM centre_wish AS w /*where*/ ORDER BY w.made_at, w.id, w.need`
	seatSteps     db.SQL = `SELECT r.pool AS from_id, r.id AS to_id, r.created_at AS at FROM pledge_round AS r /*where*/ ORDER BY r.created_at, r.pool, r.id`

	needID           db.Fragment = "n.id"
	needPool         db.Fragment = "n.pool"
	roundAnswer      db.Fragment = "i.answer"
	roundNeed        db.Fragment = "r.need"
	standingNeed     db.Fragment = "s.need"
	standingMeeting  db.Fragment = "s.meeting"
	caseRef          db.Fragment = "c.ref"
	caseFile         db.Fragment = "c.case_file"
	caseOfNeed       db.Fragment = "c.kind = 'need'"
	caseOfPool       db.Fragment = "c.kind = 'need_pool'"
	answerNeed       db.Fragment = "a.need"
	answerPool       db.Fragment = "a.pool"
	answerProgramme  db.Fragment = "a.programme"
	answerCard       db.Fragment = "a.card"
	programmeAdapts  db.Fragment = "p.adapts"
	programmeID      db.Fragment = "p.id"
	positionNeed     db.Fragment = "p.need"
	positionEducates db.Fragment = "p.programme"
	furtherNeed      db.Fragment = "x.need"
	furtherPool      db.Fragment = "x.pool"
	furtherMade      db.Fragment = "x.development"
	seatsPool        db.Fragment = "r.pool"
	seatsID          db.Fragment = "r.id"
	wishID           db.Fragment = "w.id"
	wishNeed         db.Fragment = "w.need"
	madeID           db.Fragment = "d.id"
	madeCopied       db.Fragment = "d.copied_from"
	madeNeed         db.Fragment = "d.need"
	madePool         db.Fragment = "d.pool"
	madeProgramme    db.Fragment = "d.programme"
)

// sources are all that steps are read from, each in both directions.
func sources() []source {
	return []source{
		{from: "round_answer", to: "need", why: "thread.why.reported", base: roundSteps, fromColumn: roundAnswer, toColumn: roundNeed},
		{from: "centre_wish", to: "need", why: "thread.why.reported", base: wishSteps, fromColumn: wishID, toColumn: wishNeed},
		{from: "need", to: "need_pool", why: "thread.why.pooled", base: pooledSteps, fromColumn: needID, toColumn: needPool},
		{from: "need", to: "meeting", why: "thread.why.discussed", base: standingSteps, fromColumn: standingNeed, toColumn: standingMeeting},
		{from: "need", to: "case", why: "thread.why.case", base: caseSteps, fromColumn: caseRef, toColumn: caseFile, only: caseOfNeed},
		{from: "need_pool", to: "case", why: "thread.why.case", base: caseSteps, fromColumn: caseRef, toColumn: caseFile, only: caseOfPool},
		{from: "need", to: "programme", why: "thread.why.answered", base: needAnswers, fromColumn: answerNeed, toColumn: answerProgramme},
		{from: "need_pool", to: "programme", why: "thread.why.answered", base: poolAnswers, fromColumn: answerPool, toColumn: answerProgramme},
		{from: "need", to: "support_card", why: "thread.why.answered", base: needCards, fromColumn: answerNeed, toColumn: answerCard},
		{from: "need_pool", to: "support_card", why: "thread.why.answered", base: poolCards, fromColumn: answerPool, toColumn: answerCard},
		{from: "need_pool", to: "pledge_round", why: "thread.why.seats", base: seatSteps, fromColumn: seatsPool, toColumn: seatsID},
		{from: "need", to: "development", why: "thread.why.made", base: needMade, fromColumn: madeNeed, toColumn: madeID},
		{from: "need_pool", to: "development", why: "thread.why.made", base: poolMade, fromColumn: madePool, toColumn: madeID},
		{from: "need", to: "development", why: "thread.why.further", base: furtherNeeds, fromColumn: furtherNeed, toColumn: furtherMade},
		{from: "need_pool", to: "development", why: "thread.why.further", base: furtherPools, fromColumn: furtherPool, toColumn: furtherMade},
		{from: "development", to: "programme", why: "thread.why.becomes", base: madeSteps, fromColumn: madeID, toColumn: madeProgramme},
		{from: "development", to: "development", why: "thread.why.copied", base: copiedSteps, fromColumn: madeCopied, toColumn: madeID},
		{from: "programme", to: "programme", why: "thread.why.adapted", base: adaptedSteps, fromColumn: programmeAdapts, toColumn: programmeID},
		{from: "need", to: "position", why: "thread.why.position", base: needPositions, fromColumn: positionNeed, toColumn: programmeID},
		{from: "programme", to: "position", why: "thread.why.position", base: programmeJobs, fromColumn: positionEducates, toColumn: programmeID},
	}
}

type stepRow struct {
	From string  `db:"from_id"`
	To   string  `db:"to_id"`
	At   db.Time `db:"at"`
}

// steps are those of the source that touch the ids on the side that is known.
func (x source) steps(ctx context.Context, tx *db.Tx, known Side, ids []string) ([]edge, error) {
	column := x.fromColumn
	if known == To {
		column = x.toColumn
	}
	var w db.Where
	db.In(&w, column, ids)
	if x.only != "" {
		w.And(x.only)
	}
	statement, args := db.Query{Base: x.base, Where: w}.Build()
	rows, err := db.List[stepRow](ctx, tx, statement, args...)
	var out []edge
	for _, r := range rows {
		if r.From != "" && r.To != "" {
			out = append(out, edge{object.Ref{Kind: x.from, ID: r.From}, object.Ref{Kind: x.to, ID: r.To}, r.At})
		}
	}
	return out, err
}

// of is the thread of a thing, whoever asks: what it came from and what came of it, the
// nearest first. Who may know of which of them is for the caller.
func (s *Service) of(ctx context.Context, tx *db.Tx, start object.Ref) ([]Node, error) {
	var out []Node
	for _, side := range []Side{From, To} {
		found, err := s.walk(ctx, tx, start, side)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// walk follows the steps from a thing to one side, breadth first, each thing once.
func (s *Service) walk(ctx context.Context, tx *db.Tx, start object.Ref, side Side) ([]Node, error) {
	seen := map[object.Ref]bool{start: true}
	at := []object.Ref{start}
	var out []Node
	for depth := 1; depth <= maxDepth && len(at) > 0; depth++ {
		var next []object.Ref
		for _, x := range sources() {
			near, known := x.from, From
			if side == From {
				near, known = x.to, To
			}
			ids := of(at, near)
			if len(ids) == 0 {
				continue
			}
			list, err := x.steps(ctx, tx, known, ids)
			if err != nil {
				return nil, err
			}
			for _, e := range list {
				to := e.to
				if side == From {
					to = e.from
				}
				if seen[to] || len(out) >= maxNodes {
					continue
				}
				seen[to], next = true, append(next, to)
				out = append(out, Node{Ref: to, Why: x.why, At: e.at, Side: side, Depth: depth})
			}
		}
		at = next
	}
	return out, nil
}

// of are the ids of those of the kind.
func of(list []object.Ref, kind string) []string {
	var out []string
	for _, r := range list {
		if r.Kind == kind {
			out = append(out, r.ID)
		}
	}
	return out
}

// Item is a thing on the thread as a reader sees it.
type Item struct {
	Node
	Card  object.Card
	Label i18n.Key // what one of its kind is called
	Href  string
}

// Thread is the thread of a thing as a reader sees it. Met is what shows that it is met,
// for a need.
type Thread struct {
	Of    Item
	Items []Item // the farthest that it came from first, the thing's own place between the sides
	Met   *Met
}

// Get is the thread of a thing that the actor may know of, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, kinds *object.Kinds, start object.Ref) (Thread, error) {
	var out Thread
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		card, err := kinds.Card(ctx, tx, actor, start)
		if err != nil {
			return err
		}
		out = Thread{Of: item(kinds, card, Node{Ref: start})}
		nodes, err := s.of(ctx, tx, start)
		if err != nil {
			return err
		}
		refs := make([]object.Ref, len(nodes))
		for i, n := range nodes {
			refs[i] = n.Ref
		}
		cards, err := kinds.Cards(ctx, tx, actor, refs)
		if err != nil {
			return err
		}
		for _, n := range nodes {
			if c, ok := cards[n.Ref]; ok {
				out.Items = append(out.Items, item(kinds, c, n))
			}
		}
		slices.SortStableFunc(out.Items, inOrder)
		if start.Kind == need.FlowKind {
			out.Met, err = s.shown(ctx, tx, actor, need.ID(start.ID))
		}
		return err
	})
}

func item(kinds *object.Kinds, c object.Card, n Node) Item {
	kind, _ := kinds.Of(n.Ref.Kind)
	return Item{Node: n, Card: c, Label: kind.Label, Href: kinds.Href(n.Ref)}
}

// inOrder sorts from the first cause to the last effect.
func inOrder(a, b Item) int {
	if a.Side != b.Side {
		return cmp.Compare(a.Side, b.Side) // from before to
	}
	depth := cmp.Compare(a.Depth, b.Depth)
	if a.Side == From {
		depth = -depth
	}
	return cmp.Or(depth, cmp.Compare(a.At.String(), b.At.String()), cmp.Compare(a.Ref.ID, b.Ref.ID))
}
