package schemaorg_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/schemaorg"
)

const course = `{"@context":"https://schema.org","@type":"Course","url":"https://a.example/1","name":"Lafting","inLanguage":"nb","teaches":["lafte et hjørne"],
	"hasCourseInstance":{"@type":"CourseInstance","url":"https://a.example/1/h27","courseMode":["blended"],"startDate":"2027-08-20","offers":{"price":"4500","priceCurrency":"NOK","validFrom":"2026","validThrough":"2027-06-01"}}}`

// TestAgain: what a provider has written here of a course that was taken in, and that
// schema.org has no words for, is there when the course is taken in again; what its page says
// anew is taken.
func TestAgain(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	item := h.read(t, course, 1, 1)[0]
	p, o := *item.Programme, *item.Offering
	if o.Price.Year != 2026 || len(p.Outcomes) != 1 || p.Outcomes[0].NB != "lafte et hjørne" {
		t.Errorf("prices of %d, outcomes %v", o.Price.Year, p.Outcomes)
	}
	p.Level, p.ValidFrom, p.ValidTo, p.Outcomes = offer.Fagbrev, clock.MustDate("2027-01-01"), clock.MustDate("2030-12-31"), []i18n.Text{{NB: "lafte et hjørne", EN: "notch a corner"}}
	if err := h.UpdateProgramme(ctx, system, p.ID, p.Version, p); err != nil {
		t.Fatal(err)
	}
	o.Delivery, o.Channel, o.ApplyURL = offer.Gatherings, offer.Here, ""
	o.Enrolment = []offer.EnrolmentPeriod{{From: clock.MustDate("2027-03-01"), To: clock.MustDate("2027-06-01"), TargetGroup: "Ansatte", Kind: offer.Direct}}
	if err := h.UpdateOffering(ctx, system, o.ID, o.Version, o); err != nil {
		t.Fatal(err)
	}
	for _, doc := range []string{course, strings.Replace(course, `,"validThrough":"2027-06-01"`, "", 1), strings.Replace(course, "blended", "onsite", 1),
		strings.Replace(course, `"inLanguage":"nb"`, `"educationalLevel":"Videregående"`, 1)} {
		if plan := h.plan(t, doc); plan.Count(batch.LineUnchanged) != 2 {
			t.Errorf("taken in again: %+v", plan.Lines)
		}
	}
	plan := h.plan(t, strings.Replace(course, "2027-08-20", "2027-09-01", 1))
	if plan.Count(batch.LineUnchanged) != 1 || plan.Count(batch.LineChanged) != 1 || len(plan.Lines[1].Diffs) != 1 || plan.Lines[1].Diffs[0].Field != "start" {
		t.Errorf("begins on another day: %+v", plan.Lines)
	}
}

// TestAnew: what the page says anew is taken, and what was written here beside it stays.
func TestAnew(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	item := h.read(t, course, 1, 1)[0]
	p, o := *item.Programme, *item.Offering
	p.Title.EN, p.Outcomes, p.Level = "Log building", []i18n.Text{{NB: "lafte et hjørne", EN: "notch a corner"}}, offer.Fagbrev
	if err := h.UpdateProgramme(ctx, system, p.ID, p.Version, p); err != nil {
		t.Fatal(err)
	}
	o.Enrolment = []offer.EnrolmentPeriod{{To: clock.MustDate("2027-06-01"), TargetGroup: "Ansatte", Kind: offer.ByURL, URL: "https://a.example/1"}, {From: clock.MustDate("2027-06-10"), To: clock.MustDate("2027-08-01"), Kind: offer.Direct}}
	if err := h.UpdateOffering(ctx, system, o.ID, o.Version, o); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ old, now, field string }{
		{`"name":"Lafting"`, `"name":"Lafting og tømring"`, "title.nb"},
		{`["lafte et hjørne"]`, `["lafte et hjørne","måle"]`, "outcomes"},
		{`"inLanguage":"nb"`, `"inLanguage":"nb","educationalLevel":"Master"`, "level"},
		{`"validThrough":"2027-06-01"`, `"validThrough":"2027-05-01T00:00:00"`, "enrolment"},
		{`"price":"4500"`, `"price":5000`, "price_participant"},
		{`["blended"]`, `["online"]`, "form"},
	} {
		var diffs []offer.Diff
		for _, l := range h.plan(t, strings.Replace(course, x.old, x.now, 1)).Lines {
			diffs = append(diffs, l.Diffs...)
		}
		if len(diffs) != 1 || diffs[0].Field != x.field {
			t.Errorf("%s: %+v", x.now, diffs)
		}
	}
	h.take(t, strings.ReplaceAll(strings.Replace(course, "2027-06-01", "2027-05-15", 1), `"name":"Lafting"`, `"name":"Tømring"`))
	got := h.one(t)
	if e := got.Offering.Enrolment; len(e) != 2 || e[0].To != clock.MustDate("2027-05-15") || e[0].TargetGroup != "Ansatte" || e[1].To != clock.MustDate("2027-08-01") {
		t.Errorf("periods %+v", e)
	}
	if p := got.Programme; p.Title.NB != "Tømring" || p.Title.EN != "Log building" || p.Outcomes[0].EN != "notch a corner" {
		t.Errorf("%+v", p)
	}
}

// TestMoved: an address that has moved is taken where one applies by it.
func TestMoved(t *testing.T) {
	h := newHouse(t)
	doc := strings.Replace(course, `"url":"https://a.example/1"`, `"@id":"https://a.example/id/1","url":"https://a.example/1"`, 1)
	h.take(t, doc)
	h.take(t, strings.Replace(doc, `"url":"https://a.example/1"`, `"url":"https://b.example/1"`, 1))
	if o := h.one(t).Offering; o.ApplyURL != "https://b.example/1" || len(o.Enrolment) != 1 || o.Enrolment[0].URL != "https://b.example/1" {
		t.Errorf("%s %+v", o.ApplyURL, o.Enrolment)
	}
}

// TestGone: the first of the instances without an address falls away, and the others are the
// ones that they were.
func TestGone(t *testing.T) {
	h := newHouse(t)
	const doc = `{"@context":"https://schema.org","@type":"Course","name":"Truckfører","hasCourseInstance":[{"startDate":"2027-08-20"},{"startDate":"2027-10-20"},{"startDate":"2027-10-20","courseMode":"online"}]}`
	h.take(t, doc)
	plan := h.plan(t, strings.Replace(doc, `{"startDate":"2027-08-20"},`, "", 1))
	if plan.Count(batch.LineUnchanged) != 3 || len(plan.Lines) != 3 || len(plan.Missing) != 1 {
		t.Errorf("%+v", plan)
	}
}

// TestWhole: whole addresses for terms, and ids that are only the document's own.
func TestWhole(t *testing.T) {
	h := newHouse(t)
	h.take(t, `[{"@type":["http://schema.org/Course"],"@id":"#course","http://schema.org/name":[{"@value":"Lafting","@language":"nb"}],"http://schema.org/url":[{"@id":"https://a.example/1"}]}]`)
	if plan := h.plan(t, `{"@context":{"s":"https://schema.org/"},"type":"s:Course","id":"#course","s:name":"Tegning","s:url":"https://a.example/2"}`); plan.Count(batch.LineNew) != 1 {
		t.Errorf("another page's: %+v", plan.Lines)
	}
}

// TestAgainRolling: the first day one may begin makes no rolling offering begin on a day.
func TestAgainRolling(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	o := *h.read(t, course, 1, 1)[0].Offering
	o.StartType, o.Start = offer.Rolling, clock.Date{}
	if err := h.UpdateOffering(ctx, system, o.ID, o.Version, o); err != nil {
		t.Fatal(err)
	}
	if plan := h.plan(t, course); plan.Count(batch.LineUnchanged) != 2 {
		t.Errorf("%+v", plan.Lines)
	}
}

func (h house) plan(t *testing.T, doc string) batch.Plan {
	t.Helper()
	return h.does(t, doc, batch.New(h.Service).PlanImport)
}

// take takes the document in, of which nothing may be refused.
func (h house) take(t *testing.T, doc string) {
	t.Helper()
	if plan := h.does(t, doc, batch.New(h.Service).Import); plan.Count(batch.LineRefused) > 0 {
		t.Fatalf("%+v", plan.Lines)
	}
}

func (h house) does(t *testing.T, doc string, do func(context.Context, access.Actor, batch.Batch) (batch.Plan, error)) batch.Plan {
	t.Helper()
	if !schemaorg.IsCourse([]byte(doc)) {
		t.Fatalf("not recognised: %.80s", doc)
	}
	b, err := schemaorg.Read([]byte(doc), "skolen", h.provider, true)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := do(context.Background(), system, b)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// one is the only offering there is.
func (h house) one(t *testing.T) supply.Hit {
	t.Helper()
	hits, err := h.List(context.Background(), supply.Filter{All: true})
	if err != nil || len(hits.Items) != 1 {
		t.Fatalf("%d offerings, %v", len(hits.Items), err)
	}
	return hits.Items[0]
}

// TestSkipped: what is no course is named, and what only holds courses is not.
func TestSkipped(t *testing.T) {
	h := newHouse(t)
	b, err := schemaorg.Read([]byte(`{"@context":"https://schema.org","@graph":[{"@type":"Restaurant"},{"@type":"ItemList","itemListElement":[`+course+`]},{"@type":"Event"},{"@type":"Event"}]}`), "skolen", h.provider, true)
	if err != nil || !slices.Equal(b.Skipped, []string{"Event", "Restaurant"}) || len(b.Programmes) != 1 {
		t.Errorf("%v %v %d", err, b.Skipped, len(b.Programmes))
	}
}

// TestNameless: a course without a name is refused in the line that it has, and instances that
// share the page where one signs up are two.
func TestNameless(t *testing.T) {
	h := newHouse(t)
	plan := h.plan(t, `[`+course+`,{"@context":"https://schema.org","@type":"Course","description":"Uten navn"},{"@type":"Course","description":"Også uten"},
		{"@type":"Course","name":"To","url":"https://a.example/2","hasCourseInstance":[{"url":"https://a.example/paa","startDate":"2027-08-20"},{"url":"https://a.example/paa","startDate":"2027-10-20"}]}]`)
	if plan.Count(batch.LineRefused) != 2 || plan.Count(batch.LineNew) != 5 {
		t.Fatalf("%+v", plan.Lines)
	}
	for i, row := range []int{2, 3} {
		if l := plan.Lines[2+i]; l.Kind != batch.LineRefused || l.Row != row || l.Problems[0].Name != "title.nb" {
			t.Errorf("%+v", l)
		}
	}
}
