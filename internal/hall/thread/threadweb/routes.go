// Package threadweb shows the red thread of a thing, and lets those who have a need say
// that a measure is in use. The JSON of the thread is here too.
package threadweb

import (
	"context"
	"embed"
	"net/http"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/hall/thread"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Thread  *thread.Service
	Needs   *need.Service
	Objects *object.Kinds
}

// Pages are the pages, and what other pages show of threads.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	d.Pages(gate.Route{Method: "GET", Path: "/rod-trad/{kind}/{ref}", Rule: gate.Public(), Handle: p.show})
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{"/behov/{id}/i-bruk": p.inUse})
	d.Says("thread.said.in_use")
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/needs/{id}/thread", Rule: gate.Public(), ID: "get-need-thread", Summary: "What a need came from, and what came of it", Tags: []string{"need"}}, p.apiNeed)
	return p
}

// OnNeed are the ways on from a need: its thread, a position that meets it, and the word
// that a measure is in use, for those who have it.
func (p *Pages) OnNeed(r *http.Request, _ access.Actor, d need.Detail) []ui.Action {
	t := p.door.Printer(r)
	at := object.Ref{Kind: need.FlowKind, ID: string(d.ID)}
	var out []ui.Action
	if d.Sight == need.Full && d.State == need.CoveredByOther {
		out = append(out, ui.Action{Label: t.T("thread.in_use"), Context: d.Number, Href: "/behov/" + at.ID + "/i-bruk", Variant: ui.Primary})
	}
	if d.Sight == need.Full && thread.Answered(d.State) {
		out = append(out, ui.Action{Label: t.T("thread.position"), Context: d.Number, Href: "/stillinger/ny?behov=" + at.ID, Variant: ui.Secondary})
	}
	return append(out, ui.Action{Label: t.T("thread.see"), Context: d.Number, Href: at.ThreadPath(), Variant: ui.Tertiary})
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	found, err := p.Thread.Get(r.Context(), actor, p.Objects, object.Ref{Kind: r.PathValue("kind"), ID: r.PathValue("ref")})
	if err != nil {
		return err
	}
	title := title(t, found.Of)
	before, after := section(t, found, thread.From), section(t, found, thread.To)
	page := leaf.Page{Head: ui.Head{Kicker: t.T("thread.title"), Title: title, Lead: t.T("thread.lead"),
		Actions: []ui.Action{{Label: t.T("thread.open"), Context: title, Href: found.Of.Href, Variant: ui.Secondary}}},
		Crumbs: []ui.Link{{Label: title, Href: found.Of.Href}}, Main: []leaf.Section{before, after}}
	if found.Met != nil {
		page.Side = []leaf.Section{p.met(t, *found.Met)}
	}
	return leaf.Show(p.door, w, r, actor, page)
}

func title(t i18n.Printer, x thread.Item) string {
	words, _ := x.Card.Title.In(t.Language())
	return words
}

// section is one side of the thread.
func section(t i18n.Printer, found thread.Thread, side thread.Side) leaf.Section {
	out := leaf.Section{ID: string(side), Title: t.T(i18n.Key("thread.side." + string(side)))}
	for _, x := range found.Items {
		if x.Side != side {
			continue
		}
		c := ui.Card{Kicker: kicker(t, x), Title: title(t, x), Href: x.Href, Facts: []ui.Fact{{Label: t.T("thread.how"), Text: t.T(x.Why)}, {Label: t.T("thread.when"), Text: t.Date(x.At.Date())}}}
		out.Cards = append(out.Cards, c)
	}
	if len(out.Cards) == 0 {
		out.Empty = &ui.Empty{Title: t.T(i18n.Key("thread.none." + string(side))), Text: t.T(i18n.Key("thread.none." + string(side) + ".text"))}
	}
	return out
}

// kicker is what the thing is, with its number.
func kicker(t i18n.Printer, x thread.Item) string {
	return strings.TrimSpace(text.UpperFirst(t.T(x.Label)) + " " + x.Card.Number)
}

// met is what shows that a need is met, for those who work with it.
func (p *Pages) met(t i18n.Printer, m thread.Met) leaf.Section {
	out := leaf.Section{ID: "belegg", Title: t.T("thread.met"), Text: t.T("thread.met.of", "n", m.Persons, "of", m.Of)}
	for _, e := range m.Evidence {
		f := ui.Fact{Label: t.Date(e.At.Date()), Lines: []string{t.T("thread.met.line", "what", t.T(e.Sort.Label()), "n", e.Persons)}}
		if e.Note != "" {
			f.Lines = append(f.Lines, e.Note)
		}
		if out.Facts == nil {
			out.Facts = &ui.Facts{}
		}
		out.Facts.Items = append(out.Facts.Items, f)
	}
	return out
}

// inUse asks those who have a need to say that the measure that answers it is in use.
func (p *Pages) inUse(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	id, err := need.ParseID(r.PathValue("id"))
	if err != nil {
		return leaf.Asked{}, fault.Missing()
	}
	d, err := p.Needs.Get(r.Context(), actor, id)
	switch {
	case err != nil:
		return leaf.Asked{}, err
	case d.Sight < need.Full:
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	case d.State != need.CoveredByOther:
		return leaf.Asked{}, fault.New(fault.Conflict, "thread.error.no_measure")
	}
	back := "/behov/" + string(id)
	return leaf.Asked{Title: t.T("thread.in_use"), Kicker: d.Title, Lead: t.T("thread.in_use.lead"), Back: back, Submit: t.T("thread.in_use.do"), Crumbs: []ui.Link{{Label: d.Title, Href: back}},
		Fields: []form.Field{{Name: "persons", Kind: form.Number, Label: t.T("thread.field.persons"), Value: strconv.Itoa(max(1, d.Headcount)), Min: "1", Max: strconv.Itoa(need.MaxHeadcount), Required: true},
			{Name: "note", Kind: form.Long, Rows: 4, Label: t.T("thread.field.note"), MaxRunes: thread.MaxNote, Required: true}},
		Read: func(in *form.Input) func() (string, error) {
			persons, note := in.Int("persons"), in.Text("note")
			return func() (string, error) {
				return back + "?ok=thread.said.in_use", p.Thread.MeasureInUse(r.Context(), actor, id, persons, note)
			}
		}}, nil
}

// ThreadItem is a thing on the thread of a need. Titles are in the languages that they are
// written in.
type ThreadItem struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind"`
	Number string     `json:"number,omitempty"`
	Title  i18n.Text  `json:"title"`
	Href   string     `json:"href"`
	At     clock.Time `json:"at"`
	Side   string     `json:"side" enum:"from,to" doc:"from: what the need came from; to: what came of it"`
	Why    string     `json:"why" doc:"How it is joined to the thing nearer: reported, pooled, discussed, case, answered, adapted, seats or position"`
	Depth  int        `json:"depth" doc:"How many steps away"`
}

type threadIn struct {
	ID string `path:"id" doc:"The id of the need"`
}

type threadOut struct {
	Body struct {
		Items []ThreadItem `json:"items"`
		Total int          `json:"total"`
		Met   *ThreadMet   `json:"met" doc:"What shows that the need is met; null for who does not work with it"`
	}
}

// ThreadMet is for how many of its persons a need is shown to be met.
type ThreadMet struct {
	Persons int `json:"persons"`
	Of      int `json:"of"`
}

func (p *Pages) apiNeed(ctx context.Context, actor access.Actor, in *threadIn) (*threadOut, error) {
	found, err := p.Thread.Get(ctx, actor, p.Objects, object.Ref{Kind: need.FlowKind, ID: in.ID})
	if err != nil {
		return nil, err
	}
	out := &threadOut{}
	out.Body.Items, out.Body.Total = make([]ThreadItem, len(found.Items)), len(found.Items)
	for i, x := range found.Items {
		out.Body.Items[i] = ThreadItem{ID: x.Ref.ID, Kind: x.Ref.Kind, Number: x.Card.Number, Title: x.Card.Title, Href: x.Href, At: x.At, Side: string(x.Side), Why: thread.Code(x.Why), Depth: x.Depth}
	}
	if found.Met != nil {
		out.Body.Met = &ThreadMet{found.Met.Persons, found.Met.Of}
	}
	return out, nil
}
