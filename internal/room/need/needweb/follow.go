package needweb

import (
	"net/http"

	qrcode "github.com/skip2/go-qrcode"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needweb/telling"
	"kompetansetorg/internal/room/need/wording"
)

// followView is the page behind a follow link. Whoever has the link reads it,
// so it holds what need.ByToken gives and nothing from elsewhere.
type followView struct {
	web.Page
	Head     ui.Head
	Progress ui.Progress
	Ball     ui.Ball
	Quote    quote
	Closed   ui.Notice
	Facts    ui.Facts
	Asked    ui.Table
	Story    ui.Timeline
}

func (p *pages) follow(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	v, err := p.Needs.ByToken(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	now := telling.Standing(v.State, v.Pool)
	title := t.T("need.follow.title")
	view := followView{Page: p.door.Frame(r, actor, title), Quote: quoted(v.Text, ""), Closed: ui.Notice{Text: t.T("need.follow.closed")},
		Head: ui.Head{Kicker: t.T("need.show.kicker", "number", v.Number), Title: v.Title, Lead: telling.Lead(t, now, v.Ball),
			Tags: []ui.Tag{wording.State(t, v.State)}},
		Ball: telling.Ball(t, now, v.Ball, v.Overdue), Story: ui.Timeline{Label: t.T("need.history")}}
	view.KeepSecret(w)
	var visits []telling.Visit
	before := flow.State("")
	for _, s := range v.Steps {
		visits = append(visits, telling.Visit{State: s.State, At: s.At})
		if s.State != need.Draft {
			event := ui.Event{When: t.Moment(s.At), ISO: s.At.String(), Text: telling.Sentence(t, before, s.State, s.Pool), Note: s.Note}
			view.Story.Items = append([]ui.Event{event}, view.Story.Items...)
		}
		before = s.State
	}
	view.Progress = telling.Progress(t, now, visits)
	view.Facts.Items = p.followFacts(t, v)
	if view.Asked, err = p.asked(r, t); err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "need/follow", view)
}

func (p *pages) followFacts(t i18n.Printer, v need.FollowView) []ui.Fact {
	f := telling.Facts{T: t}
	if v.Open {
		f.Add("need.label.organisation", v.Organisation)
		f.Add("need.label.municipality", p.placeName(v.Municipality))
		f.Add("need.fact.headcount", t.T("need.people", "n", v.Headcount))
	}
	f.Add("need.fact.provider", v.Provider)
	f.Add("need.fact.answer_by", t.Date(v.AnswerBy))
	if v.Pool != nil {
		f.Add("need.fact.pool", v.Pool.Number+" "+v.Pool.Title)
	}
	return f.Items
}

// asked lists the providers that have been asked, and what they have said.
func (p *pages) asked(r *http.Request, t i18n.Printer) (ui.Table, error) {
	list, err := p.Asks.ByToken(r.Context(), r.PathValue("token"))
	table := ui.Table{Caption: t.T("need.follow.asked"), Columns: []ui.Column{{Label: t.T("need.fact.provider")},
		{Label: t.T("need.fact.answer_by")}, {Label: t.T("need.label.state")}}}
	for _, q := range list {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: q.Provider}, {Text: t.Date(q.AnswerBy)},
			{Tags: []ui.Tag{{Text: t.T(q.State.Label()), Color: ui.Info}}}}})
	}
	return table, err
}

// qrSize is the side of the picture in pixels: sharp at twice its size on the
// page, and on paper.
const qrSize = 352

func (p *pages) followQR(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	token := r.PathValue("token")
	if _, err := p.Needs.ByToken(r.Context(), token); err != nil {
		return err
	}
	png, err := qrcode.Encode(p.PublicURL+"/folg/"+token, qrcode.Medium, qrSize)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("X-Robots-Tag", "noindex, nofollow")
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = w.Write(png)
	return err
}
