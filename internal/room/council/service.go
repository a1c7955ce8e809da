package council

import (
	"context"
	"regexp"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// The actions of the audit log.
const (
	ActionDraft     audit.Action = "council.draft"
	ActionParagraph audit.Action = "council.paragraph"
	ActionSend      audit.Action = "council.send"
	ActionAnswer    audit.Action = "council.answer"
	ActionDrop      audit.Action = "council.drop"
	ActionCheck     audit.Action = "council.check"
)

// Deps is what the room needs.
type Deps struct {
	DB     *db.DB
	Clock  clock.Clock
	Bodies Bodies
}

// Service is the use cases of agreements.
type Service struct{ Deps }

// New makes the room.
func New(d Deps) *Service { return &Service{Deps: d} }

// The longest texts, in characters.
const (
	MaxLine  = 300
	MaxWords = 4_000
	MaxText  = 40_000
)

// Subject is how the audit log knows a council: as the body that it is.
func Subject(b BodyID) audit.Subject { return audit.Subject{Kind: BodyKind, ID: string(b)} }

// caseNumber is how municipalities write the number of a case: PS 45/20, 45/2020, or
// the archive's 2020/10212.
var caseNumber = regexp.MustCompile(`^(?:(?:\p{L}{1,6}[ -]?)?\d{1,5}/\d{2}(?:\d{2})?|(?:19|20)\d{2}/\d{1,7})$`)

// CaseNumber notes that a text is not the number of a case.
func CaseNumber(fs *fault.Fields, field, s string) {
	switch {
	case text.IsBlank(s):
		fs.Add(field, "form.error.required")
	case !caseNumber.MatchString(s):
		fs.Add(field, "council.error.case_number")
	}
}

// Past notes that a day is missing or has not come yet.
func Past(fs *fault.Fields, field string, day, today clock.Date) {
	switch {
	case day.IsZero():
		fs.Add(field, "form.error.required")
	case day.After(today):
		fs.Add(field, "council.error.future")
	}
}

// Keeping loads the council for its secretary; others are Denied.
func Keeping(ctx context.Context, tx *db.Tx, bodies Bodies, actor access.Actor, b BodyID, day clock.Date) (Body, error) {
	out, is, err := Seen(ctx, tx, bodies, actor, b, day)
	if err == nil && !is.Keeps {
		err = Denied()
	}
	return out, err
}

// Seen loads the council with what the actor is in it.
func Seen(ctx context.Context, tx *db.Tx, bodies Bodies, actor access.Actor, b BodyID, day clock.Date) (Body, Standing, error) {
	out, err := bodies.Council(ctx, tx, b, day)
	if err != nil {
		return Body{}, Standing{}, err
	}
	is, err := bodies.Standing(ctx, tx, actor, b)
	return out, is, err
}

// View is the council with what the actor is in it, for pages.
func (s *Service) View(ctx context.Context, actor access.Actor, b BodyID) (Body, Standing, error) {
	var out Body
	var is Standing
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, is, err = Seen(ctx, tx, s.Bodies, actor, b, s.Clock.Today())
		return err
	})
	return out, is, err
}
