package importweb

import (
	"context"
	"embed"
	"net/http"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/intake"
	"kompetansetorg/internal/room/need/reading"
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
	// Register looks up numbers that nobody here has.
	Register *register.Service
	Places   *place.Register
	Clock    clock.Clock
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

// lookUpTime is how long a page waits for Enhetsregisteret to tell of the
// numbers in a sheet. What it did not come to is asked about the next time.
const lookUpTime = 2 * time.Second

// numbers lists the organisation numbers of the sheet, those that we have apart
// from those that we do not.
func (p *pages) numbers(ctx context.Context, u upload.Upload) (ours map[string]bool, others []string, err error) {
	ours = map[string]bool{}
	fields := fieldsOf(u)
	seen := map[string]bool{}
	for _, row := range u.Chosen().Data() {
		for i, f := range fields {
			no, parseErr := text.ParseOrgNumber(row.Cell(i))
			if f != reading.OrgNumber && f != reading.Organisation || parseErr != nil || seen[no] {
				continue
			}
			seen[no] = true
			_, err := p.Orgs.Find(ctx, no)
			switch {
			case fault.Is(err, fault.NotFound):
				others = append(others, no)
			case err != nil && !fault.Is(err, fault.Conflict):
				return nil, nil, err
			default:
				ours[no] = true
			}
		}
	}
	return ours, others, nil
}

// rows reads the chosen sheet's rows as their owner said the columns are, with
// what the house and Enhetsregisteret know of the numbers in it.
func (p *pages) rows(ctx context.Context, actor access.Actor, u upload.Upload) ([]intake.Row, register.Many, error) {
	ours, others, err := p.numbers(ctx, u)
	if err != nil {
		return nil, register.Many{}, err
	}
	var many register.Many
	if len(others) > 0 {
		if many, err = p.Register.LookUpMany(ctx, actor, others, lookUpTime); err != nil {
			return nil, many, err
		}
	}
	rd := reading.Reader{Places: p.Places, Today: p.Clock.Today(), Understand: p.Understand,
		KnownNumber: func(no string) bool { return ours[no] || many.Hits[no].Name != "" }}
	data, fields := u.Chosen().Data(), fieldsOf(u)
	out := make([]intake.Row, len(data))
	for i, row := range data {
		out[i] = rd.Row(row, fields)
	}
	return out, many, nil
}

func fieldsOf(u upload.Upload) []reading.Field {
	out := make([]reading.Field, len(u.Choices.Fields))
	for i, f := range u.Choices.Fields {
		out[i] = reading.Field(f)
	}
	return out
}

// importOptions are the options of the import as the owner has chosen them.
func (p *pages) importOptions(u upload.Upload, many register.Many) intake.Options {
	return intake.Options{Create: u.Choices.Create, MandateGround: u.Choices.Ground, AsDrafts: u.Choices.Drafts, Units: many.Hits, Register: p.Register}
}
