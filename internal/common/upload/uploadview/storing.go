package uploadview

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/common/work"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Store stores a sheet whose owner says yes, and leads to what became of it, or to the
// page that follows the work when there is much to store. One whose columns nobody has
// confirmed leads back to them.
func (c Columns) Store(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	u, err := c.Find(r, actor)
	if err != nil {
		return err
	}
	if !u.Choices.Done {
		return web.SeeOther(w, r, c.At(u.ID, "kolonner"))
	}
	j, err := c.Storing.Confirm(r.Context(), actor, u)
	if err != nil {
		return err
	}
	if j != "" {
		return web.SeeOther(w, r, work.Href(j))
	}
	return web.SeeOther(w, r, c.At(u.ID, "ferdig"))
}

// Idle is a page of a sheet that tells the whole only when the sheet is not being stored:
// while it is, the page leads to the one that follows the work.
func (c Columns) Idle(page gate.Handler) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		u, err := c.Find(r, actor)
		if err != nil {
			return err
		}
		j, err := c.Storing.Living(r.Context(), u.ID)
		switch {
		case fault.Is(err, fault.NotFound):
			return page(w, r, actor)
		case err != nil:
			return err
		}
		return web.SeeOther(w, r, work.Href(j))
	}
}

// Rest tells, on the page of the result, of rows that could be stored and are not, as the
// work was stopped; nil when there are none.
func (c Columns) Rest(t i18n.Printer, u upload.ID, left int) *ui.Notice {
	if left == 0 {
		return nil
	}
	return &ui.Notice{Color: ui.Warning, Title: t.T("upload.rest", "n", left), Text: t.T("upload.rest.text"),
		Links: []ui.Link{{Label: t.T("upload.rest.go"), Href: c.At(u, "kontroll")}}}
}

// Report puts what came of a job that stores sheets of the imports at home in words, with
// the way to its result (workweb.Kind).
func Report(home string) func(t i18n.Printer, j job.Job) (string, *ui.Link) {
	return func(t i18n.Printer, j job.Job) (string, *ui.Link) {
		r, ok := upload.ReportOf(j)
		if !ok {
			return "", nil
		}
		said := t.T("upload.report", "stored", r.Stored, "wrong", r.Wrong)
		if r.Left > 0 {
			said += " " + t.T("upload.report.left", "n", r.Left)
		}
		switch {
		case r.End == upload.NoRole:
			return t.T("upload.report.role") + " " + said, nil
		case r.End == upload.NoSheet:
			return t.T("upload.report.sheet") + " " + said, nil
		case !j.State.Ended():
			return said, nil
		}
		return said, &ui.Link{Label: t.T("upload.report.go"), Href: home + "/" + string(r.Upload) + "/ferdig"}
	}
}
