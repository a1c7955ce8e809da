package bodyweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/rule"
)

type adoptForm struct {
	Title, AdoptedBy, ValidFrom form.Field
	Rules                       ruleForm
}

type adoptView struct {
	formView
	Form adoptForm
}

// ready are the rules that a body of the kind begins with, until it has its own.
func ready(k meeting.Kind) rule.Set {
	switch k {
	case meeting.CountyForum:
		return rule.CountyForum()
	case meeting.RegionalForum:
		return rule.RegionalForum()
	case meeting.Council, meeting.Assembly, meeting.Committee:
		return rule.Council()
	case meeting.Board:
		return rule.Board()
	case meeting.ChiefExecs:
		return rule.ChiefExecs()
	}
	return rule.SteeringGroup()
}

// start is the set that new rules begin from: the newest version, or a ready one.
func start(d meeting.Details) rule.Set {
	if len(d.Rules) > 0 {
		return d.Rules[0].Rules
	}
	return ready(d.Kind)
}

func (p *pages) adoptPage(r *http.Request, actor access.Actor, d meeting.Details) adoptView {
	t := p.door.Printer(r)
	title := t.T("body.adopt")
	view := adoptView{formView: formView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: d.Name, Title: title, Lead: t.T("body.adopt.lead")}, Actions: save(t, path(d.ID, "/regler"))},
		Form: adoptForm{
			Title:     form.Field{Name: "title", Kind: form.Text, Label: t.T("body.rules.document"), Hint: t.T("body.adopt.title.hint"), Required: true},
			AdoptedBy: form.Field{Name: "adopted_by", Kind: form.Text, Label: t.T("body.rules.adopted_by"), Hint: t.T("body.elect.by.hint"), Required: true},
			ValidFrom: form.Field{Name: "valid_from", Kind: form.Date, Label: t.T("body.rules.valid_from"), Value: p.Clock.Today().String(), Required: true},
			Rules:     newRuleForm(t, start(d), true),
		}}
	view.Crumbs = append(crumbs(t, d), ui.Link{Label: t.T("body.rules.head"), Href: path(d.ID, "/regler")})
	return view
}

func (p *pages) adopt(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.findMine(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "body/adopt", p.adoptPage(r, actor, d))
}

func (p *pages) adoptPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.findMine(r, actor)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	in := form.Read(r.PostForm)
	v := meeting.RuleSet{Body: d.ID, Title: in.Text("title"), AdoptedBy: in.Text("adopted_by"), ValidFrom: in.Date("valid_from")}
	v.Rules = readMore(p.door.Printer(r), in, readRules(in, start(d)), v.ValidFrom)
	v.Rules.Base.Title = i18n.Text{NB: v.Title}
	if err = in.Err(); err == nil {
		_, err = p.Bodies.Adopt(r.Context(), actor, v)
	}
	switch {
	case err == nil:
		return web.SeeOther(w, r, path(d.ID, "/regler?ok=body.adopted"))
	case !isForm(err):
		return err
	}
	view := p.adoptPage(r, actor, d)
	refuse(r, &view.formView, &view.Form, atFields(err))
	return p.door.Views.Render(w, gate.Status(err), "body/adopt", view)
}
