package sentence

import (
	"regexp"
	"strings"
	"unicode"

	"kompetansetorg/internal/kit/text"
)

// Worded is the text in small letters, its words parted by one space and one space
// around all of it: what the cues are looked for in. The regular expressions of Go
// know no border of a word beside æ, ø and å.
func Worded(s string) string {
	return " " + strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ") + " "
}

var (
	// strongCue says by itself that something lacks.
	strongCue = regexp.MustCompile(` (trenger|treng|(?:kommer|kjem) til å (?:trenge|mangle)|trengs|trengst|trengte|trong for|behov for|behovet for|har behov|stort behov|behov innen|behov innan|mangler|manglar|mangla|manglet|savner|saknar|søker etter|søkjer etter|leter etter|leitar etter|på jakt etter|ser etter|på utkikk etter|skulle (?:\pL+ )?(?:gjerne )?hatt|underbemann\pL*|(?:ikke|ikkje) får tak|må ha|må få tak i|må få på plass|(?:vanskelig|vanskeleg|krevende|krevjande|umulig|umogleg|lett) å (?:få|finne|rekruttere|skaffe|tilsette|ansette|halde på|holde på)|(?:får|fått|finner|finn|klarer|klarar|greier|greier) (?:ikke|ikkje) (?:å )?(?:tak i|tak|nok|fylt|fylle|folk|søkere|søkjarar|finne|få|rekruttere|skaffe)|sliter med å (?:få|finne|rekruttere|skaffe)|slit med å (?:få|finne|rekruttere|skaffe)|mangel på|underskudd på|underskot på|(?:skal|må|vil|ønsker å|ynskjer å|ønskjer å|planlegger å|planlegg å) (?:ansette|tilsette|rekruttere|bemanne opp|lære opp|kurse)|manko på|står uten|står utan|kompetansegap|need|needs|lack|lacks|looking for|are short of|is short of|hard to find|shortage of|struggle to find|struggling to find|cannot find) `)
	// wish says so of what is learnt, with learning.
	wish     = regexp.MustCompile(` (ønsker|ønskjer|ynskjer|ønske om|ynske om|vil|vil ha|kunne tenkt|kunne tenke|skulle|bør|må|skal|planlegger|planlegg|interessert i|interesserte i|interessert|interesserte|spør etter|spør om|etterspør|etterlyser|etterlyste|etterlyste|ber om|håper på|håpar på|melder om|want|wants|would like|interested in) `)
	learning = regexp.MustCompile(` (fagbrev\pL*|fagskol\pL*|fagskul\pL*|\pL*kurs|kurset|kursa|kursing|\pL*opplæring\pL*|\pL*utdanning\pL*|\pL*utdannes|\pL*kompetanse|kompetansen|\pL*kompetanseheving|\pL*sertifi\pL*|\pL*sertifikat\pL*|lærling\pL*|lærekandidat\pL*|fagarbeid\pL*|skolering|studium|studie|studiet|modul\pL*|bachelor\pL*|master\pL*|autorisasjon\pL*|rekrutter\pL*|vekter\pL*|trainee\pL*|traineer|påfyll|course|courses|training|apprentice|apprentices|degree) `)
	// headCue over a list makes needs of its items.
	headCue = regexp.MustCompile(` (behov|behovet|behova|behovene|kompetansebehov|kompetansebehovet|kompetansebehova|opplæringsbehov|rekrutteringsbehov|bemanningsbehov|trengs|ønsker|ønske|ønskjer|ynske|mangler|manglar|needs|wanted|skills) `)
	// denied says that nothing lacks.
	denied = regexp.MustCompile(` (?:(?:trenger|treng|mangler|manglar|har|ser|er|hadde|meldte|melder) (?:\pL+ )?(?:ikke|ikkje|ingen|inga|verken|ingen nye) (?:\pL+ ){0,3}(?:behov|flere|fleire|folk|nye|ny|noe|noko|nokon|noen|kurs|lenger|lengre|\pL+ere|å)|(?:ikke|ikkje|ingen|inga|no) (?:\pL+ )?behov|trenger ikke|treng ikkje|mangler ikke|manglar ikkje|behovet er (?:nå |no )?(?:dekket|dekt|løst)|er (?:nå |no )?(?:dekket|dekt|løst)|fått dekket|fått dekt|(?:trenger|treng|mangler|manglar|need|lack) (?:\pL+ )?(?:ingen|inga|nobody|no one|none)|do not need|does not need|no need) `)
	// practical is what one needs that is no competence.
	practical = regexp.MustCompile(` (?:trenger|treng|trengs|behov for|har behov|mangler|manglar|må ha|need|needs|ønsker|ser etter|leter etter|leitar etter|skulle hatt) (?:for )?(?:vi )?(?:også |berre |bare |fortsatt |framleis |derfor |å |to )?(?:få |ha |avtale |ta |finne |have |get )?(?:\pL+ ){0,2}?(?:tilbakemelding|tilbakemeldingar|svar|svaret|avklaring|oversikt|møte|møtet|møterom|prat|samtale|informasjon|tid|tida|kopi|faktura|vite|snakke|avklare|avklart|lov|penger|pengar|lån|midler|midlar|tilskudd|tilskot|finansiering|lokaler|lokale|lokalar|kontor|kontorplass|parkering|parkeringsplass|utstyr|maskin|maskiner|maskinar|bil|biler|bilar|truck|lastebil|strøm|straum|areal|tomt|tomter|bredbånd|breiband|plass|plass til|bolig|boliger|bustad|bustader|signatur|underskrift|adresse|dato|nummer|tall|referat|agenda|innspill|innspel|liste|lista|listen|oppdatering|bekreftelse|stadfesting|answer|reply|feedback|meeting|information|help with the form|invoice|space|office|funding|confirmation|dere|dykk|deg|velkommen|god|lykke|vei|veg|barnehageplass|møteleder|møteleiar|referent|vaktmestertjenester) `)
	// related is what is only told of.
	related = regexp.MustCompile(` (?:kartlegg\pL*|oversikt over|orientert\pL*|informert\pL*|status for|rapport\pL* om|gjennomgang av|gjekk gjennom|gikk gjennom|drøfta|drøftet|drøfte|presentert\pL*|snakket om|snakka om|metode for|skjema for|arbeidet med|arbeider med|jobber med|jobbar med|avklare|undersøke|vurdere|sjekke|melde|melde inn|registrere) (?:(?:ut|inn|opp) )?(?:om )?(?:\pL+ ){0,3}(?:behov for|behovet for|behov|behovet|trenger|treng|har behov) `)
	// tasked is what somebody is to do after the meeting.
	tasked = regexp.MustCompile(`^ (?:\pL+ ){0,4}(?:følger opp|følgjer opp|følge opp|tar kontakt|tek kontakt|ta kontakt|kontakter|kontaktar|kontakte|undersøker|undersøkjer|undersøke|sender|sende|inviterer|invitere|kaller inn|kallar inn|kalle inn|avklarer|avklarar|avklare|ringer|ringe|purrer|purre|setter opp|set opp|sette opp|lager|lagar|lage|melder tilbake|legger fram|legg fram|legge fram|orienterte|takket|takka|ønsket velkommen|ønskte velkommen|ansvarlig|ansvarleg|frist|vedtak|vedtok|godkjent|innkalling|follow up|contact|send|invite) `)
	// asked is what the writer asks the reader.
	asked = regexp.MustCompile(`^ (?:har|trenger|treng|ønsker|ønskjer|mangler|manglar|ser|kjenner|kjenn|vet|veit|hva|kva|hvilke|kva for|hvem|kven|do|does|are|is) (?:\pL+ )?(?:dere|de|dykk|du|noen|nokon|andre|bedriften|bedrifta|you|any|anyone|trenger|treng) `)
	// yours is what one needs of the reader.
	yours = regexp.MustCompile(` (?:trenger|treng|need) (?:\pL+ )?(?:din|ditt|dine|deres|dykkar|your) `)
	// seeking asks whether the reader knows anybody.
	seeking = regexp.MustCompile(`^ (?:vet|veit|kjenner|kjenn) (?:du|dere|de|dykk) (?:\pL+ )?(?:noen|nokon|folk|en|ein) (?:som|med|til|\pL+er) `)
	// elsewhere is a plea to write about needs, not a need.
	elsewhere = regexp.MustCompile(` (?:hvis|viss|dersom|om|når|if) (?:\pL+ )?(?:dere|de|dykk|du|noen|nokon|bedriften|bedrifta|you) (?:\pL+ )?(?:trenger|treng|mangler|manglar|ønsker|har behov|need) | (?:hvem|kven|who) (?:som )?(?:trenger|treng|mangler|manglar|har behov|needs) `)
)

// small are words that stand between those of a cue and change nothing.
var small = strings.NewReplacer(" også ", " ", " òg ", " ", " also ", " ", " gjerne ", " ", " helst ", " ", " derfor ", " ", " difor ", " ", " særlig ", " ", " særleg ", " ", " fortsatt ", " ", " framleis ", " ", " sårt ", " ")

// CueIn are the words that make a need of the sentence, "" for none. tone is what its
// surroundings add.
func (r *Reader) CueIn(s string, tone float64) string {
	if IsRefused(s) {
		return ""
	}
	w := plainWords(s)
	if bare := related.ReplaceAllString(w, " "); bare != w {
		w, s = bare, bare
	}
	sum, against, words := r.Weigh(s)
	if said := outrightCue(w); said != "" {
		if tone < 0 && sum+tone < Enough || against < 0 && sum+outright < Enough || r.known != nil && !r.about(s, w) {
			return ""
		}
		return said
	}
	if sum+tone < Enough {
		return ""
	}
	return words
}

// about tells whether what lacks is somebody or something that one can learn.
func (r *Reader) about(s, w string) bool {
	if anyone.MatchString(w) || learning.MatchString(w) || r.HasCount(s) {
		return true
	}
	_, ok := r.Named(s)
	return ok
}

// anyone is people without an occupation, and competence without a name.
var anyone = regexp.MustCompile(` (folk|noen|nokon|nokre|arbeidskraft|arbeidstakere|arbeidstakarar|ansatte|tilsette|medarbeider\pL*|medarbeidar\pL*|mannskap|personale?|personell|\pL*kompetanse\pL*|kunnskap\pL*|ekspertise|hender|vikar\pL*|\pL+folk|people|staff|someone|somebody|anyone|workers|skills|expertise) `)

// outrightCue are the words that say by themselves that something lacks.
func outrightCue(w string) string {
	if m := strongCue.FindStringSubmatch(w); m != nil {
		return m[1]
	}
	if at := wish.FindStringSubmatchIndex(w); at != nil {
		if m := learning.FindStringSubmatch(w[at[3]:]); m != nil {
			return w[at[2]:at[3]] + " … " + m[1]
		}
	}
	return ""
}

// IsRefused tells whether the sentence says that nothing lacks, or speaks of something else.
func IsRefused(s string) bool {
	w := strings.ReplaceAll(plainWords(s), " på plass ", " ")
	if denied.MatchString(w) {
		return true
	}
	if strings.HasSuffix(strings.TrimSpace(s), "?") && asked.MatchString(w) && !seeking.MatchString(w) || elsewhere.MatchString(w) {
		return true
	}
	return (practical.MatchString(w) || yours.MatchString(w)) && !learning.MatchString(w)
}

// abbreviations end with a stop that ends no sentence.
var abbreviations = regexp.MustCompile(`(?i)(?:^|[\s(])(?:f\.?eks|bl\.?a|ca|nr|kl|pga|p\.g\.a|evt|ev|dvs|d\.v\.s|mht|jf|jfr|stk|pers|inkl|ekskl|min|maks|tlf|kap|mill|mrd|st|vgs|dr|e\.g|i\.e|approx|no|osv|o\.l|m\.m|mv|t\.d|m\.a|bm|sek|gj|ev|avd|org|\d{1,2})\.$`)

// Split parts running text.
func Split(s string) []string {
	var out []string
	start := 0
	runes := []rune(s)
	careless := !strings.ContainsFunc(string(runes[min(1, len(runes)):]), unicode.IsUpper) // as on a phone
	for i, r := range runes {
		if r != '.' && r != '!' && r != '?' || i+2 >= len(runes) || runes[i+1] != ' ' {
			continue
		}
		if next := runes[i+2]; !careless && !unicode.IsUpper(next) && !unicode.IsDigit(next) && next != '«' && next != '"' {
			continue
		}
		if r == '.' && abbreviations.MatchString(string(runes[start:i+1])) {
			continue
		}
		out = append(out, strings.TrimSpace(string(runes[start:i+1])))
		start = i + 1
	}
	if rest := strings.TrimSpace(string(runes[start:])); rest != "" {
		out = append(out, rest)
	}
	return withoutDenial(out)
}

var but = regexp.MustCompile(`, (?:men|but) `)

// withoutDenial parts "vi trenger ingen kokker, men mangler en kelner" in two.
func withoutDenial(list []string) []string {
	var out []string
	for _, s := range list {
		at := but.FindStringIndex(s)
		if at != nil && denied.MatchString(Worded(s[:at[0]])) != denied.MatchString(Worded(s[at[1]:])) {
			out = append(out, s[:at[0]], text.UpperFirst(s[at[1]:]))
			continue
		}
		out = append(out, s)
	}
	return out
}

var joint = regexp.MustCompile(`, (?:og|men|mens|medan|samt|and|but) `)

// sameAgain begins a clause that complains of the need before it.
var sameAgain = regexp.MustCompile(`(?i)^(?:det|det har|dei|de|vi) (?:er|vært|vore|har|får|finner|finn|klarer|klarar) (?:\pL+ )?(?:vanskelig|vanskeleg|umulig|umogleg|krevende|krevjande|ikke|ikkje)`)

// Clauses parts a sentence of which each half speaks of a need of its own.
func Clauses(s string) []string {
	for _, at := range joint.FindAllStringIndex(s, -1) {
		if outrightCue(plainWords(s[:at[0]])) != "" && outrightCue(plainWords(s[at[1]:])) != "" && !sameAgain.MatchString(s[at[1]:]) {
			return append([]string{s[:at[0]]}, Clauses(s[at[1]:])...)
		}
	}
	return []string{s}
}

// Lacks tells whether the sentence says outright that something lacks.
func Lacks(s string) bool { return strongCue.MatchString(Worded(s)) }

// Outright are the words that say by themselves that something lacks, "" for none;
// what is written short is written out first.
func Outright(s string) string { return outrightCue(plainWords(s)) }

// IsTasked tells whether the sentence gives somebody a task.
func IsTasked(s string) bool { return tasked.MatchString(Worded(s)) }

// Learns tells whether the sentence speaks of learning, by which words.
func Learns(s string) (words string, ok bool) { return firstOf(learning, s) }

// HeadsNeeds tells whether a heading announces needs, by which words.
func HeadsNeeds(s string) (words string, ok bool) { return firstOf(headCue, s) }

func firstOf(cue *regexp.Regexp, s string) (string, bool) {
	if m := cue.FindStringSubmatch(Worded(s)); m != nil {
		return m[1], true
	}
	return "", false
}
