package site

import (
	"net/http"

	"kompetansetorg/internal/common/account/accountweb"
	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/support/supportweb"
)

// register adds every route of the house, floor by floor.
func (s *Site) register() {
	s.views.Add("site", ownFiles, "error", errorView{})
	flowweb.Register(s.door, flowweb.Deps{DB: s.db, Clock: s.cfg.Clock})
	supportweb.Register(s.door, supportweb.Deps{Support: s.Support, Clock: s.cfg.Clock})
	accountweb.Register(s.door, accountweb.Deps{
		Accounts: s.Accounts, Orgs: s.Orgs, Sessions: s.sessions, Demo: s.cfg.Demo, PublicURL: s.cfg.PublicURL,
		Address: func(r *http.Request) string { return web.ClientAddress(r, s.cfg.TrustProxy) },
	})
}
