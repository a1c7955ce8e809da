package supply

import (
	"sync"
	"sync/atomic"

	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/supply/offer"
)

// The actions of the audit log.
const (
	ActionCreateProgramme  audit.Action = "programme.create"
	ActionEditProgramme    audit.Action = "programme.edit"
	ActionProgrammeState   audit.Action = "programme.state"
	ActionCreateOffering   audit.Action = "offering.create"
	ActionEditOffering     audit.Action = "offering.edit"
	ActionPublishOffering  audit.Action = "offering.publish"
	ActionCancelOffering   audit.Action = "offering.cancel"
	ActionRestOffering     audit.Action = "offering.rest"
	ActionConfirmOffering  audit.Action = "offering.confirm"
	ActionImportProgrammes audit.Action = "supply.import"
	ActionConfirmImport    audit.Action = "supply.import_confirm"
	ActionUpload           audit.Action = "supply.upload"
	ActionDiscard          audit.Action = "supply.discard"
)

// Settings of the room.
type Settings struct {
	// StaleAfter is the number of days after which an offering that nobody has
	// confirmed is flagged.
	StaleAfter int
}

// DefaultSettings flag an offering after half a year.
func DefaultSettings() Settings { return Settings{StaleAfter: 180} }

// Service is the room's use cases and its catalogue.
type Service struct {
	db       *db.DB
	clock    clock.Clock
	orgs     *org.Service
	places   *place.Register
	settings Settings

	// Changed hear of every offering that is written over, in the transaction
	// that writes it. The site fills it before anybody writes.
	Changed []Listener

	refresh sync.Mutex
	copy    atomic.Pointer[catalogue]
}

// New makes the room.
func New(d *db.DB, c clock.Clock, orgs *org.Service, places *place.Register, settings Settings) *Service {
	return &Service{db: d, clock: c, orgs: orgs, places: places, settings: settings}
}

// Settings are the settings in force.
func (s *Service) Settings() Settings { return s.settings }

func programmeSubject(p offer.ProgrammeID) audit.Subject {
	return audit.Subject{Kind: "programme", ID: string(p)}
}

func offeringSubject(o offer.OfferingID) audit.Subject {
	return audit.Subject{Kind: "offering", ID: string(o)}
}

// changes are the differences as the audit log takes them. Before nothing all
// values are new.
func changes(before, after []offer.Value) []audit.Change {
	var out []audit.Change
	for i, a := range after {
		old := ""
		if i < len(before) {
			old = before[i].Text
		}
		out = append(out, audit.Field(a.Field, old, a.Text))
	}
	return audit.Changed(out...)
}
