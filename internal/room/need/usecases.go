package need

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
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
		if err := insert(ctx, tx, n, fingerprint); err != nil {
			return Need{}, err
		}
		def, _ := s.flow.State(Draft)
		if err := flow.Start(ctx, tx, s.flow, string(n.ID), titleOr(n), BallIn(n, def, clock.Date{}, now.Date()), actor, now); err != nil {
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
	audit.Record(tx, n.UpdatedAt, actor, action, Subject(n.ID), changes(old, n)...)
	return s.reload(ctx, tx, actor, n.ID)
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
		for _, q := range []db.SQL{deleteConcepts, deleteChoices, deleteText, deleteNeed} {
			if _, err := db.Exec(ctx, tx, q, draft); err != nil {
				return fmt.Errorf("need %s: delete draft: %w", draft, err)
			}
		}
		if err := flow.Remove(ctx, tx, FlowSubject(draft)); err != nil {
			return err
		}
		if _, err := audit.Erase(ctx, tx, Subject(draft)); err != nil {
			return err
		}
		audit.Record(tx, s.clock.Now(), actor, ActionDelete, Subject(draft))
		return nil
	})
}

// Submit saves the content and puts the need on the map: everything mandatory
// is there, the mandate holds or is recorded with the ground given, the need
// gets its number and its follow link. With an empty id it registers a need in
// one step.
func (s *Service) Submit(ctx context.Context, actor access.Actor, draft ID, version int64, in Content) (Need, error) {
	var out Need
	err := s.Write(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.SubmitIn(ctx, tx, actor, draft, version, in)
		return err
	})
	return out, err
}

// Register makes and submits a need in one step.
func (s *Service) Register(ctx context.Context, actor access.Actor, in Content) (Need, error) {
	return s.Submit(ctx, actor, "", 0, in)
}

// SubmitIn is Submit inside a transaction of the caller.
func (s *Service) SubmitIn(ctx context.Context, tx *db.Tx, actor access.Actor, draft ID, version int64, in Content) (Need, error) {
	return s.submit(ctx, tx, actor, draft, version, in, "")
}

func (s *Service) submit(ctx context.Context, tx *db.Tx, actor access.Actor, draft ID, version int64, in Content, fingerprint string) (Need, error) {
	full, err := s.Check(ctx, tx, actor, in)
	if err != nil {
		return Need{}, err
	}
	n, err := s.saveDraft(ctx, tx, actor, draft, version, full, fingerprint)
	if err != nil {
		return Need{}, err
	}
	return s.put(ctx, tx, actor, n)
}

// Check answers the content as it would be stored, or all that keeps it from
// being submitted by the actor: wrong fields, or that he may not register.
func (s *Service) Check(ctx context.Context, tx *db.Tx, actor access.Actor, in Content) (Content, error) {
	return s.CheckImport(ctx, tx, actor, in, false)
}

// CheckImport is Check for a row of a sheet. pending tells that the row's
// organisation is settled elsewhere: it is not known yet, or its name is
// wrong.
func (s *Service) CheckImport(ctx context.Context, tx *db.Tx, actor access.Actor, in Content, pending bool) (Content, error) {
	if !CanRegister(actor) {
		return in, fault.New(fault.Denied, "need.error.may_not_register")
	}
	full := in.tidied()
	c := s.checker()
	c.pending = pending
	if pending {
		full.RepresentedBy = s.representative(actor)
	} else {
		var err error
		full, err = s.onBehalf(ctx, tx, actor, full)
		if err := c.AddErr(err); err != nil {
			return in, err
		}
	}
	c.complete(full)
	if err := s.checkMandate(ctx, tx, c, actor, full); err != nil {
		return in, err
	}
	return full, c.Err()
}

// checkMandate notes at the field mandate_ground when a mandate is needed,
// none holds, and no ground is given to record one.
func (s *Service) checkMandate(ctx context.Context, tx *db.Tx, c *checker, actor access.Actor, in Content) error {
	if c.pending && text.IsBlank(in.MandateGround) {
		c.Add("mandate_ground", "need.error.mandate_required")
	}
	if actor.IsSystem() || in.RepresentedBy == "" || in.Organisation == "" || !text.IsBlank(in.MandateGround) {
		return nil
	}
	holds, err := org.HasMandate(ctx, tx, in.RepresentedBy, in.Organisation, s.clock.Today())
	if err == nil && !holds {
		c.Add("mandate_ground", "need.error.mandate_required")
	}
	return err
}

// put gives a complete draft its mandate, number and link and moves it to mapped.
func (s *Service) put(ctx context.Context, tx *db.Tx, actor access.Actor, n Need) (Need, error) {
	now := s.clock.Now()
	if n.RepresentedBy != "" && n.Organisation != "" {
		holds, err := org.HasMandate(ctx, tx, n.RepresentedBy, n.Organisation, now.Date())
		if err != nil {
			return Need{}, err
		}
		if !holds && !text.IsBlank(n.MandateGround) {
			n.Mandate, err = s.orgs.RecordMandate(ctx, tx, actor, org.NewMandate{Intermediary: n.RepresentedBy,
				Principal: n.Organisation, Ground: n.MandateGround})
			if err != nil {
				return Need{}, err
			}
		}
	}
	number, key, err := NextNumber(ctx, tx, "B", now.Date().Year())
	if err != nil {
		return Need{}, err
	}
	n.Number = number
	if err := db.ExecOne(ctx, tx, submitNeed, number, key, n.Mandate, now, n.ID); err != nil {
		return Need{}, fmt.Errorf("need %s: submit: %w", n.ID, err)
	}
	if err := putTexts(ctx, tx, n); err != nil {
		return Need{}, err
	}
	if err := s.MoveIn(ctx, tx, actor, n, Decided{To: Mapped, As: []flow.Party{flow.Owner, flow.Adviser}}); err != nil {
		return Need{}, err
	}
	if _, err := newLink(ctx, tx, n.ID, now); err != nil {
		return Need{}, err
	}
	audit.Record(tx, now, actor, ActionSubmit, Subject(n.ID), audit.Field("number", "", number), audit.Field("mandate", "", n.Mandate))
	return s.reload(ctx, tx, actor, n.ID)
}

// Edit changes a submitted need's content. version is the one the editor saw.
// Whose need it is cannot be changed: withdraw it and register another.
func (s *Service) Edit(ctx context.Context, actor access.Actor, need ID, version int64, in Content) (Need, error) {
	var out Need
	err := s.Write(ctx, func(tx *db.Tx) error {
		old, err := s.editable(ctx, tx, actor, need)
		if err != nil {
			return err
		}
		if old.State == Draft {
			out, err = s.saveDraft(ctx, tx, actor, need, version, in, "")
			return err
		}
		in := in.tidied()
		if in.Organisation == "" && in.Firms < 2 {
			in.Organisation = old.Organisation
		}
		in.RepresentedBy, in.MandateGround = old.RepresentedBy, old.MandateGround
		c := s.checker()
		c.complete(in)
		if in.Organisation != old.Organisation {
			c.Add("organisation", "need.error.organisation_fixed")
		}
		if err := c.Err(); err != nil {
			return err
		}
		out, err = s.store(ctx, tx, actor, old, version, in, ActionEdit)
		return err
	})
	return out, err
}

// SetConcepts stores what the text was understood as, after the linker or a
// person has changed it.
func (s *Service) SetConcepts(ctx context.Context, actor access.Actor, need ID, version int64, concepts []Concept) error {
	return s.Write(ctx, func(tx *db.Tx) error {
		n, err := s.editable(ctx, tx, actor, need)
		if err != nil {
			return err
		}
		c := s.checker()
		CheckConcepts(&c.Fields, concepts)
		if err := c.Err(); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, bumpNeed, fieldFrom(concepts), s.clock.Now(), actor.Label(), need, version); err != nil {
			return fmt.Errorf("need %s: concepts: %w", need, err)
		}
		before := n.Concepts
		if err := putConcepts(ctx, tx, need, concepts); err != nil {
			return err
		}
		audit.Record(tx, s.clock.Now(), actor, ActionConcepts, Subject(need), audit.Field("concepts", refs(before), refs(concepts)))
		return nil
	})
}

// editable loads a need that the actor may change: NotFound for one he may not
// see, Denied for one he may only read or whose mandate has ended.
func (s *Service) editable(ctx context.Context, tx *db.Tx, actor access.Actor, need ID) (Need, error) {
	n, err := Load(ctx, tx, need)
	if err != nil {
		return Need{}, err
	}
	if !CanSee(actor, n) {
		return Need{}, fault.Missing()
	}
	if !CanEdit(actor, n) {
		return Need{}, fault.New(fault.Denied, "need.error.may_not_edit")
	}
	if actor.IsSystem() || owns(actor, n) || n.State == Draft {
		return n, nil
	}
	holds, err := s.mandateHolds(ctx, tx, n)
	if err == nil && !holds {
		err = fault.New(fault.Denied, "need.error.mandate_ended")
	}
	return n, err
}

// mandateHolds reports whether the representative may act today. For a group
// of firms it speaks in its own name.
func (s *Service) mandateHolds(ctx context.Context, tx *db.Tx, n Need) (bool, error) {
	if n.RepresentedBy == "" || n.Organisation == "" {
		return true, nil
	}
	return org.HasMandate(ctx, tx, n.RepresentedBy, n.Organisation, s.clock.Today())
}

func (s *Service) reload(ctx context.Context, tx *db.Tx, actor access.Actor, need ID) (Need, error) {
	n, err := Load(ctx, tx, need)
	n.Sight = SightOf(actor, n)
	return n, err
}

func refs(concepts []Concept) []string {
	out := make([]string, len(concepts))
	for i, c := range concepts {
		out[i] = string(c.Chosen) + " " + c.Ref()
	}
	return out
}

// changes lists what differs, for the audit log. Own words may tell about
// people, so their values can be erased.
func changes(a, b Need) []audit.Change {
	list := []audit.Change{
		audit.PersonalField("text", a.Text, b.Text), audit.PersonalField("title", a.Title, b.Title),
		audit.PersonalField("confidentiality_ground", a.ConfidentialityGround, b.ConfidentialityGround),
		audit.Field("organisation", a.Organisation, b.Organisation), audit.Field("firms", a.Firms, b.Firms),
		audit.Field("represented_by", a.RepresentedBy, b.RepresentedBy), audit.Field("municipality", a.Municipality, b.Municipality),
		audit.Field("sector", a.Sector, b.Sector), audit.Field("purpose", a.Purpose, b.Purpose), audit.Field("level", a.Level, b.Level),
		audit.Field("wanted_from", a.WantedFrom, b.WantedFrom), audit.Field("horizon", a.Horizon, b.Horizon),
		audit.Field("cause", a.Cause, b.Cause), audit.Field("headcount", a.Headcount, b.Headcount),
		audit.Field("confidentiality", a.Confidentiality, b.Confidentiality),
		audit.Field("forms", Joined(a.Forms), Joined(b.Forms)), audit.Field("consequences", Joined(a.Consequences), Joined(b.Consequences)),
		audit.Field("barriers", Joined(a.Barriers), Joined(b.Barriers)), audit.Field("willing", a.Willing, b.Willing),
	}
	if b.Concepts != nil {
		list = append(list, audit.Field("concepts", refs(a.Concepts), refs(b.Concepts)))
	}
	return audit.Changed(list...)
}
