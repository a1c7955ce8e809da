package intake_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/intake"
	"kompetansetorg/internal/room/supply/offer"
)

var system = access.SystemActor("test")

type house struct {
	*supply.Service
	t        *testing.T
	orgs     *org.Service
	places   *place.Register
	provider org.ID
	teacher  access.Actor
	officer  access.Actor
}

var now = clock.Clock(func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) })

func newHouse(t *testing.T) *house {
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
	h := &house{t: t, places: places}
	h.orgs = org.New(d, now, func(n string) bool { return offer.IsKnown(places, place.Number(n)) })
	h.Service = supply.New(d, now, h.orgs, places, supply.DefaultSettings())
	h.provider = h.organisation("Fagskolen")
	h.teacher = access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleProviderUser, Org: h.provider}}}
	h.officer = access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleCaseOfficer, Org: h.organisation("Fylkeskommunen")}}}
	return h
}

func (h *house) organisation(name string) org.ID {
	h.t.Helper()
	o, err := h.orgs.Register(context.Background(), system, org.Registration{Kind: org.Fagskole, Name: name, Municipality: "5025"})
	if err != nil {
		h.t.Fatal(err)
	}
	return o.ID
}

func (h *house) batch(text string, provider org.ID, publish bool) batch.Batch {
	h.t.Helper()
	c, err := intake.Read("tilbud.csv", strings.NewReader(text), int64(len(text)))
	if err != nil {
		h.t.Fatal(err)
	}
	// Kept and taken out again, as between the dry run and yes.
	kept, err := c.Encode()
	if err != nil {
		h.t.Fatal(err)
	}
	if c, err = intake.Decode(kept); err != nil {
		h.t.Fatal(err)
	}
	c.Publish = publish
	b, err := c.Batch(provider, h.places, now.Today())
	if err != nil {
		h.t.Fatal(err)
	}
	return b
}

func counts(p batch.Plan) [4]int {
	return [4]int{p.Count(batch.LineNew), p.Count(batch.LineChanged), p.Count(batch.LineUnchanged), p.Count(batch.LineRefused)}
}

// A sheet as a school has it: own headings and words, a title above, several
// rows for one course, and errors.
const odd = `Kursplan 2027;;;;;;;
Kursnavn;Nivå;Oppstart;Opptakstype;Undervisningsform;Studiested;Antall plasser;Kursavgift
Sveising;Fagskole;15.01.2027;Felles oppstart;Samlingsbasert;Røros;20;12 500
Sveising;Fagskole;;Løpende;Nettbasert;;;0
Lafting;kurs;01.02.2027;Fast oppstart;På campus;5025;8;
Brøyting;kurs;31.02.2027;Fast oppstart;På campus;5025;8;
Bolverk;kurs;01.03.2027;Av og til;På campus;5025;8;
Fiske;;01.03.2027;Fast oppstart;På campus;Atlantis;mange;
`

func TestOddSheet(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	b := h.batch(odd, h.provider, true)
	plan, err := batch.New(h.Service).PlanImport(ctx, h.teacher, b)
	if err != nil {
		t.Fatal(err)
	}
	// Sveising, Lafting, Brøyting and Bolverk are new programmes; three offerings
	// are good, two are not, and Fiske has no level.
	if got := counts(plan); got != [4]int{7, 0, 0, 3} {
		t.Errorf("dry run: new, changed, unchanged, refused %v: %+v", got, plan.Lines)
	}
	problems := map[int]string{}
	for _, l := range plan.Lines {
		for _, p := range l.Problems {
			problems[l.Row] += p.Name + " "
		}
	}
	for row, want := range map[int]string{6: "start_date ", 7: "start_type ", 8: "level "} {
		if problems[row] != want {
			t.Errorf("row %d: %q, want %q", row, problems[row], want)
		}
	}
	if all, err := h.List(ctx, supply.Filter{All: true}); err != nil || all.Total != 0 {
		t.Fatalf("the dry run saved %d, %v", all.Total, err)
	}

	done, err := batch.New(h.Service).Import(ctx, h.teacher, h.batch(odd, h.provider, true))
	if err != nil || counts(done) != counts(plan) {
		t.Fatalf("import %v, dry run %v: %v", counts(done), counts(plan), err)
	}
	again, err := batch.New(h.Service).Import(ctx, h.teacher, h.batch(odd, h.provider, true))
	if err != nil || counts(again) != [4]int{0, 0, 7, 3} {
		t.Errorf("second import: %v %v", counts(again), err)
	}
	all, err := h.List(ctx, supply.Filter{All: true, Sort: supply.ByTitle})
	if err != nil || all.Total != 3 {
		t.Fatalf("%d offerings, %v", all.Total, err)
	}
	weld := all.Items[1]
	if weld.Offering.Start != clock.MustDate("2027-01-15") || weld.Offering.Gatherings[0].Municipality != "5025" || weld.Offering.Price.Year != 2026 {
		t.Errorf("%+v", weld.Offering)
	}
}

const programmes = "id\ttitle\tlevel\nP1\tSveising\tfagskole\nP2\tLafting\tkurs\n"
const offerings = "id\tprogramme_id\tstart_type\tdelivery\tplaces\nO1\tP1\tLOPENDE\tnett\t20\nO2\tP2\tFELLES\tcampus\t\nO3\tP9\tFELLES\tcampus\t\nO1\tP2\tFELLES\tcampus\t\n"

// Two files, one of programmes and one of offerings, as the header lines of our
// own files have them.
func TestTwoFiles(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	if p, err := batch.New(h.Service).Import(ctx, h.teacher, h.batch(programmes, h.provider, false)); err != nil || counts(p) != [4]int{2, 0, 0, 0} {
		t.Fatalf("%v %v", counts(p), err)
	}
	p, err := batch.New(h.Service).Import(ctx, h.teacher, h.batch(offerings, h.provider, false))
	if err != nil || counts(p) != [4]int{2, 0, 0, 2} {
		t.Fatalf("%v %v", counts(p), err)
	}
	keys := ""
	for _, l := range p.Lines {
		for _, problem := range l.Problems {
			keys += string(problem.Key) + " "
		}
	}
	if !strings.Contains(keys, "supply.error.programme_unknown") || !strings.Contains(keys, "supply.error.twice") {
		t.Errorf("refused for %s", keys)
	}
	// What is new is a concept until it is published.
	if all, err := h.List(ctx, supply.Filter{All: true}); err != nil || all.Total != 0 {
		t.Errorf("%d are public, %v", all.Total, err)
	}
}

// A change in the file is shown field by field, and what the file no longer has
// is named, not deleted.
func TestDifferences(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	if _, err := batch.New(h.Service).Import(ctx, h.teacher, h.batch(programmes, h.provider, true)); err != nil {
		t.Fatal(err)
	}
	if _, err := batch.New(h.Service).Import(ctx, h.teacher, h.batch(offerings, h.provider, true)); err != nil {
		t.Fatal(err)
	}
	changed := "id\tprogramme_id\tstart_type\tdelivery\tplaces\nO1\tP1\tLOPENDE\tblandet\t25\n"
	plan, err := batch.New(h.Service).PlanImport(ctx, h.teacher, h.batch(changed, h.provider, true))
	if err != nil || counts(plan) != [4]int{0, 1, 0, 0} {
		t.Fatalf("%v %v", counts(plan), err)
	}
	want := []offer.Diff{{Field: "form", Before: "nett", After: "blandet"}, {Field: "max_places", Before: "20", After: "25"}}
	if got := plan.Lines[0].Diffs; len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("differences %+v", got)
	}
	if len(plan.Missing) != 1 || plan.Missing[0].SourceID != "O2" {
		t.Errorf("missing %+v", plan.Missing)
	}
	both := "id\tprogramme_id\tstart_type\tdelivery\nO1\tP1\tLOPENDE\tblandet\nO4\tP1\tFELLES\tcampus\n"
	if _, err := batch.New(h.Service).Import(ctx, h.teacher, h.batch(both, h.provider, true)); err != nil {
		t.Fatal(err)
	}
	plan, err = batch.New(h.Service).PlanImport(ctx, h.teacher, h.batch(changed, h.provider, true))
	if err != nil || len(plan.Missing) != 2 || plan.Missing[1].SourceID != "O4" {
		t.Errorf("missing %+v %v", plan.Missing, err)
	}
	// A column the file does not have changes nothing.
	hits, err := h.List(ctx, supply.Filter{Deliveries: []offer.Delivery{offer.Mixed}})
	if err != nil || hits.Total != 1 || hits.Items[0].Offering.MaxPlaces != 20 {
		t.Errorf("%+v %v", hits, err)
	}
}

// Only the provider's own people import for it; the county for anyone it can
// name.
func TestWhoMayImport(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	other := h.organisation("Røros videregående skole")
	if _, err := batch.New(h.Service).PlanImport(ctx, h.teacher, h.batch(programmes, other, false)); !fault.Is(err, fault.Denied) {
		t.Errorf("for another: %v", err)
	}
	if _, err := batch.New(h.Service).PlanImport(ctx, access.Actor{}, h.batch(programmes, "", false)); !fault.Is(err, fault.Denied) {
		t.Errorf("visitor: %v", err)
	}
	named := "title\tlevel\tprovider\nSveising\tkurs\tFagskolen\nLafting\tkurs\tRøros videregående skole\nSang\tkurs\tSkolen som ikke finnes\n"
	plan, err := batch.New(h.Service).PlanImport(ctx, h.officer, h.batch(named, "", false))
	if err != nil || counts(plan) != [4]int{2, 0, 0, 1} {
		t.Errorf("county: %v %v", counts(plan), err)
	}
	plan, err = batch.New(h.Service).PlanImport(ctx, h.teacher, h.batch(named, h.provider, false))
	if err != nil || counts(plan) != [4]int{1, 0, 0, 2} {
		t.Errorf("teacher: %v %v", counts(plan), err)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, data := range map[string]string{"PDF": "%PDF-1.7 x", "nothing": "", "zip bomb's head": "PK\x03\x04" + strings.Repeat("\x00", 100)} {
		if _, err := intake.Read(name, strings.NewReader(data), int64(len(data))); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := intake.Read("stor", bytes.NewReader(nil), intake.MaxFile+1); !fault.Is(err, fault.TooLarge) {
		t.Errorf("large: %v", err)
	}
	long := "title\tlevel\n" + strings.Repeat("Kurs\tkurs\n", batch.MaxImport+200)
	if _, err := intake.Read("lang", strings.NewReader(long), int64(len(long))); !fault.Is(err, fault.Invalid) {
		t.Errorf("long: %v", err)
	}
	colours := "farge;størrelse\nrød;3\n"
	c, err := intake.Read("x", strings.NewReader(colours), int64(len(colours)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Batch("", nil, now.Today()); !fault.Is(err, fault.Invalid) {
		t.Errorf("no known column: %v", err)
	}
}

// TestByteOrderMark: what an editor on Windows puts first in a file is no part of it.
func TestByteOrderMark(t *testing.T) {
	for source, doc := range map[string]string{"oeapi": `[{"programmeId":"a"}]`, "elm": `{"@context":"http://data.europa.eu/snb/model/elm/","@type":"Qualification","title":"Lafting"}`,
		"schema.org": `{"@context":"https://schema.org","@type":"Course","name":"Lafting"}`} {
		data := "\uFEFF" + doc
		c, err := intake.Read("fil.json", strings.NewReader(data), int64(len(data)))
		if err != nil || c.Source != source {
			t.Fatalf("%s: %v, %q", source, err, c.Source)
		}
		if b, err := c.Batch("", nil, clock.Date{}); err != nil || len(b.Programmes) != 1 {
			t.Errorf("%s: %v, %d programmes", source, err, len(b.Programmes))
		}
	}
}

// The same table as XLSX and as CSV is the same batch.
func TestXLSX(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	var buf bytes.Buffer
	err := sheet.WriteXLSX(&buf, sheet.Table{Name: "Kurs", Columns: []sheet.Column{{Title: "Tittel"}, {Title: "Nivå"}, {Title: "Starttype"}, {Title: "Form"}, {Title: "Startdato", Kind: sheet.Day}},
		Rows: [][]any{{"Sveising", "fagskole", "FELLES", "campus", clock.MustDate("2028-02-29")}}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := intake.Read("x.csv", bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	b, err := c.Batch(h.provider, h.places, now.Today())
	if err != nil {
		t.Fatal(err)
	}
	b.Publish = true
	if _, err := batch.New(h.Service).Import(ctx, h.teacher, b); err != nil {
		t.Fatal(err)
	}
	hits, err := h.List(ctx, supply.Filter{})
	if err != nil || hits.Total != 1 || hits.Items[0].Offering.Start != clock.MustDate("2028-02-29") {
		t.Errorf("%+v %v", hits, err)
	}
}

// Our own files of programmes and offerings go in whole.
func TestMatchingFiles(t *testing.T) {
	const folder = "../../../../../shared/data/matching/"
	ps, err := os.ReadFile(folder + "programmes.tsv")
	if err != nil {
		t.Skipf("the files of ../shared/data/matching are not here: %v", err)
	}
	offs, err := os.ReadFile(folder + "offerings.tsv")
	if err != nil {
		t.Skipf("the files of ../shared/data/matching are not here: %v", err)
	}
	ctx, h := context.Background(), newHouse(t)
	// The providers of the file are many and partly described, not named: one
	// stands for all here.
	b := h.batch(string(ps), h.provider, true)
	for i := range b.Programmes {
		b.Programmes[i].Provider = ""
	}
	if p, err := batch.New(h.Service).Import(ctx, h.teacher, b); err != nil || counts(p) != [4]int{194, 0, 0, 0} {
		t.Fatalf("programmes: %v %v", counts(p), err)
	}
	if p, err := batch.New(h.Service).Import(ctx, h.teacher, h.batch(string(offs), h.provider, true)); err != nil || counts(p) != [4]int{223, 0, 0, 0} {
		t.Fatalf("offerings: %v %v", counts(p), err)
	}
	s, err := h.Snapshot(ctx)
	if err != nil || len(s.Programmes) != 194 || len(s.Offerings) != 223 {
		t.Errorf("%d programmes, %d offerings, %v", len(s.Programmes), len(s.Offerings), err)
	}
	if p, err := batch.New(h.Service).PlanImport(ctx, h.teacher, h.batch(string(offs), h.provider, true)); err != nil || counts(p) != [4]int{0, 0, 223, 0} {
		t.Errorf("again: %v %v", counts(p), err)
	}
}
