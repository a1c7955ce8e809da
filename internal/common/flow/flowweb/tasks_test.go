package flowweb_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// task is a row of the list.
type task struct{ title, href, kind, due string }

// walk reads the list from the address to its end.
func walk(t *testing.T, c *sitetest.Client, address string) []task {
	t.Helper()
	var out []task
	for p := c.Get(address); ; p = c.Get(p.Attr("main a[rel=next]", "href")) {
		titles, hrefs := p.All("main table tbody a"), p.Attrs("main table tbody a", "href")
		kinds, dues := p.All("main table tbody td:nth-of-type(1)"), p.All("main table tbody td:nth-of-type(3)")
		if p.Status != http.StatusOK || len(hrefs) != len(kinds) || len(hrefs) != len(dues) || len(hrefs) > ui.PageSize {
			t.Fatalf("%s: %d, %d links in %d rows", address, p.Status, len(hrefs), len(kinds))
		}
		for i := range hrefs {
			out = append(out, task{titles[i], hrefs[i], kinds[i], dues[i]})
		}
		if !p.Has("main a[rel=next]") {
			return out
		}
		if len(out) > 1_000 {
			t.Fatal("the list does not end")
		}
	}
}

// paths are where the tasks of each kind lead.
var paths = map[string]string{"Behov": "/behov/", "Felles behov": "/felles/", "Sak": "/saker/", "Oppfølging etter møte": "/oppfolging/", "Kommunens eget vedtak": "/egne-vedtak/",
	"Samling av plasser": "/plassrunde/", "Søknad om plass": "/soknader/", "Utdanning under utvikling": "/utvikling/", "Jobb med utdanning": "/stillinger/", "Kontingent": "/plikter/", "Innspill fra en region": "/forum-innspill/", "Steg i årshjulet": "/arshjul/", "Svar til årshjulet": "/arshjul-oppgave/"}

// count is a tab: its kind, and how many tasks it says there are.
var count = regexp.MustCompile(`^(.+) (\d+)$`)

// All the tasks of a secretary, of six kinds and on several pages: each once, by
// deadline, in all and by kind, and as many as the page says.
func TestAllTasksOfEveryKind(t *testing.T) {
	h := sitetest.New(t)
	o, err := h.Orgs.Register(t.Context(), access.SystemActor("test"), org.Registration{Kind: org.Company, Name: "Mange Behov AS", Municipality: "5021"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 45 {
		in := need.Content{Text: "Vi trenger folk til å sy telt", Organisation: o.ID, Municipality: "5021", Headcount: 1 + i}
		if _, err := h.Needs.Register(t.Context(), access.SystemActor("test"), in); err != nil {
			t.Fatal(err)
		}
	}
	c := h.As("secretary")
	all := walk(t, c, "/oppgaver")
	if len(all) < 60 {
		t.Fatalf("%d tasks, want at least 60", len(all))
	}
	first := c.Get("/oppgaver")
	if want := fmt.Sprintf("%d oppgaver venter på deg", len(all)); !strings.HasPrefix(first.Text(".kt-lead"), want) {
		t.Errorf("%q, want %q", first.Text(".kt-lead"), want)
	}
	if want := fmt.Sprintf("Viser 25 av %d", len(all)); !strings.Contains(first.Text("main"), want) {
		t.Errorf("the page does not say %q", want)
	}
	seen, last := map[string]bool{}, ""
	for _, x := range all {
		if seen[x.href] {
			t.Errorf("%s stands twice", x.href)
		}
		seen[x.href] = true
		if want := paths[x.kind]; want == "" || !strings.HasPrefix(x.href, want) || x.title == "" {
			t.Errorf("%+v: the wrong kind or link", x)
		}
		day := "9999"
		if f := strings.Split(strings.Fields(x.due)[0], "."); len(f) == 3 {
			day = f[2] + f[1] + f[0]
		} else if x.due != "Ingen frist" {
			t.Errorf("%s: deadline %q", x.title, x.due)
		}
		if day < last {
			t.Errorf("%s, due %s, stands after a later one", x.title, x.due)
		}
		if late := strings.HasSuffix(x.due, "Over fristen"); late != (day < strings.ReplaceAll(h.Today().String(), "-", "")) {
			t.Errorf("%s: %q on %s", x.title, x.due, h.Today())
		}
		last = day
	}
	if !strings.HasSuffix(all[0].due, "Over fristen") {
		t.Error("nothing is late, so that nothing shows how it is told")
	}
	byKind(t, c, all)
}

// byKind holds each tab against the tasks of its kind among all.
func byKind(t *testing.T, c *sitetest.Client, all []task) {
	t.Helper()
	tabs, hrefs := c.Get("/oppgaver").All("main .kt-tabs a"), c.Get("/oppgaver").Attrs("main .kt-tabs a", "href")
	if len(tabs) < 6 || tabs[0] != fmt.Sprintf("Alle %d", len(all)) {
		t.Fatalf("the tabs are %q", tabs)
	}
	rest := slices.Clone(all)
	for i, tab := range tabs[1:] {
		m := count.FindStringSubmatch(tab)
		if m == nil {
			t.Fatalf("the tab %q has no count", tab)
		}
		var want []task
		for _, x := range all {
			if x.kind == m[1] {
				want = append(want, x)
			}
		}
		got := walk(t, c, hrefs[1+i])
		if !slices.Equal(got, want) || m[2] != fmt.Sprint(len(got)) {
			t.Errorf("%s: %d tasks, want %d, in the same order", tab, len(got), len(want))
		}
		if current := c.Get(hrefs[1+i]).Text("main .kt-tabs a[aria-current]"); current != tab {
			t.Errorf("on the page of %q the tab %q is the current one", tab, current)
		}
		rest = slices.DeleteFunc(rest, func(x task) bool { return x.kind == m[1] })
	}
	if len(rest) > 0 {
		t.Errorf("under no tab: %v", rest)
	}
}

// Every task of every role of the demo leads to a page that the reader may read.
func TestEveryTaskLeadsToItsThing(t *testing.T) {
	h, met := sitetest.New(t), map[string]bool{}
	for _, role := range []string{"adviser", "provider", "secretary", "county", "mayor", "opposition", "chief_exec"} {
		c := h.As(role)
		for _, x := range walk(t, c, "/oppgaver") {
			p := c.Get(x.href)
			if p.Location != "" { // a task in a meeting, of a council or of a round leads on
				p = c.Follow(p)
			}
			if p.Status != http.StatusOK {
				t.Errorf("%s: %s answers %d", role, x.href, p.Status)
			}
			met[x.kind] = true
		}
	}
	for kind := range paths {
		if !met[kind] {
			t.Errorf("nobody in the demo has a task of the kind %s", kind)
		}
	}
}

// Who belongs to an organisation but may not know of the cases that others there keep
// reads neither them nor how many they are.
func TestTasksOfOthersInTheHouseAreNotCounted(t *testing.T) {
	h := sitetest.New(t)
	if !slices.ContainsFunc(walk(t, h.As("county"), "/oppgaver"), func(x task) bool { return x.kind == "Sak" }) {
		t.Fatal("the county keeps no case")
	}
	c := h.As("admin") // of the county, and no secretary
	all := walk(t, c, "/oppgaver")
	p := c.Get("/oppgaver")
	if slices.ContainsFunc(all, func(x task) bool { return x.kind == "Sak" }) {
		t.Error("the administrator reads the county's cases")
	}
	if tabs := p.All("main .kt-tabs a"); len(all) == 0 || tabs[0] != fmt.Sprintf("Alle %d", len(all)) {
		t.Errorf("%d tasks under %q", len(all), tabs)
	}
	if lead := c.Get("/").Text(".kt-lead"); !strings.HasPrefix(lead, fmt.Sprintf("%d saker", len(all))) {
		t.Errorf("the front page says %q of %d", lead, len(all))
	}
}

// The page when there is nothing, when the reader is nobody, and when the address is not
// one of ours.
func TestTheListOfTasksWithoutTasks(t *testing.T) {
	h := sitetest.New(t)
	if p := h.Visitor().Get("/oppgaver?kind=need"); p.Status != http.StatusSeeOther || p.Location != "/logg-inn?til=%2Foppgaver%3Fkind%3Dneed" {
		t.Errorf("a visitor: %d %s", p.Status, p.Location)
	}
	p := h.As("employer").Get("/oppgaver")
	if p.Status != http.StatusOK || !p.Has("main .kt-empty") || p.Has("main .kt-tabs") || p.Text(".kt-lead") != "Ingenting venter på deg nå." {
		t.Errorf("an employer reads %q", p.Text("main"))
	}
	c := h.As("adviser")
	p = c.Get("/oppgaver?kind=case")
	if p.Status != http.StatusOK || !p.Has("main .kt-empty a[href='/oppgaver']") || p.Text("main .kt-tabs a[aria-current]") != "Sak 0" {
		t.Errorf("a kind without tasks: %q", p.Text("main"))
	}
	for _, wrong := range []string{"/oppgaver?kind=x", "/oppgaver?after=x"} {
		if p := c.Get(wrong); p.Status != http.StatusUnprocessableEntity || !p.Has("main h1") {
			t.Errorf("%s: %d", wrong, p.Status)
		}
	}
	for lang, want := range map[string]string{"nn": "Alle oppgåvene dine", "en": "All your tasks"} {
		if got := c.Get("/oppgaver?lang=" + lang).Text("h1"); got != want {
			t.Errorf("in %s the page is called %q", lang, got)
		}
	}
}
