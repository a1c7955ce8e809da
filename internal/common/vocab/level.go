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

// leadWords end words that speak of leading.
var leadWords = []string{"leder", "leder", "ledelse", "sjef", "direktør", "rektor", "formann", "mester", "styrer",
	"ordfører", "rådmann", "president", "statsråd", "politiker", "representant", "medlem", "disponent", "kjøpmann", "reder", "sekretær"}

// speaksOfLeading reports whether a text asks for somebody who leads. Where it does not, the
// skilled worker is meant and not the worker's leader.
func speaksOfLeading(tokens []norsk.Token) bool {
	for _, t := range tokens {
		if t.Stem == "led" || t.Stem == "adminstrer" {
			return true
		}
		for _, end := range leadWords {
			if strings.HasSuffix(t.Word, end) || strings.HasSuffix(t.Word, end+"e") || strings.HasSuffix(t.Word, end+"en") || strings.HasSuffix(t.Word, end+"er") {
				return true
			}
		}
	}
	return false
}
