package site

import (
	"kompetansetorg/internal/hall/funnel"
	"kompetansetorg/internal/hall/funnel/funnelweb"
)

// funnel is how far needs come.
func (s *Site) funnel() *funnel.Service {
	return &funnel.Service{DB: s.db, Clock: s.cfg.Clock, Places: s.Places}
}

// registerFunnel adds its pages.
func (s *Site) registerFunnel() *funnelweb.Pages {
	return funnelweb.Register(s.door, funnelweb.Deps{Funnel: s.funnel(), Places: s.Places})
}
