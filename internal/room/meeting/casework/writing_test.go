package casework_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
)

// TestTwoWriters: who saves a section second is told, and nothing of the first is
// lost; writers of different sections do not meet.
func TestTwoWriters(t *testing.T) {
	h := open(t)
	c := h.file(content())
	ctx := t.Context()
	h.must(h.papers.SaveSection(ctx, h.secretary(), c, "facts", 1, "Fakta", "den første"))
	h.must(h.papers.SaveSection(ctx, h.secretary(), c, "background", 1, "Bakgrunn", "en annen del"))
	if err := h.papers.SaveSection(ctx, h.secretary(), c, "facts", 1, "Fakta", "den andre"); !fault.Is(err, fault.Stale) {
		t.Fatalf("second save: %v", err)
	}
	_, p, _, err := h.papers.Draft(ctx, h.secretary(), c)
	h.must(err)
	if s, _ := p.Section("facts"); s.Words != "den første" || s.Version != 2 {
		t.Errorf("facts %+v", s)
	}
	d, err := h.Get(ctx, h.secretary(), c)
	h.must(err)
	if d.State != casework.Drafting {
		t.Errorf("state %s", d.State)
	}
}

// TestFrozen: an issued paper keeps its figure when the register changes; the next
// version has the new one, and the comparison shows the difference (DOK-5).
func TestFrozen(t *testing.T) {
	h := open(t)
	c := h.issued(content())
	ctx := t.Context()
	h.figure = 7
	d, err := h.Get(ctx, access.Actor{}, c)
	h.must(err)
	if got := d.Issued.Frozen.Figures["antall alle"].Value; got != "5" || d.Issued.Frozen.Figures["antall alle"].AsOf != today {
		t.Errorf("frozen %q", got)
	}
	nr, err := h.papers.Issue(ctx, h.secretary(), c, "Nye tall")
	h.must(err)
	_, all, err := h.Versions(ctx, access.Actor{}, c)
	h.must(err)
	if nr != 2 || len(all) != 2 || all[1].Frozen.Figures["antall alle"].Value != "5" || all[0].Frozen.Figures["antall alle"].Value != "7" {
		t.Fatalf("versions %d %+v", nr, all)
	}
	diff := casepaper.Compare(all[1].Frozen, all[0].Frozen)
	if len(diff) != 1 || len(diff[0].Figures) != 1 || diff[0].Figures[0].Before.Value != "5" || diff[0].Figures[0].After.Value != "7" || len(diff[0].Pieces) != 0 {
		t.Errorf("difference %+v", diff)
	}
}

// TestIssueRefuses: nothing is issued with an open finding; one that is accepted with
// a reason lets it through, and a new one stops it again.
func TestIssueRefuses(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	c := h.file(content())
	h.write(c, "facts", "Tekst kommer. Se vedlegg 3 og [[antall ukjent]].")
	h.must(h.Move(ctx, h.secretary(), c, casework.Drafting, casework.Recommended, ""))
	r, err := h.papers.Review(ctx, h.secretary(), c)
	h.must(err)
	var rules []string
	for _, f := range r.Findings {
		rules = append(rules, string(f.Rule))
	}
	if got := strings.Join(rules, " "); got != "no_recommendation placeholder unknown_mark annex_missing" {
		t.Fatalf("findings %s", got)
	}
	for i, f := range r.Findings {
		if _, err := h.papers.Issue(ctx, h.secretary(), c, ""); !fault.Is(err, fault.Conflict) {
			t.Fatalf("issue with %d open: %v", len(r.Findings)-i, err)
		}
		if err := h.papers.Accept(ctx, h.secretary(), c, f.ID, " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("without a reason: %v", err)
		}
		h.must(h.papers.Accept(ctx, h.secretary(), c, f.ID, "Slik skal det være"))
	}
	h.must(h.papers.Reopen(ctx, h.secretary(), c, r.Findings[0].ID))
	if _, err := h.papers.Issue(ctx, h.secretary(), c, ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("issue with a finding taken back: %v", err)
	}
	h.must(h.papers.Accept(ctx, h.secretary(), c, r.Findings[0].ID, "Slik skal det være"))
	_, err = h.papers.Issue(ctx, h.secretary(), c, "")
	h.must(err)
	h.write(c, "background", "Her leveres tekst om bakgrunnen")
	if _, err := h.papers.Issue(ctx, h.secretary(), c, ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("issue with a new finding: %v", err)
	}
	if err := h.papers.Accept(ctx, h.secretary(), c, "0000000000000000", "x"); !fault.Is(err, fault.NotFound) {
		t.Errorf("accept what is not there: %v", err)
	}
}
