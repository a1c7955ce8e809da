package demo

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/outreach/round"
)

// reply is what an organisation of the demo answers in a round: how many it
// employs, whether it has the two plans, and whom it lacks, if anybody.
type reply struct {
	org                     string
	employees               int
	recruiting, competence  string
	lacks, concept, trained string
	count                   int
}

// values are the answers to the company survey.
func (x reply) values() question.Values {
	text := func(s string) question.Value { return question.Value{Text: s} }
	out := question.Values{"ansatte": text(strconv.Itoa(x.employees)), "endring": text("like"), "rekruttering": text("nei"), "grad": text("ingen"),
		"rekrutteringsplan": text(x.recruiting), "kompetanseplan": text(x.competence), "bli_behov": text("nei"), "kontakt_ok": text("nei")}
	if x.lacks != "" {
		out["grad"], out["bli_behov"], out["synlighet"], out["kontakt_ok"] = text("noe"), text("ja"), text("open"), text("ja")
		out["mangler"] = question.Value{Rows: []question.Values{{"mangler_hva": {Text: x.lacks, Code: x.concept}, "mangler_antall": text(strconv.Itoa(x.count)), "mangler_niva": text(x.trained)}}}
	}
	return out
}

// invitedOrgs are those that both rounds ask.
var invitedOrgs = []string{"sag", "limtre", "hotell", "guide", "ysteri", "mek", "laks", "bygg", "anlegg", "trearb", "sykehjem", "skole"}

// roundDays is how long they run.
const roundDays = 18

// loadRounds has a round that closed last year and one that runs now.
func (l *loader) loadRounds(ctx context.Context) error {
	passed := 0 // days of the round of last year
	lastYear := clock.Clock(func() time.Time { return l.Clock().AddDate(-1, 0, passed) })
	then := l.Rounds.Deps
	then.Clock, then.Forms = lastYear, forms.New(l.DB, lastYear, question.Can{})
	then.Post = func(context.Context, *db.Tx, access.OrgID, func(i18n.Lang) (string, string)) (int, error) {
		return 0, nil
	}
	before := round.New(then)
	_, err := l.round(ctx, before, "Kompetanse i fjellregionen, i fjor", []reply{
		{org: "sag", employees: 21, recruiting: "nei", competence: "nei"}, {org: "limtre", employees: 48, recruiting: "ja", competence: "ja"},
		{org: "hotell", employees: 34, recruiting: "nei", competence: "nei", lacks: "Kokk", concept: "styrk08:5120", trained: "fagbrev", count: 2},
		{org: "guide", employees: 6, recruiting: "nei", competence: "nei"}, {org: "anlegg", employees: 27, recruiting: "ja", competence: "nei"},
		{org: "trearb", employees: 11, recruiting: "nei", competence: "nei"}, {org: "skole", employees: 40, recruiting: "ja", competence: "ja"},
	})
	if err != nil {
		return err
	}
	for _, passed = range []int{roundDays, roundDays + 1} { // its last day, and the day after
		if err := before.Send(ctx, nil); err != nil {
			return fmt.Errorf("round of last year: %w", err)
		}
	}
	_, err = l.round(ctx, l.Rounds, "Kompetanse i fjellregionen", []reply{
		{org: "hotell", employees: 36, recruiting: "ja", competence: "nei", lacks: "Kokk", concept: "styrk08:5120", trained: "fagbrev", count: 3},
		{org: "guide", employees: 7, recruiting: "nei", competence: "nei"}, {org: "trearb", employees: 12, recruiting: "nei", competence: "ja"},
		{org: "anlegg", employees: 31, recruiting: "ja", competence: "ja"},
		{org: "ysteri", employees: 4, recruiting: "nei", competence: "nei"}, {org: "bygg", employees: 9, recruiting: "nei", competence: "nei", lacks: "Tømrer", concept: "styrk08:7115", trained: "fagbrev", count: 2},
	})
	return err
}

// round makes a round, starts it, and has the organisations answer by their links.
func (l *loader) round(ctx context.Context, rounds *round.Service, title string, replies []reply) (round.ID, error) {
	fail := func(err error) (round.ID, error) { return "", fmt.Errorf("round %s: %w", title, err) }
	actor, today := l.Role[hub], rounds.Today()
	inUse, err := l.Forms.InUse(ctx, question.Survey)
	if err != nil {
		return fail(err)
	}
	in := round.Content{Hub: l.Org["nn"], Title: title, Deadline: today.AddDays(roundDays), Waves: []clock.Date{today.AddDays(-3), today.AddDays(5)}, Reminders: []int{7, 2}}
	for _, f := range inUse {
		if f.Code == forms.CompanySurvey {
			in.Form = f.ID
		}
	}
	made, err := rounds.Create(ctx, actor, in)
	if err != nil {
		return fail(err)
	}
	invited := map[int][]access.OrgID{}
	for i, key := range invitedOrgs {
		wave := 1
		if i >= len(invitedOrgs)-2 {
			wave = 2
		}
		invited[wave] = append(invited[wave], l.Org[key])
	}
	for wave := 1; wave <= 2; wave++ {
		if _, err := rounds.Invite(ctx, actor, made, wave, invited[wave]); err != nil {
			return fail(err)
		}
	}
	if err := rounds.Start(ctx, actor, made, 1); err != nil {
		return fail(err)
	}
	return made, l.answer(ctx, rounds, made, replies)
}

func (l *loader) answer(ctx context.Context, rounds *round.Service, r round.ID, replies []reply) error {
	whole, err := rounds.Get(ctx, l.Role[hub], r)
	if err != nil {
		return err
	}
	for _, x := range replies {
		for _, i := range whole.Invites {
			if i.Org != l.Org[x.org] {
				continue
			}
			key := round.Key{Actor: l.Role[hub], Round: r, Invite: i.ID}
			if x.org != "ysteri" { // the hub called that one
				links, err := rounds.NewLinks(ctx, l.Role[hub], r, i.ID)
				if err != nil {
					return fmt.Errorf("round: link of %s: %w", x.org, err)
				}
				key = round.Key{Secret: links[0].Secret}
			}
			if err := give(ctx, rounds, key, x.values()); err != nil {
				return fmt.Errorf("round: answer of %s: %w", x.org, err)
			}
		}
	}
	return nil
}

// give answers section by section and hands in.
func give(ctx context.Context, rounds *round.Service, key round.Key, values question.Values) error {
	sheet, err := rounds.Begin(ctx, key)
	if err != nil {
		return err
	}
	for _, s := range sheet.Definition.Sections {
		mine := question.Values{}
		for _, q := range s.Questions {
			mine[q.Name] = sheet.Answer.Values[q.Name]
			if v, ok := values[q.Name]; ok {
				mine[q.Name] = v
			}
		}
		if sheet, err = rounds.Save(ctx, key, forms.At{Version: sheet.Answer.Version}, s.Name, mine); err != nil {
			return err
		}
	}
	_, err = rounds.Submit(ctx, key, forms.At{Version: sheet.Answer.Version})
	return err
}
