package final_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/entry"
	"kompetansetorg/internal/room/project/final"
)

const doc = `{"code": "f", "title": {"nb": "Folk til kysten"}, "goal": {"nb": "Flere folk"}, "from": "2024-01-01", "to": "2026-06-30", "state": "running", "municipalities": ["5021", "5022"],
 "money": [{"payer": "Fylket", "planned": 300000}], "members": [{"sort": "manager", "role": "prosjektleder"}, {"sort": "steering", "role": "ordfører", "leads": true}],
 "agreements": [{"hub": "Hagen", "municipalities": ["5021", "5022"]}], "groups": [{"code": "a", "title": {"nb": "A"}}],
 "notes": [{"kind": "asked", "who": "NTNU", "words": "Forskning", "outcome": "no_capacity"}, {"kind": "shift", "words": "Ingen kunne", "from": "FoU", "to": "Tiltak"}, {"kind": "next", "words": "Hagen fortsetter", "outcome": "hub"}],
 "projects": [{"code": "1", "title": {"nb": "En"}, "group": "a", "state": "reported"}, {"code": "2", "title": {"nb": "To"}, "state": "reported"}]}`

var (
	system = access.SystemActor("test")
	county = access.Actor{Account: "0190f5fe-7c00-7a00-8000-000000000001", Roles: []access.Assignment{{Role: access.RoleCaseOfficer}}}
	today  = clock.MustDate("2026-11-23")
)

func newRoom(t *testing.T) (*final.Service, project.ID) {
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
	projects := project.New(project.Deps{DB: dbtest.New(t), Clock: tick, Places: places, OrgNamed: func(context.Context, *db.Tx, string) (access.OrgID, error) { return "", nil }})
	d, err := project.ReadDocument([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	in, err := projects.TakeIn(t.Context(), system, d)
	if err != nil {
		t.Fatal(err)
	}
	return final.New(final.Deps{DB: projects.DB, Clock: tick, Projects: projects, Entries: entry.New(entry.Deps{DB: projects.DB, Clock: tick, Projects: projects})}), in.Project
}

func get(t *testing.T, s *final.Service, p project.ID) final.Report {
	t.Helper()
	r, _, err := s.Get(t.Context(), county, p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestFilledFromTheRegister: the register fills in seven chapters and says what did not become
// as planned; four are the owner's to write.
func TestFilledFromTheRegister(t *testing.T) {
	s, p := newRoom(t)
	r := get(t, s, p)
	if !slices.Equal(r.Missing(), []int{final.Background, final.Sisters, final.Toolbox, final.Ending}) || r.Version != 0 || r.State != final.Draft {
		t.Errorf("missing %v in %+v", r.Missing(), r.State)
	}
	var kinds []final.DeviationKind
	for _, d := range r.Deviations() {
		kinds = append(kinds, d.Kind)
	}
	if !slices.Equal(kinds, []final.DeviationKind{final.NotDone, final.NotWritten, final.Moved}) || r.Deviations()[1].Count != 2 {
		t.Errorf("%+v", r.Deviations())
	}
	for actor, sees := range map[*access.Actor]bool{&county: true, {}: false, {Account: "x", Roles: []access.Assignment{{Role: access.RoleSecretary}}}: true, {Account: "y", Roles: []access.Assignment{{Role: access.RoleOrgMember}}}: false} {
		if _, _, err := s.Get(t.Context(), *actor, p); (err == nil) != sees || err != nil && !fault.Is(err, fault.NotFound) {
			t.Errorf("%+v: %v", actor.Roles, err)
		}
	}
	if _, _, err := s.Get(t.Context(), county, r.Children[0].ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("a sub-project has one: %v", err)
	}
}

// TestFrozen: the report is not handed in before it is written; what the register says stays with
// it from its approval, whatever becomes of the project, and no chapter changes.
func TestFrozen(t *testing.T) {
	ctx := t.Context()
	s, p := newRoom(t)
	if err := s.SaveChapter(ctx, access.Actor{}, p, 1, 0, "a"); !fault.Is(err, fault.Denied) {
		t.Errorf("a visitor writes: %v", err)
	}
	for _, nr := range []int{0, 13, -1} {
		if err := s.SaveChapter(ctx, county, p, nr, 0, "a"); !fault.Is(err, fault.NotFound) {
			t.Errorf("chapter %d: %v", nr, err)
		}
	}
	if err := s.SaveChapter(ctx, county, p, final.Background, 0, "Det begynte med et møte."); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveChapter(ctx, county, p, final.Background, 0, "Også jeg"); !fault.Is(err, fault.Stale) {
		t.Errorf("over another's: %v", err)
	}
	if err := s.Move(ctx, county, p, final.Moving{To: final.InApproval, Version: get(t, s, p).Version}); !fault.Is(err, fault.Conflict) {
		t.Errorf("handed in half-written: %v", err)
	}
	for _, nr := range []int{final.Sisters, final.Toolbox, final.Ending} {
		if err := s.SaveChapter(ctx, county, p, nr, 0, "Tekst"); err != nil {
			t.Fatal(err)
		}
	}
	move := func(to flow.State, on clock.Date, ref string) error {
		return s.Move(ctx, county, p, final.Moving{To: to, On: on, Ref: ref, Version: get(t, s, p).Version})
	}
	if err := move(final.InApproval, clock.Date{}, ""); err != nil {
		t.Fatal(err)
	}
	if b := get(t, s, p).Ball; b.Party != flow.Steering || b.Due.IsZero() {
		t.Errorf("%+v", b)
	}
	for field, m := range map[string]final.Moving{"on": {To: final.Approved, Ref: "Sak 3"}, "ref": {To: final.Approved, On: today}} {
		m.Version = get(t, s, p).Version
		if f, ok := fault.As(s.Move(ctx, county, p, m)); !ok || len(f.Fields) != 1 || f.Fields[0].Name != field {
			t.Errorf("approved without %s: %+v", field, f)
		}
	}
	if err := move(final.Approved, today.AddDays(1), "Sak 3"); !fault.Is(err, fault.Invalid) {
		t.Errorf("approved tomorrow: %v", err)
	}
	if err := move(final.Approved, today, "Styringsgruppa, sak 3/26"); err != nil {
		t.Fatal(err)
	}
	was := get(t, s, p)
	if err := s.Projects.SetMoney(ctx, county, p, 1, 0, &project.Money{Payer: "Noen andre", Sort: project.Cash, Planned: money.Kroner(1)}); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveChapter(ctx, county, p, final.Ending, 1, "Nei"); !fault.Is(err, fault.Conflict) {
		t.Errorf("a chapter changes after the approval: %v", err)
	}
	if now := get(t, s, p); now.Project.Money[0].Payer != "Fylket" || project.Sum(now.Project.Money) != money.Kroner(300_000) || now.On != today || now.Chapters[final.Ending] != was.Chapters[final.Ending] {
		t.Errorf("%+v", now.Project.Money)
	}
	if r, _, err := s.Get(ctx, access.Actor{}, p); err != nil || r.State != final.Approved {
		t.Errorf("approved, and not open: %v", err)
	}
	if err := move(final.Sent, today, "Departementet"); err != nil {
		t.Fatal(err)
	}
	if now := get(t, s, p); now.Receiver != "Departementet" || now.SentOn != today || now.ApprovedRef != "Styringsgruppa, sak 3/26" || now.Project.Money[0].Payer != "Fylket" || now.Ball.Party != flow.Nobody || len(now.Steps) != 4 {
		t.Errorf("%+v", now)
	}
	for _, err := range final.Flow().Check() {
		t.Error(err)
	}
}
