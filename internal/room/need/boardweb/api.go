package boardweb

import (
	"context"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/demand"
	"kompetansetorg/internal/room/need/wording"
)

type apiDemandIn struct {
	Region string `query:"region" maxLength:"80"`
	Field  string `query:"field" maxLength:"40"`
	Level  string `query:"level" maxLength:"40"`
	Year   int    `query:"year" minimum:"0" maximum:"9999"`
}

type apiLinePool struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Title  string `json:"title"`
	State  string `json:"state"`
	wording.Sizes
}

// apiLine is a cell of the fixed tables.
type apiLine struct {
	ID     string        `json:"id"`
	Region string        `json:"region"`
	Field  string        `json:"field"`
	Level  string        `json:"level"`
	Year   int           `json:"year"`
	AsOf   clock.Date    `json:"as_of,omitzero" doc:"The day the figures were made"`
	Pools  []apiLinePool `json:"pools"`
	wording.Sizes
}

func newAPILine(l demand.Line) apiLine {
	out := apiLine{ID: strings.Join([]string{string(l.Region), string(l.Field), string(l.Level), strconv.Itoa(l.Year)}, "|"),
		Region: string(l.Region), Field: string(l.Field), Level: string(l.Level), Year: l.Year, AsOf: l.AsOf, Pools: []apiLinePool{},
		Sizes: wording.SizesOf(l.Headcount, l.Firms)}
	for _, part := range l.Parts {
		if part.Pool != nil {
			out.Pools = append(out.Pools, apiLinePool{string(part.Pool.ID), part.Pool.Number, part.Pool.Title, string(part.Pool.State), wording.SizesOf(part.Headcount, part.Firms)})
		}
	}
	return out
}

type apiDemandOut struct {
	Body struct {
		Items []apiLine `json:"items"`
		Total int       `json:"total"`
	}
}

func (p *pages) apiDemand(ctx context.Context, _ access.Actor, in *apiDemandIn) (*apiDemandOut, error) {
	var fs fault.Fields
	need.OneOf(&fs, "region", need.Region(in.Region), wording.Regions(p.Places))
	need.OneOf(&fs, "field", need.Field(in.Field), need.Fields())
	need.OneOf(&fs, "level", need.Level(in.Level), need.Levels())
	if err := fs.Err(); err != nil {
		return nil, err
	}
	c := demand.Choice{Regions: oneOrNone(need.Region(in.Region)), Fields: oneOrNone(need.Field(in.Field)), Levels: oneOrNone(need.Level(in.Level))}
	if in.Year > 0 {
		c.Years = []int{in.Year}
	}
	// The open figures are the same for everybody; what one may see besides is on the page.
	lines, err := p.Demand.Table(ctx, access.Actor{}, c)
	if err != nil {
		return nil, err
	}
	out := &apiDemandOut{}
	out.Body.Items, out.Body.Total = make([]apiLine, len(lines)), len(lines)
	for i, l := range lines {
		out.Body.Items[i] = newAPILine(l)
	}
	return out, nil
}
