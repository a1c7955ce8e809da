package settings_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/settings"
	"kompetansetorg/internal/site/sitetest"
)

// TestEverySettingIsExplained in every language, and in the guide with the same
// words.
func TestEverySettingIsExplained(t *testing.T) {
	texts, err := i18n.Load(settings.Files)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("../../../docs/drift.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "| `--") {
			rows[strings.TrimSpace(line)] = true
		}
	}
	for _, s := range settings.All() {
		for _, key := range []i18n.Key{s.Does(), s.Takes()} {
			if !texts.Has(key) {
				t.Errorf("no text %s", key)
			}
		}
		p, value := texts.Printer(i18n.NB), ""
		if s.Default != "" {
			value = "`" + s.Default + "`"
		}
		row := "| `--" + s.Name + "` `" + s.Env() + "` | " + p.T(s.Does()) + " Kan være: " + p.T(s.Takes()) + ". | " + value + " |"
		row = strings.ReplaceAll(row, "|  |", "| |")
		if !rows[row] {
			t.Errorf("docs/drift.md lacks the row\n%s", row)
		}
		delete(rows, row)
	}
	for row := range rows {
		t.Errorf("docs/drift.md has a row for no setting: %s", row)
	}
}

// TestPage shows each setting with its value and source to administrators, and
// to nobody else.
func TestPage(t *testing.T) {
	values := settings.Defaults()
	for i := range values {
		switch values[i].Name {
		case "db":
			values[i].Now, values[i].From = "postgres://kt:hush@db.example.no:5432/kt?password=hush2", settings.File
		case "operator":
			values[i].Now, values[i].From = "Eksempel kommune", settings.Flag
		}
	}
	h := sitetest.With(t, site.Config{Demo: true, Settings: values})
	page := h.As("admin").Get("/administrasjon/oppsett")
	text := page.Text("main")
	if page.Status != http.StatusOK || len(page.All("main tbody tr")) != len(settings.All()) {
		t.Fatalf("status %d, %d rows for %d settings", page.Status, len(page.All("main tbody tr")), len(settings.All()))
	}
	for _, want := range []string{"--open-rate", "KOMPETANSETORG_OPEN_RATE", "Eksempel kommune", "flagg da tjenesten ble startet", "Satt, men vises ikke", "Ikke satt"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, secret := range []string{"hush", "db.example.no"} { // in a demo not even where it lies
		if strings.Contains(page.Body, secret) {
			t.Errorf("the page shows %q", secret)
		}
	}
	if !strings.Contains(h.As("admin").Get("/administrasjon").Text("main"), "Oppsett") {
		t.Error("no way to the page")
	}
	for role, want := range map[string]int{"adviser": http.StatusForbidden, "county": http.StatusForbidden, "": http.StatusSeeOther} {
		if got := h.As(role).Get("/administrasjon/oppsett").Status; got != want {
			t.Errorf("%q: %d, want %d", role, got, want)
		}
	}
}

// TestShown keeps passwords back outside a demo too.
func TestShown(t *testing.T) {
	for _, c := range []struct {
		kind      settings.Kind
		now, want string
		hidden    bool
	}{
		{settings.Address, "postgres://kt:hush@db.example.no:5432/kt?password=hush2&sslmode=require", "postgres://kt@db.example.no:5432/kt", false},
		{settings.Address, "postgres://%zz:hush@x/y", "postgres://…", false},
		{settings.Address, "sqlite:/var/lib/kt.db", "sqlite:/var/lib/kt.db", false},
		{settings.Secret, "hush", "", true},
		{settings.Secret, "", "", false},
		{settings.Path, "/srv/data", "/srv/data", false},
	} {
		got, hidden := settings.Value{Setting: settings.Setting{Kind: c.kind}, Now: c.now}.Shown(false)
		if got != c.want || hidden != c.hidden {
			t.Errorf("%q: %q, %v", c.now, got, hidden)
		}
	}
}
