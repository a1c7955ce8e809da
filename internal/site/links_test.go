package site_test

import (
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

// ids are what makes two pages of one kind differ.
var ids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)

// TestEveryLinkLeadsSomewhere follows the links of every page that a role can
// reach from its front page: what is shown as a link can be opened by whom it
// is shown to. Of pages that differ by an id, a few of each kind are opened.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	if testing.Short() {
		t.Skip("opens some hundred pages")
	}
	h := sitetest.New(t)
	papers := map[string]bool{}
	for _, role := range []string{"", "adviser", "employer", "provider", "secretary", "county", "learner", "admin", "forum_member"} {
		t.Run(role, func(t *testing.T) {
			crawl(t, h.As(role), papers)
		})
	}
}

// perKind is how many pages of one kind are opened.
const perKind = 4

// crawl opens what the client finds its way to. A document is made anew for each
// who opens it, which takes a second: one of each kind is opened, by whoever
// finds it first, and noted in papers.
func crawl(t *testing.T, c *sitetest.Client, papers map[string]bool) {
	from := map[string]string{"/": "the start"}
	kinds := map[string]int{}
	opened := 0
	for queue := []string{"/", "/finn?q=Vi+trenger+en+sveiser+i+Oppdal", "/finn?q=N%C3%A5r+g%C3%A5r+bussen"}; len(queue) > 0; queue = queue[1:] {
		path := queue[0]
		kind := ids.ReplaceAllString(path, "{id}")
		if i := strings.IndexByte(kind, '?'); i >= 0 {
			kind = kind[:i]
		}
		if kinds[kind]++; kinds[kind] > perKind {
			continue
		}
		if ext := filepath.Ext(kind); ext == ".pdf" || ext == ".docx" {
			if papers[kind] {
				continue
			}
			papers[kind] = true
		}
		p := c.Get(path)
		opened++
		if p.Status >= 400 {
			t.Errorf("%s answers %d; the link stands on %s", path, p.Status, from[path])
		}
		for _, href := range p.Attrs("a[href]", "href") {
			next := inside(path, href)
			if next == "" || from[next] != "" {
				continue
			}
			from[next] = path
			queue = append(queue, next)
		}
	}
	if opened < 15 {
		t.Errorf("only %d pages could be reached", opened)
	}
}

// inside is the address that a link on a page leads to, "" when it leaves the
// house or stays on the page.
func inside(page, href string) string {
	base, err := url.Parse(page)
	if err != nil {
		return ""
	}
	u, err := base.Parse(href)
	if err != nil || u.Host != "" || u.Scheme != "" || strings.HasPrefix(href, "#") {
		return ""
	}
	u.Fragment = ""
	return u.String()
}
