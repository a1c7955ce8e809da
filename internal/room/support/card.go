package support

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/money"
)

// ID names a card.
type ID = id.Of[Card]

// Kind is the kind of answer a card is.
type Kind string

// The kinds.
const (
	Measure  Kind = "measure"
	Scheme   Kind = "support"
	Guidance Kind = "guidance"
)

// Kinds lists the kinds in the order pages show them.
func Kinds() []Kind { return []Kind{Measure, Scheme, Guidance} }

// TargetGroup is whom a measure is aimed at. The names are
// those of the published project list.
type TargetGroup string

// TargetGroups lists the groups in the order pages show them.
func TargetGroups() []TargetGroup {
	return []TargetGroup{"generelt", "naeringsliv", "offentlig", "ungdom", "student", "tilflytter"}
}

// Texts are what a card says, each in one language or more.
type Texts struct {
	Title      i18n.Text `json:"title"`
	ForWhom    i18n.Text `json:"for_whom"`
	What       i18n.Text `json:"what"`
	Effort     i18n.Text `json:"effort"`
	Owner      i18n.Text `json:"owner"`
	AmountNote i18n.Text `json:"amount_note"`
}

// Card is a measure, a support scheme or an offer of guidance. Amount is zero
// when there is none; it always has a year.
type Card struct {
	ID          ID
	Code        string
	Kind        Kind
	TargetGroup TargetGroup
	Texts
	Source      string
	SourceYear  int
	Amount      money.NOK
	AmountYear  int
	LastChecked clock.Date
	// Topics and STYRK08 are the concepts it answers; Words are everyday
	// phrases that should lead to it.
	Topics, STYRK08, Words []string
	Archived               bool
	// Draft is that it is not published yet: nobody but those who work on it may see it.
	Draft   bool
	Version int64
}

// staleAfter is how long a check holds.
const staleAfter = 365

// IsStale reports whether nobody has checked the card for a year.
func (c Card) IsStale(today clock.Date) bool { return today.Sub(c.LastChecked) > staleAfter }

const (
	maxTitle  = 120
	maxText   = 2000
	maxWords  = 100 // and of topics and occupations
	maxSource = 300
	minYear   = 2000
)

// check answers the fields that are wrong, by their names in forms and JSON.
func (c Card) check(today clock.Date) error {
	var fs fault.Fields
	if !slices.Contains(Kinds(), c.Kind) {
		fs.Add("kind", "form.error.choice")
	}
	if !slices.Contains(TargetGroups(), c.TargetGroup) {
		fs.Add("target_group", "form.error.choice")
	}
	for _, f := range []struct {
		name     string
		text     i18n.Text
		max      int
		required bool
	}{
		{"title", c.Title, maxTitle, true}, {"for_whom", c.ForWhom, maxText, true}, {"what", c.What, maxText, true},
		{"effort", c.Effort, maxText, false}, {"owner", c.Owner, maxTitle, true}, {"amount_note", c.AmountNote, maxText, false},
	} {
		checkText(&fs, f.name, f.text, f.max, f.required)
	}
	if c.Amount < 0 {
		fs.Add("amount", "form.error.money")
	}
	if c.Amount > 0 && c.AmountYear == 0 {
		fs.Add("amount_year", "support.error.amount_year")
	}
	for name, year := range map[string]int{"amount_year": c.AmountYear, "source_year": c.SourceYear} {
		if year != 0 && (year < minYear || year > today.Year()+1) {
			fs.Add(name, "form.error.range", "min", minYear, "max", today.Year()+1)
		}
	}
	switch {
	case strings.TrimSpace(c.Source) == "":
		fs.Add("source", "form.error.required")
	case utf8.RuneCountInString(c.Source) > maxSource:
		fs.Add("source", "form.error.too_long", "max", maxSource)
	}
	if c.LastChecked.IsZero() || c.LastChecked.After(today) {
		fs.Add("last_checked", "support.error.last_checked")
	}
	for name, list := range map[string][]string{"words": c.Words, "topics": c.Topics, "styrk08": c.STYRK08} {
		switch {
		case len(list) > maxWords:
			fs.Add(name, "support.error.words", "max", maxWords)
		case slices.ContainsFunc(list, func(s string) bool { return utf8.RuneCountInString(s) > maxTitle }):
			fs.Add(name, "support.error.word", "max", maxTitle)
		}
	}
	return fs.Err()
}

// checkText asks for bokmål when the text is mandatory: the other languages
// fall back to it.
func checkText(fs *fault.Fields, name string, t i18n.Text, limit int, required bool) {
	for _, v := range []struct{ lang, text string }{{"nb", t.NB}, {"nn", t.NN}, {"en", t.EN}} {
		switch {
		case v.lang == "nb" && required && strings.TrimSpace(v.text) == "":
			fs.Add(name+"_nb", "form.error.required")
		case len([]rune(v.text)) > limit:
			fs.Add(name+"_"+v.lang, "form.error.too_long", "max", limit)
		}
	}
}

// CanEdit reports whether the actor may write cards.
func CanEdit(a access.Actor) error {
	if a.IsSystem() || a.Has(access.RoleCaseOfficer, access.RoleSecretary) {
		return nil
	}
	return fault.New(fault.Denied, "fault.denied")
}
