package caseweb

import (
	"net/http"
	"net/url"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
)

// paragraphs are the lines of a text that are not empty.
func paragraphs(s string) []string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func (p *pages) treatmentForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return asked{}, err
	}
	bodies, err := p.Bodies.List(r.Context(), meeting.Filter{})
	if err != nil {
		return asked{}, err
	}
	results := append([]casework.Result{casework.Planned}, casework.Results()...)
	return asked{Title: t.T("case.treatment.add"), Lead: t.T("case.treatment.add.lead"), Crumbs: crumbs(t, d), Back: path(d.ID), Submit: t.T("case.add"),
		Groups: []ui.Fieldset{{Fields: []form.Field{
			{Name: "body", Kind: form.Select, Label: t.T("case.field.body"), Options: bodyOptions(t, "case.treatment.other", bodies, d.Body)},
			{Name: "body_called", Kind: form.Text, Label: t.T("case.field.body_called"), Hint: t.T("case.hint.body_called")},
			{Name: "number", Kind: form.Text, Label: t.T("case.field.treatment_number"), Hint: t.T("case.hint.treatment_number")},
			{Name: "day", Kind: form.Date, Label: t.T("case.field.meeting_day")},
			{Name: "result", Kind: form.Select, Label: t.T("case.field.result"), Options: options(t, "", results, casework.Result.Label, casework.Planned)},
			{Name: "told", Kind: form.Long, Rows: 4, Label: t.T("case.field.told"), Hint: t.T("case.hint.told")}}}},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			x := casework.Treatment{Body: meeting.BodyID(in.Choice("body", bodyIDs(bodies)...)), BodyName: in.Text("body_called"), Number: in.Text("number"), Day: in.Date("day"),
				Result: casework.Result(in.Choice("result", strs(results)...)), Told: in.Text("told")}
			if err := in.Err(); err != nil {
				return "", err
			}
			_, err := p.Treatments.Add(r.Context(), actor, d.ID, x)
			return path(d.ID) + "?ok=case.said.added", err
		}}, nil
}

func (p *pages) resultForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return asked{}, err
	}
	var x casework.Treatment
	for _, y := range d.Treatments {
		if string(y.ID) == r.PathValue("treatment") {
			x = y
		}
	}
	if x.ID == "" {
		return asked{}, fault.Missing()
	}
	return asked{Title: t.T("case.treatment.result"), Lead: x.BodyName, Crumbs: crumbs(t, d), Back: path(d.ID), Submit: t.T("case.save"), Version: x.Version,
		Theirs: theirs{t.T("case.theirs"), []string{x.Number, t.T(x.Result.Label()), x.Told}},
		Groups: []ui.Fieldset{{Fields: []form.Field{
			{Name: "number", Kind: form.Text, Label: t.T("case.field.treatment_number"), Hint: t.T("case.hint.treatment_number"), Value: x.Number},
			{Name: "day", Kind: form.Date, Label: t.T("case.field.meeting_day"), Value: x.Day.String(), Required: true},
			{Name: "result", Kind: form.Select, Label: t.T("case.field.result"), Options: options(t, "case.choose", casework.Results(), casework.Result.Label, x.Result), Required: true},
			{Name: "told", Kind: form.Long, Rows: 5, Label: t.T("case.field.told"), Hint: t.T("case.hint.told"), Value: x.Told}}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			y := casework.Treatment{ID: x.ID, Number: in.Text("number"), Day: in.Date("day"), Result: casework.Result(in.Choice("result", strs(casework.Results())...)), Told: in.Text("told"), Version: seen(values)}
			if y.Result == "" {
				in.Refuse("result", "form.error.required")
			}
			if err := in.Err(); err != nil {
				return "", err
			}
			return path(d.ID) + "?ok=case.said.treated", p.Treatments.Treat(r.Context(), actor, d.ID, y)
		}}, nil
}

func (p *pages) inputForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return asked{}, err
	}
	return asked{Title: t.T("case.input.add"), Lead: t.T("case.input.lead"), Crumbs: crumbs(t, d), Back: path(d.ID), Submit: t.T("case.add"),
		Groups: []ui.Fieldset{{Fields: []form.Field{
			{Name: "sender", Kind: form.Text, Label: t.T("case.field.sender"), Hint: t.T("case.hint.sender"), Required: true},
			{Name: "day", Kind: form.Date, Label: t.T("case.field.day"), Value: p.Clock.Today().String(), Required: true},
			{Name: "words", Kind: form.Long, Rows: 6, Label: t.T("case.field.words"), Required: true},
			{Name: "done", Kind: form.Long, Rows: 4, Label: t.T("case.field.done"), Hint: t.T("case.hint.done")}}}},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			x := casework.Input{Sender: in.Text("sender"), Day: in.Date("day"), Words: in.Text("words"), Done: in.Text("done")}
			if err := in.Err(); err != nil {
				return "", err
			}
			return path(d.ID) + "?ok=case.said.added#inputs", p.Cases.AddInput(r.Context(), actor, d.ID, x)
		}}, nil
}

func (p *pages) answerForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return asked{}, err
	}
	var x casework.Input
	for _, y := range d.Inputs {
		if string(y.ID) == r.PathValue("input") {
			x = y
		}
	}
	if x.ID == "" {
		return asked{}, fault.Missing()
	}
	return asked{Title: t.T("case.input.answer"), Lead: x.Sender + ": " + x.Words, Crumbs: crumbs(t, d), Back: path(d.ID), Submit: t.T("case.save"), Version: x.Version,
		Theirs: theirs{t.T("case.theirs"), []string{x.Done}},
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "done", Kind: form.Long, Rows: 5, Label: t.T("case.field.done"), Hint: t.T("case.hint.done"), Value: x.Done, Required: true}}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			return path(d.ID) + "?ok=case.said.saved#inputs", p.Cases.AnswerInput(r.Context(), actor, d.ID, x.ID, seen(values), in.Text("done"))
		}}, nil
}

func (p *pages) linkForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return asked{}, err
	}
	return asked{Title: t.T("case.link.add"), Lead: t.T("case.link.lead"), Crumbs: crumbs(t, d), Back: path(d.ID), Submit: t.T("case.add"),
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "thing", Kind: form.Text, Label: t.T("case.field.thing"), Hint: t.T("case.hint.thing"), Required: true}}}},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			ref, ok := p.Cases.Thing(in.Text("thing"))
			if !ok {
				return "", fault.InvalidField("thing", "case.error.thing")
			}
			return path(d.ID) + "?ok=case.said.added#links", p.Cases.AddLink(r.Context(), actor, d.ID, ref)
		}}, nil
}

// removePost takes away a link or a treatment that has not been.
func (p *pages) removePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	c, err := p.id(r)
	if err != nil {
		return err
	}
	if kind, ref, ok := strings.Cut(r.PostForm.Get("thing"), " "); ok {
		err = p.Cases.RemoveLink(r.Context(), actor, c, object.Ref{Kind: kind, ID: ref})
	} else if x, parsed := id.Parse[casework.Treatment](r.PostForm.Get("treatment")); parsed == nil {
		err = p.Treatments.Remove(r.Context(), actor, c, x)
	} else {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(c)+"?ok=case.said.removed")
}

func (p *pages) moveForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return asked{}, err
	}
	to := flow.State(r.URL.Query().Get("to"))
	m, ok := casework.Flow().Move(d.State, to)
	if !ok {
		return asked{}, fault.New(fault.Conflict, "flow.error.moved")
	}
	return asked{Title: t.T(m.Label), Lead: t.T("case.move.lead", "from", t.T(casework.StateLabel(d.State)), "to", t.T(casework.StateLabel(to))), Crumbs: crumbs(t, d), Back: path(d.ID), Submit: t.T(m.Label),
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "note", Kind: form.Long, Rows: 3, Label: t.T("case.field.note"), Hint: t.T("case.hint.note"), Required: m.NoteRequired}}}},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			return path(d.ID) + "?ok=case.said.moved", p.Cases.Move(r.Context(), actor, d.ID, d.State, to, in.Text("note"))
		}}, nil
}

func documentFields(t i18n.Printer, d casework.Document) []ui.Fieldset {
	return []ui.Fieldset{{Fields: []form.Field{
		{Name: "letter", Kind: form.Select, Label: t.T("case.field.letter"), Options: letterOptions(t, d.Letter)},
		{Name: "title", Kind: form.Text, Label: t.T("case.field.doc_title"), Value: d.Title, Required: true, MaxRunes: casework.MaxTitle},
		{Name: "day", Kind: form.Date, Label: t.T("case.field.day"), Value: d.Day.String(), Required: true},
		{Name: "ground", Kind: form.Select, Label: t.T("case.field.doc_ground"), Hint: t.T("case.hint.doc_ground"), Options: groundOptions(t, "case.document.open", casework.DocumentGrounds(), d.Ground)}}}}
}

func letterOptions(t i18n.Printer, chosen casework.Letter) []form.Option {
	var out []form.Option
	for _, l := range casework.Letters() {
		out = append(out, form.Option{Value: string(l), Label: string(l) + ": " + t.T(l.Label()), Selected: l == chosen})
	}
	return out
}

func readDocument(in *form.Input) casework.Document {
	var grounds []string
	for _, g := range casework.DocumentGrounds() {
		grounds = append(grounds, g.Code)
	}
	return casework.Document{Letter: casework.Letter(in.Choice("letter", strs(casework.Letters())...)), Title: in.Text("title"), Day: in.Date("day"), Ground: in.Choice("ground", grounds...)}
}

func (p *pages) newDocumentForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.writing(r, actor)
	if err != nil {
		return asked{}, err
	}
	return asked{Title: t.T("case.document.add"), Lead: t.T("case.document.lead"), Crumbs: crumbs(t, d), Back: path(d.ID), Submit: t.T("case.add"),
		Groups: documentFields(t, casework.Document{Letter: "I", Day: p.Clock.Today()}),
		Save: func(in *form.Input, _ url.Values) (string, error) {
			x := readDocument(in)
			if err := in.Err(); err != nil {
				return "", err
			}
			made, err := p.Cases.AddDocument(r.Context(), actor, d.ID, x)
			return "/saksdokumenter/" + string(made) + "?ok=case.said.added", err
		}}, nil
}

// readableDocument reads the document that the path names.
func (p *pages) readableDocument(r *http.Request, actor access.Actor) (casework.Document, casework.Case, bool, error) {
	one, err := id.Parse[casework.Document](r.PathValue("id"))
	if err != nil {
		return casework.Document{}, casework.Case{}, false, fault.Missing()
	}
	return p.Cases.Document(r.Context(), actor, one)
}

func (p *pages) documentForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	x, c, writes, err := p.readableDocument(r, actor)
	if err == nil && !writes {
		err = fault.Missing()
	}
	if err != nil {
		return asked{}, err
	}
	return asked{Title: t.T("case.document.edit"), Lead: x.Title, Crumbs: crumbs(t, casework.Detail{Case: c}), Back: "/saksdokumenter/" + string(x.ID), Submit: t.T("case.save"), Version: x.Version,
		Theirs: theirs{t.T("case.theirs"), []string{x.Title}}, Groups: documentFields(t, x),
		Save: func(in *form.Input, values url.Values) (string, error) {
			y := readDocument(in)
			if err := in.Err(); err != nil {
				return "", err
			}
			y.ID, y.Version = x.ID, seen(values)
			return "/saksdokumenter/" + string(x.ID) + "?ok=case.said.saved", p.Cases.EditDocument(r.Context(), actor, y)
		}}, nil
}

type documentView struct {
	web.Page
	Head  ui.Head
	Facts ui.Facts
	Files ui.FileList
}

// document is the page of a document with its files.
func (p *pages) document(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, c, writes, err := p.readableDocument(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	number := c.Number.String() + "-" + t.Number(x.Nr)
	view := documentView{Page: p.door.Frame(r, actor, x.Title), Head: ui.Head{Kicker: t.T("case.document.kicker", "number", number), Title: x.Title},
		Facts: ui.Facts{Items: []ui.Fact{{Label: t.T("case.field.letter"), Text: string(x.Letter) + ": " + t.T(x.Letter.Label())}, {Label: t.T("case.field.day"), Text: t.Date(x.Day)},
			{Label: t.T("case.object"), Link: &ui.Link{Label: c.Number.String() + " " + c.Title, Href: path(c.ID)}}}}}
	view.Crumbs = crumbs(t, casework.Detail{Case: c})
	if g, ok := casework.GroundOf(casework.DocumentGrounds(), x.Ground); ok {
		view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("case.field.doc_ground"), Text: t.T(g.Label), Link: &ui.Link{Label: g.Section, Href: g.Source}})
		view.Head.Tags = []ui.Tag{{Text: t.T("case.document.held"), Color: ui.Warning}}
	}
	if x.Nr == 1 && casework.IsIssued(c.State) {
		view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("case.paper"), Link: &ui.Link{Label: t.T("case.paper.read"), Href: path(c.ID) + "/papir"}})
	}
	if writes {
		view.Head.Actions = []ui.Action{{Label: t.T("case.document.edit"), Href: "/saksdokumenter/" + string(x.ID) + "/rediger", Variant: ui.Secondary}}
	}
	if view.Files, err = attachview.Section(r.Context(), p.Attach, t, actor, object.Ref{Kind: casework.DocumentKind, ID: string(x.ID)}); err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "case/document", view)
}
