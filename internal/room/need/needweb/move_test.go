package needweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// TestMoving runs the tests of this file, which share a house; each makes what it needs in it.
func TestMoving(t *testing.T) {
	h := house(t)
	t.Run("need_is_followed_to_the_end", func(t *testing.T) { needIsFollowedToTheEnd(t, h) })
	t.Run("taken_without_forum_skips_steps", func(t *testing.T) { takenWithoutForumSkipsSteps(t, h) })
	t.Run("moves_are_refused_at_the_field", func(t *testing.T) { movesAreRefusedAtTheField(t, h) })
	t.Run("covered_needs_proof", func(t *testing.T) { coveredNeedsProof(t, h) })
	t.Run("two_movers_at_once", func(t *testing.T) { twoMoversAtOnce(t, h) })
	t.Run("discussion_is_mended", func(t *testing.T) { discussionIsMended(t, h) })
	t.Run("follow_link_is_renewed_and_closed", func(t *testing.T) { followLinkIsRenewedAndClosed(t, h) })
}

func move(to, from flow.State, more ...string) url.Values {
	v := url.Values{"to": {string(to)}, "from": {string(from)}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Add(more[i], more[i+1])
	}
	return v
}

// needIsFollowedToTheEnd walks a need through the forum to a provider and
// to the end, each step by the role that makes it, and reads the red thread,
// the ball and the history as the owner.
func needIsFollowedToTheEnd(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	address := "/behov/" + string(n.ID)
	thyf := string(find(t, h, school))
	for _, step := range []struct {
		role string
		v    url.Values
		now  string // the current step of the red thread
		ball string
	}{
		{"secretary", move(need.Presented, need.Mapped), "Presentert", "Forumsekretær"},
		{"secretary", move(need.Discussed, need.Presented, "clarified", "To operatører", "possibilities", "På arbeidsplassen", "limitations", "Få folk", "interested", thyf), "Drøftet", "Forumsekretær"},
		{"provider", move(need.InFollowUp, need.Discussed, "answer_by", "15.12.2026", "note", "Vi ser på det"), "Til oppfølging", school},
		{"provider", move(need.InDevelopment, need.InFollowUp), "Tilbud under utvikling", school},
		{"provider", move(need.CoveredByExisting, need.InDevelopment), "Dekkes av et tilbud som finnes", "deg"},
		{"employer", move(need.Covered, need.CoveredByExisting), "Dekket", "deg"},
		{"employer", move(need.Closed, need.Covered, "note", "To har tatt fagbrev"), "Avsluttet", "Avsluttet"},
	} {
		c := h.As(step.role)
		p := c.Get(address)
		if step.v.Get("to") == string(need.InDevelopment) {
			// What the provider comes to is an answer, which has a page of its own.
			if !p.Has(`main a[href="`+address+`/svar"]`) || p.Has(`input[name=to][value=in_development]`) {
				t.Fatal("the provider is not asked for an answer")
			}
		} else if !p.Has(`form[action="` + address + `/flytt"] input[name=to][value="` + step.v.Get("to") + `"]`) {
			t.Fatalf("%s is not offered the move to %s: %v", step.role, step.v.Get("to"), p.All("section[aria-labelledby=moves] summary"))
		}
		if p := c.Post(address+"/flytt", step.v); p.Status != http.StatusSeeOther {
			t.Fatalf("%s to %s: %d %v", step.role, step.v.Get("to"), p.Status, p.All(".ds-error-summary li"))
		}
		p = h.As("employer").Get(address)
		if got := p.Text(`.kt-progress [aria-current=step] .kt-step__label`); got != step.now {
			t.Errorf("after %s the red thread stands at %q, want %q", step.v.Get("to"), got, step.now)
		}
		if got := p.Text(".kt-ball strong"); got != step.ball {
			t.Errorf("after %s the ball is with %q, want %q", step.v.Get("to"), got, step.ball)
		}
	}
	p := h.As("employer").Get(address)
	story := p.All(".kt-timeline__text")
	if len(story) != 8 || story[0] != "Behovet ble avsluttet." || story[7] != "Behovet ble meldt." {
		t.Errorf("history: %v", story)
	}
	if got := p.Text("section[aria-labelledby=talk] .kt-facts"); !strings.Contains(got, "To operatører") || !strings.Contains(got, school) {
		t.Errorf("discussion: %q", got)
	}
	if who := p.All(".kt-timeline__when")[4]; !strings.Contains(who, "Tilbyder, "+school) {
		t.Errorf("who took it: %q", who)
	}
	if got := p.All(".kt-progress [data-state=done]"); len(got) != 6 {
		t.Errorf("done: %v", got)
	}
}

func takenWithoutForumSkipsSteps(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.ProvidersOnly)
	p := h.As("provider").Post("/behov/"+string(n.ID)+"/flytt", move(need.InFollowUp, need.Mapped))
	p = h.As("provider").Follow(p)
	if got := p.All(".kt-progress [data-state=skipped]"); len(got) != 2 {
		t.Errorf("skipped: %v", got)
	}
	if !strings.Contains(strings.Join(p.All(".kt-head .kt-tag"), "|"), "Tatt uten forum") {
		t.Errorf("tags: %v", p.All(".kt-head .kt-tag"))
	}
}

// movesAreRefusedAtTheField keeps what was written and opens the form it
// was written in.
func movesAreRefusedAtTheField(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	address := "/behov/" + string(n.ID) + "/flytt"
	sag := string(find(t, h, sawmill))
	for _, tt := range []struct {
		role  string
		v     url.Values
		field string
	}{
		{"employer", move(need.Withdrawn, need.Mapped), "note-withdrawn"},
		{"secretary", move(need.NotPossible, need.Mapped, "note", "  "), "note-not_possible"},
		{"secretary", move(need.InFollowUp, need.Mapped, "note", "Kan dere?"), "provider-in_follow_up"},
		{"secretary", move(need.InFollowUp, need.Mapped, "provider", sag), "provider-in_follow_up"},
		{"secretary", move(need.InFollowUp, need.Mapped, "provider", "tull"), "provider-in_follow_up"},
		{"provider", move(need.InFollowUp, need.Mapped, "answer_by", "i morgen"), "answer_by-in_follow_up"},
		{"provider", move(need.InFollowUp, need.Mapped, "answer_by", "01.01.2020"), "answer_by-in_follow_up"},
		{"provider", move(need.InFollowUp, need.Mapped, "note", strings.Repeat("å", 100_000)), "note-in_follow_up"},
	} {
		p := h.As(tt.role).Post(address, tt.v)
		if p.Status != 422 || p.Text("#"+tt.field+"-error") == "" || !p.Has(".kt-details[open] #"+tt.field) {
			t.Errorf("%s %v: %d, message %q; summary %v", tt.role, tt.field, p.Status, p.Text("#"+tt.field+"-error"), p.All(".ds-error-summary li"))
		}
		to := tt.v.Get("to")
		if note := strings.TrimSpace(tt.v.Get("note")); note != "" && p.Text("#note-"+to) != note {
			t.Errorf("%s: the note was not kept", tt.field)
		}
	}
	for role, v := range map[string]url.Values{"employer": move(need.Covered, need.Mapped), "provider": move(need.Presented, need.Mapped), "adviser": move(need.Closed, need.Mapped, "note", "x"),
		"learner": move(need.Closed, need.Mapped, "note", "x")} {
		if p := h.As(role).Post(address, v); p.Status != 422 && p.Status != 403 {
			t.Errorf("%s made a move of others: %d", role, p.Status)
		}
	}
	if p := h.As("secretary").Post(address, move("nirvana", need.Mapped)); p.Status != 422 {
		t.Errorf("an unknown state: %d", p.Status)
	}
	if d := get(t, h, string(n.ID)); d.State != need.Mapped {
		t.Errorf("the need has moved to %s", d.State)
	}
}

// coveredNeedsProof: the provider is not offered to call the need covered. When
// it asks all the same, page and JSON say what to do instead, in the reader's
// language; and that way is there, and leads to the owner.
func coveredNeedsProof(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	moved(t, h, n, "provider", need.Moving{To: need.InFollowUp})
	moved(t, h, n, "provider", need.Moving{To: need.InDevelopment})
	address, moves := "/behov/"+string(n.ID), "/api/v1/needs/"+string(n.ID)+"/moves"
	c := h.As("provider")
	if p := c.Get(address); p.Has(`input[name=to][value=covered]`) || !p.Has(`input[name=to][value=covered_by_existing]`) {
		t.Errorf("the provider is offered %v", p.Attrs("input[name=to]", "value"))
	}
	for lang, want := range map[string]string{"nb": "Velg «Tilbudet er klart»", "nn": "Vel «Tilbodet er klart»", "en": "Choose “The offer is ready”"} {
		c.Header.Set("Accept-Language", lang)
		p := c.Post(address+"/flytt", move(need.Covered, need.InDevelopment, "note", "To har meldt seg på"))
		if said := p.Text(".ds-error-summary"); p.Status != http.StatusConflict || !strings.Contains(said, want) || !strings.Contains(p.Text("main"), "To har meldt seg på") {
			t.Errorf("%s: the page answers %d, %q", lang, p.Status, said)
		}
		if p = c.JSON("POST", moves, `{"to":"covered","from":"in_development"}`); p.Status != http.StatusConflict || !strings.Contains(p.Body, want) {
			t.Errorf("%s: JSON answers %d, %s", lang, p.Status, p.Body)
		}
	}
	if d := get(t, h, string(n.ID)); d.State != need.InDevelopment {
		t.Fatalf("the need stands in %s", d.State)
	}
	if p := c.JSON("POST", moves, `{"to":"covered_by_existing","from":"in_development"}`); p.Status != http.StatusOK {
		t.Fatalf("the offer is ready: %d, %s", p.Status, p.Body)
	}
	owner := h.As("employer")
	if p := owner.Get(address); p.Text(".kt-ball strong") != "deg" || !p.Has(`input[name=to][value=covered]`) {
		t.Errorf("the owner is asked %q and offered %v", p.Text(".kt-ball"), p.Attrs("input[name=to]", "value"))
	}
	if p := owner.JSON("POST", moves, `{"to":"covered"}`); p.Status != http.StatusOK {
		t.Errorf("the owner says it is covered: %d, %s", p.Status, p.Body)
	}
}

// twoMoversAtOnce lets two people move one need from the same page: the
// second is told where it stands, and keeps what was written.
func twoMoversAtOnce(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	address := "/behov/" + string(n.ID) + "/flytt"
	if p := h.As("provider").Post(address, move(need.InFollowUp, need.Mapped)); p.Status != http.StatusSeeOther {
		t.Fatalf("first: %d", p.Status)
	}
	p := h.As("secretary").Post(address, move(need.Closed, need.Mapped, "note", "Gjelder ikke lenger"))
	if p.Status != http.StatusConflict || !strings.Contains(p.Text("main"), "Gjelder ikke lenger") || p.Text(".kt-progress [aria-current=step] .kt-step__label") != "Til oppfølging" {
		t.Errorf("second: %d, %q", p.Status, p.Text(".kt-progress [aria-current=step]"))
	}
	if d := get(t, h, string(n.ID)); d.State != need.InFollowUp || len(d.Steps) != 3 {
		t.Errorf("stands in %s after %d steps", d.State, len(d.Steps))
	}
}

func discussionIsMended(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	moved(t, h, n, "secretary", need.Moving{To: need.Presented})
	address := "/behov/" + string(n.ID) + "/drofting"
	if p := h.As("secretary").Post(address, url.Values{"clarified": {"To operatører"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("%d", p.Status)
	}
	p := h.As("secretary").Post(address, url.Values{"clarified": {strings.Repeat("x", 2001)}, "possibilities": {"Beholdes"}})
	if p.Status != 422 || p.Text("#clarified-talk-error") == "" || p.Text("#possibilities-talk") != "Beholdes" {
		t.Errorf("too long: %d, %q", p.Status, p.Text("#clarified-talk-error"))
	}
	p = h.As("secretary").Post(address, url.Values{"interested": {string(find(t, h, sawmill))}})
	if p.Status != 422 || p.Text("#interested-talk-error") == "" {
		t.Errorf("no provider: %d, %v", p.Status, p.All(".ds-error-summary li"))
	}
	if p := h.As("employer").Post(address, url.Values{"clarified": {"Eierens"}}); p.Status != http.StatusForbidden {
		t.Errorf("the owner: %d", p.Status)
	}
	if d := get(t, h, string(n.ID)); d.Discussion == nil || d.Discussion.Clarified != "To operatører" {
		t.Errorf("stored %+v", d.Discussion)
	}
}

func followLinkIsRenewedAndClosed(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	c, address := h.As("employer"), "/behov/"+string(n.ID)
	old := "/folg/" + token(t, h, n.ID)
	if p := c.Post(address+"/lenke", url.Values{"do": {"renew"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("renew: %d", p.Status)
	}
	fresh := "/folg/" + token(t, h, n.ID)
	for path, want := range map[string]int{old: 404, old + "/qr.png": 404, fresh: 200, fresh + "/qr.png": 200} {
		if p := h.Visitor().Get(path); p.Status != want {
			t.Errorf("%s: %d, want %d", path, p.Status, want)
		}
	}
	if p := h.As("provider").Post(address+"/lenke", url.Values{"do": {"revoke"}}); p.Status != http.StatusNotFound {
		t.Errorf("a provider closes the link: %d", p.Status)
	}
	if p := c.Post(address+"/lenke", url.Values{"do": {"revoke"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("revoke: %d", p.Status)
	}
	if p := h.Visitor().Get(fresh); p.Status != http.StatusNotFound {
		t.Errorf("closed: %d", p.Status)
	}
	if p := c.Get(address); p.Has("#follow-link") || !p.Has(`form[action="`+address+`/lenke"]`) {
		t.Error("the page does not offer a new link")
	}
}
