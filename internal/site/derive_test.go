package site_test

import (
	"context"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/site/sitetest"
)

// The head counts of the two closed needs, and of the open ones beside them:
// numbers that stand nowhere else, nor do their sums and differences.
const (
	first, second, beside, other = 1373, 2581, 4111, 1907
)

// TestAPooledNeedOfTwoCannotBeWorkedOut pools two needs that are not open with
// an open one, and looks for their head counts, and for any figure that gives
// them away by subtraction, on every surface that readers without an office
// can open, with every filter, on the day and the day after one of them left.
func TestAPooledNeedOfTwoCannotBeWorkedOut(t *testing.T) {
	h := sitetest.New(t)
	ctx, all := context.Background(), access.SystemActor("test")
	a := closedNeed(t, h, "Eksempel Mekaniske AS", first, need.Internal)
	b := closedNeed(t, h, "Eksempel Limtre AS", second, need.ForumOnly)
	c := closedNeed(t, h, "Eksempel Trevare AS", beside, need.Open)
	closedNeed(t, h, "Eksempel Byggmester AS", other, need.Open)
	p, err := h.Pools.Make(ctx, h.Actor("county"), pool.Content{Title: "Slipere i Gauldalen", Field: "industry", Level: need.LevelTrade}, a.ID, b.ID, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := h.Visitor().Get("/felles/" + string(p.ID)).Text("main"); strings.Contains(got, "Mekaniske") || strings.Contains(got, "Limtre") {
		t.Errorf("the open page names the firms: %q", got)
	}
	open := 0 // how often an open head count was read: the search does find figures
	secret := giveaways(first, second, beside, other)
	for _, day := range []string{"with both", "after one has left"} {
		if _, _, err := h.Demand.Rebuild(ctx, all); err != nil {
			t.Fatal(err)
		}
		for _, role := range []string{"", "learner", "employer", "adviser", "admin"} {
			reader := h.As(role)
			for _, path := range figurePaths(h, p.ID) {
				body := reader.Get(path).Body
				for _, n := range numbers.FindAllString(shown(body), -1) {
					plain := strings.NewReplacer("\u00a0", "", " ", "", ".", "").Replace(n)
					if plain == strconv.Itoa(other) {
						open++
					}
					if what := secret[plain]; what != "" {
						t.Errorf("%s: %q reads %s (%s) on %s", day, role, n, what, path)
					}
				}
			}
		}
		if day == "with both" {
			if err := h.Pools.Remove(ctx, all, p.ID, b.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	if open == 0 {
		t.Error("not even the open head count was found")
	}
}

// TestWhoMayOpenThemSeesTheSum: those who read the needs themselves are not
// kept from adding them up.
func TestWhoMayOpenThemSeesTheSum(t *testing.T) {
	h := sitetest.New(t)
	a := closedNeed(t, h, "Eksempel Mekaniske AS", first, need.Internal)
	b := closedNeed(t, h, "Eksempel Limtre AS", second, need.ForumOnly)
	p, err := h.Pools.Make(context.Background(), h.Actor("county"), pool.Content{Title: "Slipere i Gauldalen", Level: need.LevelTrade}, a.ID, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := h.As("county").Get("/felles/" + string(p.ID)).Text("main"); !strings.Contains(strings.ReplaceAll(got, " ", ""), strconv.Itoa(first+second)) {
		t.Errorf("the county reads %q", got)
	}
}

func closedNeed(t *testing.T, h *sitetest.House, firm string, heads int, c need.Confidentiality) need.Need {
	t.Helper()
	ctx, all := context.Background(), access.SystemActor("test")
	n, err := h.Needs.Register(ctx, all, need.Content{Text: "Slipere til " + strings.Fields(firm)[1], Organisation: org.ID(orgNamed(t, h, firm)), Municipality: "5027",
		Headcount: heads, Level: need.LevelTrade, Confidentiality: c, ConfidentialityGround: map[bool]string{true: "", false: "Viser en plan"}[c == need.Open],
		Concepts: []need.Concept{{Scheme: "styrk08", Code: "7224", Chosen: need.Linked}}})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// giveaways are the closed figures themselves, and the sums and differences
// with the open ones that a reader could take them out of.
func giveaways(first, second, beside, other int) map[string]string {
	out := map[string]string{}
	for name, hidden := range map[string]int{"the first": first, "the second": second, "both": first + second} {
		for with, open := range map[string]int{"alone": 0, "with the open one": beside, "with the other": other, "with both open ones": beside + other} {
			out[strconv.Itoa(hidden+open)] = name + " " + with
		}
	}
	return out
}

// numbers are the figures of a page: digits with their thousands parted.
var (
	numbers = regexp.MustCompile(`\d{1,3}(?:[ \x{a0}.]\d{3})+|\d+`)
	unshown = regexp.MustCompile(`(?s)<(script|style|path)\b.*?>|[0-9a-f]{8}-[0-9a-f-]{27}|"/assets/[^"]*"| (d|x|y|cx|cy|r|width|height|viewBox|points|transform)="[^"]*"`)
)

// shown is the text of an answer without what holds no figures: ids, addresses
// of files and coordinates.
func shown(body string) string { return unshown.ReplaceAllString(body, " ") }

// figurePaths are the open surfaces that tell of demand, with their filters.
func figurePaths(h *sitetest.House, p pool.ID) []string {
	paths := []string{"/felles", "/felles/" + string(p), "/api/v1/pools?limit=500", "/api/v1/pools/" + string(p), "/finn?q=Slipere"}
	filters := []url.Values{{}, {"level": {"fagbrev"}}, {"field": {"industry"}}, {"municipality": {"5027"}}, {"q": {"Slipere"}}, {"region": {"trondelag-sor"}},
		{"year": {strconv.Itoa(h.Today().Year())}}, {"municipality": {"5027"}, "level": {"fagbrev"}}, {"state": {"merged"}}}
	for _, path := range []string{"/ettersporsel", "/ettersporsel.csv", "/ettersporsel.json", "/api/v1/demand", "/behov", "/behov/kart", "/behov/eksport.csv", "/behov/eksport.json", "/api/v1/needs"} {
		for _, f := range filters {
			paths = append(paths, path+"?"+f.Encode())
		}
	}
	return paths
}
