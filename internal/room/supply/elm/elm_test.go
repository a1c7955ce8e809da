package elm_test

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/elm"
	"kompetansetorg/internal/room/supply/oeapi"
	"kompetansetorg/internal/room/supply/offer"
)

var update = flag.Bool("update", false, "write the golden file anew")

var system = access.SystemActor("test")

type house struct {
	*supply.Service
	places   *place.Register
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
	return house{supply.New(d, now, orgs, places, supply.DefaultSettings()), places, o.ID}
}

// full is a programme and an offering in which everything is said.
func full(provider org.ID) (offer.Programme, offer.Offering) {
	free, fee, half := money.NOK(0), money.NOK(1250050), 50
	p := offer.Programme{ID: "01900000-0000-7000-8000-000000000001", Provider: provider, ProviderName: "Fagskolen", Title: i18n.Text{NB: "Sveising", NN: "Sveising", EN: "Welding"},
		Description: i18n.Text{NB: "To\nlinjer"}, Code: "TPSVE3----", CodeType: offer.CodeArea, Level: offer.Fagskole, NKR: "5.1", Credits: 7.5, CreditUnit: offer.FagskolePoints,
		Outcomes: []i18n.Text{{NB: "sveise", EN: "weld"}}, Occupations: []string{"7212"}, Fields: []string{"07"}, Admission: i18n.Text{NB: "Fagbrev"}, Languages: []string{"nb", "sma"},
		DigitalShare: &half, Supervision: i18n.Text{NB: "Hver uke"}, ValidFrom: clock.MustDate("2026-01-01"), ValidTo: clock.MustDate("2030-12-31"), Contact: "Studieveiledningen", Website: "https://example.org/sveis"}
	o := offer.Offering{ID: "01900000-0000-7000-8000-000000000002", Programme: p.ID, Provider: provider, StartType: offer.Fixed, Start: clock.MustDate("2028-02-29"), End: clock.MustDate("2028-10-29"),
		NoRollingReason: "Verkstedet er delt", Delivery: offer.Gatherings, DigitalShare: &half, PartTimePercent: 50, Attendance: offer.InBlocks, MinPlaces: 4, MaxPlaces: 12,
		Enrolment:  []offer.EnrolmentPeriod{{From: clock.MustDate("2027-03-01"), To: clock.MustDate("2027-03-28"), TargetGroup: "Ansatte", Kind: offer.Direct, Queue: true, MaxQueued: 3}},
		Closed:     []offer.ClosedPeriod{{From: clock.MustDate("2028-07-01"), To: clock.MustDate("2028-07-31")}},
		Gatherings: []offer.Gathering{{Place: "Verkstedet", Municipality: "5025", Day: clock.MustDate("2028-03-01"), Days: 3}},
		Target:     offer.Target{Region: "trondelag-sor", Municipalities: []place.Number{"5025"}}, AnswerDays: 5, Wait: offer.Wait{Value: 3, Unit: offer.Weeks},
		Price: offer.Price{Participant: &free, Employer: &fee, Year: 2027}, Channel: offer.Link, ApplyURL: "https://example.org/sok", Deadline: clock.MustDate("2027-10-31")}
	return p, o
}

var writer = elm.Writer{Base: "https://torg.example"}

func document(p offer.Programme, o offer.Offering, places *place.Register) elm.Document {
	return writer.Programme(oeapi.FromProgramme(p, []offer.Offering{o}), []oeapi.Offering{oeapi.FromOffering(p, o, places)})
}

func written(t *testing.T, doc any) []byte {
	t.Helper()
	data, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return append(data, '\n')
}

// TestGolden: the document is word for word the one that was agreed on.
func TestGolden(t *testing.T) {
	h := newHouse(t)
	p, o := full("01900000-0000-7000-8000-000000000003")
	o.State, o.CreatedAt = offer.Active, clock.At(time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC))
	got := written(t, document(p, o, h.places))
	const file = "testdata/programme.jsonld"
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s is another (run with -update when that is meant):\n%s", file, diff)
	}
}

// TestRoundTrip: what one installation writes another reads the same, and reading it again
// changes nothing.
func TestRoundTrip(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	in, offering := full(h.provider)
	p, err := h.CreateProgramme(ctx, system, in)
	if err != nil {
		t.Fatal(err)
	}
	o, err := h.CreateOffering(ctx, system, p.ID, offering)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Publish(ctx, system, o.ID, 1); err != nil {
		t.Fatal(err)
	}
	item, err := h.Offering(ctx, system, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	one := document(*item.Programme, *item.Offering, h.places)
	entry := elm.Entry{Programme: oeapi.FromProgramme(*item.Programme, []offer.Offering{*item.Offering}), Offerings: []oeapi.Offering{oeapi.FromOffering(*item.Programme, *item.Offering, h.places)}}
	for name, doc := range map[string]any{"a programme": one, "a catalogue": writer.Catalogue([]elm.Entry{entry}, 1, 1, false)} {
		data := written(t, doc)
		if !elm.IsELM(data) {
			t.Errorf("%s is not recognised", name)
		}
		other := newHouse(t)
		for _, want := range []batch.LineKind{batch.LineNew, batch.LineUnchanged} {
			b, err := elm.Read(data, "andre", other.provider, false)
			if err != nil {
				t.Fatal(err)
			}
			b.Programmes[0].Provider = ""
			plan, err := batch.New(other.Service).Import(ctx, system, b)
			if err != nil {
				t.Fatal(err)
			}
			if len(plan.Lines) != 2 || plan.Count(want) != 2 {
				t.Fatalf("%s: want two %s, got %+v", name, want, plan.Lines)
			}
		}
		hits, err := other.List(ctx, supply.Filter{All: true})
		if err != nil || len(hits.Items) != 1 {
			t.Fatalf("%d hits, %v", len(hits.Items), err)
		}
		got := hits.Items[0]
		if d := offer.Compare(p.Values(), got.Programme.Values()); len(d) > 0 {
			t.Errorf("%s: programme %+v", name, d)
		}
		if d := offer.Compare(o.Values(), got.Offering.Values()); len(d) > 0 {
			t.Errorf("%s: offering %+v", name, d)
		}
	}
}

// TestAStranger: a graph that another system has written, in other shapes of JSON-LD, and
// without what is ours.
func TestAStranger(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	const graph = `{"@context": {"elm": "http://data.europa.eu/snb/model/elm/", "@vocab": "http://data.europa.eu/snb/model/elm/"}, "@graph": [
		{"@type": "Organisation", "@id": "https://skole.example/"},
		{"@type": ["elm:LearningOpportunity"], "@id": "https://skole.example/kurs/7/v27", "title": {"nb": ["Lafting"]}, "temporal": {"startDate": "2027-08-20", "endDate": "2027-12-01"},
		 "homepage": "https://skole.example/kurs/7", "learningAchievementSpecification": "https://skole.example/kurs/7", "priceDetail": [{"amount": {"value": "4500", "unit": "http://publications.europa.eu/resource/authority/currency/NOK"}}]},
		{"@type": "Qualification", "@id": "https://skole.example/kurs/7", "title": {"@language": "nb", "@value": "Lafting"}, "EQFLevel": "http://data.europa.eu/snb/eqf/4",
		 "learningOutcome": [{"title": "Laft et hjørne"}]}]}`
	b, err := elm.Read([]byte(graph), "skolen", h.provider, true)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := batch.New(h.Service).Import(ctx, system, b)
	if err != nil || plan.Count(batch.LineNew) != 2 {
		t.Fatalf("%v %+v", err, plan.Lines)
	}
	hits, err := h.List(ctx, supply.Filter{All: true})
	if err != nil || len(hits.Items) != 1 {
		t.Fatalf("%d hits, %v", len(hits.Items), err)
	}
	p, o := hits.Items[0].Programme, hits.Items[0].Offering
	if p.Title.NB != "Lafting" || p.Level != offer.Vgs || len(p.Outcomes) != 1 || o.Start != clock.MustDate("2027-08-20") || o.Price.Participant == nil || *o.Price.Participant != 4500*money.Krone || o.ApplyURL != "https://skole.example/kurs/7" {
		t.Errorf("read as %+v and %+v", p, o)
	}
	for _, wrong := range []string{`{"@context":"http://data.europa.eu/snb/model/elm/"`, `{"@context":"http://data.europa.eu/snb/model/elm/","@type":"Organisation"}`} {
		if _, err := elm.Read([]byte(wrong), "skolen", h.provider, false); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", wrong, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	golden, err := os.ReadFile("testdata/programme.jsonld")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(golden)
	f.Add([]byte(`{"@graph":[{"@type":"LearningOpportunity","title":{"nb":["x"]}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := elm.Read(data, "fuzz", "01900000-0000-7000-8000-000000000003", false)
		if err != nil {
			return
		}
		for _, p := range b.Programmes {
			if p.Fill != nil {
				_ = p.Fill(&offer.Programme{})
			}
			for _, o := range p.Offerings {
				_ = o.Fill(&offer.Offering{})
			}
		}
	})
}
