package place

import (
	"strings"
	"testing"

	"kompetansetorg/internal/kit/clock"
)

// small is a register with one of everything; each test spoils it in one way.
func small() Data {
	point := Point{63, 10}
	return Data{
		Counties: []County{{"16", "Sør-Trøndelag", "Sør-Trøndelag", Period{To: day("2017-12-31")}}, {"50", "Trøndelag", "Trøndelag", Period{From: day("2018-01-01")}}},
		Municipalities: []Municipality{
			{Number: "5001", Name: "By", Official: "By", County: "50", Centre: "By", At: point, Period: Period{From: day("2018-01-01")}},
			{Number: "5002", Name: "Land", Official: "Land", County: "50", Centre: "Land", At: point, Period: Period{From: day("2018-01-01")}},
		},
		Changes: []Change{
			{"1601", "By", "5001", day("2018-01-01"), Merge},
			{"1602", "Bygd", "5001", day("2018-01-01"), Merge},
			{"1603", "Land", "5002", day("2018-01-01"), Renumber},
		},
		Regions:     []Region{{"lag", "Lag", Partnership, Period{From: day("2012-01-01")}}},
		Memberships: []Membership{{"lag", "1603", Period{From: day("2013-01-01")}, FromSource}},
		Leads:       []Lead{{"lag", "Hagen", Leads, "1603", Period{From: day("2013-01-01")}, Assumed}},
		Aliases:     []Alias{{"5001", "Byen"}, {"lag", "Laget"}},
	}
}

func TestNewTakesSoundData(t *testing.T) {
	r, err := New(small())
	if err != nil {
		t.Fatal(err)
	}
	if got := names(r.On(day("2017-01-01")).List()); strings.Join(got, " ") != "By Bygd Land" {
		t.Errorf("derived %v", got)
	}
	if r, err := New(Data{}); err != nil || len(r.On(clock.Date{}).List()) != 0 {
		t.Errorf("an empty register: %v", err)
	}
}

func TestNewRefusesContradictions(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*Data)
		says  string
	}{
		"twice":              {func(d *Data) { d.Municipalities = append(d.Municipalities, d.Municipalities[0]) }, "listed twice"},
		"county twice":       {func(d *Data) { d.Counties = append(d.Counties, d.Counties[0]) }, "listed twice"},
		"change twice":       {func(d *Data) { d.Changes = append(d.Changes, d.Changes[0]) }, "listed twice"},
		"letters in number":  {func(d *Data) { d.Municipalities[0].Number, d.Municipalities[0].County = "50x1", "50" }, "four digits"},
		"no name":            {func(d *Data) { d.Municipalities[1].Name = "" }, "four digits and a name"},
		"foreign county":     {func(d *Data) { d.Municipalities[0].County = "16" }, "no such county"},
		"before its county":  {func(d *Data) { d.Municipalities[0].From = clock.Date{} }, "outside its county"},
		"centre in the sea":  {func(d *Data) { d.Municipalities[0].At = Point{10, 63} }, "not in Norway"},
		"foreign official":   {func(d *Data) { d.Municipalities[0].Official = "Gávpot" }, "lacks"},
		"closed, no heir":    {func(d *Data) { d.Municipalities[0].To = day("2030-12-31") }, "nothing took over"},
		"to nowhere":         {func(d *Data) { d.Changes[0].To = "5009" }, "not valid"},
		"to the past":        {func(d *Data) { d.Changes[0].Day = day("2015-01-01") }, "not valid"},
		"to itself":          {func(d *Data) { d.Changes[2].To = "1603" }, "not valid"},
		"no day":             {func(d *Data) { d.Changes[2].Day = clock.Date{} }, "not the day before"},
		"merger of one":      {func(d *Data) { d.Changes[2].Kind = Merge }, "at least two"},
		"renumbering of two": {func(d *Data) { d.Changes[1].Kind = Renumber }, "stood for others"},
		"split into one":     {func(d *Data) { d.Changes[2].Kind = Split }, "receivers"},
		"unknown kind":       {func(d *Data) { d.Changes[2].Kind = "vanish" }, "unknown kind"},
		"two days":           {func(d *Data) { d.Changes = append(d.Changes, Change{"1603", "Land", "5001", day("2019-01-01"), Split}) }, "not the day before"},
		"two names": {func(d *Data) {
			d.Changes = append(d.Changes, Change{"1603", "Lande", "5001", day("2018-01-01"), Split})
		}, "name differs"},
		"circle": {func(d *Data) {
			d.Changes = append(d.Changes, Change{"5002", "Land", "1603", day("2018-01-01"), Renumber})
		}, "not the day before"},
		"region without name":   {func(d *Data) { d.Regions[0].Name = "" }, "no name"},
		"region of no kind":     {func(d *Data) { d.Regions[0].Kind = "klubb" }, "unknown kind"},
		"member of nothing":     {func(d *Data) { d.Memberships[0].Region = "annet" }, "not_found"},
		"member too early":      {func(d *Data) { d.Memberships[0].From = day("2011-01-01") }, "within the region"},
		"member not yet made":   {func(d *Data) { d.Memberships[0].Number = "5001" }, "not valid"},
		"member twice":          {func(d *Data) { d.Memberships = append(d.Memberships, d.Memberships[0]) }, "overlap"},
		"member backwards":      {func(d *Data) { d.Memberships[0].To = day("2012-06-01") }, "not a time"},
		"member without ground": {func(d *Data) { d.Memberships[0].Basis = "" }, "unknown basis"},
		"member split": {func(d *Data) {
			d.Changes[2].Kind = Split
			d.Changes = append(d.Changes, Change{"1603", "Land", "5001", day("2018-01-01"), Split})
		}, "split into"},
		"hub without role":      {func(d *Data) { d.Leads[0].Role = "" }, "unknown role"},
		"hub without name":      {func(d *Data) { d.Leads[0].Hub = "" }, "no hub"},
		"alias of nothing":      {func(d *Data) { d.Aliases[0].Subject = "7777" }, "no such subject"},
		"alias that is no word": {func(d *Data) { d.Aliases[0].Name = "" }, "no name"},
	} {
		d := small()
		c.spoil(&d)
		if _, err := New(d); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want an error with %q", name, err, c.says)
		}
	}
}

func TestTableReader(t *testing.T) {
	for name, c := range map[string]struct{ file, columns, says string }{
		"no such file":  {"atlantis", "a b", "atlantis"},
		"other columns": {"aliases", "subject name", "columns"},
		"not a day":     {"aliases", "subject alias", "malformed"},
	} {
		tab := table{}
		tab.read(c.file, c.columns, func(cells cells) { cells.day() })
		if tab.err == nil || !strings.Contains(tab.err.Error(), c.says) {
			t.Errorf("%s: %v, want an error with %q", name, tab.err, c.says)
		}
	}
}
