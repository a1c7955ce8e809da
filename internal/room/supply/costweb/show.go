package costweb

import (
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/cost"
	"kompetansetorg/internal/room/supply/offer"
)

type showView struct {
	web.Page
	Head    ui.Head
	Notices []ui.Notice
	Form    askForm
	Answer  *answerView
	Nothing *ui.Empty
}

// askForm is what is asked: Fields are what most need, More the rest.
type askForm struct {
	Action   string
	Fields   []form.Field
	More     []form.Field
	MoreText string
	Open     bool
	Send     ui.Actions
}

type answerView struct {
	Table   ui.Table
	Ways    []wayView
	Rates   ui.Table
	Actions ui.Actions
	Copy    ui.Copy
}

// wayView is a way with how its numbers come about.
type wayView struct {
	ID, Title string
	About     []string
	Facts     ui.Facts
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, home, err := p.programme(r.Context(), actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	s := words{p.speaker(r)}
	view := showView{Page: p.door.Frame(r, actor, s.T("cost.title")), Form: p.form(s, d.ID),
		Head: ui.Head{Kicker: s.Text(d.Title), Title: s.T("cost.title"), Lead: s.T("cost.lead")}}
	view.Crumbs = []ui.Link{{Label: s.T("supply.title"), Href: "/tilbud"}, {Label: s.Text(d.Title), Href: "/tilbud/" + string(d.ID)}}
	values, status := r.URL.Query(), http.StatusOK
	if !values.Has("seats") {
		values.Set("seats", "1")
		values.Set("participant", "1")
		form.Refill(&view.Form, values, nil, s.Printer)
		return p.door.Views.Render(w, status, "cost/show", view)
	}
	a, err := p.asked(r.Context(), d, home, values)
	switch {
	case fault.Is(err, fault.Invalid):
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Form, values, err, s.Printer))
	case err != nil:
		return err
	default:
		form.Refill(&view.Form, values, nil, s.Printer)
		p.draw(s, d, a, values, &view)
	}
	for _, f := range view.Form.More {
		view.Form.Open = view.Form.Open || f.Error != "" || f.Value != "" && f.Name != "on" && f.Name != "per_car"
	}
	return p.door.Views.Render(w, status, "cost/show", view)
}

// form asks. Empty fields are of what a reader need not say.
func (p *pages) form(s words, programme offer.ProgrammeID) askForm {
	count := func(name string, label, hint i18n.Key, least, most string) form.Field {
		return form.Field{Name: name, Kind: form.Number, Label: s.T(label), Hint: s.T(hint), Min: least, Max: most, OptionalMark: s.T("cost.optional")}
	}
	amount := func(name string, label, hint i18n.Key) form.Field {
		return form.Field{Name: name, Kind: form.Money, Label: s.T(label), Hint: s.T(hint), OptionalMark: s.T("cost.optional")}
	}
	seats := count("seats", "cost.ask.seats", "cost.ask.seats.hint", "1", "1000")
	seats.Required, seats.OptionalMark = true, ""
	out := askForm{Action: path(programme), MoreText: s.T("cost.ask.more.text"),
		Fields: []form.Field{{Name: "offering", Kind: form.Hidden}, seats,
			{Name: "from", Kind: form.Suggest, Label: s.T("cost.ask.from"), Hint: s.T("cost.ask.from.hint"), Datalist: p.addresses.Municipalities(), Autocomplete: "off", Required: true},
			amount("hour", "cost.ask.hour", "cost.ask.hour.hint"),
			{Name: "participant", Kind: form.Checks, Label: s.T("cost.ask.fee"), Options: []form.Option{{Value: "1", Label: s.T("cost.ask.participant")}}}},
		Send: ui.Actions{Items: []ui.Action{{Label: s.T("cost.ask.send"), Submit: true, Variant: ui.Primary}}}}
	mode := form.Field{Name: "mode", Kind: form.Select, Label: s.T("cost.ask.mode")}
	for _, m := range cost.Modes() {
		mode.Options = append(mode.Options, form.Option{Value: string(m), Label: s.T(m.Label())})
	}
	out.Fields = append(out.Fields, mode)
	out.More = []form.Field{
		count("per_car", "cost.ask.per_car", "cost.ask.per_car.hint", "1", "9").With("1"), amount("fare", "cost.ask.fare", "cost.ask.fare.hint"),
		count("campus_days", "cost.ask.campus_days", "cost.ask.campus_days.hint", "0", "500"),
		count("home_days", "cost.ask.home_days", "cost.ask.home_days.hint", "0", "500"),
		{Name: "on", Kind: form.Date, Label: s.T("cost.ask.on"), Hint: s.T("cost.ask.on.hint"), Value: p.Clock.Today().String()}}
	for _, c := range cost.Codes() {
		out.More = append(out.More, amount(string(c), c.Label(), i18n.Key("cost.ask.unit."+c.Unit())))
	}
	return out
}

// draw puts the answer on the page.
func (p *pages) draw(s words, d supply.Details, a answer, values url.Values, view *showView) {
	if !a.offered() {
		view.Nothing = &ui.Empty{Title: s.T("cost.nothing"), Text: s.T("cost.nothing.text"),
			Actions: []ui.Action{{Label: s.T("cost.back"), Href: "/tilbud/" + string(d.ID), Variant: ui.Secondary}}}
		return
	}
	for name := range values {
		if values.Get(name) == "" {
			values.Del(name)
		}
	}
	// The day goes along, so that who gets the address reads the same sums.
	values.Set("on", a.On.String())
	query := "?" + values.Encode()
	out := answerView{Table: s.comparison(a), Rates: s.used(a),
		Actions: ui.Actions{Items: []ui.Action{{Label: s.T("cost.ask.again"), Href: "#ask", Variant: ui.Secondary}, {Label: s.T("cost.paper"), Href: path(d.ID) + "/ark" + query, Variant: ui.Secondary},
			{Label: s.T("cost.all_rates"), Href: "/kostnad/satser", Variant: ui.Tertiary}}},
		Copy: ui.Copy{ID: "share", Label: s.T("cost.share"), Hint: s.T("cost.share.hint"), Value: p.PublicURL + path(d.ID) + query, Button: s.T("cost.share.copy")}}
	if lacks := s.lacking(a); len(lacks) > 0 {
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Warning, Title: s.T("cost.lacking.title"), Paragraphs: append(lacks, s.T("cost.lacking.do"))})
	}
	for _, w := range a.ways {
		out.Ways = append(out.Ways, wayView{ID: "way-" + string(w.Kind), Title: s.T(w.Kind.Label()), About: s.about(w), Facts: ui.Facts{Items: s.facts(a, w)}})
	}
	view.Answer = &out
}

// said is what was asked, for the paper.
func (s words) said(a answer) []ui.Fact {
	var out []ui.Fact
	add := func(label i18n.Key, text string) { out = append(out, ui.Fact{Label: s.T(label), Text: text}) }
	add("cost.ask.seats", s.Number(a.Seats))
	add("cost.ask.from", s.Municipality(a.From))
	add("cost.ask.on", s.Date(a.On))
	add("cost.ask.mode", s.T(a.Mode.Label()))
	amount := func(label i18n.Key, v *money.NOK) {
		if v != nil {
			add(label, s.Money(*v))
		}
	}
	amount("cost.ask.hour", a.Hour)
	if a.Mode == cost.Car {
		add("cost.ask.per_car", s.Number(a.PerCar))
	} else {
		amount("cost.ask.fare", a.Fare)
	}
	if a.CampusDays > 0 {
		add("cost.ask.campus_days", s.Number(a.CampusDays))
	}
	if a.HomeDays != nil {
		add("cost.ask.home_days", s.Number(*a.HomeDays))
	}
	return out
}
