package matchweb

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
)

// The parameters of /finn. The first is short because people write it.
const (
	paramText   = "q"
	paramAdd    = "legg"
	paramRemove = "fjern"
)

// asked is what an address asks for. values are its parameters, those that are
// known and filled, as the links of the page hand them on.
type asked struct {
	match.Query
	values url.Values
	// typed is an added concept that is not known by that name; maybe are those
	// that may be meant.
	typed string
	maybe []concept
}

// isEmpty reports whether nothing is asked for.
func (a asked) isEmpty() bool {
	return a.Text == "" && len(a.Added) == 0
}

// readAsked reads the address; the fault names every parameter that is wrong.
func (p *Pages) readAsked(t i18n.Printer, values url.Values) (asked, error) {
	in := form.Read(values)
	a := asked{values: url.Values{}}
	a.Text = in.Text(paramText)
	if utf8.RuneCountInString(a.Text) > need.MaxText {
		in.Refuse(paramText, "form.error.too_long", "max", need.MaxText)
	}
	if a.Headcount = in.Int("headcount"); a.Headcount < 0 || a.Headcount > need.MaxHeadcount {
		in.Refuse("headcount", "form.error.range", "min", 1, "max", need.MaxHeadcount)
	}
	a.Level = offer.Level(in.Choice("level", text.Strings(offer.Levels())...))
	for _, f := range in.Choices("form", text.Strings(offer.Deliveries())...) {
		a.Forms = append(a.Forms, offer.Delivery(f))
	}
	a.From = in.Date("from")
	p.readPlace(in, &a)
	a.Removed = p.knownRefs(values[paramRemove])
	p.readAdded(t, in, values[paramAdd], &a)
	a.Removed = slices.DeleteFunc(a.Removed, func(r match.Ref) bool { return slices.Contains(a.Added, r) })
	a.keep(values)
	if a.isEmpty() && a.typed == "" && values.Has(paramText) {
		in.Refuse(paramText, "match.error.text")
	}
	return a, in.Err()
}

func (p *Pages) readPlace(in *form.Input, a *asked) {
	n, err := p.Match.Places.ParseTyped(in.Text("municipality"), p.Match.Clock.Today())
	if e, ok := fault.As(err); ok && len(e.Fields) > 0 {
		in.Refuse("municipality", e.Fields[0].Key, e.Fields[0].Values...)
		return
	}
	a.Municipality = n
}

// readAdded reads what the reader added: refs from links, and one name as it
// was written.
func (p *Pages) readAdded(t i18n.Printer, in *form.Input, added []string, a *asked) {
	for _, s := range added {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		ref, maybe := p.resolve(t, s)
		switch {
		case ref == match.Ref{}:
			a.typed, a.maybe = s, maybe
			in.Refuse(paramAdd, "match.error.concept", "name", s)
		case !slices.Contains(a.Added, ref) && len(a.Added) < maxChanges:
			a.Added = append(a.Added, ref)
		}
	}
}

// maxChanges is how many concepts one may add or take away.
const maxChanges = 20

// knownRefs reads refs and drops those that name nothing.
func (p *Pages) knownRefs(list []string) []match.Ref {
	var out []match.Ref
	for _, s := range list {
		if ref, ok := p.parseRef(s); ok && !slices.Contains(out, ref) && len(out) < maxChanges {
			out = append(out, ref)
		}
	}
	return out
}

// keep remembers the parameters for the links of the page.
func (a *asked) keep(values url.Values) {
	if a.Text != "" {
		a.values.Set(paramText, a.Text)
	}
	for _, name := range []string{"municipality", "headcount", "level", "from"} {
		if v := strings.TrimSpace(values.Get(name)); v != "" {
			a.values.Set(name, v)
		}
	}
	for _, f := range a.Forms {
		a.values.Add("form", string(f))
	}
	for _, r := range a.Added {
		a.values.Add(paramAdd, r.String())
	}
	for _, r := range a.Removed {
		a.values.Add(paramRemove, r.String())
	}
}

// href is the page with a change of what it asks for.
func (a asked) href(change func(url.Values)) string {
	values := url.Values{}
	for name, list := range a.values {
		values[name] = slices.Clone(list)
	}
	if change != nil {
		change(values)
	}
	return "/finn?" + values.Encode()
}

// without is the page without the concept, and with is the page with it.
func (a asked) without(ref match.Ref) string {
	return a.href(func(v url.Values) {
		drop(v, paramAdd, ref.String())
		if !slices.Contains(a.Added, ref) {
			v.Add(paramRemove, ref.String())
		}
	})
}

func (a asked) with(ref match.Ref) string {
	return a.href(func(v url.Values) {
		drop(v, paramRemove, ref.String())
		v.Add(paramAdd, ref.String())
	})
}

// restored is the page as it was before the concept was taken away.
func (a asked) restored(ref match.Ref) string {
	return a.href(func(v url.Values) { drop(v, paramRemove, ref.String()) })
}

func drop(v url.Values, name, value string) {
	v[name] = slices.DeleteFunc(v[name], func(s string) bool { return s == value })
}

// reportHref leads to the form of a need with all that was asked for.
func (a asked) reportHref() string {
	v := url.Values{"text": {a.Text}}
	if a.Municipality != "" {
		v.Set("municipality", a.values.Get("municipality"))
	}
	if a.Headcount > 0 {
		v.Set("headcount", strconv.Itoa(a.Headcount))
	}
	if a.Level != "" {
		v.Set("level", string(a.Level))
	}
	for _, f := range a.Forms {
		v.Add("forms", string(f))
	}
	if !a.From.IsZero() {
		v.Set("wanted_from", a.From.String())
	}
	return "/behov/ny?" + v.Encode()
}
