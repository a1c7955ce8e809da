package assembly

import (
	"context"
	"fmt"
	"strings"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/wheel"
	"kompetansetorg/internal/hall/wheel/figure"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

// demoFigures are written for the demo, in the shape that NAV publishes its survey in.
const demoFigures = `aar;yrkekode;yrke;trondelag;norge
%[1]d;2223;Sykepleiere;180;2 900
%[1]d;5321;Helsefagarbeidere;150;1 900
%[1]d;7115;Tømrere og snekkere;120;1 600
%[1]d;7212;Sveisere;60;900
%[1]d;2330;Lektorer mv. i videregående skole;40;500
`

const openNeed db.SQL = `SELECT number FROM need WHERE state = 'mapped' AND confidentiality = 'open' ORDER BY id LIMIT 1`

// loadWheel puts in other people's figures and three rounds: one that awaits the answers
// of providers, one where the county ranks, and one where the regions are asked.
func (l *loader) loadWheel(ctx context.Context) error {
	year := l.Clock.Today().Year()
	for _, step := range []func(context.Context, int) error{l.loadFigures, l.answeringRound, l.rankingRound, l.inputRound} {
		if err := step(ctx, year); err != nil {
			return fmt.Errorf("demo: wheel: %w", err)
		}
	}
	return nil
}

func (l *loader) loadFigures(ctx context.Context, year int) error {
	text := fmt.Sprintf(demoFigures, year-1)
	read, err := figure.Parse("tall.csv", strings.NewReader(text), int64(len(text)))
	if err != nil {
		return err
	}
	return l.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := figure.Store(ctx, tx, l.Clock.Now(), l.System, figure.Source{Title: "Eksempeltall for mangel på folk", Owner: "Skrevet for demoen", Licence: "Fri bruk"}, read)
		if err != nil {
			return err
		}
		sources, err := figure.Sources(ctx, tx)
		if err != nil {
			return err
		}
		list, err := figure.In(ctx, tx, sources[0].ID, "trondelag")
		for _, f := range list {
			l.figures = append(l.figures, f.ID)
		}
		return err
	})
}

// wheelRound makes a round whose current step is the kind, with its dates around today.
func (l *loader) wheelRound(ctx context.Context, year int, at wheel.Kind) (wheel.ID, error) {
	passed := map[wheel.Kind]int{wheel.Inputs: 1, wheel.Priorities: 2, wheel.Answers: 3}[at]
	from := l.Clock.Today().AddDays(-60*passed - 30)
	r, err := l.Wheel.Create(ctx, l.System, wheel.NewRound{County: l.forumOf(CountyForum), Year: year, Most: 3, From: from})
	if err != nil {
		return "", err
	}
	x, err := l.wheelAt(from.AddDays(50)).Get(ctx, l.System, r)
	if err != nil {
		return "", err
	}
	return r, l.wheelAt(from.AddDays(50)).Close(ctx, l.System, x.Steps[0].ID, x.Steps[0].Version, "Åpne behov i kompetansetorget, og eksempeltallene for mangel på folk.")
}

// wheelAt is the hall on a day in the past.
func (l *loader) wheelAt(d clock.Date) *wheel.Service {
	deps := l.Wheel.Deps
	deps.Clock = func() time.Time { return clock.StartOfDay(d).Std().Add(9 * time.Hour) }
	return wheel.New(deps)
}

// says adds what a region ranks.
func (l *loader) says(ctx context.Context, r wheel.ID, region, by string, list ...wheel.Input) error {
	number := ""
	err := l.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		number, err = db.Scalar[string](ctx, tx, openNeed)
		return err
	})
	if err != nil {
		return err
	}
	for i, in := range list {
		in.Round, in.Region, in.Org, in.Rank = r, place.RegionID(region), l.Org[by], i+1
		cite := number
		if in.Figure != "" {
			cite = ""
		}
		if err := l.Wheel.SaveInput(ctx, l.System, in, cite); err != nil {
			return err
		}
	}
	return nil
}

// regionInputs has the regions rank; some deliver and the rest are silent.
func (l *loader) regionInputs(ctx context.Context, r wheel.ID, all bool) error {
	health := wheel.Input{Title: "Helsefagarbeidere i distriktskommunene", Words: "Voksne vil ta fagbrev ved siden av jobben, men må reise langt.", Field: "health", Figure: l.figures[1]}
	build := wheel.Input{Title: "Fagbrev for ufaglærte i byggfag", Words: "Små bedrifter har erfarne folk uten fagbrev."}
	teach := wheel.Input{Title: "Yrkesfaglærere med pedagogisk utdanning", Words: "Skolene får ikke tak i lærere som kan undervise i yrkesfag.", Figure: l.figures[4]}
	if err := l.says(ctx, r, "trondelag-sor", "radet", teach, build); err != nil {
		return err
	}
	if err := l.says(ctx, r, "innherred", "nord", health); err != nil {
		return err
	}
	if !all {
		return l.Wheel.Deliver(ctx, l.System, r, "innherred")
	}
	for _, region := range []place.RegionID{"trondelag-sor", "innherred"} {
		if err := l.Wheel.Deliver(ctx, l.System, r, region); err != nil {
			return err
		}
	}
	x, err := l.Wheel.Get(ctx, l.System, r)
	if err != nil {
		return err
	}
	for _, g := range x.Regions {
		if !g.Settled() {
			if err := l.Wheel.Silence(ctx, l.System, r, g.Region, "Har ikke svart innen fristen"); err != nil {
				return err
			}
		}
	}
	return l.closeNow(ctx, r)
}

// closeNow closes the step that the round is in.
func (l *loader) closeNow(ctx context.Context, r wheel.ID) error {
	x, err := l.Wheel.Get(ctx, l.System, r)
	if err != nil {
		return err
	}
	for _, s := range x.Steps {
		if s.Kind == x.State {
			return l.Wheel.Close(ctx, l.System, s.ID, s.Version, "")
		}
	}
	return nil
}

// rank makes two priorities and decides the inputs but the last.
func (l *loader) rank(ctx context.Context, r wheel.ID, last bool) error {
	var made []wheel.PriorityID
	for _, p := range []wheel.Priority{
		{Title: "Fagbrev for voksne i arbeid", Words: "Helse og bygg trenger fagfolk som kan ta opplæringen der de bor.", Expected: "Løp som kan tas ved siden av jobben.", Field: "health"},
		{Title: "Lærere til yrkesfagene", Words: "Pedagogisk utdanning for fagfolk som alt arbeider i skolen.", Expected: "Samlinger nær skolen, resten på nett."},
	} {
		p.Round = r
		id, err := l.Wheel.SavePriority(ctx, l.System, p)
		if err != nil {
			return err
		}
		made = append(made, id)
	}
	x, err := l.Wheel.Get(ctx, l.System, r)
	if err != nil {
		return err
	}
	for _, g := range x.Regions {
		for _, i := range g.Inputs {
			d := wheel.Decision{Priority: made[0]}
			switch {
			case strings.HasPrefix(i.Title, "Yrkesfag"):
				d.Priority = made[1]
			case strings.HasPrefix(i.Title, "Fagbrev") && last:
				d = wheel.Decision{Why: "Dekkes av Fagbrev på jobb, som fylket alt har."}
			case strings.HasPrefix(i.Title, "Fagbrev"):
				continue
			}
			if err := l.Wheel.Decide(ctx, l.System, i.ID, i.Version, d); err != nil {
				return err
			}
		}
	}
	for i, who := range [][]string{{"thyf", "rorosvgs"}, {"videre"}} {
		var orgs []access.OrgID
		for _, o := range who {
			orgs = append(orgs, l.Org[o])
		}
		if err := l.Wheel.Ask(ctx, l.System, made[i], orgs); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) answeringRound(ctx context.Context, year int) error {
	r, err := l.wheelRound(ctx, year, wheel.Answers)
	if err != nil {
		return err
	}
	if err := l.regionInputs(ctx, r, true); err != nil {
		return err
	}
	if err := l.rank(ctx, r, true); err != nil {
		return err
	}
	if err := l.closeNow(ctx, r); err != nil {
		return err
	}
	x, err := l.Wheel.Get(ctx, l.System, r)
	if err != nil {
		return err
	}
	a := x.Priorities[1].Answers[0]
	a.Kind, a.Words, a.Places, a.Start = wheel.DigitalOffer, "Vi legger samlingene til Røros og Støren og resten på nett.", 20, l.Clock.Today().AddDays(150)
	return l.Wheel.SaveAnswer(ctx, l.System, a)
}

func (l *loader) rankingRound(ctx context.Context, year int) error {
	r, err := l.wheelRound(ctx, year+1, wheel.Priorities)
	if err != nil {
		return err
	}
	if err := l.regionInputs(ctx, r, true); err != nil {
		return err
	}
	return l.rank(ctx, r, false)
}

func (l *loader) inputRound(ctx context.Context, year int) error {
	r, err := l.wheelRound(ctx, year+2, wheel.Inputs)
	if err != nil {
		return err
	}
	if err := l.regionInputs(ctx, r, false); err != nil {
		return err
	}
	return l.Wheel.SaveStep(ctx, l.System, wheel.Step{Round: r, Title: "Dimensjonering legges fram for fylkestinget", Org: l.Org["trfk"], From: l.Clock.Today().AddDays(140), Due: l.Clock.Today().AddDays(160)})
}
