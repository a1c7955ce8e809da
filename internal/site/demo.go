package site

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

// demoBanner says that the data are made up, and offers the roles.
func (s *Site) demoBanner(ctx context.Context, p i18n.Printer, actor access.Actor) *ui.DemoBanner {
	b := &ui.DemoBanner{Text: p.T("site.demo.text"), Switch: p.T("site.demo.switch"), Field: "role", Action: "/demo/rolle"}
	accounts, err := s.Accounts.DemoAccounts(ctx)
	if err != nil {
		s.log.ErrorContext(ctx, "demo roles", "error", err)
		return b
	}
	b.Roles = append(b.Roles, ui.DemoRole{Value: "", Label: p.T("site.demo.leave"), Current: !actor.SignedIn()})
	seen := map[string]bool{}
	for _, a := range accounts {
		if seen[a.DemoRole] {
			continue
		}
		seen[a.DemoRole] = true
		r := ui.DemoRole{Value: a.DemoRole, Label: p.T(i18n.Key("demo.role." + a.DemoRole)), Hint: a.Name, Current: a.ID == actor.Account}
		if r.Current {
			b.Now = p.T("site.demo.now", "role", r.Label)
		}
		b.Roles = append(b.Roles, r)
	}
	return b
}
