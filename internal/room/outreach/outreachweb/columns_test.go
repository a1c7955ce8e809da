package outreachweb_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/site/sitetest"
)

const odd = "Hvor vi var;Tidspunkt;Konklusjon;Kontakt\r\n" +
	"Eksempel Mekaniske AS;7.9.2026;ikke nå;post@firma.example\r\n" +
	"Eksempel Limtre AS;8.9.2026;kanskje;post@firma.example\r\n"

// asked sends a sheet that there is something to ask about, and answers the address of the
// page that asks.
func asked(t *testing.T, c *sitetest.Client, name string, content []byte) string {
	t.Helper()
	p := send(t, c, name, content)
	if p.Status != http.StatusSeeOther || !strings.HasSuffix(p.Location, "/kolonner") {
		t.Fatalf("upload: %d %s %s", p.Status, p.Location, p.Text("main"))
	}
	return p.Location
}

// proposed is what the page takes the columns for.
func proposed(p sitetest.Page) []string {
	var out []string
	for i := 0; p.Has(fmt.Sprintf("select[name=column_%d]", i)); i++ {
		out = append(out, p.Attr(fmt.Sprintf("select[name=column_%d] option[selected]", i), "value"))
	}
	return out
}

// said is the form with the columns as given.
func said(p sitetest.Page, fields ...string) url.Values {
	out := url.Values{"version": {p.Attr("input[name=version]", "value")}}
	for i, f := range fields {
		out.Set(fmt.Sprintf("column_%d", i), f)
	}
	return out
}

func oddHeadingsAreAskedAbout(t *testing.T, h *sitetest.House) {
	c, before := h.As("adviser"), count(t, h)
	at := asked(t, c, "vår liste.csv", []byte(odd))
	base := strings.TrimSuffix(at, "/kolonner")
	for _, step := range []string{"/kontroll", "/ferdig", "/feil.xlsx"} {
		if p := c.Get(base + step); p.Location != at {
			t.Errorf("%s before the columns are known: %d %q", step, p.Status, p.Location)
		}
	}
	if p := c.Post(base+"/kontroll", nil); p.Location != at || count(t, h) != before {
		t.Errorf("stored before the columns are known: %d %q", p.Status, p.Location)
	}
	p := c.Get(at)
	if text := p.Text("main"); !strings.Contains(text, "«Eksempel Mekaniske AS», «Eksempel Limtre AS»") && !strings.Contains(text, "«Eksempel Mekaniske AS» og «Eksempel Limtre AS»") {
		t.Errorf("no examples of the values: %s", text)
	}
	check := c.Follow(c.Post(at, said(p, "organisation", "day", "result", "")))
	if got := check.All("main dd"); check.Status != http.StatusOK || !slices.Equal(got, []string{"1 rad", "1 rad", "0 rader"}) {
		t.Fatalf("check: %d %v", check.Status, got)
	}
	if got := strings.Join(check.All("main table tbody tr"), "|"); !strings.Contains(got, "Konklusjon") {
		t.Errorf("the fault is not told by the heading of the sheet: %s", got)
	}
	if !check.Has("main a[href='" + at + "']") {
		t.Error("no way back to the columns")
	}
	if done := c.Follow(c.Post(base+"/kontroll", nil)); !strings.Contains(done.Text("[role=status]"), "1 besøk er lagret") || count(t, h) != before+1 {
		t.Errorf("done: %d %q", done.Status, done.Text("main"))
	}
	// The next list with these headings goes straight to the check, also for what was left out.
	again := c.Get(sent(t, c, "vår liste.csv", []byte(odd)))
	if got := again.All("main dd"); !slices.Equal(got, []string{"0 rader", "1 rad", "1 rad"}) {
		t.Errorf("the second time: %v", got)
	}
	// Needs are another kind of sheet: there nothing is remembered of this.
	needs := c.Follow(sendTo(t, c, "/behov/import", "behov.csv", []byte(odd)))
	if got := proposed(needs); len(got) != 4 || slices.Contains(got, "day") || slices.Contains(got, "result") {
		t.Errorf("a sheet of needs is taken for %q", got)
	}
}

func wrongColumnsAreRefused(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	at := asked(t, c, "b.csv", []byte("Første;Andre;Tredje\nEksempel Mekaniske AS;8.9.2026;nei\n"))
	p := c.Get(at)
	for _, x := range []struct {
		fields []string
		more   url.Values
		says   string
	}{
		{[]string{"organisation", "day", ""}, nil, "Velg hvilken kolonne som er «Resultat»"},
		{[]string{"organisation", "organisation", "result"}, nil, "En annen kolonne er allerede valgt som dette"},
		{[]string{"organisation", "day", "emperor"}, nil, "Velg et av alternativene"},
		{[]string{"organisation", "day", "result"}, url.Values{"reread": {"1"}, "header": {"9999"}}, "Det er ikke noe i den raden"},
	} {
		form := said(p, x.fields...)
		for k, v := range x.more {
			form[k] = v
		}
		r := c.Post(at, form)
		if r.Status != http.StatusUnprocessableEntity || !strings.Contains(r.Text("ds-error-summary"), x.says) {
			t.Errorf("%v: %d %q", x.fields, r.Status, r.Text("ds-error-summary"))
		}
		if got := proposed(r); len(got) != 3 || got[0] != x.fields[0] || got[1] != x.fields[1] {
			t.Errorf("%v: what was chosen became %q", x.fields, got)
		}
	}
	form := said(p, "organisation", "day", "result")
	c.Post(at, form)
	if r := c.Post(at, form); r.Status != http.StatusConflict {
		t.Errorf("a stale choice: %d", r.Status)
	}
	for _, role := range []string{"", "county", "employer"} {
		if r := h.As(role).Post(at, form); r.Status == http.StatusOK || r.Status == http.StatusSeeOther && strings.HasPrefix(r.Location, "/besok") {
			t.Errorf("%q chooses in the adviser's sheet: %d %s", role, r.Status, r.Location)
		}
	}
}

func anotherSheetAndRow(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	var file bytes.Buffer
	column := func(titles ...string) []sheet.Column {
		var out []sheet.Column
		for _, x := range titles {
			out = append(out, sheet.Column{Title: x})
		}
		return out
	}
	err := sheet.WriteXLSX(&file, sheet.Table{Name: "Alle", Columns: column("Hvor", "Konklusjon", "Tidspunkt", "Ringte"), Rows: [][]any{{"Virksomhet", "Resultat", "Dag", "Sagt av"}, {"Eksempel Mekaniske AS", "nei", "9.9.2026", "oss"}}},
		sheet.Table{Name: "Andre", Columns: column("Firma", "Hvem ringte"), Rows: [][]any{{"Eksempel Limtre AS", "vi"}}})
	if err != nil {
		t.Fatal(err)
	}
	at := asked(t, c, "bok.xlsx", file.Bytes())
	p := c.Get(at)
	if got := p.All("select[name=sheet] option"); !slices.Equal(got, []string{"Alle", "Andre"}) {
		t.Fatalf("sheets %v", got)
	}
	other := map[string]string{"0": "1", "1": "0"}[p.Attr("select[name=sheet] option[selected]", "value")]
	p = c.Follow(c.Post(at, url.Values{"reread": {"1"}, "sheet": {other}, "header": {"1"}}))
	if got := p.Attr("select[name=sheet] option[selected]", "value"); got != other {
		t.Errorf("sheet %q is shown", got)
	}
	c.Post(at, url.Values{"reread": {"1"}, "sheet": {"0"}, "header": {"1"}})
	for _, header := range []string{"1", "2"} {
		p = c.Follow(c.Post(at, url.Values{"reread": {"1"}, "sheet": {"0"}, "header": {header}}))
		if got := p.Attr("#header", "value"); got != header {
			t.Errorf("headings in row %q, want %s", got, header)
		}
	}
	if got := proposed(p); !slices.Equal(got, []string{"organisation", "result", "day", ""}) {
		t.Errorf("the headings of row 2 are taken for %q", got)
	}
	if check := c.Follow(c.Post(at, said(p, "organisation", "result", "day"))); check.Status != http.StatusOK || check.All("main dd")[0] != "1 rad" {
		t.Errorf("check: %d %v", check.Status, check.All("main dd"))
	}
}

// columnsOfAKnownList: nothing was asked, and still it can be said otherwise.
func columnsOfAKnownList(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	check := sent(t, c, "kjent.csv", []byte("Virksomhet;Dag;Resultat;Ta kontakt igjen\nEksempel Mekaniske AS;10.9.2026;nei;en vakker dag\n"))
	at := strings.TrimSuffix(check, "/kontroll") + "/kolonner"
	if got := c.Get(check).All("main dd"); got[1] != "1 rad" {
		t.Fatalf("counts %v", got)
	}
	p := c.Get(at)
	if got := proposed(p); !slices.Equal(got, []string{"organisation", "day", "result", "again_on"}) {
		t.Fatalf("taken for %q", got)
	}
	if got := c.Follow(c.Post(at, said(p, "organisation", "day", "result", ""))).All("main dd"); got[0] != "1 rad" {
		t.Errorf("without the column that was wrong: %v", got)
	}
}
