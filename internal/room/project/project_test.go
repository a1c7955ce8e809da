package project_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/project"
)

// other is a project of another county, as it would write it.
const other = `{"code": "kystfolk", "title": {"nb": "Folk til kysten", "nn": "Folk til kysten"}, "owner": "Vestland fylkeskommune", "programme": "DISTRIKTSFORSK", "from": "2024-01-01", "state": "running",
 "money": [{"payer": "Vestland fylkeskommune", "planned": 300000, "actual": 120000}, {"payer": "Kommunene", "sort": "work", "planned": 100000}],
 "members": [{"sort": "manager", "role": "prosjektleder", "leads": true, "share": 80, "from": "2024-01-01"}],
 "groups": [{"code": "fisk", "title": {"nb": "Fiskeri"}}],
 "projects": [{"code": "1", "title": {"nb": "Skipper på skolen"}, "group": "fisk", "municipalities": ["4601", "4602"]}, {"code": "2", "title": {"nb": "Åpen kai"}, "area": "flere kommuner", "aliases": ["Kaidag"]}]}`

func newRoom(t testing.TB) *project.Service {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	return project.New(project.Deps{DB: dbtest.New(t), Clock: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }, Places: places,
		OrgNamed: func(context.Context, *db.Tx, string) (access.OrgID, error) { return "", nil }})
}

func takeIn(t testing.TB, rooms *project.Service, doc string) (project.TakenIn, error) {
	t.Helper()
	d, err := project.ReadDocument([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	return rooms.TakeIn(context.Background(), access.SystemActor("test"), d)
}

// TestTakenInAgain: a document is taken in whole, again without a change, and anew where it
// says something else; its projects keep their ids and numbers.
func TestTakenInAgain(t *testing.T) {
	ctx, rooms := context.Background(), newRoom(t)
	first, err := takeIn(t, rooms, other)
	if err != nil || first.New != 3 {
		t.Fatalf("%+v %v", first, err)
	}
	p, err := rooms.Get(ctx, access.Actor{}, first.Project)
	if err != nil {
		t.Fatal(err)
	}
	if p.Number != "P-2026-0001" || len(p.Children) != 2 || p.Children[0].Programme != "DISTRIKTSFORSK" || project.Sum(p.Money) != money.Kroner(400_000) || *p.Money[0].Actual != money.Kroner(120_000) ||
		p.Money[1].Actual != nil || p.Members[0].Share != 80 || p.State != project.Running {
		t.Errorf("%+v", p)
	}
	if again, err := takeIn(t, rooms, other); err != nil || again != (project.TakenIn{Project: first.Project, Unchanged: 3}) {
		t.Errorf("again: %+v %v", again, err)
	}
	changed, err := takeIn(t, rooms, strings.Replace(other, "Åpen kai", "Åpen brygge", 1))
	if err != nil || changed != (project.TakenIn{Project: first.Project, Changed: 1, Unchanged: 2}) {
		t.Errorf("changed: %+v %v", changed, err)
	}
	now, err := rooms.Get(ctx, access.Actor{}, first.Project)
	if err != nil || now.Children[1].ID != p.Children[1].ID || now.Children[1].Number != p.Children[1].Number || now.Children[1].Title.NB != "Åpen brygge" || len(now.Children[0].Municipalities) != 2 {
		t.Errorf("%+v %v", now.Children, err)
	}
	child, err := rooms.Get(ctx, access.Actor{}, p.Children[0].ID)
	if err != nil || child.Above == nil || child.Above.ID != p.ID {
		t.Errorf("%+v %v", child, err)
	}
}

// TestWhatIsWrong: every mistake is named by its place in the document, and nothing is stored.
func TestWhatIsWrong(t *testing.T) {
	ctx, rooms := context.Background(), newRoom(t)
	for in, want := range map[string]string{
		`"code": "kystfolk"|"code": ""`:                                                   "code",
		`"title": {"nb": "Folk til kysten", "nn": "Folk til kysten"}|"title": {}`:         "title",
		`"state": "running"|"state": "paused"`:                                            "state",
		`"from": "2024-01-01", "state"|"from": "2024-01-01", "to": "2023-01-01", "state"`: "to",
		`"planned": 300000|"planned": -1`:                                                 "money.0.planned",
		`"actual": 120000|"actual": 999999999999999`:                                      "money.0.actual",
		`"sort": "work"|"sort": "beer"`:                                                   "money.1.sort",
		`"share": 80|"share": 101`:                                                        "members.0.share",
		`"group": "fisk"|"group": "fugl"`:                                                 "projects.0.group",
		`["4601", "4602"]|["4601", "9999"]`:                                               "projects.0.municipalities",
		`["4601", "4602"]|["4601", "4601"]`:                                               "projects.0.municipalities",
		`"code": "2"|"code": "1"`:                                                         "projects.1.code",
		`"owner"|"region": "atlantis", "owner"`:                                           "region",
	} {
		from, to, _ := strings.Cut(in, "|")
		_, err := takeIn(t, rooms, strings.Replace(other, from, to, 1))
		f, ok := fault.As(err)
		if !ok || len(f.Fields) != 1 || f.Fields[0].Name != want {
			t.Errorf("%s: %v, want %s", in, err, want)
		}
	}
	for doc, line := range map[string]string{"{\n\"kode\": 1}": "kode", "{\n\"code\":\n7}": "line 3", "": "EOF"} {
		if _, err := project.ReadDocument([]byte(doc)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v, want %s", doc, err, line)
		}
	}
	if list, err := rooms.List(ctx, access.Actor{}, project.Filter{}); err != nil || len(list) != 0 {
		t.Errorf("%d projects were stored, %v", len(list), err)
	}
	d, err := project.ReadDocument([]byte(other))
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range []access.Role{access.RoleSysadmin, access.RoleSecretary, access.RoleOrgMember} {
		actor := access.Actor{Account: "0190f5fe-7c00-7a00-8000-000000000001", Roles: []access.Assignment{{Role: role}}}
		if _, err := rooms.TakeIn(ctx, actor, d); !fault.Is(err, fault.Denied) {
			t.Errorf("%s takes in: %v", role, err)
		}
	}
}

// TestFound: projects are found by words, also by other names, by group, by place, and page by
// page in their owner's order.
func TestFound(t *testing.T) {
	ctx, rooms := context.Background(), newRoom(t)
	in, err := takeIn(t, rooms, other)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		f    project.Filter
		want string
	}{
		"all": {project.Filter{}, "1 2 kystfolk"}, "parents": {project.Filter{Top: true}, "kystfolk"}, "its own": {project.Filter{Parent: in.Project}, "1 2"},
		"a word": {project.Filter{Text: "ÅPEN"}, "2"}, "another name": {project.Filter{Text: "kaidag"}, "2"}, "a group": {project.Filter{Group: "fisk"}, "1"},
		"general": {project.Filter{General: true, Parent: in.Project}, "2"}, "a place": {project.Filter{Municipality: "4602"}, "1"}, "a sign": {project.Filter{Text: "%"}, ""},
	} {
		list, err := rooms.List(ctx, access.Actor{}, c.f)
		var got []string
		for _, p := range list {
			got = append(got, p.Code)
		}
		if err != nil || strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v %v, want %s", name, got, err, c.want)
		}
	}
	var got []string
	for after := ""; ; {
		page, all, err := rooms.Page(ctx, access.Actor{}, project.Filter{}, after, 1)
		if err != nil || all != 3 || len(page.Items) != 1 {
			t.Fatalf("%d of %d, %v", len(page.Items), all, err)
		}
		got = append(got, page.Items[0].Code)
		if after = page.Next; after == "" {
			break
		}
	}
	if strings.Join(got, " ") != "1 2 kystfolk" {
		t.Errorf("page by page: %v", got)
	}
}

// TestShares: shares of what is paid lie within one hundredth of the exact part, and add up to
// the whole within half of one for each.
func TestShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []project.Money
		for _, n := range rapid.SliceOfN(rapid.Int64Range(0, 100_000_000_000), 1, 8).Draw(t, "kroner") {
			list = append(list, project.Money{Planned: money.NOK(n)})
		}
		sum, all := project.Sum(list), 0
		for _, m := range list {
			share := m.Share(sum)
			all += share
			if sum > 0 {
				exact := float64(m.Planned) / float64(sum) * 10_000
				if d := float64(share) - exact; d > 0.5001 || d < -0.5001 {
					t.Fatalf("%d of %d is %d", m.Planned, sum, share)
				}
			}
		}
		if off := all - 10_000; sum > 0 && (off > len(list) || off < -len(list)) {
			t.Fatalf("%v add up to %d", fmt.Sprint(list), all)
		}
	})
}
