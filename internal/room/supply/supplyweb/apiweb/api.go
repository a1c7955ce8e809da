// Package apiweb is the room's JSON: programmes and offerings to read for
// everybody, and to write for those who offer them.
package apiweb

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
	"kompetansetorg/internal/room/supply/address"
	"kompetansetorg/internal/room/supply/offer"
)

// Service answers the operations.
type Service struct {
	Supply    *supply.Service
	Addresses address.Reader
	// PublicURL begins the addresses of pages; no slash at its end.
	PublicURL string
}

// Register adds the operations.
func Register(d *gate.Door, s *Service, providers gate.Rule) {
	tags := []string{"supply"}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/programmes", Rule: gate.Public(), ID: "list-programmes", Summary: "Programmes that are offered, by title", Tags: tags}, s.programmeList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/programmes/{id}", Rule: gate.Public(), ID: "get-programme", Summary: "A programme with its offerings", Tags: tags}, s.programmeGet)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/programmes", Rule: providers, ID: "create-programme", Summary: "Add a programme as a draft", Tags: tags, Status: 201}, s.programmePost)
	gate.Register(d, gate.Op{Method: "PUT", Path: "/api/v1/programmes/{id}", Rule: providers, ID: "update-programme", Summary: "Write a programme anew", Tags: tags}, s.programmePut)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/offerings", Rule: gate.Public(), ID: "list-offerings", Summary: "The catalogue with filters and distances", Tags: tags}, s.offeringList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/offerings/{id}", Rule: gate.Public(), ID: "get-offering", Summary: "An offering", Tags: tags}, s.offeringGet)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/offerings", Rule: providers, ID: "create-offering", Summary: "Add an offering of a programme as a draft", Tags: tags, Status: 201}, s.offeringPost)
	gate.Register(d, gate.Op{Method: "PUT", Path: "/api/v1/offerings/{id}", Rule: providers, ID: "update-offering", Summary: "Write an offering anew", Tags: tags}, s.offeringPut)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/offerings/{id}/state", Rule: providers, ID: "move-offering", Summary: "Publish, rest, cancel or confirm an offering", Tags: tags}, s.offeringState)
}

type programmesIn struct {
	Q        string `query:"q" maxLength:"200" doc:"Words of the texts or the provider's name"`
	Level    string `query:"level" enum:"vgs,fagbrev,fagskole,hoyere,kurs,"`
	Provider string `query:"provider" doc:"The provider's id"`
	Field    string `query:"field" doc:"Broad field of ISCED-F, two digits"`
	Limit    int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	After    string `query:"after"`
}

type programmesOut struct {
	Body struct {
		Items []ProgrammeJSON `json:"items"`
		Total int             `json:"total"`
		Next  string          `json:"next,omitempty"`
	}
}

func (s *Service) programmeList(ctx context.Context, _ access.Actor, in *programmesIn) (*programmesOut, error) {
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
	list, total, more, err := s.Supply.Programmes(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &programmesOut{}
	out.Body.Items, out.Body.Total = make([]ProgrammeJSON, len(list)), total
	for i, x := range list {
		out.Body.Items[i] = s.Programme(*x)
	}
	if more {
		out.Body.Next = string(list[len(list)-1].ID)
	}
	return out, nil
}

type byID struct {
	ID string `path:"id"`
}

type programmeOut struct {
	Body struct {
		ProgrammeJSON
		Offerings []OfferingJSON `json:"offerings"`
	}
}

func (s *Service) programmeGet(ctx context.Context, actor access.Actor, in *byID) (*programmeOut, error) {
	programme, err := id.Parse[offer.Programme](in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	return s.programmeOut(ctx, actor, programme)
}

func (s *Service) programmeOut(ctx context.Context, actor access.Actor, programme offer.ProgrammeID) (*programmeOut, error) {
	d, err := s.Supply.Programme(ctx, actor, programme)
	if err != nil {
		return nil, err
	}
	out := &programmeOut{}
	out.Body.ProgrammeJSON = s.Programme(*d.Programme)
	out.Body.Offerings = make([]OfferingJSON, len(d.Items))
	for i, x := range d.Items {
		out.Body.Offerings[i] = s.Offering(supply.Hit{Item: x}, false, supply.CanWrite(actor, x.Offering.Provider) == nil)
	}
	return out, nil
}

type offeringsIn struct {
	Q            string   `query:"q" maxLength:"200" doc:"Words of the programme's texts or the provider's name"`
	Level        []string `query:"level,explode" enum:"vgs,fagbrev,fagskole,hoyere,kurs"`
	Form         []string `query:"form,explode" enum:"nett,samlinger,bedrift,blandet,campus"`
	StartType    []string `query:"start_type,explode" enum:"LOPENDE,FELLES,ENKELTPLASS"`
	Channel      []string `query:"admission_channel,explode" enum:"here,link,national"`
	Field        []string `query:"field,explode" doc:"Broad field of ISCED-F, two digits"`
	Provider     string   `query:"provider" doc:"The provider's id"`
	Municipality string   `query:"municipality" doc:"Some gatheringJSON is here; number or name"`
	Region       string   `query:"region" doc:"Some gatheringJSON is in this region"`
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

// OfferingList is a part of the catalogue.
type OfferingList struct {
	Items []OfferingJSON `json:"items"`
	Total int            `json:"total"`
	Next  string         `json:"next,omitempty"`
}

type offeringsOut struct{ Body OfferingList }

// offeringList reads the same names as the page, through the same reader.
func (s *Service) offeringList(ctx context.Context, _ access.Actor, in *offeringsIn) (*offeringsOut, error) {
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
	f, err := s.Addresses.Filter(values)
	if err != nil {
		return nil, err
	}
	f.Limit = in.Limit
	hits, err := s.Supply.List(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &offeringsOut{OfferingList{Items: make([]OfferingJSON, len(hits.Items)), Total: hits.Total, Next: hits.Next}}
	for i, h := range hits.Items {
		out.Body.Items[i] = s.Offering(h, f.Near != "", false)
	}
	return out, nil
}

type offeringOut struct{ Body OfferingJSON }

func (s *Service) offeringGet(ctx context.Context, actor access.Actor, in *byID) (*offeringOut, error) {
	offering, err := id.Parse[offer.Offering](in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	return s.offeringOut(ctx, actor, offering)
}

func (s *Service) offeringOut(ctx context.Context, actor access.Actor, offering offer.OfferingID) (*offeringOut, error) {
	i, err := s.Supply.Offering(ctx, actor, offering)
	if err != nil {
		return nil, err
	}
	return &offeringOut{s.Offering(supply.Hit{Item: i}, false, supply.CanWrite(actor, i.Offering.Provider) == nil)}, nil
}
