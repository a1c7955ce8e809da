package offer

import (
	"slices"
	"strings"

	"kompetansetorg/internal/kit/i18n"
)

// Fields lists the broad fields of ISCED-F 2013, by which the catalogue is
// filtered: two digits.
func Fields() []string {
	return []string{"00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10"}
}

// FieldLabel is the name of a field.
func FieldLabel(code string) i18n.Key { return i18n.Key("supply.field." + code) }

// leadsTo says which field the occupations of a group of STYRK-08 come from,
// for programmes whose provider has not said it. A longer group wins over a
// shorter one.
var leadsTo = map[string]string{
	"0": "10", "11": "04", "12": "04", "13": "04", "132": "07", "1311": "08", "1312": "08", "134": "09", "1345": "01", "133": "06", "14": "10",
	"21": "07", "211": "05", "212": "05", "213": "08", "2131": "05", "2133": "05", "22": "09", "23": "01", "24": "04", "25": "06", "26": "03", "265": "02", "2621": "03", "261": "04",
	"31": "07", "314": "05", "3142": "08", "3143": "08", "315": "10", "32": "09", "3240": "08", "33": "04", "341": "09", "342": "10", "343": "02", "3434": "10", "35": "06",
	"41": "04", "42": "10", "421": "04", "43": "04", "44": "04", "51": "10", "516": "10", "52": "04", "531": "01", "532": "09", "54": "10",
	"61": "08", "62": "08", "71": "07", "72": "07", "73": "02", "732": "07", "74": "07", "75": "07",
	"81": "07", "82": "07", "83": "10", "91": "10", "92": "08", "93": "07", "94": "10", "96": "10",
}

// FieldsOf are the fields that the occupations point to, each once, in order.
func FieldsOf(occupations []string) []string {
	var out []string
	for _, code := range occupations {
		for n := len(code); n > 0; n-- {
			if field, ok := leadsTo[code[:n]]; ok {
				if !slices.Contains(out, field) {
					out = append(out, field)
				}
				break
			}
		}
	}
	slices.SortFunc(out, strings.Compare)
	return out
}
