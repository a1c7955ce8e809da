package site

import (
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/hall/develop/workspace"
)

// watchedWorkspaces are the watched routes of workspaces: none of them is open.
func watchedWorkspaces() map[string]watched {
	read := watched{act: person.ReadOne, kind: workspace.RoomKind, closed: true}
	out := map[string]watched{}
	for _, path := range []string{"/utvikling/{id}/arbeidsrom", "/utvikling/{id}/finansiering", "/utvikling/{id}/finansiering/{line}", "/utvikling/{id}/finansiering/{line}/bekreft",
		"/utvikling/{id}/finansiering/{line}/slett", "/utvikling/{id}/oppgaver/{task}/flytt/{to}", "/api/v1/developments/{id}/workspace", "/api/v1/developments/{id}/financing"} {
		out["GET "+path] = read
	}
	return out
}

// notWatchedWorkspaces are the others, with why.
func notWatchedWorkspaces() map[string]string {
	return map[string]string{
		"GET /arbeidsrom/{id}":                notPlace,
		"GET /arbeidsoppgave/{task}":          notPlace,
		"GET /utvikling/{id}/notat":           notEmpty,
		"GET /utvikling/{id}/oppgaver/ny":     notEmpty,
		"GET /utvikling/{id}/finansiering/ny": notEmpty,
	}
}
