// Package workspaceweb has the pages of what those who make a programme together share: the
// workspace, and who pays. The JSON of both is here too.
package workspaceweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/hall/develop/workspace"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Workspace *workspace.Service
	Attach    *attach.Service
	Clock     clock.Clock
}

// Pages are the pages, and what the page of a development shows of them.
type Pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) *Pages {
	p := &Pages{Deps: deps, door: d}
	d.Pages(gate.Route{Method: "GET", Path: "/utvikling/{id}/arbeidsrom", Rule: gate.SignedIn(), Handle: p.room},
		gate.Route{Method: "GET", Path: "/arbeidsrom/{id}", Rule: gate.SignedIn(), Handle: p.toRoom},
		gate.Route{Method: "GET", Path: "/arbeidsoppgave/{task}", Rule: gate.SignedIn(), Handle: p.toTask},
		gate.Route{Method: "GET", Path: "/utvikling/{id}/finansiering", Rule: gate.SignedIn(), Handle: p.financing})
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{"/utvikling/{id}/notat": p.noteForm, "/utvikling/{id}/oppgaver/ny": p.taskForm, "/utvikling/{id}/oppgaver/{task}/flytt/{to}": p.moveForm,
		"/utvikling/{id}/finansiering/{line}/bekreft": p.confirmForm})
	leaf.Forms(d, gate.Roles(access.RoleProviderUser), map[string]leaf.Maker{"/utvikling/{id}/finansiering/ny": p.newLine, "/utvikling/{id}/finansiering/{line}": p.lineForm,
		"/utvikling/{id}/finansiering/{line}/slett": p.removeForm})
	d.Says("workspace.said.note", "workspace.said.task", "workspace.said.moved", "workspace.said.line", "workspace.said.removed", "workspace.said.confirmed")
	registerAPI(d, p)
	return p
}

func path(d making.ID, more string) string { return "/utvikling/" + string(d) + more }

const (
	roomPath  = "/arbeidsrom"
	moneyPath = "/finansiering"
)

// crumbs lead to the development, and to what is under it.
func crumbs(t i18n.Printer, d making.Development, more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("workspace.crumb"), Href: "/utvikling"}, {Label: d.Title, Href: path(d.ID, "")}}, more...)
}

func inRoom(t i18n.Printer, d making.Development) []ui.Link {
	return crumbs(t, d, ui.Link{Label: t.T("workspace.title"), Href: path(d.ID, roomPath)})
}

func inMoney(t i18n.Printer, d making.Development) []ui.Link {
	return crumbs(t, d, ui.Link{Label: t.T("workspace.money"), Href: path(d.ID, moneyPath)})
}

// id is the development that the address names.
func id(r *http.Request) (making.ID, error) {
	out, err := making.ParseID(r.PathValue("id"))
	if err != nil {
		return "", fault.Missing()
	}
	return out, nil
}

// said keeps what the address says when it leads on.
func said(r *http.Request, to string) string {
	if ok := r.URL.Query().Get("ok"); ok != "" {
		return to + "?ok=" + ok
	}
	return to
}

// toRoom leads from the thing that files hang on to the workspace.
func (p *Pages) toRoom(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	of, err := id(r)
	if err != nil {
		return err
	}
	if _, err := p.Workspace.Room(r.Context(), actor, of, "", 1); err != nil {
		return err
	}
	return web.SeeOther(w, r, said(r, path(of, roomPath)))
}

// toTask leads from a task in a list to the workspace that it stands in.
func (p *Pages) toTask(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	task, err := workspace.ParseTaskID(r.PathValue("task"))
	if err != nil {
		return fault.Missing()
	}
	found, err := p.Workspace.Task(r.Context(), actor, task)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(found.Development, roomPath))
}

// OnDevelopment leads from a development to its workspace and to who pays, for those who share
// them; nothing for others.
func (p *Pages) OnDevelopment(r *http.Request, actor access.Actor, d making.Detail) ([]leaf.Section, error) {
	if !d.Inside || !actor.SignedIn() {
		return nil, nil
	}
	room, err := p.Workspace.Room(r.Context(), actor, d.ID, "", 1)
	if err != nil {
		return nil, err
	}
	t := p.door.Printer(r)
	return []leaf.Section{{ID: "arbeidsrom", Title: t.T("workspace.title"), Text: t.T("workspace.beside", "n", len(room.Open)),
		Actions: []ui.Action{{Label: t.T("workspace.open"), Context: d.Number, Href: path(d.ID, roomPath), Variant: ui.Secondary},
			{Label: t.T("workspace.money"), Context: d.Number, Href: path(d.ID, moneyPath), Variant: ui.Secondary}}}}, nil
}
