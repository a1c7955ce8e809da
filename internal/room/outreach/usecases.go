package outreach

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// The actions of the audit log.
const (
	ActionRecord audit.Action = "outreach.record"
	ActionNeed   audit.Action = "outreach.need"
)

// Service is the room's use cases.
type Service struct {
	db    *db.DB
	clock clock.Clock
}

// New makes the room.
func New(d *db.DB, c clock.Clock) *Service { return &Service{db: d, clock: c} }

// Today is the day the room acts on.
func (s *Service) Today() clock.Date { return s.clock.Today() }

func subject(v ID) audit.Subject { return audit.Subject{Kind: "visit", ID: string(v)} }

// Record records a visit of one of the actor's organisations. once is the name of
// the drawn form: a form that is sent twice answers the visit it made the first
// time; empty, nothing is looked for. An Invalid fault names the fields as
// Visit.Check does.
func (s *Service) Record(ctx context.Context, actor access.Actor, v Visit, once string) (ID, error) {
	var out ID
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		out, _, err = s.RecordIn(ctx, tx, actor, v, once)
		return err
	})
	return out, err
}

// RecordIn is Record in a transaction of the caller; made tells that it made the
// visit, and not an earlier sending of the form.
func (s *Service) RecordIn(ctx context.Context, tx *db.Tx, actor access.Actor, v Visit, once string) (out ID, made bool, err error) {
	if err := CanRecord(actor, v.Hub); err != nil {
		return "", false, err
	}
	var fs fault.Fields
	v.Check(&fs, s.Today())
	if err := fs.Err(); err != nil {
		return "", false, err
	}
	if v.Result != Again {
		v.AgainOn = clock.Date{}
	}
	var mark, need any
	if once != "" {
		mark = actor.Label() + ":" + once
		before, err := db.Get[ID](ctx, tx, visitOnce, mark)
		if err == nil {
			return before, false, nil
		}
		if !fault.Is(err, fault.NotFound) {
			return "", false, fmt.Errorf("visit: record: %w", err)
		}
	}
	if v.NeedID != "" {
		need = v.NeedID
	}
	v.ID = id.New[Visit]()
	now := s.clock.Now()
	_, err = db.Exec(ctx, tx, insertVisit, v.ID, v.Organisation, v.Municipality, v.Hub, v.Day, v.Kind, v.Minutes, v.Result, v.AgainOn, need, mark, now, actor.Label())
	if err != nil {
		return "", false, fmt.Errorf("visit: record: %w", err)
	}
	audit.Record(tx, now, actor, ActionRecord, subject(v.ID), audit.Field("organisation", "", v.Organisation), audit.Field("result", "", v.Result),
		audit.Field("minutes", "", v.Minutes), audit.Field("need", "", v.NeedID))
	return v.ID, true, nil
}

// NeedIn notes that a need came of the visit, in a transaction of the caller. A
// visit that has one already is a Conflict.
func (s *Service) NeedIn(ctx context.Context, tx *db.Tx, actor access.Actor, visit ID, need string) error {
	v, err := s.load(ctx, tx, actor, visit)
	if err != nil {
		return err
	}
	if err := CanRecord(actor, v.Hub); err != nil {
		return err
	}
	n, err := db.Exec(ctx, tx, setNeed, need, visit)
	if err != nil {
		return fmt.Errorf("visit %s: need: %w", visit, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "outreach.error.has_need")
	}
	audit.Record(tx, s.clock.Now(), actor, ActionNeed, subject(visit), audit.Field("need", "", need))
	return nil
}

func (s *Service) load(ctx context.Context, tx *db.Tx, actor access.Actor, visit ID) (Visit, error) {
	row, err := db.Get[visitRow](ctx, tx, getVisit, visit)
	if err != nil {
		return Visit{}, fmt.Errorf("visit %s: %w", visit, err)
	}
	if v := row.visit(); CanSee(actor, v) {
		return v, nil
	}
	return Visit{}, fault.Missing()
}

// Get is a visit that the actor may see, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, visit ID) (Visit, error) {
	var v Visit
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		v, err = s.load(ctx, tx, actor, visit)
		return err
	})
	return v, err
}

// Filter narrows the visits. Zero fields narrow nothing; From and To are days,
// both included. Again lists those who are to be contacted again and have not
// been since.
type Filter struct {
	Municipality string
	From, To     clock.Date
	Again        bool
	After        string
	Limit        int
}

// Where gives the filter's conditions for a statement over outreach_visit AS v,
// after those of what the actor may see.
func (f Filter) Where(a access.Actor) db.Where {
	var w db.Where
	Visible(&w, a)
	if f.Municipality != "" {
		db.In(&w, fragMunicipality, []string{f.Municipality})
	}
	if !f.From.IsZero() {
		w.And(fragFrom, f.From)
	}
	if !f.To.IsZero() {
		w.And(fragTo, f.To)
	}
	if f.Again {
		w.And(fragAgain)
	}
	return w
}

// List lists the visits that the actor may see, the newest first, with how many
// there are on all pages.
func (s *Service) List(ctx context.Context, actor access.Actor, f Filter) (db.Paged[Visit], int, error) {
	var out db.Paged[Visit]
	total := 0
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		w := f.Where(actor)
		page := db.Page{Order: db.Order{Key: fragDay, ID: fragID, Desc: true}, After: f.After, Limit: f.Limit}
		rows, err := db.ListPage(ctx, tx, db.Query{Base: listVisits, Where: w}, page, func(r visitRow) (any, string) { return r.Day.String(), string(r.ID) })
		if err != nil {
			return err
		}
		out = db.Paged[Visit]{Next: rows.Next}
		for _, r := range rows.Items {
			out.Items = append(out.Items, r.visit())
		}
		statement, args := db.Query{Base: countVisits, Where: w}.Build()
		total, err = db.Scalar[int](ctx, tx, statement, args...)
		return err
	})
	if err != nil {
		return db.Paged[Visit]{}, 0, fmt.Errorf("visits: %w", err)
	}
	return out, total, nil
}
