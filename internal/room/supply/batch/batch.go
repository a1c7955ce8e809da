package batch

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

const (
	bySource    db.SQL = `SELECT id FROM programme WHERE provider = $1 AND source = $2 AND source_id = $3`
	byAnySource db.SQL = `SELECT id FROM programme WHERE source = $1 AND source_id = $2 ORDER BY id LIMIT 2`
	byTitle     db.SQL = `SELECT id FROM programme WHERE provider = $1 AND title_sort = $2 AND level = $3 ORDER BY source_id, id LIMIT 1`
	offeringBy  db.SQL = `SELECT id FROM offering WHERE provider = $1 AND source = $2 AND source_id = $3`
	offeringsOf db.SQL = `SELECT id FROM offering WHERE programme = $1 ORDER BY id`
	fromSource  db.SQL = `SELECT o.id, o.source_id, p.title_nb, p.title_nn, p.title_en FROM offering AS o JOIN programme AS p ON p.id = o.programme
		WHERE o.provider = $1 AND o.source = $2 AND o.state = $3 AND o.source_id <> '' ORDER BY p.title_sort, o.id`
)

// Batch is what a file says about programmes and offerings.
type Batch struct {
	// Source names the system the file comes from; ids in it are its own.
	Source string
	// Provider is whose programmes they are where the file does not say.
	Provider org.ID
	// Publish makes what is new public at once.
	Publish    bool
	Programmes []Programme
	// Skipped are the kinds of things in the file that are none of these, each once, sorted.
	Skipped []string
}

// Programme is a programme in a file. Fill puts what the file says into
// it; nil when the file only refers to it. SourceID may be empty: then title
// and level say which one it is.
type Programme struct {
	Row                       int
	SourceID, Provider, Title string
	Fill                      func(*offer.Programme) error
	Offerings                 []Offering
}

// Offering is an offering in a file. State is empty when the file says
// nothing about it.
type Offering struct {
	Row      int
	SourceID string
	State    offer.State
	Fill     func(*offer.Offering) error
}

// LineKind says what an import does, or would do, with a line of the file.
type LineKind string

// The kinds of line.
const (
	LineNew       LineKind = "new"
	LineChanged   LineKind = "changed"
	LineUnchanged LineKind = "unchanged"
	LineRefused   LineKind = "refused"
)

// Line is the outcome for one line of the file.
type Line struct {
	Kind     LineKind
	Row      int
	Offering bool // else a programme
	Title    string
	Diffs    []offer.Diff  // of a changed one
	Problems []fault.Field // of a refused one
}

// Missing is an offering of the same source that the file no longer has.
type Missing struct {
	ID              offer.OfferingID
	SourceID, Title string
}

// Plan is the outcome for the whole file.
type Plan struct {
	Lines   []Line
	Missing []Missing
}

// Count is the number of lines of the kind.
func (p Plan) Count(kind LineKind) int {
	n := 0
	for _, l := range p.Lines {
		if l.Kind == kind {
			n++
		}
	}
	return n
}

// Lines is how many lines the file has.
func (b Batch) Lines() int {
	n := len(b.Programmes)
	for _, p := range b.Programmes {
		n += len(p.Offerings)
	}
	return n
}

// MaxImport is the most lines that one import takes.
const MaxImport = 3000

// chunk is how many programmes are written in one transaction, so that others
// can write in between. A file read half is no harm: reading it again goes on
// where it stopped.
const chunk = 8

// Service is the use cases of importing.
type Service struct{ room *supply.Service }

// New makes the use cases.
func New(room *supply.Service) *Service { return &Service{room: room} }

// PlanImport tells what Import would do. Nothing is written.
func (s *Service) PlanImport(ctx context.Context, actor access.Actor, b Batch) (Plan, error) {
	im, err := s.importer(actor, b)
	if err != nil {
		return Plan{}, err
	}
	err = s.room.Read(ctx, func(tx *db.Tx) error {
		for _, p := range b.Programmes {
			if err := im.programme(ctx, tx, p); err != nil {
				return err
			}
		}
		return im.findMissing(ctx, tx)
	})
	return im.plan, err
}

// Import writes what the file says. Lines that are refused change nothing;
// offerings that are unchanged count as confirmed today. A second import of the
// same file changes nothing.
func (s *Service) Import(ctx context.Context, actor access.Actor, b Batch) (Plan, error) {
	return s.ImportWith(ctx, actor, b, Steps{
		Who:  func(context.Context, *db.Tx) (access.Actor, error) { return actor, nil },
		Told: func(int, Plan) error { return nil }})
}

// Steps is what an import asks and tells on its way. Who is whoever imports, asked in each
// transaction; Told hears how many programmes are gone through and what came of them. An
// error of either ends the import there.
type Steps struct {
	Who  func(ctx context.Context, tx *db.Tx) (access.Actor, error)
	Told func(done int, p Plan) error
}

// ImportWith is Import for an actor who does not wait. What is written before it ends stays.
func (s *Service) ImportWith(ctx context.Context, actor access.Actor, b Batch, steps Steps) (Plan, error) {
	im, err := s.importer(actor, b)
	if err != nil {
		return Plan{}, err
	}
	im.writes = true
	done := 0
	for part := range slices.Chunk(b.Programmes, chunk) {
		before := *im
		err := s.room.Write(ctx, func(tx *db.Tx) error {
			// The body may run twice.
			*im = before.clone()
			if im.actor, err = steps.Who(ctx, tx); err != nil {
				return err
			}
			if im.writer, err = s.room.Writer(ctx, tx, im.actor); err != nil {
				return err
			}
			for _, p := range part {
				if err := im.programme(ctx, tx, p); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return before.plan, fmt.Errorf("import: %w", err)
		}
		done += len(part)
		if err := steps.Told(done, im.plan); err != nil {
			return im.plan, err
		}
	}
	err = s.room.Write(ctx, func(tx *db.Tx) error {
		audit.Record(tx, s.room.Now(), actor, supply.ActionImportProgrammes, audit.Subject{Kind: "organisation", ID: string(b.Provider)},
			audit.Field("source", "", b.Source), audit.Field("new", "", im.plan.Count(LineNew)), audit.Field("changed", "", im.plan.Count(LineChanged)),
			audit.Field("refused", "", im.plan.Count(LineRefused)))
		return nil
	})
	return im.plan, err
}

// Takes refuses a batch that the actor may not import, or that is too large.
func (s *Service) Takes(actor access.Actor, b Batch) error {
	_, err := s.importer(actor, b)
	return err
}

func (s *Service) importer(actor access.Actor, b Batch) (*importer, error) {
	switch {
	case b.Provider != "" && supply.CanImport(actor, b.Provider) != nil:
		return nil, supply.CanImport(actor, b.Provider)
	case !actor.IsSystem() && !actor.Has(access.RoleProviderUser, access.RoleCaseOfficer, access.RoleSysadmin):
		return nil, fault.New(fault.Denied, "supply.error.not_provider")
	case b.Lines() > MaxImport && !actor.IsSystem():
		return nil, fault.New(fault.TooLarge, "supply.error.import_rows", "max", MaxImport)
	case text.IsBlank(b.Source):
		return nil, fault.InvalidField("source", "form.error.required")
	}
	return &importer{Service: s.room, actor: actor, batch: b, providers: map[string]found{}, seen: map[string]int{}, met: map[offer.OfferingID]bool{}}, nil
}

// importer goes through a file and notes the outcome of each line; when it
// writes, it does what it notes.
type importer struct {
	*supply.Service
	actor     access.Actor
	batch     Batch
	writes    bool
	writer    supply.Writer // of the transaction, when it writes
	plan      Plan
	providers map[string]found
	seen      map[string]int // what the file has had, and in which row
	met       map[offer.OfferingID]bool
	involved  []org.ID
}

// clone is the importer with maps of its own, to begin a transaction again.
func (im importer) clone() importer {
	im.seen, im.met = cloneMap(im.seen), cloneMap(im.met)
	im.plan.Lines, im.involved = slices.Clone(im.plan.Lines), slices.Clone(im.involved)
	return im
}

func cloneMap[K comparable, V any](m map[K]V) map[K]V {
	out := make(map[K]V, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

type found struct {
	id  org.ID
	err error
}

// provider finds who offers it, and whether the actor may import for them.
func (im *importer) provider(ctx context.Context, tx *db.Tx, written string) (org.ID, error) {
	f, ok := im.providers[written]
	if ok {
		return f.id, f.err
	}
	f.id = im.batch.Provider
	if written != "" {
		id, err := im.Orgs().Resolve(ctx, tx, written)
		switch {
		case err == nil:
			f.id = id
		case fault.Is(err, fault.Conflict):
			f.err = fault.InvalidField("provider", "supply.error.provider_several", "name", text.Truncate(written, 60))
		case fault.Is(err, fault.NotFound):
			f.err = fault.InvalidField("provider", "supply.error.provider_unknown", "name", text.Truncate(written, 60))
		default:
			return "", err
		}
	}
	switch {
	case f.err != nil:
	case f.id == "":
		f.err = fault.InvalidField("provider", "form.error.required")
	case supply.CanImport(im.actor, f.id) != nil:
		f.err = fault.InvalidField("provider", "supply.error.not_provider")
	}
	im.providers[written] = f
	return f.id, f.err
}

// refuse notes why a line is not taken; faults that are not about the line are
// returned.
func (im *importer) refuse(line Line, err error) error {
	e, ok := fault.As(err)
	if !ok {
		return err
	}
	line.Kind, line.Problems = LineRefused, e.Fields
	if len(e.Fields) == 0 {
		line.Problems = []fault.Field{{Key: e.Key, Values: e.Values}}
	}
	im.plan.Lines = append(im.plan.Lines, line)
	return nil
}

// twice notes that the file has had this before.
func (im *importer) twice(line Line, key string) error {
	if row, ok := im.seen[key]; ok {
		return fault.InvalidField("id", "supply.error.twice", "row", row)
	}
	im.seen[key] = line.Row
	return nil
}

func (im *importer) findMissing(ctx context.Context, tx *db.Tx) error {
	for _, p := range im.involved {
		rows, err := db.List[missingRow](ctx, tx, fromSource, p, im.batch.Source, offer.Active)
		if err != nil {
			return fmt.Errorf("import: missing: %w", err)
		}
		for _, r := range rows {
			if !im.met[r.ID] {
				im.plan.Missing = append(im.plan.Missing, Missing{r.ID, r.SourceID, strings.TrimSpace(firstOf(r.NB, r.NN, r.EN))})
			}
		}
	}
	return nil
}

type missingRow struct {
	ID       offer.OfferingID `db:"id"`
	SourceID string           `db:"source_id"`
	NB       string           `db:"title_nb"`
	NN       string           `db:"title_nn"`
	EN       string           `db:"title_en"`
}

func firstOf(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
