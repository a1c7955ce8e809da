package reading

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
)

// meaning is a code and the words people write for it, folded.
type meaning[T ~string] struct {
	code  T
	words []string
}

var purposes = []meaning[need.Purpose]{
	{need.Recruitment, []string{"rekruttering", "rekruttere", "nyansettelse", "nyansettelser", "nytilsetting", "nye folk", "nye ansatte", "nye tilsette", "nye medarbeidere", "ansette", "tilsette", "recruit", "recruiting", "hire", "new staff"}},
	{need.Upskilling, []string{"etter- og videreutdanning", "etter og videreutdanning", "etter- og vidareutdanning", "etterutdanning", "videreutdanning", "vidareutdanning", "evu", "kompetanseheving", "kompetansepåfyll", "kursing", "opplæring av ansatte", "ansatte", "tilsette frå før", "dagens ansatte", "further education", "training", "upskill"}},
	{need.Both, []string{"begge", "begge deler", "både og", "både rekruttering og videreutdanning", "rekruttering og evu", "rekruttering og etterutdanning", "rekruttering og videreutdanning", "rekruttering og vidareutdanning", "rekruttering og etter- og videreutdanning"}},
}

var levels = []meaning[need.Level]{
	{need.LevelVGS, []string{"videregående", "vidaregåande", "videregående skole", "videregående opplæring", "videregående yrkesfag", "vidaregåande yrkesfag", "studiespesialisering", "upper secondary"}},
	{need.LevelTrade, []string{"fagbrev", "svennebrev", "fagarbeider", "fagarbeidar", "lærling", "fag- og svennebrev", "fag/svennebrev", "yrkesfag", "trade certificate", "journeyman", "apprenticeship"}},
	{need.LevelFagskole, []string{"fagskole", "fagskule", "høyere yrkesfaglig utdanning", "høyere yrkesfagskole", "høgare yrkesfagleg utdanning", "teknisk fagskole", "mesterbrev", "meisterbrev", "tertiary vocational"}},
	{need.LevelHigher, []string{"høyere utdanning", "høgare utdanning", "høyskole", "høgskole", "høgskule", "universitet", "bachelor", "master", "studiepoeng", "uh", "u/h", "akademisk", "higher", "university", "college"}},
	{need.LevelCourse, []string{"kort kurs", "korte kurs", "modul", "seminar", "sertifikat", "sertifisering", "short course", "course"}},
	{need.LevelUnknown, []string{"ukjent", "ukjend", "vet ikke", "veit ikkje", "usikker", "ikke bestemt", "ikke avklart", "alle nivå", "alle nivåer", "not known", "don't know"}},
}

var forms = []meaning[need.Form]{
	{need.Online, []string{"nettbasert", "nettstudie", "nettstudium", "på nett", "nettkurs", "digital", "digitalt", "e-læring", "elæring", "fjernundervisning", "teams", "zoom", "online", "web"}},
	{need.Gatherings, []string{"samling", "samlingsbasert", "helgesamling", "helgesamlinger", "gathering", "gatherings", "modulsamling"}},
	{need.Workplace, []string{"på arbeidsplassen", "på jobben", "i bedriften", "i bedrifta", "bedriftsintern", "bedriftsinternt", "arbeidsplass", "på jobb", "praksis", "workplace", "at work", "in-house"}},
	{need.Blended, []string{"blanda", "blended learning", "kombinasjon", "kombinert", "blended", "hybrid", "delvis nett", "mix"}},
	{need.Campus, []string{"på skolen", "på skulen", "klasserom", "stedlig", "stadleg", "fysisk oppmøte", "fysisk undervisning", "heltid på skole", "on campus"}},
}

var horizons = []meaning[need.Horizon]{
	{need.Now, []string{"nå", "no", "straks", "snarest", "med en gang", "med ein gong", "akutt", "haster", "umiddelbart", "asap", "i dag", "allerede nå", "immediately"}},
	{need.OneYear, []string{"1 år", "ett år", "eitt år", "innen et år", "innan eit år", "innen ett år", "i år", "neste år", "kort sikt", "12 måneder", "1 year", "one year"}},
	{need.ThreeYears, []string{"3 år", "tre år", "2 år", "to år", "1-3 år", "2-3 år", "mellomlang sikt", "3 years"}},
	{need.FiveYears, []string{"5 år", "fem år", "4 år", "fire år", "3-5 år", "5 years"}},
	{need.TenYears, []string{"10 år", "ti år", "5-10 år", "lang sikt", "10 years"}},
}

var causes = []meaning[need.Cause]{
	{need.Departure, []string{"slutter", "sluttar", "går av", "pensjon", "pensjonist", "pensjonering", "avgang", "naturlig avgang", "naturleg avgang", "generasjonsskifte", "retire", "retirement", "leaving"}},
	{need.Growth, []string{"vekst", "økt aktivitet", "auka aktivitet", "ekspansjon", "flere oppdrag", "fleire oppdrag", "nye kontrakter", "utvidelse", "utviding", "growing", "expansion"}},
	{need.NewTechnology, []string{"ny teknologi", "teknologi", "digitalisering", "automatisering", "ny maskin", "nye maskiner", "nytt utstyr", "robot", "omstilling", "technology"}},
	{need.Requirement, []string{"krav", "lovkrav", "nye krav", "formelle krav", "forskrift", "myndighetskrav", "sertifiseringskrav", "formal requirement"}},
	{need.Turnover, []string{"gjennomtrekk", "høy turnover", "høg turnover", "mange slutter", "mange sluttar", "utskifting", "bytter jobb", "change jobs"}},
}

var consequences = []meaning[need.Consequence]{
	{need.LostOrders, []string{"mister oppdrag", "tapte oppdrag", "tapte ordre", "takker nei", "sier nei til oppdrag", "mister kunder", "tapt omsetning", "tapt inntekt", "lost orders"}},
	{need.LessService, []string{"dårligere tilbud", "dårlegare tilbod", "redusert tilbud", "mindre tilbud", "lengre ventetid", "stengte avdelinger", "kortere åpningstid", "redusert tjeneste", "less service"}},
	{need.Overtime, []string{"overtid", "slitasje", "sykefravær", "sjukefråvær", "merarbeid", "for mye arbeid", "extra hours"}},
	{need.LowerQuality, []string{"lavere kvalitet", "lågare kvalitet", "dårligere kvalitet", "dårlegare kvalitet", "feil", "reklamasjoner", "lower quality"}},
	{need.NoGrowth, []string{"kan ikke vokse", "kan ikkje vekse", "ingen vekst", "bremser veksten", "stopper veksten", "får ikke vokst", "no growth"}},
	{need.HiredIn, []string{"innleie", "innleige", "leier inn", "leiger inn", "vikar", "vikarer", "vikarbyrå", "konsulenter", "hired in", "agency"}},
	{need.RiskOfClosing, []string{"nedleggelse", "nedlegging", "må legge ned", "må leggje ned", "fare for drifta", "fare for driften", "avvikling", "konkurs", "closing"}},
}

var barriers = []meaning[need.Barrier]{
	{need.Distance, []string{"avstand", "lang vei", "lang veg", "langt unna", "lang avstand", "geografi", "for langt", "distance", "far away"}},
	{need.Economy, []string{"økonomi", "kostnad", "kostnader", "dyrt", "for dyrt", "pris", "penger", "pengar", "finansiering", "economy", "cost", "money"}},
	{need.Travel, []string{"reise", "reisetid", "reisevei", "reiseveg", "transport", "buss", "overnatting", "pendling", "travel"}},
	{need.LostTime, []string{"tapt arbeidstid", "arbeidstid", "ikke fri", "ikkje fri", "får ikke fri", "tid", "tidspress", "travelt", "travel drift", "bort fra jobb", "borte fra jobb", "fravær", "vikarbehov", "time"}},
	{need.Facilitation, []string{"tilrettelegging", "tilrettelagt", "språk", "lese- og skrive", "dysleksi", "oppfølging", "veiledning", "rettleiing", "facilitation"}},
	{need.NoOffer, []string{"manglende tilbud", "manglande tilbod", "mangler tilbud", "manglar tilbod", "ikke tilbud", "ikkje tilbod", "ingen tilbud", "ingen tilbod", "finnes ikke", "finst ikkje", "tilbudet finnes ikke", "no offer", "not offered"}},
}

var confidentialities = []meaning[need.Confidentiality]{
	{need.Open, []string{"åpen", "åpent", "open", "ope", "opent", "offentlig", "offentleg", "alle", "all", "everybody", "ja", "public"}},
	{need.ProvidersOnly, []string{"tilbyder", "tilbydere", "tilbydar", "tilbydarar", "tilbydere og forum", "utdanningstilbydere", "bare tilbydere", "skoler", "providers"}},
	{need.ForumOnly, []string{"forum", "forumet", "bare forum", "kun forum", "kompetanseforum", "kompetanseforumet", "berre forumet"}},
	{need.Internal, []string{"intern", "internt", "konfidensiell", "konfidensielt", "fortrolig", "fortruleg", "hemmelig", "hemmeleg", "skjermet", "skjerma", "unntatt offentlighet", "nei", "internal", "confidential"}},
}

// sectors are the sections of SN2007 by the words people use for industries.
var sectors = []meaning[string]{
	{"A", []string{"jordbruk", "landbruk", "skogbruk", "fiske", "havbruk", "akvakultur", "oppdrett", "primærnæring", "primærnæringer", "reindrift", "agriculture", "forestry", "fishing"}},
	{"B", []string{"bergverk", "gruve", "bergverksdrift", "utvinning", "olje og gass", "olje", "mining"}},
	{"C", []string{"industri", "produksjon", "næringsmiddel", "mekanisk industri", "treindustri", "trelast", "manufacturing"}},
	{"D", []string{"kraft", "energi", "strøm", "elektrisitet", "kraftforsyning", "energy"}},
	{"E", []string{"vann og avløp", "vatn og avløp", "renovasjon", "avfall", "water", "waste"}},
	{"F", []string{"bygg", "anlegg", "bygg og anlegg", "bygg- og anlegg", "bygge- og anleggsvirksomhet", "byggenæring", "construction"}},
	{"G", []string{"varehandel", "handel", "butikk", "detaljhandel", "bilverksted", "retail", "trade"}},
	{"H", []string{"transport", "logistikk", "lagring", "samferdsel", "logistics"}},
	{"I", []string{"reiseliv", "overnatting", "servering", "hotell", "restaurant", "turisme", "opplevelser", "hospitality", "tourism"}},
	{"J", []string{"ikt", "it", "informasjon og kommunikasjon", "media", "telekom", "software"}},
	{"K", []string{"bank", "finans", "forsikring", "finance"}},
	{"L", []string{"eiendom", "eigedom", "eiendomsdrift", "utleie", "real estate"}},
	{"M", []string{"faglig tjenesteyting", "faglige tjenester", "rådgivning", "konsulent", "teknisk tjenesteyting", "forskning", "arkitekt", "professional services"}},
	{"N", []string{"forretningsmessig tjenesteyting", "vakthold", "renhold", "bemanning", "utleie av arbeidskraft", "administrative services"}},
	{"O", []string{"offentlig forvaltning", "offentlig administrasjon", "kommune", "stat", "forsvar", "offentlig", "public administration"}},
	{"P", []string{"undervisning", "skole", "skule", "utdanning", "barnehage", "education"}},
	{"Q", []string{"helse", "omsorg", "helse og omsorg", "helse- og sosial", "sykehjem", "sjukeheim", "sosial", "health", "care"}},
	{"R", []string{"kultur", "idrett", "fritid", "underholdning", "kulturell virksomhet", "culture"}},
	{"S", []string{"annen tjenesteyting", "tjenesteyting", "tenesteyting", "frisør", "organisasjon", "other services"}},
	{"T", []string{"lønnet arbeid i husholdninger", "husholdning"}},
	{"U", []string{"internasjonale organisasjoner"}},
}

// longWord is how many letters a word needs to be looked for inside others:
// "fagskole" in "fagskoleutdanning", but not "tid" in "samtidig".
const longWord = 5

// meanings finds the codes that a text means, each once, in the order of the
// table. Longer words are looked for first and used up, so that "høyere
// yrkesfaglig utdanning" is one thing and not three.
func meanings[T ~string](s string, table []meaning[T]) []T {
	left := " " + spaced(s) + " "
	if strings.TrimSpace(left) == "" {
		return nil
	}
	type pair struct {
		word string
		code T
	}
	var pairs []pair
	for _, m := range table {
		for _, w := range append([]string{string(m.code)}, m.words...) {
			w = spaced(w)
			if strings.TrimSpace(left) == w {
				return []T{m.code}
			}
			// A letter alone is a code only when it stands alone: "i" is also a word.
			if len([]rune(w)) > 1 {
				pairs = append(pairs, pair{w, m.code})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(len(b.word), len(a.word)) })
	found := map[T]bool{}
	for _, p := range pairs {
		word := p.word
		if len([]rune(word)) < longWord {
			word = " " + word + " "
		}
		if strings.Contains(left, word) {
			found[p.code] = true
			left = strings.ReplaceAll(left, word, " \x00 ")
		}
	}
	var out []T
	for _, m := range table {
		if found[m.code] {
			out = append(out, m.code)
		}
	}
	return out
}

// spaced folds a text and parts its words by single blanks; hyphens and marks
// are blanks.
func spaced(s string) string {
	return strings.Join(strings.FieldsFunc(text.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
