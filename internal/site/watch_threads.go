package site

import (
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/room/need"
)

// watchedThreads are the watched routes of the red thread.
func watchedThreads() map[string]watched {
	return map[string]watched{
		"GET /rod-trad/{kind}/{ref}":    {act: person.ReadOne},
		"GET /api/v1/needs/{id}/thread": {act: person.ReadOne, kind: need.FlowKind},
		"GET /behov/{id}/i-bruk":        {act: person.ReadOne, kind: need.FlowKind},
	}
}
