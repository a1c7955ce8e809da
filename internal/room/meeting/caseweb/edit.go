package caseweb

import (
	"net/http"
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
)

// mine are the bodies that the actor writes cases for.
func (p *pages) mine(r *http.Request, actor access.Actor) ([]meeting.Body, error) {
	ids, err := p.Cases.Writes(r.Context(), actor)
	if err != nil {
		return nil, err
	}
	all, err := p.Bodies.List(r.Context(), meeting.Filter{})
	return slices.DeleteFunc(all, func(b meeting.Body) bool { return !slices.Contains(ids, b.ID) }), err
}

func (p *pages) createForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	bodies, err := p.mine(r, actor)
	if err != nil {
		return asked{}, err
	}
	if len(bodies) == 0 {
		return asked{}, fault.New(fault.Denied, "case.error.no_body")
	}
	chosen := meeting.BodyID(r.URL.Query().Get("body"))
	if len(bodies) == 1 {
		chosen = bodies[0].ID
	}
	kind := casework.Decision
	if k := casework.Kind(r.URL.Query().Get("kind")); slices.Contains(casework.Kinds(), k) {
		kind = k
	}
	first := ui.Fieldset{Fields: []form.Field{
		{Name: "body", Kind: form.Select, Label: t.T("case.field.body"), Options: bodyOptions(t, "case.choose", bodies, chosen), Required: true},
		{Name: "number", Kind: form.Text, Label: t.T("case.field.number"), Hint: t.T("case.hint.number")}}}
	return asked{Title: t.T("case.new"), Lead: t.T("case.new.lead"), Crumbs: crumbs(t, casework.Detail{}), Back: "/saker", Submit: t.T("case.new.do"),
		Groups: append([]ui.Fieldset{first}, contentFields(t, casework.Content{Kind: kind}, "")...),
		Save: func(in *form.Input, _ url.Values) (string, error) {
			n := casework.NewCase{Content: p.readContent(in, r), Body: meeting.BodyID(in.Choice("body", bodyIDs(bodies)...))}
			if n.Body == "" {
				in.Refuse("body", "form.error.required")
			}
			if s := in.Text("number"); s != "" {
				var ok bool
				if n.Number, ok = casework.ParseNumber(s); !ok {
					in.Refuse("number", "case.error.archive_number")
				}
			}
			if err := in.Err(); err != nil {
				return "", err
			}
			c, err := p.Cases.Create(r.Context(), actor, n)
			return path(c) + "?ok=case.said.created", err
		}}, nil
}

func (p *pages) editForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return asked{}, err
	}
	return asked{Title: t.T("case.edit"), Lead: d.Number.String() + " " + d.Title, Crumbs: crumbs(t, d), Back: path(d.ID), Submit: t.T("case.save"), Version: d.Version,
		Groups: contentFields(t, d.Content, d.OriginName), Theirs: theirs{t.T("case.theirs"), []string{d.Title, d.PublicTitle, d.Officer}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			c := p.readContent(in, r)
			if err := in.Err(); err != nil {
				return "", err
			}
			return path(d.ID) + "?ok=case.said.saved", p.Cases.Edit(r.Context(), actor, d.ID, seen(values), c)
		}}, nil
}

func contentFields(t i18n.Printer, c casework.Content, origin string) []ui.Fieldset {
	return []ui.Fieldset{
		{Fields: []form.Field{
			{Name: "kind", Kind: form.Select, Label: t.T("case.field.kind"), Hint: t.T("case.hint.kind"), Options: options(t, "", casework.Kinds(), casework.Kind.Label, c.Kind)},
			{Name: "title", Kind: form.Text, Label: t.T("case.field.title"), Value: c.Title, Required: true, MaxRunes: casework.MaxTitle},
			{Name: "officer", Kind: form.Text, Label: t.T("case.field.officer"), Hint: t.T("case.hint.officer"), Value: c.Officer, Required: true},
			{Name: "origin", Kind: form.Text, Label: t.T("case.field.origin"), Hint: t.T("case.hint.origin"), Value: origin},
			{Name: "ready_by", Kind: form.Date, Label: t.T("case.field.ready_by"), Hint: t.T("case.hint.ready_by"), Value: c.ReadyBy.String()}}},
		{Legend: t.T("case.closing"), Hint: t.T("case.closing.hint"), Fields: []form.Field{
			{Name: "closed", Kind: form.Checks, Label: t.T("case.field.closed"), Options: []form.Option{{Value: "1", Label: t.T("case.field.closed.yes"), Selected: c.Closed}}},
			{Name: "ground", Kind: form.Select, Label: t.T("case.field.ground"), Options: groundOptions(t, "case.choose", casework.MeetingGrounds(), c.Ground)},
			{Name: "public_title", Kind: form.Text, Label: t.T("case.field.public_title"), Hint: t.T("case.hint.public_title"), Value: c.PublicTitle, MaxRunes: casework.MaxTitle}}},
		{Legend: t.T("case.interpellation"), Hint: t.T("case.interpellation.hint"), Fields: []form.Field{
			{Name: "question", Kind: form.Long, Rows: 5, Label: t.T("case.field.question"), Value: c.Interpellation.Question},
			{Name: "asked_by", Kind: form.Text, Label: t.T("case.field.asked_by"), Hint: t.T("case.hint.office"), Value: c.Interpellation.AskedBy},
			{Name: "answer", Kind: form.Long, Rows: 5, Label: t.T("case.field.answer"), Value: c.Interpellation.Answer},
			{Name: "answered_by", Kind: form.Text, Label: t.T("case.field.answered_by"), Hint: t.T("case.hint.office"), Value: c.Interpellation.AnsweredBy}}},
	}
}

func groundOptions(t i18n.Printer, none i18n.Key, list []casework.Ground, chosen string) []form.Option {
	out := []form.Option{{Value: "", Label: t.T(none), Selected: chosen == ""}}
	for _, g := range list {
		out = append(out, form.Option{Value: g.Code, Label: g.In(t) + ": " + t.T(g.Label), Selected: g.Code == chosen})
	}
	return out
}

// readContent reads the fields about the case itself. The organisation that brought
// it is written as its name or number.
func (p *pages) readContent(in *form.Input, r *http.Request) casework.Content {
	var grounds []string
	for _, g := range casework.MeetingGrounds() {
		grounds = append(grounds, g.Code)
	}
	c := casework.Content{Kind: casework.Kind(in.Choice("kind", strs(casework.Kinds())...)), Title: in.Text("title"), PublicTitle: in.Text("public_title"), Officer: in.Text("officer"),
		Closed: in.Bool("closed"), Ground: in.Choice("ground", grounds...), ReadyBy: in.Date("ready_by"),
		Interpellation: casepaper.Interpellation{Question: in.Text("question"), AskedBy: in.Text("asked_by"), Answer: in.Text("answer"), AnsweredBy: in.Text("answered_by")}}
	if len([]rune(c.PublicTitle)) > casework.MaxTitle { // also where it is not used: the meeting is open
		in.Refuse("public_title", "form.error.too_long", "max", casework.MaxTitle)
	}
	if name := in.Text("origin"); name != "" {
		o, err := p.Orgs.Find(r.Context(), name)
		if err != nil {
			in.Refuse("origin", "case.error.origin")
		}
		c.Origin = o
	}
	return c
}
