package followweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type listView struct {
	web.Page
	Head  ui.Head
	New   ui.Timeline
	Old   ui.Timeline
	Empty *ui.Empty
	Read  ui.Actions
	Pager *ui.Pager
}

func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	found, err := p.Follow.List(r.Context(), actor, false, r.URL.Query().Get("after"), ui.PageSize)
	if fault.Is(err, fault.Invalid) {
		return fault.Missing() // a cursor that is not ours
	}
	if err != nil {
		return err
	}
	view := listView{Page: p.door.Frame(r, actor, t.T("follow.list.title")),
		Head: ui.Head{Title: t.T("follow.list.title"), Lead: t.T("follow.list.lead"),
			Actions: []ui.Action{{Label: t.T("follow.settings.title"), Href: "/varsler/innstillinger", Variant: ui.Secondary}}},
		New: ui.Timeline{Label: t.T("follow.list.new")}, Old: ui.Timeline{Label: t.T("follow.list.old")}}
	for _, n := range found.Items {
		if n.ReadAt.IsZero() {
			view.New.Items = append(view.New.Items, p.event(t, n))
		} else {
			view.Old.Items = append(view.Old.Items, p.event(t, n))
		}
	}
	if len(view.New.Items) > 0 {
		view.Read.Items = []ui.Action{{Label: t.T("follow.read"), Href: "/varsler/lest", Post: true, Variant: ui.Secondary,
			Name: "til", Value: p.Clock.Now().String()}}
	}
	if len(found.Items) == 0 {
		view.Empty = &ui.Empty{Title: t.T("follow.list.empty"), Text: t.T("follow.list.empty.text"),
			Actions: []ui.Action{{Label: t.T("follow.settings.title"), Href: "/varsler/innstillinger", Variant: ui.Secondary}}}
	}
	if found.Next != "" {
		view.Pager = &ui.Pager{Label: t.T("follow.pages"), Next: &ui.Link{Label: t.T("follow.older"), Href: "/varsler?after=" + found.Next}}
	}
	return p.door.Views.Render(w, http.StatusOK, "follow/list", view)
}

// event is a notice as a line: the thing, what happened, and what is next.
func (p *pages) event(t i18n.Printer, n follow.Notice) ui.Event {
	what, next := p.sentence(t, n)
	return ui.Event{When: t.Moment(n.Event.At), ISO: n.Event.At.String(), Who: name(t, n.Card), Href: p.Objects.Href(n.Event.Subject), Text: what + " " + next}
}

// readPost notes as read what was made before the page was drawn: what came
// while it lay open stays new.
func (p *pages) readPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	upTo, err := clock.ParseTime(r.PostFormValue("til"))
	if err != nil {
		upTo = p.Clock.Now()
	}
	if err := p.Follow.ReadAll(r.Context(), actor, upTo); err != nil {
		return err
	}
	return done(w, r, "/varsler", "follow.said.read")
}
