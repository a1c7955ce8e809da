package site_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/position"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

// TestEveryMessageToTheOwner follows one need from the forum to somebody who has completed, and
// collects every message that its owner got on the way: in order, none twice, and each says what
// happened, who acts next and by when.
func TestEveryMessageToTheOwner(t *testing.T) {
	h := sitetest.New(t)
	ctx := context.Background()
	owner, secretary, provider := h.Actor("employer"), h.Actor("secretary"), h.Actor("provider")
	school := provider.Orgs(access.RoleProviderUser)[0]
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Follow.Spread(ctx); err != nil {
			t.Fatal(err)
		}
		h.Wait(24 * time.Hour)
	}
	n, err := h.Needs.Register(ctx, owner, need.Content{Text: "Vi trenger en som kan reparere sikkerhetsventiler", Organisation: owner.Orgs(access.RoleOrgMember)[0], Municipality: "5022",
		Headcount: 1, Level: need.LevelCourse, Confidentiality: need.Open})
	must(err)
	for _, m := range []need.Moving{{To: need.Presented}, {To: need.Discussed, Note: "Flere har det samme behovet."}, {To: need.InFollowUp, Provider: school}} {
		_, err := h.Needs.Move(ctx, secretary, n.ID, m)
		must(err)
	}
	start := h.Today().AddDays(60)
	answer, err := h.Develop.Answer(ctx, provider, develop.About{Need: n.ID}, develop.Answering{Kind: develop.Make, Unit: "Avdeling Levanger", Earliest: start, Deadline: h.Today().AddDays(30), Unknown: true, Words: "Vi lager det."})
	must(err)
	d, err := h.Making.Make(ctx, provider, answer, making.Making{Title: "Sikkerhetsventiler", Level: offer.Kurs})
	must(err)
	for _, to := range []flow.State{making.Feasibility, making.Design, making.Building} {
		must(h.Making.Move(ctx, provider, d, making.Moving{To: to}))
	}
	made, err := h.Making.Get(ctx, provider, d)
	must(err)
	o, err := h.Supply.CreateOffering(ctx, provider, made.Programme, offer.Offering{StartType: offer.Rolling, Delivery: offer.Net, Channel: offer.Here})
	must(err)
	must(h.Supply.Publish(ctx, provider, o.ID, o.Version))
	must(h.Making.Move(ctx, provider, d, making.Moving{To: making.Open}))
	job, err := h.Positions.Write(ctx, owner, position.Content{Employer: n.Organisation, Title: "Reparatør", Words: "Arbeid og studier", Required: "Sikkerhetsventiler", Level: "kurs", Municipality: "5022",
		Programme: string(made.Programme), Provider: school})
	must(err)
	must(h.Positions.Move(ctx, owner, job, position.Moving{To: position.Clarifying, Version: 1}))
	must(h.Positions.Move(ctx, provider, job, position.Moving{To: position.Published, Version: 2, Pathway: position.Exists, Unit: "Avdeling Levanger"}))
	a, err := h.Admission.Apply(ctx, owner, string(o.ID), admission.Applying{Person: &admission.Person{Name: "En av våre", Contact: "verkstedet"}, Employer: n.Organisation, Need: admission.NeedID(n.ID)})
	must(err)
	_, err = h.Admission.Move(ctx, provider, a.ID, admission.Moving{To: admission.Started, ExpectedEnd: h.Today().AddDays(200)})
	must(err)
	must(h.Making.Move(ctx, provider, d, making.Moving{To: making.Running}))
	_, err = h.Admission.Move(ctx, provider, a.ID, admission.Moving{To: admission.Completed})
	must(err)
	var got []string
	seen := map[string]bool{}
	for _, item := range h.As("employer").Get("/varsler").All("main section[aria-labelledby=new] li") {
		if !slices.ContainsFunc([]string{n.Number, "Reparatør", "Sikkerhetsventiler"}, func(about string) bool { return strings.Contains(item, about) }) {
			continue // of the other needs that the demo's owner has
		}
		got = append(got, item)
		_, said, _ := strings.Cut(item, "kl. 11.00 ")
		if seen[said] {
			t.Errorf("told twice: %s", said)
		}
		seen[said] = true
		if !by.MatchString(said) && !strings.Contains(said, "ikke noe mer å gjøre") {
			t.Errorf("says neither who acts next and when nor that nothing is left to do: %s", said)
		}
	}
	slices.Reverse(got) // the page has the newest first
	want := []string{"presentert", "drøftet", "tok behovet ditt til oppfølging", "Et nytt tilbud blir laget", "Nå kan folk søke", "stillingen er lyst ut", "Utdanningen har startet", "begynte", "er fullført", "er dekket"}
	if len(got) != len(want) {
		t.Errorf("%d messages, want %d: %s", len(got), len(want), strings.Join(got, "\n"))
	}
	for i, w := range want {
		if i < len(got) && !strings.Contains(got[i], w) {
			t.Errorf("message %d does not say %q: %s", i+1, w, got[i])
		}
	}
}

// by is a day by which somebody acts.
var by = regexp.MustCompile(`innen \d{1,2}\. [a-z]+`)
