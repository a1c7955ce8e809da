package site

import (
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/room/centre"
	"kompetansetorg/internal/room/centre/booking"
)

// watchedCentres are the watched routes of study centres: who is in the group and on waiting
// lists, and whom rooms are for.
func watchedCentres() map[string]watched {
	return map[string]watched{
		"GET /studiesenter/{id}/gruppe":             {act: person.ReadOne, kind: centre.ObjectName, closed: true},
		"GET /studieonsker/{wish}":                  {act: person.ReadOne, kind: centre.WishKind},
		"GET /studieonsker/{wish}/rediger":          {act: person.ReadOne, kind: centre.WishKind},
		"GET /studieonsker/{wish}/meld":             {act: person.ReadOne, kind: centre.WishKind},
		"GET /studieonsker/{wish}/flytt/{to}":       {act: person.ReadOne, kind: centre.WishKind},
		"GET /rombestillinger/{booking}":            {act: person.ReadOne, kind: booking.FlowKind, closed: true},
		"GET /rombestillinger/{booking}/flytt/{to}": {act: person.ReadOne, kind: booking.FlowKind, closed: true},
	}
}

// notWatchedCentres are the others, with why.
func notWatchedCentres() map[string]string {
	return map[string]string{
		"GET /studiesenter":                              notOpen,
		"GET /studiesenter/{id}":                         notOpen,
		"GET /studiesenter/{id}/rom/{room}":              notOpen,
		"GET /studiesenter/{id}/rom/{room}/kalender.ics": notOpen,
		"GET /api/v1/centres":                            notOpen,
		"GET /api/v1/centres/{id}":                       notOpen,
		"GET /api/v1/centres/{id}/rooms/{room}/bookings": notOpen,
		"GET /studiesenter/{id}/statistikk":              notOpen,
		"GET /studiesenter/{id}/statistikk.csv":          notOpen,
		"GET /rombestillinger":                           notOwn,
		"GET /studiesenter/ny":                           notEmpty,
		"GET /studiesenter/{id}/rediger":                 notOpen,
		"GET /studiesenter/{id}/parter/ny":               notEmpty,
		"GET /studiesenter/{id}/tilbud/ny":               notEmpty,
		"GET /studiesenter/{id}/nyheter/ny":              notEmpty,
		"GET /studiesenter/{id}/rom/ny":                  notEmpty,
		"GET /studiesenter/{id}/rom/{room}/rediger":      notOpen,
		"GET /studiesenter/{id}/rom/{room}/be-om":        notEmpty,
		"GET /studiesenter/{id}/gruppe/bli-med":          notOwn,
		"GET /studiesenter/{id}/onsker/ny":               notEmpty,
		"GET /studieonsker/{wish}/venteliste":            notOwn,
	}
}
