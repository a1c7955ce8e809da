package workspace

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/supply/offer"
)

// Source is who pays, by what they are. Stored as written.
type Source string

// The sources (LOP-12).
const (
	Employer     Source = "employer"
	Municipality Source = "municipality"
	TheState     Source = "state"
	County       Source = "county"
	Grant        Source = "grant"
	Own          Source = "own"
)

// Sources lists them in the order pages show them.
func Sources() []Source { return []Source{TheState, County, Municipality, Employer, Grant, Own} }

// Label is the source's name.
func (s Source) Label() i18n.Key { return i18n.Key("workspace.source." + string(s)) }

// SourceFor is who usually pays for education of the level: the state for higher education, the
// county for upper secondary and higher vocational education, the employer for a course.
func SourceFor(l offer.Level) Source {
	switch l {
	case offer.Hoyere:
		return TheState
	case offer.Vgs, offer.Fagbrev, offer.Fagskole:
		return County
	}
	return Employer
}

// Certainty is how sure a line is. Stored as written.
type Certainty string

// The certainties.
const (
	Planned   Certainty = "planned"
	Confirmed Certainty = "confirmed"
)

// Certainties lists them.
func Certainties() []Certainty { return []Certainty{Planned, Confirmed} }

// Label is the certainty's name.
func (c Certainty) Label() i18n.Key { return i18n.Key("workspace.certainty." + string(c)) }

// MaxAmount is the most that a line can be, FirstYear and LastYear the years it can be for.
const (
	MaxAmount = 1_000_000_000 * money.Krone
	FirstYear = 2000
	LastYear  = 2100
)

// Paying is a line as it is written: Payer is an organisation of the circle, or empty for one
// that Words names.
type Paying struct {
	Source Source
	Payer  access.OrgID
	Words  string
	Amount money.NOK
	Year   int
	State  Certainty
	Note   string
}

func (in *Paying) check() error {
	in.Words, in.Note = text.CleanLine(in.Words), text.CleanMultiline(in.Note)
	var fs fault.Fields
	if !slices.Contains(Sources(), in.Source) {
		fs.Add("source", "form.error.choice")
	}
	if in.Payer != "" {
		in.Words = ""
	}
	fs.Text("words", in.Words, MaxWhat, in.Payer == "")
	if in.Amount <= 0 || in.Amount > MaxAmount {
		fs.Add("amount", "workspace.error.amount")
	}
	if in.Year < FirstYear || in.Year > LastYear {
		fs.Add("year", "form.error.range", "min", FirstYear, "max", LastYear)
	}
	if !slices.Contains(Certainties(), in.State) {
		fs.Add("state", "form.error.choice")
	}
	fs.Text("note", in.Note, MaxWhy, false)
	return fs.Err()
}

// Line is a line of the financing. ConfirmedBy is the organisation that has said yes to it.
type Line struct {
	ID LineID
	Paying
	PayerName   string // empty for one that the reader may not know of
	ConfirmedBy access.OrgID
	// Mine says that the reader may say yes to it.
	Mine    bool
	Version int64
}

// same reports whether the line asks for the same of the same organisation, so that its yes
// stands.
func (p Paying) same(q Paying) bool {
	return p.Payer == q.Payer && p.Amount == q.Amount && p.Year == q.Year
}

// Sum is what one source pays, and how much of it is confirmed.
type Sum struct {
	Source             Source
	Planned, Confirmed money.NOK
}

// All is both together.
func (s Sum) All() money.NOK { return s.Planned + s.Confirmed }

// Sums are those of the lines, by source in the order of Sources, without sources that pay
// nothing, and of all together.
func Sums(list []Line) (by []Sum, all Sum) {
	for _, source := range Sources() {
		x := Sum{Source: source}
		for _, l := range list {
			switch {
			case l.Source != source:
			case l.State == Confirmed:
				x.Confirmed += l.Amount
			default:
				x.Planned += l.Amount
			}
		}
		if x.All() > 0 {
			by = append(by, x)
		}
		all.Planned, all.Confirmed = all.Planned+x.Planned, all.Confirmed+x.Confirmed
	}
	return by, all
}
