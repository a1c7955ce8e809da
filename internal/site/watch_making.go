package site

import (
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/hall/develop/making"
)

// watchedMaking are the watched routes of education in the making: what is not open to all.
func watchedMaking() map[string]watched {
	return map[string]watched{
		"GET /utvikling/{id}":            {act: person.ReadOne, kind: making.FlowKind},
		"GET /api/v1/developments/{id}":  {act: person.ReadOne, kind: making.FlowKind},
		"GET /utvikling/{id}/koble":      {act: person.ReadOne, kind: making.FlowKind},
		"GET /utvikling/{id}/kopier":     {act: person.ReadOne, kind: making.FlowKind},
		"GET /utvikling/{id}/plan":       {act: person.ReadOne, kind: making.FlowKind},
		"GET /utvikling/{id}/flytt/{to}": {act: person.ReadOne, kind: making.FlowKind},
	}
}

// notWatchedMaking are the others, with why.
func notWatchedMaking() map[string]string {
	return map[string]string{
		"GET /utvikling":                 notOpen,
		"GET /api/v1/developments":       notOpen,
		"GET /tilbydersvar/{id}/program": notOwn,
	}
}
