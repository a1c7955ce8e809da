package assembly

import (
	"context"
	"fmt"
	"slices"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
	"kompetansetorg/internal/room/meeting/casework/treatment"
	"kompetansetorg/internal/room/meeting/casework/writing"
	"kompetansetorg/internal/room/meeting/financing"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/demo/stage"
)

// caseOf is a case of the demo: what it is, where it has been, what its paper says,
// and how far it has come.
type caseOf struct {
	key, body, by string
	on            clock.Date // the day it was written
	casework.Content
	number     casework.Number
	header     string
	treatments []treatedBy
	sections   [][2]string
	documents  []casework.Document
	inputs     []casework.Input
	plan       casework.Plan
	// accept says why findings of the rules are let stand.
	accept map[string]string
	upTo   []flow.State // moves by hand after it was issued
	issue  bool
}

// treatedBy is a treatment: in a body of the demo, or one that is only named.
type treatedBy struct {
	body, called, number, on string
	result                   casework.Result
	told                     string
}

// loadCases puts in the cases of 2020 and 2021 as the documents have them, in our
// own words, and a few of a living year: one closed, one with figures from the
// register, one interpellation.
func (l *loader) loadCases(ctx context.Context) error {
	if err := l.Figures(ctx); err != nil { // the papers show open figures
		return err
	}
	l.cases = map[string]casework.ID{}
	all := slices.Concat(councilCases(), statusCases(), l.livingCases())
	for _, c := range all {
		if err := l.loadCase(ctx, c); err != nil {
			return fmt.Errorf("demo: case %s: %w", c.key, err)
		}
	}
	return l.linkCases(ctx)
}

// at is the room on a day in the past.
func (l *loader) at(d clock.Date) *casework.Service {
	deps := l.Cases.Deps
	deps.Clock = func() time.Time { return clock.StartOfDay(d).Std().Add(9 * time.Hour) }
	return casework.New(deps)
}

// paper is the work on papers in the room of a day.
func (l *loader) paper(room *casework.Service) *writing.Service {
	return writing.New(room, l.Writing.Figures)
}

func (l *loader) loadCase(ctx context.Context, x caseOf) error {
	room, actor := l.at(x.on), l.Role[x.by]
	id, err := room.Create(ctx, actor, casework.NewCase{Content: x.Content, Body: l.bodies[x.body], Number: x.number})
	if err != nil {
		return err
	}
	l.cases[x.key] = id
	if err := l.treat(ctx, room, actor, id, x.treatments); err != nil {
		return err
	}
	for _, s := range x.sections {
		if err := writeSection(ctx, l.paper(room), actor, id, s[0], s[1]); err != nil {
			return err
		}
	}
	if x.header != "" {
		papers := l.paper(room)
		_, p, _, err := papers.Draft(ctx, actor, id)
		if err != nil {
			return err
		}
		if err := papers.SaveHeader(ctx, actor, id, p.Version, x.header); err != nil {
			return err
		}
	}
	for _, d := range x.documents {
		d.Day = x.on
		if _, err := room.AddDocument(ctx, actor, id, d); err != nil {
			return err
		}
	}
	for _, in := range x.inputs {
		if err := room.AddInput(ctx, actor, id, in); err != nil {
			return err
		}
	}
	if len(x.plan.Costs) > 0 {
		d, err := room.Get(ctx, actor, id)
		if err != nil {
			return err
		}
		if x.plan.Proviso.What != "" {
			x.plan.Proviso.Case = string(id)
		}
		if err := room.SetPlan(ctx, actor, id, d.Version, x.plan); err != nil {
			return err
		}
	}
	if !x.issue {
		return nil
	}
	return l.carry(ctx, room, actor, id, x)
}

// treat plans every treatment, those of the past as well: their results are recorded
// when the case has been issued.
func (l *loader) treat(ctx context.Context, room *casework.Service, actor access.Actor, id casework.ID, list []treatedBy) error {
	for _, t := range list {
		in := casework.Treatment{Body: l.bodies[t.body], BodyName: t.called, Number: t.number, Day: stage.Day(t.on)}
		if _, err := treatment.New(room).Add(ctx, actor, id, in); err != nil {
			return err
		}
	}
	return nil
}

func writeSection(ctx context.Context, room *writing.Service, actor access.Actor, id casework.ID, name, words string) error {
	_, p, _, err := room.Draft(ctx, actor, id)
	if err != nil {
		return err
	}
	s, ok := p.Section(name)
	if !ok {
		return fmt.Errorf("no section %s", name)
	}
	return room.SaveSection(ctx, actor, id, name, s.Version, s.Heading, words)
}

// localDays is how long the municipalities of the demo took after the last meeting, until
// the sixth of them had decided on 22.10.2020.
const localDays = 50

// carry recommends and issues the case, records what came of it, and moves it on.
func (l *loader) carry(ctx context.Context, room *casework.Service, actor access.Actor, id casework.ID, x caseOf) error {
	if err := room.Move(ctx, actor, id, casework.Drafting, casework.Recommended, ""); err != nil {
		return err
	}
	papers := l.paper(room)
	review, err := papers.Review(ctx, actor, id)
	if err != nil {
		return err
	}
	for _, f := range review.Findings {
		why := x.accept[string(f.Rule)]
		if why == "" {
			return fmt.Errorf("the demo's own paper has a finding: %s in %s: %q", f.Rule, f.Section, f.Quote)
		}
		if err := papers.Accept(ctx, actor, id, f.ID, why); err != nil {
			return err
		}
	}
	if _, err := papers.Issue(ctx, actor, id, ""); err != nil {
		return err
	}
	if err := l.results(ctx, actor, id, x); err != nil {
		return err
	}
	d, err := room.Get(ctx, actor, id)
	if err != nil {
		return err
	}
	from, later := d.State, l.Cases
	if n := len(x.treatments); n > 0 {
		later = l.at(stage.Day(x.treatments[n-1].on).AddDays(localDays))
	}
	for _, to := range x.upTo {
		if err := later.Move(ctx, actor, id, from, to, ""); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// results records what came of each treatment that has been, the last first: the
// last is what the case stands at.
func (l *loader) results(ctx context.Context, actor access.Actor, id casework.ID, x caseOf) error {
	d, err := l.Cases.Get(ctx, actor, id)
	if err != nil {
		return err
	}
	for i, t := range slices.Backward(d.Treatments) {
		if x.treatments[i].result == "" { // to come, or recorded by a meeting of the demo
			continue
		}
		t.Result, t.Told = x.treatments[i].result, x.treatments[i].told
		if err := treatment.New(l.at(t.Day)).Treat(ctx, actor, id, t); err != nil {
			return err
		}
	}
	return nil
}

// councilCases are those of 18.08.2020: the papers that the committee of chief
// executives got, whose headers named the council.
func councilCases() []caseOf {
	written := stage.Day("2020-08-10")
	asPrinted := map[string]string{"header_body": "Hodet står slik det ble sendt ut i 2020", "no_recommendation": "Saken ble lagt fram uten innstilling i 2020"}
	return []caseOf{
		{key: "referat", body: Executives, by: stage.Secretary, on: written, issue: true,
			Content:    casework.Content{Kind: casework.Information, Title: "Referatsaker", Officer: "Rådgiver, sekretariatet"},
			treatments: []treatedBy{{Executives, "", "PS 22/20", "2020-08-18", casework.Noted, "Referatene ble tatt til orientering."}}, upTo: []flow.State{casework.Archived},
			sections: [][2]string{{"information", "- Referat fra forumets møte 26.06.2020 om kompetansepiloter\n- Status for handlingsprogrammet ved halvåret"}}},
		{key: "avtale", body: TheCouncil, by: stage.Secretary, on: written, number: casework.Number{Year: 2020, Serial: 10212}, issue: true, accept: asPrinted,
			Content: casework.Content{Kind: casework.Decision, Title: "Samarbeidsavtale for Trøndelag Sør – interkommunalt politisk råd", Officer: "Daglig leder, sekretariatet"},
			header:  "Regionrådet i Trøndelag sør | PS 23/20 | 18.08.2020",
			treatments: []treatedBy{
				{TheCouncil, "", "", "2020-01-29", casework.Returned, "Første utkast. Rådet ba om innspill fra kommunene."},
				{Executives, "", "", "2020-03-03", casework.Advised, "Utvalget mente at avtalen oppfyller kommuneloven § 18-4."},
				{TheCouncil, "", "", "2020-03-23", casework.Adopted, "Rådet vedtok den omarbeidde avtalen."},
				{Executives, "", "PS 23/20", "2020-08-18", "", ""}, // executives2020
				{TheCouncil, "", "", "2020-09-02", casework.Adopted, "Avtalen sendes kommunestyrene i de seks kommunene."}},
			sections: [][2]string{
				{"background", "Kommuneloven har fra 2019 et eget kapittel om interkommunale politiske råd. Regionråd som fantes fra før, må ha en avtale etter § 18-4 innen fire år etter at kommunestyrene ble konstituert høsten 2019.\n\nLoven krever at avtalen sier blant annet:\n\n1. hva rådet heter\n2. om rådet er eget rettssubjekt\n3. hvor mange medlemmer hver kommune har\n4. hva rådet kan arbeide med\n5. hvilken myndighet rådet har\n6. hvordan en kommune trer ut"},
				{"facts", "Regionrådet ble opprettet i 2017 med vedtekter. Rådet behandlet første utkast til avtale 29.01.2020, og de seks kommunene kom med innspill. Avtalen står i vedlegg 1, og endringene fra vedtektene i vedlegg 2.\n\n## De viktigste endringene\n\n- § 3: opposisjonen får fast plass, med vara\n- § 4: hver kommune har én stemme, og ordføreren avgir den\n- § 5: enighet i saker som berører alle; i andre saker kan en kommune reservere seg\n- § 10: rådet kan ikke ta opp lån eller binde kommunene økonomisk\n- § 12: frist 1. november for å melde seg ut"},
				{"assessment", "## Forholdet til loven\n\nKommunedirektørutvalget har gått gjennom avtalen punkt for punkt og mener at den oppfyller loven. Avtalen sier ikke noe om eierandel eller om hvem som har ansvar for arkivene hvis rådet blir oppløst.\n\n## Økonomi\n\nKontingenten er lik for alle. Prosjektmidler er frivillige."},
				{"recommendation", "1. Samarbeidsavtalen vedtas.\n2. Avtalen sendes kommunestyrene til godkjenning og gjelder når alle seks har vedtatt den."},
				{"annexes", "1. Samarbeidsavtale for Trøndelag Sør – interkommunalt politisk råd\n2. Vedtektene fra 2017 ved siden av avtalen"}},
			documents: []casework.Document{{Letter: "I", Title: "Innspill fra kommunene til første utkast"}, {Letter: "N", Title: "Gjennomgang av kommuneloven § 18-4 punkt for punkt"}},
			inputs: []casework.Input{
				{Sender: "Røros kommune", Day: stage.Day("2020-02-12"), Words: "Opposisjonens representant bør ha vara, valgt av kommunestyret.", Done: "Tatt inn i § 3."},
				{Sender: "Rennebu kommune", Day: stage.Day("2020-02-14"), Words: "Det bør stå hva som skjer når en kommune ikke vil være med i et prosjekt.", Done: "Tatt inn i § 5: kommunen kan reservere seg og komme med senere."},
				{Sender: "Oppdal kommune", Day: stage.Day("2020-02-17"), Words: "Kommunedirektøren bør ha stemmerett i saker om økonomi.", Done: "Ikke tatt inn: stemmen er kommunens og avgis av ordføreren (§ 4)."}},
			upTo: []flow.State{casework.Local, casework.Ratified, casework.InEffect}},
		{key: "piloter", body: Executives, by: stage.Secretary, on: written, number: casework.Number{Year: 2020, Serial: 18145}, issue: true, accept: asPrinted,
			Content: casework.Content{Kind: casework.Decision, Title: "Kompetansepiloter Trøndelag Sør – forankring i kommunene og finansiering", Officer: "Prosjektleder, sekretariatet"},
			header:  "Regionrådet i Trøndelag sør | PS 24/20 | 18.08.2020",
			treatments: []treatedBy{{Executives, "", "PS 24/20", "2020-08-18", "", ""}, // executives2020
				{TheCouncil, "", "", "2020-09-02", casework.Adopted, "Rådet sluttet seg til finansieringsplanen. Forbeholdet i søknaden faller bort."}},
			sections: [][2]string{
				{"background", "Departementet har lyst ut midler til piloter som prøver ut utdanning i bedrift. Fylkeskommunen søker for fylket, og skissen fra Trøndelag Sør er en del av søknaden. Fristen er 01.10.2020."},
				{"facts", "Skissen står i vedlegg 1. Kompetanseforum Trøndelag Sør drøftet den 26.06.2020. Den bygger på en modell i to deler: kartlegge og legge fram behov, og tilpasse utdanninger som kan tas der folk bor.\n\nTabell: Utgifter\n\n| Hva | Kroner |\n|---|---|\n| Timebruk til planlegging, samarbeid og utvikling | 500 000 |\n| Reiser | 15 000 |\n| Møter | 15 000 |\n| Digitalt utstyr hos tilbyderne | 70 000 |\n| Sum | 600 000 |"},
				{"assessment", "Utlysningen krever 30 prosent egenfinansiering. Timene som partene i forumet legger inn, er verdt 150 000 kroner. Det er 25 prosent av det hele, og 30 000 kroner mangler. Rådet kan dekke resten fra næringsfondet, søke om et mindre tilskudd eller legge inn flere timer."},
				{"annexes", "1. Prosjektskisse: utdanning i bedrift med desentraliserte utdanninger"}},
			plan: casework.Plan{Costs: []financing.Cost{{Name: "Timebruk", Amount: money.Kroner(500_000)}, {Name: "Reiser", Amount: money.Kroner(15_000)}, {Name: "Møter", Amount: money.Kroner(15_000)}, {Name: "Digitalt utstyr", Amount: money.Kroner(70_000)}},
				Sources: []financing.Source{{Name: "Departementet, gjennom fylkeskommunen", Kind: financing.Grant, Amount: money.Kroner(450_000)}, {Name: "Timer fra partene i forumet", Kind: financing.InKind, Amount: money.Kroner(150_000)}},
				Require: financing.Requirement{Own: 3000, Base: financing.OfTotal, Source: "Utlysningen av kompetansepiloter, 2020"},
				Proviso: financing.Proviso{What: "Finansieringen fra kommunene", Body: "Trøndelag Sør – interkommunalt politisk råd", Expected: stage.Day("2020-09-02")}},
			upTo: []flow.State{casework.InEffect, casework.Archived}},
	}
}

// statusCases is the status case of 2021 as it was sent out to the forum: with two
// places where text was to come and a third annex that is not listed.
func statusCases() []caseOf {
	return []caseOf{{key: "status", body: CountyForum, by: "county", on: stage.Day("2021-09-01"),
		Content:    casework.Content{Kind: casework.LargerProcess, Title: "Status for kompetansepolitikken i Trøndelag", Officer: "Rådgiver, kompetanseavdelingen"},
		treatments: []treatedBy{{body: CountyForum, on: "2021-09-14"}, {body: Assembly, on: "2021-10-13"}},
		sections: [][2]string{
			{"summary", "Saken sier hvor langt fylket er kommet med strategien fra FT 59/19 og handlingsprogrammet fra FT 17/20, og hva forumet bør drøfte videre."},
			{"background", "Fylket fikk ansvar for bedriftsintern opplæring og flere oppgaver i integreringen fra 2020. Fylkestinget ble orientert i FT 68/20."},
			{"facts", "Partnernes vurdering står i vedlegg 1, og tilbakemeldingen fra avdelingene i vedlegg 2. Helsesektoren er omtalt i vedlegg 3.\n\n## Ramme for bedriftsintern opplæring\n\nI 2020 ble rammen økt flere ganger, sist i FU 265/20.\n\n## Videregående opplæring for voksne\n\nTekst kommer"},
			{"discussion", "## Virkemidlene\n\nVirkemidlene er nasjonale, men de virker best når partene bruker dem sammen.\n\n## Målretting\n\nHer leveres tekst om målretting av opplæringen."},
			{"way_forward", "Strategien skal revideres fra 2022. Forumet deltar i arbeidet."},
			{"points", "- Er de tre pilarene fortsatt de riktige?\n- Hvordan kan partene samordne egne tiltak?\n- Hva skal til for at flere tar utdanning der de bor?"},
			{"annexes", "1. Partnernes vurdering av situasjonen\n2. Tilbakemelding fra avdelingene om handlingsprogrammet"}}}}
}

// livingCases are on their way to the council's meeting in nine days, but for one that it
// decided in its last.
func (l *loader) livingCases() []caseOf {
	today := l.Clock.Today()
	next := today.AddDays(9).String()
	return []caseOf{
		{key: "kurs", body: TheCouncil, by: stage.Secretary, on: today.AddDays(-50), issue: true,
			Content:    casework.Content{Kind: casework.Decision, Title: "Felles kurs i velferdsteknologi", Officer: "Rådgiver, sekretariatet"},
			treatments: []treatedBy{{body: TheCouncil, on: today.AddDays(-40).String()}},
			sections: [][2]string{{"background", "Hjemmetjenestene tar i bruk ny teknologi, og flere kommuner vil lære opp de ansatte."},
				{"assessment", "Et felles kurs koster mindre for hver kommune, og de ansatte lærer av hverandre."},
				{"recommendation", "Kommunene som deltar, kjøper kurset sammen."}}},
		{key: "helse", body: TheCouncil, by: stage.Secretary, on: today.AddDays(-3), issue: true,
			Content:    casework.Content{Kind: casework.Discussion, Title: "Helsefag uten å flytte: hva kan kommunene gjøre sammen?", Officer: "Rådgiver, sekretariatet", Origin: l.Org["radet"]},
			treatments: []treatedBy{{body: TheCouncil, on: next}},
			sections: [][2]string{
				{"background", "Kompetanseforumet har drøftet et felles behov for helsefag. Flere kommuner trenger det samme, og ingen av dem er mange nok alene."},
				{"facts", "Behovet gjelder nå [[felles " + l.Care.Number + "]]. Oversikten under viser det alle kan se av etterspørselen i faget.\n\n[[etterspørsel health]]"},
				{"assessment", "En felles bestilling gjør det lettere for tilbyderne å sette i gang. Kommunene må da gi fri til samlinger på de samme dagene."},
				{"points", "- Vil kommunene bestille sammen?\n- Hvem kan stille med lokaler til samlinger?"}}},
		{key: "stilling", body: TheCouncil, by: stage.Secretary, on: today.AddDays(-2), issue: true,
			Content:    casework.Content{Kind: casework.Decision, Title: "Sluttavtale for daglig leder i sekretariatet", Officer: "Leder for rådet", Closed: true, Ground: "staff", PublicTitle: "Personalsak"},
			treatments: []treatedBy{{body: TheCouncil, on: next}},
			sections:   [][2]string{{"background", "Saken gjelder arbeidsforholdet til en ansatt i sekretariatet."}, {"recommendation", "Rådet gir leder fullmakt til å inngå avtalen."}},
			documents:  []casework.Document{{Letter: "N", Title: "Utkast til sluttavtale", Ground: "13"}}},
		{key: "sporsmal", body: TheCouncil, by: stage.Secretary, on: today.AddDays(-2), issue: true,
			Content: casework.Content{Kind: casework.Interpellate, Title: "Spørsmål om bussen til samlingene på Røros", Officer: "Rådgiver, sekretariatet",
				Interpellation: casepaper.Interpellation{Question: "Studentene rekker ikke siste buss når samlingene varer til fem. Vil rådet ta det opp med fylket?", AskedBy: "Opposisjonsleder, Holtålen",
					Answer: "Ja. Leder tar saken med til neste møte med fylkeskommunen og melder tilbake.", AnsweredBy: "Leder for rådet"}},
			treatments: []treatedBy{{body: TheCouncil, on: next}},
			sections:   [][2]string{{"information", "Siste buss går 16.40. Samlingene varer til 17.00 to dager i måneden."}}},
		{key: "fond", body: TheCouncil, by: stage.Secretary, on: today.AddDays(-1),
			Content:    casework.Content{Kind: casework.Decision, Title: "Bruk av næringsfondet til utdanning i bedrift", Officer: "Rådgiver, sekretariatet", ReadyBy: today.AddDays(2)},
			treatments: []treatedBy{{body: Executives, on: today.AddDays(4).String()}, {body: TheCouncil, on: next}},
			inputs:     []casework.Input{{Sender: "Holtålen kommune", Day: today, Words: "Fondet bør dekke reise for dem som bor lengst unna."}},
			sections:   [][2]string{{"background", "Rådet forvalter et næringsfond. Fondet kan brukes når et tiltak gir varig virkning i flere kommuner, jf. 2020/18145."}}},
	}
}

// linkCases ties cases to what they came from.
func (l *loader) linkCases(ctx context.Context) error {
	if err := l.Cases.AddLink(ctx, l.Role[stage.Secretary], l.cases["helse"], object.Ref{Kind: need.PoolFlowKind, ID: string(l.Care.ID)}); err != nil {
		return err
	}
	return l.Cases.AddLink(ctx, l.Role[stage.Secretary], l.cases["fond"], object.Ref{Kind: casework.FlowKind, ID: string(l.cases["piloter"])})
}
