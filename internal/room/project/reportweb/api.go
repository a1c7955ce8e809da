package reportweb

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/report"
)

func registerAPI(d *gate.Door, p *Pages) {
	tags := []string{"report"}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/reports", Rule: gate.Public(), ID: "list-reports", Summary: "Reports of projects on fixed forms that are sent, and those that the caller writes", Tags: tags}, p.apiList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/reports/{id}", Rule: gate.Public(), ID: "get-report", Summary: "A report with its answers in the order of the form", Tags: tags}, p.apiGet)
}

// ReportEntry is a report in JSON, without its answers.
type ReportEntry struct {
	ID      string     `json:"id"`
	Project string     `json:"project"`
	Form    string     `json:"form" doc:"The short name of its form"`
	Title   i18n.Text  `json:"title"`
	Year    int        `json:"year"`
	Day     clock.Date `json:"day" doc:"The day that the register was asked about"`
	Due     clock.Date `json:"due,omitzero"`
	State   string     `json:"state" enum:"draft,in_approval,approved,sent,received"`
	Sent    clock.Date `json:"sent,omitzero"`
}

// ReportAnswer is the answer to a question: in words, and the codes that were chosen.
type ReportAnswer struct {
	Question string    `json:"question"`
	Label    i18n.Text `json:"label"`
	Kind     string    `json:"kind"`
	Text     string    `json:"text,omitempty" doc:"As a reader sees it, in the language of the request"`
	Codes    []string  `json:"codes,omitempty"`
	Source   string    `json:"source,omitempty" doc:"Where it was filled in from, before anybody answered"`
}

// ReportRemark is something that the report seems to contradict.
type ReportRemark struct {
	Name     string    `json:"name"`
	Text     i18n.Text `json:"text"`
	Accepted bool      `json:"accepted"`
	Words    string    `json:"words,omitempty" doc:"Why it is right all the same"`
}

// ReportDetail is a report with its answers.
type ReportDetail struct {
	ReportEntry
	FormVersion int            `json:"form_version"`
	Receiver    string         `json:"receiver,omitempty"`
	Answers     []ReportAnswer `json:"answers"`
	Remarks     []ReportRemark `json:"remarks"`
	Unchanged   []string       `json:"unchanged" doc:"Questions answered word for word as in the last report"`
}

type reportsIn struct {
	Project string `query:"project"`
	Form    string `query:"form"`
	Year    int    `query:"year"`
}

type reportsOut struct {
	Body struct {
		Items []ReportEntry `json:"items"`
		Total int           `json:"total"`
	}
}

func (p *Pages) apiList(ctx context.Context, actor access.Actor, in *reportsIn) (*reportsOut, error) {
	f := report.Filter{Code: in.Form, Year: in.Year}
	if in.Project != "" {
		id, err := project.ParseID(in.Project)
		if err != nil {
			return nil, fault.Missing()
		}
		f.Project = id
	}
	list, err := p.Reports.List(ctx, actor, f)
	if err != nil {
		return nil, err
	}
	out := &reportsOut{}
	out.Body.Items, out.Body.Total = []ReportEntry{}, len(list)
	for _, x := range list {
		out.Body.Items = append(out.Body.Items, entryOf(x.Report, x.Name))
	}
	return out, nil
}

func entryOf(x report.Report, title i18n.Text) ReportEntry {
	return ReportEntry{ID: string(x.ID), Project: string(x.Project.ID), Form: x.Code, Title: title, Year: x.Year, Day: x.Day, Due: x.Due, State: string(x.State), Sent: x.SentOn}
}

type reportIn struct {
	ID string `path:"id"`
}

type reportOut struct{ Body ReportDetail }

func (p *Pages) apiGet(ctx context.Context, actor access.Actor, in *reportIn) (*reportOut, error) {
	id, err := report.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	x, err := p.Reports.Get(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	out := ReportDetail{ReportEntry: entryOf(x, x.Title()), FormVersion: x.Answer.Nr, Receiver: x.Receiver, Answers: []ReportAnswer{}, Remarks: []ReportRemark{}, Unchanged: append([]string{}, x.Same()...)}
	page := draw.Page{Printer: gate.PrinterOf(ctx), Definition: x.Answer.Definition, Values: x.Says(), Today: x.Day}
	for _, s := range page.Shown() {
		for _, q := range s.Questions {
			if q.Kind == question.Note {
				continue
			}
			v := x.Says()[q.Name]
			a := ReportAnswer{Question: q.Name, Label: q.Label, Kind: string(q.Kind), Text: page.Say(q, v), Codes: v.Codes, Source: x.Answer.Prefilled[q.Name].Source}
			if q.Kind == question.Single && v.Text != "" {
				a.Codes = []string{v.Text}
			}
			out.Answers = append(out.Answers, a)
		}
	}
	for _, m := range x.Remarks {
		out.Remarks = append(out.Remarks, ReportRemark{m.Name, m.Text, m.Accepted, m.Words})
	}
	return &reportOut{out}, nil
}
