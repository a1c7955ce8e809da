package i18n

import (
	"fmt"
	"strconv"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	gotemplate "github.com/nicksnyder/go-i18n/v2/i18n/template"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/money"
)

// Printer writes texts, dates, numbers and money in one language. It is a
// small value; pages embed it, so templates say {{$.T "need.title"}}. The zero
// Printer prints keys.
type Printer struct {
	bundle *Bundle
	lang   Lang
}

// Language is the language it prints.
func (p Printer) Language() Lang {
	if p.lang == "" {
		return Default
	}
	return p.lang
}

// T is the message of the key. values are name-value pairs for the names in
// braces; a pair named "n" with an int also chooses the plural form. Ints are
// written with groups, clock.Date and money.NOK the Norwegian way. An unknown
// key prints itself: tests find it before readers do.
func (p Printer) T(key Key, values ...any) string {
	if p.bundle == nil || p.bundle.showKeys {
		return string(key)
	}
	m, ok := p.bundle.messages[p.lang][key]
	if !ok {
		return string(key)
	}
	if m.plain != "" {
		return m.plain
	}
	data := map[string]string{}
	var count any
	for i := 0; i+1 < len(values); i += 2 {
		name := fmt.Sprint(values[i])
		data[name] = p.show(values[i+1])
		if name == "n" {
			count = values[i+1]
		}
	}
	s, err := p.bundle.localizers[p.lang].Localize(&goi18n.LocalizeConfig{
		MessageID: string(key), TemplateData: data, PluralCount: count, TemplateParser: braces{},
	})
	if err != nil {
		return string(key)
	}
	return s
}

// show writes a value inside a message.
func (p Printer) show(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return p.Number(v)
	case int64:
		return p.Number(int(v))
	case clock.Date:
		return p.Date(v)
	case clock.Time:
		return p.Moment(v)
	case money.NOK:
		return p.Money(v)
	case Text:
		s, _ := v.In(p.lang)
		return s
	case Key:
		return p.T(v)
	case fmt.Stringer:
		return v.String()
	}
	return fmt.Sprint(v)
}

// Date writes a day as 01.07.2020 in Norwegian and 1 July 2020 in English; no
// day is an empty string.
func (p Printer) Date(d clock.Date) string {
	if d.IsZero() {
		return ""
	}
	if p.lang == EN {
		return fmt.Sprintf("%d %s %d", d.Day(), d.Month(), d.Year())
	}
	return fmt.Sprintf("%02d.%02d.%04d", d.Day(), int(d.Month()), d.Year())
}

// months are the names of the months; Bokmål and Nynorsk have the same.
var months = []string{"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"}

// Day writes a day as people say it in a sentence: "3. desember", with the year
// when it is another than today's.
func (p Printer) Day(d, today clock.Date) string {
	if d.IsZero() {
		return ""
	}
	text := fmt.Sprintf("%d. %s", d.Day(), months[d.Month()-1])
	if p.lang == EN {
		text = fmt.Sprintf("%d %s", d.Day(), d.Month())
	}
	if d.Year() != today.Year() {
		text += fmt.Sprintf(" %d", d.Year())
	}
	return text
}

// Moment writes the day and the clock in Europe/Oslo.
func (p Printer) Moment(t clock.Time) string {
	if t.IsZero() {
		return ""
	}
	local := clock.InOslo(t)
	day := p.Date(clock.Today(local))
	if p.lang == EN {
		return day + " " + local.Format("15:04")
	}
	return day + " kl. " + local.Format("15.04")
}

// Number writes a whole number with groups of three: 1 650 000 with no-break
// spaces, or 1,650,000 in English.
func (p Printer) Number(n int) string {
	sep := "\u00a0"
	if p.lang == EN {
		sep = ","
	}
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	var parts []string
	for len(s) > 3 {
		parts = append([]string{s[len(s)-3:]}, parts...)
		s = s[:len(s)-3]
	}
	return sign + strings.Join(append([]string{s}, parts...), sep)
}

// Decimal writes a number with the digits after the sign: comma in Norwegian,
// point in English.
func (p Printer) Decimal(f float64, digits int) string {
	s := strconv.FormatFloat(f, 'f', digits, 64)
	if p.lang == EN {
		return s
	}
	return strings.Replace(s, ".", ",", 1)
}

// Money writes an amount as kr 1 650 000.
func (p Printer) Money(n money.NOK) string { return n.String() }

// Join lists texts in a sentence: "a, b og c".
func (p Printer) Join(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	and := map[Lang]string{NB: " og ", NN: " og ", EN: " and "}[p.Language()]
	return strings.Join(items[:last], ", ") + and + items[last]
}

// braces makes go-i18n read {name} instead of Go's template actions.
type braces struct{}

var _ gotemplate.Parser = braces{}

// Cacheable is false: parsing is one pass over a short text.
func (braces) Cacheable() bool { return false }

// Parse keeps the text for Execute.
func (braces) Parse(src, _, _ string) (gotemplate.ParsedTemplate, error) { return braceText(src), nil }

type braceText string

// Execute puts the values in. A name without a value stays as written.
func (s braceText) Execute(data any) (string, error) {
	values, _ := data.(map[string]string)
	src := string(s)
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(src, "{")
		b.WriteString(before)
		if !ok {
			return b.String(), nil
		}
		name, rest, ok := strings.Cut(after, "}")
		if !ok {
			b.WriteString("{" + after)
			return b.String(), nil
		}
		if v, known := values[name]; known {
			b.WriteString(v)
		} else {
			b.WriteString("{" + name + "}")
		}
		src = rest
	}
}
