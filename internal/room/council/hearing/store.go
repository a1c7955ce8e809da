package hearing

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/council"
)

const (
	insertConsultation db.SQL = `INSERT INTO consultation (id, body, sender, subject, about, reference, received, deadline, open, state, words, round, stopped, sent_by, sent_on,
		created_by, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'received', '', 0, '', '', NULL, $10, $11, 1)`
	updateContent db.SQL = `UPDATE consultation SET sender = $1, subject = $2, about = $3, reference = $4, received = $5, deadline = $6, open = $7, version = version + 1
		WHERE id = $8 AND version = $9`
	updateWords db.SQL = `UPDATE consultation SET words = $1, version = version + 1 WHERE id = $2 AND version = $3`
	nextRound   db.SQL = `UPDATE consultation SET state = 'round', words = $1, round = $2, version = version + 1 WHERE id = $3 AND version = $4`
	stop        db.SQL = `UPDATE consultation SET state = $1, stopped = $2, version = version + 1 WHERE id = $3 AND version = $4`
	sendWords   db.SQL = `UPDATE consultation SET state = 'sent', words = $1, sent_by = $2, sent_on = $3, version = version + 1 WHERE id = $4 AND version = $5`
	list        db.SQL = `SELECT c.id, c.body, c.sender, c.subject, c.about, c.reference, c.received, c.deadline, c.open, c.state, c.words, c.round, c.stopped, c.sent_by, c.sent_on,
		c.created_at, c.version FROM consultation AS c /*where*/ ORDER BY c.deadline DESC, c.id DESC`
	idsAfter db.SQL = `SELECT id FROM consultation WHERE id > $1 ORDER BY id LIMIT 25`

	fragID   db.Fragment = "c.id"
	fragBody db.Fragment = "c.body"

	insertRound db.SQL = `INSERT INTO consultation_round (consultation, nr, words, why, due, extended, made_by, made_at) VALUES ($1, $2, $3, $4, $5, FALSE, $6, $7)`
	extendRound db.SQL = `UPDATE consultation_round SET due = $1, extended = TRUE WHERE consultation = $2 AND nr = $3 AND NOT extended`
	roundsOf    db.SQL = `SELECT nr, words, why, due, extended, made_at FROM consultation_round WHERE consultation = $1 ORDER BY nr`

	insertConsent db.SQL = `INSERT INTO consultation_consent (id, consultation, nr, org, answer, words, registered, given_by, given_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	consentsOf    db.SQL = `SELECT id, nr, org, answer, words, registered, given_at FROM consultation_consent WHERE consultation = $1 ORDER BY given_at, id`

	insertInput db.SQL = `INSERT INTO consultation_input (id, consultation, nr, org, words, done, given_by, given_at, version) VALUES ($1, $2, $3, $4, $5, '', $6, $7, 1)`
	answerInput db.SQL = `UPDATE consultation_input SET done = $1, version = version + 1 WHERE id = $2 AND version = $3`
	inputsOf    db.SQL = `SELECT id, consultation, nr, org, words, done, given_at, version FROM consultation_input WHERE consultation = $1 ORDER BY given_at, id`
	getInput    db.SQL = `SELECT id, consultation, nr, org, words, done, given_at, version FROM consultation_input WHERE id = $1`

	insertOwn db.SQL = `INSERT INTO consultation_own (id, consultation, org, day, words, link, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	ownOf     db.SQL = `SELECT id, org, day, words, link FROM consultation_own WHERE consultation = $1 ORDER BY day, id`
)

// bySecretary is what is stored in registered when the secretary wrote a reply down.
const bySecretary = "secretary"

type row struct {
	ID        ID             `db:"id"`
	Body      council.BodyID `db:"body"`
	Sender    string         `db:"sender"`
	Subject   string         `db:"subject"`
	About     string         `db:"about"`
	Reference string         `db:"reference"`
	Received  db.Date        `db:"received"`
	Deadline  db.Date        `db:"deadline"`
	Open      bool           `db:"open"`
	State     State          `db:"state"`
	Words     string         `db:"words"`
	Round     int            `db:"round"`
	Stopped   string         `db:"stopped"`
	SentBy    string         `db:"sent_by"`
	SentOn    db.Date        `db:"sent_on"`
	CreatedAt db.Time        `db:"created_at"`
	Version   int64          `db:"version"`
}

func (r row) consultation() Consultation {
	return Consultation{ID: r.ID, Body: r.Body, Content: Content{Sender: r.Sender, Subject: r.Subject, About: r.About, Reference: r.Reference, Received: r.Received, Deadline: r.Deadline,
		Open: r.Open}, State: r.State, Words: r.Words, Round: r.Round, Why: r.Stopped, SentBy: r.SentBy, SentOn: r.SentOn, At: r.CreatedAt, Version: r.Version}
}

type roundRow struct {
	Nr       int     `db:"nr"`
	Words    string  `db:"words"`
	Why      string  `db:"why"`
	Due      db.Date `db:"due"`
	Extended bool    `db:"extended"`
	At       db.Time `db:"made_at"`
}

type consentRow struct {
	ID         ConsentID    `db:"id"`
	Nr         int          `db:"nr"`
	Org        access.OrgID `db:"org"`
	Reply      Reply        `db:"answer"`
	Words      string       `db:"words"`
	Registered string       `db:"registered"`
	At         db.Time      `db:"given_at"`
}

type inputRow struct {
	ID           InputID      `db:"id"`
	Consultation ID           `db:"consultation"`
	Nr           int          `db:"nr"`
	Org          access.OrgID `db:"org"`
	Words        string       `db:"words"`
	Done         string       `db:"done"`
	At           db.Time      `db:"given_at"`
	Version      int64        `db:"version"`
}

type ownRow struct {
	ID    OwnID        `db:"id"`
	Org   access.OrgID `db:"org"`
	Day   db.Date      `db:"day"`
	Words string       `db:"words"`
	Link  string       `db:"link"`
}

func find(ctx context.Context, tx *db.Tx, w db.Where) ([]Consultation, error) {
	statement, args := db.Query{Base: list, Where: w}.Build()
	rows, err := db.List[row](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("consultations: %w", err)
	}
	out := make([]Consultation, len(rows))
	for i, r := range rows {
		out[i] = r.consultation()
	}
	return out, nil
}

func rounds(ctx context.Context, tx *db.Tx, c ID) ([]Round, error) {
	rows, err := db.List[roundRow](ctx, tx, roundsOf, c)
	if err != nil {
		return nil, fmt.Errorf("consultation %s: rounds: %w", c, err)
	}
	out := make([]Round, len(rows))
	for i, r := range rows {
		out[i] = Round(r)
	}
	return out, nil
}

func consents(ctx context.Context, tx *db.Tx, c ID) ([]Consent, error) {
	rows, err := db.List[consentRow](ctx, tx, consentsOf, c)
	if err != nil {
		return nil, fmt.Errorf("consultation %s: consents: %w", c, err)
	}
	out := make([]Consent, len(rows))
	for i, r := range rows {
		out[i] = Consent{ID: r.ID, Nr: r.Nr, Org: r.Org, Reply: r.Reply, Words: r.Words, Registered: r.Registered != "", At: r.At}
	}
	return out, nil
}

// within fills in what is for those in the body, and names everybody.
func (d *Detail) within(ctx context.Context, tx *db.Tx, today clock.Date) error {
	var err error
	if d.Rounds, err = rounds(ctx, tx, d.ID); err != nil {
		return err
	}
	if d.Consents, err = consents(ctx, tx, d.ID); err != nil {
		return err
	}
	given, err := db.List[inputRow](ctx, tx, inputsOf, d.ID)
	if err != nil {
		return fmt.Errorf("consultation %s: input: %w", d.ID, err)
	}
	orgs := []access.OrgID{}
	for _, c := range d.Consents {
		orgs = append(orgs, c.Org)
	}
	for _, r := range given {
		orgs = append(orgs, r.Org)
		d.Inputs = append(d.Inputs, Input{ID: r.ID, Nr: r.Nr, Org: r.Org, Words: r.Words, Done: r.Done, At: r.At, Version: r.Version})
	}
	names, err := org.NamesOn(ctx, tx, orgs, today)
	if err != nil {
		return err
	}
	for i := range d.Consents {
		d.Consents[i].Name = names[d.Consents[i].Org]
	}
	for i := range d.Inputs {
		d.Inputs[i].Name = names[d.Inputs[i].Org]
	}
	return nil
}

func own(ctx context.Context, tx *db.Tx, c ID, today clock.Date) ([]Own, error) {
	rows, err := db.List[ownRow](ctx, tx, ownOf, c)
	if err != nil {
		return nil, fmt.Errorf("consultation %s: own responses: %w", c, err)
	}
	orgs := make([]access.OrgID, len(rows))
	for i, r := range rows {
		orgs[i] = r.Org
	}
	names, err := org.NamesOn(ctx, tx, orgs, today)
	out := make([]Own, len(rows))
	for i, r := range rows {
		out[i] = Own{ID: r.ID, Org: r.Org, Name: names[r.Org], Day: r.Day, Words: r.Words, Link: r.Link}
	}
	return out, err
}
