package accountweb

import (
	"net/http"
	"net/url"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type accountsView struct {
	web.Page
	Head   ui.Head
	Filter ui.Filter
	Table  ui.Table
	Pager  *ui.Pager
}

func accountHref(a access.AccountID) string { return "/administrasjon/kontoer/" + string(a) }

func roleKey(r access.Role) i18n.Key { return i18n.Key("role." + string(r)) }

func (p *pages) accounts(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t, q := p.door.Printer(r), r.URL.Query()
	in := form.Read(q)
	f := account.Filter{Text: in.Search("q"), Role: access.Role(in.Choice("role", roleValues()...)), After: q.Get("after"), Limit: ui.PageSize}
	err := in.Err()
	var found db.Paged[account.Listed]
	total := 0
	if err == nil {
		found, total, err = p.Accounts.List(r.Context(), actor, f)
	}
	if err != nil && !fault.Is(err, fault.Invalid) {
		return err
	}
	view := accountsView{
		Page: p.door.Frame(r, actor, t.T("account.accounts.title")),
		Head: ui.Head{Title: t.T("account.accounts.title"), Lead: t.T("account.accounts.lead"),
			Actions: []ui.Action{{Label: t.T("account.invite.title"), Href: "/administrasjon/kontoer/ny", Variant: ui.Secondary}}},
		Filter: ui.Filter{Action: "/administrasjon/kontoer", Title: t.T("account.filter.more"), Submit: t.T("account.filter.do"),
			Search: form.Field{Name: "q", Kind: form.Text, Label: t.T("account.filter.text"), Value: f.Text},
			Fields: []form.Field{{Name: "role", Kind: form.Select, Label: t.T("account.field.role"), Options: roleOptions(t, "account.filter.any_role", f.Role)}}},
		Table: p.accountsTable(t, found.Items),
	}
	view.Crumbs = adminCrumbs(t)
	status := http.StatusOK
	if err != nil {
		view.Refused(form.Refill(&view.Filter, q, err, t))
		view.Table.Empty, view.Filter.Open, status = ui.Empty{}, true, http.StatusUnprocessableEntity
	} else {
		view.Filter.Hits = t.T("account.hits", "n", total)
		view.Pager = pager(t, "/administrasjon/kontoer", q, len(found.Items), total, found.Next)
	}
	if f.Text != "" || f.Role != "" {
		view.Filter.Clear = &ui.Link{Label: t.T("account.filter.clear"), Href: "/administrasjon/kontoer"}
	}
	return p.door.Views.Render(w, status, "account/accounts", view)
}

func roleValues() []string {
	var out []string
	for _, r := range access.Roles() {
		out = append(out, string(r))
	}
	return out
}

func roleOptions(t i18n.Printer, first i18n.Key, chosen access.Role) []form.Option {
	out := []form.Option{{Value: "", Label: t.T(first), Selected: chosen == ""}}
	for _, r := range access.Roles() {
		out = append(out, form.Option{Value: string(r), Label: t.T(roleKey(r)), Selected: r == chosen})
	}
	return out
}

func (p *pages) accountsTable(t i18n.Printer, list []account.Listed) ui.Table {
	table := ui.Table{Caption: t.T("account.accounts.title"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("account.field.name")}, {Label: t.T("account.roles")}, {Label: t.T("account.last_sign_in")}, {Label: t.T("account.state")}},
		Empty:   ui.Empty{Title: t.T("account.empty.title"), Text: t.T("account.empty.text")}}
	for _, a := range list {
		var roles []string
		for _, x := range a.Roles {
			roles = append(roles, roleText(t, x))
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{Text: a.Name, Href: accountHref(a.ID), Sub: a.Username}, {Text: strings.Join(roles, "; ")},
			{Text: lastSignIn(t, a.Account)}, {Tags: []ui.Tag{stateTag(t, a.Account)}},
		}})
	}
	return table
}

// roleText is a role with its organisation in words.
func roleText(t i18n.Printer, a access.Assignment) string {
	if a.OrgName == "" {
		return t.T(roleKey(a.Role))
	}
	return t.T("account.role_at", "role", roleKey(a.Role), "organisation", a.OrgName)
}

func lastSignIn(t i18n.Printer, a account.Account) string {
	if a.LastSignIn.IsZero() {
		return t.T("account.never")
	}
	return t.Moment(a.LastSignIn)
}

func stateTag(t i18n.Printer, a account.Account) ui.Tag {
	switch {
	case a.Disabled:
		return ui.Tag{Text: t.T("account.state.disabled"), Color: ui.Danger}
	case a.DemoRole != "":
		return ui.Tag{Text: t.T("account.state.demo"), Color: ui.Info}
	case !a.HasPassword:
		return ui.Tag{Text: t.T("account.state.waiting"), Color: ui.Warning}
	}
	return ui.Tag{Text: t.T("account.state.active"), Color: ui.Success}
}

// pager is nil when everything is on the page.
func pager(t i18n.Printer, path string, q url.Values, shown, total int, next string) *ui.Pager {
	if q.Get("after") == "" && next == "" {
		return nil
	}
	at := func(after string) string {
		out := url.Values{}
		for name := range q {
			if name != "after" && name != "lang" && name != "ok" && q.Get(name) != "" {
				out.Set(name, q.Get(name))
			}
		}
		if after != "" {
			out.Set("after", after)
		}
		if len(out) == 0 {
			return path
		}
		return path + "?" + out.Encode()
	}
	out := &ui.Pager{Label: t.T("account.pages"), Summary: t.T("account.pages.shown", "shown", shown, "total", total)}
	if q.Get("after") != "" {
		out.First = &ui.Link{Label: t.T("account.pages.first"), Href: at("")}
	}
	if next != "" {
		out.Next = &ui.Link{Label: t.T("account.pages.next"), Href: at(next)}
	}
	return out
}

type inviteForm struct {
	Username, Name form.Field
	Role           roleForm
}

type inviteView struct {
	web.Page
	Head    ui.Head
	Form    inviteForm
	Actions ui.Actions
}

func (p *pages) invitePage(r *http.Request, actor access.Actor) (inviteView, error) {
	t := p.door.Printer(r)
	role, err := p.newRoleForm(r, actor, t)
	if err != nil {
		return inviteView{}, err
	}
	view := inviteView{
		Page: p.door.Frame(r, actor, t.T("account.invite.title")),
		Head: ui.Head{Title: t.T("account.invite.title"), Lead: t.T("account.invite.lead")},
		Form: inviteForm{
			Username: form.Field{Name: "username", Kind: form.Text, Label: t.T("account.field.username"), Hint: t.T("account.hint.invite_username"), Required: true, Autocomplete: "off"},
			Name:     form.Field{Name: "name", Kind: form.Text, Label: t.T("account.field.name"), Hint: t.T("account.hint.name"), Required: true, Autocomplete: "off"},
			Role:     role,
		},
		Actions: ui.Actions{Items: []ui.Action{
			{Label: t.T("account.invite.do"), Submit: true, Variant: ui.Primary},
			{Label: t.T("account.cancel"), Href: "/administrasjon/kontoer", Variant: ui.Tertiary}}},
	}
	view.Crumbs = adminCrumbs(t, ui.Link{Label: t.T("account.accounts.title"), Href: "/administrasjon/kontoer"})
	return view, nil
}

func (p *pages) invite(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, err := p.invitePage(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "account/invite", view)
}

// invitePost sends the administrator to the new account's page, which shows the
// one-time link once.
func (p *pages) invitePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	role, err := p.readRole(r, actor)
	var fs fault.Fields
	if err := fs.AddErr(err); err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	var a access.AccountID
	var token string
	if err = fs.Err(); err == nil {
		a, token, err = p.Accounts.Invite(r.Context(), actor, account.NewAccount{Username: in.Text("username"), Name: in.Text("name"), Roles: []access.Assignment{role}})
	}
	if err != nil {
		view, pageErr := p.invitePage(r, actor)
		if pageErr != nil {
			return pageErr
		}
		return p.refuse(w, r, "account/invite", &view.Page, &view.Form, func() any { return view }, err)
	}
	p.Sessions.Keep(r, accountHref(a), p.PublicURL+"/invitasjon/"+token)
	return web.SeeOther(w, r, accountHref(a)+"?ok=account.invited")
}
