package demo

import (
	"context"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply/offer"
)

// programme is a programme of the demo, with its offerings. The first four are
// the examples of the councils' project sketch; titles, texts, dates, prices
// and seats of all are made up for the demo.
type programme struct {
	provider    string
	level       offer.Level
	nkr         string
	title, text string
	outcomes    string // parted by ;
	occupations string // parted by spaces
	admission   string
	credits     float64
	unit        offer.CreditUnit
	offerings   []offering
}

// offering is an offering of the demo. start and deadline count days from
// today; gatherings are municipality numbers.
type offering struct {
	start              offer.StartType
	days, deadline     int
	delivery           offer.Delivery
	digital, workplace int
	gatherings         string
	places, enrolled   int
	least              int // to start; 0 when it starts with however many
	price              int
	channel            offer.Channel
	url                string
	region             place.RegionID
	noRolling          string
}

const sor = "trondelag-sor"

func programmes() []programme {
	return []programme{
		{provider: "videre", level: offer.Hoyere, nkr: "6.2", title: "Praktisk-pedagogisk utdanning for yrkesfaglærere, i jobb", credits: 60, unit: offer.StudyPoints,
			text:     "For fagarbeidere som underviser på yrkesfag uten godkjent lærerutdanning. Du studerer på nett, prøver ut i egen klasse og møter de andre på samlinger i regionen.",
			outcomes: "planlegge og vurdere yrkesfaglig opplæring; tilpasse undervisning; bygge bro mellom skole og bedrift", occupations: "2320",
			admission: "Fagbrev, minst to års påbygging og fire års praksis",
			offerings: []offering{{start: offer.Rolling, delivery: offer.Mixed, digital: 70, workplace: 60, gatherings: "5025 5021", places: 24, enrolled: 9, channel: offer.Here, region: sor}}},
		{provider: "thyf", level: offer.Fagskole, nkr: "5.1", title: "Bransjeprogram: automatisering og PLS for vedlikehold", credits: 10, unit: offer.FagskolePoints,
			text:     "Elektrikere og mekanikere lærer å lese, feilsøke og endre styringen på maskiner og produksjonslinjer. Oppgavene løses på egen arbeidsplass.",
			outcomes: "lese og endre PLS-program; feilsøke på sensorer og drivverk; dokumentere endringer", occupations: "7411 7412 3113",
			admission: "Fagbrev i elektro eller mekaniske fag",
			offerings: []offering{{start: offer.Rolling, delivery: offer.Mixed, digital: 80, workplace: 70, places: 30, enrolled: 12, channel: offer.Here, region: sor}}},
		{provider: "thyf", level: offer.Fagskole, nkr: "5.2", title: "Bygg, fordypning i drift og ledelse", credits: 120, unit: offer.FagskolePoints,
			text:     "Deltidsstudium for svenner og baser som skal lede byggeplasser, lage framdriftsplan og holde kontroll på økonomi og HMS.",
			outcomes: "lede en byggeplass; planlegge framdrift; kalkulere og følge opp; HMS og internkontroll", occupations: "3123 7115",
			admission: "Fagbrev i byggfag eller fem års praksis",
			offerings: []offering{{start: offer.Fixed, days: 270, deadline: 145, delivery: offer.Gatherings, digital: 50, gatherings: "5001", places: 30, enrolled: 6, channel: offer.National, url: "https://www.samordnaopptak.no"}}},
		{provider: "rorosvgs", level: offer.Vgs, nkr: "4A", title: "Lokalmat: foredling, hygiene og salg", credits: 400, unit: offer.Hours,
			text:     "Du lærer å lage og selge mat fra egen gård eller egen region. Du følger produksjonen hjemme og kommer til skolens kjøkken noen dager.",
			outcomes: "ysting og foredling; hygiene og internkontroll; merking, pris og salg", occupations: "7513 7512 6130",
			admission: "Ingen formelle krav",
			offerings: []offering{{start: offer.Rolling, delivery: offer.Mixed, digital: 60, workplace: 60, gatherings: "5025", places: 16, enrolled: 5, price: 4500, channel: offer.Here, region: sor}}},
		{provider: "thyf", level: offer.Fagskole, nkr: "5.1", title: "Natur- og friluftsguide", credits: 60, unit: offer.FagskolePoints,
			text:     "For deg som skal ta gjester trygt ut på fjell, snø og elv. Sikkerhet, førstehjelp, vertskap og lokal kunnskap.",
			outcomes: "lede turer sommer og vinter; vurdere skred- og elvefare; vertskap på norsk og engelsk", occupations: "5113 3423",
			admission: "Videregående opplæring eller realkompetanse",
			offerings: []offering{{start: offer.Fixed, days: 280, deadline: 145, delivery: offer.Gatherings, digital: 40, workplace: 30, gatherings: "5021 5025", places: 20, enrolled: 4, channel: offer.Here, region: sor}}},
		{provider: "rorosvgs", level: offer.Fagbrev, nkr: "4A", title: "Helsefagarbeider for voksne, i jobb", credits: 1200, unit: offer.Hours,
			text:     "Fagbrev del for del ved siden av arbeid i sykehjem eller hjemmetjeneste, med ekstra norskopplæring for dem som trenger det.",
			outcomes: "pleie og omsorg; observere og melde fra; kommunikasjon med brukere og pårørende", occupations: "5321",
			admission: "Ansatt i helse- og omsorgstjenesten",
			offerings: []offering{{start: offer.Rolling, delivery: offer.Mixed, digital: 60, workplace: 70, gatherings: "5025 5026", places: 24, enrolled: 11, channel: offer.Here, region: sor}}},
		{provider: "trfk", level: offer.Fagbrev, nkr: "4A", title: "Fagbrev på jobb: treteknikkfaget", credits: 0,
			text:     "Ansatte på sagbruk og høvleri tar fagbrev i egen produksjon, med veileder på plassen og teori på nett.",
			outcomes: "sortere og skjære tømmer; styre tørke og høvel; måle kvalitet; sikkert arbeid ved maskiner", occupations: "8172 7521",
			admission: "Minst ett års relevant praksis og avtale med arbeidsgiver",
			offerings: []offering{{start: offer.Rolling, delivery: offer.Company, digital: 60, workplace: 90, places: 20, enrolled: 6, channel: offer.Here, region: sor}}},
		{provider: "thyf", level: offer.Kurs, title: "Limtre og fingerskjøting: limkontroll og press", credits: 0,
			text:     "Kort kurs på fabrikken for skiftlag som limer, presser og kontrollerer bærende trekonstruksjoner.",
			outcomes: "stille inn lim og press; ta prøver av limfuger; føre kontrollskjema", occupations: "8172 8171",
			admission: "Ansatt i treindustrien",
			offerings: []offering{{start: offer.SinglePlace, delivery: offer.Company, workplace: 100, places: 12, price: 6900, channel: offer.Here, region: sor}}},
		{provider: "gauldalvgs", level: offer.Fagbrev, nkr: "4A", title: "CNC-maskinering fra lager til fagbrev", credits: 0,
			text:     "Voksne uten bakgrunn lærer dreiing og fresing på skolens verksted og i bedriften fram mot fagbrev.",
			outcomes: "lese tegning; sette opp og kjøre CNC-maskin; måle og kontrollere", occupations: "7223",
			admission: "Avtale med bedrift",
			offerings: []offering{{start: offer.Fixed, days: 50, deadline: 30, delivery: offer.Gatherings, digital: 20, workplace: 60, gatherings: "5027", places: 15, enrolled: 7, channel: offer.Here, region: sor}}},
		{provider: "gauldalvgs", level: offer.Kurs, title: "Sveising i rustfritt stål, sertifisering", credits: 0,
			text:     "TIG-sveising i rustfritt for deg som kan svart stål fra før. Kurset ender med prøve etter NS-EN ISO 9606-1.",
			outcomes: "TIG-sveise rustfritt; rotbeskyttelse; sveiseprøve", occupations: "7212",
			admission: "Erfaring med sveising",
			offerings: []offering{
				{start: offer.Rolling, delivery: offer.Campus, places: 8, enrolled: 8, gatherings: "5027", price: 14500, channel: offer.Here},
				{start: offer.Fixed, days: 60, deadline: 45, delivery: offer.Gatherings, workplace: 40, gatherings: "5028", places: 8, enrolled: 2, price: 14500, channel: offer.Here},
				{start: offer.SinglePlace, delivery: offer.Company, workplace: 100, places: 6, price: 17500, channel: offer.Here}}},
		{provider: "nord", level: offer.Hoyere, nkr: "6.2", title: "Bachelor i sykepleie, deltid og desentralisert", credits: 180, unit: offer.StudyPoints,
			text:     "Fire år på deltid med samlinger i Namsos og praksis i egen kommune.",
			outcomes: "klinisk sykepleie; legemiddelhåndtering; kunnskapsbasert praksis", occupations: "2223",
			admission: "Generell studiekompetanse eller realkompetanse",
			offerings: []offering{{start: offer.Fixed, days: 270, deadline: 145, delivery: offer.Gatherings, digital: 60, workplace: 30, gatherings: "5007", places: 30, enrolled: 0, channel: offer.National, url: "https://www.samordnaopptak.no"}}},
		{provider: "thyf", level: offer.Fagskole, nkr: "5.1", title: "Observasjons- og vurderingskompetanse hos eldre", credits: 10, unit: offer.FagskolePoints,
			text:     "Fagarbeidere lærer å oppdage tidlig at en beboer blir dårligere, bruke NEWS2 og gi trygg beskjed til lege.",
			outcomes: "systematisk observasjon; NEWS2; ISBAR", occupations: "5321",
			admission: "Fagbrev i helsearbeiderfaget eller tilsvarende",
			offerings: []offering{{start: offer.Rolling, delivery: offer.Mixed, digital: 80, workplace: 70, gatherings: "5025 5021", places: 40, enrolled: 13, channel: offer.Here, region: sor}}},
		{provider: "videre", level: offer.Hoyere, nkr: "6.2", title: "Plan- og bygningsrett for saksbehandlere", credits: 7.5, unit: offer.StudyPoints,
			text:     "Reguleringsplaner, dispensasjon og byggesak for kommuner med hytteutbygging.",
			outcomes: "lese og lage reguleringsplan; vurdere dispensasjon; skrive vedtak", occupations: "2164 3353",
			admission: "Høyere utdanning eller realkompetanse",
			offerings: []offering{{start: offer.Fixed, days: 70, deadline: 40, delivery: offer.Net, digital: 100, places: 60, enrolled: 22, price: 9800, channel: offer.Link, url: "https://www.ntnu.no/videre"}}},
		{provider: "videre", level: offer.Hoyere, nkr: "6.2", title: "Netthandel for små virksomheter", credits: 7.5, unit: offer.StudyPoints,
			text:     "Fra gårdsbutikk til nettbutikk: betaling, frakt, synlighet og kundedata, med egen bedrift som oppgave.",
			outcomes: "sette opp nettbutikk; betalingsløsning og frakt; markedsføring på nett", occupations: "2431 5244 5223",
			admission: "Ingen formelle krav",
			offerings: []offering{{start: offer.Rolling, delivery: offer.Net, digital: 100, workplace: 50, places: 50, enrolled: 14, price: 3900, channel: offer.Here, region: sor}}},
		{provider: "thyf", level: offer.Fagskole, nkr: "5.1", title: "Velferdsteknologi i hjemmetjenesten", credits: 10, unit: offer.FagskolePoints,
			text:     "Få sensorer, alarmer og digitale tilsyn i bruk, og lær opp kolleger og brukere.",
			outcomes: "kartlegge behov; ta i bruk og følge opp utstyr; personvern", occupations: "5321",
			admission: "Fagarbeider i helse og omsorg",
			offerings: []offering{{start: offer.Rolling, delivery: offer.Net, digital: 100, workplace: 60, places: 40, enrolled: 9, channel: offer.Here, region: sor}}},
		{provider: "trfk", level: offer.Kurs, title: "Maskinførerkurs M1–M6", credits: 0,
			text:     "Teori på nett og praksis på gravemaskin og hjullaster fram til sertifikat.",
			outcomes: "kjøre gravemaskin og hjullaster sikkert; daglig vedlikehold; arbeid ved veg", occupations: "8342",
			admission: "18 år",
			offerings: []offering{{start: offer.Fixed, days: 40, deadline: 25, delivery: offer.Mixed, digital: 40, gatherings: "5021", places: 12, enrolled: 5, price: 16500, channel: offer.Here}}},
		{provider: "thyf", level: offer.Fagskole, nkr: "5.1", title: "Drift og ledelse i akvakultur", credits: 60, unit: offer.FagskolePoints,
			text:     "Erfarne røktere lærer produksjonsplan, biosikkerhet, regelverk og å lede folk i turnus.",
			outcomes: "produksjonsplan; fiskehelse og biosikkerhet; personalledelse", occupations: "1312 6221",
			admission: "Fagbrev i akvakultur eller fem års praksis",
			offerings: []offering{{start: offer.Fixed, days: 280, deadline: 145, delivery: offer.Gatherings, digital: 70, workplace: 40, gatherings: "5014", places: 24, enrolled: 3, channel: offer.National, url: "https://www.samordnaopptak.no"}}},
		{provider: "nord", level: offer.Hoyere, nkr: "6.2", title: "Forvaltningsrett for kommunale saksbehandlere", credits: 7.5, unit: offer.StudyPoints,
			text:     "Begrunnelse, partsinnsyn og klage. Oppgavene er egne vedtak.",
			outcomes: "begrunne enkeltvedtak; behandle klage; journal og innsyn", occupations: "3353 2422",
			admission: "Arbeid i offentlig forvaltning",
			offerings: []offering{{start: offer.Fixed, days: 90, deadline: 60, delivery: offer.Net, digital: 100, places: 80, enrolled: 31, price: 6500, channel: offer.Link, url: "https://www.nord.no"}}},
		{provider: "thyf", level: offer.Kurs, title: "Demens og utfordrende atferd: miljøbehandling i egen avdeling", credits: 0,
			text:     "Hele personalgruppa lærer sammen på avdelingen, i små bolker som passer i turnusen.",
			outcomes: "forebygge uro; TID-modellen; etikk og tvang", occupations: "5321 5329",
			admission: "Ansatt på avdelingen",
			offerings: []offering{{start: offer.SinglePlace, delivery: offer.Company, workplace: 100, places: 20, price: 38000, channel: offer.Here, region: sor}}},
		{provider: "rorosvgs", level: offer.Kurs, title: "Restaurering: torvtak, vinduer og laft", credits: 0,
			text:     "Håndverkere lærer gamle teknikker på verneverdige hus i Bergstaden.",
			outcomes: "reparere vinduer etter gammel metode; legge torvtak; lafting", occupations: "7115 7119",
			admission: "Erfaring som tømrer eller snekker",
			offerings: []offering{{start: offer.Fixed, days: 150, deadline: 100, delivery: offer.Gatherings, workplace: 30, gatherings: "5025", least: 8, places: 12, enrolled: 4, price: 12000, channel: offer.Here, region: sor}}},
		{provider: "trfk", level: offer.Kurs, title: "Instruktør og fagleder for lærlinger", credits: 0,
			text:     "Hva bedriften kan kreve, hva den må gjøre, og hvordan du får lærlingen fram til fagprøven.",
			outcomes: "opplæringsplan; vurdering og samtaler; dokumentasjon", occupations: "7115 5321 7223",
			admission: "Arbeider i lærebedrift",
			offerings: []offering{{start: offer.Rolling, delivery: offer.Net, digital: 100, workplace: 60, channel: offer.Here, region: sor}}},
		{provider: "namsosvgs", level: offer.Vgs, nkr: "4A", title: "Voksenagronom", credits: 1000, unit: offer.Hours,
			text:     "Jord, dyr og drift på kveld og helg for deg som tar over gård.",
			outcomes: "planteproduksjon; husdyrhold; driftsplan og økonomi", occupations: "6130 6121",
			admission: "18 år",
			offerings: []offering{{start: offer.Fixed, days: 280, deadline: 120, delivery: offer.Gatherings, digital: 50, gatherings: "5007", places: 25, enrolled: 12, price: 8000, channel: offer.Link, url: "https://www.trondelagfylke.no", noRolling: "Praksisen følger vekstsesongen"}}},
	}
}

// loadProgrammes registers and publishes the programmes through the provider's
// own use cases.
func (l *loader) loadProgrammes(ctx context.Context) error {
	for _, p := range programmes() {
		made, err := l.Supply.CreateProgramme(ctx, l.System, l.programme(p))
		if err != nil {
			return fmt.Errorf("demo: programme %q: %w", p.title, err)
		}
		for _, o := range p.offerings {
			offering, err := l.Supply.CreateOffering(ctx, l.System, made.ID, l.offering(o))
			if err == nil {
				err = l.Supply.Publish(ctx, l.System, offering.ID, offering.Version)
			}
			if err != nil {
				return fmt.Errorf("demo: offering of %q: %w", p.title, err)
			}
		}
	}
	return nil
}

func (l *loader) programme(p programme) offer.Programme {
	out := offer.Programme{Provider: l.Org[p.provider], State: offer.ProgrammeActive, Level: p.level, NKR: p.nkr, Credits: p.credits, CreditUnit: p.unit,
		Title: i18n.Text{NB: p.title}, Description: i18n.Text{NB: p.text}, Admission: i18n.Text{NB: p.admission},
		Occupations: strings.Fields(p.occupations), Languages: []string{"nb"}, Contact: "Studieveilederen"}
	for outcome := range strings.SplitSeq(p.outcomes, ";") {
		out.Outcomes = append(out.Outcomes, i18n.Text{NB: strings.TrimSpace(outcome)})
	}
	return out
}

func (l *loader) offering(o offering) offer.Offering {
	today := l.Clock.Today()
	out := offer.Offering{StartType: o.start, Delivery: o.delivery, DigitalShare: &o.digital, WorkplaceShare: &o.workplace, MinPlaces: o.least, MaxPlaces: o.places,
		Enrolled: o.enrolled, Channel: o.channel, ApplyURL: o.url, NoRollingReason: o.noRolling, PartTimePercent: 50,
		Target: offer.Target{Region: o.region}, LastConfirmed: today.AddDays(-20)}
	if o.days > 0 {
		out.Start = today.AddDays(o.days)
	}
	if o.deadline > 0 {
		out.Deadline = today.AddDays(o.deadline)
	}
	if o.price > 0 {
		price := money.Kroner(int64(o.price))
		out.Price = offer.Price{Participant: &price, Year: today.Year()}
	}
	for i, m := range strings.Fields(o.gatherings) {
		out.Gatherings = append(out.Gatherings, offer.Gathering{Municipality: place.Number(m), Day: today.AddDays(max(o.days, 30) + 14*i), Days: 2})
	}
	return out
}
