package need

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

const (
	insertLink  db.SQL = `INSERT INTO need_link (token, need, made_at, revoked_at) VALUES ($1, $2, $3, NULL)`
	revokeLinks db.SQL = `UPDATE need_link SET revoked_at = $1 WHERE need = $2 AND revoked_at IS NULL`
	liveLink    db.SQL = `SELECT token FROM need_link WHERE need = $1 AND revoked_at IS NULL`
	needOfLink  db.SQL = `SELECT need FROM need_link WHERE token = $1 AND revoked_at IS NULL`
)

// tokenBytes makes a link nobody can guess.
const tokenBytes = 18

func newLink(ctx context.Context, tx *db.Tx, n ID, now clock.Time) (string, error) {
	token := id.Token(tokenBytes)
	if _, err := db.Exec(ctx, tx, insertLink, token, n, now); err != nil {
		return "", fmt.Errorf("need %s: link: %w", n, err)
	}
	return token, nil
}

// Token is the live follow link's secret, for the owner and the representative
// to show again; NotFound when it was revoked.
func (s *Service) Token(ctx context.Context, actor access.Actor, need ID) (string, error) {
	var token string
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		if _, err := s.linkable(ctx, tx, actor, need); err != nil {
			return err
		}
		var err error
		token, err = db.Get[string](ctx, tx, liveLink, need)
		return err
	})
	return token, err
}

// linkable loads a need whose follow link the actor may handle.
func (s *Service) linkable(ctx context.Context, tx *db.Tx, actor access.Actor, need ID) (Need, error) {
	n, err := Load(ctx, tx, need)
	if err != nil {
		return Need{}, err
	}
	if SightOf(actor, n) != Full {
		return Need{}, fault.Missing()
	}
	if n.State == Draft {
		return Need{}, fault.New(fault.Conflict, "need.error.not_submitted")
	}
	return n, nil
}

// RenewToken makes a new follow link; the one before stops working at once.
func (s *Service) RenewToken(ctx context.Context, actor access.Actor, need ID) (string, error) {
	var token string
	err := s.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.linkable(ctx, tx, actor, need); err != nil {
			return err
		}
		now := s.clock.Now()
		if _, err := db.Exec(ctx, tx, revokeLinks, now, need); err != nil {
			return fmt.Errorf("need %s: renew link: %w", need, err)
		}
		var err error
		token, err = newLink(ctx, tx, need, now)
		audit.Record(tx, now, actor, ActionLink, Subject(need))
		return err
	})
	return token, err
}

// RevokeToken closes the follow link. Closing a closed one changes nothing.
func (s *Service) RevokeToken(ctx context.Context, actor access.Actor, need ID) error {
	return s.Write(ctx, func(tx *db.Tx) error {
		if _, err := s.linkable(ctx, tx, actor, need); err != nil {
			return err
		}
		now := s.clock.Now()
		if _, err := db.Exec(ctx, tx, revokeLinks, now, need); err != nil {
			return fmt.Errorf("need %s: revoke link: %w", need, err)
		}
		audit.Record(tx, now, actor, ActionRevoke, Subject(need))
		return nil
	})
}

// FollowView is what the holder of a follow link sees: where the need stands,
// who has the ball and until when. A link can go astray, so of what the need
// says it shows only what is open to all anyhow; Title, Text, Headcount,
// Organisation, Municipality and the reasons of steps are empty otherwise.
type FollowView struct {
	Number            string
	Open              bool
	Title, Text       string
	Organisation      string
	Municipality      string
	Headcount         int
	State             flow.State
	Since             clock.Time
	Ball              BallView
	Overdue           bool
	Steps             []FollowStep
	Pool              *PoolRef
	Provider          string
	AnswerBy          clock.Date
	TakenWithoutForum bool
}

// BallView says who has the ball in words a page can show: the party, and the
// organisation's name when a certain one has it. Mine tells that the reader
// has it.
type BallView struct {
	Party flow.Party
	Org   org.ID
	Name  string
	Role  access.Role
	Due   clock.Date
	Mine  bool
}

// FollowStep is a line of the history without people. Note is the reason where
// the move demands one. Pool tells that the pooled need made the step.
type FollowStep struct {
	State flow.State
	At    clock.Time
	Note  string
	Pool  bool
}

// ByToken is the public view behind a follow link; NotFound for a link that is
// unknown, renewed or revoked.
func (s *Service) ByToken(ctx context.Context, token string) (FollowView, error) {
	var v FollowView
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		n, err := LoadByToken(ctx, tx, token)
		if err != nil {
			return err
		}
		v, err = s.followView(ctx, tx, n)
		return err
	})
	return v, err
}

// LoadByToken reads the need behind a live follow link.
func LoadByToken(ctx context.Context, tx *db.Tx, token string) (Need, error) {
	need, err := db.Get[ID](ctx, tx, needOfLink, token)
	if err != nil {
		return Need{}, err
	}
	return Load(ctx, tx, need)
}

func (s *Service) followView(ctx context.Context, tx *db.Tx, n Need) (FollowView, error) {
	story, err := s.story(ctx, tx, n)
	if err != nil {
		return FollowView{}, err
	}
	v := FollowView{Number: n.Number, State: n.State, Since: story.item.Since, Pool: story.pool,
		AnswerBy: n.AnswerBy, TakenWithoutForum: n.TakenWithoutForum, Overdue: story.item.Overdue(s.clock.Today())}
	for _, st := range story.steps {
		note := ""
		if def, ok := s.flow.Move(st.From, st.To); ok && def.NoteRequired && n.Confidentiality == Open {
			note = st.Note
		}
		v.Steps = append(v.Steps, FollowStep{State: st.To, At: st.At, Note: note, Pool: st.Pool})
	}
	if v.Ball, err = s.BallView(ctx, tx, access.Actor{}, story.item); err != nil {
		return FollowView{}, err
	}
	today := s.clock.Today()
	if v.Provider, err = org.NameOn(ctx, tx, n.Provider, today); err != nil {
		return FollowView{}, err
	}
	if n.Confidentiality != Open {
		return v, nil
	}
	v.Open, v.Title, v.Text, v.Headcount, v.Municipality = true, n.Title, n.Text, n.Headcount, n.Municipality
	v.Organisation, err = org.NameOn(ctx, tx, n.Organisation, today)
	return v, err
}

// BallView names who has the ball of an item that flow.Get gave.
func (s *Service) BallView(ctx context.Context, tx *db.Tx, actor access.Actor, item flow.Item) (BallView, error) {
	b := item.Ball
	name, err := org.NameOn(ctx, tx, b.Org, s.clock.Today())
	return BallView{Party: b.Party, Org: b.Org, Name: name, Role: b.Role, Due: b.Due, Mine: item.HeldBy(actor)}, err
}
