package poolweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// coveredNeedsProof: the provider is neither offered to call a pooled need
// covered nor let through, and is told what to do instead; the coordinator
// speaks for the owners.
func coveredNeedsProof(t *testing.T, h *sitetest.House) {
	adviser, provider := h.As("adviser"), h.As("provider")
	address := pooled(t, adviser, "Folk til saga", register(t, h, "Eksempel Limtre AS", 4, need.Open))
	for _, step := range [][2]string{{"mapped", "in_follow_up"}, {"in_follow_up", "in_development"}} {
		if p := provider.Post(address+"/flytt", url.Values{"from": {step[0]}, "to": {step[1]}}); p.Status != http.StatusSeeOther {
			t.Fatalf("to %s: %d", step[1], p.Status)
		}
	}
	covered := "#moves ~ .kt-actions a[href$='to=covered']"
	for name, want := range map[string]bool{"adviser": true, "provider": false, "secretary": false, "county": false, "employer": false, "": false} {
		if p := h.As(name).Get(address); p.Status != http.StatusOK || p.Has(covered) != want {
			t.Errorf("%q: %d, is offered %v", name, p.Status, p.All("#moves ~ .kt-actions a"))
		}
	}
	for lang, want := range map[string]string{"nb": "Velg «Tilbudet er klart»", "nn": "Vel «Tilbodet er klart»", "en": "Choose “The offer is ready”"} {
		provider.Header.Set("Accept-Language", lang)
		p := provider.Post(address+"/flytt", url.Values{"from": {"in_development"}, "to": {"covered"}})
		if p.Status != http.StatusConflict || !strings.Contains(p.Text("main"), want) {
			t.Errorf("%s: %d %q", lang, p.Status, p.Text("main"))
		}
	}
	if p := provider.Get(address + "/flytt?to=covered"); p.Status != http.StatusForbidden {
		t.Errorf("the form of the move: %d", p.Status)
	}
	p := adviser.Follow(adviser.Post(address+"/flytt", url.Values{"from": {"in_development"}, "to": {"covered"}}))
	if got := p.Text("[aria-current=step] .kt-step__label"); got != "Dekket" {
		t.Errorf("the coordinator says it is covered, and it stands at %q", got)
	}
}
