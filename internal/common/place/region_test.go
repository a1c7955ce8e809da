package place

import (
	"slices"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
)

// O-2: 6 in Blilyst and 11 in Kysten er klar made 17; Meldal and Tydal made 19.
func TestMembersAt(t *testing.T) {
	r := register(t)
	for _, c := range []struct {
		region RegionID
		day    string
		want   int
	}{
		{"blilyst", "2013-05-30", 6},
		{"kysten-er-klar", "2013-05-30", 11},
		{"bolyst-2013", "2013-05-30", 17},
		{"bolyst-2013", "2015-12-01", 19},
		{"bolyst-2013", "2015-12-02", 0},
		{"bolyst-2013", "2013-02-28", 0},
		{"blilyst", "2016-01-01", 0},
		{"trondelag-sor-rad", "2016-12-31", 0},
		{"trondelag-sor-rad", "2017-01-01", 6},
		{"trondelag-sor-rad", "2024-06-01", 6},
		{"fosen", "2024-06-01", 4},
	} {
		got, err := r.MembersAt(c.region, day(c.day))
		if err != nil || len(got) != c.want {
			t.Errorf("%s on %s = %v, %v; want %d", c.region, c.day, names(got), err, c.want)
		}
	}
	if _, err := r.MembersAt("atlantis", day("2020-01-01")); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown region: %v", err)
	}
}

// A membership follows its municipality to the new number.
func TestMembersFollowRenumbering(t *testing.T) {
	r := register(t)
	before, err := r.MembersAt("trondelag-sor-rad", day("2017-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	after, err := r.MembersAt("trondelag-sor-rad", day("2018-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := Numbers(before), []Number{"1644", "1653", "1648", "1634", "1635", "1640"}; !slices.Equal(got, want) {
		t.Errorf("in 2017 %v, want %v", got, want)
	}
	if got, want := Numbers(after), []Number{"5026", "5028", "5027", "5021", "5022", "5025"}; !slices.Equal(got, want) {
		t.Errorf("in 2018 %v, want %v", got, want)
	}
}

// ORG-4: Oppdal was in Blilyst, later in the council.
func TestRegionsOverlap(t *testing.T) {
	r := register(t)
	for _, c := range []struct {
		number Number
		day    string
		want   []RegionID
	}{
		{"1634", "2013-05-30", []RegionID{"blilyst", "bolyst-2013"}},
		{"1634", "2024-06-01", []RegionID{"trondelag-sor", "trondelag-sor-rad"}},
		{"5021", "2024-06-01", []RegionID{"trondelag-sor", "trondelag-sor-rad"}},
		{"1634", "2016-06-01", nil},
		{"0301", "2024-06-01", nil},
	} {
		var got []RegionID
		regions, err := r.RegionsOf(c.number, day(c.day))
		for _, g := range regions {
			got = append(got, g.ID)
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s on %s = %v, %v; want %v", c.number, c.day, got, err, c.want)
		}
	}
	if _, err := r.RegionsOf("9999", clock.Date{}); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown number: %v", err)
	}
}

func TestRegionsByDayKindAndName(t *testing.T) {
	r := register(t)
	if got := len(r.Regions(day("2013-05-30"))); got != 3 {
		t.Errorf("%d regions in May 2013, want 3", got)
	}
	if got := len(r.Regions(clock.Date{}, CompetenceRegion)); got != 7 {
		t.Errorf("%d competence regions now, want 7", got)
	}
	for name, want := range map[string]RegionID{
		"Kysten er Klar":                            "kysten-er-klar",
		"Fosenregionen":                             "fosen",
		"trøndelag sør":                             "trondelag-sor",
		"Regionrådet Trøndelag Sør":                 "trondelag-sor-rad",
		"Trøndelag Sør-Interkommunalt politisk råd": "trondelag-sor-rad",
		"":  "",
		"x": "",
	} {
		g, err := r.RegionByName(name)
		if g.ID != want || (err == nil) != (want != "") {
			t.Errorf("region %q = %s, %v; want %s", name, g.ID, err, want)
		}
	}
}

// O-3: 4+4+6+5 = 19, each municipality led by one hub; Hemne Næringshage is a partner.
func TestHubsCoverTheProjectArea(t *testing.T) {
	r := register(t)
	for on, want := range map[string]int{"2013-05-30": 17, "2015-12-01": 19} {
		p, err := r.CheckLeads("bolyst-2013", day(on))
		if err != nil || !p.OK() {
			t.Errorf("%s: %+v, %v", on, p, err)
		}
		led := map[string]int{}
		for _, l := range r.Leads("bolyst-2013", day(on)) {
			led[string(l.Role)]++
			led[l.Hub]++
		}
		if led["lead"] != want || led["partner"] != 3 || led["Leksvik Industriell Vekst AS"] != 6 {
			t.Errorf("%s: %v, want %d led and 3 with a partner", on, led, want)
		}
	}
}

// The competence regions share out Trøndelag of today: nothing twice, nothing left.
func TestCompetenceRegionsCoverTrondelag(t *testing.T) {
	r := register(t)
	parts := map[string][]Number{}
	for _, g := range r.Regions(clock.Date{}, CompetenceRegion) {
		members, err := r.MembersAt(g.ID, clock.Date{})
		if err != nil {
			t.Fatal(err)
		}
		parts[g.Name] = Numbers(members)
	}
	p, err := r.CheckPartition(Numbers(r.On(clock.Date{}).List("50")), parts, clock.Date{})
	if err != nil || !p.OK() {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestCheckPartitionFindsFaults(t *testing.T) {
	r := register(t)
	p, err := r.CheckPartition(
		[]Number{"5025", "5026", "5027", "1624"},
		map[string][]Number{"A": {"5025", "5026"}, "B": {"5026", "5021", "5054"}},
		day("2024-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	if got := names(p.Gaps); !slices.Equal(got, []string{"Midtre Gauldal"}) {
		t.Errorf("gaps %v", got)
	}
	if len(p.Overlaps) != 1 || p.Overlaps[0].Municipality.Name != "Holtålen" || !slices.Equal(p.Overlaps[0].Parts, []string{"A", "B"}) {
		t.Errorf("overlaps %v", p.Overlaps)
	}
	if got := names(p.Outside); !slices.Equal(got, []string{"Oppdal"}) {
		t.Errorf("outside %v", got)
	}
	if p.OK() {
		t.Error("a faulty partition is OK")
	}
	// A part that names a municipality twice, by its old and its new number, does not
	// overlap with itself.
	p, err = r.CheckPartition([]Number{"5054"}, map[string][]Number{"A": {"1624", "1718", "5054"}}, day("2024-01-01"))
	if err != nil || !p.OK() {
		t.Errorf("old numbers: %+v, %v", p, err)
	}
	for _, parts := range []map[string][]Number{{"A": {"9999"}}, {"A": {""}}} {
		if _, err := r.CheckPartition(nil, parts, clock.Date{}); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v: %v, want NotFound", parts, err)
		}
	}
	if p, err := r.CheckPartition(nil, nil, clock.Date{}); err != nil || !p.OK() {
		t.Errorf("nothing to cover: %+v, %v", p, err)
	}
}
