package session

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/treatment"
)

// ObjectName is the kind under which the audit log knows a meeting.
const ObjectName = "meeting"

// The actions of the audit log.
const (
	ActionPlan     audit.Action = "meeting.plan"
	ActionChange   audit.Action = "meeting.change"
	ActionCancel   audit.Action = "meeting.cancel"
	ActionItem     audit.Action = "meeting.item"
	ActionDemand   audit.Action = "meeting.demand"
	ActionIssue    audit.Action = "meeting.issue"
	ActionOpen     audit.Action = "meeting.open"
	ActionEnd      audit.Action = "meeting.end"
	ActionAttend   audit.Action = "meeting.attend"
	ActionRecusal  audit.Action = "meeting.recusal"
	ActionPosition audit.Action = "meeting.position"
	ActionContest  audit.Action = "meeting.contest"
	ActionScope    audit.Action = "meeting.scope"
	ActionDoors    audit.Action = "meeting.doors"
	ActionDecide   audit.Action = "meeting.decide"
	ActionWrite    audit.Action = "meeting.write"
	ActionPublish  audit.Action = "meeting.publish"
	ActionApprove  audit.Action = "meeting.approve"
	ActionFollowUp audit.Action = "meeting.follow_up"
	ActionComment  audit.Action = "meeting.comment"
	ActionTerms    audit.Action = "meeting.terms"
	ActionOwnAsk   audit.Action = "meeting.own_ask"
	ActionOwn      audit.Action = "meeting.own"
	ActionOwnLink  audit.Action = "meeting.own_link"
	ActionJoin     audit.Action = "meeting.join"
)

// Deps is what the room needs.
type Deps struct {
	DB         *db.DB
	Clock      clock.Clock
	Bodies     *meeting.Service
	Cases      *casework.Service
	Treatments *treatment.Service
}

// Service is what is common to all of a meeting: planned, moved and cancelled, and read.
// WhenCancelled is what else comes to an end with a meeting that is cancelled, in the same
// transaction and with the same reason; it may be set after New.
type Service struct {
	Deps
	WhenCancelled []func(ctx context.Context, tx *db.Tx, actor access.Actor, m Meeting, why string) error
}

// New makes the room.
func New(d Deps) *Service { return &Service{Deps: d} }

// Subject is how the audit log knows a meeting.
func Subject(m ID) audit.Subject { return audit.Subject{Kind: ObjectName, ID: string(m)} }

// NewMeeting is what a meeting begins with.
type NewMeeting struct {
	Frame
	Body  meeting.BodyID
	Joint []meeting.BodyID
}

// Plan plans a meeting and answers its id. The body's secretary does. All may know that
// the meeting is planned, and when.
func (s *Service) Plan(ctx context.Context, actor access.Actor, in NewMeeting) (ID, error) {
	in.Frame = in.tidied()
	var fs fault.Fields
	in.check(&fs)
	if slices.Contains(in.Joint, in.Body) {
		fs.Add("joint", "meeting.error.joint_self")
	}
	if err := fs.Err(); err != nil {
		return "", err
	}
	m := Meeting{ID: meeting.NewMeetingID(), Body: in.Body, Joint: in.Joint, Frame: in.Frame}
	return m.ID, s.DB.Write(ctx, func(tx *db.Tx) error {
		r, err := s.Reader(ctx, tx, actor, s.Clock.Today())
		if err != nil {
			return err
		}
		for field, b := range bodiesOf(in) {
			body, err := meeting.Get(ctx, tx, b, s.Clock.Today())
			if fault.Is(err, fault.NotFound) || err == nil && !body.ExistsOn(in.Day) {
				return fault.InvalidField(field, "meeting.error.body")
			}
			if err != nil {
				return err
			}
		}
		if !r.Writes(m) {
			return fault.InvalidField("body", "meeting.error.not_yours")
		}
		f := in.Frame
		if _, err := db.Exec(ctx, tx, insertMeeting, m.ID, m.Body, f.Day, f.From, f.To, f.Place, f.Remote, f.Link, s.Clock.Now(), actor.Label()); err != nil {
			return fmt.Errorf("meeting: plan: %w", err)
		}
		for _, b := range in.Joint {
			if _, err := db.Exec(ctx, tx, insertJoint, m.ID, b); err != nil {
				return fmt.Errorf("meeting: plan: %w", err)
			}
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionPlan, Subject(m.ID), frameChanges(Frame{}, f)...)
		return nil
	})
}

// bodiesOf yields the bodies with the field of the form that each comes from.
func bodiesOf(in NewMeeting) func(yield func(string, meeting.BodyID) bool) {
	return func(yield func(string, meeting.BodyID) bool) {
		if !yield("body", in.Body) {
			return
		}
		for _, b := range in.Joint {
			if !yield("joint", b) {
				return
			}
		}
	}
}

func frameChanges(was, is Frame) []audit.Change {
	return audit.Changed(audit.Field("day", was.Day, is.Day), audit.Field("from", was.From, is.From), audit.Field("to", was.To, is.To),
		audit.Field("place", was.Place, is.Place), audit.Field("remote", was.Remote, is.Remote), audit.Field("link", was.Link, is.Link))
}

// Change moves the meeting in time or place. version is the one that the writer saw. A
// meeting that has begun stays where it is.
func (s *Service) Change(ctx context.Context, actor access.Actor, m ID, version int64, f Frame) error {
	f = f.tidied()
	var fs fault.Fields
	f.check(&fs)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, _, err := s.Writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if !old.State.Ahead() {
			return fault.New(fault.Conflict, "meeting.error.begun")
		}
		if err := db.ExecOne(ctx, tx, updateFrame, f.Day, f.From, f.To, f.Place, f.Remote, f.Link, m, version); err != nil {
			return err
		}
		if old.Edition > 0 && old.Day != f.Day {
			if err := s.Schedule(ctx, tx, old, f.Day, actor); err != nil {
				return err
			}
		}
		if old.Edition > 0 {
			now := old
			now.Frame = f
			s.Happened(tx, actor, now, WasMoved, old.Sequence+1)
			if err := s.Invite(ctx, tx, actor, m); err != nil {
				return err
			}
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionChange, Subject(m), frameChanges(old.Frame, f)...)
		return nil
	})
}

// Cancel cancels a meeting that has not begun, with a reason that all may read. It stays
// in the calendar as cancelled.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, m ID, version int64, why string) error {
	why = text.CleanLine(why)
	var fs fault.Fields
	fs.Text("why", why, MaxLine, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, _, err := s.Writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if !old.State.Ahead() {
			return fault.New(fault.Conflict, "meeting.error.begun")
		}
		if err := db.ExecOne(ctx, tx, cancelMeeting, why, m, version); err != nil {
			return err
		}
		for _, end := range s.WhenCancelled {
			if err := end(ctx, tx, actor, old, why); err != nil {
				return err
			}
		}
		s.Happened(tx, actor, old, WasCancelled, old.Sequence+1)
		audit.Record(tx, s.Clock.Now(), actor, ActionCancel, Subject(m), audit.Field("why", "", why))
		if old.Edition > 0 {
			return s.Invite(ctx, tx, actor, m)
		}
		return nil
	})
}
