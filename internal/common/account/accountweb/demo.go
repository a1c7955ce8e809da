package accountweb

import (
	"context"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/web"
)

// demoRole steps into a demo role, or out of it with an empty one.
func (p *pages) demoRole(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	role := form.Read(r.PostForm).Text("role")
	if role == "" {
		if err := p.Sessions.SignOut(r); err != nil {
			return err
		}
		return web.SeeOther(w, r, "/")
	}
	a, err := p.Accounts.DemoAccount(r.Context(), role, "")
	if err != nil {
		return err
	}
	if err := p.Sessions.SignIn(r, a); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/")
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
	var o access.OrgID
	if in.Body.Organisation != "" {
		var err error
		if o, err = access.ParseOrgID(in.Body.Organisation); err != nil {
			return nil, fault.InvalidField("organisation", "form.error.choice")
		}
	}
	a, err := p.Accounts.DemoAccount(ctx, in.Body.Role, o)
	if err != nil {
		return nil, err
	}
	out := &demoTokenOut{}
	out.Body.Token, err = p.Accounts.IssueToken(ctx, a)
	return out, err
}
