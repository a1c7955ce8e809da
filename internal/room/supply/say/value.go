package say

import (
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply/offer"
)

// year is a year as text: a number would be grouped.
func year(y int) string { return strconv.Itoa(y) }

// Credits says the extent: "30 studiepoeng"; empty when it is not stated.
func (s Speaker) Credits(p offer.Programme) string {
	if p.Credits == 0 {
		return ""
	}
	digits := 0
	if p.Credits != float64(int(p.Credits)) {
		digits = 1
	}
	return s.T("supply.credits."+i18n.Key(p.CreditUnit), "number", s.Decimal(p.Credits, digits))
}

// Level is the level with the one of the Norwegian framework.
func (s Speaker) Level(p offer.Programme) string {
	if p.NKR == "" {
		return s.T(p.Level.Label())
	}
	return s.T("supply.level_nkr", "level", p.Level.Label(), "nkr", p.NKR)
}

// Value writes a stored value of a field for a list of differences: codes by
// their names, days as the reader writes them.
func (s Speaker) Value(field, value string) string {
	if value == "" {
		return s.T("supply.value.none")
	}
	switch field {
	case "level":
		return coded(s, value, offer.Levels())
	case "credit_unit":
		return coded(s, value, offer.CreditUnits())
	case "code_type":
		return coded(s, value, offer.CodeTypes())
	case "start_type":
		return coded(s, value, offer.StartTypes())
	case "form":
		return coded(s, value, offer.Deliveries())
	case "attendance":
		return coded(s, value, offer.Attendances())
	case "admission_channel":
		return coded(s, value, offer.Channels())
	case "state":
		return coded(s, value, offer.States())
	case "digital_share", "workplace_share", "part_time_percent":
		return s.T("supply.value.percent", "number", value)
	case "target_region":
		if r, err := s.Places.Region(place.RegionID(value)); err == nil {
			return r.Name
		}
	case "target_municipalities":
		return s.numbers(value)
	}
	if d, err := clock.ParseDate(value); err == nil && len(value) == 10 {
		return s.Date(d)
	}
	return value
}

func coded[T interface {
	~string
	Label() i18n.Key
}](s Speaker, value string, known []T) string {
	if !slices.Contains(known, T(value)) {
		return value
	}
	return s.T(T(value).Label())
}

func (s Speaker) numbers(value string) string {
	var names []string
	for n := range strings.SplitSeq(value, ", ") {
		names = append(names, s.Municipality(place.Number(n)))
	}
	return strings.Join(names, ", ")
}

// Feature writes one side of an adaptation (LOP-2).
func (s Speaker) Feature(f offer.Feature, values []string) string {
	if len(values) == 0 {
		return s.T("supply.value.none")
	}
	out := make([]string, len(values))
	for i, v := range values {
		switch f {
		case offer.FeatureGatherings:
			out[i] = s.Municipality(place.Number(v))
		case offer.FeatureCredits:
			number, unit, _ := strings.Cut(v, " ")
			out[i] = s.T("supply.credits."+i18n.Key(unit), "number", strings.Replace(number, ".", ",", 1))
		default:
			out[i] = s.Value(string(f), v)
		}
	}
	return s.Join(out)
}
