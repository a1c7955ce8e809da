package supplyweb

import (
	"net/http"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/happened"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
	"kompetansetorg/internal/room/supply/schemaorg"
)

type showView struct {
	web.Page
	Head        ui.Head
	Notices     []ui.Notice
	Description []string
	Outcomes    []string
	Facts       ui.Facts
	Adapted     *ui.Table
	Near        nearForm
	Offerings   []offeringSection
	Over        []offeringSection // what is over or called off
	NoOfferings *ui.Empty
	Course      schemaorg.Course
}

// nearForm asks where the reader lives.
type nearForm struct {
	Action string
	Field  form.Field
	Button string
}

// offeringSection is an offering on its programme's page.
type offeringSection struct {
	ID        string
	Title     string
	Tags      []ui.Tag
	Facts     ui.Facts
	HowTitle  string
	How       []string
	Apply     ui.Actions // one way on, or none
	Badge     ui.Details
	Gathers   *ui.Table
	Links     []ui.Link
	Confirmed string
	Own       ui.Actions // what its provider may do
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	programme, ok := programmeID(r)
	if !ok {
		return fault.Missing()
	}
	d, err := p.Supply.Programme(r.Context(), actor, programme)
	if fault.Is(err, fault.NotFound) {
		return p.showByOffering(w, r, actor)
	}
	if err != nil {
		return err
	}
	s := p.speaker(r)
	in := form.Read(r.URL.Query())
	near := p.addresses.Municipality(in, "near")
	view, err := p.showPage(s, r, actor, d, near)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if err := in.Err(); err != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Near, r.URL.Query(), err, s.Printer))
	}
	return p.door.Views.Render(w, status, "supply/show", view)
}

// schemaOrg tells search engines what the page is about.
func (p *pages) schemaOrg(s say.Speaker) schemaorg.Writer {
	return schemaorg.Writer{Speaker: s, Programme: func(programme offer.ProgrammeID) string { return p.PublicURL + programmePath(programme) },
		Offering: func(o *offer.Offering) string { return p.PublicURL + offeringPath(o) }}
}

// showByOffering leads an address with an offering's id to the programme.
func (p *pages) showByOffering(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	offering, err := id.Parse[offer.Offering](r.PathValue("id"))
	if err != nil {
		return fault.Missing()
	}
	item, err := p.Supply.Offering(r.Context(), actor, offering)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, offeringPath(item.Offering))
}

func (p *pages) showPage(s say.Speaker, r *http.Request, actor access.Actor, d supply.Details, near place.Number) (showView, error) {
	title := s.Text(d.Title)
	own := supply.CanWrite(actor, d.Provider) == nil
	view := showView{Page: p.door.Frame(r, actor, title),
		Head:        ui.Head{Kicker: d.ProviderName, Title: title, Tags: []ui.Tag{{Text: s.Level(*d.Programme)}}},
		Description: paragraphs(s.Text(d.Description)), Facts: ui.Facts{Items: p.programmeFacts(s, d)},
		Near: nearForm{Action: programmePath(d.ID), Button: s.T("supply.near.do"), Field: form.Field{Name: "near", Kind: form.Suggest,
			Label: s.T("supply.near.label"), Hint: s.T("supply.filter.near_hint"), Datalist: p.addresses.Municipalities(), Autocomplete: "off"}},
		Course: p.schemaOrg(s).Course(d),
	}
	view.Crumbs = []ui.Link{{Label: s.T("supply.title"), Href: "/tilbud"}}
	view.Canonical = p.PublicURL + programmePath(d.ID)
	view.Layout.Description = firstSentence(s.Text(d.Description))
	if near != "" {
		view.Near.Field.Value = p.addresses.Label(near)
	}
	for _, o := range d.Outcomes {
		view.Outcomes = append(view.Outcomes, s.Text(o))
	}
	if own {
		p.ownHead(s, d, &view)
	}
	view.Head.Actions = append(view.Head.Actions, ui.Action{Label: s.T("supply.factsheet"), Href: programmePath(d.ID) + "/faktaark", Variant: ui.Tertiary},
		ui.Action{Label: s.T("supply.thread"), Context: title, Href: object.Ref{Kind: happened.Kind, ID: string(d.ID)}.ThreadPath(), Variant: ui.Tertiary})
	if actor.SignedIn() && d.IsPublic() {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: s.T("follow.do"), Context: title, Variant: ui.Secondary,
			Href: follow.Topic{Target: follow.Object, Kind: happened.Kind, Ref: string(d.ID)}.Path()})
	}
	if d.State == offer.ProgrammeInactive {
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Warning, Text: s.T("supply.show.inactive")})
	}
	view.Adapted = adaptedTable(s, d)
	for _, i := range byUse(d.Items) {
		b, err := p.beside(r, actor, i)
		if err != nil {
			return view, err
		}
		section := p.section(s, i, near, own, b)
		if i.Status.State.IsOver() && i.Status.State != offer.Draft {
			view.Over = append(view.Over, section)
		} else {
			view.Offerings = append(view.Offerings, section)
		}
	}
	if len(view.Offerings) == 0 {
		view.NoOfferings = &ui.Empty{Title: s.T("supply.show.none.title"), Text: s.T("supply.show.none.text"),
			Actions: []ui.Action{{Label: s.T("supply.empty.find"), Href: "/finn", Variant: ui.Secondary}}}
	}
	return view, nil
}

// byUse puts what one can get into first, and what starts first before the rest.
func byUse(items []*supply.Item) []*supply.Item {
	out := slices.Clone(items)
	slices.SortStableFunc(out, func(a, b *supply.Item) int {
		if x, y := slices.Index(offer.PublicStates(), a.Status.State), slices.Index(offer.PublicStates(), b.Status.State); x != y {
			return x - y
		}
		return a.Earliest.Day.Compare(b.Earliest.Day)
	})
	return out
}

func (p *pages) ownHead(s say.Speaker, d supply.Details, view *showView) {
	path := programmePath(d.ID)
	view.Head.Tags = append(view.Head.Tags, ui.Tag{Text: s.T(d.State.Label()), Color: ui.Info})
	view.Head.Actions = []ui.Action{{Label: s.T("supply.act.add_offering"), Href: path + "/ny", Variant: ui.Primary},
		{Label: s.T("supply.act.edit_programme"), Href: path + "/rediger", Variant: ui.Secondary}}
	state := ui.Action{Href: path + "/tilstand", Post: true, Variant: ui.Tertiary, Name: "state", Hidden: []ui.Hidden{{Name: "version", Value: version(d.Version)}}}
	if d.State == offer.ProgrammeActive {
		state.Label, state.Value = s.T("supply.act.retire_programme"), string(offer.ProgrammeInactive)
		state.Confirm = &ui.Confirm{Text: s.T("supply.act.retire_programme.sure"), Yes: s.T("supply.act.retire_programme"), No: s.T("supply.cancel")}
	} else {
		state.Label, state.Value = s.T("supply.act.publish_programme"), string(offer.ProgrammeActive)
	}
	view.Head.Actions = append(view.Head.Actions, state)
	if d.State == offer.ProgrammeConcept {
		view.Notices = append(view.Notices, ui.Notice{Text: s.T("supply.show.concept")})
	}
}

func (p *pages) programmeFacts(s say.Speaker, d supply.Details) []ui.Fact {
	var facts []ui.Fact
	add := func(label i18n.Key, text string) {
		if text != "" {
			facts = append(facts, ui.Fact{Label: s.T(label), Text: text})
		}
	}
	add("supply.f.provider", d.ProviderName)
	add("supply.f.level", s.Level(*d.Programme))
	add("supply.f.credits", s.Credits(*d.Programme))
	var fields, languages, occupations []string
	for _, f := range d.AllFields() {
		fields = append(fields, s.T(offer.FieldLabel(f)))
	}
	for _, l := range d.Languages {
		languages = append(languages, s.T(i18n.Key("supply.language."+l)))
	}
	for _, o := range d.Occupations {
		occupations = append(occupations, p.concept(s, "styrk08", o))
	}
	add("supply.f.fields", s.Join(fields))
	if len(occupations) > 0 {
		facts = append(facts, ui.Fact{Label: s.T("supply.f.occupations"), Lines: occupations})
	}
	add("supply.f.languages", s.Join(languages))
	for _, x := range []struct {
		label i18n.Key
		text  i18n.Text
	}{{"supply.f.admission", d.Admission}, {"supply.f.supervision", d.Supervision}} {
		if lines := paragraphs(s.Text(x.text)); len(lines) > 0 {
			facts = append(facts, ui.Fact{Label: s.T(x.label), Lines: lines})
		}
	}
	add("supply.f.code", d.Code)
	add("supply.f.contact", d.Contact)
	if d.Website != "" {
		facts = append(facts, ui.Fact{Label: s.T("supply.f.website"), Link: &ui.Link{Label: host(d.Website), Href: d.Website}})
	}
	if d.Base != nil {
		facts = append(facts, ui.Fact{Label: s.T("supply.f.adapts"), Link: &ui.Link{Label: s.Text(d.Base.Title), Href: programmePath(d.Base.ID)}})
	}
	return facts
}

// concept names a concept with its code.
func (p *pages) concept(s say.Speaker, scheme, code string) string {
	if p.ConceptLabel != nil {
		if label := p.ConceptLabel(scheme, code, s.Language()); label != "" {
			return label + " (" + code + ")"
		}
	}
	return code
}

// adaptedTable says what was changed from the programme this one was made from
// (LOP-2); nil when it was made from none.
func adaptedTable(s say.Speaker, d supply.Details) *ui.Table {
	if d.Base == nil {
		return nil
	}
	list := func(items []*supply.Item) []offer.Offering {
		var out []offer.Offering
		for _, i := range items {
			out = append(out, *i.Offering)
		}
		return out
	}
	t := &ui.Table{Caption: s.T("supply.adapted", "title", s.Text(d.Base.Title)),
		Columns: []ui.Column{{Label: s.T("supply.adapted.what")}, {Label: s.T("supply.adapted.before")}, {Label: s.T("supply.adapted.after")}}}
	for _, a := range offer.Adaptation(*d.Base, list(d.Adapted), *d.Programme, list(d.Items), s.Language()) {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: s.T(offer.FieldName(string(a.Feature)))},
			{Text: s.Feature(a.Feature, a.Before)}, {Text: s.Feature(a.Feature, a.After)}}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

func paragraphs(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func firstSentence(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	if sentence, _, found := strings.Cut(first, ". "); found {
		return sentence + "."
	}
	return first
}

// host is the readable part of a web address.
func host(address string) string {
	rest := strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
	return strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
}
