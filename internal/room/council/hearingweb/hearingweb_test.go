package hearingweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/site/sitetest"
)

// theCouncil is the address of the demo's council.
func theCouncil(t *testing.T, h *sitetest.House) string {
	t.Helper()
	list, err := h.Bodies.List(t.Context(), meeting.Filter{Text: "politisk"})
	if err != nil || len(list) == 0 {
		t.Fatalf("no council: %v", err)
	}
	return "/organ/" + string(list[0].ID)
}

func post(t *testing.T, c *sitetest.Client, path string, values url.Values) sitetest.Page {
	t.Helper()
	p := c.Post(path, values)
	if p.Status != http.StatusSeeOther {
		t.Fatalf("%s: %d %s", path, p.Status, p.Text(".ds-error-summary"))
	}
	return p
}

// link is the first link of the page that ends so.
func link(t *testing.T, p sitetest.Page, end string) string {
	t.Helper()
	for _, href := range p.Attrs("main a[href]", "href") {
		if strings.HasSuffix(href, end) {
			return href
		}
	}
	t.Fatalf("no link to %s among %v", end, p.Attrs("main a[href]", "href"))
	return ""
}

// A consultation: the last mayor consents, the secretary sends with the meeting's
// decision, and the text is open in full; before that it was not.
func TestAConsultationIsAnswered(t *testing.T) {
	h := sitetest.New(t)
	at := theCouncil(t, h)
	visitor, mayor, secretary := h.As(""), h.As("mayor"), h.As("secretary")
	c := visitor.Get(at+"/horinger").Attr("main .kt-card a[href^='/horinger/']", "href")
	const secret = "Staten bør betale for lokale studiesentre"
	if text := visitor.Get(c).Text("main"); !strings.Contains(text, "hvordan staten skal betale") || strings.Contains(text, secret) || strings.Contains(text, "Innspill i runde") {
		t.Errorf("a visitor reads: %s", text)
	}
	if p := visitor.Get(c + "/runder"); p.Status == 200 {
		t.Error("a visitor compares rounds")
	}
	if text := mayor.Get(c).Text("main"); !strings.Contains(text, secret) || !strings.Contains(text, "5 av 6 kommuner samtykker") {
		t.Errorf("a mayor reads: %s", text)
	}
	org := mayor.Get(c+"/samtykke").Attr("select[name=org] option", "value")
	if p := mayor.Post(c+"/samtykke", url.Values{"version": {"2"}, "org": {org}, "reply": {"conflict"}, "words": {""}}); p.Status != 422 {
		t.Errorf("a conflict without a reason: %d", p.Status)
	}
	if p := h.As("chief_exec").Get(c + "/samtykke"); p.Status != http.StatusForbidden {
		t.Errorf("a chief executive is asked for consent: %d", p.Status)
	}
	post(t, mayor, c+"/samtykke", url.Values{"version": {"2"}, "org": {org}, "reply": {"yes"}})
	send := secretary.Get(link(t, secretary.Get(c), "/send"))
	post(t, secretary, c+"/send", url.Values{"version": {send.Attr("input[name=version]", "value")}, "sent_by": {"Styret, ST 4/26"}, "sent_on": {h.Today().String()}})
	if text := visitor.Get(c).Text("main"); !strings.Contains(text, secret) || !strings.Contains(text, "Sendt og publisert") {
		t.Errorf("published: %s", text)
	}
}
