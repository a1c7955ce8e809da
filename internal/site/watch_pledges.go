package site

import (
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/room/need"
)

// watchedPledges are the watched routes of seats: who has pledged is for those who work
// with the pooled need.
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
		"GET /plasser":                     notOwn,
		"GET /plasser/{pledge}/endre":      notOwn,
		"GET /plassrunde/{round}":          notPlace,
		"GET /felles/{id}/plasser/ny":      notEmpty,
		"GET /felles/{id}/plasser/frist":   notEmpty,
		"GET /felles/{id}/plasser/avslutt": notEmpty,
	}
}
