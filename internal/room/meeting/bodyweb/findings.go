package bodyweb

import (
	"strings"

	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting"
)

// findings are what the secretary should put right, each in a sentence.
func findings(t i18n.Printer, list []meeting.Finding) []ui.Point {
	out := make([]ui.Point, len(list))
	for i, f := range list {
		out[i] = ui.Point{Kind: ui.No, Text: t.T(f.Kind.Label(), "org", f.Org, "seat", lower(t.T(meeting.SeatLabel(f.Seat))),
			"task", lower(t.T(f.Task.Label())), "title", f.Title, "date", f.Day)}
		if f.Soon {
			out[i].Kind = ui.Plain
		}
	}
	return out
}

// lower is the word as it stands inside a sentence.
func lower(s string) string { return strings.ToLower(s) }
