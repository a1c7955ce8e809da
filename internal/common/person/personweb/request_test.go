package personweb_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/site/sitetest"
)

// told fails unless the log of the subject has the action, with how many values
// went from which kind.
func told(t *testing.T, h *sitetest.House, about audit.Subject, action string) {
	t.Helper()
	err := h.DB().Read(t.Context(), func(tx *db.Tx) error {
		page, _, err := audit.List(t.Context(), tx, access.SystemActor("test"), audit.Filter{Subject: about, Limit: db.MaxLimit})
		for _, e := range page.Items {
			if string(e.Action) != action {
				continue
			}
			found := map[string]string{}
			for _, c := range e.Changes {
				found[c.Field] = c.After
			}
			if found["log_values"] == "" || found["log_values"] == "0" || found["need.need.created_by"] != "1" {
				t.Errorf("%s tells %v", action, found)
			}
			return nil
		}
		t.Errorf("%s is not in the log", action)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestARequestGoesToWhoHasTheThing, whoever the person chose, and from nobody else
// than whom the thing has something about.
func TestARequestGoesToWhoHasTheThing(t *testing.T) {
	h := sitetest.New(t)
	adviser, county := h.Actor("adviser"), h.Actor("county")
	thing := mine(t, h, adviser)
	// Another county's officer, with the whole country as area.
	other := h.Actor("provider").Roles[0].Org
	if _, _, err := h.Accounts.Invite(t.Context(), h.Actor("admin"), account.NewAccount{Username: "annet@example.no", Name: "Annet fylke",
		Roles: []access.Assignment{{Role: access.RoleCaseOfficer, Org: other}}}); err != nil {
		t.Fatal(err)
	}
	if all, err := h.Persons.Bodies(t.Context(), object.Ref{}); err != nil || !slices.Contains(all, other) {
		t.Fatalf("bodies %v, %v", all, err)
	}
	if got, err := h.Persons.Bodies(t.Context(), thing); err != nil || len(got) != 1 || got[0] != county.Roles[0].Org {
		t.Errorf("it lies with %v, %v", got, err)
	}
	if _, err := h.Persons.Send(t.Context(), adviser, person.Ask{Org: other, Thing: thing, What: "Navnet"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("sent to who has it not: %v", err)
	}
	if _, err := h.Persons.Send(t.Context(), h.Actor("learner"), person.Ask{Thing: object.Ref{Kind: "support_card", ID: "1"}, What: "Navnet"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("about what has nothing about the person: %v", err)
	}
	if _, err := h.Persons.Send(t.Context(), county, person.Ask{Thing: thing, What: "Alt"}); err == nil {
		t.Error("sent by who has nothing in it")
	}
	r := ask(t, h, adviser, thing)
	if err := h.Persons.Grant(t.Context(), county, r, 1, "Ja"); err != nil {
		t.Fatal(err)
	}
	if got := scalar[string](t, h, madeBy, thing.ID); got != person.Erased {
		t.Errorf("made by %q", got)
	}
}

// TestTheBodySeesWhoAsksForWhat, in the list and on the request's page, and a
// request is sent once.
func TestTheBodySeesWhoAsksForWhat(t *testing.T) {
	h := sitetest.New(t)
	adviser := h.Actor("adviser")
	thing := mine(t, h, adviser)
	r := ask(t, h, adviser, thing)
	if _, err := h.Persons.Send(t.Context(), adviser, person.Ask{Thing: thing, What: "En gang til"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("sent twice: %v", err)
	}
	own := h.As("adviser")
	if p := own.Get("/konto/slettekrav?kind=need&id=" + thing.ID); !p.Has("a[href='/slettekrav/"+string(r)+"']") || p.Has("textarea") {
		t.Error("the earlier request is not shown")
	}
	if p := own.Get("/slettekrav/" + string(r)); p.Has("#inside") {
		t.Error("the person reads what the body does")
	}
	c := h.As("county")
	p := c.Get("/slettekrav/" + string(r))
	if got := p.Text("main"); !strings.Contains(got, adviser.Name) || !strings.Contains(got, adviser.Roles[0].OrgName) || !p.Has("section[aria-labelledby=inside] tbody tr") {
		t.Errorf("the page: %q", got)
	}
	if got := c.Get("/slettekrav").Text("table"); !strings.Contains(got, adviser.Name) || !strings.Contains(got, "Tilstand") || !strings.Contains(got, "21.12.2026") {
		t.Errorf("the list: %q", got)
	}
	for range 60 {
		ask(t, h, adviser, object.Ref{})
	}
	seen, after := map[person.RequestID]bool{}, ""
	for {
		page, err := h.Persons.ToAnswer(t.Context(), h.Actor("county"), after)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range page.Items {
			seen[x.ID] = true
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if len(seen) != 61 || !c.Get("/slettekrav").Has(".kt-pager a") {
		t.Errorf("%d of 61 are reached", len(seen))
	}
}

// TestTheDeadlineIsMovedInTimeOnly (GDPR art. 12(3)).
func TestTheDeadlineIsMovedInTimeOnly(t *testing.T) {
	h := sitetest.New(t)
	r := ask(t, h, h.Actor("adviser"), object.Ref{})
	h.Wait(40 * 24 * time.Hour)
	if err := h.Persons.Extend(t.Context(), h.Actor("county"), r, 1, "Saken er stor"); !fault.Is(err, fault.Conflict) {
		t.Errorf("moved after it passed: %v", err)
	}
	c := h.As("county")
	if p := c.Get("/slettekrav/" + string(r)); p.Status != http.StatusOK || p.Has("[name=extension]") {
		t.Errorf("the page offers it: %d", p.Status)
	}
	if p := c.Post("/slettekrav/"+string(r)+"/forleng", url.Values{"version": {"1"}, "extension": {"Saken er stor"}}); !strings.Contains(p.Text("main"), "Fristen er gått ut") {
		t.Errorf("why: %d %q", p.Status, p.Text("main"))
	}
}

// TestADemoRoleSeesWhatDeletingWouldDo, and cannot do it.
func TestADemoRoleSeesWhatDeletingWouldDo(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("adviser")
	p := c.Get("/konto/slett")
	if p.Status != http.StatusOK || !p.Has("#gone") || !p.Has("#stays") || p.Has("main form button") || !strings.Contains(p.Text("main"), "Demoroller kan ikke slettes") {
		t.Errorf("%d %q", p.Status, p.Text("main"))
	}
	if p := c.Post("/konto/slett", nil); p.Status < 400 {
		t.Errorf("deleted: %d", p.Status)
	}
}

// TestTheLogIsToldInWords: what was done, to what and as which role; no hashes, no
// data for programs, and the sheet's headings differ.
func TestTheLogIsToldInWords(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("adviser")
	p := c.Get("/konto/data/log")
	got := p.Text("tbody")
	if p.Status != http.StatusOK || !p.Has("tbody a[href^='/behov/']") || strings.ContainsAny(got, "{[") || !strings.Contains(got, "Behov:") {
		t.Errorf("the log: %d %.300q", p.Status, got)
	}
	for _, k := range h.Persons.Register.Kinds {
		if p := c.Get("/konto/data/" + k.ID); strings.Contains(p.Text("tbody"), `{"`) || strings.Contains(p.Text("tbody"), `[{`) {
			t.Errorf("%s shows data for programs", k.ID)
		}
	}
	sheet := c.Get("/konto/mine-data.csv").Body
	first, _, _ := strings.Cut(strings.TrimPrefix(sheet, "\ufeff"), "\n")
	headings := strings.Split(strings.TrimSpace(first), ";")
	slices.Sort(headings)
	if len(slices.Compact(slices.Clone(headings))) != len(headings) || len(headings) < 5 || strings.Contains(sheet, `""before""`) || strings.Contains(sheet, `""after""`) {
		t.Errorf("the sheet: %v", headings)
	}
}
