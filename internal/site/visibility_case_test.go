package site_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/site/sitetest"
)

// caseSeen is who knows what of a case, reader by reader: "-" nothing, "n" the
// neutral title, "r" all.
var caseReaders = []string{"", "learner", "provider", "adviser", "county", "forum_member", "admin", "mayor", "chief_exec", "secretary"}

// TestCaseVisibility holds every surface that tells of cases against one matrix: of
// a closed case, its title, what its documents are called and their files' names are
// found in none of them by who may not be in the closed meeting.
func TestCaseVisibility(t *testing.T) {
	h := sitetest.New(t)
	if err := h.Search.Work(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	closed, draft, open := caseTitled(t, h, "sluttavtale"), caseTitled(t, h, "næringsfondet"), caseTitled(t, h, "helsefag")
	file := closedFile(t, h, closed)
	for i, role := range caseReaders {
		c := h.As(role)
		for _, x := range []struct {
			of     casework.Detail
			secret []string
			want   string
		}{
			{closed, []string{"Sluttavtale", "Utkast til sluttavtale", "sluttavtale.txt"}, "nnnnnnnrrr"},
			{draft, []string{"Bruk av næringsfondet"}, "---------r"},
			{open, []string{"Helsefag uten å flytte"}, "rrrrrrrrrr"},
		} {
			for surface, p := range caseSurfaces(c, x.of, x.secret[0]) {
				told := ""
				for _, s := range x.secret {
					if strings.Contains(strings.ToLower(p.Body), strings.ToLower(s)) {
						told += s + " "
					}
				}
				if x.want[i] != 'r' && told != "" {
					t.Errorf("%q learns %q from %s", role, told, surface)
				}
			}
			page := c.Get("/saker/" + string(x.of.ID))
			got := "-"
			if page.Status == 200 {
				got = "n"
				if strings.Contains(page.Body, x.secret[0]) {
					got = "r"
				}
			}
			if got != x.want[i:i+1] {
				t.Errorf("%q sees %s as %q, want %q", role, x.secret[0], got, x.want[i:i+1])
			}
		}
		if got := c.Get(file).Status == 200; got != (i >= 7) {
			t.Errorf("%q reads the file of a closed case: %v", role, got)
		}
	}
}

func caseSurfaces(c *sitetest.Client, d casework.Detail, word string) map[string]sitetest.Page {
	at := "/saker/" + string(d.ID)
	out := map[string]sitetest.Page{"the list": c.Get("/saker"), "the list of a word": dropped(c.Get("/saker?q="+url.QueryEscape(word)), word), "the page": c.Get(at), "JSON": c.Get("/api/v1/cases/" + string(d.ID)),
		"the paper": c.Get(at + "/papir"), "its HTML": c.Get(at + "/papir.html"), "the draft": c.Get(at + "/utkast.html"), "versions": c.Get(at + "/versjoner"),
		"search": c.Get("/api/v1/search?q=" + url.QueryEscape(word)), "search by number": c.Get("/api/v1/search?q=" + url.QueryEscape(d.Number.String())),
		"follow": c.Get("/varsler/folg?hva=object&slag=case&ref=" + string(d.ID)), "the body": c.Get("/organ/" + string(d.Body)), "attachments": c.Get("/vedlegg/til/case/" + string(d.ID))}
	for _, x := range d.Documents {
		out["document "+x.Title] = c.Get("/saksdokumenter/" + string(x.ID))
		out["files of "+x.Title] = c.Get("/vedlegg/til/case_document/" + string(x.ID))
	}
	return out
}

// dropped is the page without what the reader typed himself.
func dropped(p sitetest.Page, word string) sitetest.Page {
	p.Body = strings.ReplaceAll(p.Body, `value="`+word+`"`, "")
	for _, address := range []string{"q=", "q%3D"} { // the page's own address, and the way back from signing in
		p.Body = strings.ReplaceAll(p.Body, address+url.QueryEscape(word), "")
	}
	return p
}

// caseTitled is the case of the demo whose title holds the word.
func caseTitled(t *testing.T, h *sitetest.House, word string) casework.Detail {
	t.Helper()
	ctx := context.Background()
	list, err := h.Cases.List(ctx, access.SystemActor("test"), casework.Filter{Text: word})
	if err != nil || len(list) == 0 {
		t.Fatalf("case %s: %d %v", word, len(list), err)
	}
	d, err := h.Cases.Get(ctx, access.SystemActor("test"), list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// closedFile hangs a file on the last document and answers its address.
func closedFile(t *testing.T, h *sitetest.House, d casework.Detail) string {
	t.Helper()
	ctx, secretary := context.Background(), h.Actor("secretary")
	ref := object.Ref{Kind: casework.DocumentKind, ID: string(d.Documents[len(d.Documents)-1].ID)}
	if _, err := h.Attach.Add(ctx, secretary, ref, attach.Upload{Name: "sluttavtale.txt", Content: strings.NewReader("x"), Size: 1}); err != nil {
		t.Fatal(err)
	}
	l, err := h.Attach.List(ctx, secretary, ref)
	if err != nil || len(l.Documents) != 1 {
		t.Fatalf("%v %+v", err, l)
	}
	return attachview.Href(l.Documents[0].Newest())
}
