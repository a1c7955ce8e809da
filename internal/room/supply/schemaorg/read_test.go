package schemaorg_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/schemaorg"
)

var system = access.SystemActor("test")

type house struct {
	*supply.Service
	provider org.ID
}

func newHouse(t testing.TB) house {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	d := dbtest.New(t)
	now := clock.Clock(func() time.Time { return time.Date(2027, 2, 3, 12, 0, 0, 0, time.UTC) })
	orgs := org.New(d, now, func(n string) bool { return offer.IsKnown(places, place.Number(n)) })
	o, err := orgs.Register(context.Background(), system, org.Registration{Kind: org.Fagskole, Name: "Fagskolen", Municipality: "5025"})
	if err != nil {
		t.Fatal(err)
	}
	return house{supply.New(d, now, orgs, places, supply.DefaultSettings()), o.ID}
}

// read imports the document twice: the second time nothing may change.
func (h house) read(t *testing.T, doc string, programmes, offerings int) []supply.Hit {
	t.Helper()
	if !schemaorg.IsCourse([]byte(doc)) {
		t.Fatalf("not recognised: %.80s", doc)
	}
	for _, want := range []batch.LineKind{batch.LineNew, batch.LineUnchanged} {
		b, err := schemaorg.Read([]byte(doc), "skolen", h.provider, true)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := batch.New(h.Service).Import(context.Background(), system, b)
		if err != nil || plan.Count(want) != programmes+offerings || len(plan.Lines) != programmes+offerings {
			t.Fatalf("want %d %s: %v %+v", programmes+offerings, want, err, plan.Lines)
		}
	}
	hits, err := h.List(context.Background(), supply.Filter{All: true})
	if err != nil || len(hits.Items) != offerings {
		t.Fatalf("%d offerings, %v", len(hits.Items), err)
	}
	return hits.Items
}

// TestACourse: what pages commonly say, one value or several, words or things.
func TestACourse(t *testing.T) {
	h := newHouse(t)
	items := h.read(t, `{"@context": ["https://schema.org", {"x": "https://x.example/"}], "@graph": [
		{"@type": "WebSite", "name": "Skolen"},
		{"@type": ["Course", "Product"], "@id": "https://skole.example/kurs/7", "url": "https://skole.example/kurs/7", "name": "Lafting for nybegynnere", "description": "To\nlinjer",
		 "inLanguage": {"@type": "Language", "name": "nb"}, "provider": "Skolen", "educationalLevel": "Fagskole, NKR 5", "coursePrerequisites": {"@type": "AlignmentObject", "name": "Fagbrev"},
		 "numberOfCredits": {"@type": "StructuredValue", "value": "7.5", "unitText": "fagskolepoeng"},
		 "offers": [{"@type": "Offer", "price": 4500, "priceCurrency": "NOK"}],
		 "hasCourseInstance": {"@type": "CourseInstance", "courseMode": ["Blended", "online"], "startDate": "2027-08-20T09:00:00+02:00", "endDate": "2027-12-01", "maximumAttendeeCapacity": "14"}}]}`, 1, 1)
	p, o := items[0].Programme, items[0].Offering
	if p.Title.NB != "Lafting for nybegynnere" || p.Level != offer.Fagskole || p.Credits != 7.5 || p.CreditUnit != offer.FagskolePoints || p.Admission.NB != "Fagbrev" || p.Website != "https://skole.example/kurs/7" || len(p.Languages) != 1 {
		t.Errorf("the programme is %+v", p)
	}
	if o.Start != clock.MustDate("2027-08-20") || o.End != clock.MustDate("2027-12-01") || o.MaxPlaces != 14 || o.Delivery != offer.Mixed || o.Price.Participant == nil || *o.Price.Participant != 4500*money.Krone || o.ApplyURL != "https://skole.example/kurs/7" {
		t.Errorf("the offering is %+v", o)
	}
}

// TestAProgram: an EducationalOccupationalProgram has its days itself, and courses in a list of
// items each their own.
func TestAProgram(t *testing.T) {
	h := newHouse(t)
	items := h.read(t, `[{"@context": "http://schema.org/", "@type": "EducationalOccupationalProgram", "identifier": {"@type": "PropertyValue", "value": "SP-3"}, "name": {"@value": "Helsefag", "@language": "nn"},
		"url": "https://skole.example/helse", "startDate": "2027-08-15", "applicationDeadline": "2027-04-15", "educationalProgramMode": "PART_TIME, online", "educationalLevel": "Upper secondary"},
		{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": {"@type": "Course", "name": "Norsk for helsearbeidere", "url": "https://skole.example/norsk", "inLanguage": "nb-NO"}}]}]`, 2, 1)
	p, o := items[0].Programme, items[0].Offering
	if p.Title.NN != "Helsefag" || p.Level != offer.Vgs || o.Delivery != offer.Net || len(o.Enrolment) != 1 || o.Enrolment[0].To != clock.MustDate("2027-04-15") || o.Enrolment[0].Kind != offer.ByURL {
		t.Errorf("%+v %+v", p, o)
	}
}

// TestOneBad: what is wrong with one course is its own line, and the others are taken in.
func TestOneBad(t *testing.T) {
	h := newHouse(t)
	b, err := schemaorg.Read([]byte(`{"@context":"https://schema.org","@graph":[{"@type":"Course","url":"https://a.example/1","name":"God"},
		{"@type":"Course","url":"https://a.example/2","name":"Rar","hasCourseInstance":{"startDate":"en gang til høsten"}},{"@type":"Course","url":"https://a.example/1","name":"God"}]}`), "skolen", h.provider, false)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := batch.New(h.Service).Import(context.Background(), system, b)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Count(batch.LineNew) != 2 || plan.Count(batch.LineRefused) != 1 || plan.Lines[len(plan.Lines)-1].Row != 2 {
		t.Errorf("%+v", plan.Lines)
	}
}

// TestScripts: the documents of a page are found among other scripts, and what is no JSON is
// left out.
func TestScripts(t *testing.T) {
	page := `<!DOCTYPE html><html><head><script>var x = "<script type='application/ld+json'>";</script>
		<script type="application/ld+json">{"@context":"https://schema.org","@type":"Course","name":"Æ & ø"}</script>
		<script type="application/ld+json">{ugyldig</script></head><body>{"@type":"Course"}</body></html>`
	if !schemaorg.IsPage([]byte("\xEF\xBB\xBF \n" + page)) {
		t.Error("not a page")
	}
	if got := string(schemaorg.Scripts([]byte(page))); got != `[{"@context":"https://schema.org","@type":"Course","name":"Æ \u0026 ø"}]` && got != `[{"@context":"https://schema.org","@type":"Course","name":"Æ & ø"}]` {
		t.Errorf("found %s", got)
	}
	if schemaorg.Scripts([]byte("<html>")) != nil {
		t.Error("a page without documents has some")
	}
}

func TestRefused(t *testing.T) {
	for doc, key := range map[string]string{`{"@context":"https://schema.org"`: "supply.error.json", `{"@context":"https://schema.org","@type":"Event"}`: "supply.error.no_courses", `[]`: "supply.error.no_courses", `7`: "supply.error.no_courses"} {
		_, err := schemaorg.Read([]byte(doc), "x", "01900000-0000-7000-8000-000000000003", false)
		if f, is := fault.As(err); !is || string(f.Key) != key {
			t.Errorf("%s: %v", doc, err)
		}
	}
	if deep := strings.Repeat("[", 100) + strings.Repeat("]", 100); schemaorg.IsCourse([]byte(deep)) {
		t.Error("lists in lists are a course")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"@context":"https://schema.org","@type":"Course","name":"x","hasCourseInstance":[{"startDate":"2027-01-01","offers":{"price":"4,5"}}]}`))
	f.Add([]byte(`<!doctype html><script type="application/ld+json">{"@type":"Course"}</script>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, doc := range [][]byte{data, schemaorg.Scripts(data)} {
			b, err := schemaorg.Read(doc, "fuzz", "01900000-0000-7000-8000-000000000003", false)
			if err != nil {
				continue
			}
			for _, p := range b.Programmes {
				if p.Fill != nil {
					_ = p.Fill(&offer.Programme{})
				}
				for _, o := range p.Offerings {
					_ = o.Fill(&offer.Offering{})
				}
			}
		}
	})
}
