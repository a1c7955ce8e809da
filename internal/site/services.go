package site

import (
	"context"
	"io/fs"
	"net/http"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/account/accountweb"
	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/room/support/supportweb"
)

// Services are the rooms' use cases, wired to one another.
type Services struct {
	Places   *place.Register
	Orgs     *org.Service
	Accounts *account.Service
	Support  *support.Service
	Vocab    *vocab.Index
	Supply   *supply.Service

	sessions *accountweb.Sessions
}

func newServices(_ context.Context, d *db.DB, cfg Config) (Services, error) {
	data, err := place.Starter()
	if err != nil {
		return Services{}, err
	}
	places, err := place.New(data)
	if err != nil {
		return Services{}, err
	}
	s := Services{Places: places, Accounts: account.New(d, cfg.Clock), Support: support.New(d, cfg.Clock)}
	s.Orgs = org.New(d, cfg.Clock, func(number string) bool {
		_, err := places.Municipality(place.Number(number))
		return err == nil
	})
	if s.Vocab, err = vocab.Load(vocab.Options{Data: cfg.Data}); err != nil {
		return Services{}, err
	}
	s.Supply = supply.New(d, cfg.Clock, s.Orgs, places, supply.DefaultSettings())
	s.sessions = accountweb.NewSessions(s.Accounts, strings.HasPrefix(cfg.PublicURL, "https://"))
	return s, nil
}

// catalogues are the texts of every package that has pages.
func catalogues() []fs.FS {
	return []fs.FS{ownFiles, flowweb.Files, accountweb.Files, supportweb.Files}
}

func (s *Site) identify(r *http.Request) (access.Actor, error) { return s.sessions.Identify(r) }

// roleKey is the name of a role.
func roleKey(r access.Role) i18n.Key { return i18n.Key("role." + string(r)) }
