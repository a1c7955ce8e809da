// Package taking makes needs of a kept spreadsheet: it reads the sheet as its owner said
// the columns are, tells what would become of each row, and stores the good ones. The
// pages show it, and the work in the background does it, from the same rows.
package taking

import (
	"context"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/intake"
	"kompetansetorg/internal/room/need/reading"
)

// Deps is what sheets are read with.
type Deps struct {
	Intake *intake.Service
	Needs  *need.Service
	Orgs   *org.Service
	// Register looks up numbers that nobody here has.
	Register *register.Service
	Places   *place.Register
	Clock    clock.Clock
	// Understand gives the concepts that a text is about; nil for none.
	Understand func(text string) []need.Concept
}

// Service reads and stores sheets.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{d} }

// Preview tells what would become of the rows of a sheet, and changes nothing.
func (s *Service) Preview(ctx context.Context, actor access.Actor, u upload.Upload) (intake.Result, []intake.Row, register.Many, error) {
	rows, outside, err := s.Rows(ctx, actor, u)
	if err != nil {
		return intake.Result{}, rows, outside, err
	}
	result, err := s.Intake.Preview(ctx, actor, rows, s.Options(u, outside))
	return result, rows, outside, err
}

// Open reads a sheet that is to be stored (upload.Storing).
func (s *Service) Open(ctx context.Context, actor access.Actor, u upload.Upload) (upload.Rows, error) {
	rows, outside, err := s.Rows(ctx, actor, u)
	if err != nil {
		return upload.Rows{}, err
	}
	o := s.Options(u, outside)
	return upload.Rows{N: len(rows), Write: s.Needs.Write, Store: func(ctx context.Context, tx *db.Tx, actor access.Actor, from, to int) (upload.Tally, error) {
		r, err := s.Intake.ImportIn(ctx, tx, actor, rows[from:to], o)
		return r.Tally, err
	}}, nil
}

// lookUpTime is how long the reading waits for Enhetsregisteret to tell of the
// numbers in a sheet. What it did not come to is asked about the next time.
const lookUpTime = 2 * time.Second

// numbers lists the organisation numbers of the sheet, those that we have apart
// from those that we do not.
func (s *Service) numbers(ctx context.Context, u upload.Upload) (ours map[string]bool, others []string, err error) {
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
			_, err := s.Orgs.Find(ctx, no)
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

// Rows reads the chosen sheet's rows as their owner said the columns are, with
// what the house and Enhetsregisteret know of the numbers in it.
func (s *Service) Rows(ctx context.Context, actor access.Actor, u upload.Upload) ([]intake.Row, register.Many, error) {
	ours, others, err := s.numbers(ctx, u)
	if err != nil {
		return nil, register.Many{}, err
	}
	var many register.Many
	if len(others) > 0 {
		if many, err = s.Register.LookUpMany(ctx, actor, others, lookUpTime); err != nil {
			return nil, many, err
		}
	}
	rd := reading.Reader{Places: s.Places, Today: s.Clock.Today(), Understand: s.Understand,
		KnownNumber: func(no string) bool { return ours[no] || many.Hits[no].Name != "" }}
	data, fields := u.Chosen().Data(), text.Typed[reading.Field](u.Choices.Fields)
	out := make([]intake.Row, len(data))
	for i, row := range data {
		out[i] = rd.Row(row, fields)
	}
	return out, many, nil
}

// Options are the options of the import as the owner has chosen them.
func (s *Service) Options(u upload.Upload, many register.Many) intake.Options {
	return intake.Options{Create: u.Choices.Create, MandateGround: u.Choices.Ground, AsDrafts: u.Choices.Drafts, Units: many.Hits, Register: s.Register}
}
