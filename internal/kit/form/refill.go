package form

import (
	"net/url"
	"reflect"
	"strings"

	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

// Problem is a line of the error summary: the field's label with the message,
// and the id of the control it is about. ID is empty when no field of the form
// has that name.
type Problem struct{ ID, Message string }

// Refill puts posted values into the fields of a form (a pointer to a struct
// with Field members, also nested and in slices) and the messages of an
// Invalid fault at their fields. It answers the lines of the error summary in
// the order of the fields. Passwords and files are not filled in again:
// browsers refuse the one and should not get the other.
func Refill(form any, values url.Values, err error, p i18n.Printer) []Problem {
	messages := map[string][]string{}
	var unplaced []string
	if e, ok := fault.As(err); ok {
		for _, f := range e.Fields {
			messages[f.Name] = append(messages[f.Name], p.T(f.Key, f.Values...))
			unplaced = append(unplaced, f.Name)
		}
	}
	var problems []Problem
	placed := map[string]bool{}
	each(reflect.ValueOf(form), func(f *Field) {
		if posted, ok := values[f.Name]; f.Kind != Password && f.Kind != File && (ok || f.Kind == Checks) && values != nil {
			f.set(posted)
		}
		for _, m := range messages[f.Name] {
			if f.Error == "" {
				f.Error = m
			}
			if !placed[f.Name] {
				problems = append(problems, Problem{ID: f.target(), Message: named(f.Label, m)})
			}
		}
		placed[f.Name] = true
	})
	for _, name := range unplaced {
		if !placed[name] {
			for _, m := range messages[name] {
				problems = append(problems, Problem{Message: m})
			}
			placed[name] = true
		}
	}
	return problems
}

// target is where the error summary's link leads: the first control of a
// group, else the control.
func (f *Field) target() string {
	if f.Kind == Radio || f.Kind == Checks {
		return f.DOMID() + "-1"
	}
	return f.DOMID()
}

// each calls fn for every Field inside v.
func each(v reflect.Value, fn func(*Field)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			each(v.Elem(), fn)
		}
	case reflect.Slice:
		for i := range v.Len() {
			each(v.Index(i), fn)
		}
	case reflect.Struct:
		if v.CanAddr() {
			if f, ok := v.Addr().Interface().(*Field); ok {
				fn(f)
				return
			}
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				each(v.Field(i), fn)
			}
		}
	}
}

// named says which field a message is about, for where it stands far from it.
func named(label, message string) string {
	switch {
	case label == "":
		return message
	case strings.ContainsRune("?!.:", rune(label[len(label)-1])):
		return label + " " + message
	}
	return label + ": " + message
}
