package pasteweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org/register/pick"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/paste"
)

// proposalForm is what a draft begins with; the rest is filled in in the need's own form.
type proposalForm struct {
	Text         form.Field
	Organisation form.Field
	Hits         pick.Companions
	Municipality form.Field
	Headcount    form.Field
	WantedFrom   form.Field
	Horizon      form.Field
}

type proposalView struct {
	web.Page
	Head     ui.Head
	Warnings []ui.Notice
	Form     proposalForm
	Actions  ui.Actions
	Why      ui.Details
}

func (p *pages) proposalPage(r *http.Request, actor access.Actor, x paste.Paste, nr int) (proposalView, error) {
	t, item := p.door.Printer(r), x.Items[nr]
	title := t.T("paste.proposal.title")
	view := proposalView{Page: p.door.Frame(r, actor, title), Warnings: warnings(t, item.Text),
		Head: ui.Head{Kicker: t.T("paste.card", "nr", nr+1, "all", len(x.Items)), Title: title, Lead: t.T("paste.proposal.lead")},
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T("paste.save"), Submit: true, Variant: ui.Primary},
			{Label: t.T("paste.save_on"), Submit: true, Name: "then", Value: "form", Variant: ui.Secondary}, {Label: t.T("paste.back"), Href: path(x.ID) + "/forslag#" + anchor(nr), Variant: ui.Tertiary}}},
		Why: ui.Details{Summary: t.T("paste.why"), Points: p.points(t, item, p.Meant(item.Text))}}
	view.Crumbs = []ui.Link{{Label: t.T("paste.crumb"), Href: "/behov"}, {Label: t.T("paste.title"), Href: "/behov/lim-inn"}, {Label: t.T("paste.proposals.title"), Href: path(x.ID) + "/forslag"}}
	var err error
	view.Form, err = p.proposalForm(r, actor, t, item)
	return view, err
}

func (p *pages) proposalForm(r *http.Request, actor access.Actor, t i18n.Printer, item paste.Item) (proposalForm, error) {
	optional := t.T("paste.optional")
	hint := func(has bool, what i18n.Key, why paste.Reason) string {
		if !has {
			return ""
		}
		return reason(t, what, why)
	}
	f := proposalForm{
		Text: form.Field{Name: "text", Kind: form.Long, Rows: 5, Label: t.T("paste.text"), Hint: t.T("paste.text.hint"), Value: item.Text, Required: true},
		Municipality: form.Field{Name: "municipality", Kind: form.Suggest, Label: t.T("paste.municipality"), Hint: hint(item.Municipality != "", "paste.municipality", item.WhyPlace),
			Datalist: p.Needs.Places().Options(p.Needs.Today()), Autocomplete: "off", OptionalMark: optional},
		Headcount:  form.Field{Name: "headcount", Kind: form.Number, Label: t.T("paste.headcount"), Hint: hint(item.Headcount > 0, "paste.headcount", item.WhyCount), OptionalMark: optional},
		WantedFrom: form.Field{Name: "wanted_from", Kind: form.Date, Label: t.T("paste.wanted_from"), Hint: hint(!item.WantedFrom.IsZero(), "paste.when", item.WhyWhen), Value: item.WantedFrom.String(), OptionalMark: optional},
		Horizon:    form.Field{Name: "horizon", Kind: form.Select, Label: t.T("paste.horizon"), Hint: hint(item.Horizon != "", "paste.when", item.WhyWhen), Options: []form.Option{{Label: t.T("paste.unsaid")}}, OptionalMark: optional},
	}
	if item.Municipality != "" {
		f.Municipality.Value = p.Needs.Places().Written(place.Number(item.Municipality))
	}
	if item.Headcount > 0 {
		f.Headcount.Value = strconv.Itoa(item.Headcount)
	}
	for _, h := range need.Horizons() {
		f.Horizon.Options = append(f.Horizon.Options, form.Option{Value: string(h), Label: t.T(h.Label()), Selected: h == item.Horizon})
	}
	if !need.CanRepresent(actor) {
		return f, nil
	}
	f.Organisation = form.Field{Name: "organisation", Kind: form.Suggest, Label: t.T("paste.organisation"), Hint: hint(item.Organisation != "" || item.Unknown != "", "paste.organisation", item.WhyOrg),
		Value: item.Unknown, Autocomplete: "off", OptionalMark: optional}
	var err error
	if item.Organisation != "" {
		if f.Organisation.Value, err = p.nameOf(r.Context(), item.Organisation); err != nil {
			return f, err
		}
	}
	f.Hits, err = pick.CompanionsOf(r.Context(), p.Register, actor, t, p.Needs.Places(), r.PostForm, "organisation")
	return f, err
}

// warnings tells of what looks like details about a person, as the need's own form does.
func warnings(t i18n.Printer, written string) []ui.Notice {
	var kinds []string
	for _, h := range text.SensitiveHints(written) {
		if kind := t.T(i18n.Key("need.sensitive." + string(h.Kind))); !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	if len(kinds) == 0 {
		return nil
	}
	return []ui.Notice{{Color: ui.Warning, Text: t.T("need.sensitive.text", "what", t.Join(kinds))}}
}

func (p *pages) proposal(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, nr, err := p.findItem(r, actor)
	if err != nil {
		return err
	}
	if made := x.Items[nr].Need; made != "" {
		return web.SeeOther(w, r, "/behov/"+string(made)+"/rediger")
	}
	view, err := p.proposalPage(r, actor, x, nr)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "paste/proposal", view)
}

// proposalPost makes a draft of the proposal as the person wants it; with "then" the
// need's own form opens on it.
func (p *pages) proposalPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	x, nr, err := p.findItem(r, actor)
	if err != nil {
		return err
	}
	in, err := p.read(r, actor)
	var made need.ID
	if err == nil {
		in.Concepts = match.NeedConcepts(p.Meant(in.Text), nil)
		made, err = p.Paste.Take(r.Context(), actor, x.ID, nr, in)
	}
	switch {
	case err == nil && r.PostForm.Get("then") == "form":
		return web.SeeOther(w, r, "/behov/"+string(made)+"/rediger?ok=need.said.draft")
	case err == nil:
		return web.SeeOther(w, r, path(x.ID)+"/forslag?ok=paste.said.taken#"+anchor(nr))
	case !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict):
		return err
	}
	view, viewErr := p.proposalPage(r, actor, x, nr)
	if viewErr != nil {
		return viewErr
	}
	view.Warnings = warnings(view.Printer, r.PostForm.Get("text"))
	view.Refused(form.Refill(&view.Form, r.PostForm, err, view.Printer))
	return p.door.Views.Render(w, gate.Status(err), "paste/proposal", view)
}

// read is the draft that was posted.
func (p *pages) read(r *http.Request, actor access.Actor) (need.Content, error) {
	in := form.Read(r.PostForm)
	c := need.Content{Text: in.Text("text"), Headcount: in.Int("headcount"), WantedFrom: in.Date("wanted_from"),
		Horizon: need.Horizon(in.Choice("horizon", text.Strings(need.Horizons())...)), Lang: p.door.Printer(r).Language()}
	if text.IsBlank(c.Text) {
		in.Refuse("text", "need.error.text_required")
	}
	written := ""
	if need.CanRepresent(actor) {
		written = in.Search("organisation")
	}
	var fs fault.Fields
	n, err := p.Needs.Places().ParseTyped(in.Text("municipality"), p.Needs.Today())
	if err := fs.AddErr(err); err != nil {
		return c, err
	}
	c.Municipality = string(n)
	if err := fs.AddErr(in.Err()); err != nil {
		return c, err
	}
	if written == "" {
		return c, fs.Err()
	}
	c.Organisation, err = pick.Find(r.Context(), p.Register, actor, in, "organisation", fs.Err() != nil, "paste.error.organisation")
	if fault.Is(err, fault.Conflict) {
		err = fault.InvalidField("organisation", "need.error.ambiguous_organisation")
	}
	if err := fs.AddErr(err); err != nil {
		return c, err
	}
	return c, fs.Err()
}
