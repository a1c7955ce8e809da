package followweb

import (
	"net/http"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Writer puts letters in words; it is made before the pages are, as the service
// needs it.
type Writer struct {
	Texts     *i18n.Bundle
	Objects   *object.Kinds
	Clock     clock.Clock
	PublicURL string
	Tell      map[string]Tell
}

// Write is the subject and the body of a letter, as plain text: for each notice
// the thing, what happened, what is next, and where to read on.
func (w Writer) Write(l i18n.Lang, to follow.Letter) (subject, body string) {
	t := w.Texts.Printer(l)
	if to.Confirm != "" {
		return t.T("follow.letter.confirm"), t.T("follow.letter.confirm.text") + "\n\n" + to.Confirm + "\n\n" + t.T("follow.letter.confirm.not")
	}
	var b strings.Builder
	switch {
	case to.Daily:
		subject = t.T("follow.letter.daily", "n", len(to.Notices)+to.More)
		b.WriteString(t.T("follow.letter.daily.lead") + "\n\n")
	case len(to.Notices) == 1:
		subject = name(t, to.Notices[0].Card)
	default:
		subject = t.T("follow.letter.several", "n", len(to.Notices)+to.More)
	}
	for _, n := range to.Notices {
		what, next := "", ""
		if tell := w.Tell[n.Event.Subject.Kind]; tell != nil {
			what, next = tell(t, n, w.Clock.Today())
		}
		b.WriteString(name(t, n.Card) + "\n" + what + " " + next + "\n" + w.PublicURL + w.Objects.Href(n.Event.Subject) + "\n\n")
	}
	if to.More > 0 {
		b.WriteString(t.T("follow.letter.more", "n", to.More) + "\n" + w.PublicURL + "/varsler\n\n")
	}
	b.WriteString("--\n" + t.T("follow.letter.why") + "\n" + t.T("follow.letter.optout") + " " + to.OptOut + "\n")
	return subject, b.String()
}

type postView struct {
	web.Page
	Head  ui.Head
	Table ui.Table
	Pager *ui.Pager
}

// post lists the letters that the demo would have sent.
func (p *pages) post(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	found, err := p.Follow.Written(r.Context(), actor, r.URL.Query().Get("after"), ui.PageSize)
	if fault.Is(err, fault.Invalid) {
		return fault.Missing()
	}
	if err != nil {
		return err
	}
	view := postView{Page: p.door.Frame(r, actor, t.T("follow.post.title")), Head: ui.Head{Title: t.T("follow.post.title"), Lead: t.T("follow.post.lead")},
		Table: ui.Table{Caption: t.T("follow.post.title"), CaptionHidden: true,
			Columns: []ui.Column{{Label: t.T("follow.post.subject")}, {Label: t.T("follow.post.to")}, {Label: t.T("follow.post.when")}},
			Empty:   ui.Empty{Title: t.T("follow.post.empty"), Text: t.T("follow.post.empty.text")}}}
	for _, l := range found.Items {
		view.Table.Rows = append(view.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: l.Subject, Href: "/demo/post/" + string(l.ID)}, {Text: l.Address}, {Text: t.Moment(l.MadeAt)}}})
	}
	if found.Next != "" {
		view.Pager = &ui.Pager{Label: t.T("follow.pages"), Next: &ui.Link{Label: t.T("follow.older"), Href: "/demo/post?after=" + found.Next}}
	}
	return p.door.Views.Render(w, http.StatusOK, "follow/post", view)
}

type letterView struct {
	web.Page
	Head     ui.Head
	Facts    ui.Facts
	Body     string
	Calendar string // a file that comes with it
}

func (p *pages) letter(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	l, err := p.Follow.Letter(r.Context(), follow.LetterID(r.PathValue("id")))
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := letterView{Page: p.door.Frame(r, actor, l.Subject), Head: ui.Head{Kicker: t.T("follow.post.kicker"), Title: l.Subject}, Body: l.Body, Calendar: l.Calendar,
		Facts: ui.Facts{Items: []ui.Fact{{Label: t.T("follow.post.to"), Text: l.Address}, {Label: t.T("follow.post.when"), Text: t.Moment(l.MadeAt)}}}}
	view.Crumbs = []ui.Link{{Label: t.T("follow.post.title"), Href: "/demo/post"}}
	return p.door.Views.Render(w, http.StatusOK, "follow/letter", view)
}
