// Package say puts programmes and offerings into words: whether one can apply,
// when one can start, how far it is, what it costs. It belongs to the room
// supply; its texts are in supplyweb/text, and every page that shows an
// offering says the same about it.
package say

import (
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply/offer"
)

// Speaker says things in the reader's language.
type Speaker struct {
	i18n.Printer
	Places *place.Register
}

// Text is the text in the reader's language, or in one it has.
func (s Speaker) Text(t i18n.Text) string {
	text, _ := t.In(s.Language())
	return text
}

// Labels are the names of codes in a sentence: "a, b og c".
func Labels[T interface{ Label() i18n.Key }](s Speaker, list []T) string {
	names := make([]string, len(list))
	for i, v := range list {
		names[i] = s.T(v.Label())
	}
	return s.Join(names)
}

// Status says whether one can apply, in one sentence.
func (s Speaker) Status(st offer.Status) string {
	switch {
	case st.State == offer.Open && !st.Deadline.IsZero():
		return s.T("supply.status.open_until", "day", st.Deadline)
	case st.State == offer.WaitList && !st.Deadline.IsZero():
		return s.T("supply.status.waiting_until", "day", st.Deadline)
	case st.State == offer.OpensOn:
		return s.T("supply.status.opens", "day", st.Opens)
	case st.State == offer.Paused && !st.Changes.IsZero():
		return s.T("supply.status.paused_until", "day", st.Changes)
	case st.State == offer.Running && !st.Changes.IsZero():
		return s.T("supply.status.running_until", "day", st.Changes.AddDays(-1))
	}
	return s.T(st.State.Label())
}

// Next says when the state changes and to what; empty when no day is known or
// Status has said it.
func (s Speaker) Next(st offer.Status) string {
	if st.Changes.IsZero() || st.State == offer.OpensOn || st.State == offer.Paused {
		return ""
	}
	return s.T("supply.status.next", "day", st.Changes, "state", st.Next.Label())
}

// StatusTag is the public state as a tag.
func (s Speaker) StatusTag(st offer.Status) ui.Tag {
	color := ui.Neutral
	switch st.State {
	case offer.Open:
		color = ui.Success
	case offer.WaitList, offer.OpensOn, offer.Paused:
		color = ui.Info
	case offer.Full, offer.Closed, offer.NoDates:
		color = ui.Warning
	case offer.CalledOff:
		color = ui.Danger
	}
	return ui.Tag{Text: s.T(st.State.Label()), Color: color}
}

// Start says when one starts: any day with the earliest, or the day.
func (s Speaker) Start(o offer.Offering, e offer.Earliest) string {
	switch {
	case o.StartType == offer.Rolling && !e.Day.IsZero():
		return s.T("supply.start.rolling_from", "day", e.Day)
	case o.StartType == offer.Rolling:
		return s.T("supply.start.rolling")
	case !o.Start.IsZero():
		return s.Date(o.Start)
	case o.StartType == offer.SinglePlace:
		return s.T("supply.start.single")
	}
	return s.T("supply.start.unknown")
}

// Why says what moved the earliest start.
func (s Speaker) Why(e offer.Earliest) []string {
	out := make([]string, len(e.Why))
	for i, r := range e.Why {
		out[i] = s.Reason(r)
	}
	return out
}

// Reason writes a reason. Names in it are joined in the reader's language.
func (s Speaker) Reason(r offer.Reason) string {
	values := append([]any{}, r.Values...)
	for i, v := range values {
		if names, ok := v.(offer.Names); ok {
			values[i] = s.Join(names)
		}
	}
	return s.T(r.Key, values...)
}

// Trip says how far the reader must travel, short enough for a column.
func (s Speaker) Trip(t offer.Trip) string {
	switch {
	case t.None:
		return s.T("supply.trip.none")
	case t.Class == place.UnknownDistance || t.Class == "":
		return s.T("supply.trip.unknown")
	case t.Class == place.Same:
		return s.T("supply.trip.same")
	}
	return s.T("supply.trip.km", "km", int(t.Air+0.5), "place", s.Municipality(t.To))
}

// Nearness names a class of distance.
func (s Speaker) Nearness(n place.Nearness) string {
	return s.T(i18n.Key("supply.nearness." + string(n)))
}

// Municipality is the official name of a municipality, "Rosse – Røros"; the
// number when it is not known, nothing for none.
func (s Speaker) Municipality(n place.Number) string {
	m, err := s.Places.Municipality(n)
	if err != nil {
		return string(n)
	}
	if m.Official != "" {
		return m.Official
	}
	return m.Name
}

// Meets names the municipalities in which an offering meets.
func (s Speaker) Meets(o offer.Offering) string {
	numbers := o.MeetsIn()
	if len(numbers) == 0 {
		return s.T("supply.meets.none")
	}
	names := make([]string, len(numbers))
	for i, n := range numbers {
		names[i] = s.Municipality(n)
	}
	return s.Join(names)
}

// PlacesLeft says how many places are left and how many more are needed to
// start. Only the provider, exact, reads numbers that are small.
func (s Speaker) PlacesLeft(o offer.Offering, exact bool) []string {
	c := o.Counts(exact)
	left, known := o.PlacesLeft()
	var out []string
	switch {
	case !known:
	case c.Left != nil:
		out = append(out, s.T("supply.places.left", "n", *c.Left, "max", o.MaxPlaces))
	case left > 0:
		out = append(out, s.T("supply.places.some", "max", o.MaxPlaces))
	default:
		out = append(out, s.T("supply.places.none", "max", o.MaxPlaces))
	}
	switch {
	case c.Queued == nil:
		out = append(out, s.T("supply.places.queue"))
	case *c.Queued > 0:
		out = append(out, s.T("supply.places.queued", "n", *c.Queued))
	}
	switch {
	case o.NeedToStart() == 0:
	case c.Need != nil:
		out = append(out, s.T("supply.places.need", "n", *c.Need))
	default:
		out = append(out, s.T("supply.places.need_some", "min", o.MinPlaces))
	}
	return out
}

// Price says what it costs, always with the year.
func (s Speaker) Price(p offer.Price) []string {
	var out []string
	if p.Participant != nil && *p.Participant == 0 {
		out = append(out, s.T("supply.price.free", "year", year(p.Year)))
	} else if p.Participant != nil {
		out = append(out, s.T("supply.price.participant", "amount", *p.Participant, "year", year(p.Year)))
	}
	if p.Employer != nil {
		out = append(out, s.T("supply.price.employer", "amount", *p.Employer, "year", year(p.Year)))
	}
	return out
}
