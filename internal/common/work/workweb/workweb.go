// Package workweb has the pages of work in the background: how far a piece of
// it has come, and the administrator's list of all of it.
package workweb

import (
	"context"
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/work"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Kind is what readers are told about a kind of work.
type Kind struct {
	// Label is what it is called: "Sender e-post".
	Label i18n.Key
	// Report puts what came of it in words, and where that leads whoever started it,
	// if anywhere. nil when there is nothing to say.
	Report func(t i18n.Printer, j job.Job) (text string, to *ui.Link)
}

// Deps is what the pages need.
type Deps struct {
	Work  *work.Service
	Kinds map[job.Kind]Kind
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("work", Files, "list", listView{})
	d.Views.Add("work", Files, "show", showView{}, web.Fragment{Block: "progress", Zero: progressView{}})
	admins := gate.Roles(access.RoleSysadmin)
	d.Pages(
		gate.Route{Method: "GET", Path: "/administrasjon/arbeid", Rule: admins, Handle: p.list},
		gate.Route{Method: "GET", Path: "/arbeid/{id}", Rule: gate.SignedIn(), Handle: p.show},
		gate.Route{Method: "POST", Path: "/arbeid/{id}/avbryt", Rule: gate.SignedIn(), Handle: p.change((*work.Service).Cancel, "work.cancelled")},
		gate.Route{Method: "POST", Path: "/arbeid/{id}/igjen", Rule: gate.SignedIn(), Handle: p.change((*work.Service).Retry, "work.retried")},
	)
	d.Says("work.cancelled", "work.retried")
}

// stateColors give each state its colour; its name is work.state.<state>.
var stateColors = map[job.State]ui.Color{job.Waiting: ui.Neutral, job.Running: ui.Info, job.Done: ui.Success, job.Dead: ui.Danger, job.Cancelled: ui.Warning}

// states are the states in the order pages show them.
var states = []job.State{job.Running, job.Waiting, job.Dead, job.Done, job.Cancelled}

func stateLabel(s job.State) i18n.Key { return i18n.Key("work.state." + string(s)) }

func stateTag(t i18n.Printer, s job.State) ui.Tag {
	return ui.Tag{Text: t.T(stateLabel(s)), Color: stateColors[s]}
}

func (p *pages) label(t i18n.Printer, k job.Kind) string {
	if kind, ok := p.Kinds[k]; ok {
		return t.T(kind.Label)
	}
	return string(k)
}

func (p *pages) report(t i18n.Printer, j job.Job) (string, *ui.Link) {
	if kind := p.Kinds[j.Kind]; kind.Report != nil {
		return kind.Report(t, j)
	}
	return "", nil
}

type listView struct {
	web.Page
	Head   ui.Head
	Filter ui.Filter
	Table  ui.Table
	Pager  *ui.Pager
}

func (p *pages) list(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t, q := p.door.Printer(r), r.URL.Query()
	in := form.Read(q)
	f := job.Filter{State: job.State(in.Choice("state", text.Strings(states)...)), After: q.Get("after"), Limit: ui.PageSize}
	err := in.Err()
	var found db.Paged[job.Job]
	var counts map[job.State]int
	if err == nil {
		found, counts, err = p.Work.List(r.Context(), actor, f)
	}
	if err != nil && !fault.Is(err, fault.Invalid) {
		return err
	}
	view := listView{
		Page: p.door.Frame(r, actor, t.T("work.list.title")),
		Head: ui.Head{Title: t.T("work.list.title"), Lead: t.T("work.list.lead", "running", counts[job.Running], "waiting", counts[job.Waiting], "dead", counts[job.Dead])},
		Filter: ui.Filter{Action: "/administrasjon/arbeid", Title: t.T("work.filter"), Submit: t.T("work.filter.do"), Open: true,
			Fields: []form.Field{stateField(t, f.State, counts)}},
		Table: p.table(t, found.Items),
	}
	view.Crumbs = []ui.Link{{Label: t.T("work.admin"), Href: "/administrasjon"}}
	if err != nil {
		view.Refused(form.Refill(&view.Filter, q, err, t))
		return p.door.Views.Render(w, http.StatusUnprocessableEntity, "work/list", view)
	}
	if found.Next != "" {
		q.Set("after", found.Next)
		view.Pager = &ui.Pager{Label: t.T("work.pages"), Next: &ui.Link{Label: t.T("work.next"), Href: "/administrasjon/arbeid?" + q.Encode()}}
	}
	return p.door.Views.Render(w, http.StatusOK, "work/list", view)
}

func stateField(t i18n.Printer, chosen job.State, counts map[job.State]int) form.Field {
	f := form.Field{Name: "state", Kind: form.Select, Label: t.T("work.state"), Options: []form.Option{{Label: t.T("work.state.all")}}}
	for _, s := range states {
		f.Options = append(f.Options, form.Option{Value: string(s), Label: t.T("work.state.count", "state", t.T(stateLabel(s)), "n", counts[s]), Selected: s == chosen})
	}
	return f
}

func (p *pages) table(t i18n.Printer, jobs []job.Job) ui.Table {
	table := ui.Table{Caption: t.T("work.list.title"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("work.what")}, {Label: t.T("work.state")}, {Label: t.T("work.when")}, {Label: t.T("work.result")}, {Label: t.T("work.do"), Hidden: true}},
		Empty:   ui.Empty{Title: t.T("work.empty"), Text: t.T("work.empty.text")}}
	for _, j := range jobs {
		result, _ := p.report(t, j)
		if j.Error != "" {
			result = t.T("work.failed", "tries", j.Tries, "error", j.Error)
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{Text: p.label(t, j.Kind), Href: work.Href(j.ID)}, {Tags: []ui.Tag{stateTag(t, j.State)}}, {Text: when(t, j)}, {Text: result},
			{Actions: p.actions(t, j)},
		}})
	}
	return table
}

// when says what is next, or what was last.
func when(t i18n.Printer, j job.Job) string {
	switch {
	case !j.EndedAt.IsZero():
		return t.T("work.when.ended", "at", t.Moment(j.EndedAt))
	case j.State == job.Running:
		return t.T("work.when.started", "at", t.Moment(j.StartedAt))
	}
	return t.T("work.when.next", "at", t.Moment(j.RunAt))
}

func (p *pages) actions(t i18n.Printer, j job.Job) []ui.Action {
	name := p.label(t, j.Kind)
	switch j.State {
	case job.Waiting, job.Running:
		return []ui.Action{{Label: t.T("work.cancel"), Context: name, Href: work.Href(j.ID) + "/avbryt", Post: true, Variant: ui.Secondary}}
	case job.Dead, job.Cancelled:
		return []ui.Action{{Label: t.T("work.retry"), Context: name, Href: work.Href(j.ID) + "/igjen", Post: true, Variant: ui.Secondary}}
	}
	return nil
}

type showView struct {
	web.Page
	Head     ui.Head
	Progress progressView
	Reload   ui.Actions // for readers without JavaScript, while the work goes on
	Actions  ui.Actions
}

// progressView is the part of the page that changes while the work goes on.
type progressView struct {
	// Every is the trigger that fetches it anew; empty when the work has ended.
	Every, Href string
	// Percent is how much is done, -1 when nobody knows.
	Percent int
	Label   string
	// State stands over the rest of the page; a fragment puts it there.
	State    ui.Tag
	Fragment bool
	Facts    ui.Facts
	Notice   *ui.Notice
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	j, err := p.find(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	progress := p.progress(t, actor, j)
	if web.IsFragment(r) {
		if j.State.Ended() {
			w.Header().Set("HX-Refresh", "true")
		}
		progress.Fragment = true
		return p.door.Views.RenderFragment(w, http.StatusOK, "work/show", "progress", progress)
	}
	view := showView{Page: p.door.Frame(r, actor, p.label(t, j.Kind)),
		Head: ui.Head{Kicker: t.T("work.kicker"), Title: p.label(t, j.Kind)}, Progress: progress,
		Actions: ui.Actions{Items: p.actions(t, j)}}
	if !j.State.Ended() {
		view.Reload.Items = []ui.Action{{Label: t.T("work.reload"), Href: work.Href(j.ID), Variant: ui.Tertiary}}
	}
	if work.CanRun(actor) {
		view.Crumbs = []ui.Link{{Label: t.T("work.admin"), Href: "/administrasjon"}, {Label: t.T("work.list.title"), Href: "/administrasjon/arbeid"}}
	}
	return p.door.Views.Render(w, http.StatusOK, "work/show", view)
}

func (p *pages) find(r *http.Request, actor access.Actor) (job.Job, error) {
	found, err := id.Parse[job.Job](r.PathValue("id"))
	if err != nil {
		return job.Job{}, fault.Missing()
	}
	return p.Work.Get(r.Context(), actor, found)
}

func (p *pages) progress(t i18n.Printer, actor access.Actor, j job.Job) progressView {
	view := progressView{Href: work.Href(j.ID), Percent: -1, Label: t.T("work.progress"), State: stateTag(t, j.State)}
	if j.Total > 0 {
		view.Percent = min(100, j.Progress*100/j.Total)
	}
	fact := func(label i18n.Key, text string) {
		if text != "" {
			view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T(label), Text: text})
		}
	}
	if j.Total > 0 {
		fact("work.come", t.T("work.come.text", "done", t.Number(j.Progress), "total", t.Number(j.Total)))
	}
	fact("work.added", t.Moment(j.AddedAt))
	fact("work.when", when(t, j))
	if j.Tries > 1 {
		fact("work.tries", t.Number(j.Tries))
	}
	report, to := p.report(t, j)
	switch {
	case j.State == job.Dead:
		view.Notice = &ui.Notice{Color: ui.Danger, Live: true, Title: t.T("work.dead"), Text: t.T("work.dead.text")}
	case j.State == job.Cancelled:
		view.Notice = &ui.Notice{Color: ui.Warning, Live: true, Text: t.T("work.stopped")}
	case j.Cancel && !j.State.Ended():
		view.Notice = &ui.Notice{Color: ui.Info, Live: true, Text: t.T("work.stopping")}
	case j.State == job.Done:
		view.Notice = &ui.Notice{Color: ui.Success, Live: true, Text: t.T("work.done")}
	case j.State == job.Waiting && j.Error != "":
		view.Notice = &ui.Notice{Color: ui.Warning, Live: true, Text: t.T("work.again", "at", t.Moment(j.RunAt))}
	}
	if view.Notice != nil && report != "" {
		view.Notice.Paragraphs = []string{report}
	}
	if view.Notice != nil && to != nil && j.AddedBy == actor.Label() { // to others it may be hidden
		view.Notice.Links = []ui.Link{*to}
	}
	if !j.State.Ended() {
		view.Every = "every 1s"
	}
	return view
}

// change is a press on a button: back to the page that follows the work.
func (p *pages) change(do func(*work.Service, context.Context, access.Actor, job.ID) error, said i18n.Key) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		j, err := p.find(r, actor)
		if err != nil {
			return err
		}
		if err := do(p.Work, r.Context(), actor, j.ID); err != nil {
			return err
		}
		return web.SeeOther(w, r, work.Href(j.ID)+"?ok="+string(said))
	}
}
