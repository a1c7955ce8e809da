package site

import (
	"context"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/follow/followweb"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/hall/pledge"
	"kompetansetorg/internal/hall/pledge/pledgeweb"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/supplyweb"
)

// newPledges makes the hall where seats for pooled needs and offerings are gathered. It hears
// of every change of either, and of who gets a place.
func newPledges(d *db.DB, cfg Config, s *Services) *pledge.Service {
	p := pledge.New(pledge.Deps{DB: d, Clock: cfg.Clock, Supply: s.Supply})
	s.Pools.Changed = append(s.Pools.Changed, func(ctx context.Context, tx *db.Tx, of pool.Pool) error { return p.Weigh(ctx, tx, pledge.Pool(of.ID)) })
	s.Supply.Changed = append(s.Supply.Changed, p.OfferingChanged)
	s.Admission.Moved = append(s.Admission.Moved, p.ApplicationMoved)
	return p
}

// besidePledges is what the page of a programme shows of seats for its offerings.
func besidePledges(pages *pledgeweb.Pages) func(*http.Request, access.Actor, *supply.Item) (supplyweb.Beside, error) {
	return func(r *http.Request, actor access.Actor, i *supply.Item) (supplyweb.Beside, error) {
		note, link, err := pages.OnOffering(r, actor, i.Offering.ID)
		if err != nil || link == nil {
			return supplyweb.Beside{}, err
		}
		out := supplyweb.Beside{Links: []ui.Link{*link}}
		if note != "" {
			out.Notes = []string{note}
		}
		return out, nil
	}
}

// registerPledges adds its pages.
func (s *Site) registerPledges() *pledgeweb.Pages {
	return pledgeweb.Register(s.door, pledgeweb.Deps{Pledges: s.Pledges, Orgs: s.Orgs, Clock: s.cfg.Clock})
}

// pledgeObjects are the kinds of things that a gathering of seats is.
func pledgeObjects(s *Services) []object.Kind { return []object.Kind{pledge.Object(s.Pledges)} }

// pledgesFollowed are those that people are told of: who has pledged, for a firm or for
// herself.
func pledgesFollowed() []follow.Kind {
	return []follow.Kind{{Name: pledge.FlowKind, Concerns: pledge.Concerns, People: pledge.People}}
}

// pledgesTold has the words of what happens.
func pledgesTold() map[string]followweb.Tell {
	return map[string]followweb.Tell{pledge.FlowKind: pledgeweb.Notice}
}

// pledgeTasks are the kinds that somebody can have the ball of.
func (s *Site) pledgeTasks() []flowweb.Kind {
	return []flowweb.Kind{{Definition: pledge.Flow(), Label: "task.kind.pledge_round", Path: "/plassrunde/", Sees: s.Pledges.Seen}}
}
