package pledgeweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/hall/pledge"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
)

func (p *Pages) newForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	if !d.CanPledge {
		return leaf.Asked{}, fault.New(fault.Conflict, "pledge.error.closed")
	}
	options, ids, err := p.pledgers(r.Context(), t, actor, d)
	switch {
	case err != nil:
		return leaf.Asked{}, err
	case len(ids) == 0 && len(d.Mine) > 0:
		return leaf.Asked{}, fault.New(fault.Conflict, "pledge.error.again")
	case len(ids) == 0:
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	}
	alone := len(ids) == 1 && ids[0] == self
	whose := form.Field{Name: "org", Kind: form.Select, Label: t.T("pledge.field.org"), Options: options, Required: true}
	if len(ids) > 1 {
		whose.Options = append([]form.Option{{Label: t.T("pledge.choose"), Selected: true}}, options...)
	}
	sorts := pledge.Sorts()
	seats := form.Field{Name: "seats", Kind: form.Number, Label: t.T("pledge.field.seats"), Min: "1", Max: strconv.Itoa(pledge.MaxSeats), Required: true}
	asked := leaf.Asked{Title: t.T("pledge.new"), Kicker: d.Title, Lead: t.T("pledge.new.lead"), Back: path(d.Target, ""), Submit: t.T("pledge.new.do"), Crumbs: crumbs(t, d.Target, ui.Link{Label: t.T("pledge.title"), Href: path(d.Target, "")})}
	asked.Fields = []form.Field{whose, sortField(t, sorts, ""), seats, validField(t, "")}
	if alone {
		sorts = []pledge.Sort{pledge.Wish, pledge.Binding}
		asked.Lead = t.T("pledge.new.own")
		asked.Fields = []form.Field{sortField(t, sorts, ""), validField(t, "")}
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		x := readPledge(in, sorts)
		if alone {
			x.Seats = 1
		} else if o := in.Choice("org", ids...); o == "" {
			in.Refuse("org", "form.error.required")
		} else if o != self {
			x.Org = access.OrgID(o)
		}
		return func() (string, error) {
			_, err := p.Pledges.Pledge(r.Context(), actor, d.Ref, x)
			return path(d.Target, "?ok=pledge.said.pledged"), err
		}
	}
	return asked, nil
}

func sortField(t i18n.Printer, list []pledge.Sort, chosen pledge.Sort) form.Field {
	f := form.Field{Name: "sort", Kind: form.Radio, Label: t.T("pledge.field.sort"), Required: true}
	for _, s := range list {
		f.Options = append(f.Options, form.Option{Value: string(s), Label: t.T(s.Label()), Hint: t.T(i18n.Key("pledge.sort.hint." + string(s))), Selected: s == chosen})
	}
	return f
}

func validField(t i18n.Printer, value string) form.Field {
	return form.Field{Name: "valid_to", Kind: form.Date, Label: t.T("pledge.field.valid_to"), Hint: t.T("pledge.hint.valid_to"), Value: value}
}

func readPledge(in *form.Input, sorts []pledge.Sort) pledge.Pledging {
	return pledge.Pledging{Sort: pledge.Sort(in.Choice("sort", text.Strings(sorts)...)), Seats: in.Int("seats"), ValidTo: in.Date("valid_to")}
}

func (p *Pages) changeForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, err := p.own(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	sorts := pledge.Sorts()
	asked := leaf.Asked{Title: t.T("pledge.change"), Kicker: x.For.Title, Lead: whose(t, x.Pledge), Back: path(x.For, ""), Submit: t.T("pledge.save"), Version: x.Version,
		Crumbs: []ui.Link{{Label: t.T("pledge.mine"), Href: "/plasser"}}}
	valid := validField(t, x.ValidTo.String())
	if x.Account != "" {
		sorts = []pledge.Sort{pledge.Wish, pledge.Binding}
		asked.Fields = []form.Field{sortField(t, sorts, x.Sort), valid}
	} else {
		asked.Fields = []form.Field{sortField(t, sorts, x.Sort), {Name: "seats", Kind: form.Number, Label: t.T("pledge.field.seats"), Value: strconv.Itoa(x.Seats), Min: "1", Max: strconv.Itoa(pledge.MaxSeats), Required: true}, valid}
	}
	asked.Theirs = []ui.Fact{{Label: t.T("pledge.field.sort"), Text: t.T(x.Sort.Label())}, {Label: t.T("pledge.field.seats"), Text: strconv.Itoa(x.Seats)}}
	asked.Read = func(in *form.Input) func() (string, error) {
		now, version := readPledge(in, sorts), leaf.Version(in)
		if x.Account != "" {
			now.Seats = 1
		}
		return func() (string, error) {
			return path(x.For, "?ok=pledge.said.changed"), p.Pledges.Change(r.Context(), actor, x.ID, version, now)
		}
	}
	return asked, nil
}

// steering is a form about the round that collects, for one who may.
func (p *Pages) steering(r *http.Request, actor access.Actor, may func(pledge.Detail) bool) (pledge.Detail, leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	switch {
	case err != nil:
		return d, leaf.Asked{}, err
	case d.Round == nil || d.Round.State != pledge.Collecting && d.Round.State != pledge.Enough:
		return d, leaf.Asked{}, fault.New(fault.Conflict, "pledge.error.none")
	case !may(d):
		return d, leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	}
	return d, leaf.Asked{Kicker: d.Title, Back: path(d.Target, ""), Version: d.Round.Version, Crumbs: crumbs(t, d.Target, ui.Link{Label: t.T("pledge.title"), Href: path(d.Target, "")})}, nil
}

func (p *Pages) dueForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, asked, err := p.steering(r, actor, func(d pledge.Detail) bool { return d.CanSteer })
	if err != nil {
		return asked, err
	}
	asked.Title, asked.Lead, asked.Submit = t.T("pledge.due"), t.T("pledge.due.lead"), t.T("pledge.save")
	asked.Fields = []form.Field{{Name: "due", Kind: form.Date, Label: t.T("pledge.field.due"), Hint: t.T("pledge.hint.due"), Value: d.Round.Due.String()}}
	asked.Theirs = []ui.Fact{{Label: t.T("pledge.field.due"), Text: t.Date(d.Round.Due)}}
	asked.Read = func(in *form.Input) func() (string, error) {
		due, version := in.Date("due"), leaf.Version(in)
		return func() (string, error) {
			return path(d.Target, "?ok=pledge.said.due"), p.Pledges.SetDue(r.Context(), actor, d.Ref, version, due)
		}
	}
	return asked, nil
}

func (p *Pages) startForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, asked, err := p.steering(r, actor, func(d pledge.Detail) bool { return d.CanStart })
	if err != nil {
		return asked, err
	}
	asked.Title, asked.Submit = t.T("pledge.start"), t.T("pledge.start")
	asked.Lead = t.T("pledge.start.lead", "counted", d.Sums.Counted(), "binding", d.Sums.Binding)
	note := form.Field{Name: "note", Kind: form.Long, Rows: 4, Label: t.T("pledge.field.note"), MaxRunes: pledge.MaxNote}
	if short := pledge.Missing(d.Least, d.In()+d.Sums.Binding); short > 0 {
		note.Hint, note.Required = t.T("pledge.hint.short", "n", short), true
	}
	day := form.Field{Name: "day", Kind: form.Date, Label: t.T("pledge.field.day"), Required: true}
	if !d.StartsOn.IsZero() {
		day.Value, day.Hint = d.StartsOn.String(), t.T("pledge.hint.day", "date", t.Date(d.StartsOn))
	}
	asked.Fields = []form.Field{day, note}
	asked.Theirs = []ui.Fact{{Label: t.T("pledge.field.seats"), Text: strconv.Itoa(d.Sums.Counted())}}
	asked.Read = func(in *form.Input) func() (string, error) {
		x := pledge.Starting{Day: in.Date("day"), Note: in.Text("note"), Version: leaf.Version(in)}
		return func() (string, error) {
			return path(d.Target, "?ok=pledge.said.started"), p.Pledges.Start(r.Context(), actor, d.Ref, x)
		}
	}
	return asked, nil
}

func (p *Pages) endForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, asked, err := p.steering(r, actor, func(d pledge.Detail) bool { return d.CanSteer })
	if err != nil {
		return asked, err
	}
	asked.Title, asked.Lead, asked.Submit = t.T("pledge.end"), t.T("pledge.end.lead"), t.T("pledge.end")
	asked.Fields = []form.Field{{Name: "note", Kind: form.Long, Rows: 4, Label: t.T("pledge.field.why"), MaxRunes: pledge.MaxNote, Required: true}}
	asked.Theirs = []ui.Fact{{Label: t.T("pledge.field.seats"), Text: strconv.Itoa(d.Sums.Counted())}}
	asked.Read = func(in *form.Input) func() (string, error) {
		note, version := in.Text("note"), leaf.Version(in)
		return func() (string, error) {
			return path(d.Target, "?ok=pledge.said.ended"), p.Pledges.End(r.Context(), actor, d.Ref, version, note)
		}
	}
	return asked, nil
}
