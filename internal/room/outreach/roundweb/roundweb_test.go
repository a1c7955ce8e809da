package roundweb_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/outreach/round"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

// number is an organisation number with the right check digit: the n-th of the
// test's own.
func number(n int) string {
	for base := 90_000_000 + n*10; ; base++ {
		digits, sum := fmt.Sprint(base), 0
		for i, w := range []int{3, 2, 7, 6, 5, 4, 3, 2} {
			sum += w * int(digits[i]-'0')
		}
		if c := (11 - sum%11) % 11; c < 10 {
			return digits + fmt.Sprint(c)
		}
	}
}

// house is a running house with firms of the test's own in Rennebu.
type house struct {
	*sitetest.House
	t     *testing.T
	firms []org.ID
	nos   []string
}

func open(t *testing.T, firms int) *house {
	return openWith(t, site.Config{Demo: true}, firms)
}

func openWith(t *testing.T, cfg site.Config, firms int) *house {
	h := &house{House: sitetest.With(t, cfg), t: t}
	for i := range firms {
		h.nos = append(h.nos, number(i+1))
		o, err := h.Orgs.Register(t.Context(), access.SystemActor("test"), org.Registration{Kind: org.Company, Name: fmt.Sprintf("Prøvebedrift %c", 'A'+i), OrgNo: h.nos[i], Municipality: "5022"})
		if err != nil {
			t.Fatal(err)
		}
		h.firms = append(h.firms, o.ID)
	}
	return h
}

func (h *house) survey() forms.ID {
	h.t.Helper()
	list, err := h.Forms.InUse(context.Background(), question.Survey)
	if err != nil || len(list) != 1 {
		h.t.Fatalf("forms in use: %d, %v", len(list), err)
	}
	return list[0].ID
}

// round makes a round of the adviser's with all firms, and starts it.
func (h *house) round() round.ID {
	h.t.Helper()
	return h.roundOf(h.Actor("adviser"), h.firms)
}

// roundOf makes a round of the actor's with the firms, and starts it.
func (h *house) roundOf(actor access.Actor, firms []org.ID) round.ID {
	h.t.Helper()
	today := h.Today()
	r, err := h.Rounds.Create(h.t.Context(), actor, round.Content{Hub: actor.Orgs()[0], Title: "Hva trenger Rennebu?", Form: h.survey(), Deadline: today.AddDays(14),
		Waves: []clock.Date{today}, Reminders: []int{7}})
	if err == nil {
		_, err = h.Rounds.Invite(h.t.Context(), actor, r, 1, firms)
	}
	if err == nil {
		err = h.Rounds.Start(h.t.Context(), actor, r, 1)
	}
	if err == nil {
		err = h.Jobs.Drain(h.t.Context())
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// renewed is a new link of one organisation.
func (h *house) renewed(r round.ID, i round.InviteID) string {
	h.t.Helper()
	list, err := h.Rounds.NewLinks(h.t.Context(), h.Actor("adviser"), r, i)
	if err != nil || len(list) != 1 {
		h.t.Fatalf("%d links, %v", len(list), err)
	}
	return list[0].Secret
}

// links are the secrets of all that wait for one, in the order of the firms.
func (h *house) links(r round.ID) []string {
	h.t.Helper()
	list, err := h.Rounds.NewLinks(h.t.Context(), h.Actor("adviser"), r, "")
	if err != nil {
		h.t.Fatal(err)
	}
	out := make([]string, len(list))
	for i, l := range list {
		out[i] = l.Secret
	}
	return out
}

// asked are the posted fields of a section: what is drawn on the page, with the
// answers put in.
func asked(p sitetest.Page, answers url.Values) url.Values {
	out := url.Values{}
	for _, name := range []string{"version", "drawing"} {
		out.Set(name, p.Attr("input[name="+name+"]", "value"))
	}
	out["asked"] = p.Attrs("input[name=asked]", "value")
	for _, name := range p.Attrs("input[name^='answers.']", "name") {
		sel := "input[name='" + name + "']"
		if kind := p.Attr(sel, "type"); kind != "radio" && kind != "checkbox" {
			out.Set(name, p.Attr(sel, "value"))
		}
	}
	for name, v := range answers {
		out["answers."+name] = v
	}
	return out
}

// survey are answers to the company survey that lack nothing.
func answers() map[string]url.Values {
	return map[string]url.Values{
		"virksomheten": {"ansatte": {"12"}},
		"bemanning":    {"endring": {"like"}, "rekruttering": {"nei"}},
		"behov": {"grad": {"noe"}, "mangler.0.mangler_hva": {"Sveiser"}, "mangler.0.mangler_antall": {"2"}, "mangler.0.mangler_niva": {"fagbrev"},
			"mangler.0.mangler_ferdigheter": {"rustfritt stål"}},
		"framover":  {},
		"samarbeid": {"rekrutteringsplan": {"nei"}, "kompetanseplan": {"ja"}},
		"videre":    {"bli_behov": {"ja"}, "synlighet": {"open"}, "kontakt_ok": {"ja"}},
	}
}

var sections = []string{"virksomheten", "bemanning", "behov", "framover", "samarbeid", "videre"}

// give answers at the address from beginning to end, as a browser without script.
func give(t *testing.T, c *sitetest.Client, base string, with map[string]url.Values) sitetest.Page {
	t.Helper()
	p := c.Post(base, nil)
	for _, s := range sections {
		if p.Status != http.StatusSeeOther || !strings.HasSuffix(p.Location, "/del/"+s) {
			t.Fatalf("before %s: %d to %s: %v", s, p.Status, p.Location, p.All(".ds-error-summary li"))
		}
		drawn := c.Get(p.Location)
		posted := asked(drawn, with[s])
		// A question that another opens is asked once the first is answered.
		posted.Set("act", "update")
		again := c.Post(p.Location, posted)
		if again.Status != http.StatusOK {
			t.Fatalf("%s drawn anew: %d", s, again.Status)
		}
		p = c.Post(p.Location, asked(again, with[s]))
	}
	if !strings.HasSuffix(p.Location, "/se-over") {
		t.Fatalf("after the last section: %d to %s: %v", p.Status, p.Location, p.All(".ds-error-summary li"))
	}
	review := c.Get(p.Location)
	return c.Post(p.Location, url.Values{"version": {review.Attr("input[name=version]", "value")}})
}

// The story: a round is made and started on its pages, answered by a link without
// an account, made into a need, and the one who answered sees it.
func TestFromRoundToNeedAndBack(t *testing.T) {
	h := open(t, 3)
	adviser := h.As("adviser")
	p := adviser.Post("/runder/ny", url.Values{"title": {"Hva trenger Rennebu?"}, "form": {string(h.survey())}, "deadline": {h.Today().AddDays(14).String()}, "first": {h.Today().String()}, "reminders": {"7, 2"}})
	if p.Status != http.StatusSeeOther {
		t.Fatalf("create: %d %v", p.Status, p.All(".ds-error-summary li"))
	}
	at, _, _ := strings.Cut(p.Location, "?")
	bad := adviser.Post(at+"/inviter", url.Values{"numbers": {h.nos[0] + "\n123\n" + h.nos[0] + "\n" + number(99)}, "wave": {"1"}})
	if problems := bad.All(".ds-error-summary li"); bad.Status != http.StatusUnprocessableEntity || len(problems) != 3 || !strings.Contains(problems[0], "123") {
		t.Fatalf("wrong lines: %d %v", bad.Status, problems)
	}
	if got := bad.Text("textarea[name=numbers]"); !strings.Contains(got, "123") {
		t.Errorf("what was pasted is gone: %q", got)
	}
	if p = adviser.Post(at+"/inviter", url.Values{"numbers": {strings.Join(h.nos, "\n")}, "wave": {"1"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("invite: %d %v", p.Status, p.All(".ds-error-summary li"))
	}
	drawn := adviser.Get(at)
	if p = adviser.Post(at+"/start", url.Values{"version": {drawn.Attr("input[name=version]", "value")}}); p.Status != http.StatusSeeOther {
		t.Fatalf("start: %d %s", p.Status, p.Text("main"))
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	shown := adviser.Follow(adviser.Post(at+"/lenker", nil))
	links := shown.Attrs("input[readonly]", "value")
	if len(links) != 3 {
		t.Fatalf("links: %v", links)
	}
	if again := adviser.Get(at + "/lenker"); again.Has("input[readonly]") {
		t.Error("the links are shown twice")
	}
	csv := adviser.Get(at + "/lenker.csv").Body
	if !strings.Contains(csv, links[0]) {
		t.Errorf("the list lacks a link: %s", csv)
	}
	u, err := url.Parse(links[0])
	if err != nil {
		t.Fatal(err)
	}
	visitor := h.Visitor()
	if first := visitor.Get(u.Path); !strings.Contains(first.Text("main"), "Hvem ser svarene?") || first.Header.Get("X-Robots-Tag") == "" {
		t.Errorf("who sees the answers is not said: %s", first.Text("main"))
	}
	if p = give(t, visitor, u.Path, answers()); p.Status != http.StatusSeeOther || p.Location != u.Path {
		t.Fatalf("hand in: %d %v", p.Status, p.All("main li"))
	}
	if after := visitor.Get(u.Path); !strings.Contains(after.Text("main"), "Ingen behov er laget av svaret ennå") {
		t.Errorf("after: %s", after.Text("main"))
	}
	list := adviser.Get(at)
	href := list.Attr("table a[href*='/svar/']", "href")
	answer := adviser.Get(href)
	if got := answer.Text("textarea[name=text]"); got != "Sveiser: rustfritt stål" {
		t.Errorf("the proposal says %q", got)
	}
	form := url.Values{"row": {"0"}, "text": {answer.Text("textarea[name=text]")}, "headcount": {answer.Attr("input[name=headcount]", "value")}}
	first := adviser.Post(href, form)
	second := adviser.Post(href, form)
	if first.Status != http.StatusSeeOther || first.Location != second.Location || !strings.HasPrefix(first.Location, "/behov/") {
		t.Fatalf("make a need: %d %s, then %d %s: %s", first.Status, first.Location, second.Status, second.Location, first.Text("main"))
	}
	if need := adviser.Get(first.Location); need.Attr("main a[href*='/svar/']", "href") != href {
		t.Error("the need does not lead back to the answer")
	}
	if open := h.Visitor().Get(first.Location); open.Status != http.StatusOK || open.Has("main a[href*='/svar/']") {
		t.Errorf("an open reader is led to the answer: %d", open.Status)
	}
	now := visitor.Get(u.Path)
	if m := regexp.MustCompile(`B-\d{4}-\d{4}`).FindString(now.Text("main")); m == "" || !strings.Contains(now.Text("main"), "Kartlagt") {
		t.Errorf("the one who answered does not see the need: %s", now.Text("main"))
	}
	if follow := visitor.Get(now.Attr("main a[href^='/folg/']", "href")); follow.Status != http.StatusOK {
		t.Errorf("follow link: %d", follow.Status)
	}
}

// A link that opens nothing is a page that says what to do.
func TestLinksThatOpenNothing(t *testing.T) {
	h := open(t, 3)
	r := h.round()
	links := h.links(r)
	old := links[0]
	links[0] = h.renewed(r, h.invite(h.Actor("adviser"), r, h.firms[0]).ID)
	v := h.Visitor()
	gone := func(name, path string, status int, says string) {
		t.Helper()
		if p := v.Get(path); p.Status != status || !strings.Contains(p.Text("main"), says) || !strings.Contains(p.Text("main"), "Hva kan du gjøre?") {
			t.Errorf("%s: %d %s", name, p.Status, p.Text("main"))
		}
	}
	gone("nobody's", "/svar/ingen-har-laget-denne", http.StatusNotFound, "Vi kjenner ikke lenken")
	gone("nobody's open", "/bli-med/ingen-har-laget-denne", http.StatusNotFound, "Vi kjenner ikke lenken")
	gone("an organisation's link as an open one", "/bli-med/"+links[0], http.StatusNotFound, "Vi kjenner ikke lenken")
	gone("renewed", "/svar/"+old, http.StatusGone, "Lenken virker ikke lenger")
	give(t, v, "/svar/"+links[1], answers())
	if p := v.Post("/svar/"+links[1], nil); p.Status != http.StatusConflict {
		t.Errorf("answered twice: %d", p.Status)
	}
	if p := v.Get("/svar/" + links[1] + "/del/behov"); p.Status != http.StatusSeeOther {
		t.Errorf("an answered section: %d", p.Status)
	}
	h.Wait(15 * 24 * time.Hour)
	gone("expired", "/svar/"+links[0], http.StatusGone, "Fristen er ute")
	if p := v.Get("/svar/" + links[1]); p.Status != http.StatusOK {
		t.Errorf("the receipt after the deadline: %d", p.Status)
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	x, err := h.Rounds.Get(t.Context(), h.Actor("adviser"), r)
	if err != nil || x.State != round.Closed {
		t.Errorf("after the deadline: %v %v", x.State, err)
	}
}

// What is wrong is told at the field and kept; what is left is there the next time.
func TestAnswersAreKept(t *testing.T) {
	h := open(t, 1)
	base := "/svar/" + h.links(h.round())[0]
	v := h.Visitor()
	p := v.Get(v.Post(base, nil).Location)
	if p.Attr("html", "lang") != "nb" {
		t.Errorf("the page's language is %q", p.Attr("html", "lang"))
	}
	if got := p.Attr("input[name='answers.navn']", "value"); got != "Prøvebedrift A" {
		t.Errorf("the name is not filled in: %q", got)
	}
	if !strings.Contains(p.Text("main"), "kompetansetorg") {
		t.Error("where the name is from is not said")
	}
	other := v.Get(base + "/del/virksomheten") // drawn in another window
	refused := v.Post(base+"/del/virksomheten", asked(p, url.Values{"ansatte": {"mange"}}))
	if refused.Status != http.StatusUnprocessableEntity || refused.Attr("input[name='answers.ansatte']", "value") != "mange" || !refused.Has(".ds-error-summary") {
		t.Errorf("a wrong number: %d", refused.Status)
	}
	if got := v.Get(base+"/del/virksomheten").Attr("input[name='answers.ansatte']", "value"); got != "mange" {
		t.Errorf("what was typed is not kept: %q", got)
	}
	stale := v.Post(base+"/del/virksomheten", asked(other, url.Values{"ansatte": {"7"}}))
	if stale.Status != http.StatusConflict || stale.Attr("input[name='answers.ansatte']", "value") != "7" {
		t.Errorf("saved over what another has saved: %d", stale.Status)
	}
	later := asked(stale, url.Values{"ansatte": {"7"}})
	later.Set("go", "later")
	if p = v.Post(base+"/del/virksomheten", later); p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, base+"?") {
		t.Errorf("later: %d %s", p.Status, p.Location)
	}
	if p = v.Get(base + "/se-over"); p.Status != http.StatusOK {
		t.Fatalf("review: %d", p.Status)
	}
	p = v.Post(base+"/se-over", url.Values{"version": {p.Attr("input[name=version]", "value")}})
	if p.Status != http.StatusUnprocessableEntity || !p.Has("main .kt-notice a[href$='/del/bemanning']") {
		t.Errorf("a short answer: %d", p.Status)
	}
}
