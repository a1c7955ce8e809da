package questionweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// suggestView is the page behind the suggestions, for readers whose browser
// opens it by itself: a list of names.
type suggestView struct {
	web.Page
	Head  ui.Head
	Field form.Field
	Names []string
}

// suggest lists names of a register for what somebody has begun to write. The
// registers are open to read.
func (p *pages) suggest(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	query := r.URL.Query()
	in := form.Read(query)
	q := question.Question{Kind: question.Kind(in.Choice("slag", string(question.Concept), string(question.Municipality), string(question.Organisation))), Scheme: in.Choice("ordliste", schemes()...)}
	typed := in.Search(in.Text("felt"))
	if err := in.Err(); err != nil {
		return err
	}
	t := p.door.Printer(r)
	names, err := p.Registers.Suggest(r.Context(), q, typed, t.Language())
	if err != nil {
		return err
	}
	field := form.Field{Datalist: names}
	if web.IsFragment(r) {
		return p.door.Views.RenderFragment(w, http.StatusOK, "question/suggest", "question.suggest", field)
	}
	view := suggestView{Page: p.door.Frame(r, actor, t.T("question.suggest.title")), Head: ui.Head{Title: t.T("question.suggest.title")}, Field: field, Names: names}
	return p.door.Views.Render(w, http.StatusOK, "question/suggest", view)
}
