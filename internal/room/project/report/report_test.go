package report_test

import (
	"context"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/file"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/report"
)

const doc = `{"code": "f", "title": {"nb": "Folk til kysten"}, "goal": {"nb": "Flere folk"}, "audience": {"nb": "Ungdom"}, "method": {"nb": "Vi møtes"}, "transfer": {"nb": "Alle 17 kommunene er ulike"}, "next": {"nb": "Hagen tar det videre"},
 "from": "2013-03-01", "to": "2015-12-01", "state": "running", "owner": "Fylket", "region": "bolyst-2013", "money": [{"payer": "Fylket", "planned": 300000}, {"payer": "Staten", "planned": 1}],
 "members": [{"sort": "manager", "role": "prosjektleder"}, {"sort": "steering", "role": "ordfører", "leads": true}, {"sort": "contact", "role": "rådgiver"}],
 "agreements": [{"hub": "Hagen", "municipalities": ["1621"], "from": "2013-03-01"}, {"hub": "Hagen", "municipalities": ["1622"], "from": "2014-01-01"}],
 "notes": [{"kind": "meeting", "words": "Møte i alle kommunene", "attended": 2, "invited": 2}, {"kind": "workshop", "words": "Arbeidsmøte"}, {"kind": "conference", "words": "Konferanse", "day": "2014-05-01"}],
 "projects": [{"code": "1", "title": {"nb": "En"}, "state": "reported"}, {"code": "2", "title": {"nb": "To"}, "state": "reported"}]}`

var (
	system  = access.SystemActor("test")
	county  = access.Actor{Account: "0190f5fe-7c00-7a00-8000-000000000001", Roles: []access.Assignment{{Role: access.RoleCaseOfficer}}}
	visitor = access.Actor{}
	day     = clock.MustDate("2013-05-30")
)

type house struct {
	*report.Service
	t       *testing.T
	project project.ID
}

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
	tick := clock.Clock(func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) })
	d := dbtest.New(t)
	projects := project.New(project.Deps{DB: d, Clock: tick, Places: places, OrgNamed: func(context.Context, *db.Tx, string) (access.OrgID, error) { return "", nil }})
	read, err := project.ReadDocument([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	in, err := projects.TakeIn(t.Context(), system, read)
	if err != nil {
		t.Fatal(err)
	}
	all := forms.New(d, tick, question.Can{Files: true})
	if err := all.LoadStarter(t.Context()); err != nil {
		t.Fatal(err)
	}
	folder, err := file.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := report.New(report.Deps{DB: d, Clock: tick, Projects: projects, Forms: all})
	s.Attach = attach.New(attach.Deps{DB: d, Store: folder, Clock: tick, Objects: object.New(report.Object(s), report.AnswerObject(s)), Log: slog.New(slog.DiscardHandler)})
	return &house{Service: s, t: t, project: in.Project}
}

func (h *house) begin(code string, year int) report.Report {
	h.t.Helper()
	r, err := h.Begin(h.t.Context(), county, h.project, report.Beginning{Code: code, Year: year, Day: clock.MustDate(strconv.Itoa(year) + "-05-30")})
	if err != nil {
		h.t.Fatal(err)
	}
	return h.get(r)
}

func (h *house) get(r report.ID) report.Report {
	h.t.Helper()
	x, err := h.Get(h.t.Context(), county, r)
	if err != nil {
		h.t.Fatal(err)
	}
	return x
}

func (h *house) save(r report.ID, section string, values question.Values) report.Report {
	h.t.Helper()
	x := h.get(r)
	all := question.Values{}
	sec, _ := x.Answer.Definition.Section(section)
	for _, q := range sec.Questions {
		if v, ok := x.Answer.Values[q.Name]; ok {
			all[q.Name] = v
		}
	}
	for name, v := range values {
		all[name] = v
	}
	x, err := h.Save(h.t.Context(), county, r, forms.At{Version: x.Answer.Version}, section, all)
	if err != nil {
		h.t.Fatal(err)
	}
	return x
}

func (h *house) move(r report.ID, to flow.State, ref string) error {
	x := h.get(r)
	return h.Move(h.t.Context(), county, r, report.Moving{To: to, On: clock.MustDate("2013-06-10"), Ref: ref, Version: x.Version})
}

// complete answers what the register does not know.
func (h *house) complete(r report.ID) {
	h.t.Helper()
	h.save(r, "effekt", question.Values{"fremdrift": {Text: "a"}})
	h.save(r, "avslutning", question.Values{"malsettinger": {Codes: []string{"a", "e"}}})
	x := h.get(r)
	if err := h.AddFile(h.t.Context(), county, r, forms.At{Version: x.Answer.Version}, "regnskap", attach.Upload{Name: "regnskap.txt", Content: strings.NewReader("Inn 100, ut 100"), Size: 15}); err != nil {
		h.t.Fatal(err)
	}
}

// TestPrefill: what the register knows on the day of the report is filled in, with its source.
func TestPrefill(t *testing.T) {
	h := newHouse(t)
	x := h.begin(forms.Bolyst2013, 2013)
	for name, want := range map[string]string{"kommune": "Fylket", "prosjektnavn": "Folk til kysten", "prosjektleder": "prosjektleder", "styringsgruppeleder": "ordfører", "kontakt_fk": "rådgiver", "maal": "Flere folk", "maalgrupper": "Ungdom",
		"resultat_aktiviteter": "Arbeidsmøte", "metodikk": "Vi møtes", "overforingsverdi": "Alle 17 kommunene er ulike", "kommunikasjon": "Møte i alle kommunene (2/2)", "videreforing": "Hagen tar det videre"} {
		if got := x.Answer.Values[name].Text; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		if p := x.Answer.Prefilled[name]; !strings.HasPrefix(p.Source, report.Source) || p.Day != day {
			t.Errorf("%s is from %q on %s", name, p.Source, p.Day)
		}
	}
	if got := x.Answer.Values["forankring"].Codes; !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("who stands behind it: %v", got)
	}
	if filled, asked := x.Known(); filled != 13 || asked != 18 {
		t.Errorf("%d of %d are filled in", filled, asked)
	}
	// A conference of the year after is no part of it, but of the next.
	if got := h.begin(forms.Bolyst2013, 2014).Answer.Values["kommunikasjon"].Text; !strings.Contains(got, "Konferanse") {
		t.Errorf("the next year: %q", got)
	}
}

// TestOneAYear: another report on the same form for the same year is refused, and one who does
// not write for the project begins none.
func TestOneAYear(t *testing.T) {
	h := newHouse(t)
	h.begin(forms.Bolyst2013, 2013)
	b := report.Beginning{Code: forms.Bolyst2013, Year: 2013, Day: day}
	for name, tt := range map[string]struct {
		actor access.Actor
		b     report.Beginning
		kind  fault.Kind
	}{"again": {county, b, fault.Invalid}, "a visitor": {visitor, report.Beginning{Code: b.Code, Year: 2014, Day: day}, fault.Denied}, "no form": {county, report.Beginning{Code: "nei", Year: 2014, Day: day}, fault.Invalid},
		"no day": {county, report.Beginning{Code: b.Code, Year: 2014}, fault.Invalid}, "another age": {county, report.Beginning{Code: b.Code, Year: 1913, Day: day}, fault.Invalid}} {
		if _, err := h.Begin(t.Context(), tt.actor, h.project, tt.b); !fault.Is(err, tt.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWords: 250 words are taken and 251 refused, where the report is handed in (O-6).
func TestWords(t *testing.T) {
	h := newHouse(t)
	r := h.begin(forms.Bolyst2013, 2013).ID
	h.complete(r)
	h.save(r, "arbeidet", question.Values{"overforingsverdi": {Text: "Mange kan bruke det"}})
	for _, n := range []int{251, 250} {
		h.save(r, "avslutning", question.Values{"videreforing": {Text: strings.TrimSpace(strings.Repeat("ord ", n))}})
		err := h.move(r, report.InApproval, "")
		if f, ok := fault.As(err); n == 251 && (!ok || len(f.Fields) != 1 || f.Fields[0].Name != question.FieldOf("videreforing")) {
			t.Errorf("251 words: %v", err)
		}
		if n == 250 && err != nil {
			t.Errorf("250 words: %v", err)
		}
	}
}

// TestAccounts must be attached.
func TestAccounts(t *testing.T) {
	h := newHouse(t)
	r := h.begin(forms.Bolyst2013, 2013).ID
	h.save(r, "effekt", question.Values{"fremdrift": {Text: "a"}})
	h.save(r, "avslutning", question.Values{"malsettinger": {Codes: []string{"a"}}})
	h.save(r, "arbeidet", question.Values{"overforingsverdi": {Text: "Ja"}})
	f, ok := fault.As(h.move(r, report.InApproval, ""))
	if !ok || len(f.Fields) != 1 || f.Fields[0].Name != question.FieldOf("regnskap") {
		t.Errorf("without accounts: %v", f)
	}
}

// TestRemarks: the two contradictions of the sample are remarked on, hinder until somebody says
// why they are right, and come back when the answer is another.
func TestRemarks(t *testing.T) {
	h := newHouse(t)
	r := h.begin(forms.Bolyst2013, 2013).ID
	h.complete(r)
	h.save(r, "effekt", question.Values{"fremdrift": {Text: "a"}, "oppnaadde_resultater": {Text: "b"}, "geografisk_effekt": {Text: "fylket"}})
	x := h.get(r)
	if len(x.Remarks) != 2 || x.Remarks[0].Name != "antall_kommuner" || !slices.Equal(x.Remarks[0].Written, []int{17}) || x.Remarks[0].Then != 17 || x.Remarks[0].Last != 19 || x.Remarks[1].Name != "hvor_effekten_er" {
		t.Fatalf("remarks: %+v", x.Remarks)
	}
	if err := h.move(r, report.InApproval, ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("handed in with remarks: %v", err)
	}
	for _, m := range x.Remarks {
		if err := h.Accept(t.Context(), county, r, m.Name, " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("accepted without a reason: %v", err)
		}
		if err := h.Accept(t.Context(), county, r, m.Name, "Det stemmer, se protokollen"); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(h.get(r).Unaccepted()); n != 0 {
		t.Errorf("%d are left", n)
	}
	h.save(r, "arbeidet", question.Values{"overforingsverdi": {Text: "Alle 5 kommunene"}})
	if left := h.get(r).Unaccepted(); len(left) != 1 || !slices.Equal(left[0].Written, []int{5}) {
		t.Errorf("after another answer: %+v", left)
	}
	if err := h.Accept(t.Context(), county, r, "finnes_ikke", "Nei"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a remark that is not there: %v", err)
	}
	h.save(r, "effekt", question.Values{"geografisk_effekt": {Text: "kommuner"}})
	if n := len(h.get(r).Remarks); n != 1 {
		t.Errorf("corrected, %d remarks are left", n)
	}
}

// TestWay takes a report to its receiver and back: locked when it is handed in, open when it is
// sent but for the accounts, and to be written again when it is returned.
func TestWay(t *testing.T) {
	h := newHouse(t)
	r := h.begin(forms.Bolyst2013, 2013).ID
	h.complete(r)
	h.save(r, "arbeidet", question.Values{"overforingsverdi": {Text: "Ja"}})
	if _, err := h.Get(t.Context(), visitor, r); !fault.Is(err, fault.NotFound) {
		t.Errorf("a visitor reads the draft: %v", err)
	}
	if err := h.move(r, report.InApproval, ""); err != nil {
		t.Fatal(err)
	}
	x := h.get(r)
	if x.Ball.Party != flow.Steering {
		t.Errorf("the ball: %+v", x.Ball)
	}
	if _, err := h.Save(t.Context(), county, r, forms.At{Version: x.Answer.Version}, "hensikt", question.Values{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("written in while it is up for approval: %v", err)
	}
	if err := h.Delete(t.Context(), county, r, x.Version); !fault.Is(err, fault.Conflict) {
		t.Errorf("deleted after it was handed in: %v", err)
	}
	if err := h.move(r, report.Approved, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("approved nowhere: %v", err)
	}
	for _, m := range []struct {
		to  flow.State
		ref string
	}{{report.Approved, "Sak 4/13"}, {report.Sent, "Departementet"}} {
		if err := h.move(r, m.to, m.ref); err != nil {
			t.Fatalf("%s: %v", m.to, err)
		}
	}
	seen, err := h.Get(t.Context(), visitor, r)
	if err != nil || seen.Says()["maal"].Text != "Flere folk" || !seen.Says()["regnskap"].IsEmpty() {
		t.Errorf("a visitor reads %+v %v", seen.Says(), err)
	}
	if err := h.move(r, report.Draft, "Regnskapet mangler en side"); err != nil {
		t.Fatal(err)
	}
	if x := h.get(r); x.State != report.Draft || !x.Answer.CanChange("hensikt") {
		t.Errorf("returned: %+v", x.State)
	}
	h.save(r, "hensikt", question.Values{"maal": {Text: "Enda flere folk"}})
	if _, err := h.Get(t.Context(), visitor, r); !fault.Is(err, fault.NotFound) {
		t.Errorf("a visitor reads what was returned: %v", err)
	}
}

// TestYears: the report of the year after shows what the last one said, and takes over a section.
func TestYears(t *testing.T) {
	h := newHouse(t)
	r := h.begin(forms.Bolyst2013, 2013).ID
	h.complete(r)
	h.save(r, "arbeidet", question.Values{"overforingsverdi": {Text: "Ja"}})
	for _, to := range []flow.State{report.InApproval, report.Approved, report.Sent} {
		if err := h.move(r, to, "Sak 4"); err != nil {
			t.Fatal(err)
		}
	}
	next := h.begin(forms.Bolyst2013, 2014)
	if next.Last == nil || next.Last.Sent["overforingsverdi"].Text != "Ja" {
		t.Fatalf("the last report: %+v", next.Last)
	}
	if same := next.Same(); !slices.Contains(same, "maal") || slices.Contains(same, "overforingsverdi") {
		t.Errorf("the same as last year: %v", same)
	}
}

// TestOthersForm: what one report says is filled in in another of the year, with that as source.
func TestOthersForm(t *testing.T) {
	h := newHouse(t)
	r := h.begin(forms.Bolyst2013, 2013).ID
	h.save(r, "hensikt", question.Values{"maal": {Text: "Flere folk, og halvveis dit"}})
	x := h.begin(forms.CountyReport, 2013)
	if got := x.Answer.Values["maal"].Text; got != "Flere folk, og halvveis dit" {
		t.Errorf("the aim: %q", got)
	}
	if got := x.Answer.Prefilled["maal"].Source; got != "Årlig rapport BOLYST" {
		t.Errorf("it is from %q", got)
	}
	if got := x.Answer.Prefilled["samlinger"].Source; !strings.HasPrefix(got, report.Source) {
		t.Errorf("what no report changed is from %q", got)
	}
}

// TestAsk begins a report for each project under one, once.
func TestAsk(t *testing.T) {
	h := newHouse(t)
	b := report.Beginning{Code: forms.CountyReport, Year: 2026, Day: clock.MustDate("2026-11-23"), Due: clock.MustDate("2026-12-15")}
	for i, want := range []int{2, 0} {
		if n, err := h.Ask(t.Context(), county, h.project, b); n != want || err != nil {
			t.Errorf("%d: %d %v", i, n, err)
		}
	}
	list, err := h.List(t.Context(), county, report.Filter{Year: 2026})
	if err != nil || len(list) != 2 || list[0].Late || list[0].Due != b.Due {
		t.Errorf("%+v %v", list, err)
	}
	if x := h.get(list[0].ID); x.Ball.Due != b.Due {
		t.Errorf("the ball: %+v", x.Ball)
	}
	if list, err := h.List(t.Context(), visitor, report.Filter{}); err != nil || len(list) != 0 {
		t.Errorf("a visitor lists %d %v", len(list), err)
	}
	b.Due = clock.MustDate("2026-11-22")
	if _, err := h.Ask(t.Context(), county, h.project, b); !fault.Is(err, fault.Invalid) {
		t.Errorf("due yesterday: %v", err)
	}
}

// TestDelete takes a draft away with its files, and another can be begun.
func TestDelete(t *testing.T) {
	h := newHouse(t)
	r := h.begin(forms.Bolyst2013, 2013).ID
	h.complete(r)
	if err := h.Delete(t.Context(), county, r, h.get(r).Version); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Get(t.Context(), county, r); !fault.Is(err, fault.NotFound) {
		t.Errorf("it is still there: %v", err)
	}
	h.begin(forms.Bolyst2013, 2013)
}

// TestBlank is what a report would say, and stores nothing.
func TestBlank(t *testing.T) {
	h := newHouse(t)
	x, err := h.Blank(t.Context(), system, h.project, forms.Bolyst2013)
	if err != nil || x.Says()["maal"].Text != "Flere folk" || x.Year != 2015 {
		t.Errorf("%d %v %v", x.Year, x.Says(), err)
	}
	if list, err := h.List(t.Context(), system, report.Filter{}); err != nil || len(list) != 0 {
		t.Errorf("stored: %s %v", strconv.Itoa(len(list)), err)
	}
}
