package followweb_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// drain lets the house do its work in the background.
func drain(t *testing.T, h *sitetest.House) {
	t.Helper()
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// employer is the owner of a need, and the need.
func employer(t *testing.T, h *sitetest.House, see need.Confidentiality) (access.Actor, need.Need) {
	t.Helper()
	owner := h.Actor("employer")
	in := need.Content{Text: "Vi mangler to som kan kjøre saglinja", Organisation: owner.Orgs()[0], Municipality: "5022", Headcount: 2, Confidentiality: see, Lang: "nb"}
	if see != need.Open {
		in.ConfidentialityGround = "Forretningshemmelighet"
	}
	n, err := h.Needs.Register(t.Context(), owner, in)
	if err != nil {
		t.Fatal(err)
	}
	return owner, n
}

func move(t *testing.T, h *sitetest.House, role string, n need.Need, in need.Moving) {
	t.Helper()
	if _, err := h.Needs.Move(t.Context(), h.Actor(role), n.ID, in); err != nil {
		t.Fatalf("%s to %s: %v", role, in.To, err)
	}
	drain(t, h)
}

// An open need's owner reads her messages in order. Each says what happened, who
// does what next, and by when; none has a name of a person in it.
func TestTheOwnerReadsHerMessagesInOrder(t *testing.T) {
	h := sitetest.New(t)
	drain(t, h)
	_, n := employer(t, h, need.Open)
	drain(t, h)
	steps := []struct {
		role string
		to   flow.State
		want string
	}{
		{"secretary", need.Presented, "Behovet ditt ble presentert i forumet i dag. Sekretæren i forumet tar det opp til drøfting innen"},
		{"secretary", need.Discussed, "Forumet drøftet behovet ditt i dag. Sekretæren i forumet finner en tilbyder som kan følge opp innen"},
		{"provider", need.InFollowUp, "En tilbyder tok behovet ditt til oppfølging i dag."},
		{"provider", need.InDevelopment, "Arbeidet med et tilbud som svarer på behovet ditt, begynte i dag."},
		{"provider", need.CoveredByExisting, "Et tilbud som finnes, kan dekke behovet ditt. Det ble klart i dag. Dere sier fra når tilbudet har dekket behovet innen"},
	}
	for _, s := range steps {
		h.Wait(time.Minute)
		move(t, h, s.role, n, need.Moving{To: s.to})
	}
	owner := h.As("employer")
	page := owner.Get("/varsler")
	items := page.All(".kt-timeline li")
	var mine []string
	for _, item := range items {
		if strings.Contains(item, n.Number) {
			mine = append(mine, item)
		}
	}
	slices.Reverse(mine)
	if len(mine) != len(steps) {
		t.Fatalf("%d messages, want %d: %q", len(mine), len(steps), mine)
	}
	for i, s := range steps {
		if !strings.Contains(mine[i], s.want) {
			t.Errorf("message %d: %q, want %q", i+1, mine[i], s.want)
		}
	}
	if provider := h.Actor("provider").Roles[0].OrgName; !strings.Contains(mine[2], provider+" svarer innen ") {
		t.Errorf("who answers and by when: %q", mine[2])
	}
	if n := page.Text(".kt-viewer__unread"); !strings.Contains(n, "nye") {
		t.Errorf("the menu says %q are new", n)
	}
	owner.Follow(owner.Post("/varsler/lest", url.Values{"til": {"9999-12-31T00:00:00.000000Z"}}))
	if p := owner.Get("/varsler"); p.Has(".kt-viewer__unread") || !strings.Contains(p.Text("main"), "Tidligere") {
		t.Errorf("after reading: %s", p.Text("main"))
	}
}

// What the reader may not see is told to nobody else: no notice, no letter, no
// entry of a feed or calendar.
func TestAClosedNeedIsToldToNobodyElse(t *testing.T) {
	h := sitetest.New(t)
	drain(t, h)
	adviser := h.As("learner")
	for _, topic := range []url.Values{{"hva": {"municipality"}, "ref": {"5022"}}, {"hva": {"search"}, "slag": {"need"}, "ref": {"q=saglinja"}}} {
		topic.Set("mode", "now")
		if p := adviser.Post("/varsler/folg", topic); p.Status != 303 {
			t.Fatalf("follow %v: %d %s", topic, p.Status, p.Text("main"))
		}
	}
	_, closed := employer(t, h, need.Internal)
	_, open := employer(t, h, need.Open)
	drain(t, h)
	settings := adviser.Get("/varsler/innstillinger")
	looks := map[string]string{"/varsler": ""}
	for _, row := range h.Visitor().Get("/demo/post").All("tbody tr") {
		if strings.Contains(row, "learner") && strings.Contains(row, closed.Number) {
			t.Error("a letter tells of a closed need")
		}
	}
	for _, a := range settings.Attrs("a[href^='/varsler/feed/'], a[href^='/varsler/kalender/']", "href") {
		looks[a] = ""
	}
	for _, copy := range settings.Attrs(".kt-copy input", "value") {
		u, err := url.Parse(copy)
		if err != nil {
			t.Fatal(err)
		}
		looks[u.Path] = ""
	}
	if len(looks) != 7 {
		t.Fatalf("%d places to look, want 7: %v", len(looks), looks)
	}
	found := 0
	for path := range looks {
		body := adviser.Get(path).Body
		if strings.Contains(body, closed.Number) || strings.Contains(body, string(closed.ID)) {
			t.Errorf("%s tells of a closed need", path)
		}
		if strings.Contains(body, open.Number) {
			found++
		}
	}
	if found < 5 {
		t.Errorf("the open need is told of in %d places", found)
	}
	if p := adviser.Post("/varsler/folg", url.Values{"hva": {"object"}, "slag": {"need"}, "ref": {string(closed.ID)}, "mode": {"now"}}); p.Status != 404 {
		t.Errorf("followed what one may not see: %d", p.Status)
	}
	if p := adviser.Get("/varsler/folg?hva=object&slag=need&ref=" + string(closed.ID)); p.Status != 404 {
		t.Errorf("the page to follow it: %d", p.Status)
	}
}

// The letter has plain words, a link to the thing, and one that ends all mail: by
// a press of a person, or by a POST of a mail program without any cookie.
func TestLettersAndTheirEnd(t *testing.T) {
	h := sitetest.New(t)
	drain(t, h)
	_, n := employer(t, h, need.Open)
	move(t, h, "secretary", n, need.Moving{To: need.Presented})
	post := h.Visitor().Get("/demo/post")
	var body string
	for _, href := range post.Attrs("table a", "href") {
		if p := h.Visitor().Get(href); strings.Contains(p.Text(".kt-letter"), "behovet ditt") || strings.Contains(p.Text(".kt-letter"), "Behovet ditt") {
			body = p.Text(".kt-letter")
			break
		}
	}
	if !strings.Contains(body, n.Number) || !strings.Contains(body, "http://kompetansetorg.example.no/behov/"+string(n.ID)) {
		t.Fatalf("the owner's letter: %q", body)
	}
	_, end, ok := strings.Cut(body, "http://kompetansetorg.example.no/varsler/av/")
	if !ok {
		t.Fatalf("no way out: %q", body)
	}
	end = "/varsler/av/" + strings.Fields(end)[0]
	visitor := h.Visitor()
	before := letters(visitor)
	if p := visitor.Get(end); p.Status != 200 || !p.Has("form[method=post]") {
		t.Fatalf("the page that ends mail: %d", p.Status)
	}
	move(t, h, "secretary", n, need.Moving{To: need.Discussed})
	if after := letters(visitor); after != before+1 {
		t.Errorf("to look at the page ended the mail: %d letters, then %d", before, after)
	}
	if p := visitor.Post(end, url.Values{"List-Unsubscribe": {"One-Click"}}); p.Status != 200 {
		t.Fatalf("one click: %d", p.Status)
	}
	before = letters(visitor)
	move(t, h, "provider", n, need.Moving{To: need.InFollowUp})
	if after := letters(visitor); after != before {
		t.Errorf("mail after the end: %d letters, then %d", before, after)
	}
	if p := visitor.Get("/varsler/av/rubbish"); p.Status != 404 {
		t.Errorf("a token that is none: %d", p.Status)
	}
	if !strings.Contains(h.As("employer").Get("/varsler").Text("main"), "til oppfølging") {
		t.Error("in the program it is not told any more")
	}
}

// A calendar's entry keeps its id, grows its number when the date is moved, and
// is cancelled, not gone, when the deadline is dealt with.
func TestTheCalendar(t *testing.T) {
	h := sitetest.New(t)
	drain(t, h)
	_, n := employer(t, h, need.Open)
	secretary := h.As("secretary")
	address := func(ending string) string {
		for _, v := range secretary.Get("/varsler/innstillinger").Attrs(".kt-copy input", "value") {
			if u, _ := url.Parse(v); strings.HasSuffix(u.Path, ending) {
				return u.Path
			}
		}
		t.Fatal("no address")
		return ""
	}
	read := func() map[string]string {
		p := h.Visitor().Get(address(".ics"))
		if p.Status != 200 || !strings.Contains(p.Header.Get("Content-Type"), "text/calendar") {
			t.Fatalf("calendar: %d %s", p.Status, p.Header.Get("Content-Type"))
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(p.Body, "\r\n"), "\r\n") {
			if strings.ContainsAny(line, "\r\n") || len(line) > 75 {
				t.Fatalf("line %q", line)
			}
		}
		unfolded := strings.ReplaceAll(p.Body, "\r\n ", "")
		for _, event := range strings.Split(unfolded, "BEGIN:VEVENT")[1:] {
			if strings.Contains(event, string(n.ID)+"-1@") {
				out := map[string]string{}
				for line := range strings.SplitSeq(event, "\r\n") {
					k, v, _ := strings.Cut(line, ":")
					out[k] = v
				}
				return out
			}
		}
		return nil
	}
	first := read()
	if first == nil || first["SEQUENCE"] != "0" || first["STATUS"] != "CONFIRMED" || len(first["DTSTART;VALUE=DATE"]) != 8 {
		t.Fatalf("the deadline of the secretary: %v", first)
	}
	h.Wait(time.Hour)
	move(t, h, "secretary", n, need.Moving{To: need.Presented})
	second := read()
	if second == nil || second["STATUS"] != "CANCELLED" || second["UID"] != first["UID"] || second["SEQUENCE"] <= first["SEQUENCE"] {
		t.Errorf("after it was dealt with: %v, before: %v", second, first)
	}
	old := address(".ics")
	secretary.Post("/varsler/ny-adresse", nil)
	if p := h.Visitor().Get(old); p.Status != 404 {
		t.Errorf("the old address after a new one: %d", p.Status)
	}
	feed := h.Visitor().Get(address(".atom"))
	if feed.Status != 200 || !strings.Contains(feed.Body, "<id>tag:kompetansetorg.example.no,2026:hendelse/") {
		t.Errorf("feed: %d %.300s", feed.Status, feed.Body)
	}
}

// A deadline that is near is told of once to whoever has the ball, and again when
// it has passed.
func TestReminders(t *testing.T) {
	h := sitetest.New(t)
	drain(t, h)
	_, n := employer(t, h, need.Open)
	count := func(words string) int {
		n0 := 0
		for _, item := range h.As("secretary").Get("/varsler").All(".kt-timeline li") {
			if strings.Contains(item, n.Number) && strings.Contains(item, words) {
				n0++
			}
		}
		return n0
	}
	due, late := 0, 0
	for range 40 {
		h.Wait(24 * time.Hour)
		drain(t, h)
	}
	due, late = count("Fristen for behovet er"), count("Fristen for behovet gikk ut")
	if due != 1 || late != 1 {
		t.Errorf("told %d times before and %d after the deadline, want once each", due, late)
	}
}

// letters counts what stands in the demo's post box, page by page.
func letters(c *sitetest.Client) int {
	n := 0
	for next := "/demo/post"; next != ""; {
		p := c.Get(next)
		n += len(p.All("tbody tr"))
		next = p.Attr("main a[rel=next]", "href")
	}
	return n
}
