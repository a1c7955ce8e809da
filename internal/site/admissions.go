package site

import (
	"context"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/follow/followweb"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/hall/entry"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/admission/admissionweb"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/supplyweb"
)

// newAdmission makes the room of applications for places, which hears of every change of an
// offering. The red thread hears of who completes.
func newAdmission(d *db.DB, cfg Config, s *Services) *admission.Service {
	a := admission.New(admission.Deps{DB: d, Clock: cfg.Clock, Offerings: entry.Offerings{Supply: s.Supply, Clock: cfg.Clock}, NeedOf: s.needOf,
		Municipality: func(number string) bool {
			_, err := s.Places.Municipality(place.Number(number))
			return err == nil
		}})
	s.Supply.Changed = append(s.Supply.Changed, entry.Changed(a))
	a.Moved = append(a.Moved, s.Thread.ApplicationMoved)
	return a
}

// needOf is whose a need is, for an actor who may know of it.
func (s *Services) needOf(ctx context.Context, tx *db.Tx, actor access.Actor, of admission.NeedID) (access.OrgID, error) {
	n, _, err := s.Needs.Movable(ctx, tx, actor, need.ID(of), "")
	return n.Organisation, err
}

// leave is what happens with the applications of an account that is deleted: what is decided
// is the provider's record, which is asked to take her out of it.
func (s *Services) leave(ctx context.Context, tx *db.Tx, persons *person.Service, a access.AccountID) error {
	if err := s.Admission.Forget(ctx, tx, a); err != nil {
		return err
	}
	decided, err := s.Admission.Decided(ctx, tx, a)
	if err != nil {
		return err
	}
	for _, x := range decided {
		if err := persons.Leave(ctx, tx, a, object.Ref{Kind: admission.FlowKind, ID: string(x.ID)}); err != nil {
			return err
		}
	}
	return nil
}

// promises are how programmes keep what they promise those who apply.
func (s *Site) promises() entry.Promises { return entry.Promises{DB: s.db, Clock: s.cfg.Clock} }

// registerAdmission adds its pages.
func (s *Site) registerAdmission() *admissionweb.Pages {
	return admissionweb.Register(s.door, admissionweb.Deps{Admission: s.Admission, Promises: s.promises(), Supply: s.Supply, Orgs: s.Orgs, Places: s.Places, Clock: s.cfg.Clock, PublicURL: s.cfg.PublicURL})
}

// besideEntry is what the page of a programme shows of getting in.
func besideEntry(pages *admissionweb.Pages) func(*http.Request, access.Actor, *supply.Item) (supplyweb.Beside, error) {
	return func(r *http.Request, actor access.Actor, i *supply.Item) (supplyweb.Beside, error) {
		e, err := pages.Entry(r, actor, i)
		return supplyweb.Beside{Apply: e.Apply, Notes: e.Notes, Facts: e.Facts, Links: e.Links}, err
	}
}

// tallied is what the page of education in the making shows of who has begun, for those who
// make it together.
func tallied(pages *admissionweb.Pages) func(*http.Request, access.Actor, making.Detail) ([]leaf.Section, error) {
	return func(r *http.Request, _ access.Actor, d making.Detail) ([]leaf.Section, error) {
		if !d.Inside {
			return nil, nil
		}
		return pages.Tally(r, string(d.Programme), d.Is(flow.Provider))
	}
}

// admissionObjects are the kinds of things that applications are.
func admissionObjects(s *Services) []object.Kind { return []object.Kind{admission.Object(s.Admission)} }

// admissionFollowed are those that people are told of: who applied, who applied for her, and
// who answers.
func admissionFollowed() []follow.Kind {
	return []follow.Kind{{Name: admission.FlowKind, Concerns: admission.Concerns, People: admission.People}}
}

// admissionTold has the words of what happens.
func admissionTold() map[string]followweb.Tell {
	return map[string]followweb.Tell{admission.FlowKind: admissionweb.Notice}
}

// admissionTasks are the kinds that somebody can have the ball of.
func (s *Site) admissionTasks() []flowweb.Kind {
	return []flowweb.Kind{{Definition: admission.Flow(), Label: "task.kind.application", Path: "/soknader/", Sees: s.Admission.Seen}}
}
