// Package attachweb gives out attachments, and takes them in: the section that
// attachview draws on a thing's page posts here.
package attachweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Attach  *attach.Service
	Objects *object.Kinds
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes. A file is open to whoever may see what it hangs on.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("attach", Files, "thing", thingView{})
	d.Views.Add("attach", Files, "version", versionView{})
	d.Views.Add("attach", Files, "remove", removeView{})
	in := gate.SignedIn()
	d.Pages(
		gate.Route{Method: "GET", Path: "/vedlegg/{id}/{name}", Rule: gate.Public(), Handle: p.get},
		gate.Route{Method: "GET", Path: "/vedlegg/til/{kind}/{ref}", Rule: in, Handle: p.thing},
		gate.Route{Method: "POST", Path: "/vedlegg/til/{kind}/{ref}", Rule: in, Handle: p.thingPost},
		gate.Route{Method: "GET", Path: "/vedlegg/{id}/ny-versjon", Rule: in, Handle: p.version},
		gate.Route{Method: "POST", Path: "/vedlegg/{id}/ny-versjon", Rule: in, Handle: p.versionPost},
		gate.Route{Method: "GET", Path: "/vedlegg/{id}/ta-bort", Rule: in, Handle: p.remove},
		gate.Route{Method: "POST", Path: "/vedlegg/{id}/ta-bort", Rule: in, Handle: p.removePost},
	)
	d.Says("attach.said.added", "attach.said.version", "attach.said.removed")
}

// find reads the version that the path names, as the actor may see it.
func (p *pages) find(r *http.Request, actor access.Actor) (attach.Version, error) {
	version, err := attach.ParseVersionID(r.PathValue("id"))
	if err != nil {
		return attach.Version{}, fault.Missing()
	}
	return p.Attach.Get(r.Context(), actor, version)
}

// changing is find for those who may change what the version hangs on.
func (p *pages) changing(r *http.Request, actor access.Actor) (attach.Version, attach.List, error) {
	v, err := p.find(r, actor)
	if err != nil {
		return v, attach.List{}, err
	}
	list, err := p.Attach.List(r.Context(), actor, v.Thing)
	if err == nil && !list.MayChange {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return v, list, err
}

// crumbs lead to the thing, and from pages about one file to all of them.
func (p *pages) crumbs(t i18n.Printer, l attach.List, below bool) []ui.Link {
	out := []ui.Link{{Label: name(t, l.Thing), Href: p.Objects.Href(l.Thing.Ref)}}
	if below {
		out = append(out, ui.Link{Label: t.T("attach.title"), Href: attachview.To(l.Thing.Ref)})
	}
	return out
}

// name is what the thing is called.
func name(t i18n.Printer, c object.Card) string {
	title, _ := c.Title.In(t.Language())
	if c.Number != "" {
		return c.Number + " " + title
	}
	return title
}

// done goes on to the section on the thing's own page, with a word about what was
// done.
func (p *pages) done(w http.ResponseWriter, r *http.Request, thing object.Ref, said i18n.Key) error {
	return web.SeeOther(w, r, p.Objects.Href(thing)+"?ok="+string(said)+"#"+attachview.SectionID)
}
