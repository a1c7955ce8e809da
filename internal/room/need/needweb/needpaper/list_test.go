package needpaper_test

import (
	"context"
	"os/exec"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// register adds a need of an organisation of its own, which the system knows.
func register(t *testing.T, h *sitetest.House, firm, municipality, text string, headcount int, c need.Confidentiality) need.Need {
	t.Helper()
	ctx, system := context.Background(), access.SystemActor("test")
	o, err := h.Orgs.Register(ctx, system, org.Registration{Kind: org.Company, Name: firm, Municipality: municipality})
	if err != nil {
		t.Fatal(err)
	}
	content := need.Content{Text: text, Organisation: o.ID, Municipality: municipality, Headcount: headcount, Confidentiality: c}
	if c == need.Internal {
		content.ConfidentialityGround = "Viser en plan"
	}
	n, err := h.Needs.Register(ctx, system, content)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestMeetingList reads the paper as those with and without an office.
func TestMeetingList(t *testing.T) {
	h := sitetest.New(t)
	for i, firm := range []string{"Papirprøve En AS", "Papirprøve To AS", "Papirprøve Tre AS"} {
		register(t, h, firm, "5025", "Papirprøve sveisere", 10*(i+1), need.Open)
	}
	lone := register(t, h, "Papirprøve Fire AS", "5001", "Papirprøve <i>kokk</i>", 7, need.Open)
	hidden := register(t, h, "Papirprøve Fem AS", "5025", "Papirprøve hemmelig", 90, need.Internal)

	county := h.As("county").Get("/behov/moteliste?q=papirprøve")
	figures := county.Text(".paper table")
	for _, want := range []string{"Trøndelag Sør 4 4 150", "Sum 5 5 157"} {
		if !strings.Contains(figures, want) {
			t.Errorf("the county reads no %q in %q", want, figures)
		}
	}
	text := county.Text(".paper")
	for _, want := range []string{"5 behov", "157 personer (per ", "kilde: behovene i Kompetansetorg)", "Utvalg: tekst: papirprøve.", hidden.Number, "Papirprøve <i>kokk</i>", "forumsekretæren", "fylket", "frist "} {
		if !strings.Contains(text, want) {
			t.Errorf("the county reads no %q", want)
		}
	}

	open := h.Visitor().Get("/behov/moteliste?q=papirprøve")
	text, figures = open.Text(".paper"), open.Text(".paper table")
	if !strings.Contains(figures, "Trøndelag Sør 3 3 60") || !strings.Contains(figures, "1–2 Vises ikke") || !strings.Contains(text, "bare åpne opplysninger") {
		t.Errorf("a visitor reads %q", figures)
	}
	for _, not := range []string{hidden.Number, "hemmelig", "67", "157", "Sum", "Personer 7"} {
		if strings.Contains(strings.ReplaceAll(text, string(lone.ID), ""), not) {
			t.Errorf("a visitor reads %q in %q", not, text)
		}
	}
	if !strings.Contains(text, "færre enn 3 virksomheter") || len(open.All(".paper table")) != 3 {
		t.Errorf("it is not said why figures are missing, or the same are counted another way: %d tables", len(open.All(".paper table")))
	}
	if p := h.Visitor().Get("/behov/moteliste?q=papirprøve&state=covered"); p.Status != 200 || !strings.Contains(p.Text(".paper"), "Ingen behov passer til utvalget.") || p.Has(".paper table") {
		t.Errorf("nothing fits: %d %s", p.Status, p.Text(".paper"))
	}
	if p := h.Visitor().Get("/behov/moteliste?state=tull"); p.Status != 422 {
		t.Errorf("a bad filter: %d", p.Status)
	}
	if href := open.Attr(`main a[href^="/behov/moteliste.pdf"]`, "href"); href != "/behov/moteliste.pdf?q=papirpr%C3%B8ve" {
		t.Errorf("the file of the same list is at %q", href)
	}
}

// TestFiles gives the paper as files, and says what is missing where it cannot.
func TestFiles(t *testing.T) {
	h := sitetest.New(t)
	c := h.Visitor()
	begins := map[string]string{"html": "<!DOCTYPE html><html lang=\"nb\">"}
	for tool, ending := range map[string]string{"weasyprint": "pdf", "pandoc": "docx"} {
		if _, err := exec.LookPath(tool); err == nil {
			begins[ending] = map[string]string{"pdf": "%PDF-1.7", "docx": "PK"}[ending]
		} else {
			t.Logf("%s is not on this machine: no %s", tool, ending)
		}
	}
	for ending, want := range begins {
		p := c.Get("/behov/moteliste." + ending + "?q=gravemaskin")
		if p.Status != 200 || !strings.HasPrefix(p.Body, want) || !strings.Contains(p.Header.Get("Content-Disposition"), "."+ending+`"`) || p.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v %.60q", ending, p.Status, p.Header, p.Body)
		}
	}
	t.Setenv("PATH", t.TempDir()) // another list: the one above is kept
	for ending, tool := range map[string]string{"pdf": "weasyprint", "docx": "pandoc"} {
		p := c.Get("/behov/moteliste." + ending + "?q=maskin")
		if p.Status != 503 || !strings.Contains(p.Text("main"), "apt install "+tool) || p.Attr(`main a[href*=".html"]`, "href") != "/behov/moteliste.html?q=maskin" || !p.Has(".paper") {
			t.Errorf("without %s: %d %.300s", tool, p.Status, p.Text("main"))
		}
	}
}
