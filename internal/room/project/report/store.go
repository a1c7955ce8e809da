package report

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/project"
)

const (
	getReport       db.SQL = `SELECT r.id, r.project, r.form, f.code, r.answer, r.year, r.day, r.due_on, r.state, r.approved_on, r.approved_ref, r.sent_on, r.receiver, r.version FROM report AS r JOIN question_form AS f ON f.id = r.form WHERE r.id = $1`
	listReports     db.SQL = `SELECT r.id, r.project, r.form, f.code, r.answer, r.year, r.day, r.due_on, r.state, r.approved_on, r.approved_ref, r.sent_on, r.receiver, r.version FROM report AS r JOIN question_form AS f ON f.id = r.form /*where*/ ORDER BY r.year DESC, r.due_on DESC NULLS LAST, r.id LIMIT 2000`
	reportsOfYear   db.SQL = `SELECT r.id, r.project, r.form, f.code, r.answer, r.year, r.day, r.due_on, r.state, r.approved_on, r.approved_ref, r.sent_on, r.receiver, r.version FROM report AS r JOIN question_form AS f ON f.id = r.form WHERE r.project = $1 AND r.year = $2 ORDER BY r.day, r.id`
	reportsBefore   db.SQL = `SELECT r.id, r.project, r.form, f.code, r.answer, r.year, r.day, r.due_on, r.state, r.approved_on, r.approved_ref, r.sent_on, r.receiver, r.version FROM report AS r JOIN question_form AS f ON f.id = r.form WHERE r.project = $1 AND r.form = $2 AND r.year < $3 AND r.state IN ('sent', 'received') ORDER BY r.year DESC LIMIT 1`
	countReports    db.SQL = `SELECT COUNT(*) FROM report WHERE project = $1 AND form = $2 AND year = $3`
	insertReport    db.SQL = `INSERT INTO report (id, project, form, answer, year, day, due_on, state, approved_on, approved_ref, sent_on, receiver, made_by, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, '', NULL, '', $9, 1)`
	moveReport      db.SQL = `UPDATE report SET state = $1, approved_on = $2, approved_ref = $3, sent_on = $4, receiver = $5, version = version + 1 WHERE id = $6 AND version = $7`
	deleteReport    db.SQL = `DELETE FROM report WHERE id = $1`
	listAccepted    db.SQL = `SELECT remark, about, words, accepted_by, accepted_at FROM report_accepted WHERE report = $1 ORDER BY remark`
	insertAccepted  db.SQL = `INSERT INTO report_accepted (report, remark, about, words, accepted_by, accepted_at) VALUES ($1, $2, $3, $4, $5, $6)`
	dropAccepted    db.SQL = `DELETE FROM report_accepted WHERE report = $1 AND remark = $2`
	dropAllAccepted db.SQL = `DELETE FROM report_accepted WHERE report = $1`
	concerns        db.SQL = `SELECT p.owner_org FROM report AS r JOIN project AS p ON p.id = r.project WHERE r.id = $1 AND p.owner_org IS NOT NULL ORDER BY 1`

	fragProject db.Fragment = "r.project"
	fragYear    db.Fragment = "r.year"
	fragForm    db.Fragment = "f.code"
	fragState   db.Fragment = "r.state"
	fragID      db.Fragment = "r.id"
)

type row struct {
	ID          ID             `db:"id"`
	Project     project.ID     `db:"project"`
	Form        forms.ID       `db:"form"`
	Code        string         `db:"code"`
	Answer      forms.AnswerID `db:"answer"`
	Year        int            `db:"year"`
	Day         db.Date        `db:"day"`
	Due         db.Date        `db:"due_on"`
	State       flow.State     `db:"state"`
	ApprovedOn  db.Date        `db:"approved_on"`
	ApprovedRef string         `db:"approved_ref"`
	SentOn      db.Date        `db:"sent_on"`
	Receiver    string         `db:"receiver"`
	Version     int64          `db:"version"`
}

func (r row) report() Report {
	return Report{ID: r.ID, Form: r.Form, Code: r.Code, Year: r.Year, Day: r.Day, Due: r.Due, State: r.State, ApprovedOn: r.ApprovedOn, ApprovedRef: r.ApprovedRef, SentOn: r.SentOn, Receiver: r.Receiver, Version: r.Version}
}

type acceptedRow struct {
	Remark string  `db:"remark"`
	About  string  `db:"about"`
	Words  string  `db:"words"`
	By     string  `db:"accepted_by"`
	At     db.Time `db:"accepted_at"`
}

// Filter narrows lists of reports; what is empty narrows nothing.
type Filter struct {
	Project project.ID
	Code    string
	Year    int
	State   flow.State
}

// Entry is a report in a list, without its answers: Name is what its form is called, Late that
// the day that it was due has passed.
type Entry struct {
	Report
	Name i18n.Text
	Late bool
}

// List lists the reports that the actor may see, the newest year first, those due first.
func (s *Service) List(ctx context.Context, actor access.Actor, f Filter) ([]Entry, error) {
	var w db.Where
	if f.Project != "" {
		db.In(&w, fragProject, []project.ID{f.Project})
	}
	if f.Year > 0 {
		db.In(&w, fragYear, []int{f.Year})
	}
	if f.Code != "" {
		db.In(&w, fragForm, []string{f.Code})
	}
	if f.State != "" {
		db.In(&w, fragState, []flow.State{f.State})
	}
	var out []Entry
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.find(ctx, tx, actor, w)
		return err
	})
	return out, err
}

// find are the reports that the actor may see.
func (s *Service) find(ctx context.Context, tx *db.Tx, actor access.Actor, w db.Where) ([]Entry, error) {
	statement, args := db.Query{Base: listReports, Where: w}.Build()
	rows, err := db.List[row](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("reports: %w", err)
	}
	today, names := s.Clock.Today(), map[forms.ID]i18n.Text{}
	var out []Entry
	for _, r := range rows {
		x := Entry{Report: r.report()}
		x.Project, err = s.Projects.In(ctx, tx, actor, r.Project)
		if fault.Is(err, fault.NotFound) || err == nil && !x.IsSent() && !Reads(actor, x.Report) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if _, known := names[r.Form]; !known {
			a, err := s.Forms.Load(ctx, tx, r.Answer)
			if err != nil {
				return nil, err
			}
			names[r.Form] = a.Definition.Title
		}
		x.Answer.ID, x.Name = r.Answer, names[r.Form]
		x.Late = !x.IsSent() && !x.Due.IsZero() && today.After(x.Due)
		out = append(out, x)
	}
	return out, nil
}

// Newest is the report of the project on the form for the latest year; NotFound for none.
func (s *Service) Newest(ctx context.Context, actor access.Actor, p project.ID, code string) (Report, error) {
	list, err := s.List(ctx, actor, Filter{Project: p, Code: code})
	if err == nil && len(list) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Report{}, err
	}
	return s.Get(ctx, actor, list[0].ID)
}

// Blank is what a report on the form would say if it were begun: what the register knows filled
// in, and the rest missing. Nothing is stored.
func (s *Service) Blank(ctx context.Context, actor access.Actor, p project.ID, code string) (Report, error) {
	var out Report
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		d, err := s.Projects.In(ctx, tx, actor, p)
		if err != nil {
			return err
		}
		form, err := s.Forms.ByCode(ctx, tx, code)
		if err != nil {
			return err
		}
		today := s.Clock.Today()
		b := Beginning{Code: code, Day: d.At(today)}
		b.Year = b.Day.Year()
		known, err := s.known(ctx, tx, d, b)
		if err != nil {
			return err
		}
		version, _ := form.Published()
		out = Report{Project: d, Form: form.ID, Code: code, Year: b.Year, Day: b.Day, State: Draft,
			Answer: forms.Answer{Form: form.ID, Nr: version.Nr, Definition: version.Definition}}
		out.Answer.Values, out.Answer.Prefilled = forms.Fill(version.Definition, onto(version.Definition, known))
		return nil
	})
	return out, err
}

// Concerns is the owner that is told of what happens with a report.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	return db.List[access.OrgID](ctx, tx, concerns, id)
}
