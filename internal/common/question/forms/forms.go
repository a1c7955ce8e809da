package forms

import (
	"regexp"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
)

// ID names a form.
type ID = id.Of[Form]

// ParseID reads a form's id from outside.
func ParseID(s string) (ID, error) { return id.Parse[Form](s) }

// VersionState is where a version stands. Stored as written.
type VersionState string

// The states of a version.
const (
	Draft     VersionState = "draft"
	Published VersionState = "published"
	Retired   VersionState = "retired" // a newer one is published
)

// Form is a form with its versions, the newest first.
type Form struct {
	ID        ID
	Code      string
	Title     string // in bokmål, of the newest version
	Retired   bool
	UpdatedAt clock.Time
	Version   int64
	Versions  []Version
}

// Version is one version of a form. Definition of a published one never changes.
type Version struct {
	Form        ID
	Nr          int
	State       VersionState
	Definition  question.Definition
	MadeAt      clock.Time
	PublishedAt clock.Time
}

// Draft is the version that is being made, if there is one.
func (f Form) Draft() (Version, bool) { return f.in(Draft) }

// Published is the version that new answers are made with, if there is one.
func (f Form) Published() (Version, bool) { return f.in(Published) }

func (f Form) in(s VersionState) (Version, bool) {
	for _, v := range f.Versions {
		if v.State == s {
			return v, true
		}
	}
	return Version{}, false
}

// Nr is the version of the number.
func (f Form) Nr(nr int) (Version, bool) {
	for _, v := range f.Versions {
		if v.Nr == nr {
			return v, true
		}
	}
	return Version{}, false
}

// The actions of the audit log.
const (
	ActionCreate  audit.Action = "question.create"
	ActionSave    audit.Action = "question.save"
	ActionPublish audit.Action = "question.publish"
	ActionVersion audit.Action = "question.version"
	ActionDrop    audit.Action = "question.drop"
	ActionRetire  audit.Action = "question.retire"
	ActionImport  audit.Action = "question.import"

	ActionOpen      audit.Action = "question.answer_open"
	ActionAnswer    audit.Action = "question.answer_save"
	ActionUnchanged audit.Action = "question.answer_unchanged"
	ActionSubmit    audit.Action = "question.answer_submit"
	ActionReopen    audit.Action = "question.answer_reopen"
	ActionFile      audit.Action = "question.answer_file"
	ActionUnfile    audit.Action = "question.answer_unfile"
	ActionDiscard   audit.Action = "question.answer_discard"
)

// Service is the use cases of forms, and the functions of answers that rooms
// call inside theirs.
type Service struct {
	db    *db.DB
	clock clock.Clock
	can   question.Can
}

// New makes the service. can is what the rest of the house can take.
func New(d *db.DB, c clock.Clock, can question.Can) *Service {
	return &Service{db: d, clock: c, can: can}
}

// Can is what a form may ask for here.
func (s *Service) Can() question.Can { return s.can }

// Makers are the roles that make forms.
func Makers() []access.Role { return []access.Role{access.RoleSysadmin, access.RoleCaseOfficer} }

// CanMake reports whether the actor may make and change forms.
func CanMake(a access.Actor) error {
	if a.IsSystem() || a.Has(Makers()...) {
		return nil
	}
	return fault.New(fault.Denied, "fault.denied")
}

func subject(f ID) audit.Subject { return audit.Subject{Kind: "question_form", ID: string(f)} }

// codeShape is what a form's short name looks like: it is part of addresses.
var codeShape = regexp.MustCompile(`^[a-z][a-z0-9-]{1,58}[a-z0-9]$`)

func checkCode(code string) error {
	if !codeShape.MatchString(code) {
		return fault.InvalidField("code", "question.error.code")
	}
	return nil
}

func titleOf(t i18n.Text) string { return t.String() }
