package site

import (
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/room/support/measure"
)

// watchedMeasures are the watched routes of measures: what somebody has said, with who it is from.
func watchedMeasures() map[string]watched {
	return map[string]watched{
		"GET /tilbakemeldinger/{said}":      {act: person.ReadOne, kind: measure.SaidKind},
		"GET /tilbakemeldinger/{said}/svar": {act: person.ReadOne, kind: measure.SaidKind},
	}
}

// notWatchedMeasures are the others, with why.
func notWatchedMeasures() map[string]string {
	out := map[string]string{"GET /verktoykasse/forslag/ny": notEmpty, "GET /verktoykasse/{id}/si-fra": notEmpty, "GET /tiltakspakker/ny": notEmpty, "GET /program/ny": notEmpty}
	for _, path := range []string{"/verktoykasse.csv", "/verktoykasse/forslag", "/verktoykasse/{id}/innhold/{lang}", "/verktoykasse/{id}/fakta", "/verktoykasse/{id}/steg/{nr}", "/verktoykasse/{id}/flytt/{to}", "/verktoykasse/{id}/eier",
		"/verktoykasse/{id}/overta", "/verktoykasse/{id}/ark", "/verktoykasse/{id}/ark.pdf", "/verktoykasse/{id}/ark.docx", "/verktoykasse/{id}/ark.html", "/tiltakspakker", "/tiltakspakker/{slug}", "/tiltakspakker/{slug}/rediger",
		"/tiltakspakker/{slug}/ark", "/tiltakspakker/{slug}/ark.pdf", "/tiltakspakker/{slug}/ark.docx", "/tiltakspakker/{slug}/ark.html", "/program/{slug}", "/program/{slug}/rediger",
		"/api/v1/measures", "/api/v1/measures/{id}", "/api/v1/packages"} {
		out["GET "+path] = notOpen
	}
	return out
}
