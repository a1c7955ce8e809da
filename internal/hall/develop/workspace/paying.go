package workspace

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

// Financing is who pays for a development, for somebody of its circle.
type Financing struct {
	Development making.Development
	Members     []Member
	Lines       []Line
	BySource    []Sum
	All         Sum
	// Usual is who usually pays for education of its level.
	Usual Source
}

// Financing is who pays, by source and year, or NotFound for whoever does not share the
// workspace.
func (s *Service) Financing(ctx context.Context, actor access.Actor, of making.ID) (Financing, error) {
	var out Financing
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		c, err := s.Making.CircleOf(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		p, err := s.Making.Supply.ProgrammeIn(ctx, tx, c.Programme)
		if err != nil {
			return err
		}
		list, err := lines(ctx, tx, of)
		if err != nil {
			return err
		}
		var orgs []access.OrgID
		for _, l := range list {
			orgs = append(orgs, l.Payer)
		}
		names, err := s.names(ctx, tx, c, orgs...)
		if err != nil {
			return err
		}
		for i, l := range list {
			list[i].PayerName, list[i].Mine = names[l.Payer], l.State == Planned && pays(c, actor, l.Payer)
		}
		out = Financing{Development: c.Development, Members: members(c, names), Lines: list, Usual: SourceFor(p.Level)}
		out.BySource, out.All = Sums(list)
		return nil
	})
}

// pays reports whether the actor acts for the payer, as one of the circle that is not the
// provider.
func pays(c making.Circle, actor access.Actor, payer access.OrgID) bool {
	return payer != "" && slices.ContainsFunc(c.Sides, func(x develop.Side) bool { return x.Org == payer && x.Party != flow.Provider && x.IsOf(actor) })
}

// ours is the circle of a development of the actor's own; Denied for the others of the circle.
func (s *Service) ours(ctx context.Context, tx *db.Tx, actor access.Actor, of making.ID) (making.Circle, error) {
	c, err := s.Making.CircleOf(ctx, tx, actor, of)
	if err == nil && !c.Is(flow.Provider) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return c, err
}

// fits refuses a payer outside the circle, and a yes that is the payer's own to say.
func fits(c making.Circle, old *Line, in Paying) error {
	if in.Payer == "" || in.Payer == c.Provider {
		return nil
	}
	known := slices.ContainsFunc(c.Sides, func(x develop.Side) bool { return x.Org == in.Payer })
	kept := old != nil && old.Payer == in.Payer
	switch {
	case !known && !kept:
		return fault.InvalidField("payer", "workspace.error.outside")
	case in.State == Confirmed && (old == nil || old.ConfirmedBy != in.Payer || !old.same(in)):
		return fault.InvalidField("state", "workspace.error.theirs")
	}
	return nil
}

// AddLine writes a line of the financing, as the provider.
func (s *Service) AddLine(ctx context.Context, actor access.Actor, of making.ID, in Paying) (LineID, error) {
	if err := in.check(); err != nil {
		return "", err
	}
	out := id.New[Line]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		c, err := s.ours(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		if err := fits(c, nil, in); err != nil {
			return err
		}
		list, err := lines(ctx, tx, of)
		if err != nil {
			return err
		}
		if len(list) >= MaxLines {
			return fault.New(fault.Conflict, "workspace.error.too_many", "max", MaxLines)
		}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertLine, out, of, in.Source, in.Payer, in.Words, in.Amount, in.Year, in.State, in.Note, actor.Label(), now); err != nil {
			return fmt.Errorf("financing of development %s: %w", of, err)
		}
		audit.Record(tx, now, actor, ActionLine, subject(of), changes(Paying{}, in)...)
		return nil
	})
}

// SetLine replaces a line, as the provider. A yes of the payer's stands when the line asks for
// the same; else it is planned again, and the form cannot say otherwise. version is the one
// that the actor saw.
func (s *Service) SetLine(ctx context.Context, actor access.Actor, of making.ID, line LineID, version int64, in Paying) error {
	if err := in.check(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		c, old, err := s.line(ctx, tx, actor, of, line)
		if err != nil {
			return err
		}
		if err := fits(c, &old, in); err != nil {
			return err
		}
		confirmed := old.ConfirmedBy
		if in.State == Planned {
			confirmed = ""
		}
		if err := db.ExecOne(ctx, tx, updateLine, in.Source, in.Payer, in.Words, in.Amount, in.Year, in.State, in.Note, confirmed, line, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionLine, subject(of), changes(old.Paying, in)...)
		return nil
	})
}

// line is a line that the actor, as the provider, may change.
func (s *Service) line(ctx context.Context, tx *db.Tx, actor access.Actor, of making.ID, line LineID) (making.Circle, Line, error) {
	c, err := s.ours(ctx, tx, actor, of)
	if err != nil {
		return c, Line{}, err
	}
	list, err := lines(ctx, tx, of)
	if err != nil {
		return c, Line{}, err
	}
	at := slices.IndexFunc(list, func(l Line) bool { return l.ID == line })
	if at < 0 {
		return c, Line{}, fault.Missing()
	}
	return c, list[at], nil
}

func changes(old, in Paying) []audit.Change {
	return audit.Changed(audit.Field("source", old.Source, in.Source), audit.Field("payer", string(old.Payer), string(in.Payer)), audit.Field("amount", old.Amount, in.Amount),
		audit.Field("year", old.Year, in.Year), audit.Field("state", old.State, in.State))
}

// RemoveLine takes a line away, as the provider. version is the one that the actor saw.
func (s *Service) RemoveLine(ctx context.Context, actor access.Actor, of making.ID, line LineID, version int64) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		_, old, err := s.line(ctx, tx, actor, of, line)
		if err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, deleteLine, line, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionRemove, subject(of), changes(old.Paying, Paying{})...)
		return nil
	})
}

// Confirm says yes to a line, as the organisation that pays it. version is the one that the
// actor saw, so that nobody says yes to another amount.
func (s *Service) Confirm(ctx context.Context, actor access.Actor, of making.ID, line LineID, version int64) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		c, err := s.Making.CircleOf(ctx, tx, actor, of)
		if err != nil {
			return err
		}
		list, err := lines(ctx, tx, of)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(list, func(l Line) bool { return l.ID == line })
		switch {
		case at < 0:
			return fault.Missing()
		case !pays(c, actor, list[at].Payer):
			return fault.New(fault.Denied, "fault.denied")
		case list[at].State == Confirmed:
			return nil
		}
		if err := db.ExecOne(ctx, tx, confirmLine, list[at].Payer, line, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionConfirm, subject(of), audit.Field("amount", "", list[at].Amount), audit.Field("payer", "", string(list[at].Payer)))
		return nil
	})
}
