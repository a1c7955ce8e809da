package needweb

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register/pick"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needweb/telling"
)

// choiceNew says that none of the similar organisations is meant.
const choiceNew = "ny"

// read fills in what was posted; the fault names every field that has the
// wrong shape, and, when the need is to be finished, those that are missing.
// old is the submitted need being changed, whose organisation stays.
func (p *pages) read(r *http.Request, actor access.Actor, finish bool, old *need.Detail) (stated, error) {
	in := form.Read(r.PostForm)
	s := stated{Place: in.Text("municipality"), quiet: web.IsFragment(r)}
	s.Content = need.Content{
		Text: in.Text("text"), Title: in.Text("title"), Firms: in.Int("firms"), MandateGround: in.Text("mandate_ground"),
		Sector: in.Choice("sector", need.Sectors()...), Purpose: need.Purpose(in.Choice("purpose", text.Strings(need.Purposes())...)),
		Level: need.Level(in.Choice("level", text.Strings(need.Levels())...)), Forms: text.Typed[need.Form](in.Choices("forms", text.Strings(need.Forms())...)),
		WantedFrom: in.Date("wanted_from"), Horizon: need.Horizon(in.Choice("horizon", text.Strings(need.Horizons())...)),
		Cause:        need.Cause(in.Choice("cause", text.Strings(need.Causes())...)),
		Consequences: text.Typed[need.Consequence](in.Choices("consequences", text.Strings(need.Consequences())...)),
		Barriers:     text.Typed[need.Barrier](in.Choices("barriers", text.Strings(need.Barriers())...)),
		Headcount:    in.Int("headcount"),
		Willing:      telling.WillingOf(text.Typed[telling.Willingness](in.Choices("willing", text.Strings(telling.AllWilling())...)), in.Int("willing_pledge_seats")),

		Confidentiality:       need.Confidentiality(in.Choice("confidentiality", text.Strings(need.Confidentialities())...)),
		ConfidentialityGround: in.Text("confidentiality_ground"),
		RepresentedBy:         org.ID(in.Choice("represented_by", text.Strings(actor.Orgs(need.AdviserRoles()...))...)),
		Lang:                  p.door.Printer(r).Language(),
	}
	if s.Place != "" {
		s.Municipality = p.numberOf(in.Refuse, s.Place)
	}
	if finish {
		missing(in, r.PostForm, s)
	}
	if old != nil {
		s.Organisation, s.Lang = old.Organisation, old.Lang
		if !old.Aggregated() {
			s.Firms = old.Firms
		}
		return s, in.Err()
	}
	if err := p.readWhose(r.Context(), actor, in, &s, finish); err != nil {
		return s, err
	}
	return s, in.Err()
}

// missing notes the mandatory fields that hold nothing.
func missing(in *form.Input, posted url.Values, s stated) {
	if text.IsBlank(s.Text) {
		in.Refuse("text", "need.error.text_required")
	}
	if s.Place == "" {
		in.Refuse("municipality", "form.error.municipality")
	}
	if text.IsBlank(posted.Get("headcount")) {
		in.Refuse("headcount", "need.error.headcount_required")
	}
}

// readWhose finds the organisation that was written. A name that an adviser
// writes and nobody has registered becomes New, after asking whether one with
// a similar name is meant.
func (p *pages) readWhose(ctx context.Context, actor access.Actor, in *form.Input, s *stated, finish bool) error {
	s.Whose = in.Search("organisation")
	represents := len(actor.Orgs(need.AdviserRoles()...)) > 0
	if s.Whose == "" {
		if finish && represents && s.Firms < 2 {
			in.Refuse("organisation", "need.error.organisation_required")
		}
		return nil
	}
	o, err := p.lookUp(ctx, s.Whose)
	switch {
	case err == nil:
		s.Organisation = o
		return nil
	case fault.Is(err, fault.Conflict):
		in.Refuse("organisation", "need.error.ambiguous_organisation")
		return nil
	case !fault.Is(err, fault.NotFound):
		return err
	case !represents:
		in.Refuse("organisation", "need.error.not_your_organisation")
		return nil
	}
	choice := in.Text("organisation_choice")
	if in.Text("organisation_asked") != s.Whose {
		choice = ""
	}
	if chosen, err := access.ParseOrgID(choice); err == nil {
		s.Organisation = chosen
		return nil
	}
	if no := pick.Chosen(in, "organisation", s.Whose); no != "" {
		return p.take(ctx, actor, in, s, no)
	}
	if choice != choiceNew {
		return p.ask(ctx, actor, in, s)
	}
	s.New = s.Whose
	return nil
}

// save stores the need as a draft, or submits it. A new organisation is
// registered first; with a need that is submitted, in the same transaction.
func (p *pages) save(ctx context.Context, actor access.Actor, a at, s stated, finish bool) (need.Need, error) {
	if !finish {
		c, err := s.Content, error(nil)
		if s.New != "" {
			err = p.Needs.Write(ctx, func(tx *db.Tx) error {
				c.Organisation, err = p.register(ctx, tx, actor, s)
				return err
			})
		}
		if err != nil {
			return need.Need{}, err
		}
		return p.Needs.SaveDraft(ctx, actor, a.Draft, a.Version, c)
	}
	s.Concepts = p.understood(nil, s.Text)
	var out need.Need
	err := p.Needs.Write(ctx, func(tx *db.Tx) error {
		c := s.Content
		var err error
		if s.New != "" {
			if c.Organisation, err = p.register(ctx, tx, actor, s); err != nil {
				return err
			}
		}
		out, err = p.Needs.SubmitOnce(ctx, tx, actor, a.Token, a.Draft, a.Version, c)
		return err
	})
	return out, err
}

// understood gives the concepts of a new text. What people have added or taken
// away stays so; nil, which changes nothing, when nobody reads texts.
func (p *pages) understood(stored []need.Concept, written string) []need.Concept {
	if p.Understand == nil {
		return nil
	}
	out := slices.DeleteFunc(slices.Clone(stored), func(c need.Concept) bool { return c.Chosen == need.Linked })
	for _, c := range p.Understand(written) {
		known := slices.ContainsFunc(out, func(x need.Concept) bool { return x.Ref() == c.Ref() })
		if !known && len(out) < need.MaxConcepts {
			out = append(out, c)
		}
	}
	return out
}

// formPage draws the form. d is the stored need, nil for a new one.
func (p *pages) formPage(r *http.Request, actor access.Actor, s stated, a at, d *need.Detail) (formView, error) {
	t := p.door.Printer(r)
	reg, err := p.registrar(r.Context(), actor)
	if err != nil {
		return formView{}, err
	}
	fixed := d != nil && !d.IsDraft()
	v := formView{Form: p.newForm(t, reg, s, fixed), Warnings: warningsView{warnings(t, s.Text)}}
	if !fixed {
		if v.Form.Whose, err = p.mandateView(r.Context(), t, actor, reg, s); err != nil {
			return formView{}, err
		}
	}
	title, back := t.T("need.new.title"), "/behov"
	v.Action, v.Draft = "/behov/ny", draftBox(t, "/behov/utkast", "behov-ny")
	switch {
	case fixed:
		title, back = t.T("need.edit.title"), path(d.ID)
		v.Head.Kicker, v.Action, v.Draft = d.Number, path(d.ID)+"/rediger", draftBox(t, "", "behov-"+string(d.ID))
		v.Fixed = telling.Whose(t, *d)
	case d != nil:
		title = t.T("need.draft.title")
		v.Action, v.Draft = path(d.ID)+"/rediger", draftBox(t, "/behov/utkast", "behov-"+string(d.ID))
	}
	v.Page = p.door.Frame(r, actor, title)
	v.Head.Title, v.Head.Lead = title, t.T("need.form.lead")
	v.Crumbs = []ui.Link{{Label: t.T("need.list.title"), Href: "/behov"}}
	v.Hidden = a.hidden()
	v.Actions = formActions(t, d, fixed, back)
	return v, nil
}

func formActions(t i18n.Printer, d *need.Detail, fixed bool, back string) ui.Actions {
	if fixed {
		return ui.Actions{Items: []ui.Action{{Label: t.T("need.action.save"), Submit: true, Variant: ui.Primary},
			{Label: t.T("need.action.cancel"), Href: back, Variant: ui.Tertiary}}}
	}
	items := []ui.Action{{Label: t.T("need.action.submit"), Submit: true, Variant: ui.Primary},
		{Label: t.T("need.action.draft"), Submit: true, Href: "/behov/utkast", Variant: ui.Secondary, NoCheck: true}}
	if d != nil {
		items = append(items, ui.Action{Label: t.T("need.action.remove"), Href: path(d.ID) + "/slett", Variant: ui.Tertiary, Color: ui.Danger})
	}
	return ui.Actions{Items: append(items, ui.Action{Label: t.T("need.action.cancel"), Href: back, Variant: ui.Tertiary})}
}

func (p *pages) create(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	reg, err := p.registrar(r.Context(), actor)
	if err != nil {
		return err
	}
	s := brought(r.URL.Query())
	if s.Place == "" && reg.municipality != "" {
		s.Place = p.Needs.Places().Written(place.Number(reg.municipality))
	}
	view, err := p.formPage(r, actor, s, at{}, nil)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "need/form", view)
}

// brought is what a link brings to an empty form, such as the one of Finn
// tilbud. What has the wrong shape is left out.
func brought(values url.Values) stated {
	in := form.Read(values)
	return stated{Place: in.Text("municipality"), Content: need.Content{Text: in.Text("text"), Headcount: in.Int("headcount"), WantedFrom: in.Date("wanted_from"),
		Level: need.Level(in.Choice("level", text.Strings(need.Levels())...)), Forms: text.Typed[need.Form](in.Choices("forms", text.Strings(need.Forms())...))}}
}

func (p *pages) createPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	a := resume(r)
	s, err := p.read(r, actor, true, nil)
	var n need.Need
	if err == nil {
		n, err = p.save(r.Context(), actor, a, s, true)
	}
	if err != nil {
		return p.refuse(w, r, actor, s, a, err)
	}
	p.forget(w, a)
	return seeOther(w, r, n.ID, "need.said.submitted")
}

// refuse draws the form again with everything that was typed and says what is
// wrong. After a stale save it also shows what the other saved, and the next
// save replaces that.
func (p *pages) refuse(w http.ResponseWriter, r *http.Request, actor access.Actor, s stated, a at, err error) error {
	e, ok := fault.As(err)
	if !ok || !slices.Contains([]fault.Kind{fault.Invalid, fault.Stale, fault.Conflict, fault.Denied}, e.Kind) {
		return err
	}
	p.forget(w, a)
	var d *need.Detail
	if a.Draft != "" {
		stored, getErr := p.Needs.Get(r.Context(), actor, a.Draft)
		if getErr != nil {
			return getErr
		}
		d = &stored
	}
	if e.Kind == fault.Stale && d != nil {
		a.Version = d.Version
	}
	view, viewErr := p.formPage(r, actor, s, a, d)
	if viewErr != nil {
		return viewErr
	}
	problems := form.Refill(&view.Form, r.PostForm, err, view.Printer)
	if e.Kind != fault.Invalid {
		problems = append(problems, form.Problem{Message: view.T(e.Key, e.Values...)})
	}
	if e.Kind == fault.Stale && d != nil {
		view.Theirs = telling.Differing(view.Printer, p.Needs.Places(), d.Content, s.Content)
	}
	view.Form.reopen()
	view.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), "need/form", view)
}

// reopen opens the groups that hold something after the form was filled again.
func (f *needForm) reopen() {
	f.Several = f.Several.opened()
	for i, g := range f.Groups {
		f.Groups[i] = g.opened()
	}
}

// warningsView is what the program thinks of the text while it is written.
type warningsView struct{ Notices []ui.Notice }

// warnings tells of what looks like details about a person. It never stops
// anybody.
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

// readText answers the form's script, when the text has been written.
func (p *pages) readText(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	return p.door.Views.RenderFragment(w, http.StatusOK, "need/form", "need.warnings",
		warningsView{warnings(p.door.Printer(r), r.PostForm.Get("text"))})
}

func seeOther(w http.ResponseWriter, r *http.Request, n need.ID, said i18n.Key) error {
	http.Redirect(w, r, path(n)+"?ok="+url.QueryEscape(string(said)), http.StatusSeeOther)
	return nil
}

func versionOf(values url.Values) int64 {
	n, err := strconv.ParseInt(values.Get("version"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
