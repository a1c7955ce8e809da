package session

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
)

const (
	insertFollowUp db.SQL = `INSERT INTO follow_up (id, body, item, what, org, office, due, state, evidence, made_by, made_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', '', $8, $9, 1)`
	closeFollowUp db.SQL = `UPDATE follow_up SET state = $1, evidence = $2, closed_at = $3, version = version + 1 WHERE id = $4 AND version = $5 AND state = 'open'`
	listFollowUps db.SQL = `SELECT f.id, f.body, f.item, i.meeting, f.what, f.org, f.office, f.due, f.state, f.evidence, f.closed_at, f.version, i.prefix, i.nr, i.year, m.day,
		i.doors, i.ground FROM follow_up AS f JOIN agenda_item AS i ON i.id = f.item JOIN meeting AS m ON m.id = i.meeting /*where*/ ORDER BY f.due NULLS LAST, f.id`

	fragFollowUp     db.Fragment = "f.id"
	fragFollowUpBody db.Fragment = "f.body"
	fragFollowUpItem db.Fragment = "f.item"
	fragProgress     db.Fragment = "f.state"
)

type followUpRow struct {
	ID       FollowUpID     `db:"id"`
	Body     meeting.BodyID `db:"body"`
	Item     ItemID         `db:"item"`
	Meeting  ID             `db:"meeting"`
	What     string         `db:"what"`
	Org      *access.OrgID  `db:"org"`
	Office   string         `db:"office"`
	Due      db.Date        `db:"due"`
	State    Progress       `db:"state"`
	Evidence string         `db:"evidence"`
	ClosedAt db.Time        `db:"closed_at"`
	Version  int64          `db:"version"`
	Prefix   string         `db:"prefix"`
	Nr       *int64         `db:"nr"`
	Year     int64          `db:"year"`
	Day      db.Date        `db:"day"`
	Doors    Doors          `db:"doors"`
	Ground   string         `db:"ground"`
}

func findFollowUps(ctx context.Context, tx *db.Tx, w db.Where) ([]FollowUp, error) {
	statement, args := db.Query{Base: listFollowUps, Where: w}.Build()
	rows, err := db.List[followUpRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("follow-ups: %w", err)
	}
	out := make([]FollowUp, len(rows))
	for i, r := range rows {
		out[i] = FollowUp{ID: r.ID, Body: r.Body, Item: r.Item, Meeting: r.Meeting, What: r.What, Office: r.Office, Due: r.Due, State: r.State, Evidence: r.Evidence,
			ClosedAt: r.ClosedAt, Version: r.Version, Day: r.Day, Closed: Item{Doors: r.Doors, Content: Content{Ground: r.Ground}}.IsClosed()}
		if r.Org != nil {
			out[i].Org = *r.Org
		}
		if r.Nr != nil {
			out[i].Number = meeting.Number{Prefix: r.Prefix, Nr: int(*r.Nr), Year: int(r.Year)}.String()
		}
	}
	return out, ownerNames(ctx, tx, out, clock.Date{})
}

func followUps(ctx context.Context, tx *db.Tx, b meeting.BodyID, states []Progress) ([]FollowUp, error) {
	var w db.Where
	db.In(&w, fragFollowUpBody, []meeting.BodyID{b})
	db.In(&w, fragProgress, states)
	return findFollowUps(ctx, tx, w)
}

func followUpsOf(ctx context.Context, tx *db.Tx, i ItemID) ([]FollowUp, error) {
	var w db.Where
	db.In(&w, fragFollowUpItem, []ItemID{i})
	return findFollowUps(ctx, tx, w)
}

// AddFollowUp adds what is to be done after an item, by an organisation or an office. The
// secretary does, as the decision is minuted.
func (s *Service) AddFollowUp(ctx context.Context, actor access.Actor, i ItemID, in FollowUp) (FollowUpID, error) {
	in.What, in.Office = text.CleanLine(in.What), text.CleanLine(in.Office)
	var fs fault.Fields
	line(&fs, "what", in.What, true)
	line(&fs, "office", in.Office, in.Org == "")
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := id.New[FollowUp]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, err := s.keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if err := writable(m); err != nil && m.State != Published && m.State != Approved {
			return err
		}
		if !in.Due.IsZero() && in.Due.Before(m.Day) {
			return fault.InvalidField("due", "meeting.error.due")
		}
		if in.Org != "" {
			if _, err := org.Get(ctx, tx, in.Org); fault.Is(err, fault.NotFound) {
				return fault.InvalidField("org", "org.error.unknown")
			} else if err != nil {
				return err
			}
		}
		if _, err := db.Exec(ctx, tx, insertFollowUp, out, item.Body, i, in.What, in.Org, in.Office, in.Due, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("item %s: follow up: %w", i, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionFollowUp, subject(m.ID), audit.Field("what", "", in.What), audit.Field("due", "", in.Due))
		return nil
	})
}

// CloseFollowUp closes a follow-up as done or dropped. It needs evidence: where it can be
// seen, or why it is dropped. The secretary closes, and who has it: those who may act for
// the organisation.
func (s *Service) CloseFollowUp(ctx context.Context, actor access.Actor, f FollowUpID, version int64, state Progress, evidence string) error {
	evidence = text.CleanMultiline(evidence)
	var fs fault.Fields
	limited(&fs, "evidence", evidence, MaxTold, true)
	if state != Done && state != Dropped {
		fs.Add("state", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		var w db.Where
		db.In(&w, fragFollowUp, []FollowUpID{f})
		list, err := findFollowUps(ctx, tx, w)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.Missing()
		}
		r, err := s.reader(ctx, tx, actor, s.Clock.Today())
		if err != nil {
			return err
		}
		old := list[0]
		owns := old.Org != "" && r.rights[old.Body].IsIn() && hasSeatFor(r, old)
		if !r.all && !r.rights[old.Body].Secretary && !(owns && state == Done) {
			return fault.New(fault.Denied, "fault.denied")
		}
		if err := db.ExecOne(ctx, tx, closeFollowUp, state, evidence, s.Clock.Now(), f, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionFollowUp, subject(old.Meeting), audit.Field("state", string(old.State), string(state)), audit.Field("evidence", "", evidence))
		return nil
	})
}

// hasSeatFor reports whether the actor holds a seat of the organisation that has it.
func hasSeatFor(r reader, f FollowUp) bool {
	for _, x := range r.rights[f.Body].Seats {
		if x.Org == f.Org {
			return true
		}
	}
	return false
}

// FollowUps are the body's follow-ups in the states, by due day, as the actor may know
// them: what came of closed items only those within, and others only when the minutes
// that made them are out.
func (s *Service) FollowUps(ctx context.Context, actor access.Actor, b meeting.BodyID, states ...Progress) ([]FollowUp, error) {
	var out []FollowUp
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		out = nil
		r, err := s.reader(ctx, tx, actor, s.Clock.Today())
		if err != nil {
			return err
		}
		list, err := followUps(ctx, tx, b, states)
		if err != nil {
			return err
		}
		published := map[ID]bool{}
		for _, f := range list {
			if _, known := published[f.Meeting]; !known {
				m, err := get(ctx, tx, f.Meeting)
				if err != nil {
					return err
				}
				published[f.Meeting] = m.State == Published || m.State == Approved
			}
			if f.Closed && !r.closedIn(b) || !published[f.Meeting] && !r.rights[b].IsIn() && !r.all {
				continue
			}
			out = append(out, f)
		}
		return nil
	})
	return out, err
}
