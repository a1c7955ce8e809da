package outreach

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
)

// ID names a visit.
type ID = id.Of[Visit]

// Kind is how contact was made. Stored as written.
type Kind string

// Kinds lists the kinds in the order pages show them.
func Kinds() []Kind { return []Kind{"visit", "call", "meeting", "event"} }

// Label is the kind's name.
func (k Kind) Label() i18n.Key { return i18n.Key("outreach.kind." + string(k)) }

// Result is what came of a visit. Stored as written.
type Result string

// The results.
const (
	Need   Result = "need"
	NotNow Result = "not_now"
	Again  Result = "again"
)

// Results lists the results in the order pages show them.
func Results() []Result { return []Result{Need, NotNow, Again} }

// Label is the result's name.
func (r Result) Label() i18n.Key { return i18n.Key("outreach.result." + string(r)) }

// MaxMinutes is the longest visit, a day; MinMinutes the shortest.
const (
	MinMinutes = 1
	MaxMinutes = 24 * 60
)

// Visit is a contact with an organisation. Municipality is its number; Hub the
// organisation that went; AgainOn the day to make contact again. NeedID is the
// need that came of it, empty for none.
type Visit struct {
	ID           ID
	Organisation org.ID
	Municipality string
	Hub          org.ID
	Day          clock.Date
	Kind         Kind
	Minutes      int
	Result       Result
	AgainOn      clock.Date
	NeedID       string
	CreatedAt    clock.Time
}

// Check notes what is wrong with the visit at the fields organisation,
// municipality, day, kind, minutes, result and again_on.
func (v Visit) Check(fs *fault.Fields, today clock.Date) {
	required := func(name string, empty bool) {
		if empty && !fs.Has(name) {
			fs.Add(name, "form.error.required")
		}
	}
	required("organisation", v.Organisation == "")
	if v.Organisation != "" {
		required("municipality", v.Municipality == "")
	}
	switch {
	case v.Day.IsZero():
		required("day", true)
	case v.Day.After(today):
		fs.Add("day", "outreach.error.future")
	case v.Day.Before(today.AddDays(-maxAge)):
		fs.Add("day", "outreach.error.long_ago", "days", maxAge)
	}
	required("kind", !slices.Contains(Kinds(), v.Kind))
	if (v.Minutes < MinMinutes || v.Minutes > MaxMinutes) && !fs.Has("minutes") {
		fs.Add("minutes", "form.error.range", "min", MinMinutes, "max", MaxMinutes)
	}
	required("result", !slices.Contains(Results(), v.Result))
	if v.Result == Again && !fs.Has("again_on") {
		switch {
		case v.AgainOn.IsZero():
			fs.Add("again_on", "form.error.required")
		case !v.AgainOn.After(v.Day):
			fs.Add("again_on", "outreach.error.again")
		}
	}
}

// maxAge is how many days back a visit can be recorded.
const maxAge = 2 * 366

// Roles are those who go out to organisations.
func Roles() []access.Role { return []access.Role{access.RoleIntermediary, access.RoleMunicipalLead} }

// Readers are those who have visits to see.
func Readers() []access.Role { return append(Roles(), access.RoleCaseOfficer) }

// CanRecord is nil when the actor may record visits of the hub.
func CanRecord(a access.Actor, hub org.ID) error {
	if a.IsSystem() || a.HasAt(hub, Roles()...) {
		return nil
	}
	return fault.New(fault.Denied, "outreach.error.not_yours")
}

// CanSee reports whether the actor may know of the visit.
func CanSee(a access.Actor, v Visit) bool {
	return a.IsSystem() || a.HasAt(v.Hub, Roles()...) || a.HasIn(v.Municipality, access.RoleCaseOfficer)
}
