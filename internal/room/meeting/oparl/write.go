package oparl

import (
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/session"
)

// Writer makes objects. URL is where readers find the service, T writes in the language
// that names of kinds and states are in.
type Writer struct {
	URL   string
	T     i18n.Printer
	Today clock.Date
}

// Root is where the interface lies below the service's address.
const Root = "/oparl/v1"

// At is the address of an object or a list.
func (w Writer) At(parts ...string) string {
	return strings.Join(append([]string{w.URL + Root}, parts...), "/")
}

func (w Writer) web(path string) string { return w.URL + path }

// object is what all objects have. Moments that nobody knows are left out.
func (w Writer) object(kind, at string, changed audit.Span, web string) Object {
	return Object{ID: at, Type: Schema + kind, Created: moment(changed.First), Modified: moment(changed.Last), Web: web}
}

// Gone is what is left of an object that is not public any more.
func (w Writer) Gone(kind, at string, changed audit.Span) Object {
	o := w.object(kind, at, changed, "")
	o.Deleted = true
	return o
}

// format is how the standard writes moments, with a numeric offset.
const format = "2006-01-02T15:04:05-07:00"

func moment(t clock.Time) string {
	if t.IsZero() {
		return ""
	}
	return clock.InOslo(t).Format(format)
}

func day(d clock.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// System is the interface itself.
func (w Writer) System(name, contact string) System {
	return System{Object: w.object("System", w.At(), audit.Span{}, w.web("/forum-og-rad")), OparlVersion: "https://schema.oparl.org/1.1/", Name: name, Body: w.At("bodies"),
		Website: w.URL, ContactEmail: contact, Vendor: w.URL, Product: w.URL}
}

// Body is an organisation that bodies belong to.
func (w Writer) Body(o access.OrgID, name string, changed audit.Span) Body {
	at := w.At("bodies", string(o))
	page := w.web("/virksomheter/" + string(o))
	return Body{Object: w.object("Body", at, changed, page), System: w.At(), Name: name, Website: page, Organization: at + "/organizations", Person: at + "/people", Meeting: at + "/meetings",
		Paper: at + "/papers", Membership: at + "/memberships", LegislativeTerm: []LegislativeTerm{}}
}

// Organization is a body that meets.
func (w Writer) Organization(d meeting.Details, changed audit.Span) Organization {
	at, page := w.At("organizations", string(d.ID)), w.web("/organ/"+string(d.ID))
	out := Organization{Object: w.object("Organization", at, changed, page), Body: w.At("bodies", string(d.Host)), Name: d.Name, Meeting: at + "/meetings", OrganizationType: "Gremium",
		Classification: w.T.T(d.Kind.Label()), StartDate: day(d.From), EndDate: day(d.To), Website: page}
	if d.Parent != "" {
		out.SubOrganizationOf = w.At("organizations", string(d.Parent))
	}
	rules, _ := d.RulesOn(w.Today)
	for _, s := range d.Seats {
		for _, h := range s.Holders {
			out.Membership = append(out.Membership, w.At("memberships", string(h.ID)))
		}
		if s.HoldsOn(w.Today) {
			out.MemberCount++
			if rules.Rules.Votes(s.Kind) {
				out.VotingMemberCount++
			}
		}
	}
	return out
}

// Person is an office that holds a seat, with its membership.
func (w Writer) Person(d meeting.Details, s meeting.Seat, h meeting.Holder, changed audit.Span) Person {
	return Person{Object: w.object("Person", w.At("people", string(h.ID)), changed, w.web("/organ/"+string(d.ID))), Body: w.At("bodies", string(d.Host)),
		Name: h.Title + ", " + s.OrgName, Title: []string{h.Title}, Membership: []Membership{w.Membership(d, s, h, changed)}}
}

// Membership is an office in a seat.
func (w Writer) Membership(d meeting.Details, s meeting.Seat, h meeting.Holder, changed audit.Span) Membership {
	rules, _ := d.RulesOn(w.Today)
	role := w.T.T(meeting.SeatLabel(s.Kind))
	if h.Part == meeting.Deputy {
		role += ", " + w.T.T(meeting.Deputy.Label())
	}
	for _, task := range meeting.Tasks() {
		if seat, _, ok := d.LeaderOn(task, w.Today); ok && seat.ID == s.ID && h.Part == meeting.Member && h.HoldsOn(w.Today) {
			role += ", " + w.T.T(task.Label())
		}
	}
	return Membership{Object: w.object("Membership", w.At("memberships", string(h.ID)), changed, w.web("/organ/"+string(d.ID))), Person: w.At("people", string(h.ID)),
		Organization: w.At("organizations", string(d.ID)), Role: role, VotingRight: rules.Rules.Votes(s.Kind), StartDate: day(h.From), EndDate: day(h.To)}
}

// latest is the later of the two moments: what a file shows may change with the thing
// that it belongs to.
func latest(at clock.Time, changed audit.Span) clock.Time {
	if changed.Last.After(at) {
		return changed.Last
	}
	return at
}

// ground is the rule of law behind a code of the grounds for closing a meeting.
func (w Writer) ground(code string) string {
	g, ok := casework.GroundOf(casework.MeetingGrounds(), code)
	if !ok {
		return ""
	}
	return g.Section + ": " + w.T.T(g.Label)
}

// state is how far a meeting has come, in the words that the standard recommends.
func state(s session.State) string {
	switch s {
	case session.Planned, session.Cancelled:
		return "terminiert"
	case session.Sent, session.Opened:
		return "eingeladen"
	}
	return "durchgeführt"
}

// authoritative reports whether a treatment with the result settles the case.
func authoritative(r casework.Result) bool { return r == casework.Adopted || r == casework.Rejected }
