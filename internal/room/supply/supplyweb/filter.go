package supplyweb

import (
	"net/url"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/address"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
	"kompetansetorg/internal/room/supply/supplyweb/formweb"
)

// filterForm is the form above the catalogue with what is chosen.
func (p *pages) filterForm(s say.Speaker, values url.Values, f supply.Filter, hits int) ui.Filter {
	out := ui.Filter{Action: "/tilbud", Title: s.T("supply.filter.more"), Submit: s.T("supply.filter.show"), Chosen: s.T("supply.filter.chosen"),
		Hits: s.T("supply.hits", "n", hits), Search: form.Field{Name: "q", Kind: form.Text, Label: s.T("supply.filter.text"), Value: f.Text, Autocomplete: "off"}}
	field := func(name string, kind form.Kind, label i18n.Key, options []form.Option) form.Field {
		return form.Field{Name: name, Kind: kind, Label: s.T(label), Options: options}.WithAll(values[name])
	}
	any := form.Option{Label: s.T("supply.filter.any")}
	near := values.Get("near")
	if f.Near != "" {
		near = p.addresses.Label(f.Near)
	}
	out.Fields = []form.Field{
		{Name: "near", Kind: form.Suggest, Label: s.T("supply.filter.near"), Hint: s.T("supply.filter.near_hint"), Value: near, Datalist: p.addresses.Municipalities(), Autocomplete: "off"},
		field("within", form.Select, "supply.filter.within", append([]form.Option{any}, p.withinOptions(s)...)),
		field("level", form.Checks, "supply.f.level", formweb.Options(s, offer.Levels())),
		field("form", form.Checks, "supply.f.form", formweb.Options(s, offer.Deliveries())),
		field("start_type", form.Checks, "supply.f.start_type", formweb.Options(s, offer.StartTypes())),
		field("field", form.Select, "supply.f.fields", append([]form.Option{any}, fieldOptions(s)...)),
		field("region", form.Select, "supply.filter.region", append([]form.Option{any}, p.regionOptions()...)),
		{Name: "municipality", Kind: form.Text, Label: s.T("supply.filter.municipality"), Value: values.Get("municipality"), Autocomplete: "off"},
		{Name: "credits_max", Kind: form.Number, Label: s.T("supply.filter.credits_max"), Value: values.Get("credits_max")},
		{Name: "badge", Kind: form.Checks, Label: s.T("supply.filter.only"), Options: []form.Option{
			{Value: "ja", Label: s.T("supply.badge"), Hint: s.T("supply.badge.hint"), Selected: f.Badge}}},
		{Name: "free", Kind: form.Checks, Label: s.T("supply.filter.places"), Options: []form.Option{{Value: "ja", Label: s.T("supply.filter.free"), Selected: f.FreePlaces}}},
		{Name: "open", Kind: form.Checks, Label: s.T("supply.filter.application"), Options: []form.Option{{Value: "ja", Label: s.T("supply.filter.open"), Selected: f.OpenNow}}},
		{Name: "all", Kind: form.Checks, Label: s.T("supply.filter.over"), Options: []form.Option{{Value: "ja", Label: s.T("supply.filter.all"), Selected: f.All}}},
	}
	if f.Sort != "" {
		out.Hidden = append(out.Hidden, ui.Hidden{Name: "sort", Value: string(f.Sort)})
	}
	out.Chips = p.chips(s, values)
	if len(out.Chips) > 0 {
		out.Clear = &ui.Link{Label: s.T("supply.filter.clear"), Href: "/tilbud"}
	}
	return out
}

// chips are the chosen filters, each with the address without it.
func (p *pages) chips(s say.Speaker, values url.Values) []ui.Chip {
	var out []ui.Chip
	for _, name := range address.Names() {
		if name == "sort" {
			continue
		}
		for _, v := range values[name] {
			if v == "" {
				continue
			}
			out = append(out, ui.Chip{Label: p.chipLabel(s, name, v), Href: "/tilbud" + without(values, name, v), Remove: s.T("supply.filter.remove")})
		}
	}
	return out
}

func (p *pages) chipLabel(s say.Speaker, name, v string) string {
	switch name {
	case "q":
		return s.T("supply.chip.text", "text", v)
	case "near":
		return s.T("supply.chip.near", "place", v)
	case "within":
		return s.T("supply.within.km", "n", number(v))
	case "field":
		if slices.Contains(offer.Fields(), v) {
			return s.T(offer.FieldLabel(v))
		}
	case "region":
		if r, err := p.Places.Region(place.RegionID(v)); err == nil {
			return s.T("supply.chip.region", "place", r.Name)
		}
	case "municipality":
		return s.T("supply.chip.municipality", "place", v)
	case "credits_max":
		return s.T("supply.chip.credits", "n", number(v))
	case "badge":
		return s.T("supply.badge")
	case "free":
		return s.T("supply.filter.free")
	case "open":
		return s.T("supply.filter.open")
	case "all":
		return s.T("supply.filter.all")
	case "provider":
		return s.T("supply.chip.provider")
	}
	return s.Value(name, v)
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// without is the query string without one value, and without the place in the
// list.
func without(values url.Values, name, value string) string {
	q := kept(values)
	q[name] = slices.DeleteFunc(slices.Clone(q[name]), func(v string) bool { return v == value })
	if name == "near" {
		q.Del("within")
	}
	return query(q)
}

// with is the query string with a value changed, from the first page.
func with(values url.Values, name, value string) string {
	q := kept(values)
	q.Set(name, value)
	return query(q)
}

// kept are the values that narrow or sort.
func kept(values url.Values) url.Values {
	q := url.Values{}
	for _, name := range address.Names() {
		for _, v := range values[name] {
			if v != "" {
				q.Add(name, v)
			}
		}
	}
	return q
}

func query(q url.Values) string {
	if s := q.Encode(); s != "" {
		return "?" + s
	}
	return ""
}

func fieldOptions(s say.Speaker) []form.Option {
	var out []form.Option
	for _, f := range offer.Fields() {
		out = append(out, form.Option{Value: f, Label: s.T(offer.FieldLabel(f))})
	}
	return out
}

func (p *pages) regionOptions() []form.Option {
	var out []form.Option
	for _, r := range p.Places.Regions(p.Clock.Today()) {
		out = append(out, form.Option{Value: string(r.ID), Label: r.Name})
	}
	return out
}

func (p *pages) withinOptions(s say.Speaker) []form.Option {
	var out []form.Option
	for _, w := range address.Withins() {
		out = append(out, form.Option{Value: w, Label: s.T("supply.within.km", "n", number(w))})
	}
	return out
}
