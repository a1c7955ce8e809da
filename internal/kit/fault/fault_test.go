package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"kompetansetorg/internal/kit/fault"
)

func TestKindSurvivesWrapping(t *testing.T) {
	err := fmt.Errorf("need 1: submit: %w", fault.New(fault.Stale, "fault.stale"))
	if !fault.Is(err, fault.Stale) {
		t.Errorf("Is(%v, Stale) = false", err)
	}
	if got := fault.KindOf(err); got != fault.Stale {
		t.Errorf("KindOf = %v, want stale", got)
	}
	if got := fault.KindOf(errors.New("disk on fire")); got != fault.Internal {
		t.Errorf("KindOf(plain) = %v, want internal", got)
	}
}

func TestFieldsCollectsAll(t *testing.T) {
	var fs fault.Fields
	if fs.Err() != nil {
		t.Fatal("no field, but an error")
	}
	fs.Add("headcount", "fault.range", "min", 1)
	if err := fs.AddErr(fault.InvalidField("text", "fault.required")); err != nil {
		t.Fatalf("AddErr of a field fault returned %v", err)
	}
	other := errors.New("no disk")
	if got := fs.AddErr(other); got != other {
		t.Errorf("AddErr swallowed %v", other)
	}
	e, ok := fault.As(fs.Err())
	if !ok || len(e.Fields) != 2 || !fs.Has("text") || fs.Has("municipality") {
		t.Errorf("collected %+v", e)
	}
}

// TestTextOfAField holds what is refused of a text against what it says: blank where it
// must be something, and longer than so many characters, not bytes.
func TestTextOfAField(t *testing.T) {
	for _, c := range []struct {
		s        string
		required bool
		want     string
	}{
		{"ærlig", true, ""}, {"ærlige", true, "form.error.too_long"}, {"", true, "form.error.required"}, {" \u00a0\n", true, "form.error.required"},
		{"", false, ""}, {"ærlige", false, "form.error.too_long"},
	} {
		var fs fault.Fields
		fs.Text("name", c.s, 5, c.required)
		got := ""
		if e, ok := fault.As(fs.Err()); ok {
			got = string(e.Fields[0].Key)
		}
		if got != c.want {
			t.Errorf("%q, required %t: %q, want %q", c.s, c.required, got, c.want)
		}
	}
}
