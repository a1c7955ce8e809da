package need_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
)

func TestTitleOf(t *testing.T) {
	long := "Vi trenger flere som kan sveise tykke plater i trange rom under vanskelige forhold hele året"
	tests := []struct{ in, want string }{
		{"", ""},
		{"Sveisere", "Sveisere"},
		{"  Vi mangler fagfolk på sag.\nOg mer.", "Vi mangler fagfolk på sag"},
		{"Vi mangler fagfolk på sag. Han som kan det, slutter.", "Vi mangler fagfolk på sag"},
		{"Kl. 7 starter skiftet", "Kl. 7 starter skiftet"},
		{"Ærlig talt: ål, øl og å", "Ærlig talt: ål, øl og å"},
	}
	for _, tt := range tests {
		if got := need.TitleOf(tt.in); got != tt.want {
			t.Errorf("TitleOf(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
	if got := need.TitleOf(long); len([]rune(got)) > 70 || !strings.HasPrefix(long, strings.TrimSuffix(got, "…")) {
		t.Errorf("TitleOf(long) = %q", got)
	}
}

func TestFieldOf(t *testing.T) {
	tests := map[string]need.Field{"8172": "industry", "2221": "health", "5120": "food", "5131": "service", "5311": "education", "5321": "health",
		"7115": "building", "7411": "electro", "3434": "food", "1120": "leadership", "": "", "x": ""}
	for code, want := range tests {
		if got := need.FieldOf(code); got != want {
			t.Errorf("FieldOf(%q) = %q, want %q", code, got, want)
		}
	}
}

// Every field that a code leads to is one that pages can name.
func TestFieldsAreListed(t *testing.T) {
	listed := map[need.Field]bool{"": true}
	for _, f := range need.Fields() {
		listed[f] = true
	}
	for a := '0'; a <= '9'; a++ {
		for b := '0'; b <= '9'; b++ {
			if f := need.FieldOf(string(a) + string(b) + "11"); !listed[f] {
				t.Errorf("field %q of %c%c is not listed", f, a, b)
			}
		}
	}
}

func TestFlowIsSound(t *testing.T) {
	for _, d := range []interface{ Check() []error }{need.Flow(), need.PoolFlow()} {
		for _, err := range d.Check() {
			t.Error(err)
		}
	}
	if got, want := len(need.Flow().States), len(need.States()); got != want {
		t.Errorf("%d states in the flow, %d listed", got, want)
	}
	for _, s := range need.States() {
		def, ok := need.Flow().State(s)
		if !ok || def.Label != need.StateLabel(s) {
			t.Errorf("state %s: label %s, want %s", s, def.Label, need.StateLabel(s))
		}
	}
}

func TestNotesAreRequired(t *testing.T) {
	for _, m := range need.Flow().Moves {
		final := m.To == need.NotPossible || m.To == need.Withdrawn || m.To == need.Closed
		if final && !m.NoteRequired {
			t.Errorf("%s to %s needs no note", m.From, m.To)
		}
	}
}

func TestLabelsBelongToTheRoom(t *testing.T) {
	var keys []i18n.Key
	for _, m := range need.Flow().Moves {
		keys = append(keys, m.Label)
	}
	for _, f := range append(need.Fields(), "") {
		keys = append(keys, f.Label())
	}
	for _, s := range need.Sectors() {
		keys = append(keys, need.SectorLabel(s))
	}
	for _, k := range keys {
		if !strings.HasPrefix(string(k), "need.") {
			t.Errorf("key %q", k)
		}
	}
}
