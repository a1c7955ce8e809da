package elm_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/elm"
	"kompetansetorg/internal/room/supply/offer"
)

// prefixed is as many write it: names with a prefix or the whole address, numbers, nodes for
// codes, one value where we write a list, and identifiers that are not the nodes' addresses.
const prefixed = `[{"@context": ["https://example.org/context.jsonld", {"elm": "http://data.europa.eu/snb/model/elm/"}], "id": "https://skole.example/kurs/7/v27", "type": "elm:LearningOpportunity",
		"elm:title": "Lafting", "elm:temporal": [{"elm:startDate": {"@value": "2027-08-20"}}], "elm:applicationDeadline": "2027-06-01", "elm:learningAchievementSpecification": {"id": "https://skole.example/kurs/7"}},
	{"id": "https://skole.example/kurs/8/v27", "type": ["http://data.europa.eu/snb/model/elm/LearningOpportunity"], "title": ["Tegning"], "elm:temporal": {"startDate": "2027-09-20"},
		"learningAchievementSpecification": {"id": "https://skole.example/kurs/8", "type": "LearningAchievementSpecification", "title": {"en": ["Drawing"], "nb": "Tegning"}}},
	{"id": "https://skole.example/kurs/7", "type": "Qualification", "http://data.europa.eu/snb/model/elm/title": [{"@value": "Lafting", "@language": "nb"}], "identifier": [{"notation": "LAFT-7"}],
		"creditPoint": [{"framework": {"id": "http://data.europa.eu/snb/education-credit/ects"}, "point": 7.5}], "homepage": {"type": "WebResource", "contentURL": "https://skole.example/laft"},
		"language": {"id": "http://publications.europa.eu/resource/authority/language/NNO"}, "learningOutcome": {"title": "Laft et hjørne"}},
	{"type": "elm:Organisation", "legalName": 7}]`

func (h house) plan(t *testing.T, doc string, writes bool) batch.Plan {
	t.Helper()
	if !elm.IsELM([]byte(doc)) {
		t.Fatalf("not recognised: %.80s", doc)
	}
	b, err := elm.Read([]byte(doc), "skolen", h.provider, true)
	if err != nil {
		t.Fatal(err)
	}
	do := batch.New(h.Service).PlanImport
	if writes {
		do = batch.New(h.Service).Import
	}
	plan, err := do(context.Background(), system, b)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func TestPrefixed(t *testing.T) {
	h := newHouse(t)
	if plan := h.plan(t, prefixed, true); plan.Count(batch.LineNew) != 4 || len(plan.Lines) != 4 {
		t.Fatalf("%+v", plan.Lines)
	}
	hits, err := h.List(context.Background(), supply.Filter{All: true})
	if err != nil || len(hits.Items) != 2 {
		t.Fatalf("%d offerings, %v", len(hits.Items), err)
	}
	slices.SortFunc(hits.Items, func(a, b supply.Hit) int { return strings.Compare(a.Programme.Title.NB, b.Programme.Title.NB) })
	p, o := hits.Items[0].Programme, hits.Items[0].Offering
	if p.SourceID != "LAFT-7" || p.Title.NB != "Lafting" || p.Credits != 7.5 || p.CreditUnit != offer.StudyPoints || p.Website != "https://skole.example/laft" || !slices.Equal(p.Languages, []string{"nn"}) ||
		len(p.Outcomes) != 1 || o.Start != clock.MustDate("2027-08-20") || len(o.Enrolment) != 1 || o.Enrolment[0].To != clock.MustDate("2027-06-01") {
		t.Errorf("read as %+v and %+v", p, o)
	}
	if p := hits.Items[1].Programme; p.Title.NB != "Tegning" || p.Title.EN != "Drawing" {
		t.Errorf("read as %+v", p)
	}
	b, err := elm.Read([]byte(prefixed), "skolen", h.provider, true)
	if err != nil || !slices.Equal(b.Skipped, []string{"Organisation"}) {
		t.Errorf("%v %v", b.Skipped, err)
	}
	// What the provider writes here that the document has nothing of stays.
	p.Occupations, p.NKR, p.Level, p.ValidTo = []string{"7115"}, "5.2", offer.Fagskole, clock.MustDate("2030-12-31")
	if err := h.UpdateProgramme(context.Background(), system, p.ID, p.Version, *p); err != nil {
		t.Fatal(err)
	}
	if plan := h.plan(t, prefixed, false); plan.Count(batch.LineUnchanged) != 4 {
		t.Errorf("taken in again: %+v", plan.Lines)
	}
}

// TestOneBad: what is wrong with one node is its own line with its number, and the others are
// taken in.
func TestOneBad(t *testing.T) {
	h := newHouse(t)
	plan := h.plan(t, `{"@context":{"@vocab":"http://data.europa.eu/snb/model/elm/"},"@graph":[{"@type":"Qualification","@id":"https://a.example/1","title":"God"},
		{"@type":"Organisation"},{"@type":"Qualification","@id":"https://a.example/2","title":7},
		{"@type":"Qualification","@id":"https://a.example/3","title":"Rar","kt:programme":{"occupations_styrk08":"7212"}},
		{"@type":"LearningOpportunity","title":"Sent","temporal":{"startDate":"til høsten"},"learningAchievementSpecification":"https://a.example/1"}]}`, false)
	if plan.Count(batch.LineNew) != 1 {
		t.Errorf("%+v", plan.Lines)
	}
	rows := map[int]string{}
	for _, l := range plan.Lines {
		if l.Kind == batch.LineRefused {
			rows[l.Row] = l.Problems[0].Name + string(l.Problems[0].Key)
		}
	}
	if len(rows) != 3 || !strings.HasPrefix(rows[3], "title") || rows[4] != "supply.error.json_field" || rows[5] != "startform.error.date" {
		t.Errorf("refused %v", rows)
	}
}

// TestNoIDs: what has no address outside the document is known by its title and its day, and
// what stands under one programme is no other's.
func TestNoIDs(t *testing.T) {
	h := newHouse(t)
	const doc = `{"@context":{"@vocab":"http://data.europa.eu/snb/model/elm/"},"@graph":[
		{"@type":"Qualification","@id":"_:b0","title":"Laft"},{"@type":"Qualification","title":"Tegning","kt:learningOpportunity":{"@type":"LearningOpportunity","temporal":{"startDate":"2027-08-20"}}},
		{"@type":"LearningOpportunity","temporal":{"startDate":"2027-09-20T08:00:00"},"learningAchievementSpecification":{"@id":"_:b0"}},
		{"@type":"LearningOpportunity","temporal":{"startDate":"2027-10-20"},"learningAchievementSpecification":{"@type":"Qualification","title":"Maling"}}]}`
	if plan := h.plan(t, doc, true); plan.Count(batch.LineNew) != 6 || len(plan.Lines) != 6 {
		t.Fatalf("%+v", plan.Lines)
	}
	if plan := h.plan(t, strings.ReplaceAll(doc, "_:b0", "_:b7"), false); plan.Count(batch.LineUnchanged) != 6 || len(plan.Missing) > 0 {
		t.Errorf("taken in again: %+v", plan)
	}
	hits, err := h.List(context.Background(), supply.Filter{All: true})
	if err != nil {
		t.Fatal(err)
	}
	starts := map[string]string{}
	for _, i := range hits.Items {
		starts[i.Programme.Title.NB] = i.Offering.Start.String()
	}
	if want := map[string]string{"Laft": "2027-09-20", "Tegning": "2027-08-20", "Maling": "2027-10-20"}; !maps.Equal(starts, want) {
		t.Errorf("%v", starts)
	}
}
