package projectweb

import (
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/wording"
)

// Notice puts what happened with a project in a plain sentence, and who does what next, and by
// when, in another.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	return wording.Told(t, n, today, t.T("project.notice.to", "state", t.T(project.State(n.Event.To).Label())), i18n.Key("project.onward."+string(n.Event.To)))
}
