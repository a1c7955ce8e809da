package accountweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Address gives the network address that counts for a request.
type Address func(r *http.Request) string

type signinForm struct{ Username, Password form.Field }

type signinView struct {
	web.Page
	Head ui.Head
	Form signinForm
	// To is where the reader was going.
	To string
}

func newSigninForm(p i18n.Printer) signinForm {
	return signinForm{
		Username: form.Field{Name: "username", Kind: form.Text, Label: p.T("account.field.username"), Required: true, Autocomplete: "username"},
		Password: form.Field{Name: "password", Kind: form.Password, Label: p.T("account.field.password"), Required: true, Autocomplete: "current-password"},
	}
}

func (p *pages) signinPage(r *http.Request, actor access.Actor, to string) signinView {
	t := p.door.Printer(r)
	return signinView{
		Page: p.door.Frame(r, actor, t.T("account.signin.title")),
		Head: ui.Head{Title: t.T("account.signin.title"), Lead: t.T("account.signin.lead")},
		Form: newSigninForm(t), To: web.LocalPath(to, "/"),
	}
}

func (p *pages) signin(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view := p.signinPage(r, actor, r.URL.Query().Get("til"))
	return p.door.Views.Render(w, http.StatusOK, "account/signin", view)
}

func (p *pages) signinPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	to := web.LocalPath(in.Text("to"), "/")
	a, err := p.Accounts.SignIn(r.Context(), in.Text("username"), in.Secret("password"), p.Address(r))
	if err != nil {
		if p.Failed != nil {
			p.Failed()
		}
		view := p.signinPage(r, actor, to)
		return p.refuse(w, r, "account/signin", &view.Page, &view.Form, func() any { return view }, err)
	}
	if err := p.Sessions.SignIn(r, a); err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

func (p *pages) signout(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	if err := p.Sessions.SignOut(r); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/?ok=account.signed_out")
}
