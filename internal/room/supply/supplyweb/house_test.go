package supplyweb_test

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/storing"
	"kompetansetorg/internal/room/supply/supplyweb"
)

var system = access.SystemActor("test")

// house is the room behind its own door, on the real mux with the real
// templates and texts.
type house struct {
	*supply.Service
	t      testing.TB
	door   *gate.Door
	orgs   *org.Service
	school org.ID
	beside supplyweb.Beside
	actors map[string]access.Actor
}

var now = clock.Clock(func() time.Time { return time.Date(2027, 2, 3, 12, 0, 0, 0, time.UTC) })

func newHouse(t testing.TB) *house {
	t.Helper()
	data, err := place.Starter()
	must(t, err)
	places, err := place.New(data)
	must(t, err)
	d := dbtest.New(t)
	h := &house{t: t, actors: map[string]access.Actor{}}
	h.orgs = org.New(d, now, func(n string) bool { return offer.IsKnown(places, place.Number(n)) })
	h.Service = supply.New(d, now, h.orgs, places, supply.DefaultSettings())
	// The house's shared texts are the site's, which stands above this package.
	texts, err := i18n.Load(supplyweb.Files, paperview.Files, os.DirFS("../../../site"))
	must(t, err)
	base, err := ui.Templates()
	must(t, err)
	h.door = gate.NewDoor(gate.House{Views: web.NewViews(base), Texts: texts, DB: d, Clock: now,
		Identify: func(r *http.Request) (access.Actor, error) { return h.actors[r.Header.Get("X-Actor")], nil },
		Frame: func(r *http.Request, _ access.Actor, title string) web.Page {
			p := texts.Printer(gate.Language(r))
			page := web.Page{Printer: p, Layout: ui.Layout{Lang: string(p.Language()), Title: title, ProductName: "Kompetansetorg", HomeHref: "/"}}
			if key, ok := h.door.Said(r); ok {
				page.Notice = &ui.Notice{Color: ui.Success, Text: p.T(key), Live: true}
			}
			return page
		},
		ShowError: func(w http.ResponseWriter, _ *http.Request, _ access.Actor, err error) {
			if fault.KindOf(err) == fault.Internal {
				t.Errorf("page: %v", err)
			}
			http.Error(w, err.Error(), gate.Status(err))
		},
	}, "test")
	set, err := paper.Load("", supplyweb.FactSheet())
	must(t, err)
	supplyweb.Register(h.door, supplyweb.Deps{Shelf: paperview.New(h.door, set, paper.NewTools(paper.Limits{}), now, "https://kompetansetorg.example.no"), Supply: h.Service, Storing: storing.New(storing.Deps{Supply: h.Service, Batches: batch.New(h.Service), Places: places, Clock: now}), Orgs: h.orgs, Places: places, Clock: now, PublicURL: "https://kompetansetorg.example.no",
		Beside: []func(*http.Request, access.Actor, *supply.Item) (supplyweb.Beside, error){
			func(*http.Request, access.Actor, *supply.Item) (supplyweb.Beside, error) { return h.beside, nil }},
		ConceptLabel: func(scheme, code string, _ i18n.Lang) string {
			return map[string]string{"styrk08/7212": "Sveisere"}[scheme+"/"+code]
		}})
	h.school = h.organisation(org.UpperSec, "Fjell videregående skole")
	h.person("teacher", h.school, access.RoleProviderUser)
	h.person("rival", h.organisation(org.Fagskole, "Fagskolen"), access.RoleProviderUser)
	h.person("officer", h.organisation(org.County, "Fylkeskommunen"), access.RoleCaseOfficer)
	h.person("learner", "", access.RolePerson)
	return h
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) organisation(kind org.Kind, name string) org.ID {
	h.t.Helper()
	o, err := h.orgs.Register(context.Background(), system, org.Registration{Kind: kind, Name: name, Municipality: "5025"})
	must(h.t, err)
	return o.ID
}

func (h *house) person(name string, o org.ID, role access.Role) {
	h.actors[name] = access.Actor{Account: access.NewAccountID(), Name: name, Roles: []access.Assignment{{Role: role, Org: o, OrgName: "Org"}}}
}

// page is an answer.
type page struct {
	t        testing.TB
	Status   int
	Location string
	Type     string
	Body     string
	doc      *html.Node
}

func (h *house) do(actor, method, target, contentType string, body io.Reader) page {
	h.t.Helper()
	target, _, _ = strings.Cut(target, "#")
	r := httptest.NewRequest(method, target, body)
	r.Header.Set("X-Actor", actor)
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	w := httptest.NewRecorder()
	h.door.Mux().ServeHTTP(w, r)
	p := page{t: h.t, Status: w.Code, Location: w.Header().Get("Location"), Type: w.Header().Get("Content-Type"), Body: w.Body.String()}
	if strings.HasPrefix(p.Type, "text/html") {
		doc, err := html.Parse(strings.NewReader(p.Body))
		must(h.t, err)
		p.doc = doc
	}
	return p
}

func (h *house) get(actor, target string) page {
	h.t.Helper()
	return h.do(actor, "GET", target, "", nil)
}

func (h *house) post(actor, target string, values url.Values) page {
	h.t.Helper()
	return h.do(actor, "POST", target, "application/x-www-form-urlencoded", strings.NewReader(values.Encode()))
}

func (h *house) json(actor, method, target, body string) page {
	h.t.Helper()
	return h.do(actor, method, target, "application/json", strings.NewReader(body))
}

// upload posts a file with fields beside it.
func (h *house) upload(actor, name, content string, fields url.Values) page {
	h.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k := range fields {
		must(h.t, form.WriteField(k, fields.Get(k)))
	}
	if name != "" {
		file, err := form.CreateFormFile("file", name)
		must(h.t, err)
		_, err = io.WriteString(file, content)
		must(h.t, err)
	}
	must(h.t, form.Close())
	return h.do(actor, "POST", "/tilbud/import", form.FormDataContentType(), &body)
}

func (p page) want(status int) page {
	p.t.Helper()
	if p.Status != status {
		p.t.Fatalf("status %d, want %d: %.1000s", p.Status, status, p.Body)
	}
	return p
}

// all are the texts of the elements that the selector finds.
func (p page) all(selector string) []string {
	p.t.Helper()
	if p.doc == nil {
		p.t.Fatalf("no HTML: %.300s", p.Body)
	}
	var out []string
	for _, n := range cascadia.QueryAll(p.doc, cascadia.MustCompile(selector)) {
		var b strings.Builder
		var walk func(*html.Node)
		walk = func(n *html.Node) {
			if n.Type == html.TextNode {
				b.WriteString(n.Data + " ")
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
		}
		walk(n)
		out = append(out, strings.Join(strings.Fields(b.String()), " "))
	}
	return out
}

func (p page) text(selector string) string { p.t.Helper(); return strings.Join(p.all(selector), " | ") }

// attr is an attribute of the first element found.
func (p page) attr(selector, name string) string {
	p.t.Helper()
	if n := cascadia.Query(p.doc, cascadia.MustCompile(selector)); n != nil {
		for _, a := range n.Attr {
			if a.Key == name {
				return a.Val
			}
		}
	}
	return ""
}

func (p page) contains(selector string, words ...string) page {
	p.t.Helper()
	got := p.text(selector)
	for _, w := range words {
		if !strings.Contains(got, w) {
			p.t.Errorf("%s lacks %q: %.1500s", selector, w, got)
		}
	}
	return p
}

func (p page) lacks(selector string, words ...string) page {
	p.t.Helper()
	got := p.text(selector)
	for _, w := range words {
		if strings.Contains(got, w) {
			p.t.Errorf("%s has %q: %.1500s", selector, w, got)
		}
	}
	return p
}

// programme and offering put things in by the use cases.
func (h *house) programme(title string, change func(*offer.Programme)) offer.Programme {
	h.t.Helper()
	in := offer.Programme{Provider: h.school, Title: i18n.Text{NB: title}, Level: offer.Fagbrev}
	if change != nil {
		change(&in)
	}
	p, err := h.CreateProgramme(context.Background(), h.actors["teacher"], in)
	must(h.t, err)
	return p
}

func (h *house) offering(p offer.Programme, change func(*offer.Offering)) *offer.Offering {
	h.t.Helper()
	ctx := context.Background()
	in := offer.Offering{StartType: offer.Rolling, Delivery: offer.Net, Channel: offer.Here}
	if change != nil {
		change(&in)
	}
	o, err := h.CreateOffering(ctx, h.actors["teacher"], p.ID, in)
	must(h.t, err)
	must(h.t, h.Publish(ctx, h.actors["teacher"], o.ID, o.Version))
	i, err := h.Offering(ctx, system, o.ID)
	must(h.t, err)
	return i.Offering
}

func percent(n int) *int { return &n }

func meet(numbers ...place.Number) []offer.Gathering {
	var out []offer.Gathering
	for _, n := range numbers {
		out = append(out, offer.Gathering{Municipality: n, Days: 1})
	}
	return out
}
