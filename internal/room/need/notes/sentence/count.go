package sentence

import (
	"regexp"
	"strconv"
	"strings"
)

// Token is a word or a sign, with where it stands.
type Token struct {
	Word       string // in small letters
	Start, End int
}

var tokens = regexp.MustCompile(`[\pL\d]+(?:['’/&-][\pL\d]+)*|[^\s\pL\d]`)

// Tokens are the words and signs of a text, in its order.
func Tokens(s string) []Token {
	var out []Token
	for _, at := range tokens.FindAllStringIndex(s, -1) {
		out = append(out, Token{strings.ToLower(s[at[0]:at[1]]), at[0], at[1]})
	}
	return out
}

// numbers are those that are written in letters. "en" and its like count only before a
// person, and after words that say that one is needed.
var numbers = map[string]int{"to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "elleve": 11, "tolv": 12,
	"tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17, "atten": 18, "nitten": 19, "tjue": 20, "tyve": 20, "tjuefem": 25, "tretti": 30, "tredve": 30, "førti": 40, "femti": 50,
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "begge": 2}

// personish may be a word for people, when the vocabulary knows it.
var personish = regexp.MustCompile(`(?:er|ar|ere|arar|or|ør|ent|ist|og|mor|mødre|hands|ers|or|ors|hjemmel|hjemler|heimlar)$`)

// ofThem are who one counts some of: "fire av dem".
var ofThem = set("dem dei de disse desse oss dykk them us våre")

var ones = map[string]bool{"en": true, "ein": true, "ei": true, "én": true, "éin": true, "ett": true, "one": true, "a": true, "an": true}

var (
	// people are words for people that end as nothing else does.
	people = set("stykker stykke stykk stykkar person personer personar pers folk mann menn kvinner damer ansatt ansatte tilsett tilsette medarbeider medarbeidere medarbeidar medarbeidarar årsverk stilling stillinger stillingar hender hoder stk plasser plassar deltakere deltakarar nye unge vikarer vikarar " +
		"kokker kokkar kokk lærling lærlinger lærlingar lærekandidater leger legar lege smeder smedar smed sveiser mekanikere ingeniører ingeniørar ingeniør elektriker people persons electrician technician technicians carpenter engineer workers employees welders cooks nurses apprentices staff drivers operators engineers carpenters electricians apprentice welder cook nurse seats " +
		"traineer trainee resepsjonister servitører kelner kelnere lokfører båtsmann skipper matros fisker fiskere bønder bonde avløser avløsere avløysar avløysarar budeier guider guide barista fagfolk ufaglærte faglærte håndverkere handverkarar røktere røktarar ungdommer ungdommar svenn svenner sveinar svennar")
	// personEnd are the endings of words for people.
	personEnd = regexp.MustCompile(`(?:vert|verter|vertar|arbeider|arbeidar|arbeidere|arbeidarar|leder|leiar|ledere|leiarar|fører|førar|førere|førarar|ører|ør|ørar|ørene|ørane|ere|erar|erane|erne|arar|arane|ister|istar|ist|enter|entar|pleier|pleiar|pleiere|pleiarar|øger|ologer|ologar|log|terapeut|terapeuter|terapeutar|mekaniker|mekanikar|tekniker|teknikar|elektriker|elektrikar|sveiser|sveisar|snekker|snekkar|tømrer|tømrar|baker|bakar|slakter|slaktar|maler|målar|murer|murar|rørlegger|røyrleggjar|låser|frisør|selger|seljar|lærer|lærar|lærere|kokker|kokkar|kokk|smed|smeder|smedar|menn|mann|folk|vakter|vaktar|mester|meister|utvikler|utviklar|operatør|renholder|reinhaldar|vikar|vikarer|assistent|konsulent|rådgiver|rådgivar|økonom|økonomer|økonomar|jurist|lærling|lærlinger|lærlingar|controller|controllere|ansvarlig|ansvarlege|ansvarlige|montør|kelner|agronom|agronomer|agronomar|gartner|gartnar|røkter|røktar|bonde|fagfolk|designer|designere|planlegger|planleggjar|dreier|dreiar|fres(?:er|ar)|buss?jåfør|sjåfør|hjelper|hjelpar|hjelpere|hjemmel|hjemler|heimlar)$`)
	// things end as people do, or are counted as they are.
	things = set("maskiner maskinar biler bilar lokaler lokalar dager dagar uker veker timer timar måneder månader mnd år kroner kr kurs kurset moduler modular studiepoeng ganger gonger bedrifter bedrifta bedriftene verksemder virksomheter kommuner kommunar møter møte saker skift steder stader etasjer tonn avdelinger avdelingar prosjekter prosjekt oppdrag linjer ordrer " +
		"prosent meter kilometer millioner millionar mill mrd tusen hundre gang semester samlinger samlingar uke veke år-ene årene dagers dagars ukers vekers timers års år- årig årige fylker fylke land høner kyr sauer griser dyr fisker-e partnere partnarar leverandører leverandørar tilbydere tilbydarar kunder kundar gjester gjestar sommer vinter filer nøkler datamaskiner søkere søkjarar søknader søknadar innbyggere innbyggjarar påmeldte studenter studentar gratis days weeks months years hours companies courses meetings januar februar mars april mai juni juli august september oktober november desember ulike")
	thingEnd = regexp.MustCompile(`(?:anlegg|hotell|hoteller|bedrift|bedrifter|verksemder|virksomheter|kontor|kontorer|avdelinger|avdelingar|skoler|skular|hager|hagar|fabrikker|gårder|gardar|båter|båtar|butikker|butikkar|maskiner|maskinar|kurs|moduler)$`)
	ordinal  = regexp.MustCompile(`^\d{1,2}$`)
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// IsPerson tells whether the word, in small letters, is likely to be for people: an
// occupation, or what stands for one.
func (r *Reader) IsPerson(w string) bool {
	if i := strings.LastIndexAny(w, "-/"); i >= 0 && i < len(w)-1 {
		w = w[i+1:]
	}
	return !things[w] && (people[w] || len([]rune(w)) > 4 && personEnd.MatchString(w))
}

// describing are words for people that may also describe what comes after them.
var (
	describing = set("nye unge faglærte ufaglærte")
	letters    = regexp.MustCompile(`^\pL`)
	linking    = set("til i på som og fra frå innen innan med for hos ved eller må skal vil bør kan er har treng trenger ønsker ynskjer")
)

// reach is how many words may stand between a number and who is counted: "to erfarne,
// faglærte tømrere".
const reach = 4

// Counted is a number of people, from token first to token last.
type Counted struct{ N, First, Last int }

// CountsIn finds every number of people in the tokens. one tells that "en" counts.
func (r *Reader) CountsIn(list []Token, one bool) []Counted {
	var out []Counted
	for i := 0; i < len(list); i++ {
		n, next, ok := numberAt(list, i)
		single := !ok && one && ones[list[i].Word] && (precededByWant(list, i) || len(out) > 0 && out[len(out)-1].Last == i-2 && list[i-1].Word == ",")
		if single {
			n, next, ok = 1, i+1, true
		}
		if i > 1 && ok && (list[i-1].Word == "av" || list[i-1].Word == "of") && (ones[list[i-2].Word] || numbers[list[i-2].Word] > 0) {
			continue // "én av sju mekanikere"
		}
		if !ok || n == 0 || n > 2000 || partOfDate(list, i, next) {
			continue
		}
		if last, ok := r.personAfter(list, next, single); ok {
			if ofStaff(list, i, last) {
				i = last
				continue
			}
			out = append(out, Counted{n, withQuantity(list, i), last})
			i = last
		}
	}
	return out
}

// ofStaff tells whether the number is of all who work there already.
func ofStaff(list []Token, i, last int) bool {
	if !strings.Contains(" ansatte tilsette medarbeidere medarbeidarar årsverk employees people ", " "+list[last].Word+" ") {
		return false
	}
	for back := 1; back <= 4 && i-back >= 0; back++ {
		if strings.Contains(" har er are have dagens antall ", " "+list[i-back].Word+" ") {
			return true
		}
	}
	return false
}

// numberAt reads a number, or the lower end of a span such as "3–4" or "tre til fire".
func numberAt(list []Token, i int) (n, next int, ok bool) {
	n, ok = single(list[i].Word)
	if !ok {
		if list[i].Word == "et" && i+1 < len(list) && list[i+1].Word == "par" || list[i].Word == "eit" && i+1 < len(list) && list[i+1].Word == "par" {
			return 2, i + 2, true
		}
		if from, _, cut := strings.Cut(list[i].Word, "-"); cut { // "5-6" is one token
			if n, ok := single(from); ok && ordinal.MatchString(from) {
				return n, i + 1, true
			}
		}
		return 0, i, false
	}
	next = i + 1
	if next+1 < len(list) && strings.Contains(" til eller - – to or ", " "+list[next].Word+" ") {
		if _, ok := single(list[next+1].Word); ok {
			return n, next + 2, true
		}
	}
	if next < len(list) && list[next].Word == "stk" {
		return n, next, true
	}
	return n, next, true
}

func single(w string) (int, bool) {
	if n, ok := numbers[w]; ok {
		return n, true
	}
	if len(w) > 4 {
		return 0, false
	}
	n, err := strconv.Atoi(w)
	return n, err == nil && n > 0 && (n < 1990 || n > 2100)
}

// precededByWant tells whether the word before "en" is one that asks for somebody.
func precededByWant(list []Token, i int) bool {
	for back := 1; back <= 4 && i-back >= 0; back++ {
		w := list[i-back].Word
		if strings.Contains(" trenger treng mangler manglar søker søkjer etter for and or ansette tilsette rekruttere ha få finne skaffe og samt pluss minst ønsker ynskjer need needs hire : - på av inn opp er hatt ansatt tilsett | ", " "+w+" ") {
			return true
		}
		if !strings.Contains(" også òg nå no snarest fortsatt framleis gjerne minst sannsynligvis trolig truleg kanskje helst ", " "+w+" ") {
			return false
		}
	}
	return i == 0 || from(list[:i])
}

// from tells whether nothing but how likely it is stands before the number.
func from(list []Token) bool {
	for _, t := range list {
		if !strings.Contains(" sannsynligvis trolig truleg kanskje helst gjerne ja ", " "+t.Word+" ") {
			return false
		}
	}
	return true
}

// personAfter finds who is counted after the number. strict allows only words before
// that describe somebody.
func (r *Reader) personAfter(list []Token, from int, strict bool) (int, bool) {
	for i := from; i < len(list) && i < from+reach; i++ {
		w := list[i].Word
		if w == "," && i > from {
			continue
		}
		if w == "." || w == ":" || w == ";" || w == "%" || w == "(" || w == "/" || things[w] || thingEnd.MatchString(w) || strings.Contains(" og eller som innen innan med i på ved ", " "+w+" ") && i > from {
			return 0, false
		}
		if strict && i == from && w == "som" {
			return i, true // "en som kan drive kontoret"
		}
		if i == from && i+1 < len(list) && (w == "av" && ofThem[list[i+1].Word] || w == "of" && ofThem[list[i+1].Word] || (w == "til" || w == "innen" || w == "innan") && r.Names(list[i+1].Word)) {
			return i + 1, true
		}
		if w == "andre" || w == "til" || w == "others" {
			if i+1 == len(list) || !r.IsPerson(list[i+1].Word) && strings.Contains(" som . , ! og who ", " "+list[i+1].Word+" ") {
				return i, !strict && i == from
			}
			if w == "til" {
				return 0, false // "3 til verkstedet"
			}
			continue
		}
		if r.IsPerson(w) || i-from <= 2 && personish.MatchString(w) && r.Names(w) {
			if describing[w] && i+1 < len(list) && letters.MatchString(list[i+1].Word) && !linking[list[i+1].Word] {
				continue // "to nye maskiner", "to nye sveisere"
			}
			return i, true
		}
		if _, ok := single(w); ok {
			return 0, false
		}
	}
	return 0, false
}

// partOfDate tells "3. mars", "08.30" and "20 000" from numbers of people.
func partOfDate(list []Token, i, next int) bool {
	isDigits := ordinal.MatchString(list[i].Word)
	if isDigits && next < len(list) && list[next].Start == list[next-1].End && strings.Contains(".:/,%", list[next].Word) && list[next].Word != "," {
		return true
	}
	if i > 0 && list[i-1].End == list[i].Start && strings.Contains(".:/,§", list[i-1].Word) {
		return true
	}
	if i > 0 && !isDigits && len(list[i].Word) == 3 && ordinal.MatchString(list[i-1].Word) {
		return true // "3 200 innbyggere"
	}
	return i > 0 && strings.Contains(" kl nr side sak kr § vg ", " "+list[i-1].Word+" ")
}

// withQuantity takes "minst" and "ca." before the number with it.
func withQuantity(list []Token, i int) int {
	at := i
	if at > 0 && list[at-1].Word == "." {
		at--
	}
	if at > 0 && strings.Contains(" minst ca cirka rundt omtrent opptil inntil lag kring minimum about approximately over godt ", " "+list[at-1].Word+" ") {
		if list[at-1].Word == "lag" && at > 1 {
			return at - 2
		}
		return at - 1
	}
	return i
}

// CountIn is the number of people the words tell of. one tells that "en sveiser" is one.
func (r *Reader) CountIn(s string, one bool) (Count, bool) {
	list := Tokens(s)
	all := r.CountsIn(list, one)
	if m := vacantCount.FindStringSubmatch(s); m != nil {
		if n, ok := single(strings.ToLower(m[1])); ok {
			return Count{N: n, Reason: Reason{Words: strings.Trim(m[0], " ,;:.()–-")}}, true
		}
	}
	if len(all) > 0 {
		c := all[0]
		return Count{N: c.N, Reason: Reason{Words: s[list[c.First].Start:list[c.Last].End]}}, true
	}
	for _, re := range []*regexp.Regexp{loneCount, wantedCount, theCount, leftCount, courseCount} {
		if m := re.FindStringSubmatch(s); m != nil && one {
			if n, ok := single(strings.ToLower(m[1])); ok {
				return Count{N: n, Reason: Reason{Words: strings.Trim(m[0], " ,;:.()–-")}}, true
			}
		}
	}
	if m := besideCount.FindStringSubmatch(s); m != nil {
		for _, digits := range m[1:] {
			if n, err := strconv.Atoi(digits); err == nil && n > 0 {
				return Count{N: n, Reason: Reason{Words: strings.Trim(m[0], " ")}}, true
			}
		}
	}
	return Count{}, false
}

const numeral = `(to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|tjue|tretti|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,3})`

var (
	// loneCount is a number that stands alone between two signs: "mekaniker, helst to".
	loneCount = regexp.MustCompile(`(?i)(?:^|[,;(–] ?|[!?.] )(?:(?:helst|gjerne|minst|ca\.?|rundt|kanskje|ideally|preferably) )*` + numeral + `(?: stk\.?| på heltid| på deltid| i tallet| innen| innan| ville vært nok| hadde vært nok| hadde vore nok)?(?:[,;)]| 20\d\d|\.?$|\. \p{Lu})`)
	// wantedCount is one after what says that they lack: "manglar 40 fram mot 2035".
	wantedCount = regexp.MustCompile(`(?i)(?:trenger|treng|trengs|mangler|manglar|søker|søkjer|need|lack|behov for|ha|finne|få) (?:minst |ca\.? |rundt |om lag |over |nesten )?` + numeral + ` (?:stk\.?|til|fram|frem|innen|innan|på|før|nå|no|by|more)(?:[ .,]|$)`)
	// vacantCount is of posts: "av 42 heimlar er ni ledige".
	vacantCount = regexp.MustCompile(`(?i)(?:^|\s)` + numeral + ` (?:(?:er|av dem|av dei|av disse|av desse|står) )?(?:ledige|vakante|ubesatte|ubesette|tomme|vacant|unfilled)(?:[\s.,]|$)`)
	// leftCount is of those who leave, lack or are to learn: "tre har sagt opp", "åtte for få".
	leftCount = regexp.MustCompile(`(?i)(?:^|\s)` + numeral + ` (?:(?:har |skal )?(?:sagt opp|slutta?r?|slutter|sluttet|går av|gå av|gir seg)|for (?:få|lite)|too few|som (?:bør|må|skal|vil|ønsker|ønskjer|kan|kunne))(?:[\s.,]|$)`)
	// courseCount is who a course is for.
	courseCount = regexp.MustCompile(`(?i)(?:kurs|opplæring|sertifisering|training|course) for ` + numeral + `(?:[.,;]|$)`)
	// theCount is one of those who are known: "for dei tre på kontoret".
	theCount = regexp.MustCompile(`(?i)(?:^|\s)(?:for|av|til|of) (?:dei|de|the|alle|oss|our) ` + numeral + ` (?:på|i|som|in|who|at)(?:\s|$)`)
)

// besideCount is a number that stands after what is counted: "sveisere (3)", "kokk x 2", "| 4 |".
var besideCount = regexp.MustCompile(`\((?:ca\.? ?)?(\d{1,3})(?:(?: stk\.?| personer| personar| pers\.?)?\)| (?:stk|pers|personer|personar)\.?,)|[x×] ?(\d{1,2})\b|\b(\d{1,2}) ?[x×] |\| ?(\d{1,3}) ?(?:\||$)|\pL: ?(\d{1,2})(?:$| \(|,)|\pL [–-] (\d{1,2})(?: stk\.?)?$`)

// Besides is where the numbers stand that follow what is counted, as regexp has it.
func Besides(s string) [][]int { return besideCount.FindAllStringIndex(s, -1) }

// BareCount reads the value of "Antall: ca. 4".
func BareCount(s string) (Count, bool) {
	for _, t := range Tokens(s) {
		if n, ok := single(t.Word); ok {
			return Count{N: n}, true
		}
		if from, _, cut := strings.Cut(t.Word, "-"); cut {
			if n, ok := single(from); ok {
				return Count{N: n}, true
			}
		}
		if ones[t.Word] {
			return Count{N: 1}, true
		}
	}
	return Count{}, false
}

// HasCount tells whether the words tell of a number of people.
func (r *Reader) HasCount(s string) bool {
	_, ok := r.CountIn(s, true)
	return ok
}

// StartsWithCount tells whether the line begins with a number of people.
func (r *Reader) StartsWithCount(s string) bool {
	all := r.CountsIn(Tokens(s), true)
	return len(all) > 0 && all[0].First == 0
}

// PerCount parts words that count several kinds of people: "Vi trenger tre sveisere og
// to elektrikere" becomes two, each with the words before the first. own are the same
// pieces without those words.
func (r *Reader) PerCount(s string) (pieces, own []string) {
	list := Tokens(s)
	all := r.CountsIn(list, true)
	if len(all) > 1 && all[0].Last+1 < len(list) && list[all[0].Last+1].Word == ":" && general[list[all[0].Last].Word] {
		all = all[1:] // "fire mann: to matroser, …"
	}
	if len(all) < 2 {
		return []string{s}, []string{s}
	}
	var cuts []int // where the second and later pieces begin
	for _, c := range all[1:] {
		at := c.First - 1
		for at > 0 && strings.Contains(" gjerne helst også òg kanskje minst ", " "+list[at].Word+" ") {
			at--
		}
		if at >= 0 && strings.Contains(" , og samt pluss and + & ; ", " "+list[at].Word+" ") && !strings.Contains(" person personer personar folk ansatte tilsette av ", " "+list[c.Last].Word+" ") {
			cuts = append(cuts, at+1)
		}
	}
	first := all[0].First
	introduction := s[:list[first].Start]
	if i := strings.LastIndexAny(introduction, ".!?"); i >= 0 {
		introduction = strings.TrimLeft(introduction[i+1:], " ") // sentences before go with the first only
	}
	from := 0
	for _, cut := range append(cuts, len(list)) {
		end := len(s)
		if cut < len(list) {
			end = list[cut-1].Start // the connecting word goes
		}
		piece := strings.TrimRight(s[from:end], " ,;")
		mine := piece
		if len(pieces) > 0 {
			piece = introduction + piece
		} else if first > 0 && first < len(list) && list[first].Start < len(piece) {
			mine = piece[list[first].Start:]
		}
		pieces, own = append(pieces, piece), append(own, mine)
		if cut < len(list) {
			from = list[cut].Start
		}
	}
	return pieces, own
}
