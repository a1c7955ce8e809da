// Package pick puts what Enhetsregisteret has into organisation fields, the
// same way on every page: hits as choices that say where they come from, and
// plain words when the register cannot be asked.
//
// A field "x" that named nobody known gets two companions: "x_choice", the
// hits to tick, and the hidden "x_asked", what they are hits for. A tick counts
// only for the text it was made for. Everything works without JavaScript.
package pick

import (
	"context"
	"embed"
	"net/url"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// prefix begins the value of a choice that is a hit of the register.
const prefix = "enhet-"

// Value is the value of the choice of a hit.
func Value(h register.Hit) string { return prefix + h.Unit.OrgNo }

// Chosen is the number of the hit that was ticked for what now stands in the
// field; "" when none was, or it was ticked for another text.
func Chosen(in *form.Input, field, typed string) string {
	no, ok := strings.CutPrefix(in.Text(field+"_choice"), prefix)
	if !ok || in.Text(field+"_asked") != typed {
		return ""
	}
	if no, err := text.ParseOrgNumber(no); err == nil {
		return no
	}
	return ""
}

// Options are the hits as choices, each marked with where it comes from. The
// only hit for a number is ticked beforehand, unless it is closed.
func Options(t i18n.Printer, places *place.Register, a register.Answer, typed string) []form.Option {
	var out []form.Option
	for _, h := range a.Hits {
		out = append(out, form.Option{Value: Value(h), Label: h.Name, Hint: About(t, places, h)})
	}
	if _, err := text.ParseOrgNumber(typed); err == nil && len(out) == 1 && !a.Hits[0].Unit.State.IsClosed() {
		out[0].Selected = true
	}
	return out
}

// About is the line under a hit: where it comes from, where it lies, what it
// is, its number, and how it stands when it is closed.
func About(t i18n.Printer, places *place.Register, h register.Hit) string {
	where := t.T("register.abroad")
	if m, err := places.Municipality(place.Number(h.Unit.Municipality)); err == nil {
		where = places.On(m.To).Label(m)
	}
	kind := t.T(h.Kind.Label())
	if h.Unit.Form != "" {
		kind = t.T("register.kind", "kind", kind, "form", h.Unit.Form)
	}
	line := t.T("register.hit", "where", where, "kind", kind, "number", text.FormatOrgNumber(h.Unit.OrgNo))
	if h.Unit.State.IsClosed() {
		line += " " + State(t, org.Standing{State: h.Unit.State, Since: h.Unit.Since})
	}
	return line
}

// State is how an organisation stands, in a short sentence.
func State(t i18n.Printer, s org.Standing) string {
	if s.Since.IsZero() {
		return t.T("register.state", "state", t.T(org.StateLabel(s.State)))
	}
	return t.T("register.state_since", "state", t.T(org.StateLabel(s.State)), "date", s.Since)
}

// Note says in plain words that the register could not be asked; "" when it
// was.
func Note(t i18n.Printer, a register.Answer) string {
	switch a.Trouble {
	case register.Off:
		return t.T("register.off")
	case register.Unreachable:
		if len(a.Hits) > 0 {
			return t.T("register.kept")
		}
		return t.T("register.unreachable")
	}
	return ""
}

// Companions are the two fields that go with a field that was posted and named
// nobody known; those without hits have no name and are not drawn.
type Companions struct{ Choice, Asked form.Field }

// CompanionsOf looks up what was posted in the field, as Find did.
func CompanionsOf(ctx context.Context, reg *register.Service, actor access.Actor, t i18n.Printer, places *place.Register, posted url.Values, field string) (Companions, error) {
	typed := form.Read(posted).Text(field)
	if typed == "" || !reg.IsOn() {
		return Companions{}, nil
	}
	if _, err := reg.Orgs.Find(ctx, typed); !fault.Is(err, fault.NotFound) {
		return Companions{}, nil // known, or unclear here: the field's own fault says so
	}
	a, err := reg.LookUp(ctx, actor, typed)
	if err != nil || len(a.Hits) == 0 {
		return Companions{}, err
	}
	return Companions{
		Choice: form.Field{Name: field + "_choice", Kind: form.Radio, Label: t.T("register.choose", "name", typed), Options: Options(t, places, a, typed)},
		Asked:  form.Field{Name: field + "_asked", Kind: form.Hidden, Value: typed},
	}, nil
}

// Find finds the organisation that was typed in the field: here, or by the hit
// that was ticked for it, which is then registered unless something else is
// wrong with the form. Unknown ones are looked up, and the fault at the field
// tells to choose; it is unknown when there are no hits. CompanionsOf gives the
// hits to the form that is drawn again.
func Find(ctx context.Context, reg *register.Service, actor access.Actor, in *form.Input, field string, wrong bool, unknown i18n.Key) (org.ID, error) {
	typed := in.Text(field)
	o, err := reg.Orgs.Find(ctx, typed)
	if !fault.Is(err, fault.NotFound) {
		return o, err
	}
	if no := Chosen(in, field, typed); no != "" {
		if wrong {
			return "", nil
		}
		hit, err := reg.Fetch(ctx, actor, no)
		if err == nil {
			o, err = reg.Add(ctx, actor, hit, "")
		}
		return o, At(field, err)
	}
	a, err := reg.LookUp(ctx, actor, typed)
	switch {
	case err != nil:
		return "", err
	case len(a.Hits) > 0:
		return "", fault.InvalidField(field, "register.error.choose")
	case a.Trouble == register.Unreachable:
		return "", fault.InvalidField(field, "register.error.unreachable")
	}
	return "", fault.InvalidField(field, unknown)
}

// At says the faults of looking up and registering at the one field that the
// reader sees.
func At(field string, err error) error {
	e, ok := fault.As(err)
	switch {
	case !ok:
		return err
	case e.Kind == fault.Unavailable:
		return fault.InvalidField(field, "register.error.unreachable")
	case e.Kind == fault.NotFound:
		return fault.InvalidField(field, "register.error.gone")
	case e.Kind == fault.Invalid:
		var fs fault.Fields
		for _, f := range e.Fields {
			key := f.Key
			if f.Name == "municipality" {
				key = "register.error.place"
			}
			fs.Add(field, key, f.Values...)
		}
		return fs.Err()
	}
	return err
}
