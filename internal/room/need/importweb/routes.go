package importweb

import (
	"context"
	"embed"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/common/upload/uploadview"
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
	step uploadview.Columns
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	p.step = uploadview.Columns{Door: d, Sheets: deps.Uploads, Fields: reading.Columns(), Room: "import", Home: "/behov/import", Crumbs: crumbs, Options: options, Answer: answer}
	p.step.Register()
	d.Views.Add("import", Files, "file", fileView{})
	d.Views.Add("import", Files, "check", checkView{})
	d.Views.Add("import", Files, "done", doneView{})
	registrars := gate.Roles(need.OwnerRoles()...)
	d.Pages(
		gate.Route{Method: "GET", Path: "/behov/import", Rule: registrars, Handle: p.file},
		gate.Route{Method: "POST", Path: "/behov/import", Rule: registrars, Handle: p.filePost},
		gate.Route{Method: "GET", Path: "/behov/import/mal.xlsx", Rule: registrars, Handle: p.template},
		gate.Route{Method: "GET", Path: "/behov/import/{id}/kolonner", Rule: registrars, Handle: p.step.Show},
		gate.Route{Method: "POST", Path: "/behov/import/{id}/kolonner", Rule: registrars, Handle: p.step.Choose},
		gate.Route{Method: "GET", Path: "/behov/import/{id}/kontroll", Rule: registrars, Handle: p.check},
		gate.Route{Method: "POST", Path: "/behov/import/{id}/kontroll", Rule: registrars, Handle: p.checkPost},
		gate.Route{Method: "GET", Path: "/behov/import/{id}/feil.xlsx", Rule: registrars, Handle: p.faulty},
		gate.Route{Method: "GET", Path: "/behov/import/{id}/ferdig", Rule: registrars, Handle: p.done},
		gate.Route{Method: "POST", Path: "/behov/import/{id}/forkast", Rule: registrars, Handle: p.dropPost},
	)
	d.Says("import.said.dropped")
}

// crumbs lead back to where an import begins.
func crumbs(t i18n.Printer) []ui.Link {
	return []ui.Link{{Label: t.T("import.crumb"), Href: "/behov"}, {Label: t.T("import.title"), Href: "/behov/import"}}
}

// lookUpTime is how long a page waits for Enhetsregisteret to tell of the
// numbers in a sheet. What it did not come to is asked about the next time.
const lookUpTime = 2 * time.Second

// numbers lists the organisation numbers of the sheet, those that we have apart
// from those that we do not.
func (p *pages) numbers(ctx context.Context, u upload.Upload) (ours map[string]bool, others []string, err error) {
	ours = map[string]bool{}
	fields := text.Typed[reading.Field](u.Choices.Fields)
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
	data, fields := u.Chosen().Data(), text.Typed[reading.Field](u.Choices.Fields)
	out := make([]intake.Row, len(data))
	for i, row := range data {
		out[i] = rd.Row(row, fields)
	}
	return out, many, nil
}

// importOptions are the options of the import as the owner has chosen them.
func (p *pages) importOptions(u upload.Upload, many register.Many) intake.Options {
	return intake.Options{Create: u.Choices.Create, MandateGround: u.Choices.Ground, AsDrafts: u.Choices.Drafts, Units: many.Hits, Register: p.Register}
}
