package supportweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/support"
)

// find reads the card that the path names.
func (p *pages) find(r *http.Request, actor access.Actor) (support.Card, error) {
	card, err := id.Parse[support.Card](r.PathValue("id"))
	if err != nil {
		return support.Card{}, fault.Missing()
	}
	return p.Support.Read(r.Context(), actor, card)
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	c, err := p.find(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	in := func(text i18n.Text) string { s, _ := text.In(t.Language()); return s }
	title := in(c.Title)
	page := leaf.Page{Crumbs: []ui.Link{{Label: t.T("support.title"), Href: "/verktoykasse"}},
		Head: ui.Head{Kicker: t.T(kindLabel(c.Kind)), Title: title, Lead: in(c.What), Tags: []ui.Tag{{Text: t.T(groupLabel(c.TargetGroup)), Color: ui.Neutral}}},
		Main: []leaf.Section{{ID: "kort-fortalt", Title: t.T("support.about"), Facts: &ui.Facts{Items: facts(t, c)}}}}
	if c.Archived && !c.Draft {
		page.Notices = append(page.Notices, ui.Notice{Color: ui.Warning, Text: t.T("support.archived")})
	}
	if c.IsStale(p.Clock.Today()) {
		page.Notices = append(page.Notices, ui.Notice{Color: ui.Warning, Text: t.T("support.stale.text", "date", c.LastChecked)})
	}
	if support.CanEdit(actor) == nil {
		page.Head.Actions = []ui.Action{{Label: t.T("support.edit"), Href: "/verktoykasse/" + string(c.ID) + "/rediger", Variant: ui.Secondary}}
	}
	if actor.SignedIn() {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("follow.do"), Context: title, Variant: ui.Secondary,
			Href: follow.Topic{Target: follow.Object, Kind: support.ObjectName, Ref: string(c.ID)}.Path()})
	}
	if p.OnCard != nil {
		if err := p.OnCard(r, actor, c, &page); err != nil {
			return err
		}
	}
	if page.Files, err = attachview.Section(r.Context(), p.Attach, t, actor, object.Ref{Kind: support.ObjectName, ID: string(c.ID)}); err != nil {
		return err
	}
	page.Further = append(page.Further, leaf.Section{ID: "videre", Title: t.T("support.onward"), Actions: p.door.Leading(actor,
		ui.Action{Label: t.T("support.go.report"), Href: "/behov/ny", Variant: ui.Primary}, ui.Action{Label: t.T("support.go.back"), Href: "/verktoykasse", Variant: ui.Tertiary})})
	return leaf.Show(p.door, w, r, actor, page)
}

func facts(t i18n.Printer, c support.Card) []ui.Fact {
	in := func(text i18n.Text) string { s, _ := text.In(t.Language()); return s }
	source := c.Source
	if c.SourceYear > 0 {
		source += " (" + strconv.Itoa(c.SourceYear) + ")"
	}
	out := []ui.Fact{{Label: t.T("support.field.for_whom"), Text: in(c.ForWhom)}}
	if s := in(c.Effort); s != "" {
		out = append(out, ui.Fact{Label: t.T("support.field.effort"), Text: s})
	}
	if c.Amount > 0 {
		out = append(out, ui.Fact{Label: t.T("support.amount_in", "year", strconv.Itoa(c.AmountYear)), Lines: []string{t.Money(c.Amount), in(c.AmountNote)}})
	}
	return append(out,
		ui.Fact{Label: t.T("support.field.owner"), Text: in(c.Owner)},
		ui.Fact{Label: t.T("support.field.source"), Text: source},
		ui.Fact{Label: t.T("support.field.last_checked"), Text: t.Date(c.LastChecked)})
}
