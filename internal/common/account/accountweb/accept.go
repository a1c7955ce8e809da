package accountweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type acceptForm struct{ Username, Name, Password form.Field }

type acceptView struct {
	web.Page
	Head  ui.Head
	Form  acceptForm
	First bool
}

// acceptPage is the page behind a one-time link: the first administrator says
// who they are, an invited person only chooses a password.
func (p *pages) acceptPage(r *http.Request, actor access.Actor) (acceptView, error) {
	kind, username, err := p.Accounts.Pending(r.Context(), r.PathValue("token"))
	if err != nil {
		return acceptView{}, err
	}
	t := p.door.Printer(r)
	first := kind == "first_admin"
	head := ui.Head{Title: t.T("account.accept.title"), Lead: t.T("account.accept.lead", "username", username)}
	if first {
		head = ui.Head{Title: t.T("account.first.title"), Lead: t.T("account.first.lead")}
	}
	return acceptView{
		Page: p.door.Frame(r, actor, head.Title), Head: head, First: first,
		Form: acceptForm{
			Username: form.Field{Name: "username", Kind: form.Text, Label: t.T("account.field.username"), Hint: t.T("account.hint.username"), Required: true, Autocomplete: "username"},
			Name:     form.Field{Name: "name", Kind: form.Text, Label: t.T("account.field.name"), Hint: t.T("account.hint.name"), Required: true, Autocomplete: "name"},
			Password: form.Field{Name: "password", Kind: form.Password, Label: t.T("account.field.new_password"), Hint: t.T("account.hint.password", "min", account.MinPassword), Required: true, Autocomplete: "new-password"},
		},
	}, nil
}

func (p *pages) accept(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, err := p.acceptPage(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "account/accept", view)
}

func (p *pages) acceptPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	view, err := p.acceptPage(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	a, err := p.Accounts.Accept(r.Context(), r.PathValue("token"),
		account.NewAccount{Username: in.Text("username"), Name: in.Text("name"), Password: in.Secret("password")})
	if err != nil {
		return p.refuse(w, r, "account/accept", &view.Page, &view.Form, func() any { return view }, err)
	}
	if err := p.Sessions.SignIn(r, a); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/?ok=account.welcome")
}
