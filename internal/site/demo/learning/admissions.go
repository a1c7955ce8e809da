package learning

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/hall/entry"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/demo/stage"
)

// application is one of the demo: as whom, for which programme and how its offering starts,
// how many days ago, and how far it has come. Who is somebody without an account, by role;
// of is the employer that nominates.
type application struct {
	as, of, who string
	programme   string
	start       offer.StartType
	place       string
	daysAgo     int
	moves       []move
}

// applications are some in each state. The programmes of the south that take applications
// any day have free places after them.
func applications() []application {
	const guide, welding, plc = "Natur- og friluftsguide", "Sveising i rustfritt stål, sertifisering", "Bransjeprogram: automatisering og PLS for vedlikehold"
	return []application{
		{as: "employer", of: "sag", who: "Operatør på tørka", programme: plc, start: offer.Rolling, place: "5022", daysAgo: 190, moves: []move{{as: "provider", to: admission.Started, daysAgo: 160}, {as: "provider", to: admission.Completed, daysAgo: 20}}},
		{as: "employer@hotell", of: "hotell", who: "Servitør som vil lage mat", programme: "Lokalmat: foredling, hygiene og salg", start: offer.Rolling, place: "5021", daysAgo: 60, moves: []move{{as: "provider@rorosvgs", to: admission.Started, daysAgo: 45}}},
		{as: "learner@", programme: "Praktisk-pedagogisk utdanning for yrkesfaglærere, i jobb", start: offer.Rolling, place: "5021", daysAgo: 30},
		{as: "provider", who: "Turguide på deltid", programme: guide, start: offer.Fixed, place: "5021", daysAgo: 25, moves: []move{{as: "provider", to: admission.Admitted, daysAgo: 20}}},
		{as: "provider", who: "Sesongarbeider", programme: guide, start: offer.Fixed, place: "5025", daysAgo: 22, moves: []move{{as: "provider", to: admission.Refused, daysAgo: 15, note: "Utdanningen krever fagbrev eller fem års arbeid, og det mangler."}}},
		{as: "adviser", of: "hotell", who: "Husøkonom", programme: guide, start: offer.Fixed, place: "5021", daysAgo: 2},
		{as: "provider", who: "Fjelloppsyn", programme: guide, start: offer.Fixed, place: "5025", daysAgo: 20},
		{as: "learner", programme: guide, start: offer.Fixed, place: "5021", daysAgo: 6, moves: []move{{as: "provider", to: admission.Offered, daysAgo: 1}}},
		{as: system, who: "Platearbeider", programme: welding, start: offer.Rolling, place: "5027", daysAgo: 14},
		{as: system, who: "Landbruksmekaniker", programme: welding, start: offer.Rolling, place: "5028", daysAgo: 11},
		{as: system, who: "Lærling på verkstedet", programme: welding, start: offer.Rolling, place: "5027", daysAgo: 9},
		{as: "learner", programme: "Lokalmat: foredling, hygiene og salg", start: offer.Rolling, place: "5021", daysAgo: 40, moves: []move{{as: "learner", to: admission.Withdrawn, daysAgo: 35}}},
	}
}

// educationDays is how long an education of the demo lasts.
const educationDays = 200

// loadAdmissions tells the stories of the applications, each step on its own day.
func loadAdmissions(ctx context.Context, s *stage.Stage) error {
	when := stage.Turned(s.Clock)
	d := s.Admission.Deps
	d.Clock, d.Offerings = when.Now, entry.Offerings{Supply: s.Supply, Clock: when.Now}
	room := admission.New(d)
	offerings, err := offeringsOf(ctx, s)
	if err != nil {
		return err
	}
	all := applications()
	slices.SortStableFunc(all, func(a, b application) int { return b.daysAgo - a.daysAgo })
	for _, a := range all {
		if err := loadApplication(ctx, s, room, when, a, string(offerings[a.programme+"/"+string(a.start)])); err != nil {
			return fmt.Errorf("demo: application of %s%s for %q: %w", a.as, a.who, a.programme, err)
		}
	}
	return nil
}

// offeringsOf are the offerings by the title of their programme, a stroke and how they start.
func offeringsOf(ctx context.Context, s *stage.Stage) (map[string]offer.OfferingID, error) {
	offered, err := s.Supply.Snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("demo: offerings: %w", err)
	}
	titles, out := map[offer.ProgrammeID]string{}, map[string]offer.OfferingID{}
	for _, p := range offered.Programmes {
		titles[p.ID] = p.Title.NB
	}
	for _, o := range offered.Offerings {
		if key := titles[o.Programme] + "/" + string(o.StartType); out[key] == "" {
			out[key] = o.ID
		}
	}
	return out, nil
}

func loadApplication(ctx context.Context, s *stage.Stage, room *admission.Service, when *stage.Back, a application, offering string) error {
	when.Set(a.daysAgo)
	in := admission.Applying{Municipality: a.place, Employer: s.Org[a.of]}
	if a.who != "" {
		in.Person = &admission.Person{Name: a.who, Contact: "Ring mellom 12 og 13"}
	}
	as := s.Role[a.as]
	if a.as == system {
		as = s.System
	}
	made, err := room.Apply(ctx, as, offering, in)
	if err != nil {
		return err
	}
	for _, m := range a.moves {
		when.Set(m.daysAgo)
		moving := admission.Moving{To: m.to, Note: m.note}
		if m.to == admission.Started {
			moving.ExpectedEnd = s.Clock.Today().AddDays(educationDays - m.daysAgo)
		}
		if _, err := room.Move(ctx, s.Role[m.as], made.ID, moving); err != nil {
			return fmt.Errorf("to %s: %w", m.to, err)
		}
	}
	return nil
}
