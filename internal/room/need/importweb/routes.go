package importweb

import (
	"context"
	"embed"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/intake"
	"kompetansetorg/internal/room/need/reading"
	"kompetansetorg/internal/room/need/upload"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Intake  *intake.Service
	Uploads *upload.Service
	Orgs    *org.Service
	Places  *place.Register
	Clock   clock.Clock
	// Understand gives the concepts that a text is about; nil for none.
	Understand func(text string) []need.Concept
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("import", Files, "file", fileView{})
	d.Views.Add("import", Files, "columns", columnsView{})
	d.Views.Add("import", Files, "check", checkView{})
	d.Views.Add("import", Files, "done", doneView{})
	registrars := gate.Roles(need.OwnerRoles()...)
	d.Pages(
		gate.Route{Method: "GET", Path: "/behov/import", Rule: registrars, Handle: p.file},
		gate.Route{Method: "POST", Path: "/behov/import", Rule: registrars, Handle: p.filePost},
		gate.Route{Method: "GET", Path: "/behov/import/mal.xlsx", Rule: registrars, Handle: p.template},
		gate.Route{Method: "GET", Path: "/behov/import/{id}/kolonner", Rule: registrars, Handle: p.columns},
		gate.Route{Method: "POST", Path: "/behov/import/{id}/kolonner", Rule: registrars, Handle: p.columnsPost},
		gate.Route{Method: "GET", Path: "/behov/import/{id}/kontroll", Rule: registrars, Handle: p.check},
		gate.Route{Method: "POST", Path: "/behov/import/{id}/kontroll", Rule: registrars, Handle: p.checkPost},
		gate.Route{Method: "GET", Path: "/behov/import/{id}/feil.xlsx", Rule: registrars, Handle: p.faulty},
		gate.Route{Method: "GET", Path: "/behov/import/{id}/ferdig", Rule: registrars, Handle: p.done},
		gate.Route{Method: "POST", Path: "/behov/import/{id}/forkast", Rule: registrars, Handle: p.dropPost},
	)
	d.Says("import.said.dropped")
}

// find reads the sheet that the path names; for all but its owner there is none.
func (p *pages) find(r *http.Request, actor access.Actor) (upload.Upload, error) {
	id, err := upload.ParseID(r.PathValue("id"))
	if err != nil {
		return upload.Upload{}, fault.Missing()
	}
	return p.Uploads.Get(r.Context(), actor, id)
}

func path(u upload.Upload) string { return "/behov/import/" + string(u.ID) }

// steps shows where in the import one is; those gone through lead back.
func steps(t i18n.Printer, at int, u upload.Upload) ui.Steps {
	out := ui.Steps{Label: t.T("import.steps")}
	hrefs := []string{"/behov/import", path(u) + "/kolonner", path(u) + "/kontroll", ""}
	for i, label := range []i18n.Key{"import.step.file", "import.step.columns", "import.step.check", "import.step.done"} {
		s := ui.Step{Label: t.T(label), State: ui.StepTodo, StateLabel: t.T("import.step.todo")}
		switch {
		case i == at:
			s.State, s.StateLabel = ui.StepCurrent, t.T("import.step.now")
		case i < at:
			s.State, s.StateLabel, s.Href = ui.StepDone, t.T("import.step.past"), hrefs[i]
		}
		out.Items = append(out.Items, s)
	}
	return out
}

// reader reads rows with what the house knows.
func (p *pages) reader(ctx context.Context) reading.Reader {
	known := map[string]bool{}
	return reading.Reader{Places: p.Places, Today: p.Clock.Today(), Understand: p.Understand, KnownNumber: func(number string) bool {
		hit, asked := known[number]
		if !asked {
			found, _, err := p.Orgs.List(ctx, org.Filter{Text: number, Limit: 2})
			for _, e := range found.Items {
				hit = hit || err == nil && e.OrgNo == number
			}
			known[number] = hit
		}
		return hit
	}}
}

// rows reads the chosen sheet's rows as their owner said the columns are.
func (p *pages) rows(ctx context.Context, u upload.Upload) []intake.Row {
	rd, data := p.reader(ctx), u.Chosen().Data()
	fields := fieldsOf(u)
	out := make([]intake.Row, len(data))
	for i, row := range data {
		out[i] = rd.Row(row, fields)
	}
	return out
}

func fieldsOf(u upload.Upload) []reading.Field {
	out := make([]reading.Field, len(u.Choices.Fields))
	for i, f := range u.Choices.Fields {
		out[i] = reading.Field(f)
	}
	return out
}

// importOptions are the options of the import as the owner has chosen them.
func importOptions(u upload.Upload) intake.Options {
	return intake.Options{Create: u.Choices.Create, MandateGround: u.Choices.Ground, AsDrafts: u.Choices.Drafts}
}
