package site

import (
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/room/position"
)

// watchedWorking are the watched routes of jobs with education: what is not open yet, and
// who has shown interest.
func watchedWorking() map[string]watched {
	return map[string]watched{
		"GET /stillinger/{id}":                   {act: person.ReadOne, kind: position.FlowKind},
		"GET /stillinger/{id}/interesser":        {act: person.ReadOne, kind: position.FlowKind, closed: true},
		"GET /stillinger/{id}/avtale":            {act: person.ReadOne, kind: position.FlowKind, closed: true},
		"GET /stillinger/{id}/avtale/ark":        {act: person.ReadOne, kind: position.FlowKind, closed: true},
		"GET /stillinger/{id}/avtale/ark.pdf":    {act: person.ReadOne, kind: position.FlowKind, closed: true},
		"GET /stillinger/{id}/avtale/ark.docx":   {act: person.ReadOne, kind: position.FlowKind, closed: true},
		"GET /stillinger/{id}/avtale/ark.html":   {act: person.ReadOne, kind: position.FlowKind, closed: true},
		"GET /stillinger/{id}/avtale/skriv":      {act: person.ReadOne, kind: position.FlowKind, closed: true},
		"GET /stillinger/{id}/avtale/ja/{party}": {act: person.ReadOne, kind: position.FlowKind, closed: true},
		"GET /stillinger/{id}/plan":              {act: person.ReadOne, kind: position.FlowKind, closed: true},
		"GET /stillinger/{id}/plan/ny":           {act: person.ReadOne, kind: position.FlowKind, closed: true},
		"GET /api/v1/positions/{id}":             {act: person.ReadOne, kind: position.FlowKind},
		"GET /stillinger/{id}/rediger":           {act: person.ReadOne, kind: position.FlowKind},
		"GET /stillinger/{id}/flytt/{to}":        {act: person.ReadOne, kind: position.FlowKind},
		"GET /stillinger/{id}/slett":             {act: person.ReadOne, kind: position.FlowKind},
	}
}

// notWatchedWorking are the others, with why.
func notWatchedWorking() map[string]string {
	return map[string]string{
		"GET /stillinger":                    notOpen,
		"GET /api/v1/positions":              notOpen,
		"GET /api/v1/positions/results":      notOpen,
		"GET /stillinger/resultat":           notOpen,
		"GET /stillinger/resultat.csv":       notOpen,
		"GET /stillinger/ny":                 notEmpty,
		"GET /stillinger/{id}/interesse":     notOwn,
		"GET /stillingsavtale/{id}":          notPlace,
		"GET /stillingsinteresse/{interest}": notPlace,
	}
}
