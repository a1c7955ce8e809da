package need

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// ID names a need.
type ID = id.Of[Need]

// ParseID reads a need's id from outside.
func ParseID(s string) (ID, error) { return id.Parse[Need](s) }

// Limits of what may be written.
const (
	MaxText      = 20_000 // characters of the own words
	MaxTitle     = 120
	MaxGround    = 1_000
	maxMandate   = 500
	MaxNote      = 2_000
	MaxHeadcount = 10_000
	MaxFirms     = 1_000
	MaxConcepts  = 50
	derivedTitle = 70
)

// Content is what a person writes about a need: the input of the form, the
// JSON and the import, and part of the stored need. Only Text, Organisation
// (or Firms with RepresentedBy), Municipality and Headcount are mandatory.
type Content struct {
	Text  string
	Title string // empty: made of the first words of the text
	// Organisation has the need. It is empty for an aggregated need, which
	// RepresentedBy states for Firms firms (two or more).
	Organisation  org.ID
	Firms         int
	RepresentedBy org.ID
	// MandateGround says how the organisation gave its mandate, when none is
	// recorded yet ("avtalt i besøk 12.11.").
	MandateGround         string
	Municipality          string // four digits, valid today
	Sector                string // letter of SN2007, or empty
	Purpose               Purpose
	Level                 Level
	Forms                 []Form
	WantedFrom            clock.Date
	Horizon               Horizon
	Cause                 Cause
	Consequences          []Consequence
	Barriers              []Barrier
	Headcount             int
	Willing               Willing
	Confidentiality       Confidentiality // empty: open
	ConfidentialityGround string
	// Concepts are what the text was understood as. nil keeps those stored.
	Concepts []Concept
	Lang     i18n.Lang
	Source   Source
}

// Willing is what the organisation will contribute itself.
type Willing struct {
	EmployFirst bool
	PledgeSeats int // 0: none
	Apprentice  bool
	CoFinance   bool
	Instructor  bool
}

// Concept is an entry of a vocabulary that the need is about.
type Concept struct {
	Scheme, Code string
	// Styrk08 is a unit group a trade or topic leads to, if known; it decides
	// the need's field when no occupation is named.
	Styrk08 string
	Chosen  Chosen
}

// Ref is how the concept is written as one word.
func (c Concept) Ref() string { return c.Scheme + ":" + c.Code }

// Chosen says how a concept came to be there.
type Chosen string

// The ways: understood from the text, added by a person, or taken away by a
// person (kept, so that the linker does not bring it back).
const (
	Linked  Chosen = "linked"
	Added   Chosen = "added"
	Removed Chosen = "removed"
)

// Need is a stored need. Fields that the reader may not see are empty; Sight
// says how much was shown (see access.go).
type Need struct {
	ID     ID
	Number string // "B-2026-0042"; empty for a draft
	Content
	Field             Field
	Mandate           org.MandateID
	State             flow.State
	Provider          org.ID
	AnswerBy          clock.Date
	TakenWithoutForum bool
	Pool              PoolID
	CreatedAt         clock.Time
	CreatedBy         string
	SubmittedAt       clock.Time
	UpdatedAt         clock.Time
	UpdatedBy         string
	Version           int64
	Sight             Sight
}

// Aggregated reports whether several firms stand behind the need.
func (n Need) Aggregated() bool { return n.Organisation == "" && n.Firms > 1 }

// FirmCount is how many firms the need counts as.
func (n Need) FirmCount() int {
	if n.Aggregated() {
		return n.Firms
	}
	return 1
}

// IsDraft reports whether the need has not been submitted.
func (n Need) IsDraft() bool { return n.State == Draft }

// ConceptsInUse lists the concepts that nobody has removed.
func (n Need) ConceptsInUse() []Concept {
	return slices.DeleteFunc(slices.Clone(n.Concepts), func(c Concept) bool { return c.Chosen == Removed })
}

// TitleOf makes a title of the first words of a text.
func TitleOf(s string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	first = text.CleanLine(first)
	if end := strings.IndexAny(first, ".!?"); end > 15 && end < len(first)-1 && first[end+1] == ' ' {
		first = first[:end]
	}
	return text.Truncate(strings.TrimSuffix(first, "."), derivedTitle)
}

// tidied puts the texts in the form they are stored in.
func (c Content) tidied() Content {
	c.Text, c.Title = text.CleanMultiline(c.Text), text.CleanLine(c.Title)
	c.MandateGround, c.ConfidentialityGround = text.CleanMultiline(c.MandateGround), text.CleanMultiline(c.ConfidentialityGround)
	c.Municipality, c.Sector = strings.TrimSpace(c.Municipality), strings.ToUpper(strings.TrimSpace(c.Sector))
	if c.Confidentiality == "" {
		c.Confidentiality = Open
	}
	if c.Confidentiality == Open {
		c.ConfidentialityGround = ""
	}
	if c.Level == "" {
		c.Level = LevelUnknown
	}
	if c.Lang == "" {
		c.Lang = i18n.Default
	}
	if c.Source == "" {
		c.Source = FromForm
	}
	if c.Organisation != "" && c.Firms == 0 {
		c.Firms = 1
	}
	c.Forms, c.Consequences, c.Barriers = Unique(c.Forms), Unique(c.Consequences), Unique(c.Barriers)
	return c
}

// Unique drops repeated codes and keeps the order.
func Unique[T comparable](list []T) []T {
	var out []T
	for _, v := range list {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
