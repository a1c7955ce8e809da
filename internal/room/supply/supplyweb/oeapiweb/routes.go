package oeapiweb

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/oeapi"
	"kompetansetorg/internal/room/supply/offer"
)

// Deps is what the operations need.
type Deps struct {
	Supply                  *supply.Service
	Orgs                    *org.Service
	Places                  *place.Register
	Clock                   clock.Clock
	PublicURL, ContactEmail string
}

type service struct{ Deps }

// Register adds the operations.
func Register(d *gate.Door, deps Deps) {
	s := &service{deps}
	op := func(path, id, summary string) gate.Op {
		return gate.Op{Method: "GET", Path: "/oeapi/v6" + path, Rule: gate.Public(), ID: "oeapi-" + id, Summary: summary, Tags: []string{"oeapi"}}
	}
	gate.Register(d, op("", "service", "What this implementation is"), s.root)
	gate.Register(d, op("/{$}", "service-slash", "What this implementation is"), s.root)
	gate.Register(d, op("/programmes", "programmes", "Programmes"), s.programmes)
	gate.Register(d, op("/programmes/{id}", "programme", "A programme"), s.programme)
	gate.Register(d, op("/programmes/{id}/programme-offerings", "programme-offerings", "Offerings of a programme"), s.offeringsOf)
	gate.Register(d, op("/programmes/{id}/offerings", "offerings", "Offerings of a programme, by its name in version 5"), s.offeringsOf)
	gate.Register(d, op("/programme-offerings/{id}", "programme-offering", "An offering"), s.offering)
	gate.Register(d, op("/organisations", "organisations", "Organisations that offer programmes"), s.organisations)
	gate.Register(d, op("/organisations/{id}", "organisation", "An organisation that offers programmes"), s.organisation)
	gate.Register(d, op("/organisations/{id}/programmes", "organisation-programmes", "Programmes of an organisation"), s.programmesOf)
}

// none is an operation without parameters.
type none struct{}

// Paging are the parameters of every list. It is exported, as ProgrammesIn is,
// since parameters of embedded types that are not are not read.
type Paging struct {
	PageSize   int `query:"pageSize" minimum:"1" maximum:"250" default:"10"`
	PageNumber int `query:"pageNumber" minimum:"1" maximum:"1000000" default:"1"`
}

// page is a part of a list as the standard has it.
type page[T any] struct {
	PageSize        int  `json:"pageSize"`
	PageNumber      int  `json:"pageNumber"`
	HasPreviousPage bool `json:"hasPreviousPage"`
	HasNextPage     bool `json:"hasNextPage"`
	TotalPages      int  `json:"totalPages"`
	Items           []T  `json:"items"`
}

// cut is the page of the list that was asked for.
func cut[T any](in Paging, all []T) page[T] {
	pages := (len(all) + in.PageSize - 1) / in.PageSize
	from := min(len(all), (in.PageNumber-1)*in.PageSize)
	to := min(len(all), from+in.PageSize)
	return page[T]{PageSize: in.PageSize, PageNumber: in.PageNumber, HasPreviousPage: in.PageNumber > 1, HasNextPage: to < len(all), TotalPages: pages,
		Items: append([]T{}, all[from:to]...)}
}

type body[T any] struct{ Body T }

func (s *service) root(context.Context, access.Actor, *none) (*body[oeapi.Service], error) {
	out := oeapi.Service{ContactEmail: s.contact(), Specification: "https://github.com/open-education-api/specification", Documentation: s.PublicURL + "/api"}
	for _, path := range []string{"/", "/programmes", "/programmes/{programmeId}", "/programmes/{programmeId}/programme-offerings",
		"/programme-offerings/{programmeOfferingId}", "/organisations", "/organisations/{organisationId}", "/organisations/{organisationId}/programmes"} {
		out.SupportedOperations = append(out.SupportedOperations, oeapi.Operation{Verb: "GET", Verbs: []string{"GET"}, Path: path})
	}
	return &body[oeapi.Service]{out}, nil
}

func (s *service) contact() string {
	if s.ContactEmail != "" {
		return s.ContactEmail
	}
	if u, err := url.Parse(s.PublicURL); err == nil && u.Hostname() != "" {
		return "post@" + u.Hostname()
	}
	return "post@localhost"
}

// ProgrammesIn narrows a list of programmes.
type ProgrammesIn struct {
	Paging
	Q     string `query:"q" maxLength:"200"`
	Level string `query:"levelOfQualification"`
	Field string `query:"fieldsOfStudy"`
	Code  string `query:"primaryCode"`
}

func (s *service) programmes(ctx context.Context, _ access.Actor, in *ProgrammesIn) (*body[page[oeapi.Programme]], error) {
	return s.list(ctx, in, "")
}

type programmesOfIn struct {
	ID string `path:"id"`
	ProgrammesIn
}

func (s *service) programmesOf(ctx context.Context, _ access.Actor, in *programmesOfIn) (*body[page[oeapi.Programme]], error) {
	provider, err := s.provider(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return s.list(ctx, &in.ProgrammesIn, provider)
}

func (s *service) list(ctx context.Context, in *ProgrammesIn, provider org.ID) (*body[page[oeapi.Programme]], error) {
	snapshot, err := s.Supply.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	offerings := map[offer.ProgrammeID][]offer.Offering{}
	for _, o := range snapshot.Offerings {
		offerings[o.Programme] = append(offerings[o.Programme], *o)
	}
	var all []oeapi.Programme
	for _, p := range snapshot.Programmes {
		if provider != "" && p.Provider != provider {
			continue
		}
		if x := oeapi.FromProgramme(*p, offerings[p.ID]); in.wants(x) {
			all = append(all, x)
		}
	}
	return &body[page[oeapi.Programme]]{cut(in.Paging, all)}, nil
}

// wants reports whether the programme is one that was asked for.
func (in *ProgrammesIn) wants(p oeapi.Programme) bool {
	if in.Level != "" && p.LevelOfQualification != in.Level || in.Field != "" && !strings.HasPrefix(p.FieldsOfStudy, in.Field) || in.Code != "" && p.PrimaryCode.Code != in.Code {
		return false
	}
	return in.Q == "" || slices.ContainsFunc(append(slices.Clone(p.Name), p.Description...), func(t oeapi.Text) bool {
		return strings.Contains(strings.ToLower(t.Value), strings.ToLower(in.Q))
	})
}

type idIn struct {
	ID string `path:"id"`
}

func (s *service) find(ctx context.Context, written string) (supply.Details, error) {
	programme, err := id.Parse[offer.Programme](written)
	if err != nil {
		return supply.Details{}, fault.Missing()
	}
	return s.Supply.Programme(ctx, access.Actor{}, programme)
}

func (s *service) programme(ctx context.Context, _ access.Actor, in *idIn) (*body[oeapi.Programme], error) {
	d, err := s.find(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var list []offer.Offering
	for _, i := range d.Items {
		list = append(list, *i.Offering)
	}
	return &body[oeapi.Programme]{oeapi.FromProgramme(*d.Programme, list)}, nil
}

type offeringsIn struct {
	ID string `path:"id"`
	Paging
	State string `query:"state"`
}

func (s *service) offeringsOf(ctx context.Context, _ access.Actor, in *offeringsIn) (*body[page[oeapi.Offering]], error) {
	d, err := s.find(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var all []oeapi.Offering
	for _, i := range d.Items {
		if in.State == "" || string(i.Offering.State) == in.State {
			all = append(all, oeapi.FromOffering(*d.Programme, *i.Offering, s.Places))
		}
	}
	return &body[page[oeapi.Offering]]{cut(in.Paging, all)}, nil
}

func (s *service) offering(ctx context.Context, _ access.Actor, in *idIn) (*body[oeapi.Offering], error) {
	offering, err := id.Parse[offer.Offering](in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	i, err := s.Supply.Offering(ctx, access.Actor{}, offering)
	if err != nil {
		return nil, err
	}
	return &body[oeapi.Offering]{oeapi.FromOffering(*i.Programme, *i.Offering, s.Places)}, nil
}

type organisationsIn struct{ Paging }

func (s *service) organisations(ctx context.Context, _ access.Actor, in *organisationsIn) (*body[page[oeapi.Organisation]], error) {
	ids, err := s.Supply.Providers(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]oeapi.Organisation, 0, len(ids))
	for _, provider := range ids {
		o, err := s.Orgs.Get(ctx, provider)
		if err != nil {
			return nil, err
		}
		all = append(all, oeapi.FromOrganisation(o, s.Clock.Today()))
	}
	return &body[page[oeapi.Organisation]]{cut(in.Paging, all)}, nil
}

func (s *service) organisation(ctx context.Context, _ access.Actor, in *idIn) (*body[oeapi.Organisation], error) {
	provider, err := s.provider(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	o, err := s.Orgs.Get(ctx, provider)
	if err != nil {
		return nil, err
	}
	return &body[oeapi.Organisation]{oeapi.FromOrganisation(o, s.Clock.Today())}, nil
}

// provider is the organisation with the id, if it offers something public.
func (s *service) provider(ctx context.Context, written string) (org.ID, error) {
	provider, err := access.ParseOrgID(written)
	if err != nil {
		return "", errors.Join(fault.Missing(), err)
	}
	ids, err := s.Supply.Providers(ctx)
	if err != nil {
		return "", err
	}
	if !slices.Contains(ids, provider) {
		return "", fault.Missing()
	}
	return provider, nil
}
