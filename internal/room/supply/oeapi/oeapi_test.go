package oeapi_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/oeapi"
	"kompetansetorg/internal/room/supply/offer"
)

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

func percent(n int) *int { return &n }

func full(provider org.ID) (offer.Programme, offer.Offering) {
	free, fee := money.NOK(0), money.NOK(1250050)
	p := offer.Programme{Provider: provider, Title: i18n.Text{NB: "Sveising", NN: "Sveising", EN: "Welding"}, Description: i18n.Text{NB: "To\nlinjer"},
		Code: "TPSVE3----", CodeType: offer.CodeArea, Level: offer.Fagskole, NKR: "5.1", Credits: 7.5, CreditUnit: offer.FagskolePoints,
		Outcomes: []i18n.Text{{NB: "sveise", EN: "weld"}}, Occupations: []string{"7212"}, Fields: []string{"07"}, Topics: []string{"T001"},
		Admission: i18n.Text{NB: "Fagbrev"}, Languages: []string{"nb", "sma"}, DigitalShare: percent(50), WorkplaceShare: percent(0),
		Supervision: i18n.Text{NB: "Hver uke"}, ValidFrom: clock.MustDate("2026-01-01"), ValidTo: clock.MustDate("2030-12-31"),
		Contact: "Studieveiledningen", Website: "https://example.org/sveis"}
	o := offer.Offering{StartType: offer.Fixed, Start: clock.MustDate("2028-02-29"), End: clock.MustDate("2028-10-29"), FlexibleFrom: clock.MustDate("2028-02-01"),
		FlexibleTo: clock.MustDate("2028-03-26"), NoRollingReason: "Verkstedet er delt", Delivery: offer.Gatherings, DigitalShare: percent(60),
		PartTimePercent: 50, Attendance: offer.InBlocks, MinPlaces: 4, MaxPlaces: 12, Enrolled: 3, Pending: 4, Queued: 5,
		Enrolment: []offer.EnrolmentPeriod{{From: clock.MustDate("2027-03-01"), To: clock.MustDate("2027-03-28"), TargetGroup: "Ansatte", Kind: offer.Direct, Queue: true, MaxQueued: 3},
			{To: clock.MustDate("2027-10-31"), Kind: offer.ByURL, URL: "https://example.org/sok"}},
		Closed:     []offer.ClosedPeriod{{From: clock.MustDate("2028-07-01"), To: clock.MustDate("2028-07-31")}},
		Gatherings: []offer.Gathering{{Place: "Verkstedet", Municipality: "5025", Day: clock.MustDate("2028-03-01"), Days: 3}, {Municipality: "5001", Days: 1, Voluntary: true}},
		Target:     offer.Target{Region: "trondelag-sor", Municipalities: []place.Number{"5025"}},
		AnswerDays: 5, Wait: offer.Wait{Value: 3, Unit: offer.Weeks}, Price: offer.Price{Participant: &free, Employer: &fee, Year: 2027},
		Channel: offer.Link, ApplyURL: "https://example.org/sok", Deadline: clock.MustDate("2027-10-31")}
	return p, o
}

// written is the file that one installation writes of a programme.
func written(t *testing.T, h house, p offer.Programme, offerings ...offer.Offering) []byte {
	t.Helper()
	file := map[string]any{"programmes": []oeapi.Programme{oeapi.FromProgramme(p, offerings)}}
	var list []oeapi.Offering
	for _, o := range offerings {
		list = append(list, oeapi.FromOffering(p, o, h.places))
	}
	file["programmeOfferings"] = list
	data, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What one installation writes another reads the same, and reading it again
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
	data := written(t, h, *item.Programme, *item.Offering)

	other := newHouse(t)
	for _, want := range []batch.LineKind{batch.LineNew, batch.LineUnchanged} {
		b, err := oeapi.Read(data, "andre", other.provider, false)
		if err != nil {
			t.Fatal(err)
		}
		b.Programmes[0].Provider = ""
		plan, err := batch.New(other.Service).Import(ctx, system, b)
		if err != nil {
			t.Fatal(err)
		}
		if len(plan.Lines) != 2 || plan.Count(want) != 2 {
			t.Fatalf("want two %s, got %+v", want, plan.Lines)
		}
	}
	hits, err := other.List(ctx, supply.Filter{All: true})
	if err != nil || len(hits.Items) != 1 {
		t.Fatalf("%d hits, %v", len(hits.Items), err)
	}
	got := hits.Items[0]
	if d := offer.Compare(p.Values(), got.Programme.Values()); len(d) > 0 {
		t.Errorf("programme %+v", d)
	}
	if d := offer.Compare(o.Values(), got.Offering.Values()); len(d) > 0 {
		t.Errorf("offering %+v", d)
	}
	if got.Offering.State != offer.Active {
		t.Errorf("state %s", got.Offering.State)
	}

	// Those who came by an application stand within the numbers of our own file,
	// and are not counted once more when it is read again.
	if err := other.Write(ctx, func(tx *db.Tx) error {
		return other.SetTaken(ctx, tx, got.Offering.ID, offer.Taken{Enrolled: 2, Pending: 1, Queued: 3})
	}); err != nil {
		t.Fatal(err)
	}
	if item, err = other.Offering(ctx, system, got.Offering.ID); err != nil {
		t.Fatal(err)
	}
	out := oeapi.FromOffering(*item.Programme, *item.Offering, other.places)
	if *out.Enrolled != 5 || *out.Pending != 5 || *out.Ext.Own.Queued != 8 {
		t.Errorf("written %v enrolled, %v pending, %v queued", *out.Enrolled, *out.Pending, *out.Ext.Own.Queued)
	}
	b, err := oeapi.Read(written(t, other, *item.Programme, *item.Offering), "andre", other.provider, false)
	if err != nil {
		t.Fatal(err)
	}
	b.Programmes[0].Provider, b.Programmes[0].SourceID = "", item.Programme.SourceID
	b.Programmes[0].Offerings[0].SourceID = item.Offering.SourceID
	plan, err := batch.New(other.Service).PlanImport(ctx, system, b)
	if err != nil || plan.Count(batch.LineUnchanged) != 2 {
		t.Errorf("read again: %+v, %v", plan.Lines, err)
	}
}

// A file from somewhere else, without our ext.
const foreign = `{"pageSize":10,"pageNumber":1,"hasPreviousPage":false,"hasNextPage":false,"items":[
 {"programmeId":"123e4567-e89b-12d3-a456-426614174000","primaryCode":{"codeType":"programme_code","code":"BIO"},"programmeType":"programme",
  "name":[{"language":"en-GB","value":"Biology"}],"level":"bachelor","levelOfQualification":"eqf_6","studyLoad":[{"studyLoadUnit":"ects","value":30}],
  "fieldsOfStudy":"0511","ext":{"level":7}},
 {"programmeOfferingId":"123e4567-e89b-12d3-a456-134564174000","primaryCode":{"codeType":"offering_code","code":"BIO-27"},"name":[{"language":"en","value":"x"}],
  "state":"active","modesOfDelivery":["online"],"startDateTime":"2027-08-22T22:00:00Z","endDateTime":"2027-12-18T00:00:00+01:00","maxNumberStudents":30.0,
  "programmeId":"123e4567-e89b-12d3-a456-426614174000","enrolmentPeriods":[{"startDateTime":"2027-03-01T00:00:00+01:00","endDateTime":"2027-04-01T00:00:00+02:00","enrolmentType":"url","enrolmentUrl":"https://example.org/apply"}]}
]}`

func TestForeignFile(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	b, err := oeapi.Read([]byte(foreign), "eduapi", h.provider, false)
	if err != nil {
		t.Fatal(err)
	}
	if plan, err := batch.New(h.Service).Import(ctx, system, b); err != nil || plan.Count(batch.LineNew) != 2 {
		t.Fatalf("%+v %v", plan, err)
	}
	hits, err := h.List(ctx, supply.Filter{})
	if err != nil || len(hits.Items) != 1 {
		t.Fatalf("%d hits, %v", len(hits.Items), err)
	}
	p, o := hits.Items[0].Programme, hits.Items[0].Offering
	if p.Level != offer.Hoyere || p.NKR != "6.2" || p.Credits != 30 || p.Title.EN != "Biology" || p.Fields[0] != "05" || p.Code != "BIO" {
		t.Errorf("programme %+v", p)
	}
	if o.Start != clock.MustDate("2027-08-23") || o.End != clock.MustDate("2027-12-17") || o.Enrolment[0].To != clock.MustDate("2027-03-31") ||
		o.Channel != offer.Link || o.ApplyURL != "https://example.org/apply" || o.MaxPlaces != 30 || o.StartType != offer.Fixed {
		t.Errorf("offering %+v", o)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, tt := range []struct{ name, data string }{
		{"nothing", ""}, {"no JSON", "hei"}, {"half", `{"items":[`}, {"two values", `{} {}`}, {"empty list", `[]`}, {"a number", `7`}, {"text items", `{"items":"x"}`},
	} {
		if _, err := oeapi.Read([]byte(tt.data), "x", "", false); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if _, err := oeapi.Read(make([]byte, oeapi.MaxFile+1), "x", "", false); !fault.Is(err, fault.TooLarge) {
		t.Errorf("large: %v", err)
	}
}

// One bad item does not spoil the others, and says what is wrong with it.
func TestRefusedLines(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	data := `[{"programmeId":"a","name":[{"language":"nb","value":"God"}]},
		{"programmeId":"b","name":[]},
		{"programmeId":"c","name":"feil"},
		{"hva":"er dette"},
		{"programmeId":"d","name":[{"language":"nb","value":"Enhet"}],"studyLoad":[{"studyLoadUnit":"x-rart","value":3}]},
		{"programmeOfferingId":"o1","programmeId":"a","maxNumberStudents":2.5},
		{"programmeOfferingId":"o2","programmeId":"a","startDateTime":"i går"},
		{"programmeOfferingId":"o3","programmeId":"finnes ikke"},
		{"programmeId":"a","name":[{"language":"nb","value":"God igjen"}]}]`
	b, err := oeapi.Read([]byte(data), "x", h.provider, false)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := batch.New(h.Service).PlanImport(ctx, system, b)
	if err != nil {
		t.Fatal(err)
	}
	refused := map[int]string{}
	for _, l := range plan.Lines {
		if l.Kind == batch.LineRefused {
			refused[l.Row] = string(l.Problems[0].Key)
		}
	}
	want := map[int]string{2: "form.error.required", 3: "supply.error.json_field", 4: "supply.error.json_kind", 5: "supply.error.code",
		6: "form.error.number", 7: "form.error.date", 8: "supply.error.programme_unknown", 9: "supply.error.twice"}
	for row, key := range want {
		if refused[row] != key {
			t.Errorf("row %d: %q, want %q", row, refused[row], key)
		}
	}
	if len(refused) != len(want) || plan.Count(batch.LineNew) != 1 {
		t.Errorf("refused %v, %d new", refused, plan.Count(batch.LineNew))
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(foreign))
	f.Add([]byte(`[{"programmeId":"a","name":[{"language":"nb","value":"God"}],"ext":{"kompetansetorg":{"level":"vgs","digital_share":-1}}}]`))
	f.Add([]byte(`{"programmeOfferingId":"o","programmeId":"a","ext":{"kompetansetorg":{"gatherings":[{"municipality":"9999","day":"2028-02-30"}]}},"priceInformation":[{"costType":"total_costs","amount":"1e9"}]}`))
	data, err := place.Starter()
	if err != nil {
		f.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := oeapi.Read(data, "fuzz", "", false)
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Errorf("no fault: %v", err)
			}
			return
		}
		for _, bp := range b.Programmes {
			p := offer.Programme{State: offer.ProgrammeActive}
			if bp.Fill != nil && bp.Fill(&p) == nil {
				if checked, err := p.Check(); err == nil {
					oeapi.FromProgramme(checked, nil)
				}
			}
			for _, bo := range bp.Offerings {
				var o offer.Offering
				if bo.Fill(&o) != nil {
					continue
				}
				if checked, err := o.Check(places); err == nil {
					if _, err := json.Marshal(oeapi.FromOffering(p, checked, places)); err != nil && !strings.Contains(err.Error(), "unsupported value") {
						t.Error(err)
					}
				}
			}
		}
	})
}
