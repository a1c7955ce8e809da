package makingweb

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
)

// show is a development: where it stands, plan and what happened beside each other (LOP-7),
// and the gaps of the plan (O-29).
func (p *Pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Kicker: t.T("making.number", "number", d.Number), Title: d.Title, Lead: d.ProviderName,
		Tags: append([]ui.Tag{stateTag(t, d.Development), {Text: t.T(sortLabel(d.Development))}}, p.lateTag(t, d.Development)...)}, Crumbs: crumbs(t)}
	page.Head.Actions = p.actions(t, actor, d)
	if len(d.Gaps) > 0 {
		n := ui.Notice{Color: ui.Warning, Title: t.T("making.gaps")}
		for _, g := range d.Gaps {
			n.Paragraphs = append(n.Paragraphs, t.T("making.gap", "after", t.T(stateLabel(g.After)), "before", t.T(stateLabel(g.Before)), "from", g.From, "to", g.To))
		}
		page.Notices = []ui.Notice{n}
	}
	page.Main = []leaf.Section{{ID: "framdrift", Title: t.T("making.stages"), Progress: progress(t, d)}, {ID: "om", Title: t.T("making.about"), Facts: p.facts(t, d)}}
	changed, err := p.changed(r, actor, t, d)
	if err != nil {
		return err
	}
	if changed != nil {
		page.Main = append(page.Main, *changed)
	}
	if len(d.Further) > 0 || d.Hidden > 0 {
		page.Main = append(page.Main, further(t, d))
	}
	if len(d.Copies) > 0 {
		page.Main = append(page.Main, p.copies(t, d))
	}
	for _, beside := range p.Beside {
		more, err := beside(r, actor, d)
		if err != nil {
			return fmt.Errorf("beside development %s: %w", d.ID, err)
		}
		page.Main = append(page.Main, more...)
	}
	if ball := p.ball(t, d.Development); ball != nil {
		page.Side = append(page.Side, leaf.Section{ID: "ballen", Title: t.T("making.next"), Ball: ball})
	}
	if len(d.Steps) > 0 {
		page.Side = append(page.Side, leaf.Section{ID: "historikk", Title: t.T("making.history"), Timeline: history(t, d)})
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// actions are what the reader can do, the next stage first.
func (p *Pages) actions(t i18n.Printer, actor access.Actor, d making.Detail) []ui.Action {
	var out []ui.Action
	for i, m := range d.Moves() {
		a := ui.Action{Label: t.T(m.Label), Href: path(d.ID, "/flytt/"+string(m.To)), Variant: ui.Tertiary}
		if i == 0 && !m.NoteRequired {
			a.Variant = ui.Primary
		}
		out = append(out, a)
	}
	if d.Is(flow.Provider) {
		show := ui.Action{Label: t.T("making.show"), Href: path(d.ID, "/vis"), Post: true, Variant: ui.Tertiary}
		if d.Public {
			show.Label, show.Href = t.T("making.hide"), path(d.ID, "/skjul")
		}
		out = append(out, ui.Action{Label: t.T("making.plan"), Href: path(d.ID, "/plan"), Variant: ui.Secondary},
			ui.Action{Label: t.T("making.link"), Href: path(d.ID, "/koble"), Variant: ui.Tertiary}, show)
	}
	if len(d.CanCopy(actor)) > 0 {
		out = append(out, ui.Action{Label: t.T("making.copy"), Href: path(d.ID, "/kopier"), Variant: ui.Secondary})
	}
	if actor.SignedIn() {
		out = append(out, ui.Action{Label: t.T("follow.do"), Context: d.Number, Variant: ui.Tertiary, Href: follow.Topic{Target: follow.Object, Kind: making.FlowKind, Ref: string(d.ID)}.Path()})
	}
	return append(out, ui.Action{Label: t.T("making.thread"), Context: d.Number, Variant: ui.Tertiary, Href: object.Ref{Kind: making.FlowKind, ID: string(d.ID)}.ThreadPath()})
}

// progress is how far it has come, with what happened and what was planned at each stage.
func progress(t i18n.Printer, d making.Detail) *ui.Progress {
	out := &ui.Progress{Label: t.T("making.stages")}
	for _, s := range d.Plan {
		step := ui.Step{Label: t.T(stateLabel(s.State)), Text: strings.Join(slices.DeleteFunc([]string{happened(t, s), planned(t, s.From, s.To)}, text.IsBlank), " · "), State: ui.StepTodo, StateLabel: t.T("making.step.todo")}
		switch {
		case s.State == d.State:
			step.State, step.StateLabel = ui.StepCurrent, t.T("making.step.current")
		case !s.Left.IsZero() && !s.Began.IsZero():
			step.State, step.StateLabel = ui.StepDone, t.T("making.step.done")
		}
		out.Items = append(out.Items, step)
	}
	return out
}

func planned(t i18n.Printer, from, to clock.Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return t.T("making.stage.from", "from", from)
	case from.IsZero():
		return t.T("making.stage.to", "to", to)
	}
	return t.T("making.stage.planned", "from", from, "to", to)
}

func happened(t i18n.Printer, s making.Stage) string {
	switch {
	case s.Began.IsZero():
		return ""
	case s.Left.IsZero():
		return t.T("making.stage.began", "date", s.Began)
	}
	return t.T("making.stage.left", "from", s.Began, "to", s.Left)
}

func (p *Pages) facts(t i18n.Printer, d making.Detail) *ui.Facts {
	out := []ui.Fact{{Label: t.T("making.fact.provider"), Link: &ui.Link{Label: d.ProviderName, Href: "/virksomheter/" + string(d.Provider)}}}
	if d.NeedTitle != "" {
		out = append(out, ui.Fact{Label: t.T("making.fact.need"), Link: &ui.Link{Label: d.NeedTitle, Href: d.About.Path()}})
	}
	out = append(out, p.origin(t, d)...)
	if d.Is(flow.Provider) || d.State == making.Open || d.State == making.Running {
		out = append(out, ui.Fact{Label: t.T("making.fact.programme"), Link: &ui.Link{Label: t.T("making.fact.programme.see"), Href: "/tilbud/" + string(d.Programme)}})
	}
	if !d.StartedOn.IsZero() {
		out = append(out, ui.Fact{Label: t.T("making.fact.started_on"), Text: t.Date(d.StartedOn)})
	}
	if !d.Partner {
		return &ui.Facts{Items: out}
	}
	n := d.Started // that is what the provider has told; who applied here is its own to count
	if d.Is(flow.Provider) {
		n = max(n, d.Began)
	}
	if n > 0 {
		out = append(out, ui.Fact{Label: t.T("making.fact.started"), Text: strconv.Itoa(n)})
	}
	shown := i18n.Key("making.fact.shown.partners")
	if d.Public {
		shown = "making.fact.shown.all"
	}
	return &ui.Facts{Items: append(out, ui.Fact{Label: t.T("making.fact.shown"), Text: t.T(shown)})}
}

// further are the other needs behind it, as far as the reader may know of them.
func further(t i18n.Printer, d making.Detail) leaf.Section {
	out := leaf.Section{ID: "flere", Title: t.T("making.further")}
	for _, x := range d.Further {
		out.Cards = append(out.Cards, ui.Card{Kicker: x.Number, Title: x.Title, Href: x.About.Path()})
	}
	if d.Hidden > 0 {
		out.Text = t.T("making.further.hidden", "n", d.Hidden)
	}
	return out
}

// ball says who acts next, and by when; nil when the matter has ended.
func (p *Pages) ball(t i18n.Printer, d making.Development) *ui.Ball {
	if d.Ball.Party == flow.Nobody {
		return nil
	}
	b := &ui.Ball{Label: t.T("making.ball"), Who: d.ProviderName, Note: t.T(stateLabel(d.State)), State: ui.BallWaiting}
	if d.Is(d.Ball.Party) {
		b.State = ui.BallMine
	}
	if !d.Ball.Due.IsZero() {
		b.Due = t.T("making.due", "date", t.Day(d.Ball.Due, p.Clock.Today()))
	}
	if late := p.lateTag(t, d); late != nil {
		b.State, b.Tags = ui.BallLate, late
	}
	return b
}

// history is what happened, for whoever works with it, the newest first.
func history(t i18n.Printer, d making.Detail) *ui.Timeline {
	out := &ui.Timeline{Label: t.T("making.history")}
	for i := len(d.Steps) - 1; i >= 0; i-- {
		s := d.Steps[i]
		out.Items = append(out.Items, ui.Event{When: t.Moment(s.At), ISO: s.At.String(), Text: t.T(stateLabel(s.To)), Note: s.Note})
	}
	return out
}
