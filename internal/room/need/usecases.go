package need

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// The actions of the audit log.
const (
	ActionDraft    audit.Action = "need.draft"
	ActionDelete   audit.Action = "need.delete_draft"
	ActionSubmit   audit.Action = "need.submit"
	ActionEdit     audit.Action = "need.edit"
	ActionConcepts audit.Action = "need.concepts"
	ActionMove     audit.Action = "need.move"
	ActionDiscuss  audit.Action = "need.discuss"
	ActionLink     audit.Action = "need.link"
	ActionRevoke   audit.Action = "need.revoke_link"
	ActionLeave    audit.Action = "need.leave_pool"
)

// Service is the room's use cases.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	places *place.Register
	orgs   *org.Service
	flow   flow.Definition
	pools  flow.Definition
	prover Prover
	writes atomic.Int64
}

// New makes the room.
func New(d *db.DB, c clock.Clock, places *place.Register, orgs *org.Service) *Service {
	return &Service{db: d, clock: c, places: places, orgs: orgs, flow: Flow(), pools: PoolFlow()}
}

func Subject(n ID) audit.Subject     { return audit.Subject{Kind: FlowKind, ID: string(n)} }
func FlowSubject(n ID) flow.Subject  { return flow.Subject{Kind: FlowKind, ID: string(n)} }
func stale() error                   { return fault.New(fault.Stale, "fault.stale") }
func (s *Service) checker() *checker { return &checker{places: s.places, today: s.clock.Today()} }

// SaveDraft makes a draft (id empty) or changes one that is not submitted yet.
// Nothing is mandatory in a draft, but what is filled in must have a meaning.
// A need for an organisation the actor does not work in is registered on its
// behalf, by the actor's own organisation.
func (s *Service) SaveDraft(ctx context.Context, actor access.Actor, draft ID, version int64, in Content) (Need, error) {
	var out Need
	err := s.Write(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.saveDraft(ctx, tx, actor, draft, version, in, "")
		return err
	})
	return out, err
}

func (s *Service) saveDraft(ctx context.Context, tx *db.Tx, actor access.Actor, draft ID, version int64, in Content, fingerprint string) (Need, error) {
	if !CanRegister(actor) {
		return Need{}, fault.New(fault.Denied, "need.error.may_not_register")
	}
	in, err := s.onBehalf(ctx, tx, actor, in.tidied())
	if err != nil {
		return Need{}, err
	}
	c := s.checker()
	c.draft(in)
	if err := c.Err(); err != nil {
		return Need{}, err
	}
	now := s.clock.Now()
	n := Need{ID: id.New[Need](), State: Draft, CreatedAt: now, CreatedBy: actor.Label()}
	if draft == "" {
		n.Content, n.Field, n.UpdatedAt, n.UpdatedBy, n.Version = in, fieldFrom(in.Concepts), now, n.CreatedBy, 1
		def, _ := s.flow.State(Draft)
		ball := BallIn(n, def, clock.Date{}, now.Date())
		if err := insert(ctx, tx, n, ball.Org, fingerprint); err != nil {
			return Need{}, err
		}
		if err := flow.Start(ctx, tx, s.flow, string(n.ID), titleOr(n), ball, actor, now); err != nil {
			return Need{}, err
		}
		if err := s.locate(ctx, tx, n); err != nil {
			return Need{}, err
		}
		audit.Record(tx, now, actor, ActionDraft, Subject(n.ID), changes(Need{}, n)...)
		return s.reload(ctx, tx, actor, n.ID)
	}
	old, err := s.editable(ctx, tx, actor, draft)
	if err != nil {
		return Need{}, err
	}
	if old.State != Draft {
		return Need{}, fault.New(fault.Conflict, "need.error.not_draft")
	}
	if in.RepresentedBy == "" && in.Organisation == old.Organisation {
		in.RepresentedBy = old.RepresentedBy // its owner goes on with what the intermediary began
	}
	return s.store(ctx, tx, actor, old, version, in, ActionDraft)
}

// store saves new content of a need, with its label in task lists.
func (s *Service) store(ctx context.Context, tx *db.Tx, actor access.Actor, old Need, version int64, in Content, action audit.Action) (Need, error) {
	n := old
	n.Content, n.UpdatedAt, n.UpdatedBy = in, s.clock.Now(), actor.Label()
	if in.Concepts != nil {
		n.Field = fieldFrom(in.Concepts)
	}
	n.Source = old.Source
	if err := update(ctx, tx, n, version); err != nil {
		return Need{}, err
	}
	if err := flow.Rename(ctx, tx, FlowSubject(n.ID), titleOr(n)); err != nil {
		return Need{}, err
	}
	if err := s.passBall(ctx, tx, old, n); err != nil {
		return Need{}, err
	}
	if n.Municipality != old.Municipality {
		if err := s.locate(ctx, tx, n); err != nil {
			return Need{}, err
		}
	}
	audit.Record(tx, n.UpdatedAt, actor, action, Subject(n.ID), changes(old, n)...)
	return s.reload(ctx, tx, actor, n.ID)
}

// passBall gives the ball of a need that was changed to who has it now: a draft
// may have become another organisation's, and a need hidden from the forum.
func (s *Service) passBall(ctx context.Context, tx *db.Tx, old, n Need) error {
	def, _ := s.flow.State(n.State)
	today := n.UpdatedAt.Date()
	ball := BallIn(n, def, n.AnswerBy, today)
	if ball == BallIn(old, def, n.AnswerBy, today) {
		return nil
	}
	item, err := flow.Get(ctx, tx, FlowSubject(n.ID))
	if err != nil {
		return err
	}
	ball.Due = item.Ball.Due
	if err := flow.Pass(ctx, tx, FlowSubject(n.ID), ball); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, tx, setBall, ball.Org, ball.Role, n.ID); err != nil {
		return fmt.Errorf("need %s: ball: %w", n.ID, err)
	}
	return nil
}

// locate tells the flow where the need lies, and its pool with it.
func (s *Service) locate(ctx context.Context, tx *db.Tx, n Need) error {
	var places []string
	if n.Municipality != "" {
		places = []string{n.Municipality}
	}
	if err := flow.Locate(ctx, tx, FlowSubject(n.ID), places...); err != nil {
		return err
	}
	if n.Pool == "" {
		return nil
	}
	return s.RefreshPlaces(ctx, tx, n.Pool)
}

func titleOr(n Need) string {
	if title, _ := n.title(); title != "" {
		return title
	}
	return "…"
}

// onBehalf settles who registers: an organisation of the actor's own, or the
// actor's organisation for another, or for a group of firms. Without any
// organisation written, an employer means his own.
func (s *Service) onBehalf(ctx context.Context, tx *db.Tx, actor access.Actor, in Content) (Content, error) {
	if actor.IsSystem() {
		return in, s.knownOrg(ctx, tx, in.Organisation)
	}
	own, reps := orgsOf(actor), actor.Orgs(AdviserRoles()...)
	if in.Organisation == "" && in.Firms < 2 && len(reps) == 0 && len(own) > 0 {
		in.Organisation, in.Firms = own[0], 1
	}
	if slices.Contains(own, in.Organisation) {
		in.RepresentedBy = ""
		return in, nil
	}
	if len(reps) == 0 {
		return in, fault.InvalidField("organisation", "need.error.not_your_organisation")
	}
	if !slices.Contains(reps, in.RepresentedBy) {
		in.RepresentedBy = reps[0]
	}
	return in, s.knownOrg(ctx, tx, in.Organisation)
}

// representative is the actor's organisation that acts for others, if any.
func (s *Service) representative(actor access.Actor) org.ID {
	if reps := actor.Orgs(AdviserRoles()...); len(reps) > 0 {
		return reps[0]
	}
	return ""
}

func (s *Service) knownOrg(ctx context.Context, tx *db.Tx, o org.ID) error {
	if o == "" {
		return nil
	}
	_, err := org.Get(ctx, tx, o)
	if fault.Is(err, fault.NotFound) {
		return fault.InvalidField("organisation", "need.error.unknown_organisation")
	}
	return err
}

// DeleteDraft takes away what has not been submitted. It leaves no trace but
// the audit log's.
func (s *Service) DeleteDraft(ctx context.Context, actor access.Actor, draft ID, version int64) error {
	return s.Write(ctx, func(tx *db.Tx) error {
		n, err := s.editable(ctx, tx, actor, draft)
		if err != nil {
			return err
		}
		if n.State != Draft {
			return fault.New(fault.Conflict, "need.error.not_draft")
		}
		if n.Version != version {
			return stale()
		}
		return s.deleteDraft(ctx, tx, actor, draft)
	})
}

func (s *Service) deleteDraft(ctx context.Context, tx *db.Tx, actor access.Actor, draft ID) error {
	for _, q := range []db.SQL{deleteConcepts, deleteChoices, deleteText, deleteNeed} {
		if _, err := db.Exec(ctx, tx, q, draft); err != nil {
			return fmt.Errorf("need %s: delete draft: %w", draft, err)
		}
	}
	if err := flow.Remove(ctx, tx, FlowSubject(draft)); err != nil {
		return err
	}
	if err := attach.Forget(ctx, tx, s.clock.Now(), actor, object.Ref{Kind: FlowKind, ID: string(draft)}); err != nil {
		return err
	}
	if _, err := audit.Erase(ctx, tx, Subject(draft)); err != nil {
		return err
	}
	audit.Record(tx, s.clock.Now(), actor, ActionDelete, Subject(draft))
	return nil
}

// Drafts lists the drafts that the account made.
func Drafts(ctx context.Context, tx *db.Tx, a access.AccountID) ([]ID, error) {
	return db.List[ID](ctx, tx, draftsOf, a)
}

// ForgetDrafts deletes the drafts that the account made, as part of deleting the
// account: what has not been submitted is nobody's record.
func (s *Service) ForgetDrafts(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	drafts, err := Drafts(ctx, tx, a)
	if err != nil {
		return err
	}
	for _, draft := range drafts {
		if err := s.deleteDraft(ctx, tx, access.Actor{Account: a}, draft); err != nil {
			return err
		}
	}
	return nil
}
