package site_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/site/sitetest"
)

// once is what was open: a case with a paper that was issued, a file, and a place on an
// agenda that was sent.
type once struct {
	casework.Detail
	meeting session.ID
	file    string
}

const (
	openTitle = "Innkjøp av grensesnittsimulator"
	openFile  = "tilbudsbrev-simulator.txt"
	openWords = "pristilbudet"
)

// issue makes the case on the council's next meeting.
func issueCase(t *testing.T, h *sitetest.House) once {
	t.Helper()
	ctx, secretary := context.Background(), h.Actor("secretary")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	like := caseTitled(t, h, "helsefag")
	c, err := h.Cases.Create(ctx, secretary, casework.NewCase{Body: like.Body, Content: casework.Content{Kind: casework.Information, Title: openTitle, Officer: "Rådgiver"}})
	must(err)
	_, p, _, err := h.Writing.Draft(ctx, secretary, c)
	must(err)
	must(h.Writing.SaveSection(ctx, secretary, c, "information", p.Sections[0].Version, p.Sections[0].Heading, "Her er "+openWords+" for simulatoren."))
	doc, err := h.Cases.AddDocument(ctx, secretary, c, casework.Document{Letter: "I", Title: "Tilbud på grensesnittsimulator", Day: clock.MustDate("2026-11-01")})
	must(err)
	ref := object.Ref{Kind: casework.DocumentKind, ID: string(doc)}
	_, err = h.Attach.Add(ctx, secretary, ref, attach.Upload{Name: openFile, Content: strings.NewReader(openWords), Size: int64(len(openWords))})
	must(err)
	must(h.Cases.Move(ctx, secretary, c, casework.Drafting, casework.Recommended, ""))
	on := h.Today().AddDays(20)
	m, err := h.Meetings.Plan(ctx, secretary, session.NewMeeting{Body: like.Body, Frame: session.Frame{Day: on, From: "10:00", To: "11:00", Place: "Støren"}})
	must(err)
	_, err = h.Treatments.Add(ctx, secretary, c, casework.Treatment{Body: like.Body, Day: on})
	must(err)
	accept(t, h, secretary, c)
	_, err = h.Writing.Issue(ctx, secretary, c, "")
	must(err)
	_, err = h.Agenda.Add(ctx, secretary, m, agenda.NewItem{Kind: session.File, Case: c})
	must(err)
	d, err := h.Meetings.Get(ctx, secretary, m)
	must(err)
	_, err = h.Agenda.Issue(ctx, secretary, m, d.Version, "")
	must(err)
	file, err := h.Cases.Get(ctx, access.SystemActor("test"), c)
	must(err)
	l, err := h.Attach.List(ctx, secretary, ref)
	must(err)
	return once{file, m, attachview.Href(l.Documents[0].Newest())}
}

// accept accepts what the check finds in the paper.
func accept(t *testing.T, h *sitetest.House, a access.Actor, c casework.ID) {
	t.Helper()
	review, err := h.Writing.Review(context.Background(), a, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range review.Findings {
		if err := h.Writing.Accept(context.Background(), a, c, f.ID, "Prøve"); err != nil {
			t.Fatal(err)
		}
	}
}

// outsides are all ways out to somebody who is not signed in.
func outsides(t *testing.T, h *sitetest.House, o once) map[string]string {
	t.Helper()
	if err := h.Search.Work(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	c := h.Visitor()
	of, at, b := "/saker/"+string(o.ID), "/moter/"+string(o.meeting), "/organ/"+string(o.Body)
	out := map[string]string{}
	for _, path := range []string{"/saker", "/saker?body=" + string(o.Body), of, of + "/versjoner", of + "/papir", of + "/papir.html", "/moter", at, at + "/motebok", at + "/innkalling", at + "/innkalling.html",
		at + "/kalender.ics", b, "/forum-og-rad", b + "/nytt.atom", "/moter/nytt.atom", b + "/kalender.ics", "/moter/kalender.ics", "/api/v1/cases/" + string(o.ID), "/api/v1/cases/" + string(o.ID) + "/outcome",
		"/api/v1/meetings/" + string(o.meeting), "/api/v1/bodies/" + string(o.Body) + "/meetings", "/api/v1/search?q=" + o.Number.String(), "/api/v1/search?q=simulator",
		"/vedlegg/til/case/" + string(o.ID)} {
		out[path] = c.Get(path).Body
	}
	if p := c.Get(o.file); p.Status == 200 { // a page that says no repeats the address that was asked for
		out[o.file] = o.file + p.Body
	}
	for _, d := range o.Documents {
		out["document "+d.Title] = c.Get("/saksdokumenter/" + string(d.ID)).Body
		out["files of "+d.Title] = c.Get("/vedlegg/til/case_document/" + string(d.ID)).Body
	}
	for path, body := range oparlOf(c) {
		out[path] = body
	}
	for _, path := range []string{of + "/papir.pdf", at + "/innkalling.pdf"} {
		out[path] = readPDF(t, c.Get(path))
	}
	for _, path := range []string{of + "/arkiv.zip", at + "/arkiv.zip"} {
		for name, body := range unzip(t, c.Get(path)) {
			if strings.HasSuffix(name, ".pdf") {
				body = readPDF(t, sitetest.Page{Status: 200, Body: body})
			}
			out[path+" "+name] = body
		}
	}
	return out
}

// oparlOf fetches everything that the interface leads to.
func oparlOf(c *sitetest.Client) map[string]string {
	const root = "http://kompetansetorg.example.no"
	out, left := map[string]string{}, []string{"/oparl/v1"}
	for len(left) > 0 && len(out) < 3000 {
		path := left[0]
		left = left[1:]
		if _, seen := out[path]; seen {
			continue
		}
		body := c.Get(path).Body
		out[path] = body
		for part := range strings.SplitSeq(body, `"`) {
			if rest, ok := strings.CutPrefix(part, root); ok && strings.HasPrefix(rest, "/oparl/v1") {
				left = append(left, strings.ReplaceAll(rest, `\u0026`, "&"))
			}
		}
	}
	return out
}

func unzip(t *testing.T, p sitetest.Page) map[string]string {
	t.Helper()
	out := map[string]string{}
	if p.Status != 200 {
		return out
	}
	z, err := zip.NewReader(strings.NewReader(p.Body), int64(len(p.Body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(data)
	}
	return out
}

// readPDF is what a PDF says of itself and what stands in it, where the programs that read
// it are on the machine; else the bytes.
func readPDF(t *testing.T, p sitetest.Page) string {
	t.Helper()
	if p.Status != 200 || !strings.HasPrefix(p.Body, "%PDF") {
		return p.Body
	}
	at := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(at, []byte(p.Body), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, args := range [][]string{{"pdfinfo", at}, {"pdfinfo", "-meta", at}, {"pdftotext", at, "-"}} {
		if _, err := exec.LookPath(args[0]); err != nil {
			return p.Body
		}
		said, err := exec.Command(args[0], args[1:]...).Output()
		if err != nil {
			t.Fatal(err)
		}
		out.Write(said)
	}
	return out.String()
}

// A case that is closed is found nowhere by those outside any more: not on a page, in the
// search, a feed, a calendar, an API, a PDF or an archive package, also where it stood
// while it was open.
func TestAClosedCaseIsFoundNowhere(t *testing.T) {
	h := sitetest.New(t)
	o := issueCase(t, h)
	secrets := []string{openTitle, "grensesnittsimulator", openFile, openWords}
	told := func() map[string]string {
		found := map[string]string{}
		for where, body := range outsides(t, h, o) {
			for _, s := range secrets {
				if strings.Contains(strings.ToLower(body), strings.ToLower(s)) {
					found[where] = s
				}
			}
		}
		return found
	}
	before := told()
	of, at := "/saker/"+string(o.ID), "/moter/"+string(o.meeting)
	for _, where := range []string{"/saker", of, of + "/papir.html", at, at + "/innkalling.html", "/organ/" + string(o.Body) + "/nytt.atom", "/moter/nytt.atom", "/api/v1/meetings/" + string(o.meeting),
		"/api/v1/search?q=simulator", "/oparl/v1/papers/" + string(o.ID), "/oparl/v1/meetings/" + string(o.meeting), of + "/arkiv.zip arkivmelding-000.xml", o.file} {
		if before[where] == "" {
			t.Errorf("while it is open it is not told of in %s: the test would not see a leak there", where)
		}
	}
	content := o.Content
	content.Closed, content.Ground, content.PublicTitle = true, "privacy", "Sak om en anskaffelse"
	if err := h.Cases.Edit(context.Background(), h.Actor("secretary"), o.ID, o.Version, content); err != nil {
		t.Fatal(err)
	}
	for where, s := range told() {
		t.Errorf("%s still tells %q", where, s)
	}
	if body := h.Visitor().Get(at).Body; !strings.Contains(body, "Sak om en anskaffelse") {
		t.Error("the agenda does not tell the neutral title")
	}
}
