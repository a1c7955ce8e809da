package openweb_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/site/sitetest"
)

const (
	host    = "http://kompetansetorg.example.no"
	schemas = "../../../../../shared/data/schemas/oparl"
)

var system = access.SystemActor("test")

// specification compiles the schema of each kind of object. The schemas only describe, so
// what they say by words of their own is made binding: what an object holds inside is of
// its kind, formats are checked, and nothing stands there that the standard does not know
// but under a name of ours.
func specification(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	files, err := os.ReadDir(schemas)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the schemas are not here: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft7)
	c.AssertFormat()
	c.RegisterFormat(&jsonschema.Format{Name: "url", Validate: func(v any) error {
		s, _ := v.(string)
		u, err := url.Parse(s)
		if err == nil && (u.Scheme == "" || u.Host == "") {
			err = errors.New("not a whole address")
		}
		return err
	}})
	for _, f := range files {
		data, err := os.Open(path.Join(schemas, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(data)
		if err != nil {
			t.Fatal(err)
		}
		_ = data.Close()
		bind(doc)
		top := doc.(map[string]any)
		top["additionalProperties"], top["patternProperties"] = false, map[string]any{"^kompetansetorg:": map[string]any{}}
		if err := c.AddResource("https://oparl.test/"+f.Name(), doc); err != nil {
			t.Fatal(err)
		}
	}
	out := map[string]*jsonschema.Schema{}
	for _, f := range files {
		s, err := c.Compile("https://oparl.test/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(f.Name(), ".json")] = s
	}
	return out
}

// bind makes "schema": "File.json" a reference. A list that is fetched by its address says
// so of the address, not of a value.
func bind(v any) {
	switch v := v.(type) {
	case map[string]any:
		if of, ok := v["schema"].(string); ok && v["type"] == "object" {
			for k := range v {
				delete(v, k)
			}
			v["$ref"] = "https://oparl.test/" + of
			return
		}
		if v["references"] == "externalList" {
			delete(v, "items")
		}
		for _, x := range v {
			bind(x)
		}
	case []any:
		for _, x := range v {
			bind(x)
		}
	}
}

// crawler fetches everything that the interface leads to.
type crawler struct {
	t      *testing.T
	c      *sitetest.Client
	schema map[string]*jsonschema.Schema
	seen   map[string]bool
	kinds  map[string]int
	all    strings.Builder
}

func (w *crawler) get(address string) any {
	w.t.Helper()
	p := w.c.Get(strings.TrimPrefix(address, host))
	if p.Status != 200 {
		w.t.Fatalf("%s: %d %s", address, p.Status, p.Body)
	}
	w.all.WriteString(p.Body)
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(p.Body))
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// visit checks what the address answers and follows what it names.
func (w *crawler) visit(address string) {
	if w.seen[address] || len(w.seen) > 3000 {
		return
	}
	w.seen[address] = true
	v := w.get(address).(map[string]any)
	if list, ok := v["data"].([]any); ok {
		for _, x := range list {
			w.object(x.(map[string]any))
		}
		if next, ok := v["links"].(map[string]any)["next"].(string); ok {
			w.visit(next)
		}
		return
	}
	if v["id"] != address {
		w.t.Errorf("%s says that it is %v", address, v["id"])
	}
	w.object(v)
}

func (w *crawler) object(v map[string]any) {
	kind := path.Base(v["type"].(string))
	w.kinds[kind]++
	s := w.schema[kind]
	if s == nil {
		w.t.Fatalf("no schema for %s", kind)
	}
	if err := s.Validate(v); err != nil {
		w.t.Errorf("%v: %v", v["id"], err)
	}
	w.follow(v)
}

func (w *crawler) follow(v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			w.follow(v[k])
		}
	case []any:
		for _, x := range v {
			w.follow(x)
		}
	case string:
		if strings.HasPrefix(v, host+"/oparl/v1") {
			w.visit(v)
		}
	}
}

func crawl(t *testing.T, h *sitetest.House, schema map[string]*jsonschema.Schema) *crawler {
	t.Helper()
	w := &crawler{t: t, c: h.Visitor(), schema: schema, seen: map[string]bool{}, kinds: map[string]int{}}
	w.visit(host + "/oparl/v1")
	return w
}

// TestOParl follows every address of the interface from the System on, and holds each
// object against the standard's schema.
func TestOParl(t *testing.T) {
	schema := specification(t)
	if schema["Paper"].Validate(map[string]any{"id": "x"}) == nil {
		t.Error("the schema takes anything")
	}
	h := sitetest.New(t)
	w := crawl(t, h, schema)
	for _, kind := range []string{"System", "Body", "Organization", "Person", "Membership", "Meeting", "Location", "AgendaItem", "Paper", "Consultation", "File"} {
		if w.kinds[kind] == 0 {
			t.Errorf("no %s", kind)
		}
	}
	all := w.all.String()
	if strings.Contains(all, "Sluttavtale") || strings.Contains(all, "Bruk av næringsfondet") {
		t.Error("a closed case or a draft is told of")
	}
	if !strings.Contains(all, "Helsefag uten å flytte") || !strings.Contains(all, "kompetansetorg:ground") {
		t.Error("an open case, or the ground of a closed one, is missing")
	}
	for _, wrong := range []string{"/papers/x", "/meetings/x", "/bodies/x", "/files/x", "/files/motebok-x", "/people/x", "/agendaitems/x", "/consultations/x", "/organizations/x/meetings",
		"/papers/0198f5f0-0000-7000-8000-000000000000"} {
		if p := h.Visitor().Get("/oparl/v1" + wrong); p.Status != 404 || !strings.Contains(p.Header.Get("Content-Type"), "problem+json") {
			t.Errorf("%s: %d %s", wrong, p.Status, p.Header.Get("Content-Type"))
		}
	}
}

type page struct {
	Data []struct {
		ID      string `json:"id"`
		Name    string `json:"name"`
		Deleted bool   `json:"deleted"`
	} `json:"data"`
	Pagination struct {
		Total int `json:"totalElements"`
	} `json:"pagination"`
	Links struct {
		Next string `json:"next"`
	} `json:"links"`
}

func list(t *testing.T, c *sitetest.Client, path string) page {
	t.Helper()
	p := c.Get(strings.TrimPrefix(path, host))
	var out page
	if err := json.Unmarshal([]byte(p.Body), &out); err != nil || p.Status != 200 {
		t.Fatalf("%s: %d %v %s", path, p.Status, err, p.Body)
	}
	return out
}

// A list comes in pages that keep its filters; a case that is taken back is told of only
// to those who ask what has changed since.
func TestOParlLists(t *testing.T) {
	h := sitetest.New(t)
	c := h.Visitor()
	all, found := casesIn(t, h)
	var got []string
	for next := "/oparl/v1/bodies/" + all + "/papers?limit=1&created_since=2000-01-01T00%3A00%3A00Z"; next != ""; {
		p := list(t, c, next)
		if len(p.Data) != 1 || p.Links.Next != "" && !strings.Contains(p.Links.Next, "created_since=2000") {
			t.Fatalf("%s: %+v", next, p)
		}
		got = append(got, p.Data[0].ID)
		next = p.Links.Next
	}
	if len(got) != found || !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != found {
		t.Errorf("%d papers in pages, %d in one: %v", len(got), found, got)
	}
	if p := list(t, c, "/oparl/v1/bodies/"+all+"/papers?modified_since=2100-01-01T00%3A00%3A00Z"); p.Pagination.Total != 0 {
		t.Errorf("%d changed in the future", p.Pagination.Total)
	}
	if p := c.Get("/oparl/v1/bodies/" + all + "/papers?modified_since=igår"); p.Status != 422 && p.Status != 400 {
		t.Errorf("no moment: %d", p.Status)
	}
	ctx := context.Background()
	cases, err := h.Cases.List(ctx, system, casework.Filter{Text: "helsefag"})
	if err != nil || len(cases) != 1 {
		t.Fatalf("%d %v", len(cases), err)
	}
	before, err := h.Cases.Get(ctx, system, cases[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if before.State != casework.OnAgenda {
		t.Skipf("the demo's case is %s", before.State)
	}
	if err := h.Cases.Move(ctx, h.Actor("secretary"), before.ID, casework.OnAgenda, casework.Drafting, "Skal skrives om"); err != nil {
		t.Fatal(err)
	}
	id := host + "/oparl/v1/papers/" + string(before.ID)
	has := func(p page) (there, deleted bool) {
		for _, x := range p.Data {
			if x.ID == id {
				if x.Deleted && x.Name != "" {
					t.Error("what is gone still has its name")
				}
				return true, x.Deleted
			}
		}
		return false, false
	}
	if there, _ := has(list(t, c, "/oparl/v1/bodies/"+all+"/papers")); there {
		t.Error("a case that was taken back is listed")
	}
	if there, deleted := has(list(t, c, "/oparl/v1/bodies/"+all+"/papers?modified_since=2000-01-01T00%3A00%3A00Z")); !there || !deleted {
		t.Errorf("those who ask what changed are not told: %v %v", there, deleted)
	}
	if p := c.Get("/oparl/v1/papers/" + string(before.ID)); p.Status != 200 || !strings.Contains(p.Body, `"deleted":true`) || strings.Contains(p.Body, "Helsefag") {
		t.Errorf("the case itself: %d %s", p.Status, p.Body)
	}
}

// casesIn is the organisation that the open case belongs to, and how many papers it has.
func casesIn(t *testing.T, h *sitetest.House) (string, int) {
	t.Helper()
	cases, err := h.Cases.List(context.Background(), system, casework.Filter{Text: "helsefag"})
	if err != nil || len(cases) != 1 {
		t.Fatalf("%d %v", len(cases), err)
	}
	b, err := h.Bodies.Get(context.Background(), cases[0].Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b.Host), list(t, h.Visitor(), "/oparl/v1/bodies/"+string(b.Host)+"/papers").Pagination.Total
}
