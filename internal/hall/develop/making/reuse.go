package making

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/series"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/supply/offer"
)

// Finished are the states in which there is something to copy (LOP-17).
func Finished() []flow.State { return []flow.State{Running, Evaluated, Continued, Ended} }

// CanCopy lists the organisations for which the actor may copy the development: its own
// provider, and any provider when all may read it. None when it is not finished.
func (d Development) CanCopy(actor access.Actor) []access.OrgID {
	if !slices.Contains(Finished(), d.State) {
		return nil
	}
	return slices.DeleteFunc(actor.Orgs(access.RoleProviderUser), func(o access.OrgID) bool { return o != d.Provider && !d.Shown })
}

// Copying is what a copy is made with: for which of the actor's organisations, and for which
// region.
type Copying struct {
	Title    string
	Provider access.OrgID
	Region   place.RegionID
}

// Regions are those that a copy can be for, today.
func (s *Service) Regions() []place.Region {
	return s.Answers.Needs.Places().Regions(s.Clock.Today(), place.CompetenceRegion)
}

// Copy makes a development from a finished one, for another region: a draft of a programme that
// adapts the first, drafts of its offerings for those who live in the region, and its plan
// moved so that it begins today. It comes from no need; needs are linked to it afterwards.
// Whom to ask and where to apply are not copied to another provider.
func (s *Service) Copy(ctx context.Context, actor access.Actor, of ID, in Copying) (ID, error) {
	in.Title = text.CleanLine(in.Title)
	var fs fault.Fields
	fs.Text("title", in.Title, MaxTitle, true)
	if !slices.ContainsFunc(s.Regions(), func(r place.Region) bool { return r.ID == in.Region }) {
		fs.Add("region", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := id.New[Development]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		d, err := s.seen(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		if err := mayCopy(d, actor, in.Provider); err != nil {
			return err
		}
		programme, err := s.redraft(ctx, tx, actor, d, in)
		if err != nil {
			return err
		}
		list, err := plan(ctx, tx, of)
		if err != nil {
			return err
		}
		now := s.Clock.Now()
		list = moved(list, now.Date())
		number, key, err := series.Next(ctx, tx, letter, now.Date().Year())
		if err != nil {
			return err
		}
		var none develop.About
		made := Development{ID: out, Provider: in.Provider, State: begins(list)}
		if _, err := db.Exec(ctx, tx, insertDevelopment, out, number, key, in.Title, develop.Adapt, none.Need, none.Pool, develop.ID(""), of, in.Region, in.Provider, programme, made.State, false, actor.Label(), now); err != nil {
			return fmt.Errorf("copy of development %s: %w", of, err)
		}
		if err := putPlan(ctx, tx, out, list); err != nil {
			return err
		}
		if err := flow.StartIn(ctx, tx, Flow(), made.State, string(out), number+" · "+in.Title, s.ball(made, made.State, list), actor, now); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionCopy, subject(out), audit.Field("copied_from", "", of), audit.Field("programme", "", programme), audit.Field("region", "", in.Region))
		return nil
	})
}

// mayCopy refuses a copy for an organisation that the actor may not copy it for.
func mayCopy(d Development, actor access.Actor, by access.OrgID) error {
	may := d.CanCopy(actor)
	switch {
	case !slices.Contains(Finished(), d.State):
		return fault.New(fault.Conflict, "making.error.unfinished")
	case len(may) == 0:
		return fault.New(fault.Denied, "fault.denied")
	case !slices.Contains(may, by):
		return fault.InvalidField("provider", "form.error.choice")
	}
	return nil
}

// redraft is a draft of the programme for the region.
func (s *Service) redraft(ctx context.Context, tx *db.Tx, actor access.Actor, d Development, in Copying) (offer.ProgrammeID, error) {
	base, err := s.Supply.ProgrammeIn(ctx, tx, d.Programme)
	if err != nil {
		return "", err
	}
	offerings, err := s.Supply.OfferingsIn(ctx, tx, base.ID)
	if err != nil {
		return "", err
	}
	own := in.Provider == base.Provider
	if !own && !base.IsPublic() {
		return "", fault.New(fault.Conflict, "making.error.unpublished")
	}
	p := drafted(base)
	p.Provider, p.Title = in.Provider, i18n.Text{NB: in.Title}
	if !own {
		p.Contact, p.Website = "", ""
	}
	w, err := s.Supply.Writer(ctx, tx, actor)
	if err != nil {
		return "", err
	}
	if p, err = w.AddProgramme(ctx, p); err != nil {
		return "", err
	}
	for _, x := range offerings {
		if !x.IsPublic() || x.State == offer.Cancelled {
			continue
		}
		next := x.Template()
		next.ID, next.Version, next.Programme, next.Provider, next.Target = "", 0, p.ID, in.Provider, offer.Target{Region: in.Region}
		if !own {
			next.ApplyURL = ""
		}
		if _, err := w.AddOffering(ctx, p, next); err != nil {
			return "", err
		}
	}
	return p.ID, nil
}

// drafted is a draft that adapts the programme.
func drafted(base offer.Programme) offer.Programme {
	p := base
	p.ID, p.Version, p.Adapts, p.Code, p.Source, p.SourceID, p.ValidFrom, p.ValidTo = "", 0, base.ID, "", "", "", clock.Date{}, clock.Date{}
	p.State = offer.ProgrammeConcept
	return p
}

// begins is the first stage of a plan: it is an idea, or, where that is not planned, one whose
// possibility is looked into.
func begins(list []Stage) flow.State {
	for _, x := range list {
		if x.State == Idea && (!x.From.IsZero() || !x.To.IsZero()) {
			return Idea
		}
	}
	return Feasibility
}

// moved is a plan moved so that its first day is the day given, each stage as long as before
// and as far from the others. Without a plan, the first stage begins that day.
func moved(list []Stage, today clock.Date) []Stage {
	var first clock.Date
	for _, x := range list {
		for _, day := range []clock.Date{x.From, x.To} {
			if !day.IsZero() && (first.IsZero() || day.Before(first)) {
				first = day
			}
		}
	}
	if first.IsZero() {
		return []Stage{{State: Feasibility, From: today}}
	}
	out := make([]Stage, len(list))
	move := func(day clock.Date) clock.Date {
		if day.IsZero() {
			return day
		}
		return day.AddDays(today.Sub(first))
	}
	for i, x := range list {
		out[i] = Stage{State: x.State, From: move(x.From), To: move(x.To)}
	}
	return out
}

// Twin is a development that another is a copy of, or the copy.
type Twin struct {
	ID            ID
	Number, Title string
	ProviderName  string
	Region        place.RegionID
}

// twins fills in what it is a copy of and its copies, as far as the actor may know of them.
func (s *Service) twins(ctx context.Context, tx *db.Tx, actor access.Actor, out *Detail) error {
	var copies db.Where
	db.In(&copies, fragCopied, []ID{out.ID})
	list, err := s.visible(ctx, tx, actor, copies)
	if err == nil && out.CopiedFrom != "" {
		var from []Development
		from, err = s.visible(ctx, tx, actor, withIDs([]string{string(out.CopiedFrom)}))
		list = append(from, list...)
	}
	if err != nil {
		return err
	}
	if err := s.named(ctx, tx, list); err != nil {
		return err
	}
	for _, d := range list {
		t := Twin{d.ID, d.Number, d.Title, d.ProviderName, d.Region}
		if d.ID == out.CopiedFrom {
			out.Origin = &t
		} else {
			out.Copies = append(out.Copies, t)
		}
	}
	return nil
}
