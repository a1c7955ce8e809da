// Package caseweb has the pages of cases and their papers: the list, the case with
// where it has been, the paper section by section, the check before issue, versions
// and their comparison, and the paper as PDF and Word; and the case as JSON.
package caseweb

import (
	"embed"
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/treatment"
	"kompetansetorg/internal/room/meeting/casework/writing"
	"kompetansetorg/internal/room/meeting/session/own"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Cases      *casework.Service
	Writing    *writing.Service
	Treatments *treatment.Service
	Bodies     *meeting.Service
	Own        *own.Service
	Orgs       *org.Service
	Objects    *object.Kinds
	Attach     *attach.Service
	Shelf      *paperview.Shelf
	Clock      clock.Clock
	PublicURL  string
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	for name, zero := range map[string]any{"list": listView{}, "show": showView{}, "form": formView{}, "draft": draftView{}, "review": reviewView{}, "versions": versionsView{}, "document": documentView{}} {
		d.Views.Add("case", Files, name, zero)
	}
	open, within := gate.Public(), gate.SignedIn()
	d.Pages(gate.Route{Method: "GET", Path: "/saker", Rule: open, Handle: p.list}, gate.Route{Method: "GET", Path: "/saker/{id}", Rule: open, Handle: p.show},
		gate.Route{Method: "GET", Path: "/saker/{id}/versjoner", Rule: open, Handle: p.versions}, gate.Route{Method: "GET", Path: "/saksdokumenter/{id}", Rule: open, Handle: p.document},
		gate.Route{Method: "GET", Path: "/saker/{id}/saksframlegg", Rule: within, Handle: p.draft}, gate.Route{Method: "GET", Path: "/saker/{id}/kontroll", Rule: within, Handle: p.review},
		gate.Route{Method: "POST", Path: "/saker/{id}/kontroll", Rule: within, Handle: p.reviewPost}, gate.Route{Method: "POST", Path: "/saker/{id}/send-ut", Rule: within, Handle: p.issuePost},
		gate.Route{Method: "POST", Path: "/saker/{id}/ta-vare", Rule: within, Handle: p.keepPost}, gate.Route{Method: "POST", Path: "/saker/{id}/fjern", Rule: within, Handle: p.removePost})
	for path, f := range map[string]func(*http.Request, access.Actor) (asked, error){
		"/saker/ny": p.createForm, "/saker/{id}/rediger": p.editForm, "/saker/{id}/saksframlegg/{name}": p.sectionForm, "/saker/{id}/hode": p.headerForm,
		"/saker/{id}/behandling": p.treatmentForm, "/saker/{id}/behandling/{treatment}": p.resultForm, "/saker/{id}/dokument": p.newDocumentForm, "/saksdokumenter/{id}/rediger": p.documentForm,
		"/saker/{id}/innspill": p.inputForm, "/saker/{id}/innspill/{input}": p.answerForm, "/saker/{id}/finansiering": p.planForm, "/saker/{id}/kobling": p.linkForm, "/saker/{id}/flytt": p.moveForm,
	} {
		d.Pages(gate.Route{Method: "GET", Path: path, Rule: within, Handle: p.get(f)}, gate.Route{Method: "POST", Path: path, Rule: within, Handle: p.post(f)})
	}
	d.Pages(gate.Route{Method: "GET", Path: "/saker/{id}/arkiv.zip", Rule: open, Handle: p.archive})
	p.Shelf.Pages("/saker/{id}/papir", open, p.paper)
	p.Shelf.Pages("/saker/{id}/utkast", within, p.draftPaper)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/cases/{id}", Rule: open, ID: "get-case",
		Summary: "A case: where it has been, its documents, and its paper as issued", Tags: []string{"meeting"}}, p.apiGet)
	d.Says("case.said.created", "case.said.saved", "case.said.written", "case.said.issued", "case.said.kept", "case.said.moved", "case.said.treated", "case.said.added", "case.said.removed", "case.said.accepted")
}

func path(c casework.ID) string { return "/saker/" + string(c) }

func (p *pages) id(r *http.Request) (casework.ID, error) {
	c, err := meeting.ParseCaseID(r.PathValue("id"))
	if err != nil {
		return "", fault.Missing()
	}
	return c, nil
}

// find reads the case that the path names, as the actor may know it.
func (p *pages) find(r *http.Request, actor access.Actor) (casework.Detail, error) {
	c, err := p.id(r)
	if err != nil {
		return casework.Detail{}, err
	}
	return p.Cases.Get(r.Context(), actor, c)
}

// writing is find for who writes the case; to others its workshop does not exist.
func (p *pages) writing(r *http.Request, actor access.Actor) (casework.Detail, error) {
	d, err := p.find(r, actor)
	if err == nil && d.Sight != casework.Writes {
		err = fault.Missing()
	}
	return d, err
}

// crumbs lead from the list of cases to the case.
func crumbs(t i18n.Printer, d casework.Detail) []ui.Link {
	out := []ui.Link{{Label: t.T("case.list.title"), Href: "/saker"}}
	if d.ID != "" {
		out = append(out, ui.Link{Label: d.Number.String(), Href: path(d.ID)})
	}
	return out
}

func version(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}
