package councilweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/council/duty"
)

// task leads from a list of tasks, or a notice, to the council's duties.
func (p *pages) task(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	b, _, err := duty.ParseTask(r.PathValue("task"))
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(b, "/plikter"))
}

// DutyNotice puts that a duty is to be done in a plain sentence, and what the reader can
// do in another.
func DutyNotice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	what, next = t.T("council.task.yearly_fee"), t.T("council.notice.next")
	if n.Event.Subject.Kind == duty.Period.FlowKind() {
		what = t.T("council.task.period_evaluation")
	}
	day := t.Day(n.Event.Ball.Due, today)
	if n.Event.What == follow.Late {
		return t.T("council.notice.late", "what", what, "day", day), next
	}
	return t.T("council.notice.due", "what", what, "day", day), next
}
