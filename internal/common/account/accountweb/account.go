package accountweb

import (
	"net/http"
	"net/url"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type accountView struct {
	web.Page
	Head ui.Head
	// Link is the one-time link, shown once, right after it was made.
	Link    *ui.Copy
	Facts   ui.Facts
	Roles   ui.Table
	Form    roleForm
	Give    string // where the form is sent
	Actions ui.Actions
}

// find reads the account that the path names.
func (p *pages) find(r *http.Request, actor access.Actor) (account.Details, error) {
	a, err := access.ParseAccountID(r.PathValue("id"))
	if err != nil {
		return account.Details{}, fault.Missing()
	}
	return p.Accounts.Get(r.Context(), actor, a)
}

func (p *pages) accountPage(r *http.Request, actor access.Actor, a account.Details) (accountView, error) {
	t := p.door.Printer(r)
	roleForm, err := p.newRoleForm(r, actor, t)
	if err != nil {
		return accountView{}, err
	}
	view := accountView{
		Page:  p.door.Frame(r, actor, a.Name),
		Head:  ui.Head{Kicker: t.T("account.account"), Title: a.Name, Tags: []ui.Tag{stateTag(t, a.Account)}},
		Facts: ui.Facts{Items: accountFacts(t, a)},
		Roles: p.rolesTable(t, a.Roles, func(x account.Assignment) []ui.Action {
			return []ui.Action{{Label: t.T("account.role.end"), Href: accountHref(a.ID) + "/roller/" + string(x.ID), Variant: ui.Tertiary, Context: roleText(t, x.Assignment)}}
		}),
		Form: roleForm, Give: accountHref(a.ID) + "/roller", Actions: accountActions(t, a),
	}
	view.Crumbs = adminCrumbs(t, ui.Link{Label: t.T("account.accounts.title"), Href: "/administrasjon/kontoer"})
	return view, nil
}

func accountFacts(t i18n.Printer, a account.Details) []ui.Fact {
	out := []ui.Fact{
		{Label: t.T("account.field.username"), Text: a.Username},
		{Label: t.T("account.created"), Text: t.Moment(a.CreatedAt)},
		{Label: t.T("account.last_sign_in"), Text: lastSignIn(t, a.Account)},
	}
	if !a.LinkUntil.IsZero() {
		out = append(out, ui.Fact{Label: t.T("account.link.open"), Text: t.T("account.link.until", "moment", a.LinkUntil)})
	}
	return append(out, ui.Fact{Label: t.T("account.log.title"), Link: &ui.Link{Label: t.T("account.log.of_account"),
		Href: "/administrasjon/logg?kind=account&id=" + string(a.ID)}})
}

// accountActions are what can be done with the account as a whole. A demo
// account has no password and belongs to nobody.
func accountActions(t i18n.Printer, a account.Details) ui.Actions {
	if a.DemoRole != "" {
		return ui.Actions{}
	}
	version := []ui.Hidden{{Name: "version", Value: strconv.FormatInt(a.Version, 10)}}
	var out []ui.Action
	if !a.Disabled {
		out = append(out, ui.Action{Label: t.T("account.link.make"), Href: accountHref(a.ID) + "/lenke", Post: true, Variant: ui.Secondary})
	}
	if a.Disabled {
		out = append(out, ui.Action{Label: t.T("account.enable"), Href: accountHref(a.ID) + "/apne", Post: true, Hidden: version, Variant: ui.Secondary})
	} else {
		out = append(out, ui.Action{Label: t.T("account.disable"), Href: accountHref(a.ID) + "/sperr", Post: true, Hidden: version, Variant: ui.Secondary, Color: ui.Danger,
			Confirm: &ui.Confirm{Text: t.T("account.disable.sure", "name", a.Name), Yes: t.T("account.disable"), No: t.T("account.cancel")}})
	}
	return ui.Actions{Items: append(out, ui.Action{Label: t.T("account.remove.title"), Href: accountHref(a.ID) + "/slett", Variant: ui.Tertiary, Color: ui.Danger})}
}

// rolesTable shows roles of all times; actions are for those that have not
// ended, and nil for a page where nothing can be done about them.
func (p *pages) rolesTable(t i18n.Printer, roles []account.Assignment, actions func(account.Assignment) []ui.Action) ui.Table {
	today := p.Clock.Today()
	table := ui.Table{Caption: t.T("account.roles"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("account.field.role")}, {Label: t.T("account.field.organisation")}, {Label: t.T("account.scope")}, {Label: t.T("account.period")}, {Label: t.T("account.state")}},
		Empty:   ui.Empty{Title: t.T("account.roles.empty.title"), Text: t.T("account.roles.empty.text")}}
	if actions != nil {
		table.Columns = append(table.Columns, ui.Column{Label: t.T("account.action"), Hidden: true})
	}
	for _, x := range roles {
		row := ui.Row{Cells: []ui.Cell{{Text: t.T(roleKey(x.Role))}, {Text: x.OrgName}, {Text: p.scopeText(x.Scope)},
			{Text: period(t, x.From, x.To)}, {Tags: []ui.Tag{roleTag(t, x, today)}}}}
		if actions != nil {
			cell := ui.Cell{}
			if x.To.IsZero() || !x.To.Before(today) {
				cell.Actions = actions(x)
			}
			row.Cells = append(row.Cells, cell)
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func period(t i18n.Printer, from, to clock.Date) string {
	if to.IsZero() {
		return t.T("account.period.from", "from", from)
	}
	return t.T("account.period.between", "from", from, "to", to)
}

func roleTag(t i18n.Printer, x account.Assignment, today clock.Date) ui.Tag {
	switch {
	case x.ActiveOn(today):
		return ui.Tag{Text: t.T("account.role.holds"), Color: ui.Success}
	case today.Before(x.From) && (x.To.IsZero() || !x.To.Before(x.From)):
		return ui.Tag{Text: t.T("account.role.coming"), Color: ui.Info}
	}
	return ui.Tag{Text: t.T("account.role.over"), Color: ui.Neutral}
}

func (p *pages) account(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	a, err := p.find(r, actor)
	if err != nil {
		return err
	}
	view, err := p.accountPage(r, actor, a)
	if err != nil {
		return err
	}
	if link := p.Sessions.Take(r); link != "" {
		view.Link = &ui.Copy{ID: "link", Label: view.T("account.link.label"), Hint: view.T("account.link.hint"), Value: link, Button: view.T("account.link.copy")}
	}
	return p.door.Views.Render(w, http.StatusOK, "account/account", view)
}

func (p *pages) rolePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	a, err := p.find(r, actor)
	if err != nil {
		return err
	}
	role, err := p.readRole(r, actor)
	if err == nil {
		err = p.Accounts.Assign(r.Context(), actor, a.ID, role)
	}
	if err != nil {
		return p.accountRefused(w, r, actor, a, err)
	}
	return web.SeeOther(w, r, accountHref(a.ID)+"?ok=account.role_given")
}

// accountRefused draws the account again with what was refused.
func (p *pages) accountRefused(w http.ResponseWriter, r *http.Request, actor access.Actor, a account.Details, err error) error {
	view, pageErr := p.accountPage(r, actor, a)
	if pageErr != nil {
		return pageErr
	}
	return p.refuse(w, r, "account/account", &view.Page, &view.Form, func() any { return view }, err)
}

func (p *pages) linkPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	a, err := p.find(r, actor)
	if err != nil {
		return err
	}
	token, err := p.Accounts.NewLink(r.Context(), actor, a.ID)
	if err != nil {
		return p.accountRefused(w, r, actor, a, err)
	}
	p.Sessions.Keep(r, accountHref(a.ID), p.PublicURL+"/invitasjon/"+token)
	return web.SeeOther(w, r, accountHref(a.ID)+"?ok=account.link_made")
}

// disablePost closes the account, or opens it again.
func (p *pages) disablePost(disabled bool) func(http.ResponseWriter, *http.Request, access.Actor) error {
	said := "account.enabled"
	if disabled {
		said = "account.disabled"
	}
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		if err := r.ParseForm(); err != nil {
			return err
		}
		a, err := p.find(r, actor)
		if err != nil {
			return err
		}
		if err := p.Accounts.SetDisabled(r.Context(), actor, a.ID, version(r.PostForm), disabled); err != nil {
			return p.accountRefused(w, r, actor, a, err)
		}
		return web.SeeOther(w, r, accountHref(a.ID)+"?ok="+said)
	}
}

// version is the one that the administrator saw; none is no version at all.
func version(posted url.Values) int64 {
	v, err := strconv.ParseInt(posted.Get("version"), 10, 64)
	if err != nil {
		return 0
	}
	return v
}

type endRoleForm struct{ To form.Field }

type endRoleView struct {
	web.Page
	Head    ui.Head
	Facts   ui.Facts
	Form    endRoleForm
	Version int64
	Actions ui.Actions
}

// endRolePage is the form that ends the role which the path names.
func (p *pages) endRolePage(r *http.Request, actor access.Actor) (endRoleView, account.Details, account.Assignment, error) {
	a, err := p.find(r, actor)
	if err != nil {
		return endRoleView{}, a, account.Assignment{}, err
	}
	var role account.Assignment
	for _, x := range a.Roles {
		if string(x.ID) == r.PathValue("role") {
			role = x
		}
	}
	if role.ID == "" {
		return endRoleView{}, a, role, fault.Missing()
	}
	t := p.door.Printer(r)
	view := endRoleView{
		Page: p.door.Frame(r, actor, t.T("account.role.end.title")),
		Head: ui.Head{Title: t.T("account.role.end.title"), Lead: t.T("account.role.end.lead", "name", a.Name)},
		Facts: ui.Facts{Items: []ui.Fact{{Label: t.T("account.field.role"), Text: roleText(t, role.Assignment)},
			{Label: t.T("account.period"), Text: period(t, role.From, role.To)}}},
		Form:    endRoleForm{To: form.Field{Name: "to", Kind: form.Date, Label: t.T("account.field.last"), Hint: t.T("account.hint.last"), Value: p.Clock.Today().String(), Required: true}},
		Version: a.Version,
		Actions: ui.Actions{Items: []ui.Action{
			{Label: t.T("account.role.end"), Submit: true, Variant: ui.Primary},
			{Label: t.T("account.cancel"), Href: accountHref(a.ID), Variant: ui.Tertiary}}},
	}
	view.Crumbs = adminCrumbs(t, ui.Link{Label: t.T("account.accounts.title"), Href: "/administrasjon/kontoer"}, ui.Link{Label: a.Name, Href: accountHref(a.ID)})
	return view, a, role, nil
}

func (p *pages) endRole(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, _, _, err := p.endRolePage(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "account/endrole", view)
}

func (p *pages) endRolePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	view, a, role, err := p.endRolePage(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	last := in.Date("to")
	if err = in.Err(); err == nil {
		err = p.Accounts.EndRole(r.Context(), actor, a.ID, role.ID, version(r.PostForm), last)
	}
	if err != nil {
		if !fault.Is(err, fault.Stale) {
			view.Version = version(r.PostForm)
		}
		return p.refuse(w, r, "account/endrole", &view.Page, &view.Form, func() any { return view }, err)
	}
	return web.SeeOther(w, r, accountHref(a.ID)+"?ok=account.role_ended")
}
