package accountweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// registerAdmin adds the pages of administrators.
func (p *pages) registerAdmin(d *gate.Door) {
	d.Views.Add("account", Files, "overview", overviewView{})
	d.Views.Add("account", Files, "accounts", accountsView{})
	d.Views.Add("account", Files, "invite", inviteView{})
	d.Views.Add("account", Files, "account", accountView{})
	d.Views.Add("account", Files, "endrole", endRoleView{})
	d.Views.Add("account", Files, "log", logView{})
	d.Pages(
		gate.Route{Method: "GET", Path: "/administrasjon", Rule: admins(), Handle: p.overview},
		gate.Route{Method: "GET", Path: "/administrasjon/kontoer", Rule: admins(), Handle: p.accounts},
		gate.Route{Method: "GET", Path: "/administrasjon/kontoer/ny", Rule: admins(), Handle: p.invite},
		gate.Route{Method: "POST", Path: "/administrasjon/kontoer/ny", Rule: admins(), Handle: p.invitePost},
		gate.Route{Method: "GET", Path: "/administrasjon/kontoer/{id}", Rule: admins(), Handle: p.account},
		gate.Route{Method: "POST", Path: "/administrasjon/kontoer/{id}/roller", Rule: admins(), Handle: p.rolePost},
		gate.Route{Method: "GET", Path: "/administrasjon/kontoer/{id}/roller/{role}", Rule: admins(), Handle: p.endRole},
		gate.Route{Method: "POST", Path: "/administrasjon/kontoer/{id}/roller/{role}", Rule: admins(), Handle: p.endRolePost},
		gate.Route{Method: "POST", Path: "/administrasjon/kontoer/{id}/lenke", Rule: admins(), Handle: p.linkPost},
		gate.Route{Method: "POST", Path: "/administrasjon/kontoer/{id}/sperr", Rule: admins(), Handle: p.disablePost(true)},
		gate.Route{Method: "POST", Path: "/administrasjon/kontoer/{id}/apne", Rule: admins(), Handle: p.disablePost(false)},
		gate.Route{Method: "GET", Path: "/administrasjon/kontoer/{id}/slett", Rule: admins(), Handle: p.remove},
		gate.Route{Method: "POST", Path: "/administrasjon/kontoer/{id}/slett", Rule: admins(), Handle: p.removePost},
		gate.Route{Method: "GET", Path: "/administrasjon/logg", Rule: admins(), Handle: p.log},
	)
	d.Says("account.invited", "account.role_given", "account.role_ended", "account.link_made", "account.disabled", "account.enabled", "account.removed")
}

type overviewView struct {
	web.Page
	Head  ui.Head
	Cards []ui.Card
}

func (p *pages) overview(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	o, err := p.Accounts.Overview(r.Context(), actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	card := func(title, text i18n.Key, href string, facts ...ui.Fact) ui.Card {
		return ui.Card{Top: true, Title: t.T(title), Text: t.T(text), Href: href, Facts: facts}
	}
	fact := func(label i18n.Key, n int) ui.Fact { return ui.Fact{Label: t.T(label), Text: t.Number(n)} }
	view := overviewView{
		Page: p.door.Frame(r, actor, t.T("account.admin.title")),
		Head: ui.Head{Title: t.T("account.admin.title"), Lead: t.T("account.admin.lead")},
		Cards: []ui.Card{
			card("account.accounts.title", "account.accounts.lead", "/administrasjon/kontoer",
				fact("account.count.all", o.Accounts), fact("account.count.waiting", o.Waiting), fact("account.count.disabled", o.Disabled)),
			card("account.log.title", "account.log.lead", "/administrasjon/logg", fact("account.count.log", o.LogEntries)),
			card("account.admin.orgs", "account.admin.orgs.text", "/virksomheter"),
		},
	}
	for _, more := range p.More {
		if len(p.door.Leading(actor, ui.Action{Href: more.Href})) == 0 {
			continue // of another role
		}
		view.Cards = append(view.Cards, card(more.Title, more.Text, more.Href))
	}
	return p.door.Views.Render(w, http.StatusOK, "account/overview", view)
}

// adminCrumbs lead from the overview down to the page.
func adminCrumbs(t i18n.Printer, inner ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("account.admin.title"), Href: "/administrasjon"}}, inner...)
}
