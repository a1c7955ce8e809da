package funnelweb

import (
	"context"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/hall/funnel"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/wording"
)

func registerAPI(d *gate.Door, p *Pages) {
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/funnel", Rule: gate.Public(), ID: "get-funnel", Summary: "How far needs come, by region, field, level and year, from fixed tables", Tags: []string{"funnel"}}, p.apiFunnel)
}

type funnelIn struct {
	Region string `query:"region" maxLength:"80"`
	Field  string `query:"field" maxLength:"40"`
	Level  string `query:"level" maxLength:"40"`
	Year   int    `query:"year" minimum:"0" maximum:"9999"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"500"`
	After  string `query:"after" maxLength:"200" doc:"next of the page before"`
}

// FunnelStep is how many needs of a part have come to a step. field and level are empty for
// what is left of a region when the parts that can be shown by themselves are taken out.
type FunnelStep struct {
	ID         string     `json:"id"`
	Region     string     `json:"region"`
	Field      string     `json:"field"`
	Level      string     `json:"level"`
	Year       int        `json:"year"`
	Step       string     `json:"step" enum:"need,presented,answered,programme,enrolled,completed"`
	Count      *int       `json:"count" doc:"null when it is held back"`
	Suppressed bool       `json:"suppressed"`
	MedianDays *int       `json:"median_days" doc:"The middle number of days from the report to the step"`
	AsOf       clock.Date `json:"as_of,omitzero" doc:"The day the figure was made"`
}

type funnelOut struct {
	Body struct {
		Items []FunnelStep `json:"items"`
		Total int          `json:"total"`
		Next  string       `json:"next,omitempty"`
		AsOf  clock.Date   `json:"as_of,omitzero"`
	}
}

func (p *Pages) apiFunnel(ctx context.Context, _ access.Actor, in *funnelIn) (*funnelOut, error) {
	var fs fault.Fields
	need.OneOf(&fs, "region", need.Region(in.Region), wording.Regions(p.Places))
	need.OneOf(&fs, "field", need.Field(in.Field), need.Fields())
	need.OneOf(&fs, "level", need.Level(in.Level), need.Levels())
	if err := fs.Err(); err != nil {
		return nil, err
	}
	all, err := p.Funnel.Open(ctx, funnel.Filter{Region: need.Region(in.Region), Field: need.Field(in.Field), Level: need.Level(in.Level), Year: in.Year})
	if err != nil {
		return nil, err
	}
	var items []FunnelStep
	for _, l := range all.Lines {
		for i, s := range funnel.Steps() {
			items = append(items, inJSON(l, i, s))
		}
	}
	out := &funnelOut{}
	out.Body.Items, out.Body.Total, out.Body.AsOf = []FunnelStep{}, len(items), all.AsOf.Date()
	from := 0
	if in.After != "" {
		if from, err = strconv.Atoi(in.After); err != nil || from < 0 || from > len(items) {
			return nil, fault.InvalidField("after", "form.error.choice")
		}
	}
	to := min(len(items), from+in.Limit)
	out.Body.Items = append(out.Body.Items, items[from:to]...)
	if to < len(items) {
		out.Body.Next = strconv.Itoa(to)
	}
	return out, nil
}

func inJSON(l funnel.Line, i int, s funnel.Step) FunnelStep {
	out := FunnelStep{ID: strings.Join([]string{string(l.Region), string(l.Field), string(l.Level), strconv.Itoa(l.Year), string(s)}, "|"), Region: string(l.Region), Field: string(l.Field),
		Level: string(l.Level), Year: l.Year, Step: string(s), Suppressed: l.Counts[i] < 0, AsOf: l.AsOf.Date()}
	if out.Suppressed {
		return out
	}
	out.Count = &l.Counts[i]
	if i > 0 && l.Median[i] >= 0 {
		out.MedianDays = &l.Median[i]
	}
	return out
}
