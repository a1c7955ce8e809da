package attachweb_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

// send posts a file as a browser does.
func send(t *testing.T, c *sitetest.Client, to, name, content string) sitetest.Page {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile(attach.Field, name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write([]byte(content))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return c.Send("POST", to, w.FormDataContentType(), &b)
}

// needPage is the adviser's need in the demo, which has an attachment.
func needPage(t *testing.T, c *sitetest.Client) string {
	t.Helper()
	for _, href := range c.Get("/behov?q=gravemaskin").Attrs("main a[href]", "href") {
		if path, _, _ := strings.Cut(href, "?"); strings.HasPrefix(path, "/behov/") && len(path) == len("/behov/")+36 {
			return path
		}
	}
	t.Fatal("no need")
	return ""
}

const section = "section#vedlegg "

// TestFromTheNeedsPage attaches, adds a version and takes it away, by the forms
// and links of the pages.
func TestFromTheNeedsPage(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("adviser")
	path := needPage(t, c)
	page := c.Get(path)
	to := page.Attr(section+"form", "action")
	if page.Attr(section+"form", "enctype") != "multipart/form-data" || !strings.Contains(page.Text(section+".kt-hint"), "innsyn") {
		t.Fatalf("the form: %s", page.Text(section))
	}
	rows := len(page.All(section + "tbody tr"))
	sent := send(t, c, to, "Møte på Røros.pdf", "%PDF-1.7 innhold")
	if sent.Status != http.StatusSeeOther || !strings.HasPrefix(sent.Location, path+"?ok=") {
		t.Fatalf("%d %s", sent.Status, sent.Location)
	}
	page = c.Follow(sent)
	if got := len(page.All(section + "tbody tr")); got != rows+1 || !strings.Contains(page.Text(section), "Møte på Røros.pdf") || !strings.Contains(page.Text("main"), "Filen er lagt ved") && !strings.Contains(page.Text("body"), "Filen er lagt ved") {
		t.Errorf("%d rows, %s", got, page.Text(section))
	}
	links := page.Attrs(section+"tbody tr:last-child a", "href")
	file, newer, away := links[0], links[1], links[2]
	if got := c.Get(file); got.Status != 200 || got.Body != "%PDF-1.7 innhold" {
		t.Errorf("the file: %d %q", got.Status, got.Body)
	}
	sent = send(t, c, c.Get(newer).Attr("main form", "action"), "Møte 2.pdf", "%PDF-1.7 nytt")
	if page = c.Follow(sent); !strings.Contains(page.Text(section), "Eldre versjon") {
		t.Errorf("after a version: %d %s", sent.Status, page.Text(section))
	}
	if p := c.Post(away, url.Values{"reason": {""}}); p.Status != 422 || !p.Has("#reason-error") {
		t.Errorf("no reason: %d", p.Status)
	}
	if page = c.Follow(c.Post(away, url.Values{"reason": {"Feil møte"}})); !strings.Contains(page.Text(section), "Feil møte") {
		t.Errorf("after taking away: %s", page.Text(section))
	}
	if got := c.Get(file).Status; got != http.StatusNotFound {
		t.Errorf("what was taken away answers %d", got)
	}
	reader := h.As("county").Get(path)
	if reader.Has(section+"form") || strings.Contains(reader.Body, "Feil møte") || !strings.Contains(reader.Text(section), "Møte 2.pdf") {
		t.Errorf("the county reads: %s", reader.Text(section))
	}
	for _, address := range []string{newer, away, to} {
		if got := h.As("provider").Get(address).Status; got != http.StatusNotFound && got != http.StatusForbidden && address != to {
			t.Errorf("%s as a provider: %d", address, got)
		}
	}
}

// TestRefusedAtTheField: each refused file comes back as 422 with its reason at
// the field.
func TestRefusedAtTheField(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("adviser")
	to := c.Get(needPage(t, c)).Attr(section+"form", "action")
	answers := map[string]sitetest.Page{
		"a page":          send(t, c, to, "a.html", "<script>alert(1)</script>"),
		"another content": send(t, c, to, "a.png", "%PDF-"),
		"empty":           send(t, c, to, "a.txt", ""),
		"no name":         send(t, c, to, "", "x"),
		"too large":       send(t, c, to, "a.txt", strings.Repeat("x", attach.MaxSize+1)),
		"no file":         c.Post(to, url.Values{}),
		"garbage":         c.Send("POST", to, "multipart/form-data; boundary=x", strings.NewReader("--y\r\nhei")),
		"no boundary":     c.Send("POST", to, "multipart/form-data", strings.NewReader("hei")),
	}
	for name, p := range answers {
		if p.Status != http.StatusUnprocessableEntity || p.Text("#attachment-error") == "" || !p.Has(".ds-error-summary a[href='#attachment']") {
			t.Errorf("%s: %d %q", name, p.Status, p.Text("#attachment-error"))
		}
	}
}

// TestAFileDoesNothing in the browser: its kind is told, it is not guessed, runs
// nothing, and is asked for anew each time.
func TestAFileDoesNothing(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("adviser")
	path := needPage(t, c)
	to := c.Get(path).Attr(section+"form", "action")
	for name, want := range map[string][2]string{
		"Blåbær.txt": {"<script>alert(1)</script>", "inline"},
		"tall.csv":   {"=1+1;<b>", "attachment"},
		"plan.pdf":   {"%PDF-1.4", "attachment"},
		"b.png":      {"\x89PNG\r\n\x1a\n", "inline"},
	} {
		page := c.Follow(send(t, c, to, name, want[0]))
		links := page.Attrs(section+"tbody tr:last-child a", "href")
		p := c.Get(links[0])
		if p.Status != 200 || p.Body != want[0] {
			t.Fatalf("%s: %d %q", name, p.Status, p.Body)
		}
		policy := p.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "sandbox") || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "allow-") || len(p.Header.Values("Content-Security-Policy")) != 1 {
			t.Errorf("%s: policy %q", name, policy)
		}
		if !strings.HasPrefix(p.Header.Get("Content-Disposition"), want[1]) || p.Header.Get("X-Content-Type-Options") != "nosniff" ||
			p.Header.Get("Cache-Control") != "private, no-cache" || strings.Contains(p.Header.Get("Content-Type"), "html") {
			t.Errorf("%s: %v", name, p.Header)
		}
		tag := p.Header.Get("ETag")
		c.Header = http.Header{"If-None-Match": {tag}}
		if again := c.Get(links[0]); again.Status != http.StatusNotModified {
			t.Errorf("%s again: %d", name, again.Status)
		}
		c.Header = http.Header{"Range": {"bytes=1-3"}, "Accept-Encoding": {"gzip"}}
		if part := c.Get(links[0]); part.Status != http.StatusPartialContent || part.Body != want[0][1:4] {
			t.Errorf("%s in part: %d %q", name, part.Status, part.Body)
		}
		other := h.Visitor()
		other.Header = http.Header{"If-None-Match": {tag}}
		if open := other.Get(path).Status == 200; !open && other.Get(links[0]).Status != http.StatusNotFound {
			t.Errorf("%s: a visitor who has its tag", name)
		}
		c.Header = http.Header{}
		if moved := c.Get(links[0][:strings.LastIndexByte(links[0], '/')] + "/annet.html"); moved.Location != links[0] {
			t.Errorf("%s by another name: %d %s", name, moved.Status, moved.Location)
		}
	}
}

// TestAHouseWithoutFiles says why there is no form.
func TestAHouseWithoutFiles(t *testing.T) {
	c := sitetest.With(t, site.Config{Demo: true, Files: sitetest.NoFiles}).As("adviser")
	page := c.Get(needPage(t, c))
	if !strings.Contains(page.Text(section), "slått av") || page.Has(section+"form") {
		t.Errorf("the section: %q", page.Text(section))
	}
}

// TestOtherThings have the section too, for those who may change them.
func TestOtherThings(t *testing.T) {
	h := sitetest.New(t)
	county := h.As("county")
	for _, start := range []string{"/verktoykasse", "/felles"} {
		var path string
		for _, href := range county.Get(start).Attrs("main a[href]", "href") {
			if strings.HasPrefix(href, start+"/") && len(href) == len(start)+37 {
				path = href
				break
			}
		}
		to := county.Get(path).Attr(section+"form", "action")
		if to == "" {
			t.Errorf("%s: no form", path)
			continue
		}
		if p := send(t, county, to, "notat.txt", "hei"); p.Status != http.StatusSeeOther {
			t.Errorf("%s: %d", path, p.Status)
		}
		if open := h.Visitor().Get(path); !strings.Contains(open.Text(section), "notat.txt") || open.Has(section+"form") {
			t.Errorf("%s as a visitor: %q", path, open.Text(section))
		}
	}
}
