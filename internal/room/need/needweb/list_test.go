package needweb_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// TestListing runs the tests of this file, which share a house; each makes what it needs in it.
func TestListing(t *testing.T) {
	h := house(t)
	t.Run("list_filters_and_sorts", func(t *testing.T) { listFiltersAndSorts(t, h) })
	t.Run("list_refuses_what_it_cannot_use", func(t *testing.T) { listRefusesWhatItCannotUse(t, h) })
	t.Run("pages_of_a_list_do_not_overlap", func(t *testing.T) { pagesOfAListDoNotOverlap(t, h) })
	t.Run("tabs_and_balls", func(t *testing.T) { tabsAndBalls(t, h) })
	t.Run("overdue_is_said", func(t *testing.T) { overdueIsSaid(t, h) })
}

func listFiltersAndSorts(t *testing.T, h *sitetest.House) {
	ctx, employer := context.Background(), h.Actor("employer")
	for i, c := range []need.Content{
		{Text: "Kvile hjelmkurs", Headcount: 7, Municipality: "5022", Purpose: need.Upskilling, Level: need.LevelCourse},
		{Text: "Kvile truckførar", Headcount: 1, Municipality: "5021", Purpose: need.Recruitment, Level: need.LevelTrade},
		{Text: "Kvile begge deler", Headcount: 3, Municipality: "5007", Purpose: need.Both},
	} {
		c.Organisation = find(t, h, sawmill)
		if _, err := h.Needs.Register(ctx, employer, c); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
	}
	c := h.As("county")
	for query, want := range map[string]string{
		"q=kvile&sort=oldest":                            "Kvile hjelmkurs|Kvile truckførar|Kvile begge deler",
		"q=KVILE+hjelm":                                  "Kvile hjelmkurs",
		"q=kvile&sort=headcount":                         "Kvile hjelmkurs|Kvile begge deler|Kvile truckførar",
		"q=kvile&sort=municipality":                      "Kvile begge deler|Kvile truckførar|Kvile hjelmkurs",
		"q=kvile&sort=oldest&purpose=upskilling":         "Kvile hjelmkurs|Kvile begge deler",
		"q=kvile&sort=oldest&purpose=both":               "Kvile begge deler",
		"q=kvile&level=fagbrev":                          "Kvile truckførar",
		"q=kvile&municipality=Oppdal":                    "Kvile truckførar",
		"q=kvile&municipality=5022":                      "Kvile hjelmkurs",
		"q=kvile&state=covered":                          "",
		"q=kvile&overdue=1":                              "",
		"q=kvile&sort=oldest&region=trondelag-sor":       "Kvile hjelmkurs|Kvile truckførar",
		"q=kvile&region=trondelag-sor&municipality=5021": "Kvile truckførar",
	} {
		if got := strings.Join(rows(c, "/behov?"+query), "|"); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	p := c.Get("/behov?q=kvile&level=fagbrev&sort=headcount")
	if got := p.All(".kt-chip"); len(got) != 2 || p.Attr(`th[aria-sort] a`, "href") == "" || !strings.Contains(p.Text(".kt-filter__hits"), "1 behov") {
		t.Errorf("chips %v, hits %q", got, p.Text(".kt-filter__hits"))
	}
	if got := p.Attr(`a[href^="/behov/eksport.csv"]`, "href"); got != "/behov/eksport.csv?level=fagbrev&q=kvile&sort=headcount" {
		t.Errorf("export leads to %q", got)
	}
	if p := c.Get("/behov?q=finnes+aldri"); p.Text(".kt-empty h2") != "Ingen behov passer" {
		t.Errorf("empty: %q", p.Text(".kt-empty"))
	}
}

func listRefusesWhatItCannotUse(t *testing.T, h *sitetest.House) {
	c := h.As("county")
	for query, field := range map[string]string{"state=flying": "state", "purpose=x": "purpose", "level=x": "level", "municipality=Atlantis": "municipality",
		"region=atlantis": "region", "region=trondelag-sor&municipality=0301": "municipality", "sort=luck": "", "after=tull": ""} {
		p := c.Get("/behov?" + query)
		if p.Status != 422 || field != "" && p.Text("#"+field+"-error") == "" {
			t.Errorf("%s: %d %v", query, p.Status, p.All(".ds-error-summary li"))
		}
	}
}

func pagesOfAListDoNotOverlap(t *testing.T, h *sitetest.House) {
	ctx, employer, saw := context.Background(), h.Actor("employer"), find(t, h, sawmill)
	for i := range 40 {
		if _, err := h.Needs.Register(ctx, employer, need.Content{Text: fmt.Sprintf("Mange nummer %02d", i), Organisation: saw, Municipality: "5022", Headcount: 1 + i%3}); err != nil {
			t.Fatal(err)
		}
	}
	for _, sort := range []string{"newest", "number", "headcount", "due"} {
		c := h.As("employer")
		p := c.Get("/behov?q=mange+nummer&sort=" + sort)
		seen := p.All("tbody th a")
		if len(seen) != 25 || !strings.Contains(p.Text(".kt-pager"), "25 av 40") {
			t.Fatalf("%s: %d rows, pager %q", sort, len(seen), p.Text(".kt-pager"))
		}
		next := c.Get(p.Attr("a[rel=next]", "href"))
		seen = append(seen, next.All("tbody th a")...)
		slices.Sort(seen)
		if len(slices.Compact(seen)) != 40 || next.Has("a[rel=next]") || !next.Has(".kt-pager a") {
			t.Errorf("%s: %d different rows on two pages", sort, len(slices.Compact(seen)))
		}
	}
}

func tabsAndBalls(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Internal)
	if got := rows(h.As("employer"), "/behov?mine=1"); !slices.Contains(got, n.Title) {
		t.Errorf("mine: %v", got)
	}
	moved(t, h, given(t, h, need.Open), "employer", need.Moving{To: need.CoveredByExisting})
	p := h.As("employer").Get("/behov?ball=1")
	if got := p.All("tbody th a"); len(got) != 1 || p.Text(".kt-tabs [aria-current=page]") != "Venter på meg" {
		t.Errorf("ball: %v, tab %q", got, p.Text(".kt-tabs [aria-current=page]"))
	}
	if p := h.Visitor().Get("/behov"); p.Has(".kt-tabs") || p.Status != 200 || p.Has(`input[name=behov]`) {
		t.Error("a visitor sees tabs or boxes of those who work here")
	}
	given(t, h, need.Open)
	if p := h.As("secretary").Get("/behov?q=styrer+saga"); !p.Has(`input[name=behov][form=felles]`) || p.Attr("form#felles", "action") != "/felles/ny" {
		t.Error("the secretary cannot pick needs for a pooled need")
	}
}

func overdueIsSaid(t *testing.T, h *sitetest.House) {
	n := given(t, h, need.Open)
	moved(t, h, n, "provider", need.Moving{To: need.InFollowUp})
	d := get(t, h, string(n.ID))
	if d.Ball.Due.String() != "2026-12-18" {
		t.Fatalf("due %s", d.Ball.Due)
	}
	p := h.As("employer").Get("/behov?q=" + n.Number)
	if got := p.All("tbody tr td:last-child"); len(got) != 1 || got[0] != "18.12.2026" {
		t.Errorf("due column: %v", got)
	}
}
