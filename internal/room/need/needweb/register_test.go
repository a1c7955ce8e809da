package needweb_test

import (
	"net/http"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/brreg/brregtest"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

// TestOrganisationsOfTheRegister runs the tests of this file, which share a
// house that asks a register of its own.
func TestOrganisationsOfTheRegister(t *testing.T) {
	s := brregtest.New(t)
	h := sitetest.With(t, site.Config{Demo: true, Enhetsregisteret: s.URL})
	t.Run("a_hit_is_chosen", func(t *testing.T) { aHitIsChosen(t, h) })
	t.Run("a_number_is_enough", func(t *testing.T) { aNumberIsEnough(t, h) })
	t.Run("a_closed_one_is_refused", func(t *testing.T) { aClosedOneIsRefused(t, h, s) })
	t.Run("while_it_is_written", func(t *testing.T) { whileItIsWritten(t, h, s) })
	t.Run("the_script_asks_nobody", func(t *testing.T) { theScriptAsksNobody(t, h, s) })
	t.Run("without_the_register", func(t *testing.T) { withoutTheRegister(t, h, s) })
}

// aHitIsChosen: the form comes back with the hits, everything typed kept, and
// what is chosen is registered with the need.
func aHitIsChosen(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	p := c.Post("/behov/ny", typed("organisation", "listverk", "title", "Snekker"))
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text("#organisation-error"), "fant den i Enhetsregisteret") {
		t.Fatalf("%d: %q", p.Status, p.Text("#organisation-error"))
	}
	if got := p.Text("#organisation_choice"); !strings.Contains(got, "Eksempel Listverk AS Fra Enhetsregisteret: Rennebu, Bedrift (AS), 313 000 109.") || !strings.Contains(got, "registrer en ny") {
		t.Errorf("choices: %q", got)
	}
	if p.Attr("#organisation", "value") != "listverk" || p.Attr("#title", "value") != "Snekker" || p.Has("#organisation_choice input[checked]") {
		t.Error("what was typed is not kept, or something is chosen already")
	}
	v := hidden(p, typed("organisation", "listverk", "organisation_choice", "enhet-"+brregtest.Joinery))
	d := get(t, h, idOf(t, c.Post("/behov/ny", v)))
	if d.OrganisationName != "Eksempel Listverk AS" || d.Mandate == "" {
		t.Errorf("stored for %q", d.OrganisationName)
	}
	o, err := h.Orgs.Get(t.Context(), d.Organisation)
	if err != nil || o.OrgNo != brregtest.Joinery || o.Municipality != "5022" || o.Standing.State != brreg.Active || o.Standing.Employees != 14 {
		t.Errorf("registered %+v, %v", o, err)
	}
	// A tick for another name does not count.
	v = hidden(p, typed("organisation", "noe helt annet", "organisation_choice", "enhet-"+brregtest.Estate))
	if d := get(t, h, idOf(t, c.Post("/behov/ny", v))); d.OrganisationName != "noe helt annet" {
		t.Errorf("an old tick was taken: %q", d.OrganisationName)
	}
}

// aNumberIsEnough: its only hit is ticked, so the second press sends.
func aNumberIsEnough(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	p := c.Post("/behov/ny", typed("organisation", "313 000 877"))
	if p.Status != http.StatusUnprocessableEntity || p.Attr("#organisation_choice input[checked]", "value") != "enhet-"+brregtest.Estate {
		t.Fatalf("%d: %q", p.Status, p.Text("#organisation_choice"))
	}
	v := hidden(p, typed("organisation", "313 000 877", "organisation_choice", "enhet-"+brregtest.Estate))
	if d := get(t, h, idOf(t, c.Post("/behov/ny", v))); d.OrganisationName != "Eksempel Listverk Eiendom AS" {
		t.Errorf("stored for %q", d.OrganisationName)
	}
	if p := c.Post("/behov/ny", typed("organisation", brregtest.Nobody)); p.Status != 422 || !strings.Contains(p.Text("#organisation-error"), "ingen virksomhet med dette nummeret") {
		t.Errorf("nobody's number: %d %q", p.Status, p.Text("#organisation-error"))
	}
}

// aClosedOneIsRefused, from the register and when it closes after it was
// registered; what was reported before stays.
func aClosedOneIsRefused(t *testing.T, h *sitetest.House, s *brregtest.Server) {
	c := h.As("adviser")
	p := c.Post("/behov/ny", typed("organisation", brregtest.Bankrupt))
	if got := p.Text("#organisation_choice"); !strings.Contains(got, "Konkurs fra 05.10.2026.") || p.Has("#organisation_choice input[checked]") {
		t.Errorf("a bankrupt hit: %q", got)
	}
	v := hidden(p, typed("organisation", brregtest.Bankrupt, "organisation_choice", "enhet-"+brregtest.Bankrupt))
	if p = c.Post("/behov/ny", v); p.Status != 422 || !strings.Contains(p.Text("#organisation-error"), "er konkurs") {
		t.Errorf("chosen all the same: %d %q", p.Status, p.Text("#organisation-error"))
	}
	old := find(t, h, "Eksempel Listverk AS")
	s.Put(brregtest.Joinery, map[string]any{"navn": "EKSEMPEL LISTVERK AS", "slettedato": "2026-11-20", "respons_klasse": "SlettetEnhet"})
	s.Down(false)
	o, err := h.Orgs.Get(t.Context(), old)
	if err != nil {
		t.Fatal(err)
	}
	o.Standing.State, o.Standing.Since = brreg.Deleted, clock.MustDate("2026-11-20")
	stand(t, h, old, o.Standing)
	if p = c.Post("/behov/ny", typed("organisation", "Eksempel Listverk AS")); p.Status != 422 || !strings.Contains(p.Text("#organisation-error"), "er slettet fra Enhetsregisteret") {
		t.Errorf("a new need: %d %q", p.Status, p.Text("#organisation-error"))
	}
	c.Header.Set("HX-Request", "true")
	if p = c.Post("/behov/ny/virksomhet", typed("organisation", "Eksempel Listverk AS")); !strings.Contains(p.Body, "er slettet fra Enhetsregisteret") {
		t.Errorf("while it is written: %s", p.Body)
	}
}

// whileItIsWritten asks only when nobody here is called so.
func whileItIsWritten(t *testing.T, h *sitetest.House, s *brregtest.Server) {
	c := h.As("adviser")
	c.Header.Set("HX-Request", "true")
	calls := s.Calls.Load()
	if p := c.Post("/behov/ny/virksomhet", typed("organisation", "Eksempel Sag")); s.Calls.Load() != calls || strings.Contains(p.Body, "organisation_choice") {
		t.Errorf("the register was asked for one of ours: %s", p.Body)
	}
	p := c.Post("/behov/ny/virksomhet", typed("organisation", "snekker eksempelmann"))
	if !p.Has("#organisation_choice input[value=enhet-"+brregtest.Single+"]") || p.Attr("[name=organisation_asked]", "value") != "snekker eksempelmann" || !p.Has("#mandate_ground") {
		t.Errorf("hits while writing: %s", p.Body)
	}
}

func theScriptAsksNobody(t *testing.T, h *sitetest.House, s *brregtest.Server) {
	c := h.As("adviser")
	c.Header.Set("HX-Request", "true")
	calls := s.Calls.Load()
	c.Post("/behov/utkast", typed("organisation", "Halvskrevet nav"))
	if s.Calls.Load() != calls {
		t.Error("saving a draft asks the register")
	}
}

// withoutTheRegister the field works as it always did, and says so.
func withoutTheRegister(t *testing.T, h *sitetest.House, s *brregtest.Server) {
	s.Down(true)
	c := h.As("adviser")
	if d := get(t, h, idOf(t, c.Post("/behov/ny", typed("organisation", "Uavhengig Snekkeri")))); d.OrganisationName != "Uavhengig Snekkeri" {
		t.Errorf("stored for %q", d.OrganisationName)
	}
	c.Header.Set("HX-Request", "true")
	if p := c.Post("/behov/ny/virksomhet", typed("organisation", "Frittstående Mekaniske")); !strings.Contains(p.Body, "ikke kontakt med Enhetsregisteret") || !strings.Contains(p.Body, "blir registrert når du sender inn") {
		t.Errorf("it does not say so: %s", p.Body)
	}
	c.Header.Del("HX-Request")
	if d := get(t, h, idOf(t, c.Post("/behov/ny", typed("organisation", "313 000 591")))); d.OrganisationName != "313 000 591" {
		t.Errorf("stored for %q", d.OrganisationName)
	}
	o, err := h.Orgs.Get(t.Context(), find(t, h, "313000591"))
	if err != nil || o.OrgNo != "313000591" {
		t.Errorf("a number is kept as %+v, %v", o, err)
	}
}

// stand stores how the organisation stands, as a night does.
func stand(t *testing.T, h *sitetest.House, o org.ID, s org.Standing) {
	t.Helper()
	err := h.DB().Write(t.Context(), func(tx *db.Tx) error {
		_, err := h.Orgs.StandIn(t.Context(), tx, access.SystemActor("test"), o, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
