package supply

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply/offer"
)

const (
	insertOffering db.SQL = `INSERT INTO offering (id, programme, provider, state, reason, start_type, start_day, end_day, flexible_from,
		flexible_to, no_rolling_reason, delivery, digital_share, workplace_share, part_time_percent, attendance, min_places, max_places,
		enrolled, pending, queued, wait_value, wait_unit, price_participant, price_employer, price_year, admission_channel, apply_url,
		deadline, target_region, source, source_id, last_confirmed, created_at, updated_at, changed, answer_days, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
		$27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, 1)`
	updateOffering db.SQL = `UPDATE offering SET state = $1, reason = $2, start_type = $3, start_day = $4, end_day = $5, flexible_from = $6,
		flexible_to = $7, no_rolling_reason = $8, delivery = $9, digital_share = $10, workplace_share = $11, part_time_percent = $12,
		attendance = $13, min_places = $14, max_places = $15, enrolled = $16, pending = $17, queued = $18, wait_value = $19,
		wait_unit = $20, price_participant = $21, price_employer = $22, price_year = $23, admission_channel = $24, apply_url = $25,
		deadline = $26, target_region = $27, source = $28, source_id = $29, last_confirmed = $30, updated_at = $31, changed = $32,
		answer_days = $33, version = version + 1 WHERE id = $34 AND version = $35`
	getOffering db.SQL = `SELECT id, programme, provider, state, reason, start_type, start_day, end_day, flexible_from, flexible_to,
		no_rolling_reason, delivery, digital_share, workplace_share, part_time_percent, attendance, min_places, max_places, enrolled,
		pending, queued, wait_value, wait_unit, price_participant, price_employer, price_year, admission_channel, apply_url, deadline,
		target_region, source, source_id, last_confirmed, created_at, updated_at, changed, here_enrolled, here_pending, here_queued, answer_days,
		version FROM offering WHERE id = $1`
	offeringsSince db.SQL = `SELECT id, programme, provider, state, reason, start_type, start_day, end_day, flexible_from, flexible_to,
		no_rolling_reason, delivery, digital_share, workplace_share, part_time_percent, attendance, min_places, max_places, enrolled,
		pending, queued, wait_value, wait_unit, price_participant, price_employer, price_year, admission_channel, apply_url, deadline,
		target_region, source, source_id, last_confirmed, created_at, updated_at, changed, here_enrolled, here_pending, here_queued, answer_days,
		version FROM offering WHERE changed > $1 ORDER BY id`
	deleteAreas  db.SQL = `DELETE FROM offering_area WHERE offering = $1`
	insertArea   db.SQL = `INSERT INTO offering_area (offering, nr, municipality) VALUES ($1, $2, $3)`
	areasOf      db.SQL = `SELECT offering, municipality FROM offering_area WHERE offering = $1 ORDER BY nr`
	areasSince   db.SQL = `SELECT x.offering, x.municipality FROM offering_area AS x JOIN offering AS o ON o.id = x.offering WHERE o.changed > $1 ORDER BY x.offering, x.nr`
	deleteGather db.SQL = `DELETE FROM gathering WHERE offering = $1`
	insertGather db.SQL = `INSERT INTO gathering (offering, nr, place, municipality, day, days, voluntary) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	gatherOf     db.SQL = `SELECT offering, place, municipality, day, days, voluntary FROM gathering WHERE offering = $1 ORDER BY nr`
	gatherSince  db.SQL = `SELECT x.offering, x.place, x.municipality, x.day, x.days, x.voluntary FROM gathering AS x
		JOIN offering AS o ON o.id = x.offering WHERE o.changed > $1 ORDER BY x.offering, x.nr`
	deleteEnrolment db.SQL = `DELETE FROM enrolment_period WHERE offering = $1`
	insertEnrolment db.SQL = `INSERT INTO enrolment_period (offering, nr, from_day, to_day, target_group, kind, url, queue, max_queued)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	enrolmentOf    db.SQL = `SELECT offering, from_day, to_day, target_group, kind, url, queue, max_queued FROM enrolment_period WHERE offering = $1 ORDER BY nr`
	enrolmentSince db.SQL = `SELECT x.offering, x.from_day, x.to_day, x.target_group, x.kind, x.url, x.queue, x.max_queued FROM enrolment_period AS x
		JOIN offering AS o ON o.id = x.offering WHERE o.changed > $1 ORDER BY x.offering, x.nr`
	deleteClosed db.SQL = `DELETE FROM closed_period WHERE offering = $1`
	insertClosed db.SQL = `INSERT INTO closed_period (offering, nr, from_day, to_day) VALUES ($1, $2, $3, $4)`
	closedOf     db.SQL = `SELECT offering, from_day, to_day FROM closed_period WHERE offering = $1 ORDER BY nr`
	closedSince  db.SQL = `SELECT x.offering, x.from_day, x.to_day FROM closed_period AS x JOIN offering AS o ON o.id = x.offering WHERE o.changed > $1 ORDER BY x.offering, x.nr`
)

type offeringRow struct {
	ID               offer.OfferingID  `db:"id"`
	Programme        offer.ProgrammeID `db:"programme"`
	Provider         org.ID            `db:"provider"`
	State            offer.State       `db:"state"`
	Reason           string            `db:"reason"`
	StartType        offer.StartType   `db:"start_type"`
	Start            db.Date           `db:"start_day"`
	End              db.Date           `db:"end_day"`
	FlexibleFrom     db.Date           `db:"flexible_from"`
	FlexibleTo       db.Date           `db:"flexible_to"`
	NoRollingReason  string            `db:"no_rolling_reason"`
	Delivery         offer.Delivery    `db:"delivery"`
	DigitalShare     *int              `db:"digital_share"`
	WorkplaceShare   *int              `db:"workplace_share"`
	PartTimePercent  int               `db:"part_time_percent"`
	Attendance       offer.Attendance  `db:"attendance"`
	MinPlaces        int               `db:"min_places"`
	MaxPlaces        int               `db:"max_places"`
	Enrolled         int               `db:"enrolled"`
	Pending          int               `db:"pending"`
	Queued           int               `db:"queued"`
	WaitValue        int               `db:"wait_value"`
	WaitUnit         offer.WaitUnit    `db:"wait_unit"`
	PriceParticipant *money.NOK        `db:"price_participant"`
	PriceEmployer    *money.NOK        `db:"price_employer"`
	PriceYear        int               `db:"price_year"`
	Channel          offer.Channel     `db:"admission_channel"`
	ApplyURL         string            `db:"apply_url"`
	Deadline         db.Date           `db:"deadline"`
	TargetRegion     place.RegionID    `db:"target_region"`
	Source           string            `db:"source"`
	SourceID         string            `db:"source_id"`
	LastConfirmed    db.Date           `db:"last_confirmed"`
	CreatedAt        db.Time           `db:"created_at"`
	UpdatedAt        db.Time           `db:"updated_at"`
	Changed          int64             `db:"changed"`
	HereEnrolled     int               `db:"here_enrolled"`
	HerePending      int               `db:"here_pending"`
	HereQueued       int               `db:"here_queued"`
	AnswerDays       int               `db:"answer_days"`
	Version          int64             `db:"version"`
}

func (r offeringRow) offering() offer.Offering {
	return offer.Offering{
		ID: r.ID, Programme: r.Programme, Provider: r.Provider, State: r.State, Reason: r.Reason, StartType: r.StartType,
		Start: r.Start, End: r.End, FlexibleFrom: r.FlexibleFrom, FlexibleTo: r.FlexibleTo, NoRollingReason: r.NoRollingReason,
		Delivery: r.Delivery, DigitalShare: r.DigitalShare, WorkplaceShare: r.WorkplaceShare, PartTimePercent: r.PartTimePercent,
		Attendance: r.Attendance, MinPlaces: r.MinPlaces, MaxPlaces: r.MaxPlaces, Enrolled: r.Enrolled, Pending: r.Pending, Queued: r.Queued,
		Here: offer.Taken{Enrolled: r.HereEnrolled, Pending: r.HerePending, Queued: r.HereQueued}, AnswerDays: r.AnswerDays,
		Wait:    offer.Wait{Value: r.WaitValue, Unit: r.WaitUnit},
		Price:   offer.Price{Participant: r.PriceParticipant, Employer: r.PriceEmployer, Year: r.PriceYear},
		Channel: r.Channel, ApplyURL: r.ApplyURL, Deadline: r.Deadline, Target: offer.Target{Region: r.TargetRegion},
		Source: r.Source, SourceID: r.SourceID, LastConfirmed: r.LastConfirmed,
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, Version: r.Version,
	}
}

type areaRow struct {
	Offering     offer.OfferingID `db:"offering"`
	Municipality place.Number     `db:"municipality"`
}

func (r areaRow) addTo(o *offer.Offering) {
	o.Target.Municipalities = append(o.Target.Municipalities, r.Municipality)
}

type gatheringRow struct {
	Offering     offer.OfferingID `db:"offering"`
	Place        string           `db:"place"`
	Municipality place.Number     `db:"municipality"`
	Day          db.Date          `db:"day"`
	Days         int              `db:"days"`
	Voluntary    bool             `db:"voluntary"`
}

func (r gatheringRow) addTo(o *offer.Offering) {
	o.Gatherings = append(o.Gatherings, offer.Gathering{Place: r.Place, Municipality: r.Municipality, Day: r.Day, Days: r.Days, Voluntary: r.Voluntary})
}

type enrolmentRow struct {
	Offering    offer.OfferingID    `db:"offering"`
	From        db.Date             `db:"from_day"`
	To          db.Date             `db:"to_day"`
	TargetGroup string              `db:"target_group"`
	Kind        offer.EnrolmentKind `db:"kind"`
	URL         string              `db:"url"`
	Queue       bool                `db:"queue"`
	MaxQueued   int                 `db:"max_queued"`
}

func (r enrolmentRow) addTo(o *offer.Offering) {
	o.Enrolment = append(o.Enrolment, offer.EnrolmentPeriod{From: r.From, To: r.To, TargetGroup: r.TargetGroup, Kind: r.Kind, URL: r.URL,
		Queue: r.Queue, MaxQueued: r.MaxQueued})
}

type closedRow struct {
	Offering offer.OfferingID `db:"offering"`
	From     db.Date          `db:"from_day"`
	To       db.Date          `db:"to_day"`
}

func (r closedRow) addTo(o *offer.Offering) {
	o.Closed = append(o.Closed, offer.ClosedPeriod{From: r.From, To: r.To})
}

func insertO(ctx context.Context, tx *db.Tx, o offer.Offering, changed int64) error {
	_, err := db.Exec(ctx, tx, insertOffering, o.ID, o.Programme, o.Provider, o.State, o.Reason, o.StartType, o.Start, o.End, o.FlexibleFrom,
		o.FlexibleTo, o.NoRollingReason, o.Delivery, o.DigitalShare, o.WorkplaceShare, o.PartTimePercent, o.Attendance, o.MinPlaces,
		o.MaxPlaces, o.Enrolled, o.Pending, o.Queued, o.Wait.Value, o.Wait.Unit, o.Price.Participant, o.Price.Employer, o.Price.Year,
		o.Channel, o.ApplyURL, o.Deadline, o.Target.Region, o.Source, o.SourceID, o.LastConfirmed, o.CreatedAt, o.UpdatedAt, changed,
		o.AnswerDays)
	if err != nil {
		return fmt.Errorf("offering: insert: %w", err)
	}
	return writeParts(ctx, tx, o)
}

// updateO writes the offering over the version it was read at, or is Stale.
func updateO(ctx context.Context, tx *db.Tx, o offer.Offering, changed int64) error {
	err := db.ExecOne(ctx, tx, updateOffering, o.State, o.Reason, o.StartType, o.Start, o.End, o.FlexibleFrom, o.FlexibleTo, o.NoRollingReason,
		o.Delivery, o.DigitalShare, o.WorkplaceShare, o.PartTimePercent, o.Attendance, o.MinPlaces, o.MaxPlaces, o.Enrolled, o.Pending,
		o.Queued, o.Wait.Value, o.Wait.Unit, o.Price.Participant, o.Price.Employer, o.Price.Year, o.Channel, o.ApplyURL, o.Deadline,
		o.Target.Region, o.Source, o.SourceID, o.LastConfirmed, o.UpdatedAt, changed, o.AnswerDays, o.ID,
		o.Version)
	if err != nil {
		return fmt.Errorf("offering %s: update: %w", o.ID, err)
	}
	for _, statement := range []db.SQL{deleteAreas, deleteGather, deleteEnrolment, deleteClosed} {
		if _, err := db.Exec(ctx, tx, statement, o.ID); err != nil {
			return fmt.Errorf("offering %s: parts: %w", o.ID, err)
		}
	}
	return writeParts(ctx, tx, o)
}

func writeParts(ctx context.Context, tx *db.Tx, o offer.Offering) error {
	for i, n := range o.Target.Municipalities {
		if _, err := db.Exec(ctx, tx, insertArea, o.ID, i, n); err != nil {
			return fmt.Errorf("offering %s: area: %w", o.ID, err)
		}
	}
	for i, g := range o.Gatherings {
		if _, err := db.Exec(ctx, tx, insertGather, o.ID, i, g.Place, g.Municipality, g.Day, g.Days, g.Voluntary); err != nil {
			return fmt.Errorf("offering %s: gathering: %w", o.ID, err)
		}
	}
	for i, e := range o.Enrolment {
		if _, err := db.Exec(ctx, tx, insertEnrolment, o.ID, i, e.From, e.To, e.TargetGroup, e.Kind, e.URL, e.Queue, e.MaxQueued); err != nil {
			return fmt.Errorf("offering %s: enrolment: %w", o.ID, err)
		}
	}
	for i, c := range o.Closed {
		if _, err := db.Exec(ctx, tx, insertClosed, o.ID, i, c.From, c.To); err != nil {
			return fmt.Errorf("offering %s: closed: %w", o.ID, err)
		}
	}
	return nil
}

// loadO reads the whole offering, or NotFound.
func loadO(ctx context.Context, tx *db.Tx, offering offer.OfferingID) (offer.Offering, error) {
	row, err := db.Get[offeringRow](ctx, tx, getOffering, offering)
	if err != nil {
		return offer.Offering{}, fmt.Errorf("offering %s: %w", offering, err)
	}
	o := row.offering()
	find := func(offer.OfferingID) *offer.Offering { return &o }
	if err := readParts(ctx, tx, partsOf, find, offering); err != nil {
		return offer.Offering{}, fmt.Errorf("offering %s: %w", offering, err)
	}
	return o, nil
}

// parts are the statements that read what belongs to offerings.
type parts struct{ areas, gatherings, enrolment, closed db.SQL }

var (
	partsOf    = parts{areasOf, gatherOf, enrolmentOf, closedOf}
	partsSince = parts{areasSince, gatherSince, enrolmentSince, closedSince}
)

// readParts adds areas, gatherings and periods to the offerings that find gives.
func readParts(ctx context.Context, tx *db.Tx, p parts, find func(offer.OfferingID) *offer.Offering, arg any) error {
	for r, err := range db.Each[areaRow](ctx, tx, p.areas, arg) {
		if err != nil {
			return fmt.Errorf("areas: %w", err)
		}
		r.addTo(find(r.Offering))
	}
	for r, err := range db.Each[gatheringRow](ctx, tx, p.gatherings, arg) {
		if err != nil {
			return fmt.Errorf("gatherings: %w", err)
		}
		r.addTo(find(r.Offering))
	}
	for r, err := range db.Each[enrolmentRow](ctx, tx, p.enrolment, arg) {
		if err != nil {
			return fmt.Errorf("enrolment periods: %w", err)
		}
		r.addTo(find(r.Offering))
	}
	for r, err := range db.Each[closedRow](ctx, tx, p.closed, arg) {
		if err != nil {
			return fmt.Errorf("closed periods: %w", err)
		}
		r.addTo(find(r.Offering))
	}
	return nil
}
