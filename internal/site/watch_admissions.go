package site

import (
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/room/admission"
)

// watchedAdmissions are the watched routes of applications for places.
func watchedAdmissions() map[string]watched {
	return map[string]watched{
		"GET /soknader/{id}":                      {act: person.ReadOne, kind: admission.FlowKind, closed: true},
		"GET /soknader/{id}/ta-ut":                {act: person.ReadOne, kind: admission.FlowKind, closed: true},
		"GET /soknader/{id}/flytt/{to}":           {act: person.ReadOne, kind: admission.FlowKind, closed: true},
		"GET /api/v1/applications/{id}":           {act: person.ReadOne, kind: admission.FlowKind, closed: true},
		"GET /soknader":                           {act: person.ListAll, kind: admission.FlowKind, closed: true},
		"GET /api/v1/applications":                {act: person.ListAll, kind: admission.FlowKind, closed: true},
		"GET /tilbud/{id}/{offering}/soknader":    {act: person.ListAll, kind: admission.FlowKind, closed: true},
		"GET /api/v1/offerings/{id}/applications": {act: person.ListAll, kind: admission.FlowKind, closed: true},
	}
}

// notWatchedAdmissions are the others, with why.
func notWatchedAdmissions() map[string]string {
	return map[string]string{
		"GET /tilbud/{id}/{offering}/sok": notEmpty,
		"GET /soknad/{token}":             notLink,
		"GET /soknad/{token}/flytt/{to}":  notLink,
		"GET /soknad/{token}/slett":       notLink,
	}
}
