package positionweb

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/position"
)

// employers are those that the actor may write a position for.
func (p *Pages) employers(ctx context.Context, actor access.Actor) ([]form.Option, []string, error) {
	list, err := p.Orgs.ActsFor(ctx, actor, position.WriterRoles(), position.AdviserRoles())
	var out []form.Option
	var ids []string
	for _, o := range list {
		out, ids = append(out, form.Option{Value: string(o.ID), Label: o.Name}), append(ids, string(o.ID))
	}
	return out, ids, err
}

func (p *Pages) newForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	options, ids, err := p.employers(r.Context(), actor)
	if err == nil && len(ids) == 0 {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	whose := form.Field{Name: "employer", Kind: form.Select, Label: t.T("position.field.employer"), Options: options, Required: true}
	if len(ids) > 1 {
		whose.Options = append([]form.Option{{Label: t.T("position.choose"), Selected: true}}, options...)
	}
	from, err := begun(r)
	if err != nil {
		return leaf.Asked{}, err
	}
	asked, read, err := p.contentForm(r, from)
	asked.Title, asked.Lead, asked.Back, asked.Submit = t.T("position.new"), t.T("position.new.lead"), "/stillinger", t.T("position.save_draft")
	asked.Crumbs, asked.Fields = crumbs(t), append([]form.Field{whose}, asked.Fields...)
	asked.Read = func(in *form.Input) func() (string, error) {
		c := read(in)
		c.Need = from.Need
		if c.Employer = access.OrgID(in.Choice("employer", ids...)); c.Employer == "" {
			in.Refuse("employer", "form.error.required")
		}
		return func() (string, error) {
			made, err := p.Positions.Write(r.Context(), actor, c)
			return path(made, "?ok=position.said.written"), err
		}
	}
	return asked, err
}

// begun is what a position is begun from: the education or the need that the reader came
// from.
func begun(r *http.Request) (position.Content, error) {
	out := position.Content{Programme: r.URL.Query().Get("utdanning")}
	if written := r.URL.Query().Get("behov"); written != "" {
		var err error
		if out.Need, err = position.ParseNeedID(written); err != nil {
			return out, fault.Missing()
		}
	}
	return out, nil
}

func (p *Pages) editForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err == nil && !d.CanEdit() {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	asked, read, err := p.contentForm(r, d.Content)
	asked.Title, asked.Kicker, asked.Back, asked.Submit, asked.Version = t.T("position.edit"), d.Title, path(d.ID, ""), t.T("position.save"), d.Version
	asked.Crumbs = crumbs(t, ui.Link{Label: d.Title, Href: path(d.ID, "")})
	asked.Theirs = []ui.Fact{{Label: t.T("position.field.title"), Text: d.Title}, {Label: t.T("position.field.words"), Text: d.Words}, {Label: t.T("position.field.required"), Text: d.Required}}
	if d.State == position.Published {
		asked.Lead = t.T("position.edit.published", "provider", d.ProviderName)
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		c, version := read(in), leaf.Version(in)
		return func() (string, error) {
			return path(d.ID, "?ok=position.said.saved"), p.Positions.Edit(r.Context(), actor, d.ID, version, c)
		}
	}
	return asked, err
}

// uuid finds the id of a programme in its address, as people paste it.
var uuid = regexp.MustCompile(`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// contentForm asks for what a position says, and reads it.
func (p *Pages) contentForm(r *http.Request, c position.Content) (leaf.Asked, func(*form.Input) position.Content, error) {
	t, today := p.door.Printer(r), p.Clock.Today()
	providers, ids, err := p.providers(r.Context(), t, c.Provider)
	if err != nil {
		return leaf.Asked{}, nil, err
	}
	where, programme := "", ""
	if c.Municipality != "" {
		where = p.Places.Written(place.Number(c.Municipality))
	}
	if c.Programme != "" {
		programme = "/tilbud/" + c.Programme
	}
	levels := need.Levels()
	fields := []form.Field{
		{Name: "title", Kind: form.Text, Label: t.T("position.field.title"), Hint: t.T("position.hint.title"), Value: c.Title, MaxRunes: position.MaxLine, Required: true},
		{Name: "words", Kind: form.Long, Rows: 6, Label: t.T("position.field.words"), Hint: t.T("position.hint.words"), Value: c.Words, MaxRunes: position.MaxWords, Required: true},
		{Name: "municipality", Kind: form.Suggest, Label: t.T("position.field.municipality"), Value: where, Datalist: p.Places.Options(today), Autocomplete: "off", Required: true},
		{Name: "sector", Kind: form.Select, Label: t.T("position.field.sector"), Options: leaf.Options(t, "position.choose", need.Sectors(), need.SectorLabel, c.Sector)},
		{Name: "required", Kind: form.Text, Label: t.T("position.field.required"), Hint: t.T("position.hint.required"), Value: c.Required, MaxRunes: position.MaxLine, Required: true},
		{Name: "level", Kind: form.Select, Label: t.T("position.field.level"), Options: leaf.Options(t, "position.choose", levels, need.Level.Label, need.Level(c.Level)), Required: true},
		{Name: "programme", Kind: form.Text, Label: t.T("position.field.programme"), Hint: t.T("position.hint.programme"), Value: programme},
		{Name: "provider", Kind: form.Select, Label: t.T("position.field.provider"), Hint: t.T("position.hint.provider"), Options: providers},
		{Name: "work_hours", Kind: form.Number, Label: t.T("position.field.work_hours"), Hint: t.T("position.hint.hours"), Value: count(c.WorkHours), Min: "0", Max: strconv.Itoa(position.MaxHours)},
		{Name: "study_hours", Kind: form.Number, Label: t.T("position.field.study_hours"), Hint: t.T("position.hint.hours"), Value: count(c.StudyHours), Min: "0", Max: strconv.Itoa(position.MaxHours)},
		{Name: "pay", Kind: form.Text, Label: t.T("position.field.pay"), Hint: t.T("position.hint.pay"), Value: c.Pay, MaxRunes: position.MaxLine},
		{Name: "apply_by", Kind: form.Date, Label: t.T("position.field.apply_by"), Hint: t.T("position.hint.apply_by"), Value: c.ApplyBy.String()}}
	read := func(in *form.Input) position.Content {
		out := position.Content{Title: in.Text("title"), Words: in.Text("words"), Required: in.Text("required"), Level: in.Choice("level", codes(levels)...),
			Sector: in.Choice("sector", need.Sectors()...), Provider: access.OrgID(in.Choice("provider", ids...)), WorkHours: in.Int("work_hours"),
			StudyHours: in.Int("study_hours"), Pay: in.Text("pay"), ApplyBy: in.Date("apply_by")}
		n, err := p.Places.ParseTyped(in.Text("municipality"), today)
		if err != nil {
			in.Refuse("municipality", "position.error.place")
		}
		out.Municipality = string(n)
		if typed := in.Text("programme"); typed != "" {
			if out.Programme = uuid.FindString(typed); out.Programme == "" {
				in.Refuse("programme", "position.error.programme")
			}
		}
		return out
	}
	return leaf.Asked{Fields: fields}, read, nil
}

func (p *Pages) providers(ctx context.Context, t i18n.Printer, chosen access.OrgID) ([]form.Option, []string, error) {
	list, err := p.Orgs.Providers(ctx)
	out, ids := []form.Option{{Label: t.T("position.choose"), Selected: chosen == ""}}, []string{}
	for _, o := range list {
		out, ids = append(out, form.Option{Value: string(o.ID), Label: o.Name, Selected: o.ID == chosen}), append(ids, string(o.ID))
	}
	return out, ids, err
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func codes[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}

// moveForm asks for what goes with a move: what the provider confirms, or why.
func (p *Pages) moveForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	to := flow.State(r.PathValue("to"))
	n := slices.IndexFunc(d.Moves(), func(m flow.MoveDef) bool { return m.To == to })
	if n < 0 {
		return leaf.Asked{}, fault.New(fault.Conflict, "position.error.not_now")
	}
	m := d.Moves()[n]
	label := t.T(m.Label)
	asked := leaf.Asked{Title: label, Kicker: d.Title, Lead: t.T(i18n.Key("position.lead." + string(to))), Crumbs: crumbs(t, ui.Link{Label: d.Title, Href: path(d.ID, "")}),
		Back: path(d.ID, ""), Submit: label, Version: d.Version}
	confirms := to == position.Published
	if confirms {
		asked.Fields = []form.Field{{Name: "pathway", Kind: form.Radio, Label: t.T("position.field.pathway"), Options: leaf.Options(t, "", position.Pathways(), position.Pathway.Label, ""), Required: true},
			{Name: "unit", Kind: form.Text, Label: t.T("position.field.unit"), Hint: t.T("position.hint.unit"), MaxRunes: position.MaxLine, Required: true}}
	}
	if m.NoteRequired || confirms {
		asked.Fields = append(asked.Fields, form.Field{Name: "note", Kind: form.Long, Rows: 4, Label: t.T("position.field.note"), Hint: t.T("position.hint.note"), MaxRunes: position.MaxWords, Required: m.NoteRequired})
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		next := position.Moving{To: to, Version: leaf.Version(in), Note: in.Text("note"), Unit: in.Text("unit")}
		if confirms {
			next.Pathway = position.Pathway(in.Choice("pathway", codes(position.Pathways())...))
		}
		return func() (string, error) {
			return path(d.ID, "?ok=position.said.moved"), p.Positions.Move(r.Context(), actor, d.ID, next)
		}
	}
	return asked, nil
}

func (p *Pages) interestForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	switch {
	case err != nil:
		return leaf.Asked{}, err
	case d.Own != nil:
		return leaf.Asked{}, fault.New(fault.Conflict, "position.error.shown")
	case d.Is(flow.Employer):
		return leaf.Asked{}, fault.New(fault.Conflict, "position.error.own")
	case !d.TakesInterest(p.Clock.Today()):
		return leaf.Asked{}, fault.New(fault.Conflict, "position.error.closed")
	}
	return leaf.Asked{Title: t.T("position.show_interest"), Kicker: d.Title, Lead: t.T("position.interest.lead", "employer", d.EmployerName), Back: path(d.ID, ""), Submit: t.T("position.show_interest"),
		Crumbs: crumbs(t, ui.Link{Label: d.Title, Href: path(d.ID, "")}),
		Help:   []ui.Details{{Summary: t.T("position.interest.kept"), Paragraphs: []string{t.T("position.interest.kept.text", "employer", d.EmployerName, "days", position.KeptDays)}}},
		Fields: []form.Field{{Name: "contact", Kind: form.Text, Label: t.T("position.field.contact"), Hint: t.T("position.hint.contact"), MaxRunes: position.MaxContact, Required: true},
			{Name: "words", Kind: form.Long, Rows: 4, Label: t.T("position.field.about"), Hint: t.T("position.hint.about"), MaxRunes: position.MaxTold}},
		Read: func(in *form.Input) func() (string, error) {
			words, contact := in.Text("words"), in.Text("contact")
			return func() (string, error) {
				_, err := p.Positions.ShowInterest(r.Context(), actor, d.ID, words, contact)
				return path(d.ID, "?ok=position.said.shown"), err
			}
		}}, nil
}

func (p *Pages) deleteForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err == nil && (!d.Is(flow.Employer) || d.State != position.Draft || len(d.Steps) != 1) {
		err = fault.New(fault.Conflict, "position.error.not_now")
	}
	return leaf.Asked{Title: t.T("position.delete"), Kicker: d.Title, Lead: t.T("position.delete.lead"), Back: path(d.ID, ""), Submit: t.T("position.delete"), Version: d.Version,
		Crumbs: crumbs(t, ui.Link{Label: d.Title, Href: path(d.ID, "")}),
		Read: func(in *form.Input) func() (string, error) {
			version := leaf.Version(in)
			return func() (string, error) {
				return "/stillinger?ok=position.said.deleted", p.Positions.Delete(r.Context(), actor, d.ID, version)
			}
		}}, err
}
