package attach

import (
	"log/slog"
	"sync"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/file"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/job"
)

// The limits. A request may be somewhat larger than a file (site).
const (
	MaxSize      = 10 << 20 // bytes of a file
	MaxDocuments = 100      // on a thing
	MaxVersions  = 50       // of a document
	MaxReason    = 500      // characters
)

// Field is the name of the form field that a file comes in, where faults of it
// are told.
const Field = "file"

// The actions of the audit log. Their subject is the thing.
const (
	ActionAdd    audit.Action = "attach.add"
	ActionRemove audit.Action = "attach.remove"
	ActionForget audit.Action = "attach.forget"
)

// JobDrop deletes contents that no version has any more; its payload is a
// Dropped.
const JobDrop job.Kind = "attach.drop"

// The ids of a document and of a version of one.
type (
	ID        = id.Of[Document]
	VersionID = id.Of[Version]
)

// ParseID and ParseVersionID read ids from outside.
func ParseID(s string) (ID, error)               { return id.Parse[Document](s) }
func ParseVersionID(s string) (VersionID, error) { return id.Parse[Version](s) }

// Version is a file as it was handed in. Nr counts from 1 within its document. By
// is a label as Actor.Label gives it. RemovedAt is zero while the version stands;
// Reason is why it was taken away.
type Version struct {
	ID        VersionID
	Document  ID
	Thing     object.Ref
	Nr        int
	Name      string
	Media     string
	Size      int64
	SHA256    string
	By        string
	Role      access.Role
	Org       access.OrgID
	At        clock.Time
	RemovedBy string
	RemovedAt clock.Time
	Reason    string
}

// IsRemoved reports whether the version was taken away.
func (v Version) IsRemoved() bool { return !v.RemovedAt.IsZero() }

// IsShown reports whether a browser may show the file in itself.
func (v Version) IsShown() bool {
	f, _ := formatOf(v.Name)
	return f.Shown
}

// Path is the version's address.
func (v Version) Path() string { return "/vedlegg/" + string(v.ID) }

// Document is the versions of one file that stand, the newest first.
type Document struct {
	ID       ID
	Versions []Version
}

// Newest is the version that holds.
func (d Document) Newest() Version { return d.Versions[0] }

// List is what hangs on a thing, for its reader: documents in the order they were
// added. Removed versions are told to those who may change the thing. On is false
// in a house that has no store.
type List struct {
	Thing     object.Card
	Documents []Document
	Removed   []Version
	MayChange bool
	On        bool
}

// Upload is a file as it came: the name that the sender gave it, and its content.
type Upload struct {
	Name    string
	Content Content
	Size    int64
}

// Deps is what the service needs. Store is nil in a house that takes no files,
// Scanner where none is set.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Objects *object.Kinds
	Store   file.Store
	Scanner file.Scanner
	Log     *slog.Logger
}

// Service is the use cases.
type Service struct {
	Deps
	// keeping is held for reading from when a content is kept until a version has
	// it, and for writing while contents without a version are deleted.
	keeping sync.RWMutex
}

// New makes the service.
func New(deps Deps) *Service {
	if deps.Log == nil {
		deps.Log = slog.Default()
	}
	return &Service{Deps: deps}
}

// IsOn reports whether files are taken at all.
func (s *Service) IsOn() bool { return s.Store != nil }

func subject(r object.Ref) audit.Subject { return audit.Subject{Kind: r.Kind, ID: r.ID} }
