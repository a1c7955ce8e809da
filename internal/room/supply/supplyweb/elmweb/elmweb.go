// Package elmweb answers what is offered in the words of the European Learning Model under
// /elm, as JSON-LD: the catalogue itself, a page at a time, and each programme. Everybody
// may read; only what is public is there.
package elmweb

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/elm"
	"kompetansetorg/internal/room/supply/oeapi"
	"kompetansetorg/internal/room/supply/offer"
)

// pageSize is how many programmes a page of the catalogue has.
const pageSize = 50

// media is the type of JSON-LD.
const media = "application/ld+json"

// Deps is what the operations need. PublicURL has no slash at its end.
type Deps struct {
	Supply    *supply.Service
	Places    *place.Register
	PublicURL string
}

type service struct {
	Deps
	writer elm.Writer
}

// Register adds the operations.
func Register(d *gate.Door, deps Deps) {
	s := &service{deps, elm.Writer{Base: deps.PublicURL}}
	gate.Register(d, gate.Op{Method: "GET", Path: "/elm", Rule: gate.Public(), ID: "elm-catalogue", Summary: "What is offered, as JSON-LD in the words of the European Learning Model", Tags: []string{"elm"}}, s.catalogue)
	gate.Register(d, gate.Op{Method: "GET", Path: "/elm/{id}", Rule: gate.Public(), ID: "elm-programme", Summary: "A programme with its offerings, as JSON-LD in the words of the European Learning Model", Tags: []string{"elm"}}, s.programme)
}

type catalogueIn struct {
	Page int `query:"page" minimum:"1" maximum:"1000000" default:"1"`
}

type catalogueOut struct {
	ContentType string `header:"Content-Type"`
	Link        string `header:"Link" doc:"The next page, where there is one"`
	Body        elm.Catalogue
}

func (s *service) catalogue(ctx context.Context, _ access.Actor, in *catalogueIn) (*catalogueOut, error) {
	all, err := s.Supply.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	from := min(len(all.Programmes), (in.Page-1)*pageSize)
	to := min(len(all.Programmes), from+pageSize)
	offerings := map[offer.ProgrammeID][]offer.Offering{}
	for _, o := range all.Offerings {
		offerings[o.Programme] = append(offerings[o.Programme], *o)
	}
	var list []elm.Entry
	for _, p := range all.Programmes[from:to] {
		list = append(list, s.entry(*p, offerings[p.ID]))
	}
	more := to < len(all.Programmes)
	out := &catalogueOut{ContentType: media, Body: s.writer.Catalogue(list, in.Page, len(all.Programmes), more)}
	if more {
		out.Link = fmt.Sprintf("<%s/elm?page=%d>; rel=\"next\"", s.PublicURL, in.Page+1)
	}
	return out, nil
}

func (s *service) entry(p offer.Programme, offerings []offer.Offering) elm.Entry {
	out := elm.Entry{Programme: oeapi.FromProgramme(p, offerings)}
	for _, o := range offerings {
		out.Offerings = append(out.Offerings, oeapi.FromOffering(p, o, s.Places))
	}
	return out
}

type programmeIn struct {
	ID string `path:"id" doc:"The id of the programme"`
}

type programmeOut struct {
	ContentType string `header:"Content-Type"`
	Body        elm.Document
}

func (s *service) programme(ctx context.Context, _ access.Actor, in *programmeIn) (*programmeOut, error) {
	programme, err := id.Parse[offer.Programme](in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	d, err := s.Supply.Programme(ctx, access.Actor{}, programme)
	if err != nil {
		return nil, err
	}
	var list []offer.Offering
	for _, i := range d.Items {
		list = append(list, *i.Offering)
	}
	e := s.entry(*d.Programme, list)
	return &programmeOut{media, s.writer.Programme(e.Programme, e.Offerings)}, nil
}
