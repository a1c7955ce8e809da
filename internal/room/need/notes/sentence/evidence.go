package sentence

import (
	"cmp"
	"regexp"
	"strings"
)

// sign is a sort of words that speaks for a need, or against it, and how much.
type sign struct {
	words  *regexp.Regexp
	weight float64
}

// Enough is the weight that makes a need: what lacks, said outright, weighs as much
// alone; of the weaker signs two or three must meet.
const (
	Enough   = 2.5
	outright = 2.0 // of what is said outright, beside signs against it
)

// signs are looked for in worded text; each counts once. What is lacked outright is in
// strongCue.
var signs = []sign{
	// a post without anybody in it
	{regexp.MustCompile(` ((?:\pL*vakan\pL*|ubesatt\pL*|ubemann\pL*|vacan\w*|unfilled|(?:står|stod|er|blir) (?:\pL+ ){0,2}(?:ledige?|tom|tomme)|ledig hjemmel|ubemanna)) `), 2},
	// somebody leaves
	{regexp.MustCompile(` (\pL*pensjon\pL*|slutt(?:er|ar|a|et)|går av|gå av|gir seg|sagt opp|sa opp|flytt(?:er|ar)|losing|loses|seier opp|mist(?:er|ar|a|et)?|retir\w+|is leaving|are leaving|naturlig avgang|naturleg avgang) `), 1.5},
	{regexp.MustCompile(` ((?:(?:må|skal|bør|blir) (?:\pL+ )?)?(?:erstatt(?:es|ast|ning|ar|er|et|a)|avløs(?:es|ning)|avløys(?:ast|ing)|etterfølg\pL+|replac\w+)) `), 1},
	// there is too little of it
	{regexp.MustCompile(` (for (?:lite|få|lita|liten|lav|låg) (?:\pL+ )?|too few|(?:be|are|is) (?:\w+ )?short|(?:ikke|ikkje) (?:har )?nok|not enough|ude(?:kt|kket|kte|kkede)|flaskehals\pL*|bottleneck|svake|underdekning|knapphet|knapt|kort om|short on|mangl\pL+|behov\pL*|\pL+behov\pL*|trenge|sårbar\pL*|vulnerable|(?:ingen|inga|no|found no) (?:arvtak\pL+|etterfølg\pL+|avløs\pL+|avløys\pL+|successor\w*|replacement\w*|erstatt\pL+)|(?:bare|berre|kun|only) (?:en|ein|én|éin|one)) `), 1.5},
	{regexp.MustCompile(` ((?:ingen|inga|nobody|no one|none|verken|lite|liten|lita|manglende|manglande|dårlig|dårleg|sparsom|little|få) (?:\pL+ ){0,4}(?:kompetanse|kompetansen|erfaring|kunnskap\pL*|experience|knowledge|skills|utdanning|fagbrev)) `), 2},
	// somebody is to come
	{regexp.MustCompile(` ((?:å|skal|må|vil|kan|får|bør) (?:\pL+ )?(?:an|til)sett?e|ansetter|tilset|rekrutter\pL*|bemann(?:e|er|ar|a|ing|ingen|ingsplan\pL*) ?(?:opp)?|(?:lyst|lyse|lyser|utlyst) (?:ut)?|utlys\pL+|hir(?:e|ing)|recruit\w*|(?:ta|få|ha) inn|på plass|(?:vil|ville|ynskjer|ønsker|ønskjer) (?:\pL+ ){0,2}(?:ha|ansatt)|kunne (?:\pL+ )?(?:brukt|sysselsatt|satt|tatt inn|teke inn|ansatt|tilsett)|søker|søkjer|(?:regner|reknar) (?:vi |me )?med|expects?|utvid(?:e|er|es|ar|ast)|søk(?:e|je) etter|etterspørsel\pL*|etterspurnad\pL*|etterspurt\pL*|(?:hadde|ville|would) (?:\pL+ ){0,2}(?:vært|vore|hjulpet|be)|ser for oss|(?:få|å) (?:besatt|besette|fylt|fylle)|(?:vet|veit|kjenner|kjenn) (?:du|dere|de|dykk) (?:\pL+ )?(?:noen|nokon|folk)|(?:å|to) (?:finne|skaffe|find|tiltrekke|oppdrive|beholde|halde på|holde på)|(?:require|requires|krever|krev) (?:\pL+ )?|trengst?|trenge) `), 1.5},
	// it is hard
	{regexp.MustCompile(` (vanskel\pL+|umulig|umogleg|krevende|krevjande|utfordr\pL+|bekymr\pL*|uroa|hard|difficult|impossible|sli(?:ter|t)|strever|(?:klarer|klarar|greier|får|klarte|makter|maktar) (?:vi |me |de |dei )?(?:ikke|ikkje)|(?:finner|finn) (?:vi |me )?(?:ikke|ikkje)|(?:neppe|knapt|knapt nok) (?:tak|nok|nokon|noen)|unable|able to fill|(?:ingen|få|uten|utan) (?:\pL+ )?(?:søkere|søkjarar|søknader|søknadar|applicants)|slåss om|struggl\w+|konkurranse\pL* om|uten (?:å få )?(?:\pL+ )?(?:kvalifiserte?|søkere)|utan (?:\pL+ )?(?:kvalifiserte|søkjarar)) `), 1.5},
	// somebody is to learn
	{regexp.MustCompile(` ((?:må|bør|skal|vil|kan|kunne|ønsker å|ønskjer å|should|must|want to) (?:\pL+ ){0,3}(?:kurses|kursast|læres opp|lærast opp|lære|lære seg|videreutdann\pL+|vidareutdann\pL+|skoler\pL*|ta ny|fornye|sertifiser\pL+|utdann\pL+|oppdater\pL+|upskill\w*|retrain\w*|train\w*)|(?:styrke|heve|øke|auke|bygge|løfte|strengthen|improve) (?:\pL+ ){0,2}(?:på|kompetanse\pL*|kunnskap\pL*|skills|innan|innen|i)|training will|(?:lære|learn) (?:mer |meir |more )?(?:om|about|how|å)|kompetanseløft|kompetanseheving|påfyll|etterutdanning|vidareutdanning|videreutdanning|upskilling) `), 1.5},
	{regexp.MustCompile(` (kunne (?:vi |me |jeg |eg )?tenk\pL*|ønsker (?:vi|oss)|ønskjer (?:vi|oss)|burde|håper|håpar|love (?:for|to)|d like|oppdatering på|innføring i) `), 1.5},
	{learning, 1},
	// the writer's own, and time to come
	{regexp.MustCompile(` (vi|me|oss|vår|vårt|våre|we|our|us|bedriften|bedrifta|kommunen|kommunene|kommunane) `), 0.5},
	{regexp.MustCompile(` (skal|må|vil|kommer til|blir|framover|fremover|fram mot|fram til|neste|planlegg\pL*|planer om|will|going to|by (?:the )?\d{4}|haster|hastar|snarest\pL*|regner med|reknar med) `), 0.5},
	// it has been seen to, or never was a need of theirs
	{regexp.MustCompile(` ((?:fikk|fekk|har|ble|vart|blei|er (?:nå|no|alt|allerede|allereie)) (?:\pL+ ){0,3}(?:ansatt|tilsatt|tilsett|rekruttert)|(?:ansatte|tilsatte|tilsette|rekrutterte|fant|fann|fikk|fekk) (?:i|to|tre|fire|fem|vi|me|nylig|nyleg|allerede)|tilsatt i|tilsett i|begynte|byrja|hired|took on|allerede i gang|bestod?|nettopp (?:ansatt|tilsett)) `), -2.5},
	{regexp.MustCompile(` (nok av|(?:er|var|alle) (?:\pL+ ){0,4}på plass|i balanse|i mål|i orden|(?:vi|me|we) (?:er|are) (?:\d+|\pL+) \pL+(?:ere|erar|arar|ers)|består av|full\pL? (?:bemann\pL+|stab|besetning)|ingen planer|ikke planer|klarer seg|klarar seg|fungerer bra|fungerar bra|går bra|går fint|trives|ingenting nå|ingenting no|nedbemann\pL+|covers?|is covered|sesongbetont|(?:er|fungerer|fungerar) (?:\pL+ )?(?:god|godt|bra|fint|fine|stabil\pL*)|god (?:dekning|bemanning|tilgang)|ingenting (?:nytt|nytt|å melde)|er fornøyde?|var fornøyde?) `), -2.5},
	// it is offered, advertised or arranged
	{regexp.MustCompile(` (tilbyr|tilbyd|søknadsfrist\pL*|søkefrist|\d+ (?:plasser|plassar)|påmelding\pL*|meld (?:deg|dere|dykk)|meldt seg på|studiestart|nettsider|søkere? til|søkjarar til|velkommen til|vel møtt|we offer|sign up by|apply by|ledige? stand) `), -2.5},
	// it is policy, or the work of those who help
	{regexp.MustCompile(` (vedtok|strategi\pL*|satsingsområd\pL*|satsingar|satsinger|kroner til|millioner til|søke om midler|søkje om midlar|peke ut|peike ut|(?:jobber|arbeider|jobbar|arbeidar) (?:\pL+ ){0,4}med) `), -1.5},
	// it is on a list of cases, or refers to what was said
	{regexp.MustCompile(` (orientering|orienterte|status (?:for|frå|fra|på)|eventuelt|ymse|godkjenn\pL+|gjennomgang|val(?:g)? av|erfaringer|erfaringar|spørsmål|viser til|som svar på|takk for|as discussed|høyring|høring) `), -2},
	{regexp.MustCompile(` (studiepoeng|credits) `), -1},
	{regexp.MustCompile(` (jeg (?:er utdannet|søker|har nettopp)|eg (?:er utdanna|søkjer)|min utdanning|utdanninga mi|utdanningen min|i am looking|søker jobb|søkjer jobb) `), -3},
}

// staff tells of those who are there already.
var staff = regexp.MustCompile(` (?:(?:har|er|vi er|me er|antall|are|have|dagens|med) (?:i dag |per i dag |nå |no |til sammen |om lag |ca |rundt |totalt )?(?:\d+|\pL+) (?:fast )?(?:ansatte|tilsette|medarbeidere|medarbeidarar|årsverk|employees|people)|\d+ (?:ansatte|tilsette|employees)(?: \d| på | fordelt | i permisjon)) `)

// Weigh adds up what speaks for a need in the sentence, and gives the words that
// speak most; against is the part of the sum that speaks against one. Without words
// there is no need, however much the rest weighs.
func (r *Reader) Weigh(s string) (sum, against float64, words string) {
	if w, ok := r.weights[s]; ok {
		return w.sum, w.against, w.words
	}
	sum, against, words = r.weighed(s)
	r.weights[s] = weight{sum, against, words}
	return sum, against, words
}

// weight is what weigh found.
type weight struct {
	sum, against float64
	words        string
}

func (r *Reader) weighed(s string) (sum, against float64, words string) {
	w := plainWords(s)
	best := 0.0
	for _, g := range signs {
		m := g.words.FindStringSubmatch(w)
		if m == nil {
			continue
		}
		sum += g.weight
		against += min(g.weight, 0)
		if g.weight > best {
			best, words = g.weight, strings.TrimSpace(m[1])
		}
	}
	if staff.MatchString(w) {
		sum, against = sum-1, against-1
	}
	if strings.HasSuffix(strings.TrimSpace(s), "?") && learning.MatchString(w) {
		sum, best, words = sum+1.5, max(best, 1.5), cmp.Or(words, strings.TrimSpace(learning.FindStringSubmatch(w)[1])) // "finnes det kurs i …?"
	}
	if c, ok := r.CountIn(s, true); ok {
		sum++
		if len(r.CountsIn(Tokens(s), true)) > 1 { // "tre tømrere og to murere": plans are written so
			sum, best, words = sum+1, max(best, 1.5), cmp.Or(words, c.Words)
		}
	}
	if _, ok := r.Named(s); ok {
		sum++
	}
	if best < 1.5 {
		words = "" // nothing lacks and nobody is to come
	}
	return sum, against, words
}

// Named is the first word of the sentence that names an occupation or a competence.
func (r *Reader) Named(s string) (string, bool) {
	for _, t := range Tokens(s) {
		if r.Names(t.Word) {
			return t.Word, true
		}
	}
	return "", false
}

// Names tells whether the word alone names an occupation or a competence.
func (r *Reader) Names(w string) bool {
	if len([]rune(w)) < 3 || things[w] || thingEnd.MatchString(w) || vague[w] || !letters.MatchString(w) {
		return false
	}
	return r.IsPerson(w) && !general[w] || r.knows(w)
}

var (
	// vague words are near many occupations and name none.
	vague = set("hjelp hjelpe kunder kundar gjester gjestar elever elevar søkere søkjarar voksne vaksne barn barna born borna ansatt ansatte tilsett tilsette ansette tilsette folk personer personar stilling stillinger stillingar kompetanse kompetansen opplæring kurs kurset behov behovet fag faget fagene utdanning bedrift bedriften bedriftene bedrifta næring region regionen kommune kommunen leverandører leverandørar deltakere deltakarar medlemmer medlemmar møte møtet " +
		"parkering budsjett møteleder møteleiar tolk leder leiar daglig rådgiver rådgivar sekretær sekretæren styret utvalget utvalet arbeid arbeide jobb jobbe ledige søker søkjer rekruttere rekruttering trenger treng mangler manglar vanskelig vanskeleg mulig senere seinare etter under eller andre andre mange flere fleire gjerne videre vidare tilbud tilbod prosjekt prosjektet styremedlemmer komité kommunedirektøren søknad")
	// general words are for people of any occupation.
	general = set("stykker stykke stykk stykkar person personer personar pers folk mann menn kvinner damer ansatt ansatte tilsett tilsette medarbeider medarbeidere årsverk stilling stillinger stillingar hender hoder stk plasser plassar deltakere deltakarar nye unge people persons employees workers staff seats ungdommer ungdommar")
)

// IsGeneral tells whether the word is for people of any occupation.
func IsGeneral(w string) bool { return general[w] }

// IsOfStaff tells whether the sentence tells of those who are there already.
func IsOfStaff(s string) bool { return staff.MatchString(Worded(s)) }

// plainWords are the words of a sentence with what is written short written out.
func plainWords(s string) string {
	return small.Replace(shortWords.Replace(Worded(s)))
}

var shortWords = strings.NewReplacer(" m ", " med ", " el ", " eller ", " gj ", " gjerne ", " trg ", " trenger ")
