package site

import (
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/room/need"
)

// watchedPledges are the watched routes of seats for pooled needs: who has pledged is for those
// who work with the need. Seats for offerings are read by their provider alone.
func watchedPledges() map[string]watched {
	return map[string]watched{
		"GET /felles/{id}/plasser":       {act: person.ReadOne, kind: need.PoolFlowKind},
		"GET /api/v1/pools/{id}/pledges": {act: person.ReadOne, kind: need.PoolFlowKind},
		"GET /felles/{id}/plasser/start": {act: person.ReadOne, kind: need.PoolFlowKind, closed: true},
	}
}

// notWatchedPledges are the others, with why.
func notWatchedPledges() map[string]string {
	return map[string]string{
		"GET /plasser":                                notOwn,
		"GET /plasser/{pledge}/endre":                 notOwn,
		"GET /plassrunde/{round}":                     notPlace,
		"GET /felles/{id}/plasser/ny":                 notEmpty,
		"GET /felles/{id}/plasser/frist":              notEmpty,
		"GET /felles/{id}/plasser/avslutt":            notEmpty,
		"GET /api/v1/offerings/{id}/pledges":          notOffers,
		"GET /tilbud/{id}/{offering}/plasser":         notOffers,
		"GET /tilbud/{id}/{offering}/plasser/ny":      notEmpty,
		"GET /tilbud/{id}/{offering}/plasser/frist":   notEmpty,
		"GET /tilbud/{id}/{offering}/plasser/start":   notOffers,
		"GET /tilbud/{id}/{offering}/plasser/avslutt": notEmpty,
	}
}
