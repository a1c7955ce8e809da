package placeweb

import (
	"context"
	"embed"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the operations need.
type Deps struct {
	Places *place.Register
	Clock  clock.Clock
}

type operations struct{ Deps }

// Register adds the operations.
func Register(d *gate.Door, deps Deps) {
	o := &operations{deps}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/municipalities", Rule: gate.Public(), ID: "list-municipalities",
		Summary: "The municipalities of a day, by name", Tags: []string{"places"}}, o.list)
}

type municipalitiesIn struct {
	Q      string `query:"q" maxLength:"200" doc:"Number, name in any official language, alias or administrative centre"`
	County string `query:"county" maxLength:"2" doc:"County number of two digits"`
	Region string `query:"region" maxLength:"100" doc:"Region id or name: its members on the day"`
	Date   string `query:"date" doc:"Day of the division, YYYY-MM-DD; today when left out"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"500"`
	After  string `query:"after" maxLength:"4" doc:"next of the page before"`
}

// municipality is one in JSON. Names besides the Norwegian one are in
// official_name, parted by " – ".
type municipality struct {
	ID           string      `json:"id" doc:"The municipality number, four digits"`
	Name         string      `json:"name"`
	OfficialName string      `json:"official_name"`
	County       string      `json:"county"`
	CountyName   string      `json:"county_name"`
	Centre       string      `json:"centre,omitempty"`
	Lat          *float64    `json:"lat,omitempty"`
	Lon          *float64    `json:"lon,omitempty"`
	From         *clock.Date `json:"from,omitempty" doc:"First day of the number; left out when it is older than the register (2012)"`
	To           *clock.Date `json:"to,omitempty" doc:"Last day of the number; left out while it is valid"`
}

type municipalitiesOut struct {
	Body struct {
		Items []municipality `json:"items"`
		Total int            `json:"total"`
		Next  string         `json:"next,omitempty"`
	}
}

func (o *operations) list(_ context.Context, _ access.Actor, in *municipalitiesIn) (*municipalitiesOut, error) {
	day := o.Clock.Today()
	if in.Date != "" {
		var err error
		if day, err = clock.ParseDate(in.Date); err != nil {
			return nil, fault.InvalidField("date", "form.error.date")
		}
	}
	found, err := o.find(in, day)
	if err != nil {
		return nil, err
	}
	out := &municipalitiesOut{}
	out.Body.Total = len(found)
	if in.After != "" {
		at := slices.IndexFunc(found, func(m place.Municipality) bool { return string(m.Number) == in.After })
		if at < 0 {
			return nil, fault.InvalidField("after", "fault.after")
		}
		found = found[at+1:]
	}
	if len(found) > in.Limit {
		found = found[:in.Limit]
		out.Body.Next = string(found[in.Limit-1].Number)
	}
	out.Body.Items = make([]municipality, len(found))
	for i, m := range found {
		out.Body.Items[i] = o.show(m, day)
	}
	return out, nil
}

// find lists what fits all that was asked: with words best hits first, else by
// name.
func (o *operations) find(in *municipalitiesIn, day clock.Date) ([]place.Municipality, error) {
	division := o.Places.On(day)
	all := division.List()
	if strings.TrimSpace(in.Q) != "" {
		all = division.Search(in.Q, len(all))
	}
	if in.County != "" {
		n := place.CountyNumber(in.County)
		if _, err := division.County(n); err != nil {
			return nil, fault.InvalidField("county", "place.error.unknown_county", "number", in.County)
		}
		all = slices.DeleteFunc(all, func(m place.Municipality) bool { return m.County != n })
	}
	if in.Region != "" {
		id := place.RegionID(in.Region)
		if _, err := o.Places.Region(id); err != nil {
			g, err := o.Places.RegionByName(in.Region)
			if err != nil {
				return nil, fault.InvalidField("region", "place.error.unknown_region", "name", in.Region)
			}
			id = g.ID
		}
		members, err := o.Places.MembersAt(id, day)
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(m place.Municipality) bool {
			return !slices.ContainsFunc(members, func(x place.Municipality) bool { return x.Number == m.Number })
		})
	}
	return all, nil
}

func (o *operations) show(m place.Municipality, day clock.Date) municipality {
	out := municipality{ID: string(m.Number), Name: m.Name, OfficialName: m.Official, County: string(m.County), Centre: m.Centre}
	if c, err := o.Places.On(day).County(m.County); err == nil {
		out.CountyName = c.Name
	}
	if m.HasCentre() {
		out.Lat, out.Lon = &m.At.Lat, &m.At.Lon
	}
	if !m.From.IsZero() {
		out.From = &m.From
	}
	if !m.To.IsZero() {
		out.To = &m.To
	}
	return out
}
