package hearing

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/council"
)

// ObjectName is the name of the kind.
const ObjectName = "consultation"

// The actions of the audit log.
const (
	ActionReceive audit.Action = "hearing.receive"
	ActionEdit    audit.Action = "hearing.edit"
	ActionWrite   audit.Action = "hearing.write"
	ActionRound   audit.Action = "hearing.round"
	ActionExtend  audit.Action = "hearing.extend"
	ActionConsent audit.Action = "hearing.consent"
	ActionStop    audit.Action = "hearing.stop"
	ActionSend    audit.Action = "hearing.send"
	ActionInput   audit.Action = "hearing.input"
	ActionOwn     audit.Action = "hearing.own"
)

// Service is the use cases of consultations.
type Service struct{ council.Deps }

// New makes the room.
func New(d council.Deps) *Service { return &Service{Deps: d} }

func subject(c ID) audit.Subject { return audit.Subject{Kind: ObjectName, ID: string(c)} }

// Detail is a consultation as its reader may know it. Rounds, Consents and Inputs are
// filled in for those in the body; others read Words only when it is sent.
type Detail struct {
	Consultation
	Council  council.Body
	Is       council.Standing
	Rounds   []Round
	Consents []Consent
	Inputs   []Input
	Own      []Own
}

// Last is the newest round.
func (d Detail) Last() (Round, bool) {
	if len(d.Rounds) == 0 {
		return Round{}, false
	}
	return d.Rounds[len(d.Rounds)-1], true
}

// Tally is how the members of today stand to the newest round.
func (d Detail) Tally(members []council.Member) Tally { return Count(members, d.Consents, d.Round) }

// hide takes away what only those in the body read.
func (c Consultation) hide() Consultation {
	if c.State != Sent {
		c.Words = ""
	}
	return c
}

// List lists the body's consultations, the latest deadline first. They are open to all.
func (s *Service) List(ctx context.Context, actor access.Actor, b council.BodyID) ([]Consultation, council.Body, council.Standing, error) {
	var out []Consultation
	var body council.Body
	var is council.Standing
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if body, is, err = council.Seen(ctx, tx, s.Bodies, actor, b, s.Clock.Today()); err != nil {
			return err
		}
		var w db.Where
		db.In(&w, fragBody, []council.BodyID{b})
		out, err = find(ctx, tx, w)
		for i := range out {
			if !is.IsIn() {
				out[i] = out[i].hide()
			}
		}
		return err
	})
	return out, body, is, err
}

// Get is the consultation as the actor may know it.
func (s *Service) Get(ctx context.Context, actor access.Actor, c ID) (Detail, error) {
	var out Detail
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = s.seen(ctx, tx, actor, c); err != nil {
			return err
		}
		today := s.Clock.Today()
		if out.Own, err = own(ctx, tx, c, today); err != nil {
			return err
		}
		if !out.Is.IsIn() {
			out.Consultation = out.hide()
			return nil
		}
		return out.within(ctx, tx, today)
	})
	return out, err
}

// seen loads a consultation with what the actor is in its body.
func (s *Service) seen(ctx context.Context, tx *db.Tx, actor access.Actor, c ID) (Detail, error) {
	var w db.Where
	db.In(&w, fragID, []ID{c})
	found, err := find(ctx, tx, w)
	if err != nil {
		return Detail{}, err
	}
	if len(found) == 0 {
		return Detail{}, fault.Missing()
	}
	out := Detail{Consultation: found[0]}
	out.Council, out.Is, err = council.Seen(ctx, tx, s.Bodies, actor, out.Body, s.Clock.Today())
	return out, err
}

// keeping is seen for the secretary, of a consultation that is still open.
func (s *Service) keeping(ctx context.Context, tx *db.Tx, actor access.Actor, c ID) (Detail, error) {
	out, err := s.seen(ctx, tx, actor, c)
	switch {
	case err != nil:
		return out, err
	case !out.Is.Keeps:
		return out, council.Denied()
	case !out.State.IsOpen():
		return out, fault.New(fault.Conflict, "hearing.error.ended")
	}
	return out, nil
}

// Receive records a consultation that has come in.
func (s *Service) Receive(ctx context.Context, actor access.Actor, b council.BodyID, in Content) (ID, error) {
	in, err := in.tidied(s.Clock.Today())
	if err != nil {
		return "", err
	}
	out := id.New[Consultation]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		body, err := council.Keeping(ctx, tx, s.Bodies, actor, b, s.Clock.Today())
		if err != nil {
			return err
		}
		if !body.Terms.Joint {
			return fault.New(fault.Conflict, "hearing.error.no_joint")
		}
		if _, err := db.Exec(ctx, tx, insertConsultation, out, b, in.Sender, in.Subject, in.About, in.Reference, in.Received, in.Deadline, in.Open, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("council %s: consultation: %w", b, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionReceive, subject(out), contentChanges(Content{}, in)...)
		return nil
	})
}

func contentChanges(was, is Content) []audit.Change {
	return audit.Changed(audit.Field("sender", was.Sender, is.Sender), audit.Field("subject", was.Subject, is.Subject), audit.Field("deadline", was.Deadline, is.Deadline),
		audit.Field("received", was.Received, is.Received), audit.Field("reference", was.Reference, is.Reference), audit.Field("about", was.About, is.About))
}

// Edit replaces what is known of the consultation. seen is the version that was seen.
func (s *Service) Edit(ctx context.Context, actor access.Actor, c ID, seen int64, in Content) error {
	in, err := in.tidied(s.Clock.Today())
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.keeping(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, updateContent, in.Sender, in.Subject, in.About, in.Reference, in.Received, in.Deadline, in.Open, c, seen); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionEdit, subject(c), contentChanges(old.Content, in)...)
		return nil
	})
}

// Object is the kind of thing that a consultation is. That it has come is open to all;
// the secretary hangs its papers on it.
func Object(s *Service) object.Kind {
	return object.Kind{Name: ObjectName, Label: "hearing.object", Path: "/horinger/", Cards: s.cards, Search: s.search(),
		MayChange: func(ctx context.Context, tx *db.Tx, actor access.Actor, c string) error {
			out, err := s.seen(ctx, tx, actor, ID(c))
			if err == nil && !out.Is.Keeps {
				err = council.Denied()
			}
			return err
		}}
}

func byID(ctx context.Context, tx *db.Tx, ids []string) ([]Consultation, error) {
	var w db.Where
	db.In(&w, fragID, ids)
	return find(ctx, tx, w)
}

func (s *Service) cards(ctx context.Context, tx *db.Tx, _ access.Actor, ids []string) ([]object.Card, error) {
	found, err := byID(ctx, tx, ids)
	out := make([]object.Card, len(found))
	for i, c := range found {
		out[i] = object.Card{Ref: object.Ref{ID: string(c.ID)}, Title: i18n.Text{NB: c.Subject}}
	}
	return out, err
}

const fragFound db.Fragment = "SELECT 1 FROM consultation AS c WHERE c.id = d.id"

// search lets anybody find a consultation by what it is about, and by the response that
// was sent; drafts are not indexed.
func (s *Service) search() *object.Search {
	return &object.Search{Label: "hearing.objects",
		Documents: func(ctx context.Context, tx *db.Tx, ids []string) ([]object.Document, error) {
			found, err := byID(ctx, tx, ids)
			out := make([]object.Document, len(found))
			for i, c := range found {
				c = c.hide()
				out[i] = object.Document{ID: string(c.ID), Title: i18n.Text{NB: c.Subject}, Text: i18n.Text{NB: c.About}, Words: c.Sender + "\n" + c.Reference + "\n" + c.Words}
			}
			return out, err
		},
		After: func(ctx context.Context, tx *db.Tx, id string) ([]string, error) {
			return db.List[string](ctx, tx, idsAfter, id)
		},
		Visible: func(w *db.Where, _ access.Actor) { w.Exists(fragFound, db.Where{}) },
	}
}
