package thread

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/position"
)

// The actions of the audit log.
const (
	ActionShow audit.Action = "thread.show"
	ActionUndo audit.Action = "thread.undo"
)

// Sort is what shows that a need is met.
type Sort string

// The sorts.
const (
	Completed Sort = "completed" // people have completed the education
	Hired     Sort = "hired"     // somebody has the job
	Measure   Sort = "measure"   // a measure or support scheme is in use
	Word      Sort = "word"      // those who have the need say so
)

// Sorts lists them in the order pages name them.
func Sorts() []Sort { return []Sort{Completed, Hired, Measure, Word} }

// Label is the sort's name.
func (s Sort) Label() i18n.Key { return i18n.Key("thread.sort." + string(s)) }

// MaxNote is how long a note may be, in characters.
const MaxNote = 1_000

// EvidenceID names a piece of evidence.
type EvidenceID = id.Of[Evidence]

// Evidence is something that shows that a need is met, for so many persons. RefKind and
// Ref name the thing that shows it; both are empty for a word.
type Evidence struct {
	ID      EvidenceID
	Need    need.ID
	Sort    Sort
	RefKind string
	Ref     string
	Persons int
	Note    string
	At      clock.Time
}

// Met is how much is shown of a need: for how many of the persons it is for.
type Met struct {
	Persons, Of int
	Evidence    []Evidence // the oldest first
}

// Deps is what the hall needs.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
	Needs *need.Service
	Pools *pool.Service
}

// Service is the red thread and the evidence. It is the prover of needs, and hears of
// positions and applications.
type Service struct{ Deps }

// New makes the hall.
func New(d Deps) *Service { return &Service{Deps: d} }

const (
	insertEvidence db.SQL = `INSERT INTO need_evidence (id, need, sort, ref_kind, ref, persons, note, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	evidenceOf     db.SQL = `SELECT id, need, sort, ref_kind, ref, persons, note, recorded_at FROM need_evidence WHERE need = $1 AND undone_at IS NULL ORDER BY recorded_at, id`
	undoEvidence   db.SQL = `UPDATE need_evidence SET undone_at = $1 WHERE ref_kind = $2 AND ref = $3 AND undone_at IS NULL`
	membersOf      db.SQL = `SELECT id, headcount FROM need WHERE pool = $1 ORDER BY id`
)

type evidenceRow struct {
	ID      EvidenceID `db:"id"`
	Need    need.ID    `db:"need"`
	Sort    Sort       `db:"sort"`
	RefKind string     `db:"ref_kind"`
	Ref     string     `db:"ref"`
	Persons int        `db:"persons"`
	Note    string     `db:"note"`
	At      db.Time    `db:"recorded_at"`
}

// sized is a need and how many persons it is for.
type sized struct {
	ID        need.ID `db:"id"`
	Headcount int     `db:"headcount"`
}

func (s *Service) met(ctx context.Context, tx *db.Tx, n sized) (Met, error) {
	rows, err := db.List[evidenceRow](ctx, tx, evidenceOf, n.ID)
	out := Met{Of: max(1, n.Headcount)}
	shown := map[Sort]int{}
	for _, r := range rows {
		out.Evidence = append(out.Evidence, Evidence(r))
		shown[r.Sort] += r.Persons
	}
	// Somebody who is hired may be one of those who completed: neither is counted twice.
	out.Persons = max(shown[Hired], shown[Completed]) + shown[Measure] + shown[Word]
	return out, err
}

// needsIn are the needs that a subject stands for: itself, or those of a pooled need.
func (s *Service) needsIn(ctx context.Context, tx *db.Tx, of flow.Subject) ([]sized, error) {
	if of.Kind == need.PoolFlowKind {
		return db.List[sized](ctx, tx, membersOf, of.ID)
	}
	n, err := need.Load(ctx, tx, need.ID(of.ID))
	return []sized{{n.ID, n.Headcount}}, err
}

// Stands reports whether it is shown that the need is covered: for each of its persons; of
// a pooled need, for each of its needs.
func (s *Service) Stands(ctx context.Context, tx *db.Tx, of flow.Subject) (bool, error) {
	list, err := s.needsIn(ctx, tx, of)
	if err != nil {
		return false, err
	}
	for _, n := range list {
		m, err := s.met(ctx, tx, n)
		if err != nil || m.Persons < m.Of {
			return false, err
		}
	}
	return len(list) > 0, nil
}

// Said keeps the word of an owner or an adviser as evidence for what is not shown yet.
func (s *Service) Said(ctx context.Context, tx *db.Tx, by access.Actor, of flow.Subject, note string) error {
	list, err := s.needsIn(ctx, tx, of)
	if err != nil {
		return err
	}
	for _, n := range list {
		m, err := s.met(ctx, tx, n)
		if err != nil {
			return err
		}
		if left := m.Of - m.Persons; left > 0 {
			if err := s.record(ctx, tx, by, Evidence{Need: n.ID, Sort: Word, Persons: left, Note: note}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) record(ctx context.Context, tx *db.Tx, by access.Actor, e Evidence) error {
	now := s.Clock.Now()
	if _, err := db.Exec(ctx, tx, insertEvidence, id.New[Evidence](), e.Need, e.Sort, e.RefKind, e.Ref, e.Persons, e.Note, by.Label(), now); err != nil {
		return fmt.Errorf("need %s: evidence: %w", e.Need, err)
	}
	audit.Record(tx, now, by, ActionShow, need.Subject(e.Need), audit.Field("sort", "", e.Sort), audit.Field("persons", 0, e.Persons), audit.Field("ref", "", e.Ref))
	return nil
}

// PositionMoved hears of a position: the job that is taken shows that its need is met for
// one person, and one that is broken off does not any more.
func (s *Service) PositionMoved(ctx context.Context, tx *db.Tx, by access.Actor, p position.Position, to flow.State) error {
	switch {
	case p.Need == "":
		return nil
	case to == position.Hired:
		if err := s.record(ctx, tx, by, Evidence{Need: need.ID(p.Need), Sort: Hired, RefKind: position.FlowKind, Ref: string(p.ID), Persons: 1}); err != nil {
			return err
		}
		return s.cover(ctx, tx, need.ID(p.Need))
	case to == position.Interrupted:
		return s.undo(ctx, tx, by, need.ID(p.Need), position.FlowKind, string(p.ID))
	}
	return nil
}

// ApplicationMoved hears of an application: of one that was made for a need, who completes
// the education shows that the need is met for one person.
func (s *Service) ApplicationMoved(ctx context.Context, tx *db.Tx, by access.Actor, a admission.Application) error {
	if a.Need == "" || a.State != admission.Completed {
		return nil
	}
	if err := s.record(ctx, tx, by, Evidence{Need: need.ID(a.Need), Sort: Completed, RefKind: admission.FlowKind, Ref: string(a.ID), Persons: 1}); err != nil {
		return err
	}
	return s.cover(ctx, tx, need.ID(a.Need))
}

func (s *Service) undo(ctx context.Context, tx *db.Tx, by access.Actor, n need.ID, kind, ref string) error {
	now := s.Clock.Now()
	gone, err := db.Exec(ctx, tx, undoEvidence, now, kind, ref)
	if err == nil && gone > 0 {
		audit.Record(tx, now, by, ActionUndo, need.Subject(n), audit.Field("ref", ref, ""))
	}
	return err
}

// MeasureInUse records that those who have the need use the measure or support scheme that
// answers it. It is theirs to say: the owner's, or the adviser's with a mandate.
func (s *Service) MeasureInUse(ctx context.Context, actor access.Actor, n need.ID, persons int, note string) error {
	note = text.CleanMultiline(note)
	var fs fault.Fields
	fs.Text("note", note, MaxNote, true)
	if persons < 1 || persons > need.MaxHeadcount {
		fs.Add("persons", "form.error.range", "min", 1, "max", need.MaxHeadcount)
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		found, as, err := s.Needs.Movable(ctx, tx, actor, n, "")
		switch {
		case err != nil:
			return err
		case !owns(as):
			return fault.New(fault.Denied, "fault.denied")
		case found.State != need.CoveredByOther:
			return fault.New(fault.Conflict, "thread.error.no_measure")
		}
		if err := s.record(ctx, tx, actor, Evidence{Need: n, Sort: Measure, Persons: persons, Note: note}); err != nil {
			return err
		}
		return s.cover(ctx, tx, n)
	})
}

func owns(as []flow.Party) bool {
	for _, p := range as {
		if p == flow.Owner || p == flow.Adviser {
			return true
		}
	}
	return false
}

// covering moves needs that are shown to be covered.
var covering = access.SystemActor("thread")

// Answered reports whether the state is one that evidence moves a need on from; in the
// others nobody has answered it yet, or it has ended.
func Answered(st flow.State) bool {
	return st == need.InDevelopment || st == need.CoveredByExisting || st == need.CoveredByOther
}

// cover moves the need to covered when it is shown for all its persons; one in a pooled
// need stays there, and the pooled need is moved when all of its needs are met.
func (s *Service) cover(ctx context.Context, tx *db.Tx, of need.ID) error {
	n, err := need.Load(ctx, tx, of)
	if err != nil {
		return err
	}
	if n.Pool != "" {
		p, err := pool.Load(ctx, tx, n.Pool)
		if err != nil || !Answered(p.State) {
			return err
		}
		ok, err := s.Stands(ctx, tx, flow.Subject{Kind: need.PoolFlowKind, ID: string(n.Pool)})
		if err != nil || !ok {
			return err
		}
		return s.Pools.MoveIn(ctx, tx, covering, p, need.Decided{To: need.Covered, Provider: p.Provider})
	}
	if !Answered(n.State) {
		return nil
	}
	ok, err := s.Stands(ctx, tx, need.FlowSubject(of))
	if err != nil || !ok {
		return err
	}
	return s.Needs.MoveIn(ctx, tx, covering, n, need.Decided{To: need.Covered, Provider: n.Provider, Pool: n.Pool})
}

// shown is what shows that a need is met, for those who work with it; the others read the
// need's state.
func (s *Service) shown(ctx context.Context, tx *db.Tx, actor access.Actor, of need.ID) (*Met, error) {
	n, err := need.Load(ctx, tx, of)
	if err != nil || need.SightOf(actor, n) < need.Partner {
		return nil, err
	}
	m, err := s.met(ctx, tx, sized{n.ID, n.Headcount})
	return &m, err
}
