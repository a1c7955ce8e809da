package agreement

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/position"
)

// Kind is the kind under which happening, follow and object know an agreement; its id is
// that of the position.
const Kind = "position_agreement"

// What happens with an agreement: it was written anew, one of the three said yes, or the
// last of them did.
const (
	WasWritten happening.What = "agreement_written"
	WasAgreed  happening.What = "agreement_yes"
	WasFrozen  happening.What = "agreement_frozen"
)

// The actions of the audit log.
const (
	ActionWrite audit.Action = "position_agreement.write"
	ActionYes   audit.Action = "position_agreement.yes"
)

// yesDays are the working days in which who is asked is to say yes.
const yesDays = 10

// Party is one of the three.
type Party string

// The three.
const (
	Employer  Party = "employer"
	Candidate Party = "candidate"
	Provider  Party = "provider"
)

// Parties are the three, in the order in which they are asked.
func Parties() []Party { return []Party{Employer, Candidate, Provider} }

// Label is what the party is called.
func (p Party) Label() i18n.Key { return i18n.Key("agreement.party." + string(p)) }

// Terms are what is agreed on. Hours are in a week. Candidate is the account of the one who
// got the job, empty when she has none; then Name is what she is called.
type Terms struct {
	Candidate  access.AccountID
	Name       string
	WorkHours  int
	StudyHours int
	Pay        string
	Gatherings string
	Duration   string
	Goal       string
	Start      clock.Date
}

// Yes is that a party has said yes to a version.
type Yes struct {
	Party Party
	On    clock.Date
}

// Agreement is the last version, with who has said yes to it. Position is the position as
// the reader may act on it, Mine the parties that the reader is. Nr is 0 when none is
// written.
type Agreement struct {
	Position position.Position
	Nr       int64
	Terms
	WrittenAt clock.Time
	Yeses     []Yes
	Mine      []Party
}

// Said is the day that the party said yes to this version; zero when it has not.
func (a Agreement) Said(p Party) clock.Date {
	for _, y := range a.Yeses {
		if y.Party == p {
			return y.On
		}
	}
	return clock.Date{}
}

// IsFrozen reports whether all three have said yes.
func (a Agreement) IsFrozen() bool {
	return a.Nr > 0 && !slices.ContainsFunc(Parties(), func(p Party) bool { return a.Said(p).IsZero() })
}

// Is reports whether the reader is the party.
func (a Agreement) Is(p Party) bool { return slices.Contains(a.Mine, p) }

// CanWrite reports whether the reader may write a version now.
func (a Agreement) CanWrite() bool {
	return a.Is(Employer) && a.Position.State == position.Hired && !a.IsFrozen()
}

// MaySay are the parties whose yes the reader may give now: the reader's own, and that of
// a candidate without an account.
func (a Agreement) MaySay() []Party {
	var out []Party
	if a.Nr == 0 || a.Position.State != position.Hired {
		return nil
	}
	for _, p := range Parties() {
		if a.Said(p).IsZero() && (a.Is(p) || p == Candidate && a.Candidate == "" && (a.Is(Employer) || a.Is(Provider))) {
			out = append(out, p)
		}
	}
	return out
}

// ball is who is asked next: the first of the three who has not said yes. For a candidate
// without an account it is the employer, who writes her yes down; and it is the employer
// when nobody is left.
func (a Agreement) ball(today clock.Date) flow.Ball {
	b := flow.Ball{Party: flow.Employer, Org: a.Position.Employer, Due: clock.AddWorkdays(today, yesDays)}
	if a.Position.RepresentedBy != "" {
		b.Org = a.Position.RepresentedBy
	}
	if a.Nr == 0 || a.Said(Employer).IsZero() {
		return b
	}
	switch {
	case a.Said(Candidate).IsZero() && a.Candidate != "":
		b.Party, b.Org, b.Account = flow.Learner, "", a.Candidate
	case a.Said(Candidate).IsZero():
	case a.Said(Provider).IsZero():
		b.Party, b.Org = flow.Provider, a.Position.Provider
	}
	return b
}

// tidied are the terms cleaned; what is wrong with them is refused.
func (x Terms) tidied() (Terms, error) {
	var fs fault.Fields
	x.Name, x.Pay, x.Duration, x.Goal, x.Gatherings = text.CleanLine(x.Name), text.CleanLine(x.Pay), text.CleanLine(x.Duration), text.CleanLine(x.Goal), text.CleanMultiline(x.Gatherings)
	if x.Candidate != "" {
		x.Name = ""
	}
	fs.Text("name", x.Name, position.MaxLine, x.Candidate == "")
	fs.Text("pay", x.Pay, position.MaxLine, true)
	fs.Text("gatherings", x.Gatherings, position.MaxWords, true)
	fs.Text("duration", x.Duration, position.MaxLine, true)
	fs.Text("goal", x.Goal, position.MaxLine, true)
	if x.WorkHours < 1 || x.WorkHours > position.MaxHours {
		fs.Add("work_hours", "position.error.hours", "max", position.MaxHours)
	}
	if x.StudyHours < 1 || x.StudyHours > position.MaxHours {
		fs.Add("study_hours", "position.error.hours", "max", position.MaxHours)
	}
	if x.Start.IsZero() {
		fs.Add("start", "form.error.required")
	}
	return x, fs.Err()
}
