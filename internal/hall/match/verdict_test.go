package match_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/site/sitetest"
)

// judge gives a verdict as somebody, and answers the fault.
func judge(h *sitetest.House, role string, n need.ID, in match.Judging) error {
	return h.Match.Judge(context.Background(), h.Actor(role), n, in)
}

// must gives a verdict on an education as the owner of the need.
func must(t *testing.T, h *sitetest.House, n need.ID, o match.Offer, v match.Value) {
	t.Helper()
	in := match.Judging{Kind: match.KindProgramme, Target: string(o.Programme.ID), Value: v, Place: 1}
	if v == match.Not {
		in.Reason = "Vi har det allerede"
	}
	if err := judge(h, "employer", n, in); err != nil {
		t.Fatalf("%s: %v", v, err)
	}
}

// TestVerdicts judges in one house; each part has a need of its own.
func TestVerdicts(t *testing.T) {
	h := sitetest.New(t)
	for name, test := range map[string]func(*testing.T, *sitetest.House){
		"order": testVerdictsOrder, "not found": testVerdictOnWhatWasNotFound, "who may": testWhoMayJudge, "two": testTwoJudgeTheSame, "find for": testFindFor,
	} {
		t.Run(name, func(t *testing.T) { test(t, h) })
	}
}

// testVerdictsOrder: what a person says counts at the next look, and again when
// they change their mind.
func testVerdictsOrder(t *testing.T, h *sitetest.House) {
	n := register(t, h, nil)
	before := forNeed(t, h, n)
	if len(before.Offers) < 2 {
		t.Fatalf("offers %v, want two at least", educations(before))
	}
	first, second := before.Offers[0], before.Offers[1]
	order := func(want ...match.Offer) match.Answer {
		t.Helper()
		a := forNeed(t, h, n)
		var titles []string
		for _, o := range want {
			titles = append(titles, o.Programme.Title.NB)
		}
		if got := educations(a); len(got) < len(titles) || !slices.Equal(got[:len(titles)], titles) {
			t.Fatalf("the order is %v, want %v first", got, titles)
		}
		return a
	}
	order(first, second)
	must(t, h, n, second, match.Partly)
	if a := order(second, first); a.Offers[0].Evidence[0].Key != "match.why.partly" || a.Offers[0].Verdict.Value != match.Partly {
		t.Errorf("partly: %+v", a.Offers[0].Evidence)
	}
	must(t, h, n, first, match.Fits)
	order(first, second)
	must(t, h, n, second, match.Fits)
	must(t, h, n, first, match.Not)
	if a := order(second); holds(educations(a), first.Programme.Title.NB) {
		t.Errorf("what does not fit is still there: %v", educations(a))
	}
	rejected, err := h.Match.Rejected(context.Background(), h.Actor("employer"), n)
	if err != nil || len(rejected) != 1 || rejected[0].Target() != string(first.Programme.ID) || rejected[0].Verdict.Reason != "Vi har det allerede" {
		t.Errorf("rejected %+v, %v", rejected, err)
	}
	must(t, h, n, first, match.Fits)
	if a := order(); !holds(educations(a), first.Programme.Title.NB) {
		t.Errorf("taken back: %v", educations(a))
	}
	if rejected, err := h.Match.Rejected(context.Background(), h.Actor("employer"), n); err != nil || len(rejected) != 0 {
		t.Errorf("rejected still: %+v, %v", rejected, err)
	}
	// Another need about the same is as it was.
	other := forNeed(t, h, register(t, h, nil))
	if got := other.Offers[0]; got.Programme.ID != first.Programme.ID || got.Verdict != nil {
		t.Errorf("another need: %v", educations(other))
	}
}

// What a person says fits is shown, though the machine would not have found it.
func testVerdictOnWhatWasNotFound(t *testing.T, h *sitetest.House) {
	n := register(t, h, nil)
	guide := find(t, h.Match, match.Query{Text: "Vi trenger guider på fjellet"}).Offers[0]
	if holds(educations(forNeed(t, h, n)), guide.Programme.Title.NB) {
		t.Fatal("guiding answers the saw already")
	}
	must(t, h, n, guide, match.Fits)
	if a := forNeed(t, h, n); educations(a)[0] != guide.Programme.Title.NB {
		t.Errorf("%v, want guiding first", educations(a))
	}
	cards, err := h.Support.List(context.Background(), support.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(cards, func(c support.Card) bool { return c.Kind == support.Guidance })
	if err := judge(h, "employer", n, match.Judging{Kind: match.KindCard, Target: string(cards[i].ID), Value: match.Partly}); err != nil {
		t.Fatal(err)
	}
	if a := forNeed(t, h, n); len(a.Support) == 0 || a.Support[0].ID != cards[i].ID {
		t.Errorf("support %v, want %s", cardTitles(a.Support), cards[i].Title.NB)
	}
}

// Those who know the need or education and may see the need judge; nobody else.
func testWhoMayJudge(t *testing.T, h *sitetest.House) {
	open := register(t, h, nil)
	hidden := register(t, h, func(c *need.Content) { c.Confidentiality, c.ConfidentialityGround = need.ForumOnly, "Prøve" })
	in := match.Judging{Kind: match.KindProgramme, Target: string(forNeed(t, h, open).Offers[0].Programme.ID), Value: match.Fits, Place: 1}
	const may fault.Kind = -1
	for _, c := range []struct {
		role         string
		open, hidden fault.Kind
	}{
		{"employer", may, may}, {"secretary", may, may},
		{"provider", may, fault.NotFound},
		{"learner", fault.Denied, fault.NotFound},
	} {
		for n, want := range map[need.ID]fault.Kind{open: c.open, hidden: c.hidden} {
			err := judge(h, c.role, n, in)
			if want == may && err != nil || want != may && !fault.Is(err, want) {
				t.Errorf("%s: %v, want %v", c.role, err, want)
			}
			if _, err := h.Match.Rejected(context.Background(), h.Actor(c.role), n); fault.Is(err, fault.NotFound) != (want == fault.NotFound) {
				t.Errorf("%s reads what was rejected: %v", c.role, err)
			}
		}
	}
	// Somebody else's open need can be read, not judged.
	company, err := h.Orgs.Register(context.Background(), access.SystemActor("test"), org.Registration{Kind: org.Company, Name: "Andre Prøve AS", Municipality: "5022"})
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := h.Needs.Register(context.Background(), access.SystemActor("test"), need.Content{Text: sawText, Organisation: company.ID, Municipality: "5022", Headcount: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := judge(h, "employer", theirs.ID, in); !fault.Is(err, fault.Denied) {
		t.Errorf("somebody else's need: %v", err)
	}
	if err := h.Match.Judge(context.Background(), access.Actor{}, open, in); !fault.Is(err, fault.Denied) {
		t.Errorf("a visitor: %v", err)
	}
}

func TestWrongVerdicts(t *testing.T) {
	h := sitetest.New(t)
	n := register(t, h, nil)
	target := string(forNeed(t, h, n).Offers[0].Programme.ID)
	for name, c := range map[string]struct {
		change func(*match.Judging)
		field  string
	}{
		"no kind":             {func(j *match.Judging) { j.Kind = "" }, "kind"},
		"another kind":        {func(j *match.Judging) { j.Kind = "person" }, "kind"},
		"no target":           {func(j *match.Judging) { j.Target = "" }, "target"},
		"no verdict":          {func(j *match.Judging) { j.Value = "" }, "verdict"},
		"another verdict":     {func(j *match.Judging) { j.Value = "maybe" }, "verdict"},
		"not without reason":  {func(j *match.Judging) { j.Value = match.Not }, "reason"},
		"too long a reason":   {func(j *match.Judging) { j.Reason = strings.Repeat("ø", match.MaxReason+1) }, "reason"},
		"a place before none": {func(j *match.Judging) { j.Place = -1 }, "place"},
	} {
		in := match.Judging{Kind: match.KindProgramme, Target: target, Value: match.Fits}
		c.change(&in)
		if err := judge(h, "employer", n, in); !slices.Equal(wrongFields(err), []string{c.field}) {
			t.Errorf("%s: %v, want the field %s", name, err, c.field)
		}
	}
	for _, kind := range []match.Kind{match.KindProgramme, match.KindCard} {
		if err := judge(h, "employer", n, match.Judging{Kind: kind, Target: "01a1ffbb-5124-7114-866e-b76bbbac11af", Value: match.Fits}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a %s that is not there: %v", kind, err)
		}
	}
	if err := judge(h, "employer", n, match.Judging{Kind: match.KindProgramme, Target: target, Value: match.Fits, Reason: strings.Repeat("ø", match.MaxReason)}); err != nil {
		t.Errorf("as long as it may be: %v", err)
	}
	if q, err := h.Match.Quality(context.Background()); err != nil || q.Verdicts != 1 {
		t.Errorf("what was refused is kept: %+v, %v", q, err)
	}
}

// Two people who judge the same have one verdict: the newest. The log has both.
func testTwoJudgeTheSame(t *testing.T, h *sitetest.House) {
	n := register(t, h, nil)
	o := forNeed(t, h, n).Offers[0]
	in := match.Judging{Kind: match.KindProgramme, Target: string(o.Programme.ID), Value: match.Fits, Place: 1}
	if err := judge(h, "employer", n, in); err != nil {
		t.Fatal(err)
	}
	before, err := h.Match.Quality(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	in.Value, in.Reason, in.Place = match.Partly, "Mangler høvling", 0
	if err := judge(h, "secretary", n, in); err != nil {
		t.Fatal(err)
	}
	got := forNeed(t, h, n).Offers[0]
	if got.Verdict == nil || got.Verdict.Value != match.Partly || got.Verdict.Reason != "Mangler høvling" || got.Verdict.Role != access.RoleSecretary {
		t.Errorf("verdict %+v", got.Verdict)
	}
	if q, err := h.Match.Quality(context.Background()); err != nil || q.Verdicts != before.Verdicts {
		t.Errorf("%d verdicts, %v, and %d before the second", q.Verdicts, err, before.Verdicts)
	}
	if got := logged(t, h, n); got != 2 {
		t.Errorf("%d verdicts in the log, want 2", got)
	}
}

// logged is how many verdicts on a need the audit log has.
func logged(t *testing.T, h *sitetest.House, n need.ID) int {
	t.Helper()
	total := 0
	err := h.DB().Read(context.Background(), func(tx *db.Tx) error {
		page, _, err := audit.List(context.Background(), tx, access.SystemActor("test"), audit.Filter{Subject: audit.Subject{Kind: "need", ID: string(n)}})
		for _, e := range page.Items {
			if e.Action == match.ActionVerdict {
				total++
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return total
}

// TestQuality counts thirty verdicts on three needs of the demo, by hand: of
// those that stood among the first five, 4 of 10 fit; 15 of 30 fit at least
// partly; two of three needs got something that does.
func TestQuality(t *testing.T) {
	h := sitetest.New(t)
	ctx, county := context.Background(), h.Actor("secretary")
	cards, err := h.Support.List(ctx, support.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	page, _, err := h.Lists.List(ctx, county, list.Query{Limit: 3})
	if err != nil || len(page.Items) != 3 || len(cards) < 10 {
		t.Fatalf("%d needs, %d cards, %v", len(page.Items), len(cards), err)
	}
	give := func(n, card int, v match.Value, at int) {
		t.Helper()
		if err := h.Match.Judge(ctx, county, page.Items[n].ID, match.Judging{Kind: match.KindCard, Target: string(cards[card].ID), Value: v, Reason: "Prøve", Place: at}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 10 { // the first need: all fit, but only the first four stood among five
		give(0, i, match.Fits, 2+i)
	}
	for i := range 10 { // the second: half fit partly, and three of these stood fifth
		give(1, i, []match.Value{match.Partly, match.Not}[i%2], []int{5, 6}[min(1, i/6)])
	}
	for i := range 9 { // the third: nothing does, and nobody knows where it stood
		give(2, i, match.Not, 0)
	}
	if q, err := h.Match.Quality(ctx); err != nil || q != (match.Quality{Verdicts: 29}) {
		t.Errorf("29 verdicts: %+v, %v", q, err)
	}
	give(2, 9, match.Not, 0)
	want := match.Quality{Verdicts: 30, Enough: true, TopJudged: 10, Precision: 4.0 / 10, Acceptance: 15.0 / 30, Needs: 3, Coverage: 2.0 / 3}
	if q, err := h.Match.Quality(ctx); err != nil || q != want {
		t.Errorf("30 verdicts: %+v, %v, want %+v", q, err, want)
	}
	// One who thinks again changes the verdict, not how many there are, nor where
	// it stood when it was found.
	give(0, 0, match.Not, 0)
	want.Precision, want.Acceptance = 3.0/10, 14.0/30
	if q, err := h.Match.Quality(ctx); err != nil || q != want {
		t.Errorf("after a second thought: %+v, %v, want %+v", q, err, want)
	}
	give(2, 0, match.Partly, 1)
	want.TopJudged, want.Precision, want.Acceptance, want.Coverage = 11, 3.0/11, 15.0/30, 1
	if q, err := h.Match.Quality(ctx); err != nil || q != want {
		t.Errorf("a place that is known now: %+v, %v, want %+v", q, err, want)
	}
}
