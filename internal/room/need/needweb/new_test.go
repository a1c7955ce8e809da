package needweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// TestReporting runs the tests of this file, which share a house; each makes what it needs in it.
func TestReporting(t *testing.T) {
	h := house(t)
	t.Run("adviser_reports_in_ten_actions", func(t *testing.T) { adviserReportsInTenActions(t, h) })
	t.Run("employer_reports_own_need", func(t *testing.T) { employerReportsOwnNeed(t, h) })
	t.Run("one_need_for_several_firms", func(t *testing.T) { oneNeedForSeveralFirms(t, h) })
	t.Run("new_organisation_is_registered_with_the_need", func(t *testing.T) { newOrganisationIsRegisteredWithTheNeed(t, h) })
	t.Run("similar_name_is_asked_about", func(t *testing.T) { similarNameIsAskedAbout(t, h) })
	t.Run("sent_twice_is_one_need", func(t *testing.T) { sentTwiceIsOneNeed(t, h) })
	t.Run("every_field_is_refused_and_kept", func(t *testing.T) { everyFieldIsRefusedAndKept(t, h) })
	t.Run("all_missing_fields_are_told_at_once", func(t *testing.T) { allMissingFieldsAreToldAtOnce(t, h) })
	t.Run("too_large_a_body_is_refused", func(t *testing.T) { tooLargeABodyIsRefused(t, h) })
	t.Run("text_about_a_person_is_warned_about_not_stopped", func(t *testing.T) { textAboutAPersonIsWarnedAboutNotStopped(t, h) })
	t.Run("mandate_fragment", func(t *testing.T) { mandateFragment(t, h) })
	t.Run("a_link_brings_what_it_knows", func(t *testing.T) { aLinkBringsWhatItKnows(t, h) })
	t.Run("who_may_report", func(t *testing.T) { whoMayReport(t, h) })
	t.Run("form_in_three_languages", func(t *testing.T) { formInThreeLanguages(t, h) })
}

// adviserReportsInTenActions fills in the four mandatory fields and the
// mandate, and nothing else: five actions and the button.
func adviserReportsInTenActions(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	p := c.Get("/behov/ny")
	if got := p.Attr("#municipality", "value"); got != "Oppdal (5021)" {
		t.Errorf("municipality is prefilled with %q", got)
	}
	for _, name := range []string{"text", "organisation", "municipality", "headcount"} {
		if !p.Has("main form #" + name + "[required]") {
			t.Errorf("%s is not a mandatory field", name)
		}
	}
	if p.Has("main form details[open]") {
		t.Error("the optional groups are open from the start")
	}
	p = c.Post("/behov/ny", hidden(p, typed()))
	id := idOf(t, p)
	d := get(t, h, id)
	if d.State != need.Mapped || d.OrganisationName != firm || d.RepresentedName != hub || d.Municipality != "5022" || d.Headcount != 2 || d.Mandate == "" {
		t.Errorf("stored %s for %q by %q in %s, %d people, mandate %q", d.State, d.OrganisationName, d.RepresentedName, d.Municipality, d.Headcount, d.Mandate)
	}
	p = c.Follow(p)
	link := "http://kompetansetorg.example.no/folg/" + token(t, h, d.ID)
	if got := p.Attr("#follow-link", "value"); got != link {
		t.Errorf("follow link %q, want %q", got, link)
	}
	if !p.Has(`.kt-copy__qr[alt]`) || !strings.Contains(p.Text("main"), "Behovet er sendt inn") {
		t.Error("the page does not show the QR code and what happened")
	}
	// With the mandate on record the next need asks for none.
	v := typed("text", "Og ein som kan tørke last")
	v.Del("mandate_ground")
	idOf(t, c.Post("/behov/ny", v))
}

func employerReportsOwnNeed(t *testing.T, h *sitetest.House) {
	c := h.As("employer")
	p := c.Get("/behov/ny")
	if got := p.Text("#organisation option"); got != sawmill {
		t.Errorf("organisation offers %q", got)
	}
	if p.Has("#mandate_ground") || p.Has("#firms") {
		t.Error("an employer is asked for a mandate or a number of firms")
	}
	p = c.Post("/behov/ny", url.Values{"text": {"Ny sagmester"}, "organisation": {string(find(t, h, sawmill))}, "municipality": {"5022"}, "headcount": {"1"},
		"purpose": {"recruitment"}, "level": {"fagbrev"}, "forms": {"bedrift", "samlinger"}, "wanted_from": {"01.08.2027"}, "horizon": {"1y"}, "cause": {"departure"},
		"consequences": {"overtime"}, "barriers": {"distance", "travel"}, "willing": {"employ_first", "instructor"}, "willing_pledge_seats": {"1"},
		"sector": {"C"}, "title": {"Sagmester"}, "confidentiality": {"providers"}, "confidentiality_ground": {"Ny linje"}})
	d := get(t, h, idOf(t, p))
	want := need.Willing{EmployFirst: true, Instructor: true, PledgeSeats: 1}
	if d.RepresentedBy != "" || d.Purpose != need.Recruitment || len(d.Forms) != 2 || d.WantedFrom.String() != "2027-08-01" || d.Willing != want ||
		d.Title != "Sagmester" || d.Confidentiality != need.ProvidersOnly || len(d.Barriers) != 2 || d.Sector != "C" {
		t.Errorf("stored %+v", d.Content)
	}
	if p := c.Post("/behov/ny", url.Values{"text": {"x"}, "organisation": {hub}, "municipality": {"5022"}, "headcount": {"1"}}); p.Status != 422 || p.Text("#organisation-error") == "" {
		t.Errorf("another's need: %d, %q", p.Status, p.Text("#organisation-error"))
	}
}

func oneNeedForSeveralFirms(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	p := c.Post("/behov/ny", typed("organisation", "", "firms", "4", "headcount", "9", "mandate_ground", ""))
	d := get(t, h, idOf(t, p))
	if !d.Aggregated() || d.Firms != 4 || d.Organisation != "" || d.RepresentedName != hub {
		t.Errorf("stored %+v", d.Content)
	}
	if got := c.Follow(p).Text(".kt-facts"); !strings.Contains(got, "4 virksomheter") {
		t.Errorf("the page says %q", got)
	}
	if p := c.Post("/behov/ny", typed("firms", "4")); p.Text("#firms-error") == "" {
		t.Error("both an organisation and several firms were accepted")
	}
}

func newOrganisationIsRegisteredWithTheNeed(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	// Without a mandate nothing is registered, and what was typed is kept.
	p := c.Post("/behov/ny", typed("organisation", "Ukjent Trevare", "mandate_ground", ""))
	if p.Status != http.StatusUnprocessableEntity || p.Text("#mandate_ground-error") == "" || p.Attr("#organisation", "value") != "Ukjent Trevare" {
		t.Fatalf("%d, mandate: %q, organisation: %q", p.Status, p.Text("#mandate_ground-error"), p.Attr("#organisation", "value"))
	}
	if _, err := h.Orgs.Find(t.Context(), "Ukjent Trevare"); err == nil {
		t.Error("the organisation was registered although the need was refused")
	}
	d := get(t, h, idOf(t, c.Post("/behov/ny", hidden(p, typed("organisation", "Ukjent Trevare")))))
	if d.OrganisationName != "Ukjent Trevare" || d.Mandate == "" {
		t.Errorf("stored for %q with mandate %q", d.OrganisationName, d.Mandate)
	}
}

func similarNameIsAskedAbout(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	p := c.Post("/behov/ny", typed("organisation", "Prøveverket"))
	if p.Status != 422 || p.Text("#organisation-error") == "" || !strings.Contains(p.Text("#organisation_choice"), firm) {
		t.Fatalf("%d: %q", p.Status, p.Text("#organisation_choice"))
	}
	v := hidden(p, typed("organisation", "Prøveverket", "organisation_choice", string(find(t, h, firm))))
	if d := get(t, h, idOf(t, c.Post("/behov/ny", v))); d.OrganisationName != firm {
		t.Errorf("chose %q", d.OrganisationName)
	}
	v = hidden(p, typed("organisation", "Prøveverket", "organisation_choice", "ny"))
	if d := get(t, h, idOf(t, c.Post("/behov/ny", v))); d.OrganisationName != "Prøveverket" {
		t.Errorf("registered %q", d.OrganisationName)
	}
	// A choice made for one name does not count for another.
	v = hidden(p, typed("organisation", "Eksempel Bygg", "organisation_choice", string(find(t, h, firm))))
	if p := c.Post("/behov/ny", v); p.Status != 422 {
		t.Errorf("an old choice was taken for a new name: %d %s", p.Status, p.Location)
	}
}

// everyFieldIsRefusedAndKept posts a wrong value in each field: the message
// stands at the field, and all that was typed stands in the form.
func everyFieldIsRefusedAndKept(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	long := strings.Repeat("å", 100_000)
	for _, tt := range []struct{ name, value, kept string }{
		{"text", "", "text"}, {"text", "   ", "text"}, {"text", long, "text"},
		{"organisation", "", "text"}, {"municipality", "Atlantis", "municipality"}, {"municipality", "", "municipality"}, {"municipality", "1601", "municipality"},
		{"headcount", "mange", "headcount"}, {"headcount", "0", "headcount"}, {"headcount", "-1", "headcount"}, {"headcount", "10001", "headcount"}, {"headcount", "", "headcount"},
		{"headcount", "99999999999999999999", "headcount"},
		{"firms", "to", "firms"}, {"firms", "3", "firms"}, {"firms", "-3", "firms"},
		{"title", strings.Repeat("x", 121), "title"},
		{"purpose", "moro", "text"}, {"level", "phd", "text"}, {"forms", "telepati", "text"}, {"wanted_from", "i sommer", "wanted_from"}, {"wanted_from", "31.02.2027", "wanted_from"},
		{"horizon", "2y", "text"}, {"sector", "Å", "text"}, {"cause", "x", "text"}, {"consequences", "x", "text"}, {"barriers", "x", "text"},
		{"willing", "x", "text"}, {"willing_pledge_seats", "fem", "willing_pledge_seats"}, {"willing_pledge_seats", "3", "willing_pledge_seats"},
		{"confidentiality", "hemmelig", "text"}, {"confidentiality", "forum", "text"}, {"mandate_ground", strings.Repeat("x", 501), "mandate_ground"},
		{"confidentiality_ground", strings.Repeat("x", 1001), "confidentiality_ground"},
	} {
		v := typed(tt.name, tt.value)
		if tt.name == "confidentiality_ground" {
			v.Set("confidentiality", "forum")
		}
		at := tt.name
		if tt.name == "confidentiality" && tt.value == "forum" {
			at = "confidentiality_ground"
		}
		p := c.Post("/behov/ny", v)
		if p.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s=%.20q: status %d, %s", tt.name, tt.value, p.Status, p.Location)
			continue
		}
		if p.Text("#"+at+"-error") == "" {
			t.Errorf("%s=%.20q: no message at the field; summary: %v", tt.name, tt.value, p.All(".ds-error-summary li"))
		}
		if p.Attr(".ds-error-summary a", "href") == "" {
			t.Errorf("%s=%.20q: the summary leads nowhere", tt.name, tt.value)
		}
		for _, name := range []string{"text", tt.kept} {
			want := v.Get(name)
			if got := value(p, name); got != strings.Join(strings.Fields(want), " ") {
				t.Errorf("%s=%.20q: %s was not kept: %.40q", tt.name, tt.value, name, value(p, name))
			}
		}
		if p.Has(".kt-details:not([open]) .ds-validation-message") {
			t.Errorf("%s=%.20q: the message hides in a closed group", tt.name, tt.value)
		}
	}
	if n, _, err := h.Orgs.List(t.Context(), orgFilter("Atlantis")); err != nil || len(n.Items) != 0 {
		t.Errorf("something was stored: %v %v", n.Items, err)
	}
}

func allMissingFieldsAreToldAtOnce(t *testing.T, h *sitetest.House) {
	p := h.As("adviser").Post("/behov/ny", url.Values{})
	if got := len(p.All(".ds-error-summary li")); p.Status != 422 || got != 4 {
		t.Errorf("%d with %d messages: %v", p.Status, got, p.All(".ds-error-summary li"))
	}
}

func tooLargeABodyIsRefused(t *testing.T, h *sitetest.House) {
	p := h.As("adviser").Post("/behov/ny", typed("text", strings.Repeat("a", 13<<20)))
	if p.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", p.Status)
	}
}

func textAboutAPersonIsWarnedAboutNotStopped(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	p := c.Post("/behov/ny/tekst", url.Values{"text": {"Ring meg på 680 51 234"}})
	if !strings.Contains(p.Text(".kt-notice"), "telefonnummer") || p.Has("header") {
		t.Errorf("fragment says %q", p.Text("body"))
	}
	p = c.Follow(c.Post("/behov/ny", typed("text", "Skriv til sjef@example.no om saga")))
	if p.Status != 200 || !strings.Contains(p.Text("main"), "e-postadresse") {
		t.Errorf("%d: no warning on the page", p.Status)
	}
	if p := h.Visitor().Get("/behov/" + strings.TrimPrefix(p.Attr("main form", "action"), "/behov/")); p.Status == 200 && p.Has(".kt-notice[data-color=warning]") {
		t.Error("readers are warned too")
	}
}

func mandateFragment(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	p := c.Post("/behov/ny/virksomhet", url.Values{"organisation": {"Ny Bedrift"}, "mandate_ground": {"halvskrevet"}})
	if p.Attr("#mandate_ground", "value") != "halvskrevet" || !strings.Contains(p.Body, "ikke i registeret") || !p.Has("datalist#organisation-list") {
		t.Errorf("unknown: %s", p.Body)
	}
	idOf(t, c.Post("/behov/ny", typed()))
	p = c.Post("/behov/ny/virksomhet", url.Values{"organisation": {firm}})
	if p.Has("#mandate_ground") || !strings.Contains(p.Body, "er registrert") {
		t.Errorf("with mandate: %s", p.Body)
	}
	if p := c.Post("/behov/ny/virksomhet", url.Values{"organisation": {hub}}); p.Has("#mandate_ground") {
		t.Error("a mandate from oneself is asked for")
	}
}

func aLinkBringsWhatItKnows(t *testing.T, h *sitetest.House) {
	p := h.As("adviser").Get("/behov/ny?text=Kokk+til+fjellet&municipality=Frøya&headcount=3&level=fagbrev&forms=nett&forms=tull&wanted_from=2027-08-01")
	if value(p, "text") != "Kokk til fjellet" || value(p, "municipality") != "Frøya" || value(p, "headcount") != "3" || value(p, "wanted_from") != "2027-08-01" ||
		!p.Has(`#level option[value=fagbrev][selected]`) || !p.Has(".kt-details[open] #level") || p.Has(".ds-validation-message") {
		t.Errorf("the form holds %q, %q, %q, %q", value(p, "text"), value(p, "municipality"), value(p, "headcount"), value(p, "wanted_from"))
	}
}

func whoMayReport(t *testing.T, h *sitetest.House) {
	for role, want := range map[string]int{"": 303, "adviser": 200, "employer": 200, "provider": 200, "county": 200, "learner": 403, "secretary": 403, "forum_member": 403} {
		if p := h.As(role).Get("/behov/ny"); p.Status != want {
			t.Errorf("%q: %d, want %d", role, p.Status, want)
		}
	}
}

func formInThreeLanguages(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	for lang, want := range map[string]string{"nb": "Hva trenger dere?", "nn": "Kva treng de?", "en": "What do you need?"} {
		p := c.Get("/behov/ny?lang=" + lang)
		if got := p.Text(`label[for="text"]`); got != want || p.Attr("html", "lang") != lang {
			t.Errorf("%s: %q", lang, got)
		}
	}
	d := get(t, h, idOf(t, c.Post("/behov/ny?lang=nn", typed())))
	if d.Lang != "nn" {
		t.Errorf("the text's language is %s", d.Lang)
	}
}

// The same form sent twice, by a double tap or a tired network, is one need;
// another text in it is another.
func sentTwiceIsOneNeed(t *testing.T, h *sitetest.House) {
	c := h.As("adviser")
	v := hidden(c.Get("/behov/ny"), typed("text", "Sendt to ganger"))
	first, again := idOf(t, c.Post("/behov/ny", v)), idOf(t, c.Post("/behov/ny", v))
	if first != again {
		t.Errorf("made %s and %s", first, again)
	}
	fresh := hidden(c.Get("/behov/ny"), typed("text", "Sendt to ganger, med ny virksomhet", "organisation", "Dobbelttrykk Snekkeri"))
	first, again = idOf(t, c.Post("/behov/ny", fresh)), idOf(t, c.Post("/behov/ny", fresh))
	if _, err := h.Orgs.Find(t.Context(), "Dobbelttrykk Snekkeri"); err != nil || first != again {
		t.Errorf("with a new organisation: %s and %s, %v", first, again, err)
	}
	v.Set("text", "Noe annet i samme skjema")
	if other := idOf(t, c.Post("/behov/ny", v)); other == first {
		t.Error("another text was taken for the same need")
	}
}
