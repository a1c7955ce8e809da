package admission

import (
	"context"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

const (
	insertApplication db.SQL = `INSERT INTO application (id, number, number_key, offering, programme, provider, applicant, live, employer, employer_sees, represented_by, need, municipality,
		state, applied_at, answer_due, answered_at, wanted_from, promised_start, start_on, queue_nr, reason, made_by, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, '', $22, 1)`
	insertPerson db.SQL = `INSERT INTO application_person (application, name, contact) VALUES ($1, $2, $3)`
	moveTo       db.SQL = `UPDATE application SET state = $1, live = $2, answer_due = $3, answered_at = $4, promised_start = $5, start_on = $6, started_on = $7, expected_end = $8,
		ended_on = $9, queue_nr = $10, reason = $11, appeal_by = $12, version = version + 1 WHERE id = $13 AND version = $14`
	selectApplication db.SQL = `SELECT a.id, a.number, a.number_key, a.offering, a.programme, a.provider, a.applicant, a.employer, a.employer_sees, a.represented_by, a.need, a.municipality,
		a.state, a.applied_at, a.answer_due, a.answered_at, a.wanted_from, a.promised_start, a.start_on, a.started_on, a.expected_end, a.ended_on, a.queue_nr, a.reason, a.appeal_by, a.version,
		p.name, p.contact, f.label, f.ball_party, f.ball_account, f.ball_org, f.ball_role, f.due
		FROM application AS a JOIN application_person AS p ON p.application = a.id JOIN flow_item AS f ON f.kind = 'application' AND f.subject = a.id /*where*/`
	listApplications db.SQL = selectApplication + ` ORDER BY a.number_key, a.id`
	placedIn         db.SQL = `SELECT employer, applicant FROM application WHERE offering = $1 AND state IN ('admitted', 'started') ORDER BY number_key, id`
	countStates      db.SQL = `SELECT state, count(*) AS n FROM application WHERE offering = $1 AND live GROUP BY state ORDER BY state`
	lastQueued       db.SQL = `SELECT COALESCE(MAX(queue_nr), 0) FROM application WHERE offering = $1`
	headOfQueue      db.SQL = `SELECT COALESCE(MIN(queue_nr), 2) - 1 FROM application WHERE offering = $1 AND state = 'queued'`
	inQueue          db.SQL = `SELECT id FROM application WHERE offering = $1 AND state = 'queued' ORDER BY queue_nr, id`
	undecidedOf      db.SQL = `SELECT id FROM application WHERE offering = $1 AND state IN ('applied', 'queued', 'offered', 'admitted') ORDER BY number_key, id`
	nameOfAccount    db.SQL = `SELECT name FROM account WHERE id = $1`
	sameLive         db.SQL = `SELECT a.number FROM application AS a JOIN application_person AS p ON p.application = a.id
		WHERE a.offering = $1 AND a.live AND a.applicant IS NULL AND p.name = $2 AND p.contact = $3 AND COALESCE(a.employer, '') = $4 ORDER BY a.number_key, a.id LIMIT 1`

	fragID          db.Fragment = "a.id"
	fragKey         db.Fragment = "a.number_key"
	fragOffering    db.Fragment = "a.offering"
	fragState       db.Fragment = "a.state"
	fragApplicant   db.Fragment = "a.applicant"
	fragEmployer    db.Fragment = "a.employer"
	fragSees        db.Fragment = "a.employer_sees"
	fragRepresented db.Fragment = "a.represented_by"
	fragProvider    db.Fragment = "a.provider"
)

type row struct {
	flow.BallRow
	ID            ID               `db:"id"`
	Number        string           `db:"number"`
	Key           int64            `db:"number_key"`
	Offering      string           `db:"offering"`
	Programme     string           `db:"programme"`
	Provider      access.OrgID     `db:"provider"`
	Applicant     access.AccountID `db:"applicant"`
	Employer      access.OrgID     `db:"employer"`
	EmployerSees  bool             `db:"employer_sees"`
	RepresentedBy access.OrgID     `db:"represented_by"`
	Need          NeedID           `db:"need"`
	Municipality  string           `db:"municipality"`
	State         flow.State       `db:"state"`
	AppliedAt     db.Time          `db:"applied_at"`
	AnswerDue     db.Date          `db:"answer_due"`
	AnsweredAt    db.Time          `db:"answered_at"`
	WantedFrom    db.Date          `db:"wanted_from"`
	Promised      db.Date          `db:"promised_start"`
	Starts        db.Date          `db:"start_on"`
	StartedOn     db.Date          `db:"started_on"`
	ExpectedEnd   db.Date          `db:"expected_end"`
	EndedOn       db.Date          `db:"ended_on"`
	QueueNr       *int64           `db:"queue_nr"`
	Reason        string           `db:"reason"`
	AppealBy      db.Date          `db:"appeal_by"`
	Version       int64            `db:"version"`
	Name          string           `db:"name"`
	Contact       string           `db:"contact"`
	Label         string           `db:"label"`
}

func (r row) application() Application {
	out := Application{ID: r.ID, Number: r.Number, Offering: r.Offering, Programme: r.Programme, Provider: r.Provider, Applicant: r.Applicant, Employer: r.Employer,
		EmployerSees: r.EmployerSees, RepresentedBy: r.RepresentedBy, Need: r.Need, Municipality: r.Municipality, State: r.State, AppliedAt: r.AppliedAt, AnswerDue: r.AnswerDue,
		AnsweredAt: r.AnsweredAt, WantedFrom: r.WantedFrom, Promised: r.Promised, Starts: r.Starts, StartedOn: r.StartedOn, ExpectedEnd: r.ExpectedEnd, EndedOn: r.EndedOn,
		Reason: r.Reason, AppealBy: r.AppealBy, Version: r.Version, Person: Person{r.Name, r.Contact}, Ball: r.Ball()}
	_, out.Title, _ = strings.Cut(r.Label, separator)
	if r.QueueNr != nil {
		out.QueueNr = *r.QueueNr
	}
	return out
}

func find(ctx context.Context, tx *db.Tx, w db.Where) ([]Application, error) {
	statement, args := db.Query{Base: listApplications, Where: w}.Build()
	rows, err := db.List[row](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("applications: %w", err)
	}
	out := make([]Application, len(rows))
	for i, r := range rows {
		out[i] = r.application()
	}
	return out, nil
}

// load is the application, whoever asks, or NotFound.
func load(ctx context.Context, tx *db.Tx, a ID) (Application, error) {
	var w db.Where
	db.In(&w, fragID, []ID{a})
	found, err := find(ctx, tx, w)
	if err == nil && len(found) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Application{}, err
	}
	return found[0], nil
}

// save stores where an application has come.
func save(ctx context.Context, tx *db.Tx, a Application) error {
	return db.ExecOne(ctx, tx, moveTo, a.State, IsLive(a.State), a.AnswerDue, a.AnsweredAt, a.Promised, a.Starts, a.StartedOn, a.ExpectedEnd, a.EndedOn, queueNr(a), a.Reason, a.AppealBy,
		a.ID, a.Version)
}

// queueNr is the place in the queue as it is stored: none for who does not wait.
func queueNr(a Application) *int64 {
	if a.QueueNr == 0 {
		return nil
	}
	return &a.QueueNr
}

type stateCount struct {
	State flow.State `db:"state"`
	N     int        `db:"n"`
}

// taken counts those who came into the offering by applications here.
func taken(ctx context.Context, tx *db.Tx, offering string) (Taken, error) {
	rows, err := db.List[stateCount](ctx, tx, countStates, offering)
	var out Taken
	for _, r := range rows {
		switch r.State {
		case Admitted, Started:
			out.Enrolled += r.N
		case Applied, Offered:
			out.Pending += r.N
		case Queued:
			out.Queued += r.N
		}
	}
	return out, err
}
