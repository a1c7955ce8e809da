package accountweb_test

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

// actionConstant is a line such as: ActionEdit audit.Action = "org.edit".
var actionConstant = regexp.MustCompile(`audit\.Action(?:\s*=\s*|\()"([^"]+)"`)

const forge db.SQL = `UPDATE audit_entry SET action = $1 WHERE seq = $2`

func TestTheLogShowsRolesNotNames(t *testing.T) {
	o := open(t)
	path, _ := o.invite("kari@example.no", adviser())
	id := strings.TrimPrefix(path, "/administrasjon/kontoer/")
	p := o.admin.Get("/administrasjon/logg?kind=account&id=" + id)
	if n := len(p.All("tbody tr")); p.Status != http.StatusOK || n != 3 {
		t.Fatalf("%d, %d entries, want 3", p.Status, n)
	}
	text := p.Text("tbody")
	for _, want := range []string{"Valgte nytt passord", "Ga rolle", "Opprettet konto", "username (personopplysning)", "role: intermediary", "Administrator"} {
		if !strings.Contains(text, want) {
			t.Errorf("the log lacks %q: %q", want, text)
		}
	}
	if strings.Contains(p.Text("main"), "kari@example.no") || strings.Contains(p.Text("main"), "Nordfjell") {
		t.Error("the log names the person")
	}
	if p := o.admin.Get("/administrasjon/logg?after=rubbish"); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a cursor of rubbish: %d", p.Status)
	}
	for i := range 30 {
		if _, err := o.Orgs.Register(t.Context(), access.SystemActor("test"), org.Registration{Kind: org.Company, Name: "Bedrift " + strings.Repeat("i", i+1), Municipality: "5021"}); err != nil {
			t.Fatal(err)
		}
	}
	first := o.admin.Get("/administrasjon/logg?kind=organisation")
	if len(first.All("tbody tr")) != 25 || !first.Has("[rel=next]") {
		t.Errorf("first page: %d rows", len(first.All("tbody tr")))
	}
	if next := o.admin.Get(first.Attr("[rel=next]", "href")); len(next.All("tbody tr")) != 6 || next.Has("[rel=next]") {
		t.Errorf("second page: %d rows", len(next.All("tbody tr")))
	}
}

func TestTheLogIsChecked(t *testing.T) {
	o := open(t)
	o.invite("kari@example.no", adviser())
	if p := o.admin.Get("/administrasjon/logg?check=1"); !strings.Contains(p.Text(".kt-notice"), "Loggen er hel") {
		t.Errorf("a whole log: %q", p.Text(".kt-notice"))
	}
	err := o.DB().Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, forge, "account.nothing", 3)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if p := o.admin.Get("/administrasjon/logg?check=1"); !strings.Contains(p.Text(".kt-notice"), "Innslag nr. 3") {
		t.Errorf("a forged log: %q", p.Text(".kt-notice"))
	}
}

// TestEveryActionHasWords finds the actions of all rooms in the source, so that
// the log never shows a code.
func TestEveryActionHasWords(t *testing.T) {
	texts := sitetest.With(t, site.Config{}).Door().Texts
	found := 0
	err := filepath.WalkDir("../../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range actionConstant.FindAllSubmatch(source, -1) {
			found++
			if !texts.Has(i18n.Key("audit." + string(m[1]))) {
				t.Errorf("%s: the action %s has no text", path, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 20 {
		t.Errorf("only %d actions found", found)
	}
}
