package supplyweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/supplyweb/formweb"
)

type programmeView struct {
	web.Page
	Head     ui.Head
	Theirs   *ui.Table // what somebody else saved first
	Fields   []form.Field
	Sections []formweb.Section
	Version  int64
	Actions  ui.Actions
}

func (p *pages) newProgramme(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, err := p.programmePage(r, actor, offer.Programme{})
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "supply/programme", view)
}

func (p *pages) newProgrammePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	in, err := p.readProgramme(r.PostForm, actor, offer.Programme{})
	var made offer.Programme
	if err == nil {
		made, err = p.Supply.CreateProgramme(r.Context(), actor, in)
	}
	if err != nil {
		return p.refuseProgramme(w, r, actor, offer.Programme{}, in, err)
	}
	return web.SeeOther(w, r, programmePath(made.ID)+"/ny?ok=supply.said.programme_created")
}

func (p *pages) editProgramme(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.own(r, actor)
	if err != nil {
		return err
	}
	view, err := p.programmePage(r, actor, *d.Programme)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "supply/programme", view)
}

func (p *pages) editProgrammePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	d, err := p.own(r, actor)
	if err != nil {
		return err
	}
	in, err := p.readProgramme(r.PostForm, actor, *d.Programme)
	if err == nil {
		err = p.Supply.UpdateProgramme(r.Context(), actor, d.ID, in.Version, in)
	}
	if err != nil {
		return p.refuseProgramme(w, r, actor, *d.Programme, in, err)
	}
	return web.SeeOther(w, r, programmePath(d.ID)+"?ok=supply.said.programme_saved")
}

// own is the programme of the path, if the actor writes for its provider.
func (p *pages) own(r *http.Request, actor access.Actor) (supply.Details, error) {
	programme, ok := programmeID(r)
	if !ok {
		return supply.Details{}, fault.Missing()
	}
	d, err := p.Supply.Programme(r.Context(), actor, programme)
	if err != nil {
		return d, err
	}
	return d, supply.CanWrite(actor, d.Provider)
}

// refuseProgramme draws the form again with what was typed. After a stale save
// the newest version is beside it, and the next save replaces that.
func (p *pages) refuseProgramme(w http.ResponseWriter, r *http.Request, actor access.Actor, stored, in offer.Programme, err error) error {
	stale := fault.Is(err, fault.Stale)
	if !stale && !fault.Is(err, fault.Invalid) {
		return err
	}
	view, pageErr := p.programmePage(r, actor, stored)
	if pageErr != nil {
		return pageErr
	}
	problems := form.Refill(&view, r.PostForm, err, view.Printer)
	if stale {
		problems = append(problems, form.Problem{Message: view.T("fault.stale")})
		t := formweb.Theirs(p.speaker(r), stored.Values(), in.Values())
		view.Theirs = &t
	} else if v, convErr := strconv.ParseInt(r.PostForm.Get("version"), 10, 64); convErr == nil {
		view.Version = v
	}
	formweb.OpenFaulty(view.Sections)
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "supply/programme", view)
}

// readProgramme reads the form over what is stored.
func (p *pages) readProgramme(values url.Values, actor access.Actor, stored offer.Programme) (offer.Programme, error) {
	in := form.Read(values)
	out := stored
	out.Title, out.Description, out.Admission, out.Supervision = formweb.Texts(in, "title"), formweb.Texts(in, "description"), formweb.Texts(in, "admission"), formweb.Texts(in, "supervision")
	out.Level, out.NKR = offer.Level(in.Choice("level", text.Strings(offer.Levels())...)), in.Choice("nkr", offer.NKRLevels()...)
	out.Credits, out.CreditUnit = decimal(in, "credits"), offer.CreditUnit(in.Choice("credit_unit", text.Strings(offer.CreditUnits())...))
	out.Outcomes = formweb.Outcomes(in)
	out.Occupations, out.Topics = formweb.Codes(in.Text("occupations")), formweb.Codes(in.Text("topics"))
	out.Fields, out.Languages = in.Choices("fields", offer.Fields()...), in.Choices("languages", offer.Languages()...)
	out.DigitalShare, out.WorkplaceShare = formweb.Share(in, values, "digital_share"), formweb.Share(in, values, "workplace_share")
	out.Adapts = offer.ProgrammeID(in.Text("adapts"))
	out.ValidFrom, out.ValidTo = in.Date("valid_from"), in.Date("valid_to")
	out.Contact, out.Website = in.Text("contact"), in.Text("website")
	out.Code, out.CodeType = in.Text("code"), offer.CodeType(in.Choice("code_type", text.Strings(offer.CodeTypes())...))
	out.Version = int64(in.Int("version"))
	if stored.ID == "" {
		mine := supply.WritesFor(actor)
		out.Provider = org.ID(in.Choice("provider", text.Strings(mine)...))
		if len(mine) == 1 && out.Provider == "" {
			out.Provider = mine[0]
		}
		if out.Provider == "" {
			in.Refuse("provider", "form.error.choice")
		}
	}
	return out, in.Err()
}

// decimal reads a number with a comma or a point.
func decimal(in *form.Input, name string) float64 {
	s := strings.Replace(in.Text(name), ",", ".", 1)
	if s == "" {
		return 0
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		in.Refuse(name, "supply.error.decimal")
		return 0
	}
	return f
}

func (p *pages) programmePage(r *http.Request, actor access.Actor, v offer.Programme) (programmeView, error) {
	f := formweb.Fields{Speaker: p.speaker(r)}
	title, back := f.T("supply.programme.edit"), programmePath(v.ID)
	if v.ID == "" {
		title, back = f.T("supply.programme.new"), "/tilbud/mine"
	}
	adapts, err := p.adaptsOptions(r, actor, f, v)
	if err != nil {
		return programmeView{}, err
	}
	view := programmeView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title, Lead: f.T("supply.programme.lead")}, Version: v.Version,
		Fields: programmeFields(f, v), Sections: programmeSections(f, v, adapts),
		Actions: ui.Actions{Items: []ui.Action{{Label: f.T("supply.save"), Submit: true}, {Label: f.T("supply.cancel"), Href: back, Variant: ui.Tertiary}}}}
	view.Crumbs = []ui.Link{{Label: f.T("supply.title"), Href: "/tilbud"}, {Label: f.T("supply.mine.title"), Href: "/tilbud/mine"}}
	if mine := supply.WritesFor(actor); v.ID == "" && len(mine) > 1 {
		view.Fields = append([]form.Field{f.Choose(form.Select, "provider", "supply.f.provider", providerOptions(actor, mine), "")}, view.Fields...)
	}
	return view, nil
}

func providerOptions(actor access.Actor, mine []org.ID) []form.Option {
	var out []form.Option
	for _, a := range actor.Roles {
		if slices.Contains(mine, a.Org) && !slices.ContainsFunc(out, func(o form.Option) bool { return o.Value == string(a.Org) }) {
			out = append(out, form.Option{Value: string(a.Org), Label: a.OrgName})
		}
	}
	return out
}

// programmeFields are what every programme needs.
func programmeFields(f formweb.Fields, v offer.Programme) []form.Field {
	title := f.Line("title.nb", "supply.f.title", v.Title.NB)
	title.MaxRunes = 200
	credits := form.Field{Name: "credits", Kind: form.Number, InputMode: "decimal", Label: f.T("supply.f.credits")}
	if v.Credits > 0 {
		credits.Value = strings.Replace(strconv.FormatFloat(v.Credits, 'f', -1, 64), ".", ",", 1)
	}
	level := f.Choose(form.Select, "level", "supply.f.level", append([]form.Option{f.None()}, formweb.Options(f.Speaker, offer.Levels())...), string(v.Level))
	level.Required = true
	return []form.Field{title, level, f.Hinted(f.Long("description.nb", "supply.f.description", v.Description.NB, 6), "supply.hint.description"),
		credits, f.Choose(form.Select, "credit_unit", "supply.f.credit_unit", append([]form.Option{f.None()}, formweb.Options(f.Speaker, offer.CreditUnits())...), string(v.CreditUnit)),
		f.Hinted(f.Line("contact", "supply.f.contact", v.Contact), "supply.hint.contact"), f.Hinted(f.Line("website", "supply.f.website", v.Website), "supply.hint.website")}
}

// programmeSections are what only some programmes need.
func programmeSections(f formweb.Fields, v offer.Programme, adapts []form.Option) []formweb.Section {
	nb := func(t i18n.Text) string { return t.NB }
	about := formweb.Section{Summary: f.T("supply.section.about"), Fields: []form.Field{
		f.Hinted(f.Long("outcomes.nb", "supply.f.outcomes", formweb.OutcomeLines(v.Outcomes, nb), 4), "supply.hint.outcomes"),
		f.Long("admission.nb", "supply.f.admission", v.Admission.NB, 3),
		form.Field{Name: "fields", Kind: form.Checks, Label: f.T("supply.f.fields"), Hint: f.T("supply.hint.fields"), Options: fieldOptions(f.Speaker)}.WithAll(v.Fields),
		f.Hinted(f.Line("occupations", "supply.f.occupations", strings.Join(v.Occupations, ", ")), "supply.hint.occupations"),
		f.Hinted(f.Line("topics", "supply.f.topics", strings.Join(v.Topics, ", ")), "supply.hint.topics"),
		form.Field{Name: "languages", Kind: form.Checks, Label: f.T("supply.f.languages"), Options: languageOptions(f)}.WithAll(v.Languages),
	}}
	how := formweb.Section{Summary: f.T("supply.section.how"), Hint: f.T("supply.section.how.hint"), Fields: []form.Field{
		f.Share("digital_share", "supply.f.digital_share", v.DigitalShare), f.Share("workplace_share", "supply.f.workplace_share", v.WorkplaceShare),
		f.Long("supervision.nb", "supply.f.supervision", v.Supervision.NB, 3),
		f.Hinted(f.Choose(form.Select, "adapts", "supply.f.adapts", adapts, string(v.Adapts)), "supply.hint.adapts"),
	}}
	codes := formweb.Section{Summary: f.T("supply.section.codes"), Fields: []form.Field{
		f.Choose(form.Select, "nkr", "supply.f.nkr", nkrOptions(f), v.NKR), f.Line("code", "supply.f.code", v.Code),
		f.Choose(form.Select, "code_type", "supply.f.code_type", append([]form.Option{f.None()}, formweb.Options(f.Speaker, offer.CodeTypes())...), string(v.CodeType)),
		f.Day("valid_from", "supply.f.valid_from", v.ValidFrom.String()), f.Day("valid_to", "supply.f.valid_to", v.ValidTo.String()),
	}}
	languages := formweb.Section{Summary: f.T("supply.section.languages"), Hint: f.T("supply.section.languages.hint")}
	for _, x := range []struct {
		name  string
		label i18n.Key
		text  i18n.Text
		rows  int
	}{{"title", "supply.f.title", v.Title, 0}, {"description", "supply.f.description", v.Description, 4}, {"admission", "supply.f.admission", v.Admission, 3},
		{"supervision", "supply.f.supervision", v.Supervision, 3},
		{"outcomes", "supply.f.outcomes", i18n.Text{NN: formweb.OutcomeLines(v.Outcomes, func(t i18n.Text) string { return t.NN }), EN: formweb.OutcomeLines(v.Outcomes, func(t i18n.Text) string { return t.EN })}, 4}} {
		languages.Fields = append(languages.Fields, f.Languages(x.name, x.label, x.text, x.rows)...)
	}
	return []formweb.Section{about, how, codes, languages}
}

func languageOptions(f formweb.Fields) []form.Option {
	var out []form.Option
	for _, l := range offer.Languages() {
		out = append(out, form.Option{Value: l, Label: f.T(i18n.Key("supply.language." + l))})
	}
	return out
}

func nkrOptions(f formweb.Fields) []form.Option {
	out := []form.Option{f.None()}
	for _, n := range offer.NKRLevels() {
		out = append(out, form.Option{Value: n, Label: n})
	}
	return out
}

// adaptsOptions are the provider's other programmes, and the one chosen.
func (p *pages) adaptsOptions(r *http.Request, actor access.Actor, f formweb.Fields, v offer.Programme) ([]form.Option, error) {
	list, _, _, err := p.Supply.MyProgrammes(r.Context(), actor, supply.ProgrammeFilter{Limit: 500})
	if err != nil {
		return nil, err
	}
	out := []form.Option{{Label: f.T("supply.value.no_programme")}}
	for _, x := range list {
		if x.ID != v.ID {
			out = append(out, form.Option{Value: string(x.ID), Label: f.Text(x.Title)})
		}
	}
	chosen := slices.ContainsFunc(out, func(o form.Option) bool { return o.Value == string(v.Adapts) })
	if !chosen {
		if base, err := p.Supply.Programme(r.Context(), actor, v.Adapts); err == nil {
			out = append(out, form.Option{Value: string(v.Adapts), Label: f.Text(base.Title)})
		}
	}
	return out, nil
}
