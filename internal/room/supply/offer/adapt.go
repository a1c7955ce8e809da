package offer

import (
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/i18n"
)

// Feature is one of the things that may change when a programme is adapted
// (LOP-2).
type Feature string

// The features, in the order pages show them.
const (
	FeatureStart       Feature = "start_type"
	FeatureDelivery    Feature = "form"
	FeatureDigital     Feature = "digital_share"
	FeatureWorkplace   Feature = "workplace_share"
	FeatureGatherings  Feature = "gatherings"
	FeatureSupervision Feature = "supervision"
	FeatureCredits     Feature = "credits"
)

// Adapted is a feature with its values in the programme adapted from and the
// one made of it. A value is a list of codes, municipality numbers, a number or
// a text, as the feature says.
type Adapted struct {
	Feature       Feature
	Before, After []string
}

// Adaptation lists what is another in a programme than in the one it adapts,
// judged by all their public offerings.
func Adaptation(base Programme, baseOfferings []Offering, p Programme, offerings []Offering, lang i18n.Lang) []Adapted {
	before, after := base.features(baseOfferings, lang), p.features(offerings, lang)
	var out []Adapted
	for i, b := range before {
		if !slices.Equal(b.Before, after[i].Before) {
			out = append(out, Adapted{b.Feature, b.Before, after[i].Before})
		}
	}
	return out
}

func (p Programme) features(offerings []Offering, lang i18n.Lang) []Adapted {
	var starts, forms, digital, workplace, meets []string
	for _, o := range offerings {
		if !o.IsPublic() {
			continue
		}
		d, w := o.Shares(p)
		starts, forms = append(starts, string(o.StartType)), append(forms, string(o.Delivery))
		digital, workplace = append(digital, share(d)), append(workplace, share(w))
		for _, g := range o.Gatherings {
			meets = append(meets, string(g.Municipality))
		}
	}
	supervision, _ := p.Supervision.In(lang)
	credits := ""
	if p.Credits > 0 {
		credits = number(p.Credits) + " " + string(p.CreditUnit)
	}
	return []Adapted{
		{Feature: FeatureStart, Before: sorted(starts)}, {Feature: FeatureDelivery, Before: sorted(forms)},
		{Feature: FeatureDigital, Before: byNumber(digital)}, {Feature: FeatureWorkplace, Before: byNumber(workplace)},
		{Feature: FeatureGatherings, Before: sorted(meets)}, {Feature: FeatureSupervision, Before: sorted([]string{supervision})},
		{Feature: FeatureCredits, Before: sorted([]string{credits})},
	}
}

func sorted(list []string) []string {
	list = unique(list)
	slices.Sort(list)
	return list
}

func byNumber(list []string) []string {
	list = unique(list)
	slices.SortFunc(list, func(a, b string) int {
		x, _ := strconv.Atoi(a)
		y, _ := strconv.Atoi(b)
		return x - y
	})
	return list
}

// MeetsIn lists the municipalities in which the offering meets, each once, in
// the order of the gatherings.
func (o Offering) MeetsIn() []place.Number {
	var out []place.Number
	for _, g := range o.Gatherings {
		if g.Municipality != "" && !slices.Contains(out, g.Municipality) {
			out = append(out, g.Municipality)
		}
	}
	return out
}

// String writes the names with commas, for logs; pages join them in the
// reader's language.
func (n Names) String() string { return strings.Join(n, ", ") }
