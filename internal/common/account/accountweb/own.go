package accountweb

import (
	"encoding/json"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// registerOwn adds the pages of one's own account.
func (p *pages) registerOwn(d *gate.Door) {
	d.Views.Add("account", Files, "own", ownView{})
	d.Views.Add("account", Files, "password", passwordView{})
	d.Views.Add("account", Files, "remove", removeView{})
	d.Pages(
		gate.Route{Method: "GET", Path: "/konto", Rule: gate.SignedIn(), Handle: p.own},
		gate.Route{Method: "GET", Path: "/konto/mine-data.json", Rule: gate.SignedIn(), Handle: p.export},
		gate.Route{Method: "POST", Path: "/konto/nokkel", Rule: gate.SignedIn(), Handle: p.keyPost},
		gate.Route{Method: "GET", Path: "/konto/passord", Rule: gate.SignedIn(), Handle: p.password},
		gate.Route{Method: "POST", Path: "/konto/passord", Rule: gate.SignedIn(), Handle: p.passwordPost},
		gate.Route{Method: "GET", Path: "/konto/slett", Rule: gate.SignedIn(), Handle: p.removeOwn},
		gate.Route{Method: "POST", Path: "/konto/slett", Rule: gate.SignedIn(), Handle: p.removeOwnPost},
	)
	d.Says("account.password_changed", "account.deleted", "account.key_made")
}

type ownView struct {
	web.Page
	Head    ui.Head
	Facts   ui.Facts
	Roles   ui.Table
	Data    ui.Actions
	Key     *ui.Copy // shown once, right after it was made
	Keys    ui.Actions
	Actions ui.Actions
}

func (p *pages) own(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	a, err := p.Accounts.Get(r.Context(), actor, actor.Account)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := ownView{
		Page: p.door.Frame(r, actor, t.T("account.own.title")),
		Head: ui.Head{Kicker: t.T("account.own.title"), Title: a.Name},
		Facts: ui.Facts{Items: []ui.Fact{
			{Label: t.T("account.field.username"), Text: a.Username},
			{Label: t.T("account.created"), Text: t.Moment(a.CreatedAt)},
			{Label: t.T("account.last_sign_in"), Text: lastSignIn(t, a.Account)}}},
		Roles: p.rolesTable(t, a.Roles, nil),
		Data:  ui.Actions{Items: []ui.Action{{Label: t.T("account.own.see"), Href: "/konto/data", Variant: ui.Secondary}, {Label: t.T("account.own.download"), Href: "/konto/mine-data.json", Variant: ui.Tertiary}}},
		Keys:  ui.Actions{Items: []ui.Action{{Label: t.T("account.key.make"), Href: "/konto/nokkel", Post: true, Variant: ui.Secondary}}},
	}
	if key := p.Sessions.Take(r); key != "" {
		view.Key = &ui.Copy{ID: "key", Label: t.T("account.key.label"), Hint: t.T("account.key.hint"), Value: key, Button: t.T("account.key.copy")}
	}
	if actor.Has(access.RoleSysadmin) {
		view.Head.Actions = []ui.Action{{Label: t.T("account.admin.title"), Href: "/administrasjon", Variant: ui.Secondary}}
	}
	for _, x := range p.Offices {
		view.Head.Actions = append(view.Head.Actions, p.door.Leading(actor, ui.Action{Label: t.T(x.Title), Href: x.Href, Variant: ui.Secondary})...)
	}
	if !actor.Demo {
		view.Actions.Items = append(view.Actions.Items, ui.Action{Label: t.T("account.password.title"), Href: "/konto/passord", Variant: ui.Secondary})
		view.Data.Items = append(view.Data.Items, ui.Action{Label: t.T("account.own.remove"), Href: "/konto/slett", Variant: ui.Tertiary, Color: ui.Danger})
	}
	view.Actions.Items = append(view.Actions.Items, ui.Action{Label: t.T("account.own.signout"), Href: "/logg-ut", Post: true, Variant: ui.Secondary})
	return p.door.Views.Render(w, http.StatusOK, "account/own", view)
}

// keyPost makes a key for programs and shows it once on the page it leads to.
func (p *pages) keyPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	key, err := p.Accounts.IssueToken(r.Context(), actor.Account)
	if err != nil {
		return err
	}
	p.Sessions.Keep(r, "/konto", key)
	return web.SeeOther(w, r, "/konto?ok=account.key_made")
}

type passwordForm struct{ Old, Password form.Field }

type passwordView struct {
	web.Page
	Head    ui.Head
	Form    passwordForm
	Actions ui.Actions
}

func ownCrumbs(t i18n.Printer) []ui.Link {
	return []ui.Link{{Label: t.T("account.own.title"), Href: "/konto"}}
}

func (p *pages) passwordPage(r *http.Request, actor access.Actor) passwordView {
	t := p.door.Printer(r)
	view := passwordView{
		Page: p.door.Frame(r, actor, t.T("account.password.title")),
		Head: ui.Head{Title: t.T("account.password.title"), Lead: t.T("account.password.lead")},
		Form: passwordForm{
			Old:      form.Field{Name: "old_password", Kind: form.Password, Label: t.T("account.field.old_password"), Required: true, Autocomplete: "current-password"},
			Password: form.Field{Name: "password", Kind: form.Password, Label: t.T("account.field.new_password"), Hint: t.T("account.hint.password", "min", account.MinPassword), Required: true, Autocomplete: "new-password"},
		},
		Actions: ui.Actions{Items: []ui.Action{
			{Label: t.T("account.password.do"), Submit: true, Variant: ui.Primary},
			{Label: t.T("account.cancel"), Href: "/konto", Variant: ui.Tertiary}}},
	}
	view.Crumbs = ownCrumbs(t)
	return view
}

func (p *pages) password(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if actor.Demo {
		return fault.New(fault.Denied, "account.error.demo")
	}
	return p.door.Views.Render(w, http.StatusOK, "account/password", p.passwordPage(r, actor))
}

// passwordPost signs the reader in anew, since the old sessions are over.
func (p *pages) passwordPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	if err := p.Accounts.ChangePassword(r.Context(), actor, in.Secret("old_password"), in.Secret("password")); err != nil {
		view := p.passwordPage(r, actor)
		return p.refuse(w, r, "account/password", &view.Page, &view.Form, func() any { return view }, err)
	}
	if err := p.Sessions.SignIn(r, actor.Account); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/konto?ok=account.password_changed")
}

type removeView struct {
	web.Page
	Head    ui.Head
	Warning ui.Notice
	// Gone and Stays are what goes and what stays, where that is known.
	Gone, Stays []string
	Actions     ui.Actions
}

// removePage says what deleting does, and what stays and why.
func (p *pages) removePage(r *http.Request, actor access.Actor, title, lead, back string) removeView {
	t := p.door.Printer(r)
	return removeView{
		Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title, Lead: lead},
		Warning: ui.Notice{Color: ui.Warning, Paragraphs: []string{t.T("account.remove.gone"), t.T("account.remove.stays")},
			Links: []ui.Link{{Label: t.T("account.remove.privacy"), Href: "/personvern"}}},
		Actions: ui.Actions{Items: []ui.Action{
			{Label: t.T("account.remove.do"), Submit: true, Variant: ui.Primary, Color: ui.Danger},
			{Label: t.T("account.cancel"), Href: back, Variant: ui.Tertiary}}},
	}
}

func (p *pages) removeOwnPage(r *http.Request, actor access.Actor) (removeView, error) {
	t := p.door.Printer(r)
	view := p.removePage(r, actor, t.T("account.own.remove"), t.T("account.own.remove.lead"), "/konto")
	view.Crumbs = ownCrumbs(t)
	var err error
	if p.Fates != nil {
		view.Gone, view.Stays, err = p.Fates(r.Context(), t, actor)
	}
	if actor.Demo {
		// The page shows what would go and stay; nobody may take the role from others.
		view.Warning = ui.Notice{Color: ui.Info, Title: t.T("account.remove.demo"), Text: t.T("account.error.demo")}
		view.Actions.Items = []ui.Action{{Label: t.T("account.remove.back"), Href: "/konto", Variant: ui.Secondary}}
	}
	return view, err
}

func (p *pages) removeOwn(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, err := p.removeOwnPage(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "account/remove", view)
}

func (p *pages) removeOwnPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := p.Accounts.Forget(r.Context(), actor, actor.Account); err != nil {
		view, broken := p.removeOwnPage(r, actor)
		if broken != nil {
			return broken
		}
		return p.refuse(w, r, "account/remove", &view.Page, &struct{}{}, func() any { return view }, err)
	}
	if err := p.Sessions.SignOut(r); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/?ok=account.deleted")
}

func (p *pages) removeOtherPage(r *http.Request, actor access.Actor) (removeView, account.Details, error) {
	a, err := p.find(r, actor)
	if err != nil {
		return removeView{}, a, err
	}
	t := p.door.Printer(r)
	view := p.removePage(r, actor, t.T("account.remove.title"), t.T("account.remove.lead", "name", a.Name), accountHref(a.ID))
	view.Crumbs = adminCrumbs(t, ui.Link{Label: t.T("account.accounts.title"), Href: "/administrasjon/kontoer"}, ui.Link{Label: a.Name, Href: accountHref(a.ID)})
	return view, a, nil
}

func (p *pages) remove(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, _, err := p.removeOtherPage(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "account/remove", view)
}

func (p *pages) removePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, a, err := p.removeOtherPage(r, actor)
	if err != nil {
		return err
	}
	if err := p.Accounts.Forget(r.Context(), actor, a.ID); err != nil {
		return p.refuse(w, r, "account/remove", &view.Page, &struct{}{}, func() any { return view }, err)
	}
	return web.SeeOther(w, r, "/administrasjon/kontoer?ok=account.removed")
}

// myData is what a person takes out about themselves.
type myData struct {
	Account struct {
		ID         access.AccountID `json:"id"`
		Username   string           `json:"username"`
		Name       string           `json:"name"`
		CreatedAt  clock.Time       `json:"created_at"`
		LastSignIn *clock.Time      `json:"last_sign_in,omitempty"`
	} `json:"account"`
	Roles  []myRole  `json:"roles"`
	Tokens []myToken `json:"api_tokens"`
	About  []myEntry `json:"log_about_me"`
	Did    []myEntry `json:"log_of_what_i_did"`
	// Kept is what other parts of the house keep about the person alone, by part.
	Kept map[string]any `json:"kept,omitempty"`
}

type myRole struct {
	Role         access.Role `json:"role"`
	Organisation string      `json:"organisation,omitempty"`
	Scope        string      `json:"scope,omitempty"`
	From         clock.Date  `json:"from"`
	To           *clock.Date `json:"to,omitempty"`
}

type myToken struct {
	CreatedAt clock.Time `json:"created_at"`
	ExpiresAt clock.Time `json:"expires_at"`
}

type myEntry struct {
	At      clock.Time `json:"at"`
	Action  string     `json:"action"`
	Kind    string     `json:"kind"`
	ID      string     `json:"id"`
	Changes []myChange `json:"changes,omitempty"`
}

type myChange struct {
	Field  string `json:"field"`
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

func (p *pages) export(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	e, err := p.Accounts.Export(r.Context(), actor)
	if err != nil {
		return err
	}
	kept, err := p.Accounts.Held(r.Context(), actor)
	if err != nil {
		return err
	}
	out := myData{Kept: kept, Roles: []myRole{}, Tokens: []myToken{}, About: myEntries(e.About), Did: myEntries(e.Did)}
	out.Account.ID, out.Account.Username, out.Account.Name, out.Account.CreatedAt = e.Account.ID, e.Account.Username, e.Account.Name, e.Account.CreatedAt
	if !e.Account.LastSignIn.IsZero() {
		out.Account.LastSignIn = &e.Account.LastSignIn
	}
	for _, x := range e.Roles {
		role := myRole{Role: x.Role, Organisation: x.OrgName, Scope: p.scopeText(x.Scope), From: x.From}
		if !x.To.IsZero() {
			role.To = &x.To
		}
		out.Roles = append(out.Roles, role)
	}
	for _, x := range e.Tokens {
		out.Tokens = append(out.Tokens, myToken{CreatedAt: x.CreatedAt, ExpiresAt: x.ExpiresAt})
	}
	body, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Disposition", `attachment; filename="mine-data.json"`)
	h.Set("Cache-Control", "no-store")
	_, err = w.Write(body)
	return err
}

func myEntries(list []audit.Entry) []myEntry {
	out := []myEntry{}
	for _, e := range list {
		x := myEntry{At: e.At, Action: string(e.Action), Kind: e.Subject.Kind, ID: e.Subject.ID}
		for _, c := range e.Changes {
			x.Changes = append(x.Changes, myChange{Field: c.Field, Before: c.Before, After: c.After})
		}
		out = append(out, x)
	}
	return out
}
