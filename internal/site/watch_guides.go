package site

import (
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/hall/develop/making"
)

// watchedGuides are the watched routes of guides: who writes down what was learned of
// education that may not be open.
func watchedGuides() map[string]watched {
	return map[string]watched{"GET /utvikling/{id}/erfaring": {act: person.ReadOne, kind: making.FlowKind}}
}

// notWatchedGuides are the others, with why.
func notWatchedGuides() map[string]string {
	out := map[string]string{}
	for _, path := range []string{"/veiledere", "/veiledere/{slag}", "/veiledere/{slag}/versjoner", "/veiledere/{slag}/versjoner/{nr}", "/veiledere/{slag}/utkast", "/veiledere/{slag}/del/ny", "/veiledere/{slag}/del/{section}/rediger",
		"/veiledere/{slag}/del/{section}/fjern", "/veiledere/{slag}/ta-inn/{learned}", "/veiledere/{slag}/publiser", "/veiledere/{slag}/dokument", "/veiledere/{slag}/dokument.pdf", "/veiledere/{slag}/dokument.docx", "/veiledere/{slag}/dokument.html",
		"/api/v1/guides", "/api/v1/guides/{kind}"} {
		out["GET "+path] = notOpen
	}
	return out
}
