package match_test

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/site/sitetest"
)

const (
	sawText    = "Han som styre saga går av te sommarn, og ingen anna kan stille a inn"
	busText    = "Når går bussen til Røros?"
	settleText = "De som flytter hit, blir ikke boende"
)

// visitor is nobody in particular.
var visitor access.Actor

// find asks the house; a fault fails the test.
func find(t *testing.T, s *match.Service, q match.Query) match.Answer {
	t.Helper()
	a, err := s.Find(context.Background(), visitor, q)
	if err != nil {
		t.Fatalf("%q: %v", q.Text, err)
	}
	return a
}

// educations are the titles of both lists of education, best first.
func educations(a match.Answer) []string {
	all := slices.Concat(a.Offers, a.Adapt)
	slices.SortStableFunc(all, func(x, y match.Offer) int { return cmp.Compare(y.Score, x.Score) })
	var out []string
	for _, o := range all {
		out = append(out, o.Programme.Title.NB)
	}
	return out
}

func cardTitles(list []match.Card) []string {
	var out []string
	for _, c := range list {
		out = append(out, c.Title.NB)
	}
	return out
}

func conceptNames(a match.Answer) []string {
	var out []string
	for _, c := range a.Concepts {
		out = append(out, c.NB)
	}
	return out
}

func holds(list []string, part string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(part)) })
}

// wrongFields are the names of the fields that a fault tells of.
func wrongFields(err error) []string {
	e, _ := fault.As(err)
	var out []string
	if e != nil && e.Kind == fault.Invalid {
		for _, f := range e.Fields {
			out = append(out, f.Name)
		}
	}
	return out
}

// bare is a hall over rooms with nothing in them.
func bare(t *testing.T) *match.Service {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	v, err := vocab.Load(vocab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d, now := dbtest.New(t), func() time.Time { return sitetest.Now }
	orgs := org.New(d, now, func(string) bool { return true })
	needs := need.New(d, now, places, orgs)
	return match.New(match.Deps{Log: slog.New(slog.DiscardHandler), DB: d, Clock: now, Places: places, Vocab: vocab.NewLive(v), Supply: supply.New(d, now, orgs, places, supply.DefaultSettings()),
		Support: support.New(d, now), Needs: needs, Lists: list.New(needs), Pools: pool.New(needs)})
}

// register registers a need of the demo employer's company.
func register(t *testing.T, h *sitetest.House, change func(*need.Content)) need.ID {
	t.Helper()
	company, err := h.Orgs.Find(context.Background(), "Eksempel Sag og Høvleri AS")
	if err != nil {
		t.Fatal(err)
	}
	c := need.Content{Text: sawText, Organisation: company, Municipality: "5022", Headcount: 2}
	if change != nil {
		change(&c)
	}
	n, err := h.Needs.Register(context.Background(), h.Actor("employer"), c)
	if err != nil {
		t.Fatalf("register: %v", err)
	}
	return n.ID
}

// forNeed is what answers a saved need, as its owner sees it.
func forNeed(t *testing.T, h *sitetest.House, n need.ID) match.Answer {
	t.Helper()
	_, a, err := h.Match.FindFor(context.Background(), h.Actor("employer"), n, match.MaxLimit)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// organisationOf is the organisation that a provider of the demo works for.
func organisationOf(provider access.Actor) org.ID { return provider.Orgs(access.RoleProviderUser)[0] }
