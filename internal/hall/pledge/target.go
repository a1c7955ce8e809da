package pledge

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// The kinds of what seats are gathered for.
const (
	ForPool     = need.PoolFlowKind
	ForOffering = "offering"
)

// Ref names what seats are gathered for.
type Ref struct{ Kind, ID string }

// Pool names a pooled need, Offering an offering.
func Pool(p need.PoolID) Ref          { return Ref{ForPool, string(p)} }
func Offering(o offer.OfferingID) Ref { return Ref{ForOffering, string(o)} }

// Rights are what an actor may do with the seats of something: know of it, see who has
// pledged, set the last day and end, and start.
type Rights struct{ Sees, Works, Steers, Starts bool }

// Target is what seats are gathered for, as it is at the moment.
type Target struct {
	Ref
	Programme     offer.ProgrammeID // of an offering
	Number, Title string
	// Least is how many are needed to start, 0 when nobody has said.
	Least int
	// Coordinator finds those who pledge. Provider starts; it is empty for a pooled need
	// that nobody follows up.
	Coordinator, Provider access.OrgID
	// StartsOn is the day that all begin, when it is set already.
	StartsOn clock.Date
	// Open is that seats can be pledged, Ended that none ever will be.
	Open, Ended bool
	// Placed have a place by an application here; Typed is how many more the provider has
	// counted himself. Shown is how many that is, as far as all may know; nil when that is
	// not said.
	Placed []admission.Placed
	Typed  int
	Shown  *int

	rights func(access.Actor) Rights
}

// In is how many have a place already.
func (t Target) In() int { return len(t.Placed) + t.Typed }

// finder is the party that finds more.
func (t Target) finder() flow.Party {
	if t.Kind == ForOffering {
		return flow.Provider
	}
	return flow.Adviser
}

// beyond are the pledges with the seats that are left of them: those of a firm's people, and
// of a person, who have got their places are not counted twice.
func (t Target) beyond(list []Pledge) []Pledge {
	out := slices.Clone(list)
	for i, p := range out {
		for _, in := range t.Placed {
			if p.Org != "" && in.Employer == p.Org || p.Account != "" && in.Applicant == p.Account {
				out[i].Seats = max(0, out[i].Seats-1)
			}
		}
	}
	return out
}

// load is what the ref names, whoever asks, or NotFound.
func (s *Service) load(ctx context.Context, tx *db.Tx, of Ref) (Target, error) {
	if of.Kind == ForOffering {
		return s.offering(ctx, tx, of)
	}
	named, err := need.ParsePoolID(of.ID)
	if err != nil {
		return Target{}, fault.Missing()
	}
	p, err := pool.Load(ctx, tx, named)
	if err != nil {
		return Target{}, err
	}
	ended, nobody := p.State == need.Closed || p.State == need.Withdrawn, 0
	return Target{Ref: of, Number: p.Number, Title: p.Title, Least: p.MinToStart, Coordinator: p.Coordinator, Provider: p.Provider, Open: !ended, Ended: ended, Shown: &nobody,
		rights: func(a access.Actor) Rights {
			return Rights{Sees: true, Works: pool.IsPartner(a, p), Steers: pool.CanSteer(a, p), Starts: a.IsSystem() || p.Provider != "" && a.HasAt(p.Provider, access.RoleProviderUser)}
		}}, nil
}

// offering is an offering that takes applications here and needs so many to start. Its
// provider both finds them and starts.
func (s *Service) offering(ctx context.Context, tx *db.Tx, of Ref) (Target, error) {
	named, err := id.Parse[offer.Offering](of.ID)
	if err != nil {
		return Target{}, fault.Missing()
	}
	o, err := s.Supply.OfferingIn(ctx, tx, named)
	if err != nil {
		return Target{}, err
	}
	p, err := s.Supply.ProgrammeIn(ctx, tx, o.Programme)
	if err != nil {
		return Target{}, err
	}
	day := s.Clock.Today()
	state, public := offer.StatusOn(p, o, day).State, o.IsPublic() && p.IsPublic()
	gathers := o.Channel == offer.Here && o.MinPlaces > 0 && slices.Contains([]offer.PublicState{offer.Open, offer.OpensOn, offer.Paused, offer.NoDates}, state)
	out := Target{Ref: of, Programme: p.ID, Title: p.Title.String(), Least: o.MinPlaces, Coordinator: p.Provider, Provider: p.Provider, Open: public && gathers,
		Ended: !public || state.IsOver(), Typed: o.Enrolled, Shown: o.Counts(false).Enrolled, rights: func(a access.Actor) Rights {
			its := supply.CanWrite(a, p.Provider) == nil
			return Rights{Sees: public || its, Works: its, Steers: its, Starts: its}
		}}
	if o.StartType != offer.Rolling {
		out.StartsOn = o.Start
	}
	out.Placed, err = admission.PlacedIn(ctx, tx, of.ID)
	return out, err
}
