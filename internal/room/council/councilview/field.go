package councilview

import (
	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/council"
)

// Fields makes the fields of a form in the reader's language.
type Fields struct{ T i18n.Printer }

// Text is a line of text; a hint is left out when its key is empty.
func (f Fields) Text(name string, label, hint i18n.Key, value string, required bool) form.Field {
	return f.Of(form.Text, name, label, hint, value, required)
}

// Long is a text of several lines.
func (f Fields) Long(name string, label, hint i18n.Key, value string, required bool) form.Field {
	out := f.Of(form.Long, name, label, hint, value, required)
	out.Rows, out.MaxRunes = 5, council.MaxWords
	return out
}

// Date is a day.
func (f Fields) Date(name string, label, hint i18n.Key, value string, required bool) form.Field {
	return f.Of(form.Date, name, label, hint, value, required)
}

// Of is a field of any kind with one value.
func (f Fields) Of(kind form.Kind, name string, label, hint i18n.Key, value string, required bool) form.Field {
	out := form.Field{Name: name, Kind: kind, Label: f.T.T(label), Value: value, Required: required, Autocomplete: "off"}
	if hint != "" {
		out.Hint = f.T.T(hint)
	}
	if !required {
		out.OptionalMark = f.T.T("council.optional")
	}
	return out
}

// Radio is a choice of a few codes with labels.
func Radio[T ~string](f Fields, name string, label i18n.Key, list []T, labelOf func(T) i18n.Key, chosen T) form.Field {
	out := form.Field{Name: name, Kind: form.Radio, Label: f.T.T(label), Required: true, Value: string(chosen)}
	for _, x := range list {
		out.Options = append(out.Options, form.Option{Value: string(x), Label: f.T.T(labelOf(x)), Selected: x == chosen})
	}
	return out
}

// Member is the choice of one of the members.
func (f Fields) Member(members []council.Member, chosen access.OrgID) form.Field {
	out := form.Field{Name: "org", Kind: form.Select, Label: f.T.T("council.member"), Required: true, Value: string(chosen)}
	if len(members) > 1 {
		out.Options = append(out.Options, form.Option{Value: "", Label: f.T.T("council.member.choose"), Selected: chosen == ""})
	}
	for _, m := range members {
		out.Options = append(out.Options, form.Option{Value: string(m.Org), Label: m.Name, Selected: m.Org == chosen})
	}
	return out
}

// Chosen reads the choice of a member.
func Chosen(in *form.Input, members []council.Member) access.OrgID {
	var ids []string
	for _, m := range members {
		ids = append(ids, string(m.Org))
	}
	return access.OrgID(in.Choice("org", ids...))
}

// Strs are codes as plain texts.
func Strs[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}
