package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/outreach"
)

// MaxRows is how many rows one import may have.
const MaxRows = 2_000

// The actions of the audit log of a sheet between the steps.
const (
	ActionUpload   audit.Action = "outreach.import_upload"
	ActionChoose   audit.Action = "outreach.import_choose"
	ActionHeadings audit.Action = "outreach.import_headings"
	ActionDrop     audit.Action = "outreach.import_drop"
	ActionConfirm  audit.Action = "outreach.import_confirm"
	ActionStored   audit.Action = "outreach.import_stored"
)

// Sheets is the use that a kept sheet of visits is for.
func Sheets() upload.Use {
	return upload.Use{Kind: "outreach", Roles: outreach.Roles(), May: may,
		Actions: upload.Actions{Keep: ActionUpload, Choose: ActionChoose, Headings: ActionHeadings, Drop: ActionDrop, Confirm: ActionConfirm, Stored: ActionStored}}
}

func may(a access.Actor) error {
	if len(a.Orgs(outreach.Roles()...)) == 0 {
		return fault.New(fault.Denied, "outreach.error.not_yours")
	}
	return nil
}

// Outcome tells what becomes of a row. Mark is the same for the same row of any sheet.
type Outcome struct {
	Nr     int
	State  upload.State
	Faults []fault.Field
	Visit  outreach.Visit
	mark   string
}

// Result tells what became of an import.
type Result struct {
	upload.Tally
	Rows []Outcome
}

// Service is the use cases of importing.
type Service struct {
	db     *db.DB
	visits *outreach.Service
	orgs   *org.Service
	places *place.Register
}

// New makes the use cases.
func New(d *db.DB, visits *outreach.Service, orgs *org.Service, places *place.Register) *Service {
	return &Service{db: d, visits: visits, orgs: orgs, places: places}
}

const knownVisit db.SQL = `SELECT id FROM outreach_visit WHERE hub = $1 AND org = $2 AND day = $3 AND kind = $4 AND minutes = $5 AND municipality = $6 ORDER BY id LIMIT 1`

// Preview tells what an import would do, and changes nothing.
func (s *Service) Preview(ctx context.Context, actor access.Actor, rows []Row) (Result, error) {
	var out Result
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.look(ctx, tx, actor, rows)
		return err
	})
	return out, err
}

// importIn stores the good rows and tells what became of each. What is here already is
// left as it is, so a second import of the same sheet stores nothing.
func (s *Service) importIn(ctx context.Context, tx *db.Tx, actor access.Actor, rows []Row) (Result, error) {
	out, err := s.look(ctx, tx, actor, rows)
	if err != nil {
		return out, err
	}
	for _, r := range out.Rows {
		if r.State != upload.OK {
			continue
		}
		if _, _, err := s.visits.RecordIn(ctx, tx, actor, r.Visit, r.mark); err != nil {
			return out, fmt.Errorf("visits: import: row %d: %w", r.Nr, err)
		}
	}
	return out, nil
}

// Rows reads the rows of a kept sheet as its owner said the columns are.
func (s *Service) Rows(u upload.Upload) []Row {
	rd := Reader{Places: s.places, Today: s.visits.Today()}
	var out []Row
	for _, row := range u.Chosen().Data() {
		out = append(out, rd.Row(row, u.Choices.Fields))
	}
	return out
}

// Open reads a sheet that is to be stored (upload.Storing).
func (s *Service) Open(_ context.Context, _ access.Actor, u upload.Upload) (upload.Rows, error) {
	rows := s.Rows(u)
	return upload.Rows{N: len(rows), Write: s.db.Write, Store: func(ctx context.Context, tx *db.Tx, actor access.Actor, from, to int) (upload.Tally, error) {
		r, err := s.importIn(ctx, tx, actor, rows[from:to])
		return r.Tally, err
	}}, nil
}

// Fits refuses a sheet with more rows than MaxRows: TooLarge.
func Fits(rows int) error {
	if rows > MaxRows {
		return fault.New(fault.TooLarge, "outreach.import.error.too_many", "max", MaxRows)
	}
	return nil
}

// look judges every row without changing anything.
func (s *Service) look(ctx context.Context, tx *db.Tx, actor access.Actor, rows []Row) (Result, error) {
	if err := may(actor); err != nil {
		return Result{}, err
	}
	if err := Fits(len(rows)); err != nil {
		return Result{}, err
	}
	var out Result
	l := looker{s: s, actor: actor, orgs: map[string]named{}, seen: map[string]bool{}}
	for _, r := range rows {
		one, err := l.row(ctx, tx, r)
		if err != nil {
			return Result{}, fmt.Errorf("visits: row %d: %w", r.Nr, err)
		}
		out.Add(one.State)
		out.Rows = append(out.Rows, one)
	}
	return out, nil
}

// named is what a name means: an organisation, or the key of what is wrong with it.
type named struct {
	id           org.ID
	municipality string
	wrong        fault.Field
}

// looker judges the rows of one import, remembering what it has looked up.
type looker struct {
	s     *Service
	actor access.Actor
	orgs  map[string]named
	seen  map[string]bool
}

func (l *looker) row(ctx context.Context, tx *db.Tx, r Row) (Outcome, error) {
	out := Outcome{Nr: r.Nr, State: upload.Wrong, Visit: r.Visit}
	var fs fault.Fields
	for _, f := range r.Faults {
		fs.Add(f.Name, f.Key, f.Values...)
	}
	o, err := l.org(ctx, tx, r.Organisation)
	if err != nil {
		return out, err
	}
	if o.wrong.Key != "" {
		fs.Add(string(Organisation), o.wrong.Key)
	}
	if err := l.hub(ctx, tx, r, &out.Visit, &fs); err != nil {
		return out, err
	}
	out.Visit.Organisation = o.id
	if out.Visit.Municipality == "" && !fs.Has(string(Municipality)) {
		out.Visit.Municipality = o.municipality
	}
	out.check(&fs, l.s)
	if e, ok := fault.As(fs.Err()); ok {
		out.Faults = e.Fields
		return out, nil
	}
	return out, l.known(ctx, tx, &out)
}

// check notes what the room says of the visit, at fields that nothing is said of yet.
func (o Outcome) check(fs *fault.Fields, s *Service) {
	var own fault.Fields
	o.Visit.Check(&own, s.visits.Today())
	if e, ok := fault.As(own.Err()); ok {
		for _, f := range e.Fields {
			if !fs.Has(f.Name) {
				fs.Add(f.Name, f.Key, f.Values...)
			}
		}
	}
}

// hub finds who went: whom the row names, of those the actor goes out for, else the
// actor's first.
func (l *looker) hub(ctx context.Context, tx *db.Tx, r Row, v *outreach.Visit, fs *fault.Fields) error {
	own := l.actor.Orgs(outreach.Roles()...)
	v.Hub = own[0]
	if r.Hub == "" {
		return nil
	}
	named, err := l.org(ctx, tx, r.Hub)
	if err != nil {
		return err
	}
	for _, o := range own {
		if o == named.id {
			v.Hub = o
			return nil
		}
	}
	fs.Add(string(Hub), "outreach.error.not_yours")
	return nil
}

// org finds the organisation that is written.
func (l *looker) org(ctx context.Context, tx *db.Tx, written string) (named, error) {
	key := text.Fold(written)
	if n, ok := l.orgs[key]; ok || key == "" {
		return n, nil
	}
	var n named
	found, err := l.s.orgs.Resolve(ctx, tx, written)
	switch {
	case fault.Is(err, fault.NotFound):
		n.wrong.Key = "outreach.error.organisation"
	case fault.Is(err, fault.Conflict):
		n.wrong.Key = "outreach.error.several"
	case err != nil:
		return n, err
	default:
		o, err := org.Get(ctx, tx, found)
		if err != nil {
			return n, err
		}
		n.id, n.municipality = found, o.Municipality
	}
	l.orgs[key] = n
	return n, nil
}

// known settles whether the visit is here already, or stands twice in the sheet.
func (l *looker) known(ctx context.Context, tx *db.Tx, o *Outcome) error {
	v := o.Visit
	sum := sha256.Sum256([]byte(strings.Join([]string{string(v.Hub), string(v.Organisation), v.Day.String(), string(v.Kind), strconv.Itoa(v.Minutes), v.Municipality}, "\x1f")))
	o.mark = "sheet-" + hex.EncodeToString(sum[:])
	before, err := db.List[outreach.ID](ctx, tx, knownVisit, v.Hub, v.Organisation, v.Day, v.Kind, v.Minutes, v.Municipality)
	if err != nil {
		return err
	}
	o.State = upload.OK
	if len(before) > 0 || l.seen[o.mark] {
		o.State = upload.Duplicate
	}
	l.seen[o.mark] = true
	return nil
}
