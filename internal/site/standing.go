package site

import (
	"context"
	"strings"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/duty"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session/agenda"
)

// toTell puts on a council's agenda what its board must tell it of (AVT-10). Agendas
// are written in bokmål, as the other items the secretary has not written.
type toTell struct{ texts *i18n.Bundle }

// Stand is the item of a council with something it has not been told.
func (s toTell) Stand(ctx context.Context, tx *db.Tx, b meeting.Body) (agenda.StandingItem, bool, error) {
	if b.Kind != meeting.Council {
		return agenda.StandingItem{}, false, nil
	}
	list, err := duty.OpenMatters(ctx, tx, council.BodyID(b.ID))
	if err != nil || len(list) == 0 {
		return agenda.StandingItem{}, false, err
	}
	t := s.texts.Printer(i18n.NB)
	var lines []string
	for _, m := range list {
		lines = append(lines, m.What+" ("+t.T("council.inform.decided", "by", m.DecidedBy, "date", m.DecidedOn)+")")
	}
	return agenda.StandingItem{Title: t.T("council.inform.standing"), Words: strings.Join(lines, "\n")}, true, nil
}
