package assembly

import (
	"context"
	"fmt"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/council/hearing"
	"kompetansetorg/internal/site/demo/stage"
)

// asked is a consultation of the demo. Words are the texts of its rounds.
type asked struct {
	hearing.Content
	words  []string
	why    []string
	opened []clock.Date
	due    []clock.Date
	// silent has not answered the last round, conflict stops it: keys of members.
	silent, conflict, reason string
	sentBy                   string
	sentOn                   clock.Date
	own                      []hearing.Own
	input                    *hearing.Input
	done                     string
}

// consultations are the two that the documents name, answered in full in our own words,
// and three of a living year: one that a member waits to answer, one that a conflict of
// interest stopped, and one that has just come in.
func (l *loader) consultations(ctx context.Context) error {
	for _, x := range append(l.transport(), l.livingConsultations()...) {
		if err := l.consult(ctx, x); err != nil {
			return fmt.Errorf("consultation %s: %w", x.Subject, err)
		}
	}
	return nil
}

func (l *loader) transport() []asked {
	return []asked{
		{Content: hearing.Content{Sender: "Transportetatene", Subject: "Transportetatenes innspill til NTP 2022–2030", About: "Etatene har lagt fram sine prioriteringer for nasjonal transportplan.", Open: true,
			Received: stage.Day("2020-03-20"), Deadline: stage.Day("2020-07-01")},
			words: []string{"Rådet mener at Rørosbanen må rustes opp, og at den bør elektrifiseres.\nE6 gjennom Gauldalen er næringslivets viktigste vei.\nMed bedre tog og vei kan flere bo i regionen og ta utdanning der."},
			why:   []string{""}, opened: []clock.Date{stage.Day("2020-06-02")}, due: []clock.Date{stage.Day("2020-06-16")}, sentBy: "Styret, møte 18.06.2020", sentOn: stage.Day("2020-06-22"),
			own: []hearing.Own{{Org: l.Org["melhus"], Day: stage.Day("2020-06-25"), Words: "Melhus la vekt på E6 og på en terminal sør for Trondheim."}}},
		{Content: hearing.Content{Sender: "Samferdselsdepartementet", Subject: "Nasjonal transportplan 2022–2030", About: "Departementet ba fylker og kommuner om innspill til planen.", Received: stage.Day("2020-01-20"), Deadline: stage.Day("2020-09-30")},
			words: []string{"Rådet ber om opprusting av Rørosbanen.\nE6 må bygges ut helt fram.", "Rådet ber om opprusting av Rørosbanen og flere avganger.\nE6 må bygges ut helt fram.\nFylkesveiene mellom dalførene må tåle tømmertransport hele året."},
			why:   []string{"", "Flere kommuner ba om at fylkesveiene kom med."}, opened: []clock.Date{stage.Day("2020-08-10"), stage.Day("2020-08-31")}, due: []clock.Date{stage.Day("2020-08-24"), stage.Day("2020-09-14")}, sentBy: "Styret, møte 16.09.2020", sentOn: stage.Day("2020-09-21"),
			input: &hearing.Input{Org: l.Org["rennebu"], Words: "Ta med fylkesveiene. De er det svakeste leddet for skogbruket."}, done: "Tatt inn i runde 2."},
	}
}

func (l *loader) livingConsultations() []asked {
	today := l.Clock.Today()
	return []asked{
		{Content: hearing.Content{Sender: "Kunnskapsdepartementet", Subject: "Fleksible utdanninger i hele landet", About: "Forslag til hvordan staten skal betale for utdanninger som kan tas der folk bor.", Received: today.AddDays(-35), Deadline: today.AddDays(30)},
			words: []string{"Rådet støtter forslaget.\nPengene må følge studenten, også når samlingene er i en annen kommune.", "Rådet støtter forslaget.\nPengene må følge studenten, også når samlingene er i en annen kommune.\nStaten bør betale for lokale studiesentre i fem år av gangen."},
			why:   []string{"", "Studiesentrene er kommet med."}, opened: []clock.Date{today.AddDays(-24), today.AddDays(-4)}, due: []clock.Date{today.AddDays(-10), today.AddDays(10)}, silent: "roros",
			input: &hearing.Input{Org: l.Org["oppdal"], Words: "Si noe om studiesentrene. De trenger penger i mer enn ett år."}, done: "Tatt inn i runde 2."},
		{Content: hearing.Content{Sender: "Norges vassdrags- og energidirektorat", Subject: "Kraftledning mellom dalførene", About: "Tre traseer er på høring.", Open: true, Received: today.AddDays(-60), Deadline: today.AddDays(-8)},
			words: []string{"Rådet mener at ledningen bør gå der den gjør minst skade for reindrift og hyttebygging."}, why: []string{""}, opened: []clock.Date{today.AddDays(-40)}, due: []clock.Date{today.AddDays(-26)},
			conflict: "holtalen", reason: "To av traseene går gjennom Holtålen, og den tredje utenom. Kommunen kan ikke stå bak et felles svar.",
			own: []hearing.Own{{Org: l.Org["holtalen"], Day: today.AddDays(-12), Words: "Holtålen ønsker den østlige traseen."}, {Org: l.Org["gauldal"], Day: today.AddDays(-9), Words: "Midtre Gauldal ønsker den vestlige traseen."}}},
		{Content: hearing.Content{Sender: "Trøndelag fylkeskommune", Subject: "Ny strategi for kompetanse i Trøndelag", About: "Fylket vil vite hva regionene trenger mest de neste fire årene.", Open: true, Received: today.AddDays(-2), Deadline: today.AddDays(54)}},
	}
}

// consult takes a consultation as far as it has come, each step on its day.
func (l *loader) consult(ctx context.Context, x asked) error {
	c, err := hearing.New(l.onDay(x.Content.Received)).Receive(ctx, l.System, l.theCouncil(), x.Content)
	if err != nil {
		return err
	}
	version := int64(1)
	for i, words := range x.words {
		room := hearing.New(l.onDay(x.opened[i]))
		if err := room.OpenRound(ctx, l.System, c, version, hearing.NewRound{Words: words, Why: x.why[i], Due: x.due[i]}); err != nil {
			return err
		}
		version++
		if i == 0 && x.input != nil {
			in, err := room.AddInput(ctx, l.System, c, *x.input)
			if err != nil {
				return err
			}
			if err := room.AnswerInput(ctx, l.System, in, 1, x.done); err != nil {
				return err
			}
		}
		if i < len(x.words)-1 {
			continue
		}
		room = hearing.New(l.onDay(x.opened[i].AddDays(3)))
		for _, o := range l.mayorsOf(x.silent) {
			if o == l.Org[x.conflict] && x.conflict != "" {
				continue
			}
			if _, err := room.Consent(ctx, l.System, c, hearing.Consent{Nr: i + 1, Org: o, Reply: hearing.Yes}); err != nil {
				return err
			}
		}
		if x.conflict != "" {
			if _, err := room.Consent(ctx, l.System, c, hearing.Consent{Nr: i + 1, Org: l.Org[x.conflict], Reply: hearing.Conflict, Words: x.reason}); err != nil {
				return err
			}
		}
	}
	if !x.sentOn.IsZero() {
		if err := hearing.New(l.onDay(x.sentOn)).Send(ctx, l.System, c, version, x.sentBy, x.sentOn); err != nil {
			return err
		}
	}
	for _, o := range x.own {
		if _, err := hearing.New(l.onDay(o.Day)).AddOwn(ctx, l.System, c, o); err != nil {
			return err
		}
	}
	return nil
}
