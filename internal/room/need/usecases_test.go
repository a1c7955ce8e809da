package need_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needtest"
)

func TestRegisterOnBehalf(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	in := needtest.Content(h.Sawmill)
	in.Forms, in.Barriers = []need.Form{need.Online, need.Gatherings, need.Online}, []need.Barrier{need.Distance}
	in.WantedFrom = clock.MustDate("2027-08-01")
	n := h.Register(h.Adviser(), in)
	if n.Number != "B-2026-0001" || n.State != need.Mapped || n.RepresentedBy != h.Hub || n.Mandate == "" || n.Field != "industry" {
		t.Errorf("registered %+v", n)
	}
	d, err := h.Needs.Get(ctx, h.Owner(), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d.Text != in.Text || len(d.Forms) != 2 || d.Headcount != 2 || d.OrganisationName != "Ålen Sag" || d.RepresentedName != "Fjellhagen" || d.WantedFrom != in.WantedFrom {
		t.Errorf("stored %+v", d)
	}
	if d.Ball.Role != access.RoleSecretary || d.Ball.Due != clock.MustDate("2026-12-16") || len(d.Steps) != 2 {
		t.Errorf("ball %+v, %d steps", d.Ball, len(d.Steps))
	}
	// The mandate holds now: the second need asks for no ground.
	in.MandateGround = ""
	if second := h.Register(h.Adviser(), in); second.Number != "B-2026-0002" {
		t.Errorf("second number %s", second.Number)
	}
	if report, err := audit.Verify(ctx, h.DB); err != nil || report.Broken != 0 {
		t.Errorf("audit: %+v, %v", report, err)
	}
}

func TestRegisterOwn(t *testing.T) {
	h := needtest.New(t)
	in := needtest.Content("")
	in.MandateGround = ""
	n := h.Register(h.Owner(), in)
	if n.Organisation != h.Sawmill || n.RepresentedBy != "" || n.Sight != need.Full {
		t.Errorf("registered %+v", n)
	}
}

func TestRegisterAggregated(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	in := needtest.Content("")
	in.Firms, in.Headcount = 4, 9
	n := h.Register(h.Adviser(), in)
	if !n.Aggregated() || n.FirmCount() != 4 || n.RepresentedBy != h.Hub || n.Mandate != "" {
		t.Errorf("registered %+v", n)
	}
	in.Headcount = 3
	_, err := h.Needs.Register(ctx, h.Adviser(), in)
	needtest.WantField(t, err, "headcount", "need.error.fewer_people_than_firms")
	in.Organisation, in.Headcount = h.Sawmill, 9
	_, err = h.Needs.Register(ctx, h.Adviser(), in)
	needtest.WantField(t, err, "firms", "need.error.firms_or_organisation")
	in.Organisation = ""
	_, err = h.Needs.Register(ctx, h.Owner(), in)
	needtest.WantField(t, err, "organisation", "need.error.not_your_organisation")
}

func TestBadInput(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	tests := []struct {
		name, field, key string
		change           func(*need.Content)
	}{
		{"no text", "text", "form.error.required", func(c *need.Content) { c.Text = " \u200b\n" }},
		{"100,000 characters", "text", "form.error.too_long", func(c *need.Content) { c.Text = strings.Repeat("å", 100_000) }},
		{"long title", "title", "form.error.too_long", func(c *need.Content) { c.Title = strings.Repeat("å", 121) }},
		{"no headcount", "headcount", "form.error.required", func(c *need.Content) { c.Headcount = 0 }},
		{"negative headcount", "headcount", "form.error.range", func(c *need.Content) { c.Headcount = -1 }},
		{"too many people", "headcount", "form.error.range", func(c *need.Content) { c.Headcount = 10_001 }},
		{"no municipality", "municipality", "form.error.municipality", func(c *need.Content) { c.Municipality = "" }},
		{"closed municipality", "municipality", "form.error.municipality", func(c *need.Content) { c.Municipality = "1640" }},
		{"no such municipality", "municipality", "form.error.municipality", func(c *need.Content) { c.Municipality = "9999" }},
		{"unknown organisation", "organisation", "need.error.unknown_organisation", func(c *need.Content) { c.Organisation = access.NewOrgID() }},
		{"no organisation", "organisation", "need.error.organisation_required", func(c *need.Content) { c.Organisation = "" }},
		{"no mandate", "mandate_ground", "need.error.mandate_required", func(c *need.Content) { c.MandateGround = "" }},
		{"long mandate", "mandate_ground", "form.error.too_long", func(c *need.Content) { c.MandateGround = strings.Repeat("x", 501) }},
		{"hidden without ground", "confidentiality_ground", "need.error.ground_required", func(c *need.Content) { c.Confidentiality = need.Internal }},
		{"unknown confidentiality", "confidentiality", "form.error.choice", func(c *need.Content) { c.Confidentiality = "secret" }},
		{"unknown level", "level", "form.error.choice", func(c *need.Content) { c.Level = "phd" }},
		{"unknown purpose", "purpose", "form.error.choice", func(c *need.Content) { c.Purpose = "fun" }},
		{"unknown form", "forms", "form.error.choice", func(c *need.Content) { c.Forms = []need.Form{"radio"} }},
		{"unknown barrier", "barriers", "form.error.choice", func(c *need.Content) { c.Barriers = []need.Barrier{"x"} }},
		{"unknown cause", "cause", "form.error.choice", func(c *need.Content) { c.Cause = "x" }},
		{"unknown consequence", "consequences", "form.error.choice", func(c *need.Content) { c.Consequences = []need.Consequence{"x"} }},
		{"unknown sector", "sector", "form.error.choice", func(c *need.Content) { c.Sector = "Å" }},
		{"unknown language", "language", "form.error.choice", func(c *need.Content) { c.Lang = "se" }},
		{"more seats than people", "willing_pledge_seats", "need.error.seats_over_headcount", func(c *need.Content) { c.Willing.PledgeSeats = 3 }},
		{"bad concept", "concepts", "form.error.choice", func(c *need.Content) { c.Concepts = []need.Concept{{Scheme: "styrk08"}} }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := needtest.Content(h.Sawmill)
			tt.change(&in)
			_, err := h.Needs.Register(ctx, h.Adviser(), in)
			needtest.WantField(t, err, tt.field, tt.key)
		})
	}
	if n := h.Register(h.Adviser(), needtest.Content(h.Sawmill)); n.Number != "B-2026-0001" {
		t.Errorf("refused needs took numbers: %s", n.Number)
	}
}

func TestWhoMayRegister(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	for name, actor := range h.Readers() {
		// An officer registers for others in the county's name, wherever they are.
		may := map[string]bool{"owner": true, "representative": true, "other adviser": true, "municipal": true, "officer": true, "system": true,
			"officer in Røros": true, "officer in Namsos": true, "secretary in Namsos, owner": true, "secretary in Namsos, officer in Røros": true,
			"secretary, officer in Namsos": true}[name]
		_, err := h.Needs.Register(ctx, actor, needtest.Content(h.Sawmill))
		switch {
		case may && err != nil:
			t.Errorf("%s: %v", name, err)
		case !may && name != "other company" && !strings.HasPrefix(name, "provider"):
			needtest.WantKind(t, err, fault.Denied)
		case !may:
			needtest.WantField(t, err, "organisation", "need.error.not_your_organisation")
		}
	}
}

func TestDraft(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	actor := h.Adviser()
	d, err := h.Needs.SaveDraft(ctx, actor, "", 0, need.Content{Text: "Vi mangler folk på saga"})
	if err != nil {
		t.Fatal(err)
	}
	if d.State != need.Draft || d.Number != "" || d.Title != "Vi mangler folk på saga" || d.RepresentedBy != h.Hub {
		t.Errorf("draft %+v", d)
	}
	in := needtest.Content(h.Sawmill)
	d2, err := h.Needs.SaveDraft(ctx, actor, d.ID, d.Version, in)
	if err != nil {
		t.Fatal(err)
	}
	if d2.Version != 2 || !strings.HasPrefix(d2.Title, "Han som styrer saga") {
		t.Errorf("saved %+v", d2)
	}
	_, err = h.Needs.SaveDraft(ctx, actor, d.ID, d.Version, in)
	needtest.WantKind(t, err, fault.Stale)
	_, err = h.Needs.Submit(ctx, actor, d.ID, d.Version, in)
	needtest.WantKind(t, err, fault.Stale)
	n, err := h.Needs.Submit(ctx, actor, d.ID, d2.Version, in)
	if err != nil {
		t.Fatal(err)
	}
	if n.Number != "B-2026-0001" || n.ID != d.ID {
		t.Errorf("submitted %+v", n)
	}
	_, err = h.Needs.Submit(ctx, actor, d.ID, n.Version, in)
	needtest.WantKind(t, err, fault.Conflict)
	needtest.WantKind(t, h.Needs.DeleteDraft(ctx, actor, d.ID, n.Version), fault.Conflict)
}

func TestDraftByMove(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	d, err := h.Needs.SaveDraft(ctx, h.Owner(), "", 0, need.Content{Text: "Vi mangler folk"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Needs.Move(ctx, h.Owner(), d.ID, need.Moving{To: need.Mapped})
	needtest.WantField(t, err, "headcount", "form.error.required")
	d, err = h.Needs.SaveDraft(ctx, h.Owner(), d.ID, d.Version, needtest.Content(h.Sawmill))
	if err != nil {
		t.Fatal(err)
	}
	n := h.Move(h.Owner(), d.ID, need.Moving{To: need.Mapped})
	if n.Number == "" || len(n.Concepts) != 1 {
		t.Errorf("submitted %+v", n)
	}
}

func TestDeleteDraft(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	d, err := h.Needs.SaveDraft(ctx, h.Owner(), "", 0, needtest.Content(h.Sawmill))
	if err != nil {
		t.Fatal(err)
	}
	needtest.WantKind(t, h.Needs.DeleteDraft(ctx, h.Officer(), d.ID, d.Version), fault.NotFound)
	needtest.WantKind(t, h.Needs.DeleteDraft(ctx, h.Owner(), d.ID, d.Version+1), fault.Stale)
	if err := h.Needs.DeleteDraft(ctx, h.Owner(), d.ID, d.Version); err != nil {
		t.Fatal(err)
	}
	_, err = h.Needs.Get(ctx, h.Owner(), d.ID)
	needtest.WantKind(t, err, fault.NotFound)
	if report, err := audit.Verify(ctx, h.DB); err != nil || report.Broken != 0 {
		t.Errorf("audit: %+v, %v", report, err)
	}
}

func TestEdit(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	in := needtest.Content(h.Sawmill)
	in.Text, in.Headcount, in.Concepts = "Æ, ø og å må stå.", 5, nil
	first, err := h.Needs.Edit(ctx, h.Owner(), n.ID, n.Version, in)
	if err != nil {
		t.Fatal(err)
	}
	if first.Headcount != 5 || first.Title != "Æ, ø og å må stå" || len(first.Concepts) != 1 || first.RepresentedBy != h.Hub || first.Number != n.Number {
		t.Errorf("edited %+v", first)
	}
	_, err = h.Needs.Edit(ctx, h.Adviser(), n.ID, n.Version, in)
	needtest.WantKind(t, err, fault.Stale)
	_, err = h.Needs.Edit(ctx, h.Secretary(), n.ID, first.Version, in)
	needtest.WantKind(t, err, fault.Denied)
	in.Organisation = h.Farm
	_, err = h.Needs.Edit(ctx, h.Owner(), n.ID, first.Version, in)
	needtest.WantField(t, err, "organisation", "need.error.organisation_fixed")
	in = needtest.Content(h.Sawmill)
	in.Title = "Vår egen tittel"
	own, err := h.Needs.Edit(ctx, h.Owner(), n.ID, first.Version, in)
	if err != nil || own.Title != "Vår egen tittel" {
		t.Errorf("own title %q, %v", own.Title, err)
	}
}

func TestSetConcepts(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	n := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	list := []need.Concept{{Scheme: "styrk08", Code: "8172", Chosen: need.Removed}, {Scheme: "programomrade", Code: "BA", Styrk08: "7115", Chosen: need.Added}}
	if err := h.Needs.SetConcepts(ctx, h.Owner(), n.ID, n.Version, list); err != nil {
		t.Fatal(err)
	}
	needtest.WantKind(t, h.Needs.SetConcepts(ctx, h.Owner(), n.ID, n.Version, list), fault.Stale)
	needtest.WantKind(t, h.Needs.SetConcepts(ctx, h.Provider(), n.ID, n.Version+1, list), fault.Denied)
	d, err := h.Needs.Get(ctx, h.Owner(), n.ID)
	if err != nil || len(d.Concepts) != 2 || len(d.ConceptsInUse()) != 1 || d.Field != "building" {
		t.Errorf("concepts %+v, field %s, %v", d.Concepts, d.Field, err)
	}
}

// A mandate that has ended stops the intermediary, not the organisation.
func TestMandateEnds(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	list, err := h.Orgs.Mandates(ctx, h.Adviser(), h.Hub)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d mandates, %v", len(list), err)
	}
	if err := h.Orgs.EndMandate(ctx, h.Adviser(), list[0].ID, list[0].Version, clock.MustDate("2026-11-17")); err != nil {
		t.Fatal(err)
	}
	in := needtest.Content(h.Sawmill)
	_, err = h.Needs.Edit(ctx, h.Adviser(), n.ID, n.Version, in)
	needtest.WantKind(t, err, fault.Denied)
	_, err = h.Needs.Move(ctx, h.Adviser(), n.ID, need.Moving{To: need.Withdrawn, Note: "nei"})
	needtest.WantKind(t, err, fault.Denied)
	if _, err := h.Needs.Edit(ctx, h.Owner(), n.ID, n.Version, in); err != nil {
		t.Error(err)
	}
}

// Numbers are without gap and without doubles, whoever registers at once, and
// a refused registration takes none.
func TestNumbersUnderConcurrency(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	const writers, each = 6, 5
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]int{}
	for range writers {
		wg.Go(func() {
			for i := range each {
				in := needtest.Content(h.Sawmill)
				if i == 2 {
					in.Headcount = 0 // refused
				}
				n, err := h.Needs.Register(ctx, h.Owner(), in)
				if (err != nil) != (i == 2) {
					t.Errorf("register: %v", err)
				}
				mu.Lock()
				if err == nil {
					seen[n.Number]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for i := range writers * (each - 1) {
		if number := fmt.Sprintf("B-2026-%04d", i+1); seen[number] != 1 {
			t.Errorf("%s was given %d times", number, seen[number])
		}
	}
}

func TestUnknownOrgKeepsNothing(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	_, err := h.Needs.SaveDraft(ctx, h.Adviser(), "", 0, need.Content{Organisation: org.ID("x")})
	needtest.WantField(t, err, "organisation", "need.error.unknown_organisation")
}

// The owner may finish what the intermediary began; it stays on behalf.
func TestOwnerFinishesDraft(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	d, err := h.Needs.SaveDraft(ctx, h.Adviser(), "", 0, needtest.Content(h.Sawmill))
	if err != nil {
		t.Fatal(err)
	}
	n, err := h.Needs.Submit(ctx, h.Owner(), d.ID, d.Version, needtest.Content(h.Sawmill))
	if err != nil || n.RepresentedBy != h.Hub || n.Mandate != "" {
		t.Errorf("submitted %+v, %v", n, err)
	}
	if detail, err := h.Needs.Get(ctx, h.Adviser(), n.ID); err != nil || detail.Sight != need.Full {
		t.Errorf("the intermediary: %v, %v", detail.Sight, err)
	}
}
