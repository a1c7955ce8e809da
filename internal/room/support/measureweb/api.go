package measureweb

import (
	"context"
	"net/http"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/room/support/measure"
)

// registerAPI adds the JSON of measures.
func registerAPI(d *gate.Door, p *Pages) {
	tags := []string{"measure"}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/measures", Rule: gate.Public(), ID: "list-measures", Summary: "The measures of the toolbox, in alphabetical order", Tags: tags}, p.apiList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/measures/{id}", Rule: gate.Public(), ID: "get-measure", Summary: "A measure with its steps, and the packages it is in", Tags: tags}, p.apiGet)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/packages", Rule: gate.Public(), ID: "list-packages", Summary: "Measures gathered for a goal", Tags: tags}, p.apiPackages)
}

// Measure is a measure in JSON. No sectors, or municipalities, are all of them.
type Measure struct {
	ID             string     `json:"id"`
	Code           string     `json:"code"`
	Title          i18n.Text  `json:"title"`
	TargetGroup    string     `json:"target_group"`
	ForWhom        i18n.Text  `json:"for_whom"`
	What           i18n.Text  `json:"what"`
	Goal           i18n.Text  `json:"goal"`
	Who            i18n.Text  `json:"who"`
	Steps          []Step     `json:"steps"`
	Effort         string     `json:"effort" enum:"low,medium,high,"`
	Cost           *Cost      `json:"cost" doc:"null where nobody knows"`
	Sectors        []string   `json:"sectors" doc:"Letters of SN2007; none is all"`
	Municipalities []string   `json:"municipalities" doc:"Numbers; none is all"`
	Owner          *Owner     `json:"owner" doc:"The organisation that keeps it; null while none does"`
	Contact        *Contact   `json:"contact,omitempty" doc:"Who has experience, by consent"`
	LastChecked    clock.Date `json:"last_checked"`
	ReviewBy       clock.Date `json:"review_by"`
	State          string     `json:"state" enum:"published,revised,archived"`
}

// MeasureDetail is a measure with all that its page shows.
type MeasureDetail struct {
	Measure
	Time     i18n.Text `json:"time"`
	People   i18n.Text `json:"people"`
	Before   i18n.Text `json:"before" doc:"What has to be in place"`
	Tips     i18n.Text `json:"tips"`
	Packages []string  `json:"packages" doc:"Their slugs"`
}

// Step is a thing to do.
type Step struct {
	Nr    int       `json:"nr"`
	Words i18n.Text `json:"words"`
	Days  int       `json:"days,omitempty"`
}

// Cost is in øre of the year.
type Cost struct {
	Low      int64  `json:"low"`
	High     int64  `json:"high"`
	Currency string `json:"currency"`
	Year     int    `json:"year"`
}

// Owner is an organisation.
type Owner struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Contact is a role at an organisation.
type Contact struct {
	Role         string `json:"role"`
	Organisation string `json:"organisation"`
}

func inJSON(m measure.Measure) Measure {
	c := m.Card
	out := Measure{ID: string(c.ID), Code: c.Code, Title: c.Title, TargetGroup: string(c.TargetGroup), ForWhom: c.ForWhom, What: c.What, Goal: m.Goal, Who: m.Who, Steps: []Step{}, Effort: string(m.Effort),
		Sectors: append([]string{}, m.Sectors...), Municipalities: append([]string{}, m.Municipalities...), LastChecked: c.LastChecked, ReviewBy: measure.ReviewBy(c), State: string(m.State)}
	for _, s := range m.Steps {
		out.Steps = append(out.Steps, Step{s.Nr, s.Words, s.Days})
	}
	if m.Cost != nil {
		out.Cost = &Cost{int64(m.Cost.Low), int64(m.Cost.High), "NOK", m.Cost.Year}
	}
	if m.Owner != "" {
		out.Owner = &Owner{string(m.Owner), m.OwnerName}
	}
	if m.ContactOrg != "" && m.ContactOK {
		out.Contact = &Contact{m.ContactRole, m.ContactName}
	}
	return out
}

type measuresIn struct {
	Q            string `query:"q" maxLength:"200" doc:"Words to look for"`
	TargetGroup  string `query:"target_group" enum:"generelt,naeringsliv,offentlig,ungdom,student,tilflytter,"`
	Effort       string `query:"effort" enum:"low,medium,high,"`
	Cost         string `query:"cost" enum:"free,10,100,over," doc:"Free, up to so many thousand kroner, or more than 100 000"`
	Sector       string `query:"sector" maxLength:"1" doc:"A letter of SN2007"`
	Municipality string `query:"municipality" maxLength:"4" doc:"A number"`
}

type measuresOut struct {
	Body struct {
		Items []Measure `json:"items"`
		Total int       `json:"total"`
	}
}

func (p *Pages) apiList(ctx context.Context, _ access.Actor, in *measuresIn) (*measuresOut, error) {
	list, err := p.Measures.List(ctx, access.Actor{}, measure.Filter{Text: in.Q, Group: support.TargetGroup(in.TargetGroup), Effort: measure.Effort(in.Effort), Band: measure.Band(in.Cost), Sector: in.Sector, Municipality: in.Municipality})
	if err != nil {
		return nil, err
	}
	out := &measuresOut{}
	out.Body.Items, out.Body.Total = make([]Measure, len(list)), len(list)
	for i, m := range list {
		out.Body.Items[i] = inJSON(m)
	}
	return out, nil
}

type measureIn struct {
	ID string `path:"id"`
}

type measureOut struct{ Body MeasureDetail }

func (p *Pages) apiGet(ctx context.Context, _ access.Actor, in *measureIn) (*measureOut, error) {
	card, err := id.Parse[support.Card](in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	m, err := p.Measures.Get(ctx, access.Actor{}, card)
	if err != nil {
		return nil, err
	}
	packs, err := p.Measures.Packages(ctx, access.Actor{}, card)
	if err != nil {
		return nil, err
	}
	out := MeasureDetail{Measure: inJSON(m), Time: m.Time, People: m.People, Before: m.Before, Tips: m.Tips, Packages: []string{}}
	for _, x := range packs {
		out.Packages = append(out.Packages, x.Slug)
	}
	return &measureOut{out}, nil
}

// Package is a package in JSON.
type Package struct {
	Slug     string    `json:"slug"`
	Title    i18n.Text `json:"title"`
	Goal     i18n.Text `json:"goal"`
	Words    i18n.Text `json:"words"`
	Measures []string  `json:"measures" doc:"Their ids, in the order they are done"`
}

type packagesOut struct {
	Body struct {
		Items []Package `json:"items"`
		Total int       `json:"total"`
	}
}

func (p *Pages) apiPackages(ctx context.Context, _ access.Actor, _ *struct{}) (*packagesOut, error) {
	list, err := p.Measures.Packages(ctx, access.Actor{}, "")
	if err != nil {
		return nil, err
	}
	out := &packagesOut{}
	out.Body.Items, out.Body.Total = make([]Package, len(list)), len(list)
	for i, x := range list {
		out.Body.Items[i] = Package{Slug: x.Slug, Title: x.Title, Goal: x.Goal, Words: x.Words, Measures: []string{}}
		for _, m := range x.Measures {
			out.Body.Items[i].Measures = append(out.Body.Items[i].Measures, string(m.Card.ID))
		}
	}
	return out, nil
}

// csv is the measures of the toolbox, a line each.
func (p *Pages) csv(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	t := p.door.Printer(r)
	list, err := p.Measures.List(r.Context(), access.Actor{}, measure.Filter{})
	if err != nil {
		return err
	}
	out := sheet.Table{Name: t.T("support.title")}
	for _, c := range []i18n.Key{"measure.field.code", "support.field.title", "support.field.target_group", "support.field.what", "measure.field.goal", "measure.field.who", "measure.steps", "measure.field.effort", "measure.field.cost",
		"measure.field.sectors", "measure.field.municipalities", "support.field.owner", "measure.field.owner"} {
		out.Columns = append(out.Columns, sheet.Column{Title: t.T(c)})
	}
	out.Columns = append(out.Columns, sheet.Column{Title: t.T("support.field.last_checked"), Kind: sheet.Day})
	for _, m := range list {
		var todo, where []string
		for _, s := range m.Steps {
			todo = append(todo, numbered(t, s))
		}
		for _, n := range m.Municipalities {
			where = append(where, n+" "+p.name(n))
		}
		effort := ""
		if m.Effort != "" {
			effort = t.T(m.Effort.Label())
		}
		out.Rows = append(out.Rows, []any{m.Card.Code, in(t, m.Card.Title), t.T(groupLabel(m.Card.TargetGroup)), in(t, m.Card.What), in(t, m.Goal), in(t, m.Who), strings.Join(todo, " "), effort, cost(t, m.Cost),
			strings.Join(p.sectorNames(t, m), "; "), strings.Join(where, "; "), in(t, m.Card.Owner), m.OwnerName, m.Card.LastChecked})
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="verktoykasse.csv"`)
	return sheet.WriteCSV(w, out)
}
