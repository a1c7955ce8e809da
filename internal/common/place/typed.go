package place

import (
	"regexp"
	"slices"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
)

// labelled is a name with its number after it, as Option writes it.
var labelled = regexp.MustCompile(`^(.*)\((\d{3,4})\)$`)

// Option is how a municipality stands in a list to choose from: "Røros (5025)", and
// "Herøy, Nordland (1818)" where others share the name that day. ParseTyped reads it.
func (d Division) Option(m Municipality) string {
	name := m.Name
	if label := d.Label(m); label != name {
		name += ", " + d.r.counties[m.County].Name
	}
	return name + " (" + string(m.Number) + ")"
}

// Options lists the options of the day, by name, for a field with suggestions.
func (r *Register) Options(day clock.Date, counties ...CountyNumber) []string {
	d := r.On(day)
	var out []string
	for _, m := range d.List(counties...) {
		out = append(out, d.Option(m))
	}
	return out
}

// Written is the option of a number as a form shows it again, with the name the number
// had last; "" for an unknown number.
func (r *Register) Written(n Number) string {
	m, err := r.Municipality(n)
	if err != nil {
		return ""
	}
	return r.On(m.To).Option(m)
}

// ParseTyped gives the number of the municipality that a reader means on the day: an
// option, a number, a name in any official language, an alias, or the name of an
// administrative centre that only one municipality has. Nothing typed is no number.
// Errors are of kind Invalid at the field "municipality": nobody is called so, several
// are, or the one that was is no more.
func (r *Register) ParseTyped(typed string, day clock.Date) (Number, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", nil
	}
	if m := labelled.FindStringSubmatch(typed); m != nil {
		return r.typedNumber(m[2], day)
	}
	if isDigits(typed) {
		return r.typedNumber(typed, day)
	}
	found := r.On(day).ByName(typed)
	if len(found) == 0 {
		found = r.byCentre(typed, day)
	}
	switch len(found) {
	case 1:
		return found[0].Number, nil
	case 0:
		if m, ok := r.everCalled(typed); ok {
			return "", notValid(m)
		}
		return "", fault.InvalidField("municipality", "form.error.municipality")
	}
	return "", fault.InvalidField("municipality", "place.error.several", "name", found[0].Name)
}

func (r *Register) typedNumber(digits string, day clock.Date) (Number, error) {
	n, err := ParseNumber(digits)
	if err != nil {
		return "", err
	}
	m, err := r.Municipality(n)
	if err != nil {
		return "", fault.InvalidField("municipality", "place.error.unknown_municipality", "number", string(n))
	}
	if !m.On(day) {
		return "", notValid(m)
	}
	return n, nil
}

func notValid(m Municipality) error {
	return fault.InvalidField("municipality", "place.error.not_valid_that_day", "number", string(m.Number), "name", m.Name)
}

func (r *Register) byCentre(typed string, day clock.Date) []Municipality {
	key := nameKey(typed)
	return slices.DeleteFunc(r.On(day).List(), func(m Municipality) bool { return key == "" || r.searchKeys[m.Number].centre != key })
}

// everCalled finds a municipality of any time by name, the newest one.
func (r *Register) everCalled(typed string) (Municipality, bool) {
	key := nameKey(typed)
	var newest Municipality
	for _, m := range r.sorted {
		if slices.Contains(r.searchKeys[m.Number].names, key) && (newest.Number == "" || m.To.After(newest.To)) {
			newest = m
		}
	}
	return newest, newest.Number != "" && key != ""
}
