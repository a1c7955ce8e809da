package needweb

import (
	"net/http"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needweb/telling"
	"kompetansetorg/internal/room/need/wording"
)

type showView struct {
	web.Page
	Head     ui.Head
	Notices  []ui.Notice
	Progress ui.Progress
	Ball     ui.Ball
	Quote    quote
	Facts    ui.Facts
	Answers  AnswersView
	Given    leaf.Section
	Moves    []moveForm
	Files    ui.FileList
	Talk     talkView
	Requests []ui.Card
	Link     linkView
	Story    ui.Timeline
}

// quote is the need in the organisation's own words, in the language they were
// written in.
type quote struct {
	Lines []string
	Lang  string
}

func quoted(s, lang string) quote {
	return quote{strings.FieldsFunc(s, func(r rune) bool { return r == '\n' }), lang}
}

// linkView is the follow link with its buttons. Text tells that there is none.
type linkView struct {
	Title   string
	Text    string
	Copy    ui.Copy
	Actions ui.Actions
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if number := r.PathValue("id"); humanNumber.MatchString(number) {
		d, err := p.Needs.GetByNumber(r.Context(), actor, number)
		if err != nil {
			return err
		}
		return web.SeeOther(w, r, path(d.ID))
	}
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	if d.IsDraft() {
		return web.SeeOther(w, r, path(d.ID)+"/rediger")
	}
	view, err := p.showPage(r, actor, d)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "need/show", view)
}

// showPage draws the page of a need for its reader.
func (p *pages) showPage(r *http.Request, actor access.Actor, d need.Detail) (showView, error) {
	t, ctx := p.door.Printer(r), r.Context()
	now := telling.Standing(d.State, d.PoolRef)
	view := showView{Page: p.door.Frame(r, actor, d.Title), Quote: quoted(d.Text, string(d.Lang)),
		Head: ui.Head{Kicker: t.T("need.show.kicker", "number", d.Number), Title: d.Title, Tags: []ui.Tag{wording.State(t, d.State)}},
		Ball: telling.Ball(t, now, d.Ball, d.Overdue), Facts: ui.Facts{Items: telling.Shown(t, p.Needs.Places(), d)}, Story: telling.Timeline(t, d.Steps)}
	view.Crumbs = []ui.Link{{Label: t.T("need.list.title"), Href: "/behov"}}
	if d.TakenWithoutForum {
		view.Head.Tags = append(view.Head.Tags, ui.Tag{Text: t.T("need.without_forum")})
	}
	if d.Confidentiality != need.Open {
		view.Head.Tags = append(view.Head.Tags, ui.Tag{Text: t.T(d.Confidentiality.Label())})
	}
	var visits []telling.Visit
	for _, s := range d.Steps {
		visits = append(visits, telling.Visit{State: s.To, At: s.At})
	}
	view.Progress = telling.Progress(t, now, visits)
	if p.Origin != nil {
		href, err := p.Origin(ctx, actor, d.ID)
		if err != nil {
			return view, err
		}
		if href != "" {
			view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("need.fact.origin"), Link: &ui.Link{Label: t.T("need.fact.origin.round"), Href: href}})
		}
	}
	if d.PoolRef != nil {
		view.Notices = append(view.Notices, ui.Notice{Text: t.T("need.pool.notice", "number", d.PoolRef.Number),
			Links: []ui.Link{{Label: d.PoolRef.Title, Href: "/felles/" + string(d.PoolRef.ID)}}})
	}
	if d.CanEdit {
		view.Head.Actions = []ui.Action{{Label: t.T("need.action.edit"), Href: path(d.ID) + "/rediger", Variant: ui.Secondary}}
		view.Notices = append(view.Notices, warnings(t, d.Text)...)
	}
	if actor.SignedIn() && d.State != need.Draft {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("follow.do"), Context: d.Number, Variant: ui.Secondary,
			Href: follow.Topic{Target: follow.Object, Kind: need.FlowKind, Ref: string(d.ID)}.Path()})
	}
	if err := p.addParts(r, actor, d, &view); err != nil {
		return showView{}, err
	}
	files, err := attachview.Section(ctx, p.Attach, t, actor, object.Ref{Kind: need.FlowKind, ID: string(d.ID)})
	if err != nil {
		return showView{}, err
	}
	view.Files = files
	if p.Answers != nil {
		var err error
		if view.Answers, err = p.Answers(ctx, r, actor, d.ID); err != nil {
			return showView{}, err
		}
	}
	return view, nil
}

// addParts adds what only some readers have: moves, the discussion, requests
// for adaptation and the follow link.
func (p *pages) addParts(r *http.Request, actor access.Actor, d need.Detail, view *showView) error {
	ctx, t := r.Context(), view.Printer
	proposals, err := p.Needs.ProposeMoves(ctx, actor, d.ID)
	if err != nil {
		return err
	}
	var providers []org.Entry
	if d.Sight >= need.Partner && (len(proposals) > 0 || actor.HasIn(d.Municipality, access.RoleSecretary, access.RoleCaseOfficer)) {
		if providers, err = p.Orgs.Providers(ctx); err != nil {
			return err
		}
	}
	if p.Given != nil {
		if view.Given, err = p.Given(r, actor, d.ID); err != nil {
			return err
		}
		proposals = slices.DeleteFunc(proposals, func(m need.Proposal) bool { return m.Answers })
	}
	for _, m := range proposals {
		view.Moves = append(view.Moves, newMove(t, d, m, providers))
	}
	if d.Sight >= need.Partner {
		view.Talk = newTalk(t, actor, d, providers)
		if view.Requests, err = p.requests(ctx, t, actor, d); err != nil {
			return err
		}
	}
	view.Head.Actions = append(view.Head.Actions, view.Given.Actions...)
	if len(view.Moves) > 0 && len(view.Given.Actions) == 0 && (view.Ball.State == ui.BallMine || d.Overdue) {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("need.show.moves"), Href: "#moves", Variant: ui.Primary})
	}
	if p.Onward != nil {
		view.Head.Actions = append(view.Head.Actions, p.Onward(r, actor, d)...)
	}
	if d.Sight == need.Full {
		view.Link, err = p.link(r, actor, d)
	}
	return err
}

// link shows the follow link to those who may hand it out.
func (p *pages) link(r *http.Request, actor access.Actor, d need.Detail) (linkView, error) {
	t := p.door.Printer(r)
	button := func(what, label string, variant ui.Variant) ui.Action {
		return ui.Action{Label: label, Href: path(d.ID) + "/lenke", Post: true, Name: "do", Value: what, Variant: variant}
	}
	token, err := p.Needs.Token(r.Context(), actor, d.ID)
	if fault.Is(err, fault.NotFound) {
		return linkView{Title: t.T("need.link.title"), Text: t.T("need.link.none"), Actions: ui.Actions{Items: []ui.Action{button("renew", t.T("need.link.make"), ui.Secondary)}}}, nil
	}
	if err != nil {
		return linkView{}, err
	}
	renew, revoke := button("renew", t.T("need.link.renew"), ui.Tertiary), button("revoke", t.T("need.link.revoke"), ui.Tertiary)
	renew.Confirm = &ui.Confirm{Text: t.T("need.link.renew.ask")}
	revoke.Confirm = &ui.Confirm{Text: t.T("need.link.revoke.ask")}
	return linkView{Title: t.T("need.link.title"), Copy: ui.Copy{ID: "follow-link", Label: t.T("need.link.label"), Hint: t.T("need.link.hint"), Value: p.PublicURL + "/folg/" + token,
		Button: t.T("need.link.copy"), QRSrc: "/folg/" + token + "/qr.png", QRAlt: t.T("need.link.qr")},
		Actions: ui.Actions{Items: []ui.Action{renew, revoke}}}, nil
}

func (p *pages) linkPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	switch r.FormValue("do") {
	case "renew":
		_, err = p.Needs.RenewToken(r.Context(), actor, d.ID)
	case "revoke":
		if err = p.Needs.RevokeToken(r.Context(), actor, d.ID); err == nil {
			return seeOther(w, r, d.ID, "need.said.link_closed")
		}
	default:
		err = fault.InvalidField("do", "form.error.choice")
	}
	if err != nil {
		return err
	}
	return seeOther(w, r, d.ID, "need.said.link")
}
