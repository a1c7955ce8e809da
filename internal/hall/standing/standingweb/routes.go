// Package standingweb has the pages of the standing item: the needs that stand before a
// meeting, and the page where the secretary notes what came of each. What it shows of a
// need is what the reader may know of it.
package standingweb

import (
	"context"
	"embed"
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/standing"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/need"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Standing *standing.Service
	Orgs     *org.Service
	Place    func(number string) string
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Pages(gate.Route{Method: "GET", Path: "/moter/{id}/behov", Rule: gate.Public(), Handle: p.list})
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{"/moter/{id}/behov/{need}": p.noteForm})
	d.Says("standing.said.noted")
}

// Path is the page of the standing item of a meeting.
func Path(m session.ID) string { return "/moter/" + string(m) + "/behov" }

// Beside is the way from a meeting to its needs, for the page of the meeting; none for a
// body that needs do not stand for.
func Beside(t i18n.Printer, d session.Detail, kind meeting.Kind) []ui.Action {
	if kind != meeting.RegionalForum && kind != meeting.CountyForum {
		return nil
	}
	return []ui.Action{{Label: t.T("standing.title"), Href: Path(d.ID), Variant: ui.Secondary}}
}

func (p *pages) find(r *http.Request, actor access.Actor, part standing.Part) (standing.Page, error) {
	m, err := meeting.ParseMeetingID(r.PathValue("id"))
	if err != nil {
		return standing.Page{}, fault.Missing()
	}
	return p.Standing.Of(r.Context(), actor, m, part)
}

func crumbs(t i18n.Printer, m session.Meeting) []ui.Link {
	return []ui.Link{{Label: t.T("meeting.calendar"), Href: "/moter"}, {Label: t.T("meeting.of", "body", m.BodyName, "date", m.Day), Href: "/moter/" + string(m.ID)}}
}

// list shows the needs of a meeting: those that wait, and what came of the others.
func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	var part standing.Part
	if id, err := need.ParseID(r.URL.Query().Get("etter")); err == nil {
		part.After = id
	}
	s, err := p.find(r, actor, part)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	page := leaf.Page{Head: ui.Head{Kicker: t.T("meeting.of", "body", s.Meeting.BodyName, "date", s.Meeting.Day), Title: t.T("standing.title"), Lead: t.T("standing.lead")}, Crumbs: crumbs(t, s.Meeting)}
	if s.Keeps && !s.Noting && s.Meeting.State.Ahead() {
		page.Notices = []ui.Notice{{Text: t.T("standing.before")}}
	}
	if len(s.Treated) > 0 {
		done := leaf.Section{ID: "behandlet", Title: t.T("standing.treated.n", "n", len(s.Treated)), Text: t.T("standing.treated.text")}
		for _, n := range s.Treated {
			c := p.card(t, n)
			c.Tags = append(c.Tags, ui.Tag{Text: t.T(standing.OutcomeLabel(n.Became)), Color: ui.Success})
			if n.State != n.Became {
				c.Facts = append(c.Facts, ui.Fact{Label: t.T("standing.now"), Text: t.T(need.StateLabel(n.State))})
			}
			done.Cards = append(done.Cards, c)
		}
		page.Main = append(page.Main, done)
	}
	if s.Meeting.State != session.Approved && s.Meeting.State != session.Cancelled {
		wait := leaf.Section{ID: "venter", Title: t.T("standing.waiting.n", "n", s.Total), Text: t.T("standing.waiting.text")}
		for _, n := range s.Waiting {
			c := p.card(t, n)
			c.Tags = append(c.Tags, ui.Tag{Text: t.T(need.StateLabel(n.State)), Color: ui.Info})
			if s.Keeps && s.Noting {
				c.Actions = []ui.Action{{Label: t.T("standing.note"), Context: n.Title, Href: Path(s.Meeting.ID) + "/" + string(n.ID), Variant: ui.Secondary}}
			}
			wait.Cards = append(wait.Cards, c)
		}
		if len(s.Waiting) == 0 {
			wait.Empty = &ui.Empty{Title: t.T("standing.none"), Text: t.T("standing.none.text")}
		}
		if part.After != "" {
			wait.Actions = append(wait.Actions, ui.Action{Label: t.T("standing.first"), Href: Path(s.Meeting.ID) + "#venter", Variant: ui.Tertiary})
		}
		if s.Next != "" {
			wait.Actions = append(wait.Actions, ui.Action{Label: t.T("standing.next"), Href: Path(s.Meeting.ID) + "?etter=" + string(s.Next) + "#venter", Variant: ui.Secondary})
		}
		page.Main = append(page.Main, wait)
	} else if len(s.Treated) == 0 {
		page.Main = []leaf.Section{{ID: "ingen", Title: t.T("standing.treated.n", "n", 0), Empty: &ui.Empty{Title: t.T("standing.untreated"), Text: t.T("standing.untreated.text")}}}
	}
	return leaf.Show(p.door, w, r, actor, page)
}

func (p *pages) card(t i18n.Printer, n standing.Need) ui.Card {
	c := ui.Card{Kicker: n.Number, Title: n.Title, Href: "/behov/" + string(n.ID), Facts: []ui.Fact{{Label: t.T("standing.place"), Text: p.Place(n.Municipality)},
		{Label: t.T("standing.people"), Text: t.Number(n.Headcount)}}}
	if n.Shielded {
		c.Tags = append(c.Tags, ui.Tag{Text: t.T("standing.shielded"), Color: ui.Warning})
	}
	return c
}

// providers are those who can follow up a need.
func (p *pages) providers(ctx context.Context) ([]form.Option, []string, error) {
	list, _, err := p.Orgs.List(ctx, org.Filter{Kinds: providerKinds(), Limit: 200})
	var out []form.Option
	var ids []string
	for _, o := range list.Items {
		out, ids = append(out, form.Option{Value: string(o.ID), Label: o.Name}), append(ids, string(o.ID))
	}
	return out, ids, err
}

func providerKinds() []org.Kind {
	return slices.DeleteFunc(slices.Clone(org.Kinds()), func(k org.Kind) bool { return !k.IsProvider() })
}

// noteForm asks what came of a need.
func (p *pages) noteForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	id, err := need.ParseID(r.PathValue("need"))
	if err != nil {
		return leaf.Asked{}, fault.Missing()
	}
	s, err := p.find(r, actor, standing.Part{Only: id})
	if err != nil {
		return leaf.Asked{}, err
	}
	if !s.Keeps {
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	}
	if len(s.Waiting) == 0 || !s.Noting {
		return leaf.Asked{}, fault.Missing()
	}
	n := s.Waiting[0]
	providers, ids, err := p.providers(r.Context())
	long := func(name string, label i18n.Key) form.Field {
		return form.Field{Name: name, Kind: form.Long, Rows: 2, Label: t.T(label), MaxRunes: need.MaxNote}
	}
	fields := []form.Field{{Name: "outcome", Kind: form.Radio, Label: t.T("standing.outcome"), Options: leaf.Options(t, "", standing.Outcomes(), standing.OutcomeLabel, need.Discussed), Required: true},
		long("clarified", "need.label.clarified"), long("possibilities", "need.label.possibilities"), long("limitations", "need.label.limitations"),
		{Name: "interested", Kind: form.Checks, Label: t.T("need.label.interested"), Options: providers},
		{Name: "provider", Kind: form.Select, Label: t.T("need.label.provider"), Hint: t.T("standing.provider.hint"), Options: append([]form.Option{{Label: t.T("standing.nobody")}}, providers...)},
		{Name: "answer_by", Kind: form.Date, Label: t.T("need.label.answer_by"), Hint: t.T("need.hint.answer_by", "n", need.FollowUpDays)},
		{Name: "note", Kind: form.Long, Rows: 2, Label: t.T("need.label.note"), Hint: t.T("standing.note.hint"), MaxRunes: need.MaxNote},
		{Name: "from", Kind: form.Hidden, Value: string(n.State)}}
	var outcomes []string
	for _, o := range standing.Outcomes() {
		outcomes = append(outcomes, string(o))
	}
	return leaf.Asked{Title: t.T("standing.note"), Kicker: n.Number + " " + n.Title, Lead: t.T("standing.note.lead"), Crumbs: append(crumbs(t, s.Meeting), ui.Link{Label: t.T("standing.title"), Href: Path(s.Meeting.ID)}),
		Back: Path(s.Meeting.ID), Submit: t.T("standing.note.save"), Fields: fields,
		Read: func(in *form.Input) func() (string, error) {
			noted := standing.Noted{From: standing.Outcome(in.Text("from")), Outcome: standing.Outcome(in.Choice("outcome", outcomes...)), Provider: org.ID(in.Choice("provider", ids...)), AnswerBy: in.Date("answer_by"),
				Note: in.Text("note"), Discussion: need.Discussion{Clarified: in.Text("clarified"), Possibilities: in.Text("possibilities"), Limitations: in.Text("limitations")}}
			for _, o := range in.Choices("interested", ids...) {
				noted.Discussion.Interested = append(noted.Discussion.Interested, org.ID(o))
			}
			return func() (string, error) {
				return Path(s.Meeting.ID) + "?ok=standing.said.noted", p.Standing.Note(r.Context(), actor, s.Meeting.ID, n.ID, noted)
			}
		}}, err
}

// Writer puts the item in words, in the language that papers are written in.
type Writer struct {
	Printer i18n.Printer
	Place   func(number string) string
}

// linesMost is how many needs the agenda says; the page of the meeting has them all.
const linesMost = 40

// Say is the item with a line for each need that everybody may read.
func (w Writer) Say(list []standing.Need, more bool) (title, words string) {
	for i, n := range list {
		if i == linesMost {
			words += "\n" + w.Printer.T("standing.paper.rest")
			break
		}
		words += w.Printer.T("standing.paper.line", "number", n.Number, "title", n.Title, "place", w.Place(n.Municipality), "n", n.Headcount) + "\n"
	}
	if more {
		words += "\n" + w.Printer.T("standing.paper.more")
	}
	return w.Printer.T("standing.title"), words
}

// Told is what the minutes say came of a need, known again by its number.
func (w Writer) Told(n standing.Need) (mark, line string) {
	outcome := w.Printer.T(standing.OutcomeLabel(n.Became))
	return w.Printer.T("standing.paper.mark", "number", n.Number), w.Printer.T("standing.paper.told", "number", n.Number, "title", n.Title, "outcome", outcome)
}
