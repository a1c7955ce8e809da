package accountweb

import (
	"net/http"
	"slices"

	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/web"
)

// refuse draws a form again with what was typed and the messages at their
// fields. A fault that is not about fields, such as too many tries or another
// who saved first, is shown above the form; anything else is the house's to
// show.
func (p *pages) refuse(w http.ResponseWriter, r *http.Request, page string, base *web.Page, fields any, view func() any, err error) error {
	e, ok := fault.As(err)
	if !ok || !slices.Contains([]fault.Kind{fault.Invalid, fault.TooMany, fault.Conflict, fault.Stale}, e.Kind) {
		return err
	}
	problems := form.Refill(fields, r.PostForm, err, base.Printer)
	if e.Kind != fault.Invalid {
		problems = append(problems, form.Problem{Message: base.T(e.Key, e.Values...)})
	}
	base.Refused(problems)
	return p.door.Views.Render(w, gate.Status(err), page, view())
}
