package public

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/minutes"
)

// Deps is what the ways out read from.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Bodies   *meeting.Service
	Cases    *casework.Service
	Sessions *session.Service
	Minutes  *minutes.Service
	Attach   *attach.Service
}

// Service reads for everybody.
type Service struct{ Deps }

// New makes the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// visitor is who asks: nobody in particular.
var visitor = access.Actor{}

// Meeting is a meeting with its agendas as they were sent and its minutes as they were
// published, the newest first.
type Meeting struct {
	session.Meeting
	Editions   []session.Edition
	Books      []minutes.Printed
	ApprovedOn clock.Date
}

// Meeting is the meeting as all may read it, or NotFound.
func (s *Service) Meeting(ctx context.Context, m session.ID) (Meeting, error) {
	d, err := s.Sessions.Get(ctx, visitor, m)
	if err != nil {
		return Meeting{}, err
	}
	out := Meeting{Meeting: d.Meeting, Editions: d.Editions}
	if !d.Recorded {
		return out, nil
	}
	rec, err := s.Minutes.Get(ctx, visitor, m)
	if fault.Is(err, fault.NotFound) {
		return out, nil // the demo's oldest meetings have no minutes here
	}
	out.Books, out.ApprovedOn = rec.Versions, rec.ApprovedOn
	return out, err
}

// Meetings lists meetings by day and time, joint ones with each body that meets.
func (s *Service) Meetings(ctx context.Context, f session.Filter) ([]session.Meeting, error) {
	found, err := s.Sessions.List(ctx, visitor, f)
	out := make([]session.Meeting, len(found))
	for i, e := range found {
		out[i] = e.Meeting
	}
	return out, err
}

// Case is a case with the papers that were issued, the newest first, its files by
// document, and the items of agendas it was treated as.
type Case struct {
	casework.Detail
	Papers []casepaper.Version
	Files  map[casework.DocumentID][]attach.Version
	Items  []session.Item
}

// IsNeutral reports whether all may know no more of the case than its neutral title and
// the ground.
func (c Case) IsNeutral() bool { return c.Sight == casework.Neutral }

// Case is the case as all may read it, or NotFound.
func (s *Service) Case(ctx context.Context, c casework.ID) (Case, error) {
	d, err := s.Cases.Get(ctx, visitor, c)
	if err != nil {
		return Case{}, err
	}
	out := Case{Detail: d, Files: map[casework.DocumentID][]attach.Version{}}
	if out.Items, err = s.Sessions.OfCase(ctx, visitor, c); err != nil || out.IsNeutral() {
		return out, err
	}
	if _, out.Papers, err = s.Cases.Versions(ctx, visitor, c); err != nil {
		return out, err
	}
	for _, doc := range d.Documents {
		if doc.Held() {
			continue
		}
		list, err := s.Attach.List(ctx, visitor, object.Ref{Kind: casework.DocumentKind, ID: string(doc.ID)})
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return out, err
		}
		for _, f := range list.Documents {
			out.Files[doc.ID] = append(out.Files[doc.ID], f.Newest())
		}
	}
	return out, nil
}

// File is a file of a case, with the document it hangs on, or NotFound.
func (s *Service) File(ctx context.Context, f attach.VersionID) (attach.Version, casework.Document, error) {
	v, err := s.Attach.Get(ctx, visitor, f)
	if err != nil || v.Thing.Kind != casework.DocumentKind {
		return v, casework.Document{}, orMissing(err)
	}
	doc, _, _, err := s.Cases.Document(ctx, visitor, casework.DocumentID(v.Thing.ID))
	return v, doc, err
}

func orMissing(err error) error {
	if err == nil {
		err = fault.Missing()
	}
	return err
}

// Changed tells when the things of a kind of the audit log were made and last changed:
// those with the ids, or all.
func (s *Service) Changed(ctx context.Context, kind string, ids ...string) (map[string]audit.Span, error) {
	var out map[string]audit.Span
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = audit.Spans(ctx, tx, kind, ids...)
		return err
	})
	return out, err
}
