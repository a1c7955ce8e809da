package accountweb

import (
	"context"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/web"
)

// demoRole steps into a demo role, in the organisation if one is named, or as
// the account that is; or out of it with an empty one.
func (p *pages) demoRole(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	role, person, at := in.Text("role"), in.Text("account"), in.Text("organisation")
	if role == "" && person == "" {
		if err := p.Sessions.SignOut(r); err != nil {
			return err
		}
		return web.SeeOther(w, r, "/")
	}
	a, err := p.demoPerson(r.Context(), role, at, person)
	if err != nil {
		return err
	}
	if err := p.Sessions.SignIn(r, a); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/")
}

// demoPerson is the account that is asked for, which is never a real one.
func (p *pages) demoPerson(ctx context.Context, role, at, person string) (access.AccountID, error) {
	if person == "" {
		return p.demoAccount(ctx, role, at)
	}
	list, err := p.Accounts.DemoAccounts(ctx)
	for _, a := range list {
		if string(a.ID) == person {
			return a.ID, nil
		}
	}
	if err == nil {
		err = fault.InvalidField("account", "form.error.choice")
	}
	return "", err
}

// demoAccount is the account of the role, in the organisation unless it is empty.
func (p *pages) demoAccount(ctx context.Context, role, at string) (access.AccountID, error) {
	var o access.OrgID
	if at != "" {
		var err error
		if o, err = access.ParseOrgID(at); err != nil {
			return "", fault.InvalidField("organisation", "form.error.choice")
		}
	}
	return p.Accounts.DemoAccount(ctx, role, o)
}

type demoTokenIn struct {
	Body struct {
		Role         string `json:"role"`
		Organisation string `json:"organisation,omitempty"`
	}
}

type demoTokenOut struct {
	Body struct {
		Token string `json:"token"`
	}
}

func (p *pages) demoToken(ctx context.Context, _ access.Actor, in *demoTokenIn) (*demoTokenOut, error) {
	a, err := p.demoAccount(ctx, in.Body.Role, in.Body.Organisation)
	if err != nil {
		return nil, err
	}
	out := &demoTokenOut{}
	out.Body.Token, err = p.Accounts.IssueToken(ctx, a)
	return out, err
}
