package site

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

// demoBanner says that the data are made up, and offers the roles: the first
// account of each, and the others of the role that the reader is in.
func (s *Site) demoBanner(ctx context.Context, p i18n.Printer, actor access.Actor) *ui.DemoBanner {
	b := &ui.DemoBanner{Text: p.T("site.demo.text"), Switch: p.T("site.demo.switch"), Action: "/demo/rolle"}
	accounts, err := s.Accounts.DemoAccounts(ctx)
	if err != nil {
		s.log.ErrorContext(ctx, "demo roles", "error", err)
		return b
	}
	b.Roles = append(b.Roles, ui.DemoRole{Field: "role", Label: p.T("site.demo.leave"), Current: !actor.SignedIn()})
	at, mine := map[string]int{}, ""
	for _, a := range accounts {
		if _, seen := at[a.DemoRole]; !seen {
			at[a.DemoRole] = len(b.Roles)
			b.Roles = append(b.Roles, ui.DemoRole{Field: "role", Value: a.DemoRole, Label: p.T(i18n.Key("demo.role." + a.DemoRole)), Hint: a.Name})
		}
		if a.ID == actor.Account {
			mine = a.DemoRole
		}
	}
	if mine == "" {
		return b
	}
	b.Roles[at[mine]].Current = true
	b.Now = p.T("site.demo.now", "role", b.Roles[at[mine]].Label)
	people, err := s.Accounts.DemoPeople(ctx, mine)
	if err != nil {
		s.log.ErrorContext(ctx, "demo role", "role", mine, "error", err)
		return b
	}
	return withSame(b, p, actor, people)
}

// withSame adds those who have the reader's role, and says which of them the
// reader is, when there are several.
func withSame(b *ui.DemoBanner, p i18n.Printer, actor access.Actor, people []account.Listed) *ui.DemoBanner {
	if len(people) < 2 {
		return b
	}
	b.SameLabel = p.T("site.demo.same")
	for _, a := range people {
		r := ui.DemoRole{Field: "account", Value: string(a.ID), Label: a.Name, Current: a.ID == actor.Account}
		if len(a.Roles) > 0 && a.Roles[0].OrgName != "" {
			r.Label, r.Hint = a.Roles[0].OrgName, a.Name
		}
		if r.Current {
			b.Now = p.T("site.demo.now.at", "role", p.T(i18n.Key("demo.role."+a.DemoRole)), "at", r.Label)
		}
		b.Same = append(b.Same, r)
	}
	return b
}
