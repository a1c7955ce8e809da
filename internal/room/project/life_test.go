package project_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/project"
)

// town is a room with two municipalities as organisations, and people of both.
type town struct {
	*project.Service
	t                      *testing.T
	one, two               access.OrgID
	lead, other, clerk, me access.Actor
}

func newTown(t *testing.T) *town {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	tick := clock.Clock(func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) })
	d := dbtest.New(t)
	orgs := org.New(d, tick, func(string) bool { return true })
	w := &town{t: t}
	made := func(name string) access.OrgID {
		o, err := orgs.Register(context.Background(), access.SystemActor("test"), org.Registration{Name: name, Kind: org.Municipality, Municipality: "5022"})
		if err != nil {
			t.Fatal(err)
		}
		return o.ID
	}
	w.one, w.two = made("Rennebu kommune"), made("Oppdal kommune")
	at := func(name string, o access.OrgID, role access.Role) access.Actor {
		return access.Actor{Account: access.AccountID("0190f5fe-7c00-7a00-8000-0000000000" + name), Name: name, Roles: []access.Assignment{{Org: o, Role: role}}}
	}
	w.lead, w.other, w.clerk = at("01", w.one, access.RoleMunicipalLead), at("02", w.two, access.RoleMunicipalLead), at("03", w.two, access.RoleCaseOfficer)
	w.me = access.Actor{Account: "0190f5fe-7c00-7a00-8000-000000000004", Name: "04"}
	w.Service = project.New(project.Deps{DB: d, Clock: tick, Places: places,
		OrgNamed: func(context.Context, *db.Tx, string) (access.OrgID, error) { return "", nil },
		OrgName: func(ctx context.Context, tx *db.Tx, o access.OrgID) (string, error) {
			return map[access.OrgID]string{w.one: "Rennebu kommune", w.two: "Oppdal kommune"}[o], nil
		}})
	return w
}

// content is what a project of the first municipality says.
func (w *town) content() project.Content {
	return project.Content{Lang: i18n.NN, Words: project.Words{Title: "Velkomstbrev", Goal: "Nye innbyggjarar blir."}, Owner: w.one, Municipalities: []place.Number{"5022"}}
}

func (w *town) create(c project.Content, steps ...string) project.ID {
	w.t.Helper()
	p, err := w.Create(context.Background(), w.lead, project.Making{Content: c, Card: "M06", Steps: steps})
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

func (w *town) get(p project.ID) project.Detail {
	w.t.Helper()
	d, err := w.Get(context.Background(), access.SystemActor("test"), p)
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// TestProjectOfOnesOwn: whoever works for a municipality makes a project for it, which others do
// not see until it is open; the owner has the ball, and writes what it says in one language
// without losing another.
func TestProjectOfOnesOwn(t *testing.T) {
	ctx, w := context.Background(), newTown(t)
	if _, err := w.Create(ctx, w.other, project.Making{Content: w.content()}); !fault.Is(err, fault.Denied) {
		t.Errorf("another's: %v", err)
	}
	if _, err := w.Create(ctx, w.me, project.Making{Content: w.content()}); !fault.Is(err, fault.Denied) {
		t.Errorf("nobody's: %v", err)
	}
	p := w.create(w.content(), "Skriv brevet", "", " Send det ")
	d := w.get(p)
	if d.Title.NN != "Velkomstbrev" || d.Title.NB != "" || d.State != project.Idea || d.Owner != "Rennebu kommune" || d.Card != "M06" || d.Number != d.Code ||
		!slices.Equal(d.Steps, []project.Step{{Words: "Skriv brevet"}, {Words: "Send det"}}) {
		t.Fatalf("%+v", d)
	}
	for who, see := range map[string]struct {
		access.Actor
		sees bool
	}{"owner": {w.lead, true}, "county": {w.clerk, true}, "another": {w.other, false}, "visitor": {access.Actor{}, false}} {
		_, err := w.Get(ctx, see.Actor, p)
		list, err2 := w.List(ctx, see.Actor, project.Filter{})
		_, all, err3 := w.Page(ctx, see.Actor, project.Filter{Municipality: "5022"}, "", 10)
		_, err4 := w.Notes(ctx, see.Actor, p)
		if (err == nil) != see.sees || (err4 == nil) != see.sees || err2 != nil || err3 != nil || len(list) != all || (all == 1) != see.sees || err != nil && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v %v %d %v %v", who, err, err4, all, err2, err3)
		}
	}
	item, steps, begun, err := w.History(ctx, p)
	if err != nil || !begun || len(steps) != 1 || item.Ball.Party != flow.Owner || item.Ball.Org != w.one || item.Ball.Due.IsZero() {
		t.Errorf("%+v %v", item, err)
	}
	c := w.content()
	c.Lang, c.Title, c.Public, c.Owner = i18n.EN, "Welcome letter", true, w.two
	if err := w.Edit(ctx, w.lead, p, d.Version, c); err != nil {
		t.Fatal(err)
	}
	if now := w.get(p); now.Title != (i18n.Text{NN: "Velkomstbrev", EN: "Welcome letter"}) || !now.Public || now.OwnerOrg != w.one {
		t.Errorf("%+v", now)
	}
	if err := w.Edit(ctx, w.lead, p, d.Version, c); !fault.Is(err, fault.Stale) {
		t.Errorf("stale: %v", err)
	}
	if err := w.Edit(ctx, w.other, p, d.Version+1, c); !fault.Is(err, fault.Denied) {
		t.Errorf("another edits: %v", err)
	}
	if _, err := w.Get(ctx, access.Actor{}, p); err != nil {
		t.Errorf("open: %v", err)
	}
}

// TestMoves walks the flow with every party: who may, who has the ball then, and that nobody
// goes into the compendium by hand.
func TestMoves(t *testing.T) {
	ctx, w := context.Background(), newTown(t)
	for _, err := range project.Flow().Check() {
		t.Error(err)
	}
	p := w.create(w.content())
	for _, step := range []struct {
		to     project.State
		note   string
		by     access.Actor
		denied access.Actor
		ball   flow.Party
	}{{project.Described, "", w.lead, w.other, flow.Owner}, {project.Applied, "PS 1/26", w.lead, w.other, flow.County}, {project.Described, "Mangler egenandel", w.clerk, w.lead, flow.Owner},
		{project.Applied, "PS 1/26", w.lead, w.other, flow.County}, {project.Granted, "FU 9/26", w.clerk, w.other, flow.Owner}, {project.Running, "", w.lead, w.other, flow.Owner},
		{project.Reported, "", w.lead, w.other, flow.Owner}} {
		d := w.get(p)
		seen := d.Version
		if err := w.Move(ctx, step.denied, p, seen, step.to, step.note); !fault.Is(err, fault.Denied) && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s by another: %v", step.to, err)
		}
		if step.note != "" {
			if err := w.Move(ctx, step.by, p, seen, step.to, " "); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s without a reason: %v", step.to, err)
			}
		}
		if err := w.Move(ctx, step.by, p, seen, step.to, step.note); err != nil {
			t.Fatalf("%s: %v", step.to, err)
		}
		if err := w.Move(ctx, step.by, p, seen, step.to, step.note); !fault.Is(err, fault.Stale) {
			t.Errorf("%s twice: %v", step.to, err)
		}
		item, _, _, err := w.History(ctx, p)
		if err != nil || item.Ball.Party != step.ball || project.State(item.State) != step.to || w.get(p).State != step.to {
			t.Errorf("%s: %+v %v", step.to, item, err)
		}
	}
	if err := w.Move(ctx, w.lead, p, w.get(p).Version, project.Compiled, ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("compiled by hand: %v", err)
	}
	if slices.ContainsFunc(project.Moves(w.lead, w.get(p)), func(m flow.MoveDef) bool { return m.To == flow.State(project.Compiled) }) {
		t.Error("the compendium is offered by hand")
	}
	if list := project.Moves(w.other, w.get(p)); len(list) != 0 {
		t.Errorf("another is offered %v", list)
	}
}

// TestFromARegister: a project that came in a document has no history before somebody does
// something with it, then the state stays even if the document comes again.
func TestFromARegister(t *testing.T) {
	ctx, w := context.Background(), newTown(t)
	in, err := takeIn(t, w.Service, other)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, begun, err := w.History(ctx, in.Project); begun || err != nil {
		t.Errorf("%v %v", begun, err)
	}
	if err := w.Move(ctx, w.clerk, in.Project, w.get(in.Project).Version, project.Closed, "Pengene er brukt"); err != nil {
		t.Fatal(err)
	}
	if _, steps, begun, err := w.History(ctx, in.Project); !begun || err != nil || len(steps) != 2 {
		t.Errorf("%v %v %v", steps, begun, err)
	}
	if _, err := takeIn(t, w.Service, other); err != nil || w.get(in.Project).State != project.Closed {
		t.Errorf("%s %v", w.get(in.Project).State, err)
	}
}

// TestParts: money, people, agreements and steps are added, written over and taken away by who
// writes for the project; own work in hours is worth what it comes to; a wrong line is refused
// at its field.
func TestParts(t *testing.T) {
	ctx, w := context.Background(), newTown(t)
	p := w.create(w.content(), "Skriv brevet", "Send det")
	v := func() int64 { return w.get(p).Version }
	if err := w.SetMoney(ctx, w.lead, p, v(), -1, &project.Money{Payer: "Kommunen", Sort: project.Work, Hours: 100, Rate: money.Kroner(500), Planned: 7}); err != nil {
		t.Fatal(err)
	}
	if err := w.SetMoney(ctx, w.lead, p, v(), -1, &project.Money{Payer: "Fylket", Sort: project.Cash, Planned: money.Kroner(50_000), FromParent: true}); err != nil {
		t.Fatal(err)
	}
	d := w.get(p)
	if d.Money[0].Planned != money.Kroner(50_000) || d.Money[0].Hours != 100 || project.Sum(d.Money) != money.Kroner(100_000) || !d.Money[1].FromParent || d.Money[1].Hours != 0 {
		t.Errorf("%+v", d.Money)
	}
	if err := w.SetMoney(ctx, w.lead, p, v(), 0, nil); err != nil || len(w.get(p).Money) != 1 || w.get(p).Money[0].Payer != "Fylket" {
		t.Errorf("%v %+v", err, w.get(p).Money)
	}
	for field, m := range map[string]project.Money{"payer": {Sort: project.Cash}, "sort": {Payer: "a"}, "hours": {Payer: "a", Sort: project.Cash, Hours: 3, Rate: 4}, "rate": {Payer: "a", Sort: project.Work, Hours: 3}, "planned": {Payer: "a", Sort: project.Cash, Planned: -1}} {
		if f, ok := fault.As(w.SetMoney(ctx, w.lead, p, v(), -1, &m)); !ok || len(f.Fields) != 1 || f.Fields[0].Name != field {
			t.Errorf("%s: %+v", field, f)
		}
	}
	if err := w.SetMoney(ctx, w.other, p, v(), -1, &project.Money{Payer: "a", Sort: project.Cash}); !fault.Is(err, fault.NotFound) {
		t.Errorf("by another: %v", err)
	}
	if err := w.SetMoney(ctx, w.lead, p, v(), 5, nil); !fault.Is(err, fault.NotFound) {
		t.Errorf("no such line: %v", err)
	}
	if err := w.SetMember(ctx, w.lead, p, v(), -1, &project.Member{Sort: project.Steering, Role: " ordføreren ", Leads: true}); err != nil || w.get(p).Members[0].Role != "ordføreren" {
		t.Errorf("%v %+v", err, w.get(p).Members)
	}
	if err := w.SetAgreement(ctx, w.lead, p, v(), -1, &project.Agreement{Hub: "Nasjonalparken Næringshage", Municipalities: []place.Number{"5022"}}); err != nil {
		t.Fatal(err)
	}
	today := clock.MustDate("2026-11-23")
	if c, err := w.Coverage(w.get(p).Project, today); err != nil || !c.OK() {
		t.Errorf("%+v %v", c, err)
	}
	if err := w.SetAgreement(ctx, w.lead, p, v(), -1, &project.Agreement{Hub: "En til", Municipalities: []place.Number{"5022", "5021"}}); err != nil {
		t.Fatal(err)
	}
	if c, err := w.Coverage(w.get(p).Project, today); err != nil || c.OK() || len(c.Overlaps) != 1 || len(c.Outside) != 1 {
		t.Errorf("%+v %v", c, err)
	}
	if err := w.Tick(ctx, w.lead, p, v(), 1); err != nil || w.get(p).Steps[1].DoneOn != today {
		t.Errorf("%v %+v", err, w.get(p).Steps)
	}
	if err := w.SetSteps(ctx, w.lead, p, v(), []string{"Ring alle", "Send det"}); err != nil || !slices.Equal(w.get(p).Steps, []project.Step{{Words: "Ring alle"}, {Words: "Send det", DoneOn: today}}) {
		t.Errorf("%v %+v", err, w.get(p).Steps)
	}
	if err := w.Tick(ctx, w.lead, p, v(), 1); err != nil || !w.get(p).Steps[1].DoneOn.IsZero() {
		t.Errorf("%v %+v", err, w.get(p).Steps)
	}
}

// TestNotes: what came along the way is written by who writes for the project and read by who
// may see it; a note of a document is written anew with it, until somebody changes it here.
func TestNotes(t *testing.T) {
	ctx, w := context.Background(), newTown(t)
	fifteen, seventeen := 15, 17
	doc := func(words string) project.Document {
		return project.Document{DocumentProject: project.DocumentProject{Code: "n", Title: i18n.Text{NB: "N"}, Notes: []project.DocumentNote{
			{Kind: project.Conference, Words: words, Attended: &fifteen, Invited: &seventeen}, {Kind: project.Asked, Who: "Universitetet", Words: "Forskning", Outcome: "no_capacity"}}}}
	}
	in, err := w.TakeIn(ctx, access.SystemActor("test"), doc("Konferanse"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := w.Notes(ctx, access.Actor{}, in.Project)
	if err != nil || len(list) != 2 || list[0].Words != "Konferanse" || !list[0].TakenIn {
		t.Fatalf("%+v %v", list, err)
	}
	if n, ok := list[0].PerMille(); n != 882 || !ok {
		t.Errorf("15 of 17 is %d", n)
	}
	mine := list[1]
	mine.Outcome = "interest"
	if err := w.SaveNote(ctx, w.clerk, in.Project, mine); err != nil {
		t.Fatal(err)
	}
	if err := w.SaveNote(ctx, w.clerk, in.Project, mine); !fault.Is(err, fault.Stale) {
		t.Errorf("stale: %v", err)
	}
	if _, err := w.TakeIn(ctx, access.SystemActor("test"), doc("Konferansen")); err != nil {
		t.Fatal(err)
	}
	list, err = w.Notes(ctx, access.Actor{}, in.Project)
	if err != nil || !slices.ContainsFunc(list, func(n project.Note) bool { return n.Words == "Konferansen" }) || !slices.ContainsFunc(list, func(n project.Note) bool { return n.Outcome == "interest" && !n.TakenIn }) ||
		slices.ContainsFunc(list, func(n project.Note) bool { return n.Words == "Konferanse" }) {
		t.Errorf("%+v %v", list, err)
	}
	for field, n := range map[string]project.Note{"kind": {Kind: "party"}, "words": {Kind: project.Meeting}, "to_post": {Kind: project.Shift, FromPost: "FoU", Words: "a"}, "outcome": {Kind: project.Plan, Words: "a", Outcome: "perhaps"},
		"attended": {Kind: project.Meeting, Words: "a", Attended: &seventeen, Invited: &fifteen}} {
		if f, ok := fault.As(w.SaveNote(ctx, w.clerk, in.Project, n)); !ok || len(f.Fields) == 0 || f.Fields[0].Name != field {
			t.Errorf("%s: %+v", field, f)
		}
	}
	if err := w.SaveNote(ctx, w.lead, in.Project, project.Note{Kind: project.News, Words: "a"}); !fault.Is(err, fault.Denied) {
		t.Errorf("by another: %v", err)
	}
	if err := w.DropNote(ctx, w.clerk, in.Project, list[0].ID, list[0].Version); err != nil {
		t.Error(err)
	}
	if now, _ := w.Notes(ctx, w.clerk, in.Project); len(now) != len(list)-1 {
		t.Errorf("%d of %d are left", len(now), len(list))
	}
}

// TestDocumentKeepsWhatItDoesNotSay: what was written here stays when the document comes again
// without a word of it.
func TestDocumentKeepsWhatItDoesNotSay(t *testing.T) {
	ctx, w := context.Background(), newTown(t)
	d := project.Document{DocumentProject: project.DocumentProject{Code: "k", Title: i18n.Text{NB: "K"}}}
	in, err := w.TakeIn(ctx, access.SystemActor("test"), d)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SetMoney(ctx, w.clerk, in.Project, 1, -1, &project.Money{Payer: "Vi", Sort: project.Cash, Planned: 100}); err != nil {
		t.Fatal(err)
	}
	if err := w.SetSteps(ctx, w.clerk, in.Project, 2, []string{"Begynn"}); err != nil {
		t.Fatal(err)
	}
	if again, err := w.TakeIn(ctx, access.SystemActor("test"), d); err != nil || again.Unchanged != 1 || len(w.get(in.Project).Money) != 1 || len(w.get(in.Project).Steps) != 1 {
		t.Errorf("%+v %v %+v", again, err, w.get(in.Project))
	}
}

// TestUnder: a county's project under a national programme, with its own pilots: their money out
// of its frame is not counted twice.
func TestUnder(t *testing.T) {
	w := newTown(t)
	if _, err := takeIn(t, w.Service, `{"code": "piloter", "title": {"nb": "Kompetansepiloter"}}`); err != nil {
		t.Fatal(err)
	}
	in, err := takeIn(t, w.Service, `{"code": "fylket", "title": {"nb": "Fylkets pilot"}, "under": "piloter", "money": [{"payer": "Staten", "planned": 1000}], "projects": [{"code": "a", "title": {"nb": "A"}, "money": [{"payer": "Fylket", "planned": 400, "from_parent": true}, {"payer": "Bedriftene", "sort": "work", "hours": 10, "rate": 50}]}]}`)
	if err != nil {
		t.Fatal(err)
	}
	d := w.get(in.Project)
	if d.Above == nil || d.Above.Code != "piloter" || project.Rollup(d.Project, d.Children) != money.Kroner(1_500) {
		t.Errorf("%+v %s", d.Above, project.Rollup(d.Project, d.Children))
	}
	if _, err := takeIn(t, w.Service, `{"code": "x", "title": {"nb": "X"}, "under": "finnes-ikke"}`); !fault.Is(err, fault.Invalid) {
		t.Errorf("%v", err)
	}
}

// TestRollupCountsOnce: however money is spread over a parent and its parts, what is out of the
// parent's frame never adds to the whole.
func TestRollupCountsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.Custom(func(t *rapid.T) project.Money {
			return project.Money{Planned: money.NOK(rapid.Int64Range(0, 1_000_000).Draw(t, "planned")), FromParent: rapid.Bool().Draw(t, "from parent")}
		})
		parent := project.Project{Money: rapid.SliceOfN(line, 0, 5).Draw(t, "parent")}
		var want money.NOK
		for _, m := range parent.Money {
			want += m.Planned
		}
		var below []project.Project
		for range rapid.IntRange(0, 4).Draw(t, "parts") {
			p := project.Project{Money: rapid.SliceOfN(line, 0, 5).Draw(t, "part")}
			for _, m := range p.Money {
				if !m.FromParent {
					want += m.Planned
				}
			}
			below = append(below, p)
		}
		if got := project.Rollup(parent, below); got != want {
			t.Fatalf("%s, not %s", got, want)
		}
	})
}

// TestAlike: the same long word at the beginning, or nearly the same words; what only shares a
// common word is not alike.
func TestAlike(t *testing.T) {
	title := func(s string) project.Project { return project.Project{Texts: project.Texts{Title: i18n.Text{NB: s}}} }
	for _, c := range []struct {
		a, b string
		like bool
	}{{"Treffkveld for utflyttere", "Treffkvelder med kommuner", true}, {"Gründerkamp med studenter", "Gründercamp", true}, {"Karrieredag på Røros VGS", "Karrieredager for offentlig sektor", true},
		{"Ny i Selbu", "Ny-giv dag", false}, {"Kulturløft Selbu", "Matkurs for innvandrere", false}, {"", "", false}, {"Jobb og bo", "Jobb og bo", true}} {
		got := project.Alike([]project.Project{title(c.a), title(c.b)})
		if (len(got) == 1) != c.like {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
	var many []project.Project
	for _, s := range []string{"Utdanning i fjøset", "Utdanning for sjøfolk", "Utdanning på nett", "Utdanning hjemme"} {
		many = append(many, title(s))
	}
	if got := project.Alike(many); len(got) != 0 {
		t.Errorf("%d pairs begin with a common word", len(got))
	}
}
