package vocab

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab/norsk"
)

// leaders are unit groups of leaders outside the major group 1.
var leaders = []string{"3121", "3122", "3123", "3341", "5151", "5222"}

// leading reports whether a unit group is one of leaders.
func leading(code string) bool {
	return strings.HasPrefix(code, "1") || slices.Contains(leaders, code)
}

// leadWords end words that speak of leading, without the endings of the plural and the definite form.
var leadWords = []string{"leder", "ledelse", "sjef", "direktør", "rektor", "formann", "mester", "styrer", "ordfører",
	"rådmann", "president", "statsråd", "politiker", "representant", "medlem", "disponent", "kjøpmann", "reder", "sekretær"}

// speaksOfLeading reports whether a text asks for somebody who leads. Where it does not, the
// skilled worker is meant and not the worker's leader.
func speaksOfLeading(tokens []norsk.Token) bool {
	for _, t := range tokens {
		if t.Stem == "led" || t.Stem == "administrer" {
			return true
		}
		for _, end := range leadWords {
			if at := strings.LastIndex(t.Word, end); at >= 0 && len(t.Word)-at-len(end) <= 4 && strings.Contains(" e en er ene ne ", " "+t.Word[at+len(end):]+" ") {
				return true
			}
			if strings.HasSuffix(t.Word, end) {
				return true
			}
		}
	}
	return false
}
