package match

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

// Value is what a person judged.
type Value string

// The verdicts.
const (
	Fits   Value = "fits"
	Partly Value = "partly"
	Not    Value = "not"
)

// Values lists the verdicts, best first.
func Values() []Value { return []Value{Fits, Partly, Not} }

// Kind is what a verdict is on.
type Kind string

// The kinds.
const (
	KindProgramme Kind = "programme"
	KindCard      Kind = "card"
)

// Verdict is a person's judgement of one answer to one need.
type Verdict struct {
	Value  Value
	Reason string
	Role   access.Role
	At     db.Time
}

type target struct {
	kind Kind
	id   string
}

type verdicts map[target]*Verdict

// ActionVerdict is the action of the audit log.
const ActionVerdict audit.Action = "match.verdict"

const (
	// The first place that is known stays: later ones come of the verdict itself.
	putVerdict db.SQL = `INSERT INTO match_verdict (need, kind, target, verdict, reason, place, judged_by, role, org, judged_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (need, kind, target) DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason,
			place = CASE WHEN match_verdict.place > 0 THEN match_verdict.place ELSE excluded.place END,
			judged_by = excluded.judged_by, role = excluded.role, org = excluded.org, judged_at = excluded.judged_at`
	verdictsOf db.SQL = `SELECT kind, target, verdict, reason, role, judged_at FROM match_verdict WHERE need = $1 ORDER BY kind, target`
)

// MaxReason is the longest reason, in characters.
const MaxReason = 500

// Judging is a verdict to be given. Place is where in its list the answer
// stood, from 1; 0 when it is not known.
type Judging struct {
	Kind   Kind
	Target string
	Value  Value
	Reason string
	Place  int
}

func (in Judging) check() error {
	var fs fault.Fields
	if in.Kind != KindProgramme && in.Kind != KindCard {
		fs.Add("kind", "form.error.choice")
	}
	if in.Target == "" {
		fs.Add("target", "form.error.required")
	}
	if !slices.Contains(Values(), in.Value) {
		fs.Add("verdict", "form.error.choice")
	}
	if in.Value == Not && in.Reason == "" {
		fs.Add("reason", "match.error.reason")
	}
	if len([]rune(in.Reason)) > MaxReason {
		fs.Add("reason", "form.error.too_long", "max", MaxReason)
	}
	if in.Place < 0 {
		fs.Add("place", "form.error.number")
	}
	return fs.Err()
}

// CanJudge reports whether the actor may give verdicts on answers to the need:
// those who know needs or education, and work with this one. Whoever only reads
// an open need may not.
func CanJudge(a access.Actor, d need.Detail) bool {
	return d.Sight >= need.Partner &&
		a.Has(access.RoleOrgMember, access.RoleIntermediary, access.RoleMunicipalLead, access.RoleProviderUser, access.RoleSecretary, access.RoleCaseOfficer)
}

// Judge keeps a verdict on an answer to a need that the actor may see. It
// replaces an earlier one, whoever gave it, and counts at the next look.
func (s *Service) Judge(ctx context.Context, actor access.Actor, n need.ID, in Judging) error {
	detail, err := s.Needs.Get(ctx, actor, n)
	if err != nil {
		return err
	}
	if !CanJudge(actor, detail) {
		return fault.New(fault.Denied, "fault.denied")
	}
	if err := in.check(); err != nil {
		return err
	}
	if err := s.isThere(ctx, in); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		acting, _ := actor.ActingRole()
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, putVerdict, n, in.Kind, in.Target, in.Value, in.Reason, in.Place, actor.Label(), acting.Role, acting.Org, now); err != nil {
			return fmt.Errorf("match: verdict on need %s: %w", n, err)
		}
		audit.Record(tx, now, actor, ActionVerdict, audit.Subject{Kind: "need", ID: string(n)}, audit.Field("target", "", in.Target),
			audit.Field("verdict", "", in.Value), audit.PersonalField("reason", "", in.Reason))
		return nil
	})
}

// isThere refuses a verdict on nothing.
func (s *Service) isThere(ctx context.Context, in Judging) (err error) {
	if in.Kind == KindProgramme {
		_, err = s.programme(ctx, offer.ProgrammeID(in.Target))
	} else {
		_, err = s.Support.Get(ctx, support.ID(in.Target))
	}
	return err
}

type verdictRow struct {
	Kind    Kind        `db:"kind"`
	Target  string      `db:"target"`
	Verdict Value       `db:"verdict"`
	Reason  string      `db:"reason"`
	Role    access.Role `db:"role"`
	At      db.Time     `db:"judged_at"`
}

func (s *Service) verdicts(ctx context.Context, n need.ID) (verdicts, error) {
	out := verdicts{}
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[verdictRow](ctx, tx, verdictsOf, n)
		for _, r := range rows {
			out[target{r.Kind, r.Target}] = &Verdict{Value: r.Verdict, Reason: r.Reason, Role: r.Role, At: r.At}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("match: verdicts on need %s: %w", n, err)
	}
	return out, nil
}

// weigh lets a verdict override the machine: what fits comes first, what fits
// partly after it, and what does not fit goes away.
func weigh(v *Verdict, score float64, evidence []Reason) (float64, []Reason) {
	if v == nil {
		return score, evidence
	}
	switch v.Value {
	case Fits:
		return score + 2, append([]Reason{{Kind: "verdict", Key: "match.why.fits"}}, evidence...)
	case Partly:
		return score + 1, append([]Reason{{Kind: "verdict", Key: "match.why.partly"}}, evidence...)
	}
	return 0, nil
}
