package orgweb

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
)

func (p *pages) registerAPI() {
	gate.Register(p.door, gate.Op{Method: "GET", Path: "/api/v1/organisations/lookup", Rule: gate.SignedIn(), ID: "look-up-organisation",
		Summary: "What Enhetsregisteret has for a number or a name", Tags: []string{"organisations"}}, p.apiLookUp)
	gate.Register(p.door, gate.Op{Method: "GET", Path: "/api/v1/organisations", Rule: gate.Public(), ID: "list-organisations",
		Summary: "The register of organisations, by name", Tags: []string{"organisations"}}, p.apiList)
	gate.Register(p.door, gate.Op{Method: "GET", Path: "/api/v1/organisations/{id}", Rule: gate.Public(), ID: "get-organisation",
		Summary: "An organisation with its names through time", Tags: []string{"organisations"}}, p.apiGet)
}

type lookupIn struct {
	Q string `query:"q" required:"true" minLength:"3" maxLength:"200" doc:"An organisation number, or three letters or more of a name"`
}

// unitHit is a unit of Enhetsregisteret in JSON. ID is its number; organisation
// is the one here that has it, if any.
type unitHit struct {
	ID           string      `json:"id"`
	Name         string      `json:"name"`
	Kind         string      `json:"kind"`
	Form         string      `json:"form,omitempty"`
	Municipality string      `json:"municipality,omitempty"`
	Industry     string      `json:"industry,omitempty"`
	Employees    *int        `json:"employees"`
	State        string      `json:"state" enum:"active,bankrupt,winding_up,forced,deleted,removed"`
	Since        *clock.Date `json:"since,omitempty"`
	Organisation string      `json:"organisation,omitempty"`
	FetchedAt    clock.Time  `json:"fetched_at"`
}

type lookupOut struct {
	Body struct {
		Items   []unitHit `json:"items"`
		Total   int       `json:"total"`
		Source  string    `json:"source"`
		Trouble string    `json:"trouble,omitempty" enum:"off,unreachable" doc:"Why hits may be missing"`
	}
}

func (p *pages) apiLookUp(ctx context.Context, actor access.Actor, in *lookupIn) (*lookupOut, error) {
	a, err := p.Register.LookUp(ctx, actor, in.Q)
	if err != nil {
		return nil, err
	}
	out := &lookupOut{}
	out.Body.Items, out.Body.Total, out.Body.Source, out.Body.Trouble = make([]unitHit, len(a.Hits)), len(a.Hits), "Enhetsregisteret", string(a.Trouble)
	for i, h := range a.Hits {
		u := unitHit{ID: h.Unit.OrgNo, Name: h.Name, Kind: string(h.Kind), Form: h.Unit.Form, Municipality: h.Unit.Municipality, Industry: h.Unit.Industry,
			State: string(h.Unit.State), Since: orNone(h.Unit.Since), Organisation: string(h.Org), FetchedAt: h.FetchedAt}
		if h.Unit.Employees >= 0 {
			u.Employees = &h.Unit.Employees
		}
		out.Body.Items[i] = u
	}
	return out, nil
}

type organisationsIn struct {
	Q            string `query:"q" maxLength:"200" doc:"Looked for in names of any time, short forms, aliases and numbers"`
	Kind         string `query:"kind" doc:"One kind of organisation" enum:"county,municipality,ministry,directorate,state_agency,business_hub,business_association,business_alliance,company,public_unit,upper_secondary,fagskole,university,research,training_office,career_centre,study_centre,interest_group,council,partnership,trainee_scheme"`
	Municipality string `query:"municipality" maxLength:"4" doc:"Municipality number of four digits"`
	Limit        int    `query:"limit" default:"50" minimum:"1" maximum:"500"`
	After        string `query:"after" maxLength:"1000" doc:"next of the page before"`
}

// organisation is an organisation in JSON. Name and short are those of the day.
type organisation struct {
	ID           string             `json:"id"`
	Kind         string             `json:"kind"`
	Name         string             `json:"name"`
	Short        string             `json:"short,omitempty"`
	OrgNo        string             `json:"orgno,omitempty"`
	Municipality string             `json:"municipality"`
	Website      string             `json:"website,omitempty"`
	State        string             `json:"state,omitempty" doc:"How Enhetsregisteret says that it stands; empty when it has not been read" enum:"active,bankrupt,winding_up,forced,deleted,removed,unknown"`
	Parent       string             `json:"parent,omitempty"`
	Aliases      []string           `json:"aliases,omitempty"`
	Names        []organisationName `json:"names,omitempty"`
}

// organisationName is a name with its period; an open end is left out.
type organisationName struct {
	Name  string      `json:"name"`
	Short string      `json:"short,omitempty"`
	From  *clock.Date `json:"from,omitempty"`
	To    *clock.Date `json:"to,omitempty"`
}

type organisationsOut struct {
	Body struct {
		Items []organisation `json:"items"`
		Total int            `json:"total"`
		Next  string         `json:"next,omitempty"`
	}
}

func (p *pages) apiList(ctx context.Context, _ access.Actor, in *organisationsIn) (*organisationsOut, error) {
	f := org.Filter{Text: in.Q, After: in.After, Limit: in.Limit}
	if in.Kind != "" {
		f.Kinds = []org.Kind{org.Kind(in.Kind)}
	}
	if in.Municipality != "" {
		n, err := place.ParseNumber(in.Municipality)
		if err != nil {
			return nil, err
		}
		f.Municipality = string(n)
	}
	list, total, err := p.Orgs.List(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &organisationsOut{}
	out.Body.Items, out.Body.Total, out.Body.Next = make([]organisation, len(list.Items)), total, list.Next
	for i, e := range list.Items {
		out.Body.Items[i] = organisation{ID: string(e.ID), Kind: string(e.Kind), Name: e.Name, Short: e.Short, OrgNo: e.OrgNo, Municipality: e.Municipality, State: string(e.State)}
	}
	return out, nil
}

type organisationIn struct {
	ID   string `path:"id"`
	Date string `query:"date" doc:"Day for which name and short hold, YYYY-MM-DD; today when left out"`
}

type organisationOut struct{ Body organisation }

func (p *pages) apiGet(ctx context.Context, _ access.Actor, in *organisationIn) (*organisationOut, error) {
	id, err := access.ParseOrgID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	day := p.Clock.Today()
	if in.Date != "" {
		if day, err = clock.ParseDate(in.Date); err != nil {
			return nil, fault.InvalidField("date", "form.error.date")
		}
	}
	o, err := p.Orgs.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	n := o.On(day)
	out := &organisationOut{Body: organisation{ID: string(o.ID), Kind: string(o.Kind), Name: n.Name, Short: n.Short, OrgNo: o.OrgNo,
		Municipality: o.Municipality, Website: o.Website, State: string(o.Standing.State), Parent: string(o.Parent), Aliases: o.Aliases}}
	for _, n := range o.Names {
		out.Body.Names = append(out.Body.Names, organisationName{Name: n.Name, Short: n.Short, From: orNone(n.From), To: orNone(n.To)})
	}
	return out, nil
}

func orNone(d clock.Date) *clock.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}
