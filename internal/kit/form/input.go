package form

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
)

// Input reads posted values. Each reader answers the typed value, zero when
// the field is empty; what cannot be read is noted as a fault of that field.
type Input struct {
	values url.Values
	faults fault.Fields
}

// Read starts reading the values.
func Read(values url.Values) *Input { return &Input{values: values} }

// Err is nil when everything had the right shape, else an Invalid fault.
func (in *Input) Err() error { return in.faults.Err() }

// Refuse notes a fault that the page itself found.
func (in *Input) Refuse(name string, key i18n.Key, values ...any) {
	in.faults.Add(name, key, values...)
}

// Text is the cleaned text of the field: no control characters, one kind of
// line end, no white space around.
func (in *Input) Text(name string) string {
	return strings.TrimSpace(text.CleanMultiline(in.values.Get(name)))
}

// Secret is the text untouched: a password may begin with a space.
func (in *Input) Secret(name string) string { return in.values.Get(name) }

// Int is a whole number; groups of digits may be parted by spaces.
func (in *Input) Int(name string) int {
	s := squeeze(in.values.Get(name))
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		in.faults.Add(name, "form.error.number")
		return 0
	}
	return n
}

// Date is a day, written 2026-11-21 or 21.11.2026.
func (in *Input) Date(name string) clock.Date {
	s := strings.TrimSpace(in.values.Get(name))
	if s == "" {
		return clock.Date{}
	}
	d, err := clock.ParseDate(s)
	if err != nil {
		in.faults.Add(name, "form.error.date")
		return clock.Date{}
	}
	return d
}

// Money is an amount in kroner, in any of the usual ways of writing it.
func (in *Input) Money(name string) money.NOK {
	s := strings.TrimSpace(in.values.Get(name))
	if s == "" {
		return 0
	}
	n, err := money.Parse(s)
	if err != nil {
		in.faults.Add(name, "form.error.money")
		return 0
	}
	return n
}

// MaxSearch is how much a search may hold, in characters: more than anybody
// types, and less than a database refuses to look for.
const MaxSearch = 200

// Search is the text of a search field; one that is too long is refused.
func (in *Input) Search(name string) string {
	s := in.Text(name)
	if utf8.RuneCountInString(s) > MaxSearch {
		in.faults.Add(name, "form.error.too_long", "max", MaxSearch)
		return ""
	}
	return s
}

// Bool is whether the box is ticked. Boxes send "1" or "ja"; programs may
// write true or false.
func (in *Input) Bool(name string) bool {
	switch in.values.Get(name) {
	case "1", "ja", "on", "true":
		return true
	case "", "0", "nei", "false":
	default:
		in.faults.Add(name, "form.error.choice")
	}
	return false
}

// Choice is one of the allowed values, or empty.
func (in *Input) Choice(name string, allowed ...string) string {
	v := strings.TrimSpace(in.values.Get(name))
	if v != "" && !slices.Contains(allowed, v) {
		in.faults.Add(name, "form.error.choice")
		return ""
	}
	return v
}

// Choices are the ticked values, each one of the allowed.
func (in *Input) Choices(name string, allowed ...string) []string {
	var out []string
	for _, v := range in.values[name] {
		if v == "" {
			continue
		}
		if !slices.Contains(allowed, v) {
			in.faults.Add(name, "form.error.choice")
			return nil
		}
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// squeeze drops the spaces people put inside numbers.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\t' {
			return -1
		}
		return r
	}, s)
}
