package assembly

import (
	"context"
	"fmt"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/duty"
	"kompetansetorg/internal/room/council/member"
	"kompetansetorg/internal/site/demo/stage"
)

// onDay is what the room of councils needs, on a day in the past.
func (l *loader) onDay(d clock.Date) council.Deps {
	deps := l.Council
	deps.Clock = func() time.Time { return clock.StartOfDay(d).Std().Add(10 * time.Hour) }
	return deps
}

// loadCouncil puts in the statutes of 2017 and the agreement of 2020 by paragraphs, in
// our own words; a revision that is with the municipalities; the fee, a deposit, what
// the board has to tell; and consultations. What the documents do not tell - the days
// of the municipalities' decisions, amounts, the consultations of this year - is made up.
func (l *loader) loadCouncil(ctx context.Context) error {
	for _, step := range []func(context.Context) error{l.statutes, l.agreement2020, l.revision, l.fees, l.owed, l.consultations} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("demo: council: %w", err)
		}
	}
	return nil
}

func (l *loader) theCouncil() council.BodyID { return council.BodyID(l.bodies[TheCouncil]) }

// written is a version of the agreement: its paragraphs in order, and what of the one
// before has no successor.
type written struct {
	head       council.Head
	paragraphs []council.Paragraph
	gone       map[int]string
}

// write makes the version as a draft.
func (l *loader) write(ctx context.Context, room *council.Service, w written) (council.Version, error) {
	id, err := room.Begin(ctx, l.System, l.theCouncil(), w.head)
	if err != nil {
		return council.Version{}, err
	}
	load := func() (council.Version, error) {
		v, _, _, err := room.Version(ctx, l.System, id)
		return v, err
	}
	v, err := load()
	if err != nil {
		return v, err
	}
	for _, p := range v.Paragraphs { // what was taken over makes room for what is written
		if err := room.RemoveParagraph(ctx, l.System, id, v.Version, p.Nr, orElse(w.gone[p.Nr], "Bygd inn i en annen paragraf.")); err != nil {
			return v, err
		}
		v.Version++
	}
	for _, p := range w.paragraphs {
		if err := room.SaveParagraph(ctx, l.System, id, v.Version, 0, p); err != nil {
			return v, fmt.Errorf("paragraph %d: %w", p.Nr, err)
		}
		v.Version++
	}
	return load()
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (l *loader) statutes(ctx context.Context) error {
	room := council.New(l.onDay(stage.Day("2017-01-02")))
	v, err := l.write(ctx, room, written{head: council.Head{Title: "Vedtekter for Regionrådet Trøndelag Sør"}, paragraphs: []council.Paragraph{
		{Nr: 1, Heading: "Navn og formål", Words: "Kommunene samarbeider i et regionråd om felles saker i Trøndelag Sør."},
		{Nr: 2, Heading: "Medlemmer", Words: "Seks kommuner er med: Melhus, Midtre Gauldal, Røros, Holtålen, Rennebu og Oppdal."},
		{Nr: 3, Heading: "Sammensetning", Words: "Hver kommune møter med ordfører, en representant for opposisjonen og rådmannen."},
		{Nr: 4, Heading: "Ledelse", Words: "Rådet velger leder og nestleder blant ordførerne for to år."},
		{Nr: 5, Heading: "Avgjørelser", Words: "Rådet avgjør saker når alle er enige."},
		{Nr: 6, Heading: "Oppgaver", Words: "Rådet drøfter felles saker og setter i gang prosjekter."},
		{Nr: 7, Heading: "Sekretariat", Words: "Rådet har et sekretariat som forbereder sakene."},
		{Nr: 8, Heading: "Økonomi", Words: "Kommunene betaler lik kontingent."},
		{Nr: 9, Heading: "Endring av vedtektene", Words: "Rådet kan endre vedtektene når alle er enige."},
	}})
	if err != nil {
		return err
	}
	_, err = room.Send(ctx, l.System, v.ID, v.Version, council.Decision{By: "Regionrådet, stiftelsesmøtet i 2017", On: stage.Day("2017-01-01"), From: stage.Day("2017-01-01"), Rules: l.ruleSet(ctx, 1)})
	return err
}

// ruleSet is the id of the council's rules with the number, empty for none.
func (l *loader) ruleSet(ctx context.Context, nr int) string {
	d, err := l.Bodies.Get(ctx, l.bodies[TheCouncil])
	if err != nil {
		return ""
	}
	for _, r := range d.Rules {
		if r.Nr == nr {
			return string(r.ID)
		}
	}
	return ""
}

// paragraphs2020 are those of the agreement, in short words of our own.
func paragraphs2020() []council.Paragraph {
	return []council.Paragraph{
		{Nr: 1, Was: 1, Heading: "Forankring i kommuneloven", Words: "Rådet er et interkommunalt politisk råd etter kommuneloven § 18-4. Det er ikke eget rettssubjekt. Midtre Gauldal er kontorkommune.",
			Why: "Kommuneloven fikk et eget kapittel om interkommunale politiske råd. Avtalen sier hva rådet er, og hvem som administrerer det."},
		{Nr: 2, Was: 2, Heading: "Medlemmer", Words: "Melhus, Midtre Gauldal, Røros, Holtålen, Rennebu og Oppdal.\nRådet kan ta opp nye kommuner som godtar avtalen.", Why: "Nye kommuner kan bli med."},
		{Nr: 3, Was: 3, Heading: "Sammensetning og valg", Words: "Ordførerne er styret. Hver kommune har ordfører med vara, én fra opposisjonen med vara, begge valgt av kommunestyret, og kommunedirektøren.\nDe sitter i valgperioden. Vara møter når medlemmet ikke kan.",
			Why: "Kommunestyret velger, og det skal være vara. Loven krever at avtalen sier hvor mange hver kommune har."},
		{Nr: 4, Was: 4, Heading: "Stemmerett og ledelse", Words: "Hver kommune har én stemme, og ordføreren avgir den. De andre har rett til å møte og tale. Rådet kan ha observatører.\nLeder og nestleder velges for to år blant ordførerne.",
			Why: "Det måtte stå hvem som stemmer."},
		{Nr: 5, Was: 5, Heading: "Samarbeidets avgjørelser", Words: "I saker som berører samtlige kommuner, må alle være enige.\nEn kommune kan reservere seg i andre saker og prosjekter, og den kan bli med senere.", Why: "Enighet kreves bare i saker som gjelder alle. Kommunene fikk rett til å stå utenfor prosjekter."},
		{Nr: 6, Was: 6, Heading: "Området for virksomheten", Words: "Drøfting og samordning, handlingsprogram, prosjekter, utredninger og intensjonsavtaler. Rådet kan være styrings- eller referansegruppe og opprette arbeidsgrupper.",
			Why: "Loven krever at avtalen sier hvilke saker rådet kan behandle."},
		{Nr: 7, Heading: "Forankring", Words: "Når et nytt råd er valgt, ser det på arbeidet i perioden før og velger utfordringer og arbeidsmåte.", Why: "Nytt: perioden skal evalueres etter hvert valg."},
		{Nr: 8, Was: 7, Heading: "Sekretariat", Words: "Rådet har eget sekretariat og bestemmer ansvar, oppgaver og ressurser.", Why: "Rådet bestemmer over sekretariatet."},
		{Nr: 9, Heading: "Saksbehandling", Words: "Sekretariatet utreder sakene og foreslår vedtak. Når det trengs, går en sak videre til kommunestyre eller formannskap.", Why: "Nytt: hvordan saker forberedes, og når kommunene selv må vedta."},
		{Nr: 10, Was: 8, Heading: "Innskudd og økonomi", Words: "Rådet fastsetter i plenum én årlig kontingent, lik for alle. Kommunene kan gi innskudd til prosjekter.\nRådet kan ikke ta opp lån eller binde kommunene økonomisk.",
			Why: "Grensene for rådets økonomi er nye, og innskudd er frivillige."},
		{Nr: 11, Heading: "Styret og informasjonsplikten", Words: "Styret leder de underordnede organene. Det skal informere rådet om endringer i budsjett, i oppgaver og samarbeid, og i mandat.\nKommunedirektørutvalget utpeker én som møter i styret med talerett når styret ønsker det.",
			Why: "Nytt: styrets myndighet og plikten til å informere."},
		{Nr: 12, Heading: "Uttreden", Words: "En kommune trer ut etter vedtak i kommunestyret. Det virker fra utgangen av det kommende budsjettåret, og kontingenten betales for det året.\nVarselet gis innen 1. november.",
			Why: "Loven krever at avtalen sier hvordan en kommune trer ut."},
	}
}

func (l *loader) agreement2020(ctx context.Context) error {
	v, err := l.write(ctx, council.New(l.onDay(stage.Day("2020-08-20"))), written{head: council.Head{Title: "Samarbeidsavtale for Trøndelag Sør – interkommunalt politisk råd",
		Why: "Kommuneloven krever en avtale som følger § 18-4. Avtalen avløser vedtektene fra 2017."}, paragraphs: paragraphs2020(),
		gone: map[int]string{9: "Avtalen endres av kommunene selv. Derfor trengs ingen egen paragraf."}})
	if err != nil {
		return err
	}
	room := council.New(l.onDay(stage.Day("2020-12-01")))
	if _, err := room.Send(ctx, l.System, v.ID, v.Version, council.Decision{By: "Rådet, møtene 23.03.2020 og 02.09.2020", On: stage.Day("2020-09-02"), ByMembers: true, Rules: l.ruleSet(ctx, 2)}); err != nil {
		return err
	}
	for i, m := range members {
		on := stage.Day("2020-09-17").AddDays(7 * i)
		if _, err := room.Record(ctx, l.System, v.ID, council.Answer{Org: l.Org[m.key], Reply: council.Yes, Place: "Kommunestyret", Case: fmt.Sprintf("PS %d/20", 41+7*i), Day: on}); err != nil {
			return err
		}
	}
	return l.checked(ctx, room, v.ID, "Avtalen sier ikke noe om dette.", nil)
}

// checked is the checklist of § 18-4: four points met, two unclear, and two that the
// agreement of 2020 does not have; beside it the committee's own conclusion. extra are
// the paragraphs that a later version has for the two.
func (l *loader) checked(ctx context.Context, room *council.Service, v council.VersionID, lacking string, extra map[int][]int) error {
	for i, c := range []council.Check{
		{Verdict: council.Met, Paragraphs: []int{2}, Note: "Navnet står i tittelen."}, {Verdict: council.Met, Paragraphs: []int{1}, Note: "Rådet er ikke eget rettssubjekt."},
		{Verdict: council.Unclear, Paragraphs: []int{3}, Note: "Tre fra hver kommune, hvorav én stemmer. Ordet representantskap er ikke brukt, og kommunedirektørene er ansatte og ikke valgt."},
		{Verdict: council.Met, Paragraphs: []int{6}}, {Verdict: council.Unclear, Paragraphs: []int{6, 10, 11}, Note: "Myndigheten er nevnt flere steder, men ikke samlet."},
		{Verdict: council.Missing, Note: lacking}, {Verdict: council.Met, Paragraphs: []int{12}}, {Verdict: council.Missing, Note: lacking},
	} {
		c.Point = i + 1
		if extra == nil {
			c.Theirs = council.Met
			if c.Verdict == council.Missing {
				c.Theirs = council.Missing
			}
		}
		if at := extra[c.Point]; at != nil {
			c.Verdict, c.Paragraphs, c.Note = council.Met, at, ""
		}
		if err := room.SaveCheck(ctx, l.System, v, c); err != nil {
			return err
		}
	}
	if extra != nil {
		return nil
	}
	now, _, _, err := room.Version(ctx, l.System, v)
	if err != nil {
		return err
	}
	return room.SaveTheirs(ctx, l.System, v, now.Version, "Kommunedirektørutvalget", stage.Day("2020-03-03"))
}

// revision is a new version that four of the six municipalities have adopted.
func (l *loader) revision(ctx context.Context) error {
	today := l.Clock.Today()
	list := paragraphs2020()
	for i := range list {
		list[i].Was, list[i].Why = list[i].Nr, ""
	}
	list[6].Words, list[6].Why = "Når et nytt råd er valgt, evaluerer det perioden før innen ett år, og velger utfordringer og arbeidsmåte.", "Evalueringen får en frist."
	list = append(list, council.Paragraph{Nr: 13, Heading: "Eierandel og ansvar", Words: "Kommunene har like stor eierandel og ansvarsdel.", Why: "Loven krever at avtalen sier dette. Det manglet i avtalen fra 2020."},
		council.Paragraph{Nr: 14, Heading: "Oppløsning og arkiv", Words: "Rådet oppløses når alle kommunestyrene har vedtatt det. Kontorkommunen tar vare på arkivet.", Why: "Loven krever at avtalen sier dette. Det manglet i avtalen fra 2020."})
	v, err := l.write(ctx, council.New(l.onDay(today.AddDays(-70))), written{head: council.Head{Title: "Samarbeidsavtale for Trøndelag Sør, revidert", Archive: l.Org["gauldal"],
		Dissolution: "Når alle kommunestyrene har vedtatt det. Det som er igjen, deles likt.", Why: "To punkter som loven krever, manglet i avtalen fra 2020: eierandel og ansvar, og oppløsning og arkiv."}, paragraphs: list})
	if err != nil {
		return err
	}
	room := council.New(l.onDay(today.AddDays(-5)))
	if _, err := room.Send(ctx, l.System, v.ID, v.Version, council.Decision{By: "Rådet i plenum", On: today.AddDays(-60), ByMembers: true}); err != nil {
		return err
	}
	for i, m := range []string{"melhus", "oppdal", "rennebu", "gauldal"} {
		if _, err := room.Record(ctx, l.System, v.ID, council.Answer{Org: l.Org[m], Reply: council.Yes, Place: "Kommunestyret", Case: fmt.Sprintf("PS %d/%02d", 31+9*i, today.Year()%100), Day: today.AddDays(9*i - 45)}); err != nil {
			return err
		}
	}
	if err := l.checked(ctx, room, v.ID, "", map[int][]int{6: {13}, 8: {14}}); err != nil {
		return err
	}
	return l.nextDraft(ctx)
}

// nextDraft is what the secretariat writes on meanwhile.
func (l *loader) nextDraft(ctx context.Context) error {
	room := council.New(l.Council)
	id, err := room.Begin(ctx, l.System, l.theCouncil(), council.Head{Title: "Samarbeidsavtale, utkast til neste valgperiode", Archive: l.Org["gauldal"], Why: "Rådet vil vurdere om kommunedirektørene skal være medlemmer eller bare møte."})
	if err != nil {
		return err
	}
	return room.SaveParagraph(ctx, l.System, id, 1, 3, council.Paragraph{Nr: 3, Was: 3, Heading: "Sammensetning og valg", Words: "Hver kommune har ordfører med vara og én fra opposisjonen med vara. Kommunedirektørene møter uten å være medlemmer."})
}

func (l *loader) fees(ctx context.Context) error {
	today := l.Clock.Today()
	room := member.New(l.Council)
	for i, amount := range []int64{145_000, 150_000} {
		year := today.Year() - 1 + i
		f := member.Fee{Body: l.theCouncil(), Year: year, Amount: money.Kroner(amount), DecidedBy: fmt.Sprintf("Rådet i plenum, sak PS 12/%02d", (year-1)%100), DecidedOn: clock.MustDate(fmt.Sprintf("%d-10-14", year-1))}
		if _, err := room.FixFee(ctx, l.System, f); err != nil {
			return err
		}
	}
	for _, d := range []member.Deposit{{Org: l.Org["oppdal"], Project: "Kompetansepiloter Trøndelag Sør", Amount: money.Kroner(40_000), Case: "PS 22/" + fmt.Sprintf("%02d", today.Year()%100), DecidedOn: today.AddDays(-30)},
		{Org: l.Org["roros"], Project: "Kompetansepiloter Trøndelag Sør", Amount: money.Kroner(25_000), Case: "PS 19/" + fmt.Sprintf("%02d", today.Year()%100), DecidedOn: today.AddDays(-21)}} {
		d.Body, d.Year = l.theCouncil(), today.Year()
		if _, err := room.AddDeposit(ctx, l.System, d); err != nil {
			return err
		}
	}
	return nil
}

// owed are matters that the board must tell of, the evaluation of the last period, and
// what the secretariat has to do now.
func (l *loader) owed(ctx context.Context) error {
	today := l.Clock.Today()
	room := duty.New(l.Council)
	told := today.AddDays(-40) // the council's last meeting
	first, err := room.Note(ctx, l.System, duty.Matter{Body: l.theCouncil(), Tag: duty.Mandate, What: "Styringsgruppa for kompetansepiloter får to nye medlemmer", DecidedBy: "Styret", DecidedOn: today.AddDays(-75)})
	if err != nil {
		return err
	}
	if err := room.Tell(ctx, l.System, first, 1, "Rådets møte på Støren", told); err != nil {
		return err
	}
	if _, err := room.Note(ctx, l.System, duty.Matter{Body: l.theCouncil(), Tag: duty.Budget, What: "Rammen for samlinger i forumet øker med 30 000 kroner", DecidedBy: "Styret", DecidedOn: today.AddDays(-12)}); err != nil {
		return err
	}
	year := duty.ElectionYear(today)
	if on := clock.MustDate(fmt.Sprintf("%d-06-12", year+1)); !on.After(today) {
		if err := room.Do(ctx, l.System, l.theCouncil(), duty.Period, year, fmt.Sprintf("Rådet, sak PS 8/%02d", (year+1)%100), on); err != nil {
			return err
		}
	}
	return room.Sweep(ctx)
}

// mayorsOf are the organisations of the six members, in order.
func (l *loader) mayorsOf(except string) []access.OrgID {
	var out []access.OrgID
	for _, m := range members {
		if m.key != except {
			out = append(out, l.Org[m.key])
		}
	}
	return out
}
