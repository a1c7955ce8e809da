package site_test

import (
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"testing"

	"kompetansetorg/internal/site/sitetest"
)

// TestTogether has readers and writers on one house at once: no answer fails,
// and no registered need is lost. Under the race detector it looks at what the
// handlers share.
func TestTogether(t *testing.T) {
	h := sitetest.New(t)
	const writers, each = 4, 6
	var all sync.WaitGroup
	for w := range writers {
		c := h.As("adviser")
		all.Go(func() {
			for i := range each {
				p := c.Post("/behov/ny", url.Values{"text": {"Vi trenger fem på fræsen, økt " + strconv.Itoa(w*each+i)},
					"organisation": {"Eksempel Sag og Høvleri AS"}, "municipality": {"5022"}, "headcount": {"5"}})
				if p.Status != http.StatusSeeOther {
					t.Errorf("registered: %d %s", p.Status, p.Text(".ds-error-summary"))
					return
				}
			}
		})
	}
	for _, role := range []string{"", "provider", "secretary"} {
		c := h.As(role)
		all.Go(func() {
			for range each {
				for _, path := range []string{"/", "/behov", "/tilbud", "/finn?q=fr%C3%A6s", "/ettersporsel", "/api/v1/needs"} {
					if p := c.Get(path); p.Status != http.StatusOK {
						t.Errorf("%s as %q: %d", path, role, p.Status)
					}
				}
			}
		})
	}
	all.Wait()
	found := h.As("adviser").Get("/behov?q=" + url.QueryEscape("på fræsen"))
	if got := len(found.All("main table tbody tr")); got != writers*each {
		t.Errorf("%d needs are listed, %d were registered", got, writers*each)
	}
}
