package workspace_test

import (
	"context"
	"slices"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/hall/develop/workspace"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
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
	pools   *pool.Service
	answers *develop.Service
	making  *making.Service
	space   *workspace.Service
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{House: needtest.New(t)}
	h.pools = pool.New(h.Needs)
	offered := supply.New(h.DB, h.Clock(), h.Orgs, h.Needs.Places(), supply.DefaultSettings())
	h.answers = develop.New(develop.Deps{Needs: h.Needs, Pools: h.pools, Asks: ask.New(h.Needs, h.pools), Supply: offered, Support: support.New(h.DB, h.Clock())})
	h.making = making.New(making.Deps{DB: h.DB, Clock: h.Clock(), Answers: h.answers, Supply: offered, Began: func(context.Context, *db.Tx, string) (int, error) { return 0, nil }})
	h.space = workspace.New(workspace.Deps{DB: h.DB, Clock: h.Clock(), Making: h.making})
	return h
}

// made is a development of the provider's answer.
func (h *house) made(about develop.About, level offer.Level) making.ID {
	h.T.Helper()
	ctx := context.Background()
	a, err := h.answers.Answer(ctx, h.Provider(), about, develop.Answering{Kind: develop.Make, Unit: "Avdeling Røros", Earliest: clock.MustDate("2027-01-11"), Unknown: true, Words: "Vi lager det."})
	if err != nil {
		h.T.Fatal(err)
	}
	d, err := h.making.Make(ctx, h.Provider(), a, making.Making{Title: "Sagteknikk på Røros", Level: level})
	if err != nil {
		h.T.Fatal(err)
	}
	return d
}

func (h *house) room(actor access.Actor, d making.ID) workspace.Room {
	h.T.Helper()
	r, err := h.space.Room(context.Background(), actor, d, "", 20)
	if err != nil {
		h.T.Fatal(err)
	}
	return r
}

// circle are those of needtest's readers who share the workspace of what is made for a need in
// Røros that the hub registered for the sawmill.
var circle = []string{"owner", "representative", "provider", "provider in Namsos", "secretary", "officer", "secretary in Røros", "officer in Røros",
	"secretary in Namsos, officer in Røros", "secretary, officer in Namsos", "secretary in Namsos, owner", "system"}

// TestWhoSharesIt holds each reader against each use case: who is not of the circle finds
// nothing, though the development itself is open to all.
func TestWhoSharesIt(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	d := h.made(develop.About{Need: n.ID}, offer.Hoyere)
	task, err := h.space.AddTask(ctx, h.Provider(), d, workspace.Doing{What: "Finn et sted", Org: h.Sawmill})
	if err != nil {
		t.Fatal(err)
	}
	line, err := h.space.AddLine(ctx, h.Provider(), d, workspace.Paying{Source: workspace.Employer, Payer: h.Sawmill, Amount: money.Kroner(40_000), Year: 2027, State: workspace.Planned})
	if err != nil {
		t.Fatal(err)
	}
	readers := h.Readers()
	readers["another provider"] = needtest.As(access.RoleProviderUser, h.Vgs)
	rooms, tasks := workspace.Rooms(h.space), workspace.Tasks(h.space)
	for name, actor := range readers {
		inside := slices.Contains(circle, name)
		provider := name == "provider" || name == "provider in Namsos" || name == "system"
		if _, err := h.making.Get(ctx, actor, d); err != nil {
			t.Fatalf("%s does not read the development, which is open: %v", name, err)
		}
		_, err := h.space.Room(ctx, actor, d, "", 20)
		found(t, inside, err, name+" reads the workspace")
		_, err = h.space.Task(ctx, actor, task)
		found(t, inside, err, name+" reads a task")
		_, err = h.space.Financing(ctx, actor, d)
		found(t, inside, err, name+" reads the financing")
		found(t, inside, h.space.Say(ctx, actor, d, "Hei fra "+name), name+" writes a note")
		_, err = h.space.AddTask(ctx, actor, d, workspace.Doing{What: "En oppgave fra " + name, Org: h.Fagskole})
		found(t, inside, err, name+" makes a task")
		may(t, inside, provider, h.space.Move(ctx, actor, task, workspace.Moving{To: workspace.Dropped}), fault.Invalid, name+" drops a task")
		may(t, inside, provider, h.space.SetLine(ctx, actor, d, line, -1, workspace.Paying{Source: workspace.Own, Payer: h.Sawmill, Amount: 1, Year: 2027, State: workspace.Planned}), fault.Stale, name+" changes a line")
		may(t, inside, provider, h.space.RemoveLine(ctx, actor, d, line, -1), fault.Stale, name+" takes away a line")
		payer := name == "owner" || name == "secretary in Namsos, owner"
		may(t, inside, payer, h.space.Confirm(ctx, actor, d, line, -1), fault.Stale, name+" says yes to a line")
		err = h.DB.Read(ctx, func(tx *db.Tx) error {
			for kind, id := range map[*object.Kind]string{&rooms: string(d), &tasks: string(task)} {
				cards, err := kind.Cards(ctx, tx, actor, []string{id})
				if err != nil || (len(cards) == 1) != inside {
					t.Errorf("%s finds %d of %s, %v", name, len(cards), kind.Name, err)
				}
			}
			seen, err := h.space.Seen(ctx, tx, actor, []string{string(task)})
			if seen[string(task)] != inside {
				t.Errorf("%s has the task in a list: %v", name, seen)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// found: whoever is inside may, and nobody else finds it.
func found(t *testing.T, inside bool, err error, what string) {
	t.Helper()
	if inside && err != nil || !inside && !fault.Is(err, fault.NotFound) {
		t.Errorf("%s: %v", what, err)
	}
}

// may: whoever may, gets as far as the fault; the others inside are Denied, and those outside
// find nothing.
func may(t *testing.T, inside, may bool, err error, far fault.Kind, what string) {
	t.Helper()
	switch {
	case !inside && !fault.Is(err, fault.NotFound), inside && may && !fault.Is(err, far), inside && !may && !fault.Is(err, fault.Denied):
		t.Errorf("%s: %v", what, err)
	}
}

// TestATask goes to whoever does it, until it is done or dropped.
func TestATask(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	d := h.made(develop.About{Need: h.Register(h.Owner(), needtest.Content(h.Sawmill)).ID}, offer.Kurs)
	if errs := workspace.Flow().Check(); len(errs) > 0 {
		t.Error(errs)
	}
	for field, in := range map[string]workspace.Doing{"what": {What: " ", Org: h.Sawmill}, "org": {What: "X", Org: h.Farm}, "due": {What: "X", Org: h.Sawmill, Due: clock.MustDate("2026-11-17")}} {
		_, err := h.space.AddTask(ctx, h.Provider(), d, in)
		needtest.WantField(t, err, field, "")
	}
	id, err := h.space.AddTask(ctx, h.Provider(), d, workspace.Doing{What: "  Finn et\nsted ", Org: h.Sawmill})
	if err != nil {
		t.Fatal(err)
	}
	got, err := h.space.Task(ctx, h.Owner(), id)
	if err != nil || got.What != "Finn et sted" || got.OrgName != "Ålen Sag" || got.Due.String() != "2026-12-02" || len(got.Moves()) != 1 {
		t.Errorf("the task: %+v, %v", got, err)
	}
	err = h.DB.Read(ctx, func(tx *db.Tx) error {
		held, err := flow.Held(ctx, tx, h.Owner(), flow.Asked{Limit: 10})
		if !slices.ContainsFunc(held.Items, func(i flow.Item) bool { return i.Subject.ID == string(id) && i.Ball.Party == flow.Owner }) {
			t.Errorf("it does not stand under the owner's tasks: %+v", held.Items)
		}
		orgs, err2 := workspace.Concerns(ctx, tx, string(id))
		if len(orgs) != 2 {
			t.Errorf("it concerns %v, %v", orgs, err2)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	needtest.WantKind(t, h.space.Move(ctx, h.Owner(), id, workspace.Moving{To: workspace.Dropped, Note: "Nei"}), fault.Denied)
	needtest.WantKind(t, h.space.Move(ctx, h.Officer(), id, workspace.Moving{To: workspace.Done}), fault.Denied)
	if err := h.space.Move(ctx, h.Owner(), id, workspace.Moving{To: workspace.Done, Note: "Låven er ledig"}); err != nil {
		t.Fatal(err)
	}
	needtest.WantKind(t, h.space.Move(ctx, h.Owner(), id, workspace.Moving{To: workspace.Done, From: workspace.Open}), fault.Stale)
	other, err := h.space.AddTask(ctx, h.Owner(), d, workspace.Doing{What: "Skriv plan", Org: h.Fagskole, Due: clock.MustDate("2026-11-30")})
	if err != nil {
		t.Fatal(err)
	}
	needtest.WantField(t, h.space.Move(ctx, h.Provider(), other, workspace.Moving{To: workspace.Dropped}), "note", "")
	if r := h.room(h.Provider(), d); len(r.Open) != 1 || r.Open[0].ID != other || len(r.Past) != 1 || r.Past[0].Why != "Låven er ledig" {
		t.Errorf("the workspace: %+v", r)
	}
}

// TestNotes come the newest first, in pages, with the organisation that said them.
func TestNotes(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	d := h.made(develop.About{Need: h.Register(h.Owner(), needtest.Content(h.Sawmill)).ID}, offer.Kurs)
	needtest.WantField(t, h.space.Say(ctx, h.Owner(), d, " "), "words", "form.error.required")
	for _, x := range []struct {
		by    access.Actor
		words string
	}{{h.Provider(), "Først"}, {h.Owner(), "Så"}, {h.Officer(), "Sist"}} {
		h.Forward(1e9)
		if err := h.space.Say(ctx, x.by, d, x.words); err != nil {
			t.Fatal(err)
		}
	}
	r, err := h.space.Room(ctx, h.Owner(), d, "", 2)
	if err != nil || len(r.Notes.Items) != 2 || r.Notes.Items[0].Words != "Sist" || r.Notes.Items[1].OrgName != "Ålen Sag" || r.Notes.Next == "" {
		t.Fatalf("the first page: %+v, %v", r.Notes, err)
	}
	r, err = h.space.Room(ctx, h.Owner(), d, r.Notes.Next, 2)
	if err != nil || len(r.Notes.Items) != 1 || r.Notes.Items[0].OrgName != "Fjellfagskolen" || r.Notes.Next != "" {
		t.Errorf("the second page: %+v, %v", r.Notes, err)
	}
}

// TestOfAPool: whoever has a need in the pool, or acts for it, shares the workspace, and no
// other firm.
func TestOfAPool(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	farmer := needtest.As(access.RoleOrgMember, h.Farm)
	a, b := h.Register(h.Adviser(), needtest.Content(h.Sawmill)), h.Register(farmer, needtest.Content(h.Farm))
	p, err := h.pools.Make(ctx, h.Adviser(), pool.Content{Title: "Sag i fjellet"}, a.ID, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	d := h.made(develop.About{Pool: p.ID}, offer.Kurs)
	for name, actor := range map[string]access.Actor{"the coordinator": h.Adviser(), "one firm": h.Owner(), "another firm": farmer} {
		if err := h.space.Say(ctx, actor, d, "Hei"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, actor := range map[string]access.Actor{"a firm outside": needtest.As(access.RoleOrgMember, h.Hotel), "another provider": needtest.As(access.RoleProviderUser, h.Vgs)} {
		needtest.WantKind(t, h.space.Say(ctx, actor, d, "Hei"), fault.NotFound)
		if _, err := h.space.Financing(ctx, actor, d); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads the financing: %v", name, err)
		}
	}
	if r := h.room(farmer, d); len(r.Members) != 4 {
		t.Errorf("the circle: %+v", r.Members)
	}
}

// TestAShieldedNeedIsNotNamed: of two needs behind it, whoever may not know of one does not
// learn whose it is, neither from notes nor from tasks nor from who can be given one.
func TestAShieldedNeedIsNotNamed(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	d := h.made(develop.About{Need: h.Register(h.Owner(), needtest.Content(h.Sawmill)).ID}, offer.Kurs)
	farmer := needtest.As(access.RoleOrgMember, h.Farm)
	secret := h.Register(farmer, needtest.Hidden(h.Farm, need.ProvidersOnly, 2))
	if err := h.making.Show(ctx, h.Provider(), d, false); err != nil {
		t.Fatal(err)
	}
	now, err := h.making.Get(ctx, h.Provider(), d)
	if err == nil {
		err = h.making.Link(ctx, h.Provider(), d, now.Version, secret.Number)
	}
	if err == nil {
		err = h.space.Say(ctx, farmer, d, "Vi kan ta imot to")
	}
	if err == nil {
		_, err = h.space.AddTask(ctx, h.Provider(), d, workspace.Doing{What: "Si hvor mange", Org: h.Farm})
	}
	if err == nil {
		_, err = h.space.AddLine(ctx, h.Provider(), d, workspace.Paying{Source: workspace.Employer, Payer: h.Farm, Amount: money.Kroner(9_000), Year: 2027, State: workspace.Planned})
	}
	if err != nil {
		t.Fatal(err)
	}
	r := h.room(h.Owner(), d)
	if len(r.Notes.Items) != 1 || r.Notes.Items[0].OrgName != "" || r.Open[0].OrgName != "" || len(r.Members) != 2 {
		t.Errorf("the owner of the other need reads %+v", r)
	}
	if f, err := h.space.Financing(ctx, h.Owner(), d); err != nil || f.Lines[0].PayerName != "" {
		t.Errorf("and who pays: %+v, %v", f.Lines, err)
	}
	_, err = h.space.AddTask(ctx, h.Owner(), d, workspace.Doing{What: "X", Org: h.Farm})
	needtest.WantField(t, err, "org", "workspace.error.outside")
	if r := h.room(h.Provider(), d); r.Notes.Items[0].OrgName != "Øvre Gård" || r.Open[0].OrgName != "Øvre Gård" {
		t.Errorf("the provider reads %+v", r)
	}
}

// TestWhoPays: a line of somebody in the circle is sure when that one has said so, and is not
// any more when it asks for more.
func TestWhoPays(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	d := h.made(develop.About{Need: h.Register(h.Owner(), needtest.Content(h.Sawmill)).ID}, offer.Fagskole)
	ours := workspace.Paying{Source: workspace.Employer, Payer: h.Sawmill, Amount: money.Kroner(40_000), Year: 2027, State: workspace.Planned}
	early, nobody, outside, free := ours, ours, ours, ours
	early.State, nobody.Payer, outside.Payer, free.Amount = workspace.Confirmed, "", h.Hotel, 0
	for field, in := range map[string]workspace.Paying{"state": early, "words": nobody, "payer": outside, "amount": free} {
		_, err := h.space.AddLine(ctx, h.Provider(), d, in)
		needtest.WantField(t, err, field, "")
	}
	line, err := h.space.AddLine(ctx, h.Provider(), d, ours)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.space.AddLine(ctx, h.Provider(), d, workspace.Paying{Source: workspace.County, Words: "Fylkeskommunen", Amount: money.Kroner(100_000), Year: 2027, State: workspace.Confirmed}); err != nil {
		t.Fatal(err)
	}
	read := func(actor access.Actor) workspace.Financing {
		t.Helper()
		f, err := h.space.Financing(ctx, actor, d)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	f := read(h.Owner())
	if f.Usual != workspace.County || f.All.All() != money.Kroner(140_000) || f.All.Confirmed != money.Kroner(100_000) || len(f.BySource) != 2 || f.BySource[0].Source != workspace.County || !f.Lines[0].Mine && !f.Lines[1].Mine {
		t.Errorf("the owner reads %+v", f)
	}
	needtest.WantKind(t, h.space.Confirm(ctx, h.Provider(), d, line, 1), fault.Denied)
	needtest.WantKind(t, h.space.Confirm(ctx, h.Owner(), d, line, 9), fault.Stale)
	if err := h.space.Confirm(ctx, h.Owner(), d, line, 1); err != nil {
		t.Fatal(err)
	}
	if f = read(h.Provider()); f.All.Confirmed != money.Kroner(140_000) || f.All.Planned != 0 {
		t.Errorf("after the yes: %+v", f.All)
	}
	more := ours
	more.Amount, more.State = money.Kroner(60_000), workspace.Confirmed
	needtest.WantField(t, h.space.SetLine(ctx, h.Provider(), d, line, 2, more), "state", "workspace.error.theirs")
	same := ours
	same.Note, same.State = "Etter møtet", workspace.Confirmed
	if err := h.space.SetLine(ctx, h.Provider(), d, line, 2, same); err != nil {
		t.Fatal(err)
	}
	more.State = workspace.Planned
	if err := h.space.SetLine(ctx, h.Provider(), d, line, 3, more); err != nil {
		t.Fatal(err)
	}
	if f = read(h.Provider()); f.All.Planned != money.Kroner(60_000) || f.All.Confirmed != money.Kroner(100_000) {
		t.Errorf("after asking for more: %+v", f.All)
	}
	needtest.WantKind(t, h.space.RemoveLine(ctx, h.Provider(), d, line, 3), fault.Stale)
	if err := h.space.RemoveLine(ctx, h.Provider(), d, line, 4); err != nil {
		t.Fatal(err)
	}
	if f = read(h.Provider()); len(f.Lines) != 1 {
		t.Errorf("after taking it away: %+v", f.Lines)
	}
}

// TestUsualSource: who usually pays follows from the level (LOP-12).
func TestUsualSource(t *testing.T) {
	for level, want := range map[offer.Level]workspace.Source{offer.Hoyere: workspace.TheState, offer.Vgs: workspace.County, offer.Fagbrev: workspace.County, offer.Fagskole: workspace.County, offer.Kurs: workspace.Employer} {
		if got := workspace.SourceFor(level); got != want {
			t.Errorf("%s: %s", level, got)
		}
	}
}
