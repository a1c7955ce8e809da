package site

import (
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/room/need"
)

// watchedDevelop are the watched routes of providers' answers.
func watchedDevelop() map[string]watched {
	return map[string]watched{
		"GET /api/v1/needs/{id}/answers": {act: person.ReadOne, kind: need.FlowKind},
		"GET /api/v1/pools/{id}/answers": {act: person.ReadOne, kind: need.PoolFlowKind},
		"GET /behov/{id}/svar":           {act: person.ReadOne, kind: need.FlowKind},
		"GET /felles/{id}/svar":          {act: person.ReadOne, kind: need.PoolFlowKind},
		"GET /tilbydersvar":              {act: person.ListAll, kind: need.FlowKind},
	}
}
