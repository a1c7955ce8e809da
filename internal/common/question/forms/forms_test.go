package forms_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

var ctx = context.Background()

func nb(s string) i18n.Text { return i18n.Text{NB: s} }

func definition() question.Definition {
	return question.Definition{Title: nb("Ønsker"), Sections: []question.Section{
		{Name: "om", Title: nb("Om"), Questions: []question.Question{
			{Name: "navn", Kind: question.Text, Label: nb("Navn"), Required: true, Prefill: "org.name"},
			{Name: "plan", Kind: question.Single, Label: nb("Plan?"), Required: true, Choices: []question.Choice{{Code: "ja", Label: nb("Ja")}, {Code: "nei", Label: nb("Nei")}}},
			{Name: "hvilken", Kind: question.Text, Label: nb("Hvilken?"), ShowIf: "${plan} = 'ja'"},
		}},
		{Name: "behov", Title: nb("Behov"), Questions: []question.Question{
			{Name: "former", Kind: question.Multiple, Label: nb("Former"), Choices: []question.Choice{{Code: "nett", Label: nb("Nett")}, {Code: "samling", Label: nb("Samling")}}},
			{Name: "yrker", Kind: question.Table, Label: nb("Yrker"), Columns: []question.Question{
				{Name: "yrke", Kind: question.Concept, Label: nb("Yrke")}, {Name: "antall", Kind: question.Number, Label: nb("Antall"), Sum: true}}},
		}},
	}}
}

type house struct {
	*testing.T
	db    *db.DB
	forms *forms.Service
	orgs  []access.OrgID
	now   time.Time
	maker access.Actor
}

func newHouse(t *testing.T) *house {
	h := &house{T: t, db: dbtest.New(t), now: time.Date(2026, 11, 18, 9, 0, 0, 0, time.UTC)}
	c := clock.Clock(func() time.Time { return h.now })
	h.forms = forms.New(h.db, c, question.Can{})
	h.maker = access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleCaseOfficer}}}
	orgs := org.New(h.db, c, func(string) bool { return true })
	for _, name := range []string{"Ålen Sag", "Fjellhotellet"} {
		o, err := orgs.Register(ctx, access.SystemActor("test"), org.Registration{Kind: org.Company, Name: name, Municipality: "5025"})
		if err != nil {
			t.Fatal(err)
		}
		h.orgs = append(h.orgs, o.ID)
	}
	return h
}

func (h *house) get(f forms.ID) forms.Form {
	h.Helper()
	out, err := h.forms.Get(ctx, h.maker, f)
	if err != nil {
		h.Fatal(err)
	}
	return out
}

func (h *house) publish(f forms.ID) {
	h.Helper()
	if err := h.forms.Publish(ctx, h.maker, f, h.get(f).Version); err != nil {
		h.Fatal(err)
	}
}

func (h *house) published() forms.ID {
	h.Helper()
	f, err := h.forms.Create(ctx, h.maker, "onsker", definition())
	if err != nil {
		h.Fatal(err)
	}
	h.publish(f)
	return f
}

// in runs one function of an answer in a transaction, as a room does.
func in[T any](h *house, fn func(tx *db.Tx) (T, error)) (T, error) {
	var out T
	err := h.db.Write(ctx, func(tx *db.Tx) error {
		var err error
		out, err = fn(tx)
		return err
	})
	return out, err
}

func must[T any](h *house, fn func(tx *db.Tx) (T, error)) T {
	h.Helper()
	out, err := in(h, fn)
	if err != nil {
		h.Fatal(err)
	}
	return out
}

func (h *house) open(f forms.ID, subject string, o access.OrgID) forms.Answer {
	h.Helper()
	return must(h, func(tx *db.Tx) (forms.Answer, error) {
		return h.forms.Open(ctx, tx, h.maker, forms.Opening{Form: f, Subject: forms.Subject{Kind: "round", ID: subject}, Org: o, Who: "employer",
			Facts: map[string]forms.Prefill{"org.name": {Value: question.Value{Text: "Ålen Sag"}, Source: "Enhetsregisteret", Day: clock.MustDate("2026-11-01")}}})
	})
}

func (h *house) save(a forms.Answer, section string, v question.Values) forms.Answer {
	h.Helper()
	return must(h, func(tx *db.Tx) (forms.Answer, error) {
		return h.forms.SaveSection(ctx, tx, h.maker, a.ID, forms.At{Version: a.Version}, section, v)
	})
}

func (h *house) submit(a forms.Answer) forms.Answer {
	h.Helper()
	return must(h, func(tx *db.Tx) (forms.Answer, error) {
		return h.forms.Submit(ctx, tx, h.maker, a.ID, forms.At{Version: a.Version})
	})
}

func about(plan string) question.Values {
	return question.Values{"navn": {Text: "Ålen Sag"}, "plan": {Text: plan}, "hvilken": {Text: "tiårsplan"}}
}

func needs(antall ...string) question.Values {
	v := question.Value{}
	for _, n := range antall {
		v.Rows = append(v.Rows, question.Values{"yrke": {Text: "kokk", Code: "styrk08:5120"}, "antall": {Text: n}})
	}
	return question.Values{"former": {Codes: []string{"samling", "nett"}}, "yrker": v}
}

func TestVersionsOfAForm(t *testing.T) {
	h := newHouse(t)
	f := h.published()
	if err := h.forms.SaveDraft(ctx, h.maker, f, h.get(f).Version, definition()); !fault.Is(err, fault.Conflict) {
		t.Errorf("a published version was changed: %v", err)
	}
	if err := h.forms.NewVersion(ctx, h.maker, f, h.get(f).Version); err != nil {
		t.Fatal(err)
	}
	d := definition()
	d.Title = nb("Ønsker, ny")
	form := h.get(f)
	if err := h.forms.SaveDraft(ctx, h.maker, f, form.Version, d); err != nil {
		t.Fatal(err)
	}
	if err := h.forms.SaveDraft(ctx, h.maker, f, form.Version, d); !fault.Is(err, fault.Stale) {
		t.Errorf("a stale save: %v", err)
	}
	if err := h.forms.NewVersion(ctx, h.maker, f, h.get(f).Version); !fault.Is(err, fault.Conflict) {
		t.Errorf("two drafts: %v", err)
	}
	form = h.get(f)
	if len(form.Versions) != 2 || form.Versions[0].State != forms.Draft || form.Versions[1].Definition.Title.NB != "Ønsker" || form.Title != "Ønsker, ny" {
		t.Errorf("versions %+v", form)
	}
	h.publish(f)
	form = h.get(f)
	if form.Versions[0].State != forms.Published || form.Versions[1].State != forms.Retired || form.Versions[0].PublishedAt.IsZero() {
		t.Errorf("published %+v", form.Versions)
	}
	list, err := h.forms.List(ctx, h.maker)
	if err != nil || len(list) != 1 || list[0].Published != 2 || list[0].HasDraft {
		t.Errorf("list %+v %v", list, err)
	}
}

func TestWhatIsRefusedOfAForm(t *testing.T) {
	h := newHouse(t)
	if _, err := h.forms.Create(ctx, access.Actor{Account: access.NewAccountID()}, "x-y", definition()); !fault.Is(err, fault.Denied) {
		t.Errorf("anybody makes forms: %v", err)
	}
	if _, err := h.forms.Create(ctx, h.maker, "Æ Ø", definition()); !fault.Is(err, fault.Invalid) {
		t.Errorf("code: %v", err)
	}
	d := definition()
	d.Sections[0].Questions[2].ShowIf = "${finnes} = 1"
	f, err := h.forms.Create(ctx, h.maker, "halvferdig", d)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.forms.Create(ctx, h.maker, "halvferdig", d); !fault.Is(err, fault.Invalid) {
		t.Errorf("a code twice: %v", err)
	}
	err = h.forms.Publish(ctx, h.maker, f, 1)
	if e, ok := fault.As(err); !ok || len(e.Fields) != 1 || e.Fields[0].Name != "sections.0.questions.2.show_if" {
		t.Errorf("a faulty form was published: %v", err)
	}
	if err := h.forms.DropDraft(ctx, h.maker, f, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := h.forms.Get(ctx, h.maker, f); !fault.Is(err, fault.NotFound) {
		t.Errorf("a dropped form: %v", err)
	}
}

func TestAnswerIsKeptAsTypedAndSubmittedWhenRight(t *testing.T) {
	h := newHouse(t)
	f := h.published()
	a := h.open(f, "1", h.orgs[0])
	if a.Values["navn"].Text != "Ålen Sag" || a.Prefilled["navn"].Source != "Enhetsregisteret" {
		t.Errorf("prefilled %+v", a)
	}
	a = h.save(a, "om", about("nei"))
	a = h.save(a, "behov", needs("mange", "", "3"))
	if got := a.Values["yrker"].Rows; len(got) != 3 || got[0]["antall"].Text != "mange" || got[2]["yrke"].Code != "styrk08:5120" {
		t.Errorf("kept %+v", got)
	}
	if got := a.Values["former"].Codes; !slices.Equal(got, []string{"nett", "samling"}) {
		t.Errorf("ticks %v", got)
	}
	_, err := in(h, func(tx *db.Tx) (forms.Answer, error) {
		return h.forms.Submit(ctx, tx, h.maker, a.ID, forms.At{Version: a.Version})
	})
	if e, ok := fault.As(err); !ok || len(e.Fields) != 1 || e.Fields[0].Name != "answers.yrker.0.antall" {
		t.Fatalf("submitted with a word for a number: %v", err)
	}
	a = h.submit(h.save(a, "behov", needs("2", "", "3")))
	if a.State != forms.Submitted || a.Sent["plan"].Text != "nei" || !a.Sent["hvilken"].IsEmpty() || a.Values["hvilken"].Text != "tiårsplan" {
		t.Errorf("sent %+v, draft %+v", a.Sent, a.Values)
	}
	_, err = in(h, func(tx *db.Tx) (forms.Answer, error) {
		return h.forms.SaveSection(ctx, tx, h.maker, a.ID, forms.At{Version: a.Version}, "om", about("ja"))
	})
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("a submitted answer was changed: %v", err)
	}
}

// TestAnswerKeepsItsVersion changes the form under an answer.
func TestAnswerKeepsItsVersion(t *testing.T) {
	h := newHouse(t)
	f := h.published()
	a := h.open(f, "1", h.orgs[0])
	if err := h.forms.NewVersion(ctx, h.maker, f, h.get(f).Version); err != nil {
		t.Fatal(err)
	}
	d := definition()
	d.Sections[0].Questions = d.Sections[0].Questions[:1]
	if err := h.forms.SaveDraft(ctx, h.maker, f, h.get(f).Version, d); err != nil {
		t.Fatal(err)
	}
	h.publish(f)
	if again := h.open(f, "1", h.orgs[0]); again.ID != a.ID || again.Nr != 1 || len(again.Definition.Sections[0].Questions) != 3 {
		t.Errorf("the answer is to version %d now", again.Nr)
	}
	if other := h.open(f, "1", h.orgs[1]); other.Nr != 2 {
		t.Errorf("a new answer is to version %d", other.Nr)
	}
	if err := h.forms.Retire(ctx, h.maker, f, h.get(f).Version, true); err != nil {
		t.Fatal(err)
	}
	_, err := in(h, func(tx *db.Tx) (forms.Answer, error) {
		return h.forms.Open(ctx, tx, h.maker, forms.Opening{Form: f, Subject: forms.Subject{Kind: "round", ID: "9"}})
	})
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("a retired form was opened: %v", err)
	}
}

func TestStaleSavesAndOwnSaves(t *testing.T) {
	h := newHouse(t)
	a := h.open(h.published(), "1", h.orgs[0])
	save := func(at forms.At, plan string) error {
		_, err := in(h, func(tx *db.Tx) (forms.Answer, error) {
			return h.forms.SaveSection(ctx, tx, h.maker, a.ID, at, "om", about(plan))
		})
		return err
	}
	mine := forms.At{Version: a.Version, Drawing: "drawing-one"}
	for _, plan := range []string{"ja", "nei"} {
		if err := save(mine, plan); err != nil {
			t.Errorf("my own save: %v", err)
		}
	}
	if err := save(forms.At{Version: a.Version, Drawing: "drawing-two"}, "ja"); !fault.Is(err, fault.Stale) {
		t.Errorf("somebody else's save: %v", err)
	}
}

func TestReopenedSectionBySection(t *testing.T) {
	h := newHouse(t)
	a := h.open(h.published(), "1", h.orgs[0])
	a = h.submit(h.save(h.save(a, "om", about("ja")), "behov", needs("2")))
	reopen := func(sections []string, reason string) (forms.Answer, error) {
		return in(h, func(tx *db.Tx) (forms.Answer, error) {
			return h.forms.Reopen(ctx, tx, h.maker, a.ID, a.Version, sections, reason)
		})
	}
	if _, err := reopen([]string{"behov"}, " "); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	if _, err := reopen([]string{"finnes_ikke"}, "Fordi"); !fault.Is(err, fault.Invalid) {
		t.Errorf("an unknown section: %v", err)
	}
	a, err := reopen([]string{"behov"}, "Antallet mangler for én stilling")
	if err != nil || a.CanChange("om") || !a.CanChange("behov") || a.Open[0].Reason != "Antallet mangler for én stilling" {
		t.Fatalf("reopened %+v %v", a.Open, err)
	}
	a = h.save(a, "behov", needs("2", "5"))
	if len(a.Sent["yrker"].Rows) != 1 {
		t.Error("what is being changed counts before it is submitted")
	}
	a = h.submit(a)
	if a.Submissions != 2 || len(a.Open) != 0 || len(a.Sent["yrker"].Rows) != 2 {
		t.Errorf("submitted again: %+v", a)
	}
	kept := must(h, func(tx *db.Tx) ([]forms.Submission, error) { return h.forms.Submissions(ctx, tx, a.ID) })
	if len(kept) != 2 || len(kept[0].Answers["yrker"].Rows) != 1 || len(kept[1].Answers["yrker"].Rows) != 2 {
		t.Errorf("kept %+v", kept)
	}
}

func TestUnchangedSinceLast(t *testing.T) {
	h := newHouse(t)
	f := h.published()
	a := h.open(f, "1", h.orgs[0])
	unchanged := func(a forms.Answer, before forms.AnswerID) (forms.Answer, error) {
		return in(h, func(tx *db.Tx) (forms.Answer, error) {
			return h.forms.Unchanged(ctx, tx, h.maker, a.ID, before, forms.At{Version: a.Version}, "behov")
		})
	}
	if _, err := unchanged(a, a.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("an answer is its own last one: %v", err)
	}
	first := h.submit(h.save(h.save(a, "om", about("ja")), "behov", needs("2", "4")))
	h.now = h.now.AddDate(1, 0, 0)
	b := h.open(f, "2", h.orgs[0])
	other := h.open(f, "2", h.orgs[1])
	if other.ID == b.ID {
		t.Fatal("two organisations share an answer")
	}
	if _, err := unchanged(other, first.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("one organisation takes over the answer of another: %v", err)
	}
	b, err := unchanged(b, first.ID)
	if err != nil {
		t.Fatal(err)
	}
	if b.Unchanged["behov"] != first.ID || len(b.Values["yrker"].Rows) != 2 || b.Values["yrker"].Rows[1]["antall"].Text != "4" {
		t.Errorf("taken over %+v %v", b.Unchanged, b.Values)
	}
	b = h.save(b, "behov", needs("3"))
	if b.Unchanged["behov"] != "" {
		t.Error("changed, and still called unchanged")
	}
}

func TestCounting(t *testing.T) {
	h := newHouse(t)
	f := h.published()
	round := forms.Subject{Kind: "round", ID: "1"}
	h.submit(h.save(h.save(h.open(f, "1", h.orgs[0]), "om", about("ja")), "behov", needs("2", "4")))
	b := h.save(h.open(f, "1", h.orgs[1]), "om", about("ja"))
	h.submit(h.save(h.save(h.open(f, "2", h.orgs[1]), "om", about("ja")), "behov", needs("9")))
	q := func(name string) question.Question { x, _, _ := definition().Find(name); return x }
	tally := func(name string) []forms.Tallied {
		return must(h, func(tx *db.Tx) ([]forms.Tallied, error) { return h.forms.Tally(ctx, tx, round, f, q(name)) })
	}
	if got := tally("plan"); !slices.Equal(got, []forms.Tallied{{"ja", 1}}) {
		t.Errorf("a draft is counted: %v", got)
	}
	h.submit(b)
	if got := tally("plan"); !slices.Equal(got, []forms.Tallied{{"ja", 2}}) {
		t.Errorf("plan %v", got)
	}
	if got := tally("former"); !slices.Equal(got, []forms.Tallied{{"nett", 1}, {"samling", 1}}) {
		t.Errorf("former %v", got)
	}
	if got := tally("yrke"); !slices.Equal(got, []forms.Tallied{{"styrk08:5120", 1}}) {
		t.Errorf("yrke %v", got)
	}
	sum := must(h, func(tx *db.Tx) (forms.Total, error) { return h.forms.Sum(ctx, tx, round, f, q("antall")) })
	if sum != (forms.Total{Answers: 1, Total: 6}) {
		t.Errorf("sum %+v", sum)
	}
	states := must(h, func(tx *db.Tx) (map[forms.AnswerState]int, error) { return h.forms.Count(ctx, tx, round) })
	if states[forms.Submitted] != 2 || len(states) != 1 {
		t.Errorf("states %v", states)
	}
	if _, err := in(h, func(tx *db.Tx) ([]forms.Tallied, error) { return h.forms.Tally(ctx, tx, round, f, q("navn")) }); !fault.Is(err, fault.Conflict) {
		t.Errorf("texts were counted: %v", err)
	}
}

func TestDiscardAndBounds(t *testing.T) {
	h := newHouse(t)
	a := h.open(h.published(), "1", h.orgs[0])
	_, err := in(h, func(tx *db.Tx) (forms.Answer, error) {
		return h.forms.SaveSection(ctx, tx, h.maker, a.ID, forms.At{Version: a.Version}, "om", question.Values{"navn": {Text: strings.Repeat("å", 200_000)}})
	})
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("a book was stored: %v", err)
	}
	if _, err := in(h, func(tx *db.Tx) (bool, error) { return true, h.forms.Discard(ctx, tx, h.maker, a.ID, a.Version) }); err != nil {
		t.Fatal(err)
	}
	if _, err := in(h, func(tx *db.Tx) (forms.Answer, error) { return h.forms.Load(ctx, tx, a.ID) }); !fault.Is(err, fault.NotFound) {
		t.Errorf("still there: %v", err)
	}
}
