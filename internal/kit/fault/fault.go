package fault

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// Kind says what sort of trouble it is, and thereby the HTTP status.
type Kind int

// The kinds. Internal is what every error that is not a fault counts as.
const (
	Internal Kind = iota
	NotFound
	Denied
	Invalid
	Conflict
	Stale
	Unavailable
	TooLarge
	TooMany
)

var kindNames = [...]string{"internal", "not_found", "denied", "invalid", "conflict", "stale", "unavailable", "too_large", "too_many"}

// String is the name used in problem documents and logs.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return fmt.Sprintf("kind(%d)", int(k))
	}
	return kindNames[k]
}

// Field is one wrong field: its name (snake_case, the same in HTML forms and
// JSON), and the message as key with name-value pairs.
type Field struct {
	Name   string
	Key    i18n.Key
	Values []any
}

// Error is a fault. Fields is set for Invalid only; Err is the cause, if any.
type Error struct {
	Kind   Kind
	Key    i18n.Key
	Values []any
	Fields []Field
	Err    error
}

// Error describes the fault for logs, in English and by key.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Kind.String())
	if e.Key != "" {
		b.WriteString(": " + string(e.Key))
	}
	for _, f := range e.Fields {
		fmt.Fprintf(&b, " [%s: %s]", f.Name, f.Key)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes a fault of the kind with a message key and name-value pairs.
func New(kind Kind, key i18n.Key, values ...any) error {
	return &Error{Kind: kind, Key: key, Values: values}
}

// Wrap makes a fault of the kind that keeps err as its cause.
func Wrap(kind Kind, key i18n.Key, err error, values ...any) error {
	return &Error{Kind: kind, Key: key, Values: values, Err: err}
}

// InvalidField is an Invalid fault with one wrong field.
func InvalidField(name string, key i18n.Key, values ...any) error {
	return &Error{Kind: Invalid, Key: "fault.invalid", Fields: []Field{{Name: name, Key: key, Values: values}}}
}

// Missing is the NotFound fault for what does not exist and for what the
// reader may not see: the two are not told apart.
func Missing() error { return New(NotFound, "fault.not_found") }

// KindOf gives the kind of err, Internal when it is no fault. A nil error has
// no kind; asking is a mistake of the caller and also answers Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is a fault of the kind.
func Is(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}

// As gives the fault inside err, if there is one.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// Fields collects wrong fields, so that a reader gets all of them at once.
// The zero value is ready for use.
type Fields struct{ list []Field }

// Add notes that the named field is wrong.
func (f *Fields) Add(name string, key i18n.Key, values ...any) {
	f.list = append(f.list, Field{Name: name, Key: key, Values: values})
}

// Text notes what is wrong with a text of at most so many characters: that it is longer,
// or that it is required and blank.
func (f *Fields) Text(name, s string, most int, required bool) {
	switch {
	case required && text.IsBlank(s):
		f.Add(name, "form.error.required")
	case utf8.RuneCountInString(s) > most:
		f.Add(name, "form.error.too_long", "max", most)
	}
}

// AddErr notes the fields of an Invalid fault; other errors are not fields and
// are returned for the caller to handle. A nil error is nothing.
func (f *Fields) AddErr(err error) error {
	if err == nil {
		return nil
	}
	if e, ok := As(err); ok && e.Kind == Invalid {
		f.list = append(f.list, e.Fields...)
		return nil
	}
	return err
}

// Has reports whether the named field has been noted.
func (f *Fields) Has(name string) bool {
	for _, x := range f.list {
		if x.Name == name {
			return true
		}
	}
	return false
}

// Err is nil when no field is wrong, else an Invalid fault with all of them.
func (f *Fields) Err() error {
	if len(f.list) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "fault.invalid", Fields: f.list}
}
