package develop

import (
	"slices"
	"unicode/utf8"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

// ID names an answer.
type ID = id.Of[Answer]

// Kind is what sort of answer it is.
type Kind string

// The kinds.
const (
	Place      Kind = "place"
	Adapt      Kind = "adapt"
	Existing   Kind = "existing"
	Measure    Kind = "measure"
	Make       Kind = "new"
	Impossible Kind = "impossible"
)

// Kinds lists the kinds in the order they are asked.
func Kinds() []Kind { return []Kind{Place, Adapt, Existing, Measure, Make, Impossible} }

// Label is what the provider says by it.
func (k Kind) Label() i18n.Key { return i18n.Key("develop.kind." + string(k)) }

// Estimated reports whether the answer tells what the work takes.
func (k Kind) Estimated() bool { return k == Adapt || k == Make }

// About is what is answered: exactly one of Need and Pool is set.
type About struct {
	Need need.ID
	Pool need.PoolID
}

// Path is the page of what is answered.
func (a About) Path() string {
	if a.Pool != "" {
		return "/felles/" + string(a.Pool)
	}
	return "/behov/" + string(a.Need)
}

// Answering is what a provider answers. Fields that the kind does not ask for are left
// out. Unknown says that nobody knows yet what the work takes.
type Answering struct {
	Kind Kind
	// From is the state the asker saw; when it is another now, the fault is Stale. Empty:
	// whatever it is.
	From      flow.State
	Unit      string
	Programme offer.ProgrammeID
	Offering  offer.OfferingID
	Card      support.ID
	Seats     int
	// Arrange is what must be arranged for, a line each; Deadline the day it is done, or
	// when more is said.
	Arrange   string
	Deadline  clock.Date
	Earliest  clock.Date
	Cost      money.NOK
	Hours     int
	Equipment string
	Unknown   bool
	Words     string // to those who need it; the reason when it cannot be done
}

// Answer is an answer as its reader may know it: one who does not work with the need reads
// neither Words, Arrange, Unit nor what the work takes.
type Answer struct {
	ID           ID
	About        About
	Nr           int
	Provider     org.ID
	ProviderName string
	Kind         Kind
	Unit         string
	Programme    offer.ProgrammeID
	Offering     offer.OfferingID
	Card         support.ID
	Seats        int
	Arrange      string
	Deadline     clock.Date
	Earliest     clock.Date
	Cost         money.NOK
	Hours        int
	Equipment    string
	Words        string
	AnswerBy     clock.Date // when it was to be given; zero: no day was set
	AnsweredAt   clock.Time
	// Last says that the provider has given no newer one. Whole that the reader reads all.
	Last, Whole bool
}

// Late reports whether the answer came after its day (BEH-8).
func (a Answer) Late() bool { return !a.AnswerBy.IsZero() && a.AnsweredAt.Date().After(a.AnswerBy) }

const (
	maxUnit  = 120
	maxSeats = 10_000
	maxHours = 100_000
	// ahead is how many days ahead a day may be.
	ahead = 5 * 366
)

// becomes is the state that the answer leaves the need in.
func (in Answering) becomes() flow.State {
	switch in.Kind {
	case Place:
		if in.Arrange != "" {
			return need.InDevelopment
		}
		return need.CoveredByExisting
	case Existing:
		return need.CoveredByExisting
	case Measure:
		return need.CoveredByOther
	case Impossible:
		return need.NotPossible
	default:
		return need.InDevelopment
	}
}

// check leaves out what the kind does not ask for, puts the texts right, and notes what is
// missing or wrong.
func (in *Answering) check(fs *fault.Fields, today clock.Date) {
	if !slices.Contains(Kinds(), in.Kind) {
		fs.Add("kind", "form.error.choice")
		return
	}
	out := Answering{Kind: in.Kind, From: in.From, Words: text.CleanMultiline(in.Words)}
	long(fs, "words", out.Words)
	switch in.Kind {
	case Place:
		out.Offering, out.Seats, out.Arrange = in.Offering, in.Seats, text.CleanMultiline(in.Arrange)
		required(fs, "offering", string(out.Offering), "develop.error.offering")
		if out.Seats < 1 || out.Seats > maxSeats {
			fs.Add("seats", "form.error.range", "min", 1, "max", maxSeats)
		}
		long(fs, "arrange", out.Arrange)
		if out.Arrange != "" {
			out.Deadline = in.Deadline
			if out.Deadline.IsZero() {
				fs.Add("deadline", "develop.error.deadline")
			}
		}
	case Adapt:
		out.Programme = in.Programme
		required(fs, "programme", string(out.Programme), "develop.error.programme")
	case Existing:
		out.Programme = in.Programme
		required(fs, "programme", string(out.Programme), "develop.error.programme")
	case Measure:
		out.Card = in.Card
		required(fs, "card", string(out.Card), "develop.error.card")
	case Impossible:
		required(fs, "words", out.Words, "develop.error.reason")
	}
	if in.Kind.Estimated() {
		in.estimate(&out, fs)
	}
	day(fs, "deadline", out.Deadline, today)
	day(fs, "earliest", out.Earliest, today)
	*in = out
}

// estimate takes over what the work takes, and who does it.
func (in *Answering) estimate(out *Answering, fs *fault.Fields) {
	out.Unit, out.Earliest, out.Deadline = text.CleanLine(in.Unit), in.Earliest, in.Deadline
	out.Cost, out.Hours, out.Equipment, out.Unknown = in.Cost, in.Hours, text.CleanMultiline(in.Equipment), in.Unknown
	required(fs, "unit", out.Unit, "develop.error.unit")
	if utf8.RuneCountInString(out.Unit) > maxUnit {
		fs.Add("unit", "form.error.too_long", "max", maxUnit)
	}
	if out.Earliest.IsZero() {
		fs.Add("earliest", "develop.error.earliest")
	}
	if out.Cost < 0 {
		fs.Add("cost", "form.error.money")
	}
	if out.Hours < 0 || out.Hours > maxHours {
		fs.Add("hours", "form.error.range", "min", 0, "max", maxHours)
	}
	long(fs, "equipment", out.Equipment)
	if out.Cost == 0 && out.Hours == 0 && out.Equipment == "" && !out.Unknown {
		fs.Add("unknown", "develop.error.estimate")
	}
}

func required(fs *fault.Fields, name, value string, key i18n.Key) {
	if text.IsBlank(value) {
		fs.Add(name, key)
	}
}

func long(fs *fault.Fields, name, value string) {
	if utf8.RuneCountInString(value) > need.MaxNote {
		fs.Add(name, "form.error.too_long", "max", need.MaxNote)
	}
}

// day notes a day that has passed, or is too far ahead.
func day(fs *fault.Fields, name string, d, today clock.Date) {
	if !d.IsZero() && (d.Before(today) || d.After(today.AddDays(ahead))) {
		fs.Add(name, "develop.error.day")
	}
}
