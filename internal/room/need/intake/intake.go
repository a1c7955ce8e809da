package intake

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
)

// MaxRows is how many rows one import may have.
const MaxRows = 2_000

// Row is a line of a sheet, its cells read into a content. Organisation names
// who has the need, as written; the content's own Organisation is ignored.
type Row struct {
	Nr           int // as the reader counts, to find the row again
	Organisation string
	Content      need.Content
	// Faults are cells that could not be read at all.
	Faults []fault.Field
}

// Options say how to import.
type Options struct {
	// Create registers organisations that are not known, as companies in the
	// row's municipality.
	Create bool
	// MandateGround says how the organisations gave their mandate, where a row
	// does not say it itself.
	MandateGround string
	// Units are what Enhetsregisteret has for the numbers in the sheet that nobody
	// here has; with Create they are registered from it, by Register.
	Units    map[string]register.Hit
	Register *register.Service
	// AsDrafts leaves the needs as drafts, to be gone through one by one.
	AsDrafts bool
}

// The actions of the audit log of a sheet between the steps.
const (
	ActionUpload   audit.Action = "need.import_upload"
	ActionChoose   audit.Action = "need.import_choose"
	ActionHeadings audit.Action = "need.import_headings"
	ActionDrop     audit.Action = "need.import_drop"
	ActionConfirm  audit.Action = "need.import_confirm"
	ActionStored   audit.Action = "need.import_stored"
)

// Sheets is the use that a kept sheet of needs is for.
func Sheets() upload.Use {
	return upload.Use{Kind: "need", Roles: need.OwnerRoles(), Actions: upload.Actions{Keep: ActionUpload, Choose: ActionChoose, Headings: ActionHeadings, Drop: ActionDrop, Confirm: ActionConfirm, Stored: ActionStored},
		May: func(a access.Actor) error {
			if !need.CanRegister(a) {
				return fault.New(fault.Denied, "need.error.may_not_register")
			}
			return nil
		}}
}

// Outcome tells what becomes of a row.
type Outcome struct {
	Nr           int
	State        upload.State
	Faults       []fault.Field
	Organisation org.ID // empty for one that would be made
	// NewOrganisation tells that the organisation is not known yet.
	NewOrganisation bool
	Content         need.Content
	Need            need.ID // set when stored
}

// Result tells what became of an import.
type Result struct {
	upload.Tally
	Rows []Outcome
	// Unknown lists the organisations that are not known, as written, each once.
	Unknown []string
}

// Service is the use cases of importing.
type Service struct{ room *need.Service }

// New makes the use cases.
func New(room *need.Service) *Service { return &Service{room: room} }

// Preview tells what an import would do, and changes nothing.
func (s *Service) Preview(ctx context.Context, actor access.Actor, rows []Row, o Options) (Result, error) {
	var out Result
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.look(ctx, tx, actor, rows, o)
		return err
	})
	if err != nil {
		return Result{}, fmt.Errorf("need: preview import: %w", err)
	}
	return out, nil
}

// Import stores the good rows, all or none, and tells what became of each.
func (s *Service) Import(ctx context.Context, actor access.Actor, rows []Row, o Options) (Result, error) {
	var out Result
	err := s.room.Write(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.ImportIn(ctx, tx, actor, rows, o)
		return err
	})
	return out, err
}

// ImportIn is Import in a transaction of the caller, who may pass a sheet in portions:
// rows that were stored with an earlier portion are known.
func (s *Service) ImportIn(ctx context.Context, tx *db.Tx, actor access.Actor, rows []Row, o Options) (Result, error) {
	out, err := s.look(ctx, tx, actor, rows, o)
	if err != nil {
		return Result{}, fmt.Errorf("need: import: %w", err)
	}
	made := map[string]org.ID{}
	for i := range out.Rows {
		if r := &out.Rows[i]; r.State == upload.OK {
			if err := s.save(ctx, tx, actor, r, rows[i].Organisation, made, o); err != nil {
				return Result{}, fmt.Errorf("need: import: row %d: %w", r.Nr, err)
			}
		}
	}
	return out, nil
}

// Fits refuses a sheet with more rows than MaxRows: TooLarge.
func Fits(rows int) error {
	if rows > MaxRows {
		return fault.New(fault.TooLarge, "need.error.too_many_rows", "max", MaxRows)
	}
	return nil
}

// look judges every row without changing anything.
func (s *Service) look(ctx context.Context, tx *db.Tx, actor access.Actor, rows []Row, o Options) (Result, error) {
	if !need.CanRegister(actor) {
		return Result{}, fault.New(fault.Denied, "need.error.may_not_register")
	}
	if err := Fits(len(rows)); err != nil {
		return Result{}, err
	}
	l := looker{s: s, actor: actor, o: o, orgs: map[string]found{}, seen: map[string]bool{}}
	var out Result
	for _, r := range rows {
		one, err := l.row(ctx, tx, r)
		if err != nil {
			return Result{}, fmt.Errorf("row %d: %w", r.Nr, err)
		}
		out.Add(one.State)
		out.Rows = append(out.Rows, one)
	}
	out.Unknown = l.unknown
	return out, nil
}

// looker judges the rows of one import, remembering what it has looked up.
type looker struct {
	s       *Service
	actor   access.Actor
	o       Options
	orgs    map[string]found
	seen    map[string]bool
	unknown []string
}

// found is what a name in the organisation column means.
type found struct {
	id    org.ID
	fault *fault.Field
	isNew bool
}

// unit is what Enhetsregisteret has for the text, if it is a number it was
// asked about.
func (o Options) unit(written string) (register.Hit, bool) {
	no, err := text.ParseOrgNumber(written)
	hit, ok := o.Units[no]
	return hit, ok && err == nil
}

// judgeUnit is what is wrong with a number that nobody here has, as
// Enhetsregisteret says it; nil for nothing. name is what to call it.
func (o Options) judgeUnit(written string) (name string, wrong *fault.Field) {
	name = text.CleanLine(written)
	hit, ok := o.unit(written)
	switch {
	case !ok:
		return name, nil
	case hit.Unit.State == brreg.Unknown:
		return name, &fault.Field{Name: "organisation", Key: "need.error.number_unknown"}
	case hit.Unit.State.IsClosed():
		e, _ := fault.As(org.Standing{State: hit.Unit.State}.Refused("organisation", cmp.Or(hit.Name, name)))
		return hit.Name, &e.Fields[0]
	}
	return hit.Name + " (" + text.FormatOrgNumber(hit.Unit.OrgNo) + ")", nil
}

const byFingerprint db.SQL = `SELECT id FROM need WHERE fingerprint = $1`

func (l *looker) row(ctx context.Context, tx *db.Tx, r Row) (Outcome, error) {
	out := Outcome{Nr: r.Nr, State: upload.Wrong, Content: r.Content, Faults: r.Faults}
	in := r.Content
	in.Organisation = ""
	if text.IsBlank(in.MandateGround) {
		in.MandateGround = l.o.MandateGround
	}
	var fs fault.Fields
	f, err := l.organisation(ctx, tx, r)
	if err != nil {
		return out, err
	}
	if f.fault != nil {
		fs.Add(f.fault.Name, f.fault.Key, f.fault.Values...)
	}
	in.Organisation, out.Organisation, out.NewOrganisation = f.id, f.id, f.isNew
	checked, err := l.s.room.CheckImport(ctx, tx, l.actor, in, f.isNew || f.fault != nil)
	if err := fs.AddErr(err); err != nil {
		return out, err
	}
	// A cell that could not be read is empty now; one fault for it is enough.
	unread := map[string]bool{}
	for _, x := range r.Faults {
		unread[x.Name] = true
	}
	if e, ok := fault.As(fs.Err()); ok {
		for _, x := range e.Fields {
			noise := f.fault != nil && x.Name == "mandate_ground" // nobody is named to have given one
			if !unread[x.Name] && !noise {
				out.Faults = append(out.Faults, x)
				unread[x.Name] = true
			}
		}
	}
	if len(out.Faults) > 0 {
		return out, nil
	}
	out.Content = checked
	out.State, err = l.known(ctx, tx, checked, text.Fold(r.Organisation))
	return out, err
}

// organisation finds out what the name in the organisation column means.
func (l *looker) organisation(ctx context.Context, tx *db.Tx, r Row) (found, error) {
	name := text.Fold(r.Organisation)
	if name == "" {
		return found{}, nil // the check says whether that is enough
	}
	if f, ok := l.orgs[name]; ok {
		return f, nil
	}
	id, err := l.s.room.Orgs().Resolve(ctx, tx, r.Organisation)
	f := found{id: id}
	switch {
	case fault.Is(err, fault.Conflict):
		f.fault = &fault.Field{Name: "organisation", Key: "need.error.ambiguous_organisation"}
	case fault.Is(err, fault.NotFound):
		var called string
		called, f.fault = l.o.judgeUnit(r.Organisation)
		switch {
		case f.fault != nil:
		case l.o.Create && need.CanRepresent(l.actor):
			f.isNew = true
			l.unknown = append(l.unknown, called)
		default:
			f.fault = &fault.Field{Name: "organisation", Key: "need.error.unknown_organisation"}
			l.unknown = append(l.unknown, called)
		}
	case err != nil:
		return found{}, err
	}
	l.orgs[name] = f
	return f, nil
}

// known reports whether the row has been stored before, or stands twice in
// the sheet.
func (l *looker) known(ctx context.Context, tx *db.Tx, in need.Content, name string) (upload.State, error) {
	mark := fingerprint(in)
	here := mark
	if in.Organisation == "" {
		here += name
	}
	if l.seen[here] {
		return upload.Duplicate, nil
	}
	l.seen[here] = true
	ids, err := db.List[need.ID](ctx, tx, byFingerprint, mark)
	if err != nil {
		return upload.Wrong, err
	}
	if len(ids) > 0 {
		return upload.Duplicate, nil
	}
	return upload.OK, nil
}

// fingerprint is the same for the same row of the same sheet.
func fingerprint(in need.Content) string {
	who := string(in.Organisation)
	if who == "" {
		who = string(in.RepresentedBy) + " " + strconv.Itoa(in.Firms)
	}
	sum := sha256.Sum256([]byte(who + "\x1f" + text.Fold(in.Text) + "\x1f" + in.Municipality + "\x1f" + strconv.Itoa(in.Headcount)))
	return hex.EncodeToString(sum[:])
}

// save stores a good row, after registering its organisation if it is new.
func (s *Service) save(ctx context.Context, tx *db.Tx, actor access.Actor, r *Outcome, name string, made map[string]org.ID, o Options) error {
	in := r.Content
	if r.NewOrganisation {
		key := text.Fold(name)
		if made[key] == "" {
			var err error
			if made[key], err = s.register(ctx, tx, actor, name, in.Municipality, o); err != nil {
				return err
			}
		}
		in.Organisation, in.Firms, r.Organisation = made[key], 1, made[key]
	}
	n, err := s.room.Import(ctx, tx, actor, need.Imported{Content: in, Fingerprint: fingerprint(in), AsDraft: o.AsDrafts})
	r.Need = n.ID
	return err
}

// register makes the organisation that a row names: from Enhetsregisteret when
// it has the number, else as it is written.
func (s *Service) register(ctx context.Context, tx *db.Tx, actor access.Actor, name, municipality string, o Options) (org.ID, error) {
	if hit, ok := o.unit(name); ok && o.Register != nil && hit.Name != "" {
		return o.Register.AddIn(ctx, tx, actor, hit, municipality)
	}
	made, err := s.room.Orgs().RegisterIn(ctx, tx, actor, registration(name, municipality))
	return made.ID, err
}

// registration is what a new company is registered with; a name that is an
// organisation number stands as both.
func registration(name, municipality string) org.Registration {
	in := org.Registration{Kind: org.Company, Name: text.CleanLine(name), Municipality: municipality}
	if no, err := text.ParseOrgNumber(name); err == nil {
		in.OrgNo = no
	}
	return in
}
