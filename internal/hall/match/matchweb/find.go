package matchweb

import (
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/supply/offer"
)

// findView is Finn tilbud: the form alone, or above what answers the text.
type findView struct {
	web.Page
	Head       ui.Head
	Answered   bool
	Form       searchForm
	Examples   []ui.Link
	Understood understoodView
	Notices    []ui.Notice
	Empty      ui.Empty
	Groups     []Group
	Further    furtherView
}

// searchForm is the form. More opens on a press.
type searchForm struct {
	Text      form.Field
	MoreLabel string
	More      []form.Field
	Open      bool
	Submit    ui.Action
}

// understoodView is "Slik forstod vi det"; nothing is drawn without a title.
type understoodView struct {
	Title   string
	Lead    string
	Chips   ui.Chips
	Removed ui.Chips
	Add     form.Field
	Button  ui.Action
	Hidden  []ui.Hidden
	Maybe   ui.Chips
}

// furtherView is what one can do with the text: who else needs it, the pools
// it could join, and reporting it.
type furtherView struct {
	Shown   bool
	Title   string
	Text    string
	Similar string
	Pools   []ui.Card
	Actions ui.Actions
}

func (p *Pages) find(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	a, err := p.readAsked(t, r.URL.Query())
	if err != nil && !onlyAdd(err) || a.isEmpty() {
		return p.start(w, r, actor, a, err)
	}
	answer, findErr := p.Match.Find(r.Context(), actor, a.Query)
	if findErr != nil {
		return p.start(w, r, actor, a, findErr)
	}
	view := p.answered(r, actor, a, answer)
	if err != nil {
		view.Refused(form.Refill(&view.Understood, url.Values{paramAdd: {a.typed}}, err, t))
		view.Understood.Maybe = maybeChips(t, a.maybe, a.with)
		return p.door.Views.Render(w, gate.Status(err), "match/find", view)
	}
	return p.door.Views.Render(w, http.StatusOK, "match/find", view)
}

// onlyAdd reports whether the added concept is all that is wrong: the rest of
// the page can be answered.
func onlyAdd(err error) bool {
	e, ok := fault.As(err)
	if !ok || e.Kind != fault.Invalid {
		return false
	}
	for _, f := range e.Fields {
		if f.Name != paramAdd {
			return false
		}
	}
	return true
}

// start draws the form alone, with what is wrong in it.
func (p *Pages) start(w http.ResponseWriter, r *http.Request, actor access.Actor, a asked, err error) error {
	if err != nil && !fault.Is(err, fault.Invalid) {
		return err
	}
	t := p.door.Printer(r)
	view := findView{Page: p.door.Frame(shortened(r), actor, t.T("match.find.title")), Form: p.newForm(t, a), Examples: examples(t)}
	view.Head = ui.Head{Title: t.T("match.find.title"), Lead: t.T("match.find.lead")}
	if err == nil {
		return p.door.Views.Render(w, http.StatusOK, "match/find", view)
	}
	view.Refused(form.Refill(&view.Form, r.URL.Query(), err, t))
	view.Form.Open = view.Form.Open || moreIsWrong(view.Form)
	return p.door.Views.Render(w, gate.Status(err), "match/find", view)
}

// maxAddress is how long an address may be and still be repeated in the links
// to the other languages.
const maxAddress = 8000

// shortened is the request without its parameters when they are very long: the
// frame writes the address several times.
func shortened(r *http.Request) *http.Request {
	if len(r.URL.RawQuery) <= maxAddress {
		return r
	}
	short := r.Clone(r.Context())
	short.URL.RawQuery = ""
	return short
}

func moreIsWrong(f searchForm) bool {
	for _, m := range f.More {
		if m.Error != "" {
			return true
		}
	}
	return false
}

func examples(t i18n.Printer) []ui.Link {
	var out []ui.Link
	for _, key := range []i18n.Key{"match.example.saw", "match.example.care", "match.example.settle", "match.example.net"} {
		out = append(out, ui.Link{Label: t.T(key), Href: "/finn?" + url.Values{paramText: {t.T(key)}}.Encode()})
	}
	return out
}

func (p *Pages) newForm(t i18n.Printer, a asked) searchForm {
	levels := []form.Option{{Label: t.T("match.any.level"), Selected: a.Level == ""}}
	for _, l := range offer.Levels() {
		levels = append(levels, form.Option{Value: string(l), Label: t.T(l.Label()), Selected: l == a.Level})
	}
	var forms []form.Option
	for _, d := range offer.Deliveries() {
		forms = append(forms, form.Option{Value: string(d), Label: t.T(d.Label())})
	}
	f := searchForm{MoreLabel: t.T("match.more"),
		Text: form.Field{Name: paramText, Kind: form.Long, Rows: 4, Label: t.T("match.field.text"), Hint: t.T("match.hint.text"), Value: a.Text},
		More: []form.Field{
			{Name: "municipality", Kind: form.Suggest, Label: t.T("match.field.municipality"), Hint: t.T("match.hint.municipality"), Value: a.values.Get("municipality"),
				Datalist: p.Match.Places.Options(p.Match.Clock.Today()), Autocomplete: "off"},
			{Name: "headcount", Kind: form.Number, Label: t.T("match.field.headcount"), Value: a.values.Get("headcount")},
			{Name: "level", Kind: form.Select, Label: t.T("match.field.level"), Options: levels},
			form.Field{Name: "form", Kind: form.Checks, Label: t.T("match.field.form"), Options: forms}.WithAll(text.Strings(a.Forms)),
			{Name: "from", Kind: form.Date, Label: t.T("match.field.from"), Hint: t.T("match.hint.from"), Value: a.From.String()},
		},
		Submit: ui.Action{Label: t.T("match.find.do"), Submit: true, Variant: ui.Primary},
	}
	for _, m := range f.More {
		f.Open = f.Open || m.Filled()
	}
	f.Open = f.Open || a.Level != ""
	return f
}

// answered draws what answers the text.
func (p *Pages) answered(r *http.Request, actor access.Actor, a asked, answer match.Answer) findView {
	t := p.door.Printer(r)
	view := findView{Page: p.door.Frame(shortened(r), actor, t.T("match.answer.title")), Answered: true, Form: p.newForm(t, a)}
	view.Head = ui.Head{Title: t.T("match.answer.title"), Lead: quote(t, a.Text)}
	view.Crumbs = []ui.Link{{Label: t.T("match.find.title"), Href: "/finn"}}
	// What was added and taken away belongs to the text; a new text starts anew.
	view.Form.Open = false
	view.Notices = partial(t, answer)
	if answer.Partial && (!answer.IsNeed || answer.IsEmpty()) {
		// Too early to tell: a programme may answer.
		view.Head.Title = t.T("match.none.head")
		return view
	}
	if !answer.IsNeed {
		return p.noNeed(t, actor, view, a)
	}
	view.Understood = p.understood(t, a, answer)
	c := cards{p: p, t: t, query: a.Query}
	view.Groups = c.groups(answer, func(o match.Offer) []ui.Action { return c.askFirst(actor, a, o) })
	if answer.Settle {
		view.Notices = append(view.Notices, ui.Notice{Title: t.T("match.settle.title"), Text: t.T("match.settle.text")})
	}
	if answer.IsEmpty() {
		view.Head.Title = t.T("match.none.head")
		view.Groups = nil
		view.Empty = ui.Empty{Title: t.T("match.none.title"), Text: t.T("match.none.text"), Actions: p.door.Leading(actor,
			ui.Action{Label: t.T("match.report"), Href: a.reportHref(), Variant: ui.Primary},
			ui.Action{Label: t.T("match.go.supply"), Href: "/tilbud", Variant: ui.Secondary},
			ui.Action{Label: t.T("match.go.toolbox"), Href: "/verktoykasse", Variant: ui.Secondary})}
	}
	view.Further = p.further(t, actor, a, answer)
	return view
}

// partial says that the programmes are still being read.
func partial(t i18n.Printer, answer match.Answer) []ui.Notice {
	if !answer.Partial {
		return nil
	}
	return []ui.Notice{{Color: ui.Warning, Title: t.T("match.partial.title"), Text: t.T("match.partial.text")}}
}

// maxQuote is how much of the text stands above its answers, in characters; all
// of it is in the form.
const maxQuote = 240

func quote(t i18n.Printer, written string) string {
	if written == "" {
		return ""
	}
	return t.T("match.quote", "text", text.Truncate(text.CleanLine(written), maxQuote))
}

// noNeed says that the text is about no competence, and leads on.
func (p *Pages) noNeed(t i18n.Printer, actor access.Actor, view findView, a asked) findView {
	view.Head.Title = t.T("match.noneed.title")
	view.Title = view.Head.Title
	view.Empty = ui.Empty{Title: t.T("match.noneed.heading"), Text: t.T("match.noneed.text"), Actions: p.door.Leading(actor,
		ui.Action{Label: t.T("match.noneed.again"), Href: "/finn", Variant: ui.Primary},
		ui.Action{Label: t.T("match.go.toolbox"), Href: "/verktoykasse", Variant: ui.Secondary},
		ui.Action{Label: t.T("match.go.adviser"), Href: "/virksomheter?kind=business_hub", Variant: ui.Secondary},
		ui.Action{Label: t.T("match.report.anyway"), Href: a.reportHref(), Variant: ui.Tertiary})}
	view.Examples = examples(t)
	view.Understood = understoodView{Title: t.T("match.noneed.add"), Lead: t.T("match.noneed.add.lead"), Add: addField(t, nil), Button: addButton(t), Hidden: a.hidden(),
		Maybe: maybeChips(t, p.linked(t, a.Text, nil, maxSuggestions), a.with)}
	return view
}

func (p *Pages) understood(t i18n.Printer, a asked, answer match.Answer) understoodView {
	v := understoodView{Title: t.T("match.understood"), Lead: t.T("match.understood.lead"), Chips: ui.Chips{Label: t.T("match.understood")}, Hidden: a.hidden(),
		Removed: ui.Chips{Label: t.T("match.removed")}}
	if len(answer.Concepts) == 0 {
		v.Lead = t.T("match.understood.nothing")
	}
	for _, c := range answer.Concepts {
		v.Chips.Items = append(v.Chips.Items, ui.Chip{Label: chipLabel(t, c), Href: a.without(c.Ref()), Remove: t.T("match.remove")})
	}
	for _, ref := range a.Removed {
		if c, ok := p.Match.Vocab.Now().Concept(ref.Scheme, ref.Code); ok {
			v.Removed.Items = append(v.Removed.Items, ui.Chip{Label: t.T("match.restore", "concept", newConcept(t, c).label), Href: a.restored(ref)})
		}
	}
	v.Add, v.Button = addField(t, p.linked(t, a.Text, answer.Concepts, 2*maxSuggestions)), addButton(t)
	return v
}

func addButton(t i18n.Printer) ui.Action {
	return ui.Action{Label: t.T("match.add.do"), Submit: true, Variant: ui.Secondary}
}

// hidden are the parameters that travel with the add form.
func (a asked) hidden() []ui.Hidden {
	var out []ui.Hidden
	for _, name := range []string{paramText, "municipality", "headcount", "level", "form", "from", paramAdd, paramRemove} {
		for _, v := range a.values[name] {
			out = append(out, ui.Hidden{Name: name, Value: v})
		}
	}
	return out
}

func (p *Pages) further(t i18n.Printer, actor access.Actor, a asked, answer match.Answer) furtherView {
	v := furtherView{Shown: true, Title: t.T("match.further.title"), Text: t.T("match.further.text")}
	if answer.Similar > 0 {
		v.Similar = t.T("match.similar", "n", answer.Similar)
	}
	v.Pools = poolCards(t, answer)
	v.Actions = ui.Actions{Items: p.door.Leading(actor,
		ui.Action{Label: t.T("match.report"), Href: a.reportHref(), Variant: ui.Primary},
		ui.Action{Label: t.T("match.find.new"), Href: "/finn", Variant: ui.Tertiary})}
	return v
}

func poolCards(t i18n.Printer, answer match.Answer) []ui.Card {
	var out []ui.Card
	for _, pool := range answer.Pools {
		out = append(out, ui.Card{Kicker: t.T("match.pool.kicker", "number", pool.Number), Title: pool.Title, Href: "/felles/" + string(pool.ID), Text: t.T("match.pool.text")})
	}
	return out
}
