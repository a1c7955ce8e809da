package importweb

import (
	"embed"

	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/common/upload/uploadview"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/reading"
	"kompetansetorg/internal/room/need/taking"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Taking  *taking.Service
	Storing upload.Storing
	Places  *place.Register
}

type pages struct {
	Deps
	door *gate.Door
	step uploadview.Columns
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	p.step = uploadview.Columns{Door: d, Sheets: deps.Storing.Sheets, Storing: deps.Storing, Fields: reading.Columns(), Room: "import", Home: "/behov/import", Crumbs: crumbs, Options: options, Answer: answer}
	p.step.Register()
	d.Views.Add("import", Files, "file", fileView{})
	d.Views.Add("import", Files, "check", checkView{})
	d.Views.Add("import", Files, "done", doneView{})
	registrars := gate.Roles(need.OwnerRoles()...)
	d.Pages(
		gate.Route{Method: "GET", Path: "/behov/import", Rule: registrars, Handle: p.file},
		gate.Route{Method: "POST", Path: "/behov/import", Rule: registrars, Handle: p.filePost},
		gate.Route{Method: "GET", Path: "/behov/import/mal.xlsx", Rule: registrars, Handle: p.template},
		gate.Route{Method: "GET", Path: "/behov/import/{id}/kolonner", Rule: registrars, Handle: p.step.Idle(p.step.Show)},
		gate.Route{Method: "POST", Path: "/behov/import/{id}/kolonner", Rule: registrars, Handle: p.step.Idle(p.step.Choose)},
		gate.Route{Method: "GET", Path: "/behov/import/{id}/kontroll", Rule: registrars, Handle: p.step.Idle(p.check)},
		gate.Route{Method: "POST", Path: "/behov/import/{id}/kontroll", Rule: registrars, Handle: p.step.Store},
		gate.Route{Method: "GET", Path: "/behov/import/{id}/feil.xlsx", Rule: registrars, Handle: p.faulty},
		gate.Route{Method: "GET", Path: "/behov/import/{id}/ferdig", Rule: registrars, Handle: p.step.Idle(p.done)},
		gate.Route{Method: "POST", Path: "/behov/import/{id}/forkast", Rule: registrars, Handle: p.dropPost},
	)
	d.Says("import.said.dropped")
}

// crumbs lead back to where an import begins.
func crumbs(t i18n.Printer) []ui.Link {
	return []ui.Link{{Label: t.T("import.crumb"), Href: "/behov"}, {Label: t.T("import.title"), Href: "/behov/import"}}
}
