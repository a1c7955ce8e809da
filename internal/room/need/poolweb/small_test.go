package poolweb_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/site/sitetest"
)

// Headcounts that stand for nothing else on any page: with a small figure added
// they are no code of an occupation and no municipality either.
const (
	secretA, secretB = 9871, 9743
)

// noise is what holds digits and counts nothing: ids, moments, assets.
var noise = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[0-9:.]+Z|/assets/[^"]+|/folg/[\w-]+|\d{4}/\d+|after=[\w-]+|"next":"[^"]*"`)

var numerals = regexp.MustCompile(`\d+(?:[\x{00a0} ]\d{3})*`)

// numbers are the figures in a text.
func numbers(body string, into map[int]string, where string) {
	for _, s := range numerals.FindAllString(noise.ReplaceAllString(body, " "), -1) {
		n, err := strconv.Atoi(strings.NewReplacer("\u00a0", "", " ", "").Replace(s))
		if err == nil && n < 1_000_000 {
			into[n] = where
		}
	}
}

// surfaces are all places where needs are counted or shown.
func surfaces(t *testing.T, h *sitetest.House, address string, needs ...need.Need) []string {
	t.Helper()
	id := strings.TrimPrefix(address, "/felles/")
	out := []string{"/", "/behov", "/behov?level=fagbrev&municipality=5025", "/behov?state=merged", "/behov/kart", "/behov/kart?q=saga&level=fagbrev",
		"/behov/eksport.csv", "/behov/eksport.json", "/behov/eksport.xlsx?state=merged", "/ettersporsel", "/ettersporsel?level=fagbrev", "/ettersporsel.csv",
		"/ettersporsel.json", "/api/v1/demand", "/api/v1/demand?level=fagbrev", "/api/v1/needs?limit=500", "/api/v1/needs?limit=500&state=merged",
		"/api/v1/pools?limit=500", "/api/v1/pools?municipality=5025", "/kvalitet"}
	if address != "" {
		out = append(out, address, "/felles", "/felles?level=fagbrev", "/felles?q=sagfolk", address+"/flytt?to=in_follow_up", "/api/v1/pools/"+id)
	}
	for _, n := range needs {
		token, err := h.Needs.Token(t.Context(), system, n.ID)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, "/behov/"+string(n.ID), "/api/v1/needs/"+string(n.ID), "/api/v1/needs/"+string(n.ID)+"/matches", "/folg/"+token)
	}
	return out
}

// read gathers every figure that the reader finds.
func read(t *testing.T, c *sitetest.Client, into map[int]string, paths []string) {
	t.Helper()
	for _, path := range paths {
		p := c.Get(path)
		if p.Status >= 500 {
			t.Errorf("%s: %d", path, p.Status)
		}
		body := p.Body
		if strings.Contains(path, ".xlsx") {
			body = cells(t, body)
		}
		numbers(body, into, path)
	}
}

// cells are the texts of a workbook.
func cells(t *testing.T, file string) string {
	t.Helper()
	book, err := sheet.Read("x.xlsx", strings.NewReader(file), int64(len(file)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, row := range book.Sheets[0].Rows {
		b.WriteString(strings.Join(row.Cells, "\n") + "\n")
	}
	return b.String()
}

// leaks tells where one of the secrets stands, or what two figures differ by it.
func leaks(seen map[int]string) []string {
	var out []string
	for _, secret := range []int{secretA, secretB, secretA + secretB} {
		if where, ok := seen[secret]; ok {
			out = append(out, fmt.Sprintf("%d at %s", secret, where))
		}
		for n, where := range seen {
			if other, ok := seen[n+secret]; ok && n > 0 {
				out = append(out, fmt.Sprintf("%d between %d at %s and %d at %s", secret, n, where, n+secret, other))
			}
		}
	}
	return out
}

func silent(t *testing.T, who string, seen map[int]string) {
	t.Helper()
	for _, leak := range leaks(seen) {
		t.Errorf("%q finds %s", who, leak)
	}
}

// TestTwoHiddenFirmsCannotBeCounted holds the whole house to the small-number
// rule: the people of a pooled need of two firms whose needs are not open can
// be worked out nowhere, from no two figures, and by no waiting.
func TestTwoHiddenFirmsCannotBeCounted(t *testing.T) {
	h := sitetest.New(t)
	readers := []string{"", "learner", "employer", "provider", "secretary"}
	seen := map[string]map[int]string{}
	for _, role := range readers {
		seen[role] = map[int]string{}
	}
	clients := map[string]*sitetest.Client{}
	for _, role := range readers {
		clients[role] = h.As(role)
	}
	look := func(address string, needs ...need.Need) {
		for role, c := range clients {
			read(t, c, seen[role], surfaces(t, h, address, needs...))
		}
	}
	rebuild := func() {
		if _, _, err := h.Demand.Rebuild(t.Context(), system); err != nil {
			t.Fatal(err)
		}
	}
	look("")
	a, b := register(t, h, "Eksempel Limtre AS", secretA, need.Internal), register(t, h, "Eksempel Trevare AS", secretB, need.Internal)
	rebuild()
	look("", a, b)
	address := pooled(t, h.As("county"), "Sagfolk", a, b)
	look(address, a, b)
	rebuild()
	look(address, a, b)
	// A third firm, whose need is open, makes three of them; two are still hidden.
	open := register(t, h, "Eksempel Mekaniske AS", 3, need.Open)
	id, err := pool.ParseID(strings.TrimPrefix(address, "/felles/"))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Pools.Add(t.Context(), system, id, open.ID); err != nil {
		t.Fatal(err)
	}
	rebuild()
	look(address, a, b, open)
	if err := h.Pools.Remove(t.Context(), system, id, a.ID); err != nil {
		t.Fatal(err)
	}
	rebuild()
	look(address, a, b, open)
	for _, role := range readers {
		read(t, clients[role], seen[role], []string{"/finn?q=stille+inn+saga"})
		silent(t, role, seen[role])
	}
	told(t, h, address, a, append(readers, "adviser", "forum_member", "admin"))
	// The county may open all of them: what is looked for can be found.
	county := map[int]string{}
	read(t, h.As("county"), county, surfaces(t, h, address, b))
	if len(leaks(county)) == 0 {
		t.Error("not even the county finds the figures; does the test look in the right places?")
	}
	if p := h.As("county").Get(address); !strings.Contains(p.Text(".kt-facts"), "9 746 personer") {
		t.Errorf("the county may open all of them and reads %q", p.Text(".kt-facts"))
	}
}

// told sees that readers are told why there is no figure, and open no need
// that is not theirs to open.
func told(t *testing.T, h *sitetest.House, address string, hidden need.Need, readers []string) {
	t.Helper()
	for _, role := range readers {
		c := h.As(role)
		if p := c.Get(address); p.Status != 200 || !strings.Contains(p.Text("main"), "Vises ikke") || !strings.Contains(p.Text(".kt-notice h2"), "Hvorfor vises ikke tallene?") {
			t.Errorf("%q is not told why there is no figure: %d %q", role, p.Status, p.Text(".kt-facts"))
		}
		if p := c.Get("/behov/" + string(hidden.ID)); p.Status != 404 {
			t.Errorf("%q opens the hidden need: %d", role, p.Status)
		}
	}
}

// TestProvidersSeeWhatIsForProviders is the same with needs that providers may
// open: they get the sum, others do not.
func TestProvidersSeeWhatIsForProviders(t *testing.T) {
	h := sitetest.New(t)
	a, b := register(t, h, "Eksempel Limtre AS", secretA, need.ProvidersOnly), register(t, h, "Eksempel Trevare AS", secretB, need.ProvidersOnly)
	address := pooled(t, h.As("county"), "Sagfolk", a, b)
	if _, _, err := h.Demand.Rebuild(t.Context(), system); err != nil {
		t.Fatal(err)
	}
	if p := h.As("provider").Get(address); !strings.Contains(p.Text(".kt-facts"), "19 614 personer") || len(p.All("#members ~ * tbody tr")) != 2 {
		t.Errorf("the provider reads %q", p.Text(".kt-facts"))
	}
	for _, role := range []string{"", "learner", "employer", "adviser"} {
		seen := map[int]string{}
		read(t, h.As(role), seen, surfaces(t, h, address, a, b))
		silent(t, role, seen)
		if p := h.As(role).Get(address); !strings.Contains(p.Text("main"), "Du har ikke tilgang til de enkelte behovene") {
			t.Errorf("%q: %q", role, p.Text("#members ~ *"))
		}
	}
}
