package importweb_test

import (
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/brreg/brregtest"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

// TestNumbersOfTheRegister: numbers that nobody here has are looked up in the
// dry run; what is found is registered from there, and what is closed or
// nobody's is told at its row.
func TestNumbersOfTheRegister(t *testing.T) {
	s := brregtest.New(t)
	h := sitetest.With(t, site.Config{Demo: true, Enhetsregisteret: s.URL})
	c := h.As("adviser")
	rows := []string{"Org.nr;Bedrift;Kommune;Hva trenger dere;Antall", "313000109;Listverket;5022;Vi trenger folk til lister;2", "313 000 109;;5022;Og en til på høvelen;1",
		brregtest.Bankrupt + ";;5021;Vi trenger skomakere;1", brregtest.Nobody + ";;5021;Vi trenger noen;1"}
	columns := upload(t, c, "numre.csv", []byte(strings.Join(rows, "\r\n")))
	form := confirmed(c.Get(columns), url.Values{"mandate_ground": {"Avtalt"}, "create": {"1"}})
	form.Set("column_0", "orgno")
	if got := c.Get(columns).Attr("select[name=column_0] option[selected]", "value"); got != "" {
		form.Set("column_0", got)
	}
	p := c.Follow(c.Post(columns, form))
	main := p.Text("main")
	for _, want := range []string{"Fant 2 av 3 organisasjonsnumre i Enhetsregisteret", "Eksempel Listverk AS (313 000 109)", "Eksempel Skofabrikk AS er konkurs", "ingen virksomhet med dette nummeret"} {
		if !strings.Contains(strings.ReplaceAll(main, "\u00a0", " "), want) {
			t.Errorf("the dry run lacks %q: %s", want, main)
		}
	}
	if calls := s.Calls.Load(); calls != 4 { // a number that nobody has is looked for among places of work too
		t.Errorf("%d calls", calls)
	}
	done := c.Post(strings.TrimSuffix(columns, "/kolonner")+"/kontroll", nil)
	if !strings.HasSuffix(done.Location, "/ferdig") || s.Calls.Load() != 4 {
		t.Fatalf("%d %s after %d calls", done.Status, done.Location, s.Calls.Load())
	}
	o, err := h.Orgs.Find(t.Context(), brregtest.Joinery)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := h.Orgs.Get(t.Context(), o); err != nil || got.NameOn(h.Today()) != "Eksempel Listverk AS" || got.Standing.Employees != 14 {
		t.Errorf("registered %+v, %v", got, err)
	}
	s.Down(true)
	rows[1] = "313000311;Ny Bedrift;5022;Vi trenger flere;2"
	columns = upload(t, c, "flere.csv", []byte(strings.Join(rows[:2], "\r\n")))
	p = c.Follow(c.Post(columns, confirmed(c.Get(columns), url.Values{"mandate_ground": {"Avtalt"}, "create": {"1"}})))
	if got := p.Text("main"); !strings.Contains(got, "ikke kontakt med Enhetsregisteret") || !strings.Contains(got, "Ny Bedrift") {
		t.Errorf("without the register: %s", got)
	}
}
