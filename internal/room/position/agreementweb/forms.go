package agreementweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/position"
	"kompetansetorg/internal/room/position/agreement"
)

// writeForm asks for what is agreed on. It begins from the version before, and the first
// one from what the position says.
func (p *Pages) writeForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	a, err := p.find(r, actor)
	switch {
	case err != nil:
		return leaf.Asked{}, err
	case !a.Is(agreement.Employer):
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	case !a.CanWrite():
		return leaf.Asked{}, fault.New(fault.Conflict, "agreement.error.frozen")
	}
	options, ids, err := p.candidates(r, actor, t, a)
	if err != nil {
		return leaf.Asked{}, err
	}
	x := a.Terms
	if a.Nr == 0 {
		x = agreement.Terms{WorkHours: a.Position.WorkHours, StudyHours: a.Position.StudyHours, Pay: a.Position.Pay, Goal: a.Position.Required}
	}
	name := x.Name
	if x.Candidate != "" {
		name = ""
	}
	hours := strconv.Itoa(position.MaxHours)
	return leaf.Asked{Title: t.T("agreement.write"), Kicker: a.Position.Title, Lead: t.T("agreement.write.lead"), Crumbs: p.crumbs(t, a, ui.Link{Label: t.T("agreement.title"), Href: path(a.Position.ID, "")}),
		Back: path(a.Position.ID, ""), Submit: t.T("agreement.save"), Version: a.Nr,
		Help: []ui.Details{{Summary: t.T("agreement.kept"), Paragraphs: []string{t.T("agreement.kept.text", "days", position.KeptDays)}}},
		Fields: []form.Field{
			{Name: "candidate", Kind: form.Select, Label: t.T("agreement.field.candidate"), Hint: t.T("agreement.hint.candidate"), Options: options},
			{Name: "name", Kind: form.Text, Label: t.T("agreement.field.name"), Hint: t.T("agreement.hint.name"), Value: name, MaxRunes: position.MaxLine, Autocomplete: "off"},
			{Name: "goal", Kind: form.Text, Label: t.T("agreement.field.goal"), Value: x.Goal, MaxRunes: position.MaxLine, Required: true},
			{Name: "start", Kind: form.Date, Label: t.T("agreement.field.start"), Value: x.Start.String(), Required: true},
			{Name: "duration", Kind: form.Text, Label: t.T("agreement.field.duration"), Hint: t.T("agreement.hint.duration"), Value: x.Duration, MaxRunes: position.MaxLine, Required: true},
			{Name: "work_hours", Kind: form.Number, Label: t.T("agreement.field.work_hours"), Hint: t.T("position.hint.hours"), Value: count(x.WorkHours), Min: "1", Max: hours, Required: true},
			{Name: "study_hours", Kind: form.Number, Label: t.T("agreement.field.study_hours"), Hint: t.T("position.hint.hours"), Value: count(x.StudyHours), Min: "1", Max: hours, Required: true},
			{Name: "pay", Kind: form.Text, Label: t.T("agreement.field.pay"), Hint: t.T("position.hint.pay"), Value: x.Pay, MaxRunes: position.MaxLine, Required: true},
			{Name: "gatherings", Kind: form.Long, Rows: 4, Label: t.T("agreement.field.gatherings"), Hint: t.T("agreement.hint.gatherings"), Value: x.Gatherings, MaxRunes: position.MaxWords, Required: true}},
		Theirs: theirs(t, a),
		Read: func(in *form.Input) func() (string, error) {
			out := agreement.Terms{Candidate: access.AccountID(in.Choice("candidate", ids...)), Name: in.Text("name"), Goal: in.Text("goal"), Start: in.Date("start"), Duration: in.Text("duration"),
				WorkHours: in.Int("work_hours"), StudyHours: in.Int("study_hours"), Pay: in.Text("pay"), Gatherings: in.Text("gatherings")}
			version := leaf.Version(in)
			return func() (string, error) {
				return path(a.Position.ID, "?ok=agreement.said.written"), p.Agreements.Write(r.Context(), actor, a.Position.ID, version, out)
			}
		}}, nil
}

// theirs is what stands now, for one whose version is older.
func theirs(t i18n.Printer, a agreement.Agreement) []ui.Fact {
	var out []ui.Fact
	for _, x := range terms(t, a) {
		out = append(out, ui.Fact{Label: x.label, Text: x.text})
	}
	return out
}

// candidates are those who have shown interest, and the one of the version before.
func (p *Pages) candidates(r *http.Request, actor access.Actor, t i18n.Printer, a agreement.Agreement) ([]form.Option, []string, error) {
	d, err := p.Positions.Get(r.Context(), actor, a.Position.ID)
	out, ids := []form.Option{{Label: t.T("agreement.candidate.other"), Selected: a.Candidate == ""}}, []string{}
	add := func(id access.AccountID, name string) {
		if id != "" && !slices.Contains(ids, string(id)) {
			out, ids = append(out, form.Option{Value: string(id), Label: name, Selected: id == a.Candidate}), append(ids, string(id))
		}
	}
	add(a.Candidate, a.Name)
	for _, i := range d.Interests {
		add(i.Account, i.Name)
	}
	return out, ids, err
}

// count is a number in a field, empty for none.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// yesForm asks for the yes of a party to the version that is shown; of one without an
// account, for the day she said it.
func (p *Pages) yesForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	a, err := p.find(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	party := agreement.Party(r.PathValue("party"))
	if !slices.Contains(agreement.Parties(), party) {
		return leaf.Asked{}, fault.Missing()
	}
	if !slices.Contains(a.MaySay(), party) {
		return leaf.Asked{}, fault.New(fault.Conflict, "agreement.error.not_now")
	}
	label := t.T(sayLabel(a, party))
	asked := leaf.Asked{Title: label, Kicker: a.Position.Title, Lead: t.T("agreement.say.lead"), Back: path(a.Position.ID, ""), Submit: label, Version: a.Nr,
		Crumbs: p.crumbs(t, a, ui.Link{Label: t.T("agreement.title"), Href: path(a.Position.ID, "")}), Theirs: theirs(t, a)}
	own := a.Is(party)
	if !own {
		asked.Lead = t.T("agreement.record.lead")
		asked.Fields = []form.Field{{Name: "on", Kind: form.Date, Label: t.T("agreement.field.on"), Value: p.Clock.Today().String(), Required: true}}
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		var on clock.Date
		if !own {
			on = in.Date("on")
		}
		nr := leaf.Version(in)
		return func() (string, error) {
			return path(a.Position.ID, "?ok=agreement.said.yes"), p.Agreements.Say(r.Context(), actor, a.Position.ID, nr, party, on)
		}
	}
	return asked, nil
}
