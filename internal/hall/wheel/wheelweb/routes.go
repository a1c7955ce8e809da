// Package wheelweb has the pages of the annual wheel: the rounds, a round on one page -
// steps with owners and dates, what each region says, the county's priorities and the
// providers' answers - and a page for each change. What it shows is open to all, but for
// what a region has not delivered yet.
package wheelweb

import (
	"context"
	"embed"
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/wheel"
	"kompetansetorg/internal/hall/wheel/figure"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/need"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Wheel  *wheel.Service
	Bodies *meeting.Service
	Orgs   *org.Service
	Clock  clock.Clock
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	for path, h := range map[string]gate.Handler{"/arshjul": p.list, "/arshjul/{id}": p.show, "/arshjul-tall": p.figures, "/arshjul-tall/{source}": p.figures} {
		d.Pages(gate.Route{Method: "GET", Path: path, Rule: gate.Public(), Handle: h})
	}
	// Who may keeps the forum, speaks for a region or a provider: the use cases decide.
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{
		"/arshjul/ny": p.newForm, "/arshjul/{id}/kopier": p.copyForm, "/arshjul/{id}/steg/ny": p.stepForm, "/arshjul/{id}/steg/{step}": p.stepForm, "/arshjul/{id}/steg/{step}/lukk": p.closeForm,
		"/arshjul/{id}/gjenapne": p.reopenForm, "/arshjul/{id}/regioner/{region}/innspill": p.inputForm, "/arshjul/{id}/innspill/{input}": p.inputForm, "/arshjul/{id}/innspill/{input}/utfall": p.decideForm,
		"/arshjul/{id}/regioner/{region}/taus": p.silenceForm, "/arshjul/{id}/prioriteringer/ny": p.priorityForm, "/arshjul/{id}/prioriteringer/{priority}": p.priorityForm,
		"/arshjul/{id}/prioriteringer/{priority}/tilbydere": p.askForm, "/arshjul/{id}/svar/{task}": p.answerForm,
	})
	for path, h := range map[string]gate.Handler{"/arshjul/{id}/regioner/{region}/lever": p.deliverPost, "/arshjul/{id}/innspill/{input}/fjern": p.removePost, "/arshjul/{id}/prioriteringer/{priority}/rang": p.rankPost} {
		d.Pages(gate.Route{Method: "POST", Path: path, Rule: gate.SignedIn(), Handle: h})
	}
	d.Pages(gate.Route{Method: "GET", Path: "/arshjul-oppgave/{task}", Rule: gate.SignedIn(), Handle: p.task})
	d.Says("wheel.said.saved", "wheel.said.closed", "wheel.said.reopened", "wheel.said.delivered", "wheel.said.answered", "wheel.said.copied")
}

func path(r wheel.ID, more string) string { return "/arshjul/" + string(r) + more }

func inputPath(i wheel.Input, more string) string {
	return path(i.Round, "/innspill/"+string(i.ID)+more)
}

func regionPath(r wheel.Round, x wheel.Region, more string) string {
	return path(r.ID, "/regioner/"+string(x.Region)+more)
}

func priorityPath(x wheel.Priority, more string) string {
	return path(x.Round, "/prioriteringer/"+string(x.ID)+more)
}

// find reads the round that the path names.
func (p *pages) find(r *http.Request, actor access.Actor) (wheel.Round, error) {
	id, err := wheel.ParseID(r.PathValue("id"))
	if err != nil {
		return wheel.Round{}, fault.Missing()
	}
	return p.Wheel.Get(r.Context(), actor, id)
}

// keeping is find for the county forum's secretary; others are denied.
func (p *pages) keeping(r *http.Request, actor access.Actor) (wheel.Round, error) {
	x, err := p.find(r, actor)
	if err == nil && !x.Keeps {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return x, err
}

// of finds one of a list, or nothing.
func of[T any](list []T, is func(T) bool) (T, error) {
	var none T
	if i := slices.IndexFunc(list, is); i >= 0 {
		return list[i], nil
	}
	return none, fault.Missing()
}

func step(r *http.Request, x wheel.Round) (wheel.Step, error) {
	return of(x.Steps, func(s wheel.Step) bool { return string(s.ID) == r.PathValue("step") })
}

func region(r *http.Request, x wheel.Round) (wheel.Region, error) {
	return of(x.Regions, func(s wheel.Region) bool { return string(s.Region) == r.PathValue("region") })
}

func priority(r *http.Request, x wheel.Round) (wheel.Priority, error) {
	return of(x.Priorities, func(s wheel.Priority) bool { return string(s.ID) == r.PathValue("priority") })
}

// input is the one that the path names, with its region.
func input(r *http.Request, x wheel.Round) (wheel.Region, wheel.Input, error) {
	for _, s := range x.Regions {
		for _, i := range s.Inputs {
			if string(i.ID) == r.PathValue("input") {
				return s, i, nil
			}
		}
	}
	return wheel.Region{}, wheel.Input{}, fault.Missing()
}

func crumbs(t i18n.Printer, x wheel.Round) []ui.Link {
	out := []ui.Link{{Label: t.T("forum.title"), Href: "/kompetanseforum"}, {Label: t.T("wheel.title"), Href: "/arshjul"}}
	if x.ID != "" {
		out = append(out, ui.Link{Label: t.T("wheel.round", "year", strconv.Itoa(x.Year)), Href: path(x.ID, "")})
	}
	return out
}

// Links are the rounds of a county's forum, for its page.
func Links(ctx context.Context, s *wheel.Service, t i18n.Printer, county forum.BodyID) ([]ui.Link, error) {
	list, err := s.List(ctx, county)
	var out []ui.Link
	for _, x := range list {
		out = append(out, ui.Link{Label: t.T("wheel.link", "year", strconv.Itoa(x.Year), "state", t.T(wheel.KindLabel(x.State))), Href: path(x.ID, "")})
	}
	return out, err
}

// list shows the rounds with the step that each is in.
func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	list, err := p.Wheel.List(r.Context(), "")
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Title: t.T("wheel.title"), Lead: t.T("wheel.lead")}, Crumbs: []ui.Link{{Label: t.T("forum.title"), Href: "/kompetanseforum"}}}
	s := leaf.Section{ID: "runder", Title: t.T("wheel.rounds")}
	for _, x := range list {
		c := ui.Card{Kicker: x.CountyName, Title: t.T("wheel.round", "year", strconv.Itoa(x.Year)), Href: path(x.ID, ""), Tags: []ui.Tag{stateTag(t, x)}}
		if now, err := of(x.Steps, func(s wheel.Step) bool { return s.Kind == x.State }); err == nil {
			c.Facts = []ui.Fact{{Label: t.T("wheel.owner"), Text: now.OrgName}, {Label: t.T("wheel.due"), Text: t.Date(now.Due)}}
			if now.IsLate(p.Clock.Today()) {
				c.Tags = append(c.Tags, ui.Tag{Text: t.T("wheel.late"), Color: ui.Danger})
			}
		}
		s.Cards = append(s.Cards, c)
	}
	if len(list) == 0 {
		s.Empty = &ui.Empty{Title: t.T("wheel.none"), Text: t.T("wheel.none.text")}
	}
	counties, err := p.counties(r, actor)
	if err != nil {
		return err
	}
	if len(counties) > 0 {
		page.Head.Actions = []ui.Action{{Label: t.T("wheel.new"), Href: "/arshjul/ny", Variant: ui.Primary}}
	}
	page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("wheel.figures"), Href: "/arshjul-tall", Variant: ui.Secondary})
	page.Main = []leaf.Section{s}
	return leaf.Show(p.door, w, r, actor, page)
}

// counties are the county forums that the reader keeps.
func (p *pages) counties(r *http.Request, actor access.Actor) ([]meeting.Body, error) {
	all, err := p.Bodies.List(r.Context(), meeting.Filter{Kinds: []meeting.Kind{meeting.CountyForum}})
	if err != nil {
		return nil, err
	}
	var out []meeting.Body
	for _, b := range all {
		rights, err := p.Bodies.Rights(r.Context(), actor, b.ID)
		if err != nil {
			return nil, err
		}
		if rights.Secretary {
			out = append(out, b)
		}
	}
	return out, nil
}

func stateTag(t i18n.Printer, x wheel.Round) ui.Tag {
	tag := ui.Tag{Text: t.T(wheel.KindLabel(x.State)), Color: ui.Info}
	if x.State == wheel.Done {
		tag.Color = ui.Success
	}
	return tag
}

// task leads from a task to where it is done.
func (p *pages) task(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	id, err := wheel.ParseTaskID(r.PathValue("task"))
	if err != nil {
		return fault.Missing()
	}
	round, asked, err := p.Wheel.Where(r.Context(), id)
	if err != nil {
		return err
	}
	if asked != "" {
		return web.SeeOther(w, r, path(round, "/svar/"+string(id)))
	}
	return web.SeeOther(w, r, path(round, "#innspill"))
}

// defaultArea is the area that figures are shown for when the reader has chosen none.
const defaultArea = "trondelag"

// areaName is what the area is called that an owner of figures writes as a plain code; one
// that we do not know reads as the owner writes it.
func areaName(t i18n.Printer, area string) string {
	switch area {
	case defaultArea:
		return t.T("wheel.area.trondelag")
	case "norge":
		return t.T("wheel.area.norge")
	}
	return area
}

// figures shows what others have counted, with source and year.
func (p *pages) figures(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	area, id := r.URL.Query().Get("omrade"), figure.SourceID("")
	if s := r.PathValue("source"); s != "" {
		var err error
		if id, err = figure.ParseSourceID(s); err != nil {
			return fault.Missing()
		}
	}
	if area == "" {
		area = defaultArea
	}
	sources, areas, list, err := p.Wheel.Figures(r.Context(), id, area)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Title: t.T("wheel.figures"), Lead: t.T("wheel.figures.lead")}, Crumbs: crumbs(t, wheel.Round{})}
	if id == "" {
		s := leaf.Section{ID: "kilder", Title: t.T("wheel.sources")}
		for _, x := range sources {
			s.Cards = append(s.Cards, ui.Card{Kicker: x.Owner, Title: t.T("wheel.source", "title", x.Title, "year", strconv.Itoa(x.Year)), Href: "/arshjul-tall/" + string(x.ID)})
		}
		if len(sources) == 0 {
			s.Empty = &ui.Empty{Title: t.T("wheel.sources.none"), Text: t.T("wheel.sources.none.text")}
		}
		page.Main = []leaf.Section{s}
		return leaf.Show(p.door, w, r, actor, page)
	}
	src, err := of(sources, func(x figure.Source) bool { return x.ID == id })
	if err != nil {
		return err
	}
	page.Head.Title, page.Head.Kicker = t.T("wheel.source", "title", src.Title, "year", strconv.Itoa(src.Year)), src.Owner
	page.Crumbs = append(page.Crumbs, ui.Link{Label: t.T("wheel.figures"), Href: "/arshjul-tall"})
	table := &ui.Table{Caption: t.T("wheel.figures.in", "area", areaName(t, area), "year", strconv.Itoa(src.Year)), Columns: []ui.Column{{Label: t.T("wheel.figure.what")}, {Label: t.T("wheel.figure.code")}, {Label: t.T("wheel.figure.value"), Number: true}},
		Empty: ui.Empty{Title: t.T("wheel.figures.none"), Text: t.T("wheel.figures.none.text")}}
	for _, f := range list {
		table.Rows = append(table.Rows, ui.Row{ID: string(f.ID), Cells: []ui.Cell{{Text: f.Label}, {Text: f.Code}, {Text: t.Number(f.Value)}}})
	}
	var others []ui.Link
	for _, a := range areas {
		if a != area {
			others = append(others, ui.Link{Label: areaName(t, a), Href: "/arshjul-tall/" + string(id) + "?omrade=" + a})
		}
	}
	page.Main = []leaf.Section{{ID: "tall", Title: t.T("wheel.figures.of"), Text: t.T("wheel.figures.apart"), Table: table}}
	page.Side = []leaf.Section{{ID: "om", Title: t.T("wheel.source.about"), Facts: &ui.Facts{Items: []ui.Fact{{Label: t.T("wheel.source.owner"), Text: src.Owner}, {Label: t.T("wheel.source.year"), Text: strconv.Itoa(src.Year)},
		{Label: t.T("wheel.source.licence"), Text: src.Licence}, {Label: t.T("wheel.source.loaded"), Text: t.Date(src.LoadedAt.Date())}, {Label: t.T("wheel.areas"), Links: others}}}}}
	return leaf.Show(p.door, w, r, actor, page)
}

func fieldOptions(t i18n.Printer, chosen string) []form.Option {
	return leaf.Options(t, "forum.field.none", need.Fields(), need.Field.Label, need.Field(chosen))
}

func levelOptions(t i18n.Printer, chosen string) []form.Option {
	return leaf.Options(t, "wheel.level.none", need.Levels(), need.Level.Label, need.Level(chosen))
}

// codes are the values of a list as text.
func codes[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}
