package needweb_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// TestVisibility runs the tests of this file, which share a house; each makes what it needs in it.
func TestVisibility(t *testing.T) {
	h := house(t)
	t.Run("every_surface_agrees", func(t *testing.T) { everySurfaceAgrees(t, h) })
	t.Run("notes_are_for_those_who_work_with_the_need", func(t *testing.T) { notesAreForThoseWhoWorkWithTheNeed(t, h) })
	t.Run("offered_moves_are_those_that_work", func(t *testing.T) { offeredMovesAreThoseThatWork(t, h) })
}

// readers says which confidentialities of the sawmill's needs each role reads.
var readers = map[string][]need.Confidentiality{
	"":             {need.Open},
	"learner":      {need.Open},
	"admin":        {need.Open},
	"adviser":      {need.Open},
	"employer":     {need.Open, need.ProvidersOnly, need.ForumOnly, need.Internal},
	"provider":     {need.Open, need.ProvidersOnly},
	"forum_member": {need.Open, need.ProvidersOnly, need.ForumOnly},
	"secretary":    {need.Open, need.ProvidersOnly, need.ForumOnly},
	"county":       {need.Open, need.ProvidersOnly, need.ForumOnly, need.Internal},
}

// everySurfaceAgrees holds page, human number, list, search, JSON and the
// buttons against one matrix of role and confidentiality.
func everySurfaceAgrees(t *testing.T, h *sitetest.House) {
	given2 := map[need.Confidentiality]need.Need{}
	for _, c := range need.Confidentialities() {
		given2[c] = given(t, h, c)
	}
	for role, sees := range readers {
		c := h.As(role)
		var inJSON struct {
			Items []struct{ ID, Confidentiality string }
			Total int
		}
		if err := json.Unmarshal([]byte(c.JSON("GET", "/api/v1/needs?q=styrer+saga&limit=500", "").Body), &inJSON); err != nil {
			t.Fatal(err)
		}
		for conf, n := range given2 {
			want := slices.Contains(sees, conf)
			address := "/behov/" + string(n.ID)
			page := c.Get(address)
			inList := c.Get("/behov?q=" + n.Number).Has(`tr[id="n-` + string(n.ID) + `"]`)
			got := map[string]bool{
				"page":   page.Status == 200,
				"number": c.Get("/behov/"+n.Number).Location == address,
				"list":   inList,
				"json":   c.JSON("GET", "/api/v1/needs/"+string(n.ID), "").Status == 200,
				"items":  slices.ContainsFunc(inJSON.Items, func(i struct{ ID, Confidentiality string }) bool { return i.ID == string(n.ID) }),
			}
			for surface, seen := range got {
				if seen != want {
					t.Errorf("%q, %s, %s: seen %v, want %v", role, conf, surface, seen, want)
				}
			}
			if !want {
				for verb, p := range map[string]int{
					"move":  c.Post(address+"/flytt", move(need.Withdrawn, need.Mapped, "note", "x")).Status,
					"moves": c.JSON("POST", "/api/v1/needs/"+string(n.ID)+"/moves", `{"to":"withdrawn","note":"x"}`).Status,
				} {
					if p != 404 && (role != "" || p != 403 && p != 401) {
						t.Errorf("%q, %s, %s: answers %d to what does not exist for it", role, conf, verb, p)
					}
				}
				if strings.Contains(page.Body, sawmill) {
					t.Errorf("%q, %s: the error page names the organisation", role, conf)
				}
			}
			full := role == "employer" || role == "county"
			if page.Has("#follow-link") != full {
				t.Errorf("%q, %s: follow link shown: %v", role, conf, !full)
			}
			if conf != need.Open && want && strings.Contains(page.Text("main"), "Røper en plan") != full {
				t.Errorf("%q, %s: the ground is shown: %v", role, conf, !full)
			}
		}
		if inJSON.Total != len(inJSON.Items) {
			t.Errorf("%q: total %d of %d items", role, inJSON.Total, len(inJSON.Items))
		}
	}
}

// notesAreForThoseWhoWorkWithTheNeed shows the notes of moves and the
// discussion to the forum and not to the public.
func notesAreForThoseWhoWorkWithTheNeed(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	moved(t, h, n, "secretary", need.Moving{To: need.Presented, Note: "Bare for oss"})
	moved(t, h, n, "secretary", need.Moving{To: need.Discussed, Discussion: &need.Discussion{Clarified: "Også bare for oss"}})
	for role, want := range map[string]bool{"": false, "learner": false, "adviser": false, "admin": false, "employer": true, "secretary": true, "forum_member": true, "provider": true, "county": true} {
		c := h.As(role)
		page, api := c.Get("/behov/"+string(n.ID)), c.JSON("GET", "/api/v1/needs/"+string(n.ID), "").Body
		if got := strings.Contains(page.Text("main"), "Bare for oss"); got != want {
			t.Errorf("%q: note on the page: %v", role, got)
		}
		if got := strings.Contains(page.Text("main"), "Også bare for oss"); got != want {
			t.Errorf("%q: discussion on the page: %v", role, got)
		}
		if got := strings.Contains(api, "Bare for oss"); got != want {
			t.Errorf("%q: note in JSON: %v", role, got)
		}
	}
}

// offeredMovesAreThoseThatWork holds the buttons of the page against the
// room: what is offered is not denied, and readers without a part get none.
func offeredMovesAreThoseThatWork(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	want := map[string][]flow.State{
		"": nil, "learner": nil, "admin": nil, "adviser": nil, "forum_member": nil,
		"employer":  {need.InFollowUp, need.CoveredByExisting, need.CoveredByOther, need.Withdrawn},
		"provider":  {need.InFollowUp},
		"secretary": {need.Presented, need.InFollowUp, need.CoveredByExisting, need.CoveredByOther, need.NotPossible, need.Closed},
		"county":    {need.Presented, need.InFollowUp, need.CoveredByExisting, need.CoveredByOther, need.NotPossible, need.Closed},
	}
	for role, states := range want {
		c := h.As(role)
		p := c.Get("/behov/" + string(n.ID))
		if got := len(p.All(`input[name=to]`)); got != len(states) {
			t.Errorf("%q is offered %d moves, want %d: %v", role, got, len(states), p.All("section[aria-labelledby=moves] summary"))
		}
		for _, s := range states {
			if !p.Has(`input[name=to][value="` + string(s) + `"]`) {
				t.Errorf("%q is not offered %s", role, s)
			}
		}
	}
}
