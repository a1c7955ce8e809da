package place

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/kit/clock"
)

//go:embed starter/*.tsv
var starterFiles embed.FS

// Data is what a Register is made of. Closed municipalities need not be listed: those
// named only in Changes are derived from them.
type Data struct {
	Municipalities []Municipality
	Counties       []County
	Changes        []Change
	Regions        []Region
	Memberships    []Membership
	Leads          []Lead
	Aliases        []Alias
}

// Alias is another way to write the name of a municipality (Subject is its number) or a
// region (Subject is its id): ORG-7.
type Alias struct {
	Subject, Name string
}

// Starter reads the facts carried by the program: all municipalities since 2012, the
// counties, and the regions of Trøndelag. An error means the program was built wrong.
func Starter() (Data, error) {
	var d Data
	t := table{}
	t.read("municipalities", "number name official_name county centre lat lon valid_from valid_to", func(c cells) {
		m := Municipality{Number: Number(c.text()), Name: c.text(), Official: c.text(), County: CountyNumber(c.text()),
			Centre: c.text(), At: Point{c.float(), c.float()}, Period: c.period()}
		if m.Official == "" {
			m.Official = m.Name
		}
		d.Municipalities = append(d.Municipalities, m)
	})
	t.read("counties", "number name official_name valid_from valid_to", func(c cells) {
		county := County{CountyNumber(c.text()), c.text(), c.text(), c.period()}
		if county.Official == "" {
			county.Official = county.Name
		}
		d.Counties = append(d.Counties, county)
	})
	t.read("changes", "from_number from_name to_number date kind", func(c cells) {
		d.Changes = append(d.Changes, Change{Number(c.text()), c.text(), Number(c.text()), c.day(), Kind(c.text())})
	})
	t.read("regions", "id name kind valid_from valid_to", func(c cells) {
		d.Regions = append(d.Regions, Region{RegionID(c.text()), c.text(), RegionKind(c.text()), c.period()})
	})
	t.read("memberships", "region number name valid_from valid_to basis", func(c cells) {
		m := Membership{Region: RegionID(c.text()), Number: Number(c.text())}
		c.text() // the name is there for whoever reads the file; a test compares it
		m.Period, m.Basis = c.period(), Basis(c.text())
		d.Memberships = append(d.Memberships, m)
	})
	t.read("leads", "region hub role number name valid_from valid_to basis", func(c cells) {
		l := Lead{Region: RegionID(c.text()), Hub: c.text(), Role: Role(c.text()), Number: Number(c.text())}
		c.text()
		l.Period, l.Basis = c.period(), Basis(c.text())
		d.Leads = append(d.Leads, l)
	})
	t.read("aliases", "subject alias", func(c cells) {
		d.Aliases = append(d.Aliases, Alias{c.text(), c.text()})
	})
	return d, t.err
}

// table reads the starter files and keeps the first error.
type table struct{ err error }

// read gives each row of the file to the function as cells, in the order of the
// columns, which must be those of the header line.
func (t *table) read(name, columns string, row func(cells)) {
	if t.err != nil {
		return
	}
	file := "starter/" + name + ".tsv"
	raw, err := starterFiles.ReadFile(file)
	if err != nil {
		t.err = err
		return
	}
	lines := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
	header := strings.Fields(columns)
	if got := strings.Split(lines[0], "\t"); !slices.Equal(got, header) {
		t.err = fmt.Errorf("%s: columns %q, want %q", file, got, header)
		return
	}
	for i, line := range lines[1:] {
		values := strings.Split(line, "\t")
		if len(values) != len(header) {
			t.err = fmt.Errorf("%s:%d: %d columns, want %d", file, i+2, len(values), len(header))
			return
		}
		var rowErr error
		row(cells{&values, &rowErr})
		if rowErr != nil {
			t.err = fmt.Errorf("%s:%d: %w", file, i+2, rowErr)
			return
		}
	}
}

// cells hands out the values of a row from left to right and keeps the first error.
type cells struct {
	rest *[]string
	err  *error
}

func (c cells) text() string {
	v := (*c.rest)[0]
	*c.rest = (*c.rest)[1:]
	return v
}

func (c cells) float() float64 {
	v, err := strconv.ParseFloat(c.text(), 64)
	c.keep(err)
	return v
}

// day reads an ISO day; an empty cell is no day.
func (c cells) day() clock.Date {
	var d clock.Date
	c.keep(d.UnmarshalText([]byte(c.text())))
	return d
}

func (c cells) period() Period { return Period{From: c.day(), To: c.day()} }

func (c cells) keep(err error) {
	if *c.err == nil {
		*c.err = err
	}
}
