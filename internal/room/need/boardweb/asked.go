package boardweb

import (
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/wording"
)

// asked is what the address of a list of needs asks for. The names and their
// meaning are those of the list itself, /behov, so that the same address shows
// the same needs as a list, on the map and in a file; a test holds them
// against each other.
type asked struct {
	list.Query
	municipality, region string // as written
}

func (p *pages) readAsked(values url.Values) (asked, error) {
	in := form.Read(values)
	a := asked{municipality: in.Text("municipality"), region: in.Text("region")}
	a.Query = list.Query{Order: in.Choice("sort", list.Orders().Names()...), Filter: list.Filter{
		Text: in.Search("q"), Mine: in.Bool("mine"), BallMine: in.Bool("ball"), Overdue: in.Bool("overdue"),
		States: oneOrNone(flow.State(in.Choice("state", text.Strings(need.States())...))),
		Levels: oneOrNone(need.Level(in.Choice("level", text.Strings(need.Levels())...)))}}
	if purpose := need.Purpose(in.Choice("purpose", text.Strings(need.Purposes())...)); purpose != "" {
		a.Purposes = need.Unique([]need.Purpose{purpose, need.Both})
	}
	if a.municipality != "" {
		n, err := p.Places.ParseTyped(a.municipality, p.Clock.Today())
		if e, ok := fault.As(err); ok && len(e.Fields) > 0 {
			in.Refuse("municipality", e.Fields[0].Key, e.Fields[0].Values...)
		} else if n != "" {
			a.Municipalities = []string{string(n)}
		}
	}
	if a.region != "" {
		p.narrow(in, &a)
	}
	return a, in.Err()
}

// narrow narrows the list to the region's municipalities, or to the one that
// was asked for when that lies in it.
func (p *pages) narrow(in *form.Input, a *asked) {
	members, err := p.Places.MembersAt(place.RegionID(a.region), p.Clock.Today())
	if err != nil {
		in.Refuse("region", "form.error.choice")
		return
	}
	numbers := text.Strings(place.Numbers(members))
	switch {
	case len(a.Municipalities) == 0:
		a.Municipalities = numbers
	case !slices.Contains(numbers, a.Municipalities[0]):
		in.Refuse("municipality", "needmap.error.not_in_region")
	}
}

// kept is what an address asks for, as it can be handed on: without the page
// of a list, and without what is unknown.
func kept(values url.Values) url.Values {
	q := url.Values{}
	for _, name := range []string{"q", "state", "purpose", "level", "municipality", "region", "mine", "ball", "overdue", "sort"} {
		if v := values.Get(name); v != "" {
			q.Set(name, v)
		}
	}
	return q
}

// mapFilter is the filter of the list, above the map.
func (p *pages) mapFilter(t i18n.Printer, actor access.Actor, a asked, values url.Values) ui.Filter {
	states := slices.DeleteFunc(need.States(), func(s flow.State) bool { return s == need.Draft })
	regions := []form.Option{{Label: t.T("board.any.region"), Selected: a.region == ""}}
	for _, g := range p.Places.Regions(p.Clock.Today()) {
		regions = append(regions, form.Option{Value: string(g.ID), Label: g.Name, Selected: string(g.ID) == a.region})
	}
	f := ui.Filter{Action: "/behov/kart", Title: t.T("board.filter"), Submit: t.T("board.filter.do"),
		Search: form.Field{Name: "q", Kind: form.Text, Label: t.T("needmap.filter.text"), Value: a.Text},
		Fields: []form.Field{
			{Name: "state", Kind: form.Select, Label: t.T("board.col.state"), Options: wording.Options(t, "board.any.state", states, need.StateLabel, first(a.States))},
			{Name: "purpose", Kind: form.Select, Label: t.T("needmap.filter.purpose"), Options: wording.Options(t, "needmap.any.purpose", need.Purposes(), need.Purpose.Label, first(a.Purposes))},
			{Name: "level", Kind: form.Select, Label: t.T("board.col.level"), Options: wording.Options(t, "board.any.level", need.Levels(), need.Level.Label, first(a.Levels))},
			{Name: "municipality", Kind: form.Suggest, Label: t.T("board.col.municipality"), Value: a.municipality, Datalist: p.Places.Options(p.Clock.Today()), Autocomplete: "off"},
			{Name: "region", Kind: form.Select, Label: t.T("board.col.region"), Options: regions},
		}}
	if need.CanRegister(actor) || !need.Office(actor).IsNowhere() {
		f.Fields = append(f.Fields, form.Field{Name: "overdue", Kind: form.Checks, Label: t.T("needmap.filter.overdue"),
			Options: []form.Option{{Value: "1", Label: t.T("needmap.filter.overdue.yes"), Selected: a.Overdue}}})
	}
	for _, name := range []string{"mine", "ball"} {
		if v := values.Get(name); v != "" {
			f.Hidden = append(f.Hidden, ui.Hidden{Name: name, Value: v})
		}
	}
	if q := kept(values); len(q) > 0 {
		f.Clear = &ui.Link{Label: t.T("board.filter.clear"), Href: "/behov/kart"}
	}
	for _, field := range f.Fields {
		if values.Get(field.Name) != "" {
			f.Open = true
		}
	}
	return f
}
