// Package address reads what the address of a list of offerings asks for, for
// pages, files and JSON alike: the names in it are the same everywhere. It
// belongs to the room supply.
package address

import (
	"net/url"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// Names are the names that narrow or sort the catalogue.
func Names() []string {
	return []string{"q", "near", "within", "level", "form", "start_type", "field", "region", "municipality", "admission_channel",
		"provider", "credits_max", "badge", "free", "open", "all", "sort"}
}

// Withins are the distances one may choose between, in kilometres.
func Withins() []string { return []string{"25", "50", "100", "200"} }

// Reader reads addresses. Places are as they are today.
type Reader struct {
	Places *place.Register
	Clock  clock.Clock
}

// Filter reads the values; the fault names what cannot be used, which is then
// left out.
func (r Reader) Filter(values url.Values) (supply.Filter, error) {
	in := form.Read(values)
	f := supply.Filter{
		Text: in.Search("q"), Levels: text.Typed[offer.Level](in.Choices("level", text.Strings(offer.Levels())...)),
		Deliveries: text.Typed[offer.Delivery](in.Choices("form", text.Strings(offer.Deliveries())...)),
		StartTypes: text.Typed[offer.StartType](in.Choices("start_type", text.Strings(offer.StartTypes())...)),
		Channels:   text.Typed[offer.Channel](in.Choices("admission_channel", text.Strings(offer.Channels())...)),
		Fields:     in.Choices("field", offer.Fields()...), Badge: in.Bool("badge"), FreePlaces: in.Bool("free"), OpenNow: in.Bool("open"), All: in.Bool("all"),
		Near: r.Municipality(in, "near"), Municipality: r.Municipality(in, "municipality"), MaxCredits: float64(in.Int("credits_max")),
		Sort: supply.Sort(in.Choice("sort", text.Strings(supply.Sorts())...)), After: in.Text("after"),
	}
	if within, err := strconv.Atoi(in.Choice("within", Withins()...)); err == nil {
		f.Within = place.Kilometres(within)
	}
	if region := place.RegionID(in.Text("region")); region != "" {
		if _, err := r.Places.Region(region); err != nil {
			in.Refuse("region", "form.error.choice")
		} else {
			f.Region = region
		}
	}
	if provider := in.Text("provider"); provider != "" {
		v, err := access.ParseOrgID(provider)
		if err != nil {
			in.Refuse("provider", "form.error.choice")
		}
		f.Provider = v
	}
	return f, in.Err()
}

// Municipality reads a municipality by name or number.
func (r Reader) Municipality(in *form.Input, name string) place.Number {
	written := in.Text(name)
	if written == "" {
		return ""
	}
	if n, ok := r.Find(written); ok {
		return n
	}
	in.Refuse(name, "form.error.municipality")
	return ""
}

// Find is the municipality that is written, by name or number, if there is
// exactly one.
func (r Reader) Find(written string) (place.Number, bool) {
	if n, err := place.ParseNumber(written); err == nil {
		return n, offer.IsKnown(r.Places, n)
	}
	division := r.Places.On(r.Clock.Today())
	found := division.ByName(written)
	for _, m := range found {
		if division.Label(m) == written || len(found) == 1 {
			return m.Number, true
		}
	}
	return "", false
}

// Municipalities are the names that a reader may choose between.
func (r Reader) Municipalities() []string {
	division := r.Places.On(r.Clock.Today())
	list := division.List()
	out := make([]string, len(list))
	for i, m := range list {
		out[i] = division.Label(m)
	}
	return out
}

// Label is how a municipality is written in a field.
func (r Reader) Label(n place.Number) string {
	division := r.Places.On(r.Clock.Today())
	if m, err := division.Municipality(n); err == nil {
		return division.Label(m)
	}
	return string(n)
}
