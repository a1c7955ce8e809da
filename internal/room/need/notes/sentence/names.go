package sentence

import (
	"regexp"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/text"
)

var (
	firmEnd = regexp.MustCompile(`^(?:AS|ASA|SA|ANS|DA|BA|KF|IKS|HF|RHF|ENK|NUF|SUS)$`)
	nine    = regexp.MustCompile(`(?:^|[^\d.])(\d{3} ?\d{3} ?\d{3})(?:[^\d]|$)`)
	// name is a run of words with large letters, with the small words that stand in names.
	name = regexp.MustCompile(`\p{Lu}[\pL\d&'’.-]*[\pL\d](?:(?: (?:og|&|i|av|for|på|the|of))? (?:\p{Lu}[\pL\d&'’-]*|\d{1,4}(?: |$)))*|\p{Lu}{2,}`)
	// located is a place after a word that says where.
	located   = regexp.MustCompile(`(?:^|[\s(])(?:i|på|ved|fra|frå|til|for|in|at|near|from) ((?:\p{Lu}[\pL-]+)(?: \p{Lu}[\pL-]+)?)`)
	council   = regexp.MustCompile(`((?:\p{Lu}[\pL-]+ ){1,3})(?:kommune|herad|municipality)`)
	bracketed = regexp.MustCompile(`\((\p{Lu}[\pL -]{1,40})\)|, (\p{Lu}[\pL-]+)(?:[\s,.:;)]|$)`)
	// notNames begin sentences and look like names.
	notNames = set("vi de dei det den dette disse desse her hos i på til fra frå og men når nå no etter mange flere fleire alle noen nokon behov behovet bedriften bedrifta bedriftene dei bedriftene kommunen fylket sak møte referat emne videre vidare også dessuten dessutan antall oppstart kurs fagbrev han hun ho jeg eg " +
		"for ved med som hvis viss dersom derfor difor samtidig we they the it there our one in our tre to fire fem en ein ei mangler trenger treng søker besøk rådgiver næringssjef daglig dagleg hei kjære takk")
)

// most phrases of one kind.
const maxPhrases = 24

// Phrases are what may name organisations and places, the best first and each once.
func Phrases(texts []Reason, facts ...map[string]string) (orgs, places []Phrase) {
	for _, f := range facts {
		if v := f["orgno"]; v != "" {
			orgs = append(orgs, OrgsIn(Reason{v, Fact})...)
		}
		if v := f["org"]; v != "" {
			orgs = append(orgs, Phrase{v, true, Reason{v, Fact}})
			places = append(places, placesIn(Reason{v, Fact})...)
		}
		if v := strings.TrimSuffix(f["place"], " kommune"); v != "" {
			places = append([]Phrase{{Text: v, Reason: Reason{v, Fact}}}, places...)
		}
	}
	for _, t := range texts {
		orgs, places = append(orgs, OrgsIn(t)...), append(places, placesIn(t)...)
	}
	return uniquePhrases(orgs), uniquePhrases(places)
}

func uniquePhrases(list []Phrase) []Phrase {
	var out []Phrase
	for _, p := range list {
		if len(out) < maxPhrases && !slices.ContainsFunc(out, func(q Phrase) bool { return strings.EqualFold(q.Text, p.Text) }) {
			out = append(out, p)
		}
	}
	return out
}

// OrgsIn are the names in the words that may be organisations: numbers and names of
// firms first, then other names.
func OrgsIn(t Reason) []Phrase {
	var firms, others []Phrase
	for _, m := range nine.FindAllStringSubmatch(t.Words, -1) {
		if no, err := text.ParseOrgNumber(m[1]); err == nil {
			firms = append(firms, Phrase{no, true, Reason{m[1], t.From}})
		}
	}
	for _, at := range name.FindAllStringIndex(t.Words, -1) {
		words := strings.Fields(strings.TrimRight(t.Words[at[0]:at[1]], " .-"))
		if len(words) == 0 {
			continue
		}
		if i := slices.IndexFunc(words, firmEnd.MatchString); i > 0 { // "Fjellsag AS i Oppdal"
			if rest := words[i+1:]; len(rest) > 0 && !isSmall(rest[0]) {
				others = append(others, phrase(rest, false, t.From))
			}
			words = words[:i+1]
			for i := range min(len(words)-1, 4) {
				if i == 0 || !isSmall(words[i]) {
					firms = append(firms, phrase(words[i:], true, t.From))
				}
			}
			continue
		}
		for len(words) > 0 && (notNames[strings.ToLower(words[0])] || isSmall(words[0])) {
			words = words[1:]
		}
		if len(words) == 0 {
			continue
		}
		if tail := t.Words[at[1]:]; strings.HasPrefix(tail, " kommune") && !locates(t.Words[:at[0]]) {
			others = append(others, phrase(append(slices.Clone(words), "kommune"), false, t.From))
		}
		others = append(others, phrase(words, false, t.From))
		if i := slices.IndexFunc(words, isSmall); i > 0 { // "Fjellhotellet på Oppdal"
			others = append(others, phrase(words[:i], false, t.From))
		}
	}
	return append(firms, others...)
}

func phrase(words []string, firm bool, from From) Phrase {
	s := strings.Join(words, " ")
	return Phrase{s, firm, Reason{s, from}}
}

func isSmall(w string) bool {
	return w == "og" || w == "i" || w == "&" || w == "av" || w == "for" || w == "på" || w == "of" || w == "the"
}

var locating = regexp.MustCompile(`(?:^|\s)(?:i|in|fra|frå) $`)

// locates tells whether the words before a name say that something lies there.
func locates(before string) bool { return locating.MatchString(before) }

// placesIn are the names in the words that may be municipalities.
func placesIn(t Reason) []Phrase {
	var out []Phrase
	add := func(s string) {
		s = strings.TrimSpace(s)
		if s == "" {
			return
		}
		out = append(out, Phrase{Text: s, Reason: Reason{s, t.From}})
		if first, _, two := strings.Cut(s, " "); two {
			out = append(out, Phrase{Text: first, Reason: Reason{first, t.From}})
		}
	}
	for _, m := range council.FindAllStringSubmatch(t.Words, -1) {
		words := strings.Fields(m[1])
		for i := range words {
			add(strings.Join(words[i:], " "))
		}
	}
	for _, re := range []*regexp.Regexp{located, bracketed} {
		for _, m := range re.FindAllStringSubmatch(t.Words, -1) {
			for _, s := range m[1:] {
				if s != "" && !firmAfter(t.Words, s) {
					add(s)
				}
			}
		}
	}
	return out
}

// firmAfter tells whether the words are the beginning of a firm's name.
func firmAfter(s, words string) bool {
	at := strings.Index(s, words)
	rest := strings.Fields(s[at+len(words):])
	for i, w := range rest {
		if firmEnd.MatchString(strings.Trim(w, ".,:;()")) {
			return true
		}
		if r := []rune(w); i > 3 || (r[0] < 'A' || r[0] > 'Z') && r[0] != 'Æ' && r[0] != 'Ø' && r[0] != 'Å' && !isSmall(w) || strings.ContainsAny(w, ".,:;") {
			return false
		}
	}
	return false
}
