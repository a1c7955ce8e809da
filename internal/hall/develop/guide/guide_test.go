package guide_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/guide"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
	"kompetansetorg/internal/room/need/needtest"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

type house struct {
	*needtest.House
	answers *develop.Service
	making  *making.Service
	guides  *guide.Service
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{House: needtest.New(t)}
	pools := pool.New(h.Needs)
	offered := supply.New(h.DB, h.Clock(), h.Orgs, h.Needs.Places(), supply.DefaultSettings())
	h.answers = develop.New(develop.Deps{Needs: h.Needs, Pools: pools, Asks: ask.New(h.Needs, pools), Supply: offered, Support: support.New(h.DB, h.Clock())})
	h.making = making.New(making.Deps{DB: h.DB, Clock: h.Clock(), Answers: h.answers, Supply: offered, Began: func(context.Context, *db.Tx, string) (int, error) { return 0, nil }})
	h.guides = guide.New(guide.Deps{DB: h.DB, Clock: h.Clock(), Making: h.making})
	ok(t, h.guides.LoadStarter(context.Background()))
	return h
}

// made is a development of the provider's answer to a need of the sawmill.
func (h *house) made(c need.Content) making.ID {
	h.T.Helper()
	ctx := context.Background()
	n := h.Register(h.Adviser(), c)
	a, err := h.answers.Answer(ctx, h.Provider(), develop.About{Need: n.ID}, develop.Answering{Kind: develop.Make, Unit: "Avdeling Røros", Earliest: clock.MustDate("2027-01-11"), Unknown: true, Words: "Vi lager det."})
	ok(h.T, err)
	d, err := h.making.Make(ctx, h.Provider(), a, making.Making{Title: "Sagteknikk på Røros", Level: offer.Kurs})
	ok(h.T, err)
	return d
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want(t *testing.T, what string, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Errorf("%s: %v, want a fault of kind %v", what, err, k)
	}
}

func learning(words string, shared bool) guide.Learning {
	return guide.Learning{Stage: making.Design, Words: words, Good: true, Shared: shared}
}

func (h *house) draft(k guide.Kind) guide.Draft {
	h.T.Helper()
	d, err := h.guides.Draft(context.Background(), access.SystemActor("test"), k)
	ok(h.T, err)
	return d
}

// TestWhoKeepsWhat holds each reader against each use case.
func TestWhoKeepsWhat(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	d := h.made(needtest.Content(h.Sawmill))
	ok(t, h.guides.Learn(ctx, h.Provider(), d, learning("Samlinger om vinteren gikk bra.", true)))
	fresh := h.draft(guide.Forum).Fresh[0].ID
	inside := []string{"owner", "representative", "provider", "provider in Namsos", "secretary", "officer", "secretary in Røros", "officer in Røros",
		"secretary in Namsos, officer in Røros", "secretary, officer in Namsos", "secretary in Namsos, owner", "system"}
	for name, actor := range h.Readers() {
		writing := guide.Writing{Nr: 60, Title: i18n.Text{NB: "Fra " + name}, Words: i18n.Text{NB: "Ord."}}
		for _, k := range guide.Kinds() {
			keeps := actor.IsSystem() || actor.Has(k.KeeperRoles()...)
			expect := func(what string, err error, allowed bool) {
				t.Helper()
				if allowed != (err == nil) || !allowed && !fault.Is(err, fault.Denied) {
					t.Errorf("%s %s of %s: %v", name, what, k, err)
				}
			}
			_, err := h.guides.Draft(ctx, actor, k)
			expect("reads the draft", err, keeps)
			section, err := h.guides.Write(ctx, actor, k, "", 0, writing)
			expect("writes a section", err, keeps)
			if keeps {
				ok(t, h.guides.Take(ctx, actor, k, section, fresh))
				ok(t, h.guides.Remove(ctx, actor, k, section, 1))
			} else {
				other := h.draft(k).Sections[0]
				expect("takes in", h.guides.Take(ctx, actor, k, other.ID, fresh), false)
				expect("changes", second(h.guides.Write(ctx, actor, k, other.ID, other.Version, writing)), false)
				expect("removes", h.guides.Remove(ctx, actor, k, other.ID, other.Version), false)
			}
			if _, err := h.guides.Publish(ctx, actor, k, "Prøver"); !guide.Publishes(actor) && !fault.Is(err, fault.Denied) {
				t.Errorf("%s publishes %s: %v", name, k, err)
			}
		}
		err := h.guides.Learn(ctx, actor, d, learning("Fra "+name, false))
		if in := slices.Contains(inside, name); in != (err == nil) || !in && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s writes what was learned: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// TestVersions: a version never changes, is not made twice of the same words, and is held
// against the one before.
func TestVersions(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	county := needtest.As(access.RoleCaseOfficer, h.Fagskole)
	provider := h.Provider()
	d := h.made(needtest.Content(h.Sawmill))
	ok(t, h.guides.Learn(ctx, provider, d, learning("Samlinger om vinteren gikk bra.", true)))
	_, err := h.guides.Read(ctx, access.Actor{}, guide.Programme, 0)
	want(t, "before there is a version", err, fault.NotFound)
	nr, err := h.guides.Publish(ctx, county, guide.Programme, "Den første")
	if ok(t, err); nr != 1 {
		t.Errorf("the first is number %d", nr)
	}
	_, err = h.guides.Publish(ctx, county, guide.Programme, "Igjen")
	want(t, "the same words again", err, fault.Conflict)
	before := h.draft(guide.Programme)
	first, last := before.Sections[0], before.Sections[len(before.Sections)-1]
	ok(t, h.guides.Take(ctx, h.Provider(), guide.Programme, first.ID, before.Fresh[0].ID))
	want(t, "taking it in twice", h.guides.Take(ctx, h.Provider(), guide.Programme, first.ID, before.Fresh[0].ID), fault.Conflict)
	if now := h.draft(guide.Programme); len(now.Fresh) != 0 || len(now.Sections[0].Sources) != 1 || !now.Changed {
		t.Errorf("after it is taken in: %d fresh, %d sources, changed %v", len(now.Fresh), len(now.Sections[0].Sources), now.Changed)
	}
	want(t, "taking back what a guide has grown from", second(h.guides.Forget(ctx, provider, before.Fresh[0].ID)), fault.Conflict)
	words := guide.Writing{Nr: 1, Title: first.Title, Words: i18n.Text{NB: "Nye ord."}}
	_, err = h.guides.Write(ctx, h.Provider(), guide.Programme, first.ID, first.Version, words)
	ok(t, err)
	_, err = h.guides.Write(ctx, county, guide.Programme, first.ID, first.Version, words)
	want(t, "writing over what another wrote", err, fault.Stale)
	ok(t, h.guides.Remove(ctx, county, guide.Programme, last.ID, last.Version))
	nr, err = h.guides.Publish(ctx, county, guide.Programme, "Lærte av saga")
	if ok(t, err); nr != 2 {
		t.Errorf("the second is number %d", nr)
	}
	old, err := h.guides.Read(ctx, access.Actor{}, guide.Programme, 1)
	ok(t, err)
	if old.Newest || old.Sections[0].Words.NB != first.Words.NB || len(old.Sections) != len(before.Sections) || len(old.Sources) != 0 {
		t.Error("the first version is not what it was")
	}
	newest, err := h.guides.Read(ctx, access.Actor{}, guide.Programme, 0)
	ok(t, err)
	if newest.Nr != 2 || newest.Sections[0].Words.NB != "Nye ord." || len(newest.Sources[first.ID]) != 1 {
		t.Errorf("the newest is %d with %+v", newest.Nr, newest.Sources)
	}
	var how []guide.Difference
	for _, c := range guide.Compare(old.Sections, newest.Sections) {
		how = append(how, c.Difference)
	}
	if how[0] != guide.Changed || how[1] != guide.Same || how[len(how)-1] != guide.Gone {
		t.Errorf("the difference is %v", how)
	}
	grown := h.draft(guide.Programme).Sections[0]
	ok(t, h.guides.Remove(ctx, county, guide.Programme, grown.ID, grown.Version))
	_, err = h.guides.Forget(ctx, provider, before.Fresh[0].ID)
	want(t, "taking back what a version has grown from", err, fault.Conflict)
	_, err = h.guides.Read(ctx, access.Actor{}, guide.Programme, 9)
	want(t, "a version that is not there", err, fault.NotFound)
}

// TestHidden: what is learned of education that is not shown to all is not told to all, though
// a guide has grown from it; what may not stand in a guide is offered to nobody who keeps one.
func TestHidden(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	county := needtest.As(access.RoleCaseOfficer, h.Fagskole)
	d := h.made(needtest.Content(h.Sawmill))
	ok(t, h.making.Show(ctx, h.Provider(), d, false))
	ok(t, h.guides.Learn(ctx, h.Provider(), d, learning("Hemmelig erfaring", true)))
	ok(t, h.guides.Learn(ctx, h.Provider(), d, learning("Bare for oss", false)))
	draft := h.draft(guide.Programme)
	if len(draft.Fresh) != 1 || draft.Fresh[0].Words != "Hemmelig erfaring" {
		t.Fatalf("offered are %+v", draft.Fresh)
	}
	elsewhere := h.Readers()["secretary in Namsos"]
	if _, err := h.making.Get(ctx, elsewhere, d); !fault.Is(err, fault.NotFound) {
		t.Fatalf("a secretary elsewhere knows of the development: %v", err)
	}
	seen, err := h.guides.Draft(ctx, elsewhere, guide.Forum)
	ok(t, err)
	if len(seen.Fresh) != 1 || seen.Fresh[0].Title != "" || seen.Fresh[0].OrgName != "" {
		t.Errorf("a secretary elsewhere is told of %+v", seen.Fresh)
	}
	ok(t, h.guides.Take(ctx, county, guide.Programme, draft.Sections[0].ID, draft.Fresh[0].ID))
	_, err = h.guides.Publish(ctx, county, guide.Programme, "Ny")
	ok(t, err)
	v, err := h.guides.Read(ctx, access.Actor{}, guide.Programme, 0)
	ok(t, err)
	if len(v.Sources) != 0 {
		t.Errorf("a visitor is told of %+v", v.Sources)
	}
	mine, err := h.guides.Read(ctx, h.Provider(), guide.Programme, 0)
	ok(t, err)
	if len(mine.Sources) != 1 {
		t.Errorf("who makes it is told of %+v", mine.Sources)
	}
}

// TestForget: who wrote it takes it back, nobody else.
func TestForget(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	d := h.made(needtest.Content(h.Sawmill))
	provider := h.Provider()
	ok(t, h.guides.Learn(ctx, provider, d, learning("Feil", true)))
	l := h.draft(guide.Forum).Fresh[0].ID
	want(t, "another takes it back", second(h.guides.Forget(ctx, h.Owner(), l)), fault.NotFound)
	ok(t, second(h.guides.Forget(ctx, provider, l)))
	want(t, "taking it back twice", second(h.guides.Forget(ctx, provider, l)), fault.NotFound)
	for name, in := range map[string]guide.Learning{"no words": {Stage: making.Design}, "no stage": {Words: "Noe"}, "a stage that is none": {Words: "Noe", Stage: making.Stopped}, "too long": learning(strings.Repeat("å", guide.MaxLearned+1), true)} {
		want(t, name, h.guides.Learn(ctx, provider, d, in), fault.Invalid)
	}
}

// TestStarter: both guides begin with sections in both forms of Norwegian, once.
func TestStarter(t *testing.T) {
	h := newHouse(t)
	ok(t, h.guides.LoadStarter(context.Background()))
	for _, k := range guide.Kinds() {
		d := h.draft(k)
		if len(d.Sections) < 6 || len(d.Sections) > 9 || d.Newest != 0 || !d.Changed {
			t.Errorf("%s begins with %d sections, version %d", k, len(d.Sections), d.Newest)
		}
		for i, s := range d.Sections {
			if s.Nr != i+1 || s.Title.NN == "" || s.Words.NN == "" || s.Words.NN == s.Words.NB || len(guide.Paragraphs(s.Words.NB)) != 3 {
				t.Errorf("%s, section %d: %+v", k, i+1, s)
			}
		}
	}
}
