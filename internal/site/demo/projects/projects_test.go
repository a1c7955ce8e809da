package projects_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/site/demo/projects"
)

// TestTheSourcesNumbers are the numbers of the final report, found again in what the document
// makes: who pays with shares, the municipalities on two days, the hubs, and the sub-projects
// by group and municipality.
func TestTheSourcesNumbers(t *testing.T) {
	places, rooms, p := taken(t)
	if sum := project.Sum(p.Money); sum != money.Kroner(8_050_000) {
		t.Errorf("%s, want 8 050 000", sum)
	}
	var shares []int
	for _, m := range p.Money {
		shares = append(shares, m.Share(project.Sum(p.Money)))
	}
	if fmt.Sprint(shares) != "[4969 2050 1863 1118]" {
		t.Errorf("shares %v", shares)
	}
	for day, want := range map[string]int{"2013-05-30": 17, "2015-12-01": 19} {
		if in, err := places.MembersAt(p.Region, clock.MustDate(day)); err != nil || len(in) != want {
			t.Errorf("%d municipalities on %s, want %d: %v", len(in), day, want, err)
		}
	}
	if cover, err := places.CheckLeads(p.Region, p.To); err != nil || !cover.OK() {
		t.Errorf("the hubs do not cover the area: %+v %v", cover, err)
	}
	for day, want := range map[string]int{"2013-05-30": 17, "2015-12-01": 19} {
		members := rooms.Members(p.Project, clock.MustDate(day))
		if cover, err := rooms.Coverage(p.Project, clock.MustDate(day)); err != nil || !cover.OK() || len(members) != want {
			t.Errorf("the agreements on %s, with %d municipalities: %+v %v", day, len(members), cover, err)
		}
	}
	notes, err := rooms.Notes(context.Background(), access.Actor{}, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	log := map[project.NoteKind]string{}
	for _, n := range notes {
		if share, ok := n.PerMille(); ok {
			log[n.Kind] += fmt.Sprintf("%d/%d=%d ", *n.Attended, *n.Invited, share)
		}
	}
	if log[project.Conference] != "15/17=882 " || log[project.Mapping] != "11/11=1000 " || log[project.Meeting] != "17/17=1000 " {
		t.Errorf("%v", log)
	}
	tally := project.Count(p.Children, rooms.Leads(p.Project, p.To))
	if tally.All != 55 || tally.Located != 39 || tally.Several != 12 || tally.Links != 57 {
		t.Errorf("%d projects, %d located, %d in several, %d links", tally.All, tally.Located, tally.Several, tally.Links)
	}
	for group, want := range map[string]int{"": 10, "offentlig": 6, "ungdom": 9, "student": 8, "tilflytter": 12, "naeringsliv": 10} {
		if tally.Groups[group] != want {
			t.Errorf("group %q has %d, want %d", group, tally.Groups[group], want)
		}
	}
	names := map[string]int{}
	for _, c := range tally.Places {
		m, err := places.Municipality(c.Number)
		if err != nil {
			t.Fatal(err)
		}
		names[m.Name] = c.Projects
	}
	for name, want := range map[string]int{"Oppdal": 9, "Midtre Gauldal": 5, "Rennebu": 5, "Røros": 5, "Selbu": 4, "Hemne": 4, "Rissa": 4, "Hitra": 3, "Frøya": 3, "Åfjord": 2, "Roan": 2, "Bjugn": 2,
		"Meldal": 2, "Holtålen": 2, "Leksvik": 2, "Ørland": 1, "Osen": 1, "Snillfjord": 1, "Agdenes": 0, "Tydal": 0} {
		if names[name] != want {
			t.Errorf("%s has %d, want %d", name, names[name], want)
		}
	}
	hubs := map[string]project.HubCount{}
	for _, h := range tally.Hubs {
		hubs[h.Hub] = h
	}
	for name, want := range map[string][2]int{"Nasjonalparken Næringshage AS": {4, 11}, "Røros Næringshage AS": {4, 11}, "Leksvik Industriell Vekst AS": {6, 9}, "Trøndersk Kystkompetanse AS": {5, 8}} {
		if h := hubs[name]; len(h.Municipalities) != want[0] || h.Projects != want[1] {
			t.Errorf("%s: %d municipalities and %d projects, want %v", name, len(h.Municipalities), h.Projects, want)
		}
	}
	if got := hubs["Trøndersk Kystkompetanse AS"].Partners; fmt.Sprint(got) != "[Hemne Næringshage AS]" {
		t.Errorf("in some of them works %v", got)
	}
}

// TestOldAndNewMunicipalities: what went on in Rissa and Leksvik is found under both their old
// numbers and under that of Indre Fosen.
func TestOldAndNewMunicipalities(t *testing.T) {
	_, rooms, _ := taken(t)
	for number, want := range map[place.Number]int{"1624": 4, "1718": 2, "5054": 4, "5025": 5, "5099": 0} {
		list, err := rooms.List(context.Background(), access.Actor{}, project.Filter{Municipality: number})
		if err != nil || len(list) != want {
			t.Errorf("%s has %d, want %d: %v", number, len(list), want, err)
		}
	}
}

// taken is a room that has taken the document in, and its project.
func taken(t *testing.T) (*place.Register, *project.Service, project.Detail) {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	rooms := project.New(project.Deps{DB: dbtest.New(t), Clock: time.Now, Places: places, OrgNamed: func(context.Context, *db.Tx, string) (access.OrgID, error) { return "", nil }})
	d, err := projects.Bolyst()
	if err != nil {
		t.Fatal(err)
	}
	in, err := rooms.TakeIn(context.Background(), access.SystemActor("test"), d)
	if err != nil || in.New != 56 {
		t.Fatalf("%+v %v", in, err)
	}
	p, err := rooms.Get(context.Background(), access.Actor{}, in.Project)
	if err != nil {
		t.Fatal(err)
	}
	return places, rooms, p
}

// TestPilots are the amounts of the pilots: the frame of the county's project, and that of the
// south, which is out of it, with its own work.
func TestPilots(t *testing.T) {
	_, rooms, _ := taken(t)
	list, err := projects.Pilots()
	if err != nil {
		t.Fatal(err)
	}
	var last project.TakenIn
	for _, d := range list {
		if last, err = rooms.TakeIn(context.Background(), access.SystemActor("test"), d); err != nil {
			t.Fatal(err)
		}
	}
	p, err := rooms.Get(context.Background(), access.Actor{}, last.Project)
	if err != nil {
		t.Fatal(err)
	}
	sum := project.Sum(p.Money)
	if sum != money.Kroner(15_130_000) || p.Money[0].Share(sum) != 1652 || len(p.Children) != 3 || p.Above == nil || p.Above.Code != "kompetansepiloter" {
		t.Errorf("%s %d %d %+v", sum, p.Money[0].Share(sum), len(p.Children), p.Above)
	}
	south := p.Children[2]
	if south.Code != "trondelag-sor" || project.Sum(south.Money) != money.Kroner(600_000) || project.Rollup(p.Project, p.Children) != money.Kroner(15_280_000) {
		t.Errorf("%s %s %s", south.Code, project.Sum(south.Money), project.Rollup(p.Project, p.Children))
	}
}
