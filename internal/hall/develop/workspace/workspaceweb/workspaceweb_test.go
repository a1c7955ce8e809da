package workspaceweb_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/hall/entry"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

// Words that stand in the workspace of the test and nowhere else.
const (
	secretNote = "Kremmerhuset kan ta imot lærlingene"
	secretTask = "Mål opp kvernhuset"
	secretFile = "møllehjul.txt"
	secretLine = "Stiftelsen Vannhjulet"
)

// made is the address of a development of the first provider's for an open need of the first
// employer's.
func made(t *testing.T, h *sitetest.House) string {
	t.Helper()
	emp := h.Actor("employer")
	n, err := h.Needs.Register(t.Context(), emp, need.Content{Text: "Vi trenger folk som kan bygge vannhjul", Organisation: emp.Orgs(access.RoleOrgMember)[0], Municipality: "5022", Headcount: 3, Level: need.LevelCourse, Confidentiality: need.Open})
	if err != nil {
		t.Fatal(err)
	}
	var answered struct{ Items []struct{ ID string } }
	p := h.As("provider").JSON("POST", "/api/v1/needs/"+string(n.ID)+"/answers", `{"kind":"new","unit":"Avdeling Levanger","earliest":"2027-02-01","unknown":true,"words":"Vi lager det."}`)
	if p.Status != http.StatusCreated || json.Unmarshal([]byte(p.Body), &answered) != nil {
		t.Fatalf("answer: %d %s", p.Status, p.Body)
	}
	var d struct{ ID string }
	p = h.As("provider").JSON("POST", "/api/v1/answers/"+answered.Items[0].ID+"/developments", `{"title":"Vannhjul"}`)
	if p.Status != http.StatusCreated || json.Unmarshal([]byte(p.Body), &d) != nil {
		t.Fatalf("make: %d %s", p.Status, p.Body)
	}
	return "/utvikling/" + d.ID
}

// post sends a form that is to be taken.
func post(t *testing.T, c *sitetest.Client, path string, form url.Values) sitetest.Page {
	t.Helper()
	p := c.Post(path, form)
	if p.Status != http.StatusSeeOther {
		t.Fatalf("%s: %d %s", path, p.Status, p.Text("main"))
	}
	return p
}

// send hangs a file in the workspace.
func send(t *testing.T, c *sitetest.Client, to string) sitetest.Page {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile(attach.Field, secretFile)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write([]byte("Hjulet er fire meter"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return c.Send("POST", to, w.FormDataContentType(), &b)
}

// TestTheWorkspace is filled over its pages, and nobody outside the circle finds any of it:
// not on a page, in JSON, as a file, by search, in the thread or as a notice.
func TestTheWorkspace(t *testing.T) {
	h := sitetest.New(t)
	at := made(t, h)
	provider, employer := h.As("provider"), h.As("employer")
	if p := employer.Get(at); !p.Has(`main a[href="` + at + `/arbeidsrom"]`) {
		t.Fatalf("the development does not lead to its workspace: %s", p.Text("main"))
	}
	empty := employer.Get(at + "/arbeidsrom")
	for _, words := range []string{"Ingen oppgaver gjenstår", "Ingen har skrevet noe ennå"} {
		if !strings.Contains(empty.Text("main"), words) {
			t.Errorf("an empty workspace does not say %q", words)
		}
	}
	if p := employer.Post(at+"/notat", url.Values{"words": {" "}}); p.Status != http.StatusUnprocessableEntity || !p.Has("#words-error") {
		t.Errorf("an empty note: %d", p.Status)
	}
	post(t, employer, at+"/notat", url.Values{"words": {secretNote}})
	org := string(h.Actor("employer").Orgs(access.RoleOrgMember)[0])
	post(t, provider, at+"/oppgaver/ny", url.Values{"what": {secretTask}, "org": {org}, "due": {""}})
	sent := send(t, provider, provider.Get(at+"/arbeidsrom").Attr("section#vedlegg form", "action"))
	if sent.Status != http.StatusSeeOther {
		t.Fatalf("a file: %d %s", sent.Status, sent.Text("main"))
	}
	if p := provider.Follow(provider.Follow(sent)); !strings.Contains(p.Text("section#vedlegg"), secretFile) || !strings.Contains(p.Body, "Filen er lagt ved") {
		t.Errorf("after a file: %s", p.Text("main"))
	}
	post(t, provider, at+"/finansiering/ny", url.Values{"source": {"grant"}, "payer": {""}, "words": {secretLine}, "amount": {"50 000"}, "year": {"2027"}, "state": {"planned"}, "note": {""}})

	page := employer.Get(at + "/arbeidsrom")
	for _, words := range []string{secretNote, secretTask, secretFile} {
		if !strings.Contains(page.Text("main"), words) {
			t.Errorf("the owner does not read %q", words)
		}
	}
	file := page.Attr("section#vedlegg tbody a", "href")
	task := page.Attr("article[id^=oppgave-]", "id")[len("oppgave-"):]
	if p := employer.Get("/oppgaver"); !strings.Contains(p.Text("main"), secretTask) {
		t.Errorf("it does not stand under the owner's tasks: %s", p.Text("main"))
	}
	if p := employer.Get("/arbeidsoppgave/" + task); p.Location != at+"/arbeidsrom" {
		t.Errorf("a task leads to %s", p.Location)
	}
	leak := outside{t, h, at, file, task}
	leak.check()
	move := at + "/oppgaver/" + task + "/flytt/"
	if p := employer.Get(move + "dropped"); p.Status != http.StatusForbidden {
		t.Errorf("the owner drops a task: %d", p.Status)
	}
	post(t, employer, move+"done", url.Values{"note": {"Fire meter"}, "from": {"open"}})
	if p := employer.Get(move + "done"); p.Status != http.StatusConflict {
		t.Errorf("done twice: %d", p.Status)
	}
	if p := provider.Get(at + "/arbeidsrom"); !strings.Contains(p.Text("section[aria-labelledby=ferdig]"), "Fire meter") {
		t.Errorf("what is done: %s", p.Text("main"))
	}
	if err := h.Follow.Spread(t.Context()); err != nil {
		t.Fatal(err)
	}
	for words, c := range map[string]*sitetest.Client{"En oppgave er gitt i arbeidsrommet": employer, "Oppgaven er gjort": provider} {
		if told := c.Get("/varsler").Text("main"); strings.Count(told, words) < 1 || strings.Count(told, secretTask) != 1 {
			t.Errorf("they are not told once %q: %s", words, told)
		}
	}
}

// outside is what those who are not of the circle may try.
type outside struct {
	t              *testing.T
	h              *sitetest.House
	at, file, task string
}

func (o outside) check() {
	id := strings.TrimPrefix(o.at, "/utvikling/")
	closed := []string{o.at + "/arbeidsrom", o.at + "/finansiering", o.at + "/notat", o.at + "/oppgaver/ny", o.at + "/oppgaver/" + o.task + "/flytt/done", "/arbeidsrom/" + id, "/arbeidsoppgave/" + o.task,
		"/api/v1/developments/" + id + "/workspace", "/api/v1/developments/" + id + "/financing", o.file, "/vedlegg/til/development_work/" + id,
		"/rod-trad/development_work/" + id, "/rod-trad/development_task/" + o.task, "/varsler/folg?hva=object&slag=development_task&ref=" + o.task}
	open := []string{o.at, "/api/v1/developments/" + id, "/utvikling", "/api/v1/developments", "/rod-trad/development/" + id, "/sok?q=kvernhuset", "/sok?q=vannhjulet", "/sok?q=kremmerhuset", "/", "/varsler", "/oppgaver"}
	follow := "/varsler/folg?" + url.Values{"hva": {"object"}, "slag": {"development"}, "ref": {id}}.Encode()
	if p := o.h.As("learner").Post(follow, url.Values{"hva": {"object"}, "slag": {"development"}, "ref": {id}, "mode": {"app"}}); p.Status != http.StatusSeeOther {
		o.t.Fatalf("a learner follows the development: %d %s", p.Status, p.Text("main"))
	}
	if err := o.h.Follow.Spread(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
	for _, role := range []string{"", "learner", "adviser", "forum_member"} {
		c := o.h.As(role)
		for _, path := range closed {
			p := c.Get(path)
			signIn := role == "" && (p.Status == http.StatusSeeOther && strings.HasPrefix(p.Location, "/logg-inn") || p.Status == http.StatusUnauthorized)
			if p.Status != http.StatusNotFound && !signIn {
				o.t.Errorf("%q gets %s: %d", role, path, p.Status)
			}
			o.quiet(role, path, p)
		}
		for _, path := range open {
			o.quiet(role, path, c.Get(path))
		}
	}
}

// quiet: no word of the workspace stands there.
func (o outside) quiet(role, path string, p sitetest.Page) {
	for _, words := range []string{secretNote, secretTask, secretFile, secretLine, "vannhjulet"} {
		if strings.Contains(p.Body, words) && !strings.Contains(path, words) {
			o.t.Errorf("%q reads %q at %s", role, words, path)
		}
	}
}

// TestWhoPays: the provider writes who pays, the payer says yes to its own line and to no
// other amount than the one it saw, and the sums follow.
func TestWhoPays(t *testing.T) {
	h := sitetest.New(t)
	at := made(t, h) + "/finansiering"
	provider, employer := h.As("provider"), h.As("employer")
	if p := employer.Get(at); !strings.Contains(p.Text("main"), "det vanligvis: Arbeidsgiver") || p.Has(`main a[href="`+at+`/ny"]`) {
		t.Errorf("before anything is written: %s", p.Text("main"))
	}
	if p := employer.Get(at + "/ny"); p.Status != http.StatusForbidden {
		t.Errorf("the owner writes a line: %d", p.Status)
	}
	org := string(h.Actor("employer").Orgs(access.RoleOrgMember)[0])
	line := url.Values{"source": {"employer"}, "payer": {org}, "words": {""}, "amount": {"60 000"}, "year": {"2027"}, "state": {"confirmed"}, "note": {""}}
	if p := provider.Post(at+"/ny", line); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text(".ds-error-summary"), "bekrefte selv") {
		t.Errorf("confirmed for another: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	line.Set("state", "planned")
	post(t, provider, at+"/ny", line)
	state := url.Values{"source": {"county"}, "payer": {""}, "words": {"Fylket"}, "amount": {"100000"}, "year": {"2027"}, "state": {"confirmed"}, "note": {""}}
	post(t, provider, at+"/ny", state)
	page := employer.Get(at)
	yes := page.Attr("main a[href$='/bekreft']", "href")
	if got := page.Text("section[aria-labelledby=summer]"); !strings.Contains(got, "kr 100 000 av kr 160 000") {
		t.Errorf("the sums: %s", got)
	}
	if p := provider.Get(yes); p.Status != http.StatusForbidden {
		t.Errorf("the provider says yes for another: %d", p.Status)
	}
	version := employer.Get(yes).Attr("input[name=version]", "value")
	line.Set("amount", "90000")
	line.Set("version", version)
	post(t, provider, strings.TrimSuffix(yes, "/bekreft"), line)
	if p := employer.Post(yes, url.Values{"version": {version}}); p.Status != http.StatusConflict || !strings.Contains(p.Text("main"), "kr 90 000") {
		t.Errorf("yes to an amount that has changed: %d %s", p.Status, p.Text("main"))
	}
	post(t, employer, yes, url.Values{"version": {employer.Get(yes).Attr("input[name=version]", "value")}})
	var out struct {
		Sum struct{ All, Confirmed int64 }
	}
	id := strings.Split(at, "/")[2]
	if p := employer.JSON("GET", "/api/v1/developments/"+id+"/financing", ""); json.Unmarshal([]byte(p.Body), &out) != nil || out.Sum.All != 19_000_000 || out.Sum.Confirmed != 19_000_000 {
		t.Errorf("in JSON: %s", p.Body)
	}
	away := strings.TrimSuffix(yes, "/bekreft") + "/slett"
	post(t, provider, away, url.Values{"version": {provider.Get(away).Attr("input[name=version]", "value")}})
	if p := provider.Get(at); strings.Contains(p.Text("main"), "90 000") {
		t.Errorf("after it was taken away: %s", p.Text("main"))
	}
}

// TestInJSON: what the pages do, JSON does.
func TestInJSON(t *testing.T) {
	h := sitetest.New(t)
	api := "/api/v1/developments/" + strings.TrimPrefix(made(t, h), "/utvikling/")
	provider, employer := h.As("provider"), h.As("employer")
	org := string(h.Actor("employer").Orgs(access.RoleOrgMember)[0])
	if p := employer.JSON("POST", api+"/notes", `{"words":"Hei"}`); p.Status != http.StatusCreated || !strings.Contains(p.Body, `"Hei"`) {
		t.Errorf("a note: %d %s", p.Status, p.Body)
	}
	var task struct{ ID, State, Due string }
	p := provider.JSON("POST", api+"/tasks", `{"what":"Mål opp","organisation":"`+org+`"}`)
	if p.Status != http.StatusCreated || json.Unmarshal([]byte(p.Body), &task) != nil || task.State != "open" || task.Due == "" {
		t.Fatalf("a task: %d %s", p.Status, p.Body)
	}
	if p := provider.JSON("POST", api+"/tasks/"+task.ID+"/moves", `{"to":"dropped"}`); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("dropped without a reason: %d %s", p.Status, p.Body)
	}
	if p := employer.JSON("POST", api+"/tasks/"+task.ID+"/moves", `{"to":"done"}`); p.Status != http.StatusOK || !strings.Contains(p.Body, `"done"`) {
		t.Errorf("done: %d %s", p.Status, p.Body)
	}
	if p := provider.JSON("POST", api+"/financing", `{"source":"own","payer_words":"Skolen","amount":500000,"year":2027}`); p.Status != http.StatusCreated || !strings.Contains(p.Body, `"planned"`) {
		t.Errorf("a line: %d %s", p.Status, p.Body)
	}
	for _, role := range []string{"learner", "adviser"} {
		for path, body := range map[string]string{"/notes": `{"words":"Hei"}`, "/tasks": `{"what":"X","organisation":"` + org + `"}`, "/tasks/" + task.ID + "/moves": `{"to":"done"}`} {
			if p := h.As(role).JSON("POST", api+path, body); p.Status != http.StatusNotFound {
				t.Errorf("%s posts %s: %d", role, path, p.Status)
			}
		}
	}
}

// TestHowManyTakePart: the provider reads on the development's page that one has begun by an
// application here; whoever has the need does not, neither on the page nor as a fact about it.
func TestHowManyTakePart(t *testing.T) {
	h := sitetest.New(t)
	at := made(t, h)
	provider, employer := h.As("provider"), h.As("employer")
	var d struct{ Programme string }
	if p := provider.JSON("GET", "/api/v1/developments/"+strings.TrimPrefix(at, "/utvikling/"), ""); json.Unmarshal([]byte(p.Body), &d) != nil {
		t.Fatal(p.Body)
	}
	found, err := h.Supply.Programme(t.Context(), h.Actor("provider"), offer.ProgrammeID(d.Programme))
	if err == nil {
		err = h.Supply.Publish(t.Context(), h.Actor("provider"), found.Items[0].Offering.ID, found.Items[0].Offering.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	var a struct{ ID string }
	p := h.As("learner").JSON("POST", "/api/v1/offerings/"+string(found.Items[0].Offering.ID)+"/applications", `{}`)
	if p.Status != http.StatusCreated || json.Unmarshal([]byte(p.Body), &a) != nil {
		t.Fatalf("apply: %d %s", p.Status, p.Body)
	}
	if p := provider.Get(at); p.Has("section[aria-labelledby=antall]") {
		t.Error("there are numbers before anybody has begun")
	}
	if p := provider.JSON("POST", "/api/v1/applications/"+a.ID+"/moves", `{"to":"started"}`); p.Status != http.StatusOK {
		t.Fatalf("start: %d %s", p.Status, p.Body)
	}
	if err := (entry.Promises{DB: h.DB(), Clock: clock.Clock(func() time.Time { return sitetest.Now })}).Daily(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := provider.Get(at).Text("section[aria-labelledby=antall]"); !strings.Contains(got, "Alle1") && !strings.Contains(got, "Alle 1") {
		t.Errorf("the provider reads %q", got)
	}
	if p := employer.Get(at); p.Has("section[aria-labelledby=antall]") || strings.Contains(p.Text("main"), "Har begynt") {
		t.Errorf("whoever has the need reads of one: %s", p.Text("main"))
	}
}
