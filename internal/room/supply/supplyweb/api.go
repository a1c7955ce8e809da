package supplyweb

import (
	"context"
	"net/url"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

func (p *pages) registerAPI(d *gate.Door, providers gate.Rule) {
	tags := []string{"supply"}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/programmes", Rule: gate.Public(), ID: "list-programmes", Summary: "Programmes that are offered, by title", Tags: tags}, p.apiProgrammeList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/programmes/{id}", Rule: gate.Public(), ID: "get-programme", Summary: "A programme with its offerings", Tags: tags}, p.apiProgrammeGet)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/programmes", Rule: providers, ID: "create-programme", Summary: "Add a programme as a draft", Tags: tags, Status: 201}, p.apiProgrammePost)
	gate.Register(d, gate.Op{Method: "PUT", Path: "/api/v1/programmes/{id}", Rule: providers, ID: "update-programme", Summary: "Write a programme anew", Tags: tags}, p.apiProgrammePut)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/offerings", Rule: gate.Public(), ID: "list-offerings", Summary: "The catalogue with filters and distances", Tags: tags}, p.apiOfferingList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/offerings/{id}", Rule: gate.Public(), ID: "get-offering", Summary: "An offering", Tags: tags}, p.apiOfferingGet)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/offerings", Rule: providers, ID: "create-offering", Summary: "Add an offering of a programme as a draft", Tags: tags, Status: 201}, p.apiOfferingPost)
	gate.Register(d, gate.Op{Method: "PUT", Path: "/api/v1/offerings/{id}", Rule: providers, ID: "update-offering", Summary: "Write an offering anew", Tags: tags}, p.apiOfferingPut)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/offerings/{id}/state", Rule: providers, ID: "move-offering", Summary: "Publish, rest, cancel or confirm an offering", Tags: tags}, p.apiOfferingState)
}

type apiProgrammesIn struct {
	Q        string `query:"q" maxLength:"200" doc:"Words of the texts or the provider's name"`
	Level    string `query:"level" enum:"vgs,fagbrev,fagskole,hoyere,kurs,"`
	Provider string `query:"provider" doc:"The provider's id"`
	Field    string `query:"field" doc:"Broad field of ISCED-F, two digits"`
	Limit    int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	After    string `query:"after"`
}

type apiProgrammesOut struct {
	Body struct {
		Items []ProgrammeJSON `json:"items"`
		Total int             `json:"total"`
		Next  string          `json:"next,omitempty"`
	}
}

func (p *pages) apiProgrammeList(ctx context.Context, _ access.Actor, in *apiProgrammesIn) (*apiProgrammesOut, error) {
	f := supply.ProgrammeFilter{Text: in.Q, Limit: in.Limit, Provider: org.ID(in.Provider)}
	if in.Level != "" {
		f.Levels = []offer.Level{offer.Level(in.Level)}
	}
	if in.Field != "" {
		f.Fields = []string{in.Field}
	}
	if in.After != "" {
		after, err := id.Parse[offer.Programme](in.After)
		if err != nil {
			return nil, fault.InvalidField("after", "fault.after")
		}
		f.After = after
	}
	list, total, more, err := p.Supply.Programmes(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &apiProgrammesOut{}
	out.Body.Items, out.Body.Total = make([]ProgrammeJSON, len(list)), total
	for i, x := range list {
		out.Body.Items[i] = p.apiProgramme(*x)
	}
	if more {
		out.Body.Next = string(list[len(list)-1].ID)
	}
	return out, nil
}

type apiID struct {
	ID string `path:"id"`
}

type apiProgrammeOut struct {
	Body struct {
		ProgrammeJSON
		Offerings []apiOffering `json:"offerings"`
	}
}

func (p *pages) apiProgrammeGet(ctx context.Context, actor access.Actor, in *apiID) (*apiProgrammeOut, error) {
	programme, err := id.Parse[offer.Programme](in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	return p.programmeOut(ctx, actor, programme)
}

func (p *pages) programmeOut(ctx context.Context, actor access.Actor, programme offer.ProgrammeID) (*apiProgrammeOut, error) {
	d, err := p.Supply.Programme(ctx, actor, programme)
	if err != nil {
		return nil, err
	}
	out := &apiProgrammeOut{}
	out.Body.ProgrammeJSON = p.apiProgramme(*d.Programme)
	out.Body.Offerings = make([]apiOffering, len(d.Items))
	for i, x := range d.Items {
		out.Body.Offerings[i] = p.apiHit(supply.Hit{Item: x}, false)
	}
	return out, nil
}

type apiOfferingsIn struct {
	Q            string   `query:"q" maxLength:"200" doc:"Words of the programme's texts or the provider's name"`
	Level        []string `query:"level,explode" enum:"vgs,fagbrev,fagskole,hoyere,kurs"`
	Form         []string `query:"form,explode" enum:"nett,samlinger,bedrift,blandet,campus"`
	StartType    []string `query:"start_type,explode" enum:"LOPENDE,FELLES,ENKELTPLASS"`
	Channel      []string `query:"admission_channel,explode" enum:"here,link,national"`
	Field        []string `query:"field,explode" doc:"Broad field of ISCED-F, two digits"`
	Provider     string   `query:"provider" doc:"The provider's id"`
	Municipality string   `query:"municipality" doc:"Some gathering is here; number or name"`
	Region       string   `query:"region" doc:"Some gathering is in this region"`
	Near         string   `query:"near" doc:"The reader's municipality, number or name"`
	Within       string   `query:"within" enum:"25,50,100,200," doc:"Longest trip in kilometres by air, with near"`
	CreditsMax   int      `query:"credits_max" minimum:"0"`
	Badge        bool     `query:"badge" doc:"Can be taken at the workplace"`
	Free         bool     `query:"free" doc:"Places are free, or no number is set"`
	Open         bool     `query:"open" doc:"One can apply today"`
	All          bool     `query:"all" doc:"Also what is over, resting or cancelled"`
	Sort         string   `query:"sort" enum:"start,distance,title,"`
	Limit        int      `query:"limit" minimum:"1" maximum:"500" default:"50"`
	After        string   `query:"after"`
}

// apiOfferings is a part of the catalogue.
type apiOfferings struct {
	Items []apiOffering `json:"items"`
	Total int           `json:"total"`
	Next  string        `json:"next,omitempty"`
}

type apiOfferingsOut struct{ Body apiOfferings }

// apiOfferingList reads the same names as the page, through the same reader.
func (p *pages) apiOfferingList(ctx context.Context, _ access.Actor, in *apiOfferingsIn) (*apiOfferingsOut, error) {
	values := url.Values{"q": {in.Q}, "level": in.Level, "form": in.Form, "start_type": in.StartType, "admission_channel": in.Channel, "field": in.Field,
		"provider": {in.Provider}, "municipality": {in.Municipality}, "region": {in.Region}, "near": {in.Near}, "within": {in.Within}, "sort": {in.Sort}, "after": {in.After}}
	for name, on := range map[string]bool{"badge": in.Badge, "free": in.Free, "open": in.Open, "all": in.All} {
		if on {
			values.Set(name, "ja")
		}
	}
	if in.CreditsMax > 0 {
		values.Set("credits_max", strconv.Itoa(in.CreditsMax))
	}
	f, err := p.readFilter(values)
	if err != nil {
		return nil, err
	}
	f.Limit = in.Limit
	hits, err := p.Supply.List(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &apiOfferingsOut{apiOfferings{Items: make([]apiOffering, len(hits.Items)), Total: hits.Total, Next: hits.Next}}
	for i, h := range hits.Items {
		out.Body.Items[i] = p.apiHit(h, f.Near != "")
	}
	return out, nil
}

type apiOfferingOut struct{ Body apiOffering }

func (p *pages) apiOfferingGet(ctx context.Context, actor access.Actor, in *apiID) (*apiOfferingOut, error) {
	offering, err := id.Parse[offer.Offering](in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	return p.offeringOut(ctx, actor, offering)
}

func (p *pages) offeringOut(ctx context.Context, actor access.Actor, offering offer.OfferingID) (*apiOfferingOut, error) {
	i, err := p.Supply.Offering(ctx, actor, offering)
	if err != nil {
		return nil, err
	}
	return &apiOfferingOut{p.apiHit(supply.Hit{Item: i}, false)}, nil
}
