package measureweb

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/room/support/measure"
)

// long is a field of prose.
func long(t i18n.Printer, name string, label, hint i18n.Key, value string, required bool) form.Field {
	f := form.Field{Name: name, Kind: form.Long, Rows: 3, Label: t.T(label), Value: value, MaxRunes: measure.MaxText, Required: required}
	if hint != "" {
		f.Hint = t.T(hint)
	}
	return f
}

func groupOptions(t i18n.Printer, chosen support.TargetGroup) []form.Option {
	return leaf.Options(t, "", support.TargetGroups(), groupLabel, chosen)
}

func groupLabel(g support.TargetGroup) i18n.Key { return i18n.Key("support.group." + string(g)) }

// suggestForm proposes a new measure.
func (p *Pages) suggestForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	mine, err := p.users(r, actor)
	if err == nil && len(mine) == 0 {
		err = fault.New(fault.Denied, "measure.error.no_org")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	options, ids := orgOptions(t, "", mine)
	out := leaf.Asked{Title: t.T("measure.suggest"), Lead: t.T("measure.suggest.lead"), Back: "/verktoykasse", Submit: t.T("measure.suggest.do"), Crumbs: []ui.Link{{Label: t.T("support.title"), Href: "/verktoykasse"}},
		Fields: []form.Field{{Name: "title", Kind: form.Text, Label: t.T("measure.suggest.title"), MaxRunes: 120, Required: true}, long(t, "what", "support.field.what", "measure.hint.what", "", true),
			long(t, "for_whom", "support.field.for_whom", "", "", true), long(t, "why", "measure.field.goal", "measure.hint.goal", "", false),
			{Name: "group", Kind: form.Select, Label: t.T("support.field.target_group"), Options: groupOptions(t, "generelt"), Required: true},
			{Name: "org", Kind: form.Select, Label: t.T("measure.field.for"), Options: options, Required: true}}}
	out.Read = func(in *form.Input) func() (string, error) {
		s := measure.Suggestion{Title: in.Text("title"), What: in.Text("what"), ForWhom: in.Text("for_whom"), Why: in.Text("why"),
			Group: support.TargetGroup(in.Choice("group", text.Strings(support.TargetGroups())...)), Org: access.OrgID(in.Choice("org", ids...))}
		if s.Org == "" {
			in.Refuse("org", "form.error.required")
		}
		return func() (string, error) {
			card, err := p.Measures.Suggest(r.Context(), actor, s)
			return path(card, "?ok=measure.done.suggested"), renamed(err)
		}
	}
	return out, nil
}

// renamed lets the faults of a card stand at the fields of a suggestion, which has one language.
func renamed(err error) error {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid {
		return err
	}
	for i := range f.Fields {
		f.Fields[i].Name = strings.TrimSuffix(f.Fields[i].Name, "_nb")
	}
	return err
}

// sectionsForm writes the sections in one language; the others stay as they are.
func (p *Pages) sectionsForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	m, err := p.mine(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	lang, pick := r.PathValue("lang"), map[string]func(*i18n.Text) *string{"nb": func(x *i18n.Text) *string { return &x.NB }, "nn": func(x *i18n.Text) *string { return &x.NN }, "en": func(x *i18n.Text) *string { return &x.EN }}
	one, known := pick[lang]
	if !known {
		return leaf.Asked{}, fault.Missing()
	}
	s := m.Sections
	parts := []struct {
		name        string
		text        *i18n.Text
		label, hint i18n.Key
	}{{"goal", &s.Goal, "measure.field.goal", "measure.hint.goal"}, {"who", &s.Who, "measure.field.who", "measure.hint.who"}, {"time", &s.Time, "measure.field.time", ""}, {"people", &s.People, "measure.field.people", ""},
		{"before", &s.Before, "measure.field.before", "measure.hint.before"}, {"tips", &s.Tips, "measure.field.tips", ""}}
	out := asked(t, m, "measure.edit.sections", "measure.save")
	out.Lead = t.T("measure.edit.sections.lead", "lang", t.T(i18n.Key("support.lang."+lang)))
	for _, x := range parts {
		f := long(t, x.name+"_"+lang, x.label, x.hint, *one(x.text), false)
		f.Lang = lang
		out.Fields, out.Theirs = append(out.Fields, f), append(out.Theirs, ui.Fact{Label: t.T(x.label), Text: *one(x.text)})
	}
	other := ui.Details{Summary: t.T("measure.edit.languages")}
	for _, l := range []string{"nb", "nn", "en"} {
		other.Points = append(other.Points, ui.Point{Kind: ui.Plain, Text: t.T(i18n.Key("support.lang." + l)), Href: path(m.Card.ID, "/innhold/"+l)})
	}
	out.Help = []ui.Details{other}
	out.Read = func(in *form.Input) func() (string, error) {
		for _, x := range parts {
			*one(x.text) = in.Text(x.name + "_" + lang)
		}
		version := leaf.Version(in)
		return func() (string, error) {
			return path(m.Card.ID, "?ok=measure.done.saved"), p.Measures.Write(r.Context(), actor, m.Card.ID, version, s)
		}
	}
	return out, nil
}

// factsForm writes what one can look for, and who has experience.
func (p *Pages) factsForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	m, err := p.mine(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	low, high, year := "", "", ""
	if m.Cost != nil {
		low, high, year = m.Cost.Low.Plain(), m.Cost.High.Plain(), strconv.Itoa(m.Cost.Year)
	}
	sectors := form.Field{Name: "sectors", Kind: form.Checks, Label: t.T("measure.field.sectors"), Hint: t.T("measure.hint.all")}
	for _, x := range p.Sectors {
		sectors.Options = append(sectors.Options, form.Option{Value: x, Label: t.T(p.SectorLabel(x)), Selected: slices.Contains(m.Sectors, x)})
	}
	where := form.Field{Name: "municipalities", Kind: form.Checks, Label: t.T("measure.field.municipalities"), Hint: t.T("measure.hint.all")}
	var numbers []string
	for _, x := range p.municipalities() {
		numbers = append(numbers, string(x.Number))
		where.Options = append(where.Options, form.Option{Value: string(x.Number), Label: x.Name, Selected: slices.Contains(m.Municipalities, string(x.Number))})
	}
	var kept []string // those of another county, or of an older day, stay
	for _, n := range m.Municipalities {
		if !slices.Contains(numbers, n) {
			kept = append(kept, n)
		}
	}
	out := asked(t, m, "measure.edit.facts", "measure.save",
		form.Field{Name: "effort", Kind: form.Radio, Label: t.T("measure.field.effort"), Options: leaf.Options(t, "", measure.Efforts(), measure.Effort.Label, m.Effort)},
		form.Field{Name: "cost_low", Kind: form.Money, Label: t.T("measure.field.cost_low"), Hint: t.T("measure.hint.cost"), Value: low}, form.Field{Name: "cost_high", Kind: form.Money, Label: t.T("measure.field.cost_high"), Value: high},
		form.Field{Name: "cost_year", Kind: form.Number, Label: t.T("measure.field.cost_year"), Value: year}, sectors, where,
		form.Field{Name: "contact_org", Kind: form.Text, Label: t.T("measure.field.contact_org"), Hint: t.T("measure.hint.contact_org"), Value: m.ContactName, Autocomplete: "off"},
		form.Field{Name: "contact_role", Kind: form.Text, Label: t.T("measure.field.contact_role"), Hint: t.T("measure.hint.contact_role"), Value: m.ContactRole, MaxRunes: measure.MaxLine},
		form.Field{Name: "contact_ok", Kind: form.Checks, Label: t.T("measure.field.contact_ok"), Options: []form.Option{{Value: "ja", Label: t.T("measure.contact_ok"), Selected: m.ContactOK}}})
	out.Theirs = p.facts(t, m)
	out.Read = func(in *form.Input) func() (string, error) {
		f := measure.Facts{Effort: measure.Effort(in.Choice("effort", text.Strings(measure.Efforts())...)), Sectors: in.Choices("sectors", p.Sectors...), Municipalities: append(in.Choices("municipalities", numbers...), kept...),
			ContactRole: in.Text("contact_role"), ContactOK: in.Bool("contact_ok"), Cost: costOf(in)}
		if written := in.Text("contact_org"); written != "" && written != m.ContactName {
			o, err := p.Orgs.Find(r.Context(), written)
			if err != nil {
				in.Refuse("contact_org", "measure.error.org")
			}
			f.ContactOrg = o
		} else if written != "" {
			f.ContactOrg = m.ContactOrg
		}
		version := leaf.Version(in)
		return func() (string, error) {
			return path(m.Card.ID, "?ok=measure.done.saved"), p.Measures.SetFacts(r.Context(), actor, m.Card.ID, version, f)
		}
	}
	return out, nil
}

// costOf is the cost that was written: one amount is from and to; none is that nobody knows.
func costOf(in *form.Input) *measure.Cost {
	low, high := in.Text("cost_low"), in.Text("cost_high")
	c := measure.Cost{Low: in.Money("cost_low"), High: in.Money("cost_high"), Year: in.Int("cost_year")}
	if low == "" && high == "" {
		if c.Year != 0 {
			in.Refuse("cost_low", "measure.error.no_cost")
		}
		return nil
	}
	if high == "" {
		c.High = c.Low
	}
	return &c
}

// stepForm writes a step: a new one, or that of the address.
func (p *Pages) stepForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	m, err := p.mine(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	var old measure.Step
	title := i18n.Key("measure.step.add")
	if r.PathValue("nr") != "ny" {
		nr := number(r.PathValue("nr"))
		if nr < 1 || nr > len(m.Steps) {
			return leaf.Asked{}, fault.Missing()
		}
		old, title = m.Steps[nr-1], "measure.step.edit"
	}
	days := ""
	if old.Days > 0 {
		days = strconv.Itoa(old.Days)
	}
	out := asked(t, m, title, "measure.save", long(t, "words_nb", "measure.step", "measure.hint.step", old.Words.NB, true), long(t, "words_nn", "measure.step.nn", "", old.Words.NN, false), long(t, "words_en", "measure.step.en", "", old.Words.EN, false),
		form.Field{Name: "days", Kind: form.Number, Label: t.T("measure.step.days"), Hint: t.T("measure.hint.days"), Value: days, Min: "1"})
	out.Theirs = []ui.Fact{{Label: t.T("measure.step"), Text: old.Words.NB}}
	out.Read = func(in *form.Input) func() (string, error) {
		s := measure.Step{Nr: old.Nr, Words: i18n.Text{NB: in.Text("words_nb"), NN: in.Text("words_nn"), EN: in.Text("words_en")}, Days: in.Int("days")}
		version := leaf.Version(in)
		return func() (string, error) {
			return path(m.Card.ID, "?ok=measure.done.saved"), p.Measures.PutStep(r.Context(), actor, m.Card.ID, version, s)
		}
	}
	return out, nil
}

// moveForm takes the measure to another state.
func (p *Pages) moveForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	m, err := p.find(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	to := flow.State(r.PathValue("to"))
	for _, d := range m.Moves(actor) {
		if d.To != to {
			continue
		}
		hint := i18n.Key("measure.hint.note")
		if d.NoteRequired {
			hint = "measure.hint.why"
		}
		out := asked(t, m, d.Label, d.Label, long(t, "note", "measure.field.note", hint, "", d.NoteRequired))
		out.Lead = t.T("measure.becomes." + i18n.Key(to))
		out.Read = func(in *form.Input) func() (string, error) {
			note, version := in.Text("note"), leaf.Version(in)
			return func() (string, error) {
				return path(m.Card.ID, "?ok=measure.done.moved"), p.Measures.Move(r.Context(), actor, m.Card.ID, version, to, note)
			}
		}
		return out, nil
	}
	if _, known := measure.Flow().State(to); !known {
		return leaf.Asked{}, fault.Missing()
	}
	return leaf.Asked{}, fault.New(fault.Denied, "flow.error.not_yours")
}

// ownerForm asks another organisation to take over.
func (p *Pages) ownerForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	m, err := p.mine(r, actor)
	if err == nil && m.State == measure.Suggested {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	out := asked(t, m, "measure.owner.move", "measure.owner.ask", form.Field{Name: "org", Kind: form.Text, Label: t.T("measure.field.receiver"), Hint: t.T("measure.hint.receiver"), Value: m.OfferedName, Autocomplete: "off"})
	out.Lead = t.T("measure.owner.lead")
	out.Theirs = []ui.Fact{{Label: t.T("measure.owner.asked"), Text: m.OfferedName}}
	out.Read = func(in *form.Input) func() (string, error) {
		var to access.OrgID
		if written := in.Text("org"); written != "" {
			var err error
			if to, err = p.Orgs.Find(r.Context(), written); err != nil {
				in.Refuse("org", "measure.error.org")
			}
		} else if m.Offered == "" {
			in.Refuse("org", "form.error.required")
		}
		version := leaf.Version(in)
		return func() (string, error) {
			return path(m.Card.ID, "?ok=measure.done.offered"), p.Measures.Offer(r.Context(), actor, m.Card.ID, version, to)
		}
	}
	return out, nil
}

// takeForm is the answer of the organisation that was asked.
func (p *Pages) takeForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	m, err := p.find(r, actor)
	if err == nil && !m.Receiver {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	out := asked(t, m, "measure.take", "measure.take.send", form.Field{Name: "answer", Kind: form.Radio, Label: t.T("measure.take.question", "org", m.OfferedName), Required: true,
		Options: []form.Option{{Value: "ja", Label: t.T("measure.take.yes")}, {Value: "nei", Label: t.T("measure.take.no")}}})
	out.Lead = t.T("measure.take.lead")
	out.Read = func(in *form.Input) func() (string, error) {
		answer, version := in.Choice("answer", "ja", "nei"), leaf.Version(in)
		if answer == "" {
			in.Refuse("answer", "form.error.required")
		}
		return func() (string, error) {
			done := "?ok=measure.done.taken"
			if answer == "nei" {
				done = "?ok=measure.done.refused"
			}
			return path(m.Card.ID, done), p.Measures.Answer(r.Context(), actor, m.Card.ID, version, answer == "ja")
		}
	}
	return out, nil
}
