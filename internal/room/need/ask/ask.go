package ask

import (
	"unicode/utf8"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
)

// ID names a request for adaptation.
type ID = id.Of[Request]

// State is where a request for adaptation stands.
type State string

// The states: sent to the provider; seen by it; accepted; declined.
const (
	Sent     State = "sent"
	Noted    State = "noted"
	Accepted State = "accepted"
	Declined State = "declined"
)

// States lists the states in order.
func States() []State {
	return []State{Sent, Noted, Accepted, Declined}
}

// Label is the state's name.
func (r State) Label() i18n.Key { return i18n.Key("need.request.state." + string(r)) }

// Asking asks a provider to adapt an offer to a need or a pooled need: exactly
// one of Need and Pool is set. Questions are what does not fit; Offering is
// the id of the offer asked about, if one is meant.
type Asking struct {
	Need      need.ID
	Pool      need.PoolID
	Provider  org.ID
	Offering  string
	Questions []string
	AnswerBy  clock.Date // zero: the ordinary time
}

// Request is a request for adaptation. Title and Number are those of the need
// or the pooled need.
type Request struct {
	ID           ID
	Need         need.ID
	Pool         need.PoolID
	Number       string
	Title        string
	Provider     org.ID
	ProviderName string
	Offering     string
	Questions    []string
	AskedBy      org.ID
	AskedByName  string
	AskedAt      clock.Time
	AnswerBy     clock.Date
	State        State
	Answer       string
	AnsweredAt   clock.Time
	Version      int64
	// Late tells that the answer date has passed without an answer (BEH-8).
	Late bool
}

const (
	maxQuestions   = 20
	maxQuestion    = 500
	maxOfferingRef = 100
)

const (
	insertRequest db.SQL = `INSERT INTO need_request (id, need, pool, provider, offering, asked_by, asked_at, answer_by, state, answer, answered_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'sent', '', NULL, 1)`
	insertQuestion db.SQL = `INSERT INTO need_request_question (request, nr, question) VALUES ($1, $2, $3)`
	questionsOf    db.SQL = `SELECT question FROM need_request_question WHERE request = $1 ORDER BY nr`
	answerRequest  db.SQL = `UPDATE need_request SET state = $1, answer = $2, answered_at = $3, version = version + 1 WHERE id = $4 AND version = $5`
	getRequest     db.SQL = `SELECT r.id, r.need, r.pool, COALESCE(n.number, p.number) AS number, COALESCE(n.title, p.title) AS title, r.provider, r.offering,
		r.asked_by, r.asked_at, r.answer_by, r.state, r.answer, r.answered_at, r.version
		FROM need_request AS r LEFT JOIN need AS n ON n.id = r.need LEFT JOIN need_pool AS p ON p.id = r.pool WHERE r.id = $1`
	requestsOfSubject db.SQL = `SELECT r.id, r.need, r.pool, COALESCE(n.number, p.number) AS number, COALESCE(n.title, p.title) AS title, r.provider, r.offering,
		r.asked_by, r.asked_at, r.answer_by, r.state, r.answer, r.answered_at, r.version
		FROM need_request AS r LEFT JOIN need AS n ON n.id = r.need LEFT JOIN need_pool AS p ON p.id = r.pool
		WHERE r.need = $1 OR r.pool = $2 ORDER BY r.asked_at, r.id`
	requestsTo db.SQL = `SELECT r.id, r.need, r.pool, COALESCE(n.number, p.number) AS number, COALESCE(n.title, p.title) AS title, r.provider, r.offering,
		r.asked_by, r.asked_at, r.answer_by, r.state, r.answer, r.answered_at, r.version
		FROM need_request AS r LEFT JOIN need AS n ON n.id = r.need LEFT JOIN need_pool AS p ON p.id = r.pool /*where*/`
	fragRequestProvider db.Fragment = "r.provider"
	fragState           db.Fragment = "r.state"
	fragRequestDue      db.Fragment = "r.answer_by"
	fragID              db.Fragment = "r.id"
)

type requestRow struct {
	ID         ID          `db:"id"`
	Need       need.ID     `db:"need"`
	Pool       need.PoolID `db:"pool"`
	Number     string      `db:"number"`
	Title      string      `db:"title"`
	Provider   org.ID      `db:"provider"`
	Offering   string      `db:"offering"`
	AskedBy    org.ID      `db:"asked_by"`
	AskedAt    db.Time     `db:"asked_at"`
	AnswerBy   db.Date     `db:"answer_by"`
	State      State       `db:"state"`
	Answer     string      `db:"answer"`
	AnsweredAt db.Time     `db:"answered_at"`
	Version    int64       `db:"version"`
}

func (r requestRow) request(today clock.Date) Request {
	return Request{ID: r.ID, Need: r.Need, Pool: r.Pool, Number: r.Number, Title: r.Title, Provider: r.Provider, Offering: r.Offering,
		AskedBy: r.AskedBy, AskedAt: r.AskedAt, AnswerBy: r.AnswerBy, State: r.State, Answer: r.Answer, AnsweredAt: r.AnsweredAt,
		Version: r.Version, Late: r.State == Sent && today.After(r.AnswerBy)}
}

func (in *Asking) check(fs *fault.Fields) {
	if (in.Need == "") == (in.Pool == "") {
		fs.Add("need", "form.error.required")
	}
	if in.Provider == "" {
		fs.Add("provider", "need.error.provider_required")
	}
	var questions []string
	for _, q := range in.Questions {
		if q = text.CleanLine(q); q != "" {
			questions = append(questions, q)
		}
		if utf8.RuneCountInString(q) > maxQuestion {
			fs.Add("questions", "form.error.too_long", "max", maxQuestion)
		}
	}
	in.Questions = questions
	if len(questions) == 0 {
		fs.Add("questions", "need.error.question_required")
	}
	if len(questions) > maxQuestions {
		fs.Add("questions", "need.error.too_many_questions", "max", maxQuestions)
	}
	if len(in.Offering) > maxOfferingRef {
		fs.Add("offering", "form.error.too_long", "max", maxOfferingRef)
	}
}
