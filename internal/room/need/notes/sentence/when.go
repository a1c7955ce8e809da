package sentence

import (
	"regexp"
	"strconv"
	"strings"

	"kompetansetorg/internal/kit/clock"
)

// seasons are the month in which what people call so begins.
var seasons = map[string]int{"januar": 1, "februar": 2, "mars": 3, "april": 4, "mai": 5, "juni": 6, "juli": 7, "august": 8, "september": 9, "oktober": 10,
	"november": 11, "desember": 12, "våren": 1, "vår": 1, "vinteren": 1, "sommeren": 6, "sommaren": 6, "sommer": 6, "sommar": 6,
	"høsten": 8, "hausten": 8, "høst": 8, "haust": 8, "påske": 4, "ferien": 8, "sommerferien": 8, "sommarferien": 8, "skolestart": 8, "skulestart": 8, "jul": 1, "nyttår": 1, "årsskiftet": 1,
	"january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "october": 10, "december": 12, "jan": 1, "feb": 2, "apr": 4, "aug": 8, "sept": 9, "sep": 9, "okt": 10, "nov": 11, "des": 12, "spring": 1, "summer": 6, "autumn": 8}

const (
	months  = `januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|january|february|march|may|june|july|october|december|jan|feb|apr|aug|sept|sep|okt|nov|des`
	seasonW = `våren|vår|vinteren|sommeren|sommaren|sommer|sommar|høsten|hausten|høst|haust|påske|ferien|sommerferien|sommarferien|skolestart|skulestart|jul|nyttår|årsskiftet|spring|summer|autumn`
	leading = `(?:^|[\s(,–-])(?:fra og med|frå og med|fra|frå|fom\.?|f\.o\.m\.?|innen|innan|før|til|i|på|per|by|from|before|in|oppstart|start|frist|etter|over|rundt|neste|førstkommende|førstkomande|komande|kommende|denne|next|this|mot|fram mot)\s+(?:(?:neste|førstkommende|komande|kommende|next|this|the|utgangen av|starten av|midten av|slutten av|oppstart|utgongen av)\s+)?`
)

var (
	dayMonth = regexp.MustCompile(`(?i)` + leading + `(\d{1,2})\.?\s+(` + months + `)(?:\.?\s+(20\d\d))?`)
	numeric  = regexp.MustCompile(`(?i)` + leading + `(\d{1,2}\.\s?\d{1,2}\.\s?(?:20)?\d\d|20\d\d-\d\d-\d\d)`)
	noYear   = regexp.MustCompile(`(?i)` + leading + `(\d{1,2})\.(\d{1,2})\.?(?:[\s,)]|$)`)
	season   = regexp.MustCompile(`(?i)` + leading + `(` + months + `|` + seasonW + `)(?:\.?[\s-]+(20\d\d))?(?:[\s.,;:!?)–-]|$)`)
	bare     = regexp.MustCompile(`(?i)(?:^|\s)(` + months + `|` + seasonW + `)\.?\s+(20\d\d)`)
	year     = regexp.MustCompile(`(?i)(?:fra|frå|i|innen|innan|from|by|in)\s+(20\d\d)(?:[\s.,;)]|$)`)
	nextYear = regexp.MustCompile(`(?i)(?:til|fra|frå|i løpet av|from)?\s?(?:neste år|next year)(?:[\s.,;)]|$)`)
	pronoun  = regexp.MustCompile(`(?i)(?:i|på|til|fra|frå|etter|over) vår(?:[\s.,;:]|$)`)
)

// soon are words for how soon, looked for in worded text.
var soon = []struct {
	words   *regexp.Regexp
	horizon string
}{
	{regexp.MustCompile(` (snarest mulig|snarest råd|snarast råd|snarest|snarast|så snart som mulig|så snart som råd|så snart råd er|så fort som mulig|så fort som råd|så raskt som mulig|straks|umiddelbart|med en gang|med ein gong|med det samme|akutt|asap|as soon as possible|immediately|right away|haster|hastar) `), "now"},
	{regexp.MustCompile(` (i løpet av året|innen et år|innan eitt år|det neste året|det neste halve året|neste halvår|i løpet av (?:et|eit|neste) år) `), "1y"},
	{regexp.MustCompile(` ((?:de|dei) (?:neste|nærmeste|nærmaste) (?:to|tre|2|3|par) år\pL*|(?:innen|innan|om|i løpet av) (?:to|tre|2|3|et par|eit par|to tre|2 3) år|next (?:two|three) years) `), "3y"},
	{regexp.MustCompile(` ((?:de|dei) (?:neste|nærmeste|nærmaste) (?:fire|fem|4|5) år\pL*|(?:innen|innan|om|i løpet av) (?:fire|fem|4|5) år|next five years) `), "5y"},
	{regexp.MustCompile(` ((?:de|dei) (?:neste|nærmeste|nærmaste) (?:ti|10) år\pL*|(?:innen|innan|om|i løpet av) (?:ti|10) år|next ten years) `), "10y"},
}

// WhenIn is when the words say that something is needed. Days that are past say
// nothing. alone tells that the words are nothing but the time.
func WhenIn(s string, today clock.Date, alone bool) (When, bool) {
	if alone {
		s = "fra " + s
	}
	cut := func(words string) Reason {
		if alone {
			words = strings.TrimPrefix(words, "fra ")
		}
		return Reason{Words: strings.Trim(words, " ,.;:()–-!?")}
	}
	found := func(d clock.Date, ok bool, words string) (When, bool) {
		if !ok || d.Before(today.AddDays(-31)) || d.After(today.AddDays(15*366)) {
			return When{}, false
		}
		return When{From: d, Reason: cut(words)}, true
	}
	if m := numeric.FindStringSubmatch(s); m != nil {
		if d, err := clock.ParseDate(strings.ReplaceAll(m[1], " ", "")); err == nil {
			if w, ok := found(d, true, m[0]); ok {
				return w, true
			}
		}
	}
	if m := dayMonth.FindStringSubmatch(s); m != nil {
		d, ok := dayOf(today, m[1], seasons[strings.ToLower(m[2])], m[3])
		if w, ok := found(d, ok, m[0]); ok {
			return w, true
		}
	}
	if m := noYear.FindStringSubmatch(s); m != nil {
		month, _ := strconv.Atoi(m[2])
		d, ok := dayOf(today, m[1], month, "")
		if w, ok := found(d, ok, m[0]); ok {
			return w, true
		}
	}
	for _, re := range []*regexp.Regexp{season, bare} {
		for _, m := range re.FindAllStringSubmatch(s, -1) {
			if strings.EqualFold(m[1], "vår") && m[2] == "" && !pronoun.MatchString(m[0]) && !strings.Contains(strings.ToLower(m[0]), "neste") || isMay(m) {
				continue
			}
			d, ok := dayOf(today, "1", seasons[strings.ToLower(m[1])], m[2])
			if w, ok := found(d, ok, m[0]); ok {
				return w, true
			}
		}
	}
	if m := nextYear.FindString(s); m != "" {
		d, ok := dayOf(today, "1", 1, strconv.Itoa(today.Year()+1))
		return found(d, ok, m)
	}
	if m := year.FindStringSubmatch(s); m != nil {
		d, ok := dayOf(today, "1", 1, m[1])
		if w, ok := found(d, ok, m[0]); ok {
			return w, true
		}
	}
	return soonIn(s)
}

// soonIn is how soon the words say, when they name no day.
func soonIn(s string) (When, bool) {
	w := Worded(s)
	for _, h := range soon {
		if m := h.words.FindStringSubmatch(w); m != nil {
			return When{Horizon: h.horizon, Reason: Reason{Words: m[1]}}, true
		}
	}
	return When{}, false
}

// isMay tells the English verb from the month.
func isMay(m []string) bool { return m[1] == "may" && m[2] == "" }

// dayOf is the day; without a year the next one to come.
func dayOf(today clock.Date, day string, month int, year string) (clock.Date, bool) {
	d, err := strconv.Atoi(day)
	if err != nil || month < 1 || month > 12 {
		return clock.Date{}, false
	}
	y := today.Year()
	if year != "" {
		if y, err = strconv.Atoi(year); err != nil {
			return clock.Date{}, false
		}
	}
	out, err := clock.ParseDate(strconv.Itoa(y) + "-" + pad(month) + "-" + pad(d))
	if err != nil {
		return clock.Date{}, false
	}
	if year == "" && out.Before(today) {
		out, err = clock.ParseDate(strconv.Itoa(y+1) + "-" + pad(month) + "-" + pad(d))
	}
	return out, err == nil
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
