// Package flowweb has the front page: for somebody signed in the most urgent of
// the balls they hold, what changed and shortcuts; for everybody else what this
// is, and the two ways in. All the balls that somebody holds have a page of their
// own.
package flowweb

import (
	"context"
	"embed"
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Kind is a kind of thing that moves: its definition, what such a task is called,
// and the path that its id is put behind.
type Kind struct {
	Definition flow.Definition
	Label      i18n.Key
	// Title is a sentence around the {label} of things whose label does not say by
	// itself what they are, such as a year; empty for those that do.
	Title i18n.Key
	Path  string
	// Sees tells which of the things the actor may know of; nil when anybody may
	// know of all.
	Sees func(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error)
}

// Deps is what the front page needs.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
	Kinds []Kind
}

type pages struct {
	Deps
	door  *gate.Door
	kinds map[string]Kind
}

// Register adds the front page and the list of tasks.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d, kinds: map[string]Kind{}}
	for _, k := range deps.Kinds {
		p.kinds[k.Definition.Kind] = k
	}
	d.Views.Add("flow", Files, "front", frontView{})
	d.Views.Add("flow", Files, "welcome", welcomeView{})
	d.Views.Add("flow", Files, "tasks", tasksView{})
	d.Pages(gate.Route{Method: "GET", Path: "/{$}", Rule: gate.Public(), Handle: p.front},
		gate.Route{Method: "GET", Path: tasksPath, Rule: gate.SignedIn(), Handle: p.tasks})
}

type frontView struct {
	web.Page
	Head      ui.Head
	Balls     ui.Table
	More      ui.Actions // the way to the tasks that are not shown here
	Changes   ui.Timeline
	HasNews   bool
	Shortcuts []ui.Card
}

type welcomeView struct {
	web.Page
	Hero  ui.Hero
	Steps []ui.Card
	More  []ui.Card
}

func (p *pages) front(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if !actor.SignedIn() {
		return p.door.Views.Render(w, http.StatusOK, "flow/welcome", p.welcome(r, actor))
	}
	view, err := p.mine(r.Context(), r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "flow/front", view)
}

// newsDays is how far back "what changed" looks; mostBalls is how many tasks are
// shown, the most urgent ones.
const (
	newsDays  = 30
	mostBalls = 20
)

func (p *pages) mine(ctx context.Context, r *http.Request, actor access.Actor) (frontView, error) {
	t := p.door.Printer(r)
	view := frontView{Page: p.door.Frame(r, actor, ""), Shortcuts: shortcuts(t, actor)}
	var list held
	var changes []flow.Change
	err := p.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if list, err = p.held(ctx, tx, actor, flow.Asked{Limit: mostBalls}); err != nil {
			return err
		}
		if changes, err = flow.Recent(ctx, tx, actor, clock.At(p.Clock().AddDate(0, 0, -newsDays))); err != nil {
			return err
		}
		changes, err = seen(ctx, tx, p, actor, changes, func(c flow.Change) flow.Subject { return c.Subject })
		return err
	})
	if err != nil {
		return view, err
	}
	total := list.total()
	view.Head = ui.Head{Title: t.T("front.mine.title"), Lead: t.T("front.mine.lead", "n", total)}
	switch {
	case total == 0:
		view.Head.Lead = t.T("front.mine.none")
	case list.Next != "":
		view.Head.Lead += " " + t.T("front.mine.first", "shown", len(list.Items))
		view.More.Items = []ui.Action{{Label: t.T("front.mine.all", "n", total), Href: tasksPath, Variant: ui.Secondary}}
	}
	view.Balls = p.balls(t, list.Items)
	view.HasNews = len(changes) > 0
	view.Changes = ui.Timeline{Label: t.T("front.news")}
	for _, c := range changes {
		view.Changes.Items = append(view.Changes.Items, ui.Event{When: t.Moment(c.At), ISO: c.At.String(), Who: p.title(t, c.Subject.Kind, c.Label), Href: p.kinds[c.Subject.Kind].Path + c.Subject.ID,
			Text: t.T("front.news.moved", "state", t.T(p.label(c.Subject.Kind, c.To)))})
	}
	return view, nil
}

// shortcut is a way on from the front page, for those who hold the role.
type shortcut struct {
	roles       []access.Role
	title, text i18n.Key
	href        string
}

var advisers = []access.Role{access.RoleIntermediary, access.RoleMunicipalLead}

// seated are those who meet in forums and councils, and who prepare what they meet about.
var seated = []access.Role{access.RoleSecretary, access.RoleCaseOfficer, access.RoleForumMember, access.RoleMayor, access.RoleOpposition, access.RoleChiefExec}

var allShortcuts = []shortcut{
	{seated, "front.go.meetings", "front.go.meetings.text", "/moter"},
	{seated, "front.go.cases", "front.go.cases.text", "/saker"},
	{[]access.Role{access.RoleSecretary, access.RoleCaseOfficer, access.RoleForumMember}, "front.go.forums", "front.go.forums.text", "/kompetanseforum"},
	{append([]access.Role{access.RoleOrgMember}, advisers...), "front.go.report", "front.go.report.text", "/behov/ny"},
	{append([]access.Role{access.RoleOrgMember, access.RoleCaseOfficer}, advisers...), "front.go.import", "front.go.import.text", "/behov/import"},
	{advisers, "front.go.paste", "front.go.paste.text", "/behov/lim-inn"},
	{append([]access.Role{access.RoleCaseOfficer}, advisers...), "front.go.visits", "front.go.visits.text", "/besok"},
	{append([]access.Role{access.RoleSecretary, access.RoleCaseOfficer}, advisers...), "front.go.rounds", "front.go.rounds.text", "/runder"},
	{[]access.Role{access.RoleProviderUser}, "front.go.requests", "front.go.requests.text", "/foresporsler"},
	{[]access.Role{access.RoleProviderUser}, "front.go.offers", "front.go.offers.text", "/tilbud/mine"},
	{[]access.Role{access.RoleProviderUser, access.RoleCaseOfficer, access.RoleSecretary, access.RoleForumMember}, "front.go.demand", "front.go.demand.text", "/ettersporsel"},
	{[]access.Role{access.RoleCaseOfficer, access.RoleSecretary}, "front.go.map", "front.go.map.text", "/behov/kart"},
	{[]access.Role{access.RoleSecretary, access.RoleCaseOfficer}, "front.go.late", "front.go.late.text", "/tilbydersvar"},
	{append([]access.Role{access.RoleSecretary, access.RoleCaseOfficer}, advisers...), "front.go.pools", "front.go.pools.text", "/felles"},
	{[]access.Role{access.RoleCaseOfficer, access.RoleSysadmin}, "front.go.forms", "front.go.forms.text", "/skjema"},
	{[]access.Role{access.RoleSysadmin}, "front.go.admin", "front.go.admin.text", "/administrasjon"},
	{nil, "front.go.find", "front.go.find.text", "/finn"},
	{nil, "front.go.supply", "front.go.supply.text", "/tilbud"},
}

func shortcuts(t i18n.Printer, actor access.Actor) []ui.Card {
	var out []ui.Card
	for _, s := range allShortcuts {
		if s.roles == nil || actor.Has(s.roles...) {
			out = append(out, ui.Card{Title: t.T(s.title), Text: t.T(s.text), Href: s.href})
		}
	}
	return out
}

func (p *pages) welcome(r *http.Request, actor access.Actor) welcomeView {
	t := p.door.Printer(r)
	return welcomeView{
		Page: p.door.Frame(r, actor, ""),
		Hero: ui.Hero{Title: t.T("front.hero.title"), Lead: t.T("front.hero.lead"), Action: "/finn", Field: "q",
			Label: t.T("front.hero.label"), Hint: t.T("front.hero.hint"), Button: t.T("front.hero.button"),
			ExampleLabel: t.T("front.hero.examples"),
			Examples: []ui.Link{
				{Label: t.T("front.example.saw"), Href: "/finn?q=" + url.QueryEscape(t.T("front.example.saw"))},
				{Label: t.T("front.example.care"), Href: "/finn?q=" + url.QueryEscape(t.T("front.example.care"))},
				{Label: t.T("front.example.net"), Href: "/finn?q=" + url.QueryEscape(t.T("front.example.net"))},
			},
			Actions: []ui.Action{{Label: t.T("front.report"), Href: "/behov/ny", Variant: ui.Secondary}}},
		Steps: []ui.Card{
			{Kicker: "1", Title: t.T("front.step1.title"), Text: t.T("front.step1.text")},
			{Kicker: "2", Title: t.T("front.step2.title"), Text: t.T("front.step2.text")},
			{Kicker: "3", Title: t.T("front.step3.title"), Text: t.T("front.step3.text")},
		},
		More: []ui.Card{
			{Title: t.T("front.more.supply"), Text: t.T("front.more.supply.text"), Href: "/tilbud"},
			{Title: t.T("front.more.demand"), Text: t.T("front.more.demand.text"), Href: "/ettersporsel"},
			{Title: t.T("front.more.toolbox"), Text: t.T("front.more.toolbox.text"), Href: "/verktoykasse"},
			{Title: t.T("front.more.meetings"), Text: t.T("front.more.meetings.text"), Href: "/moter"},
		},
	}
}
