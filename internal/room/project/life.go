package project

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// Working days that whoever has the ball has.
const (
	ownerDays  = 20
	countyDays = 40
)

// Flow is how a project moves, from idea to what comes after it. A register of projects from before says where each
// stands; the first that is done with it here begins its history.
func Flow() flow.Definition {
	owner, county, either := []flow.Party{flow.Owner}, []flow.Party{flow.County}, []flow.Party{flow.Owner, flow.County}
	state := func(s State, ball flow.Party, days int) flow.StateDef {
		return flow.StateDef{State: flow.State(s), Label: s.Label(), Ball: ball, Days: days, End: ball == flow.Nobody}
	}
	d := flow.Definition{Kind: ObjectName, Initial: flow.State(Idea), States: []flow.StateDef{
		state(Idea, flow.Owner, ownerDays), state(Described, flow.Owner, ownerDays), state(Applied, flow.County, countyDays), state(Granted, flow.Owner, ownerDays), state(Running, flow.Owner, 0),
		state(Reported, flow.Owner, ownerDays), state(Compiled, flow.Nobody, 0), state(Continued, flow.Nobody, 0), state(Closed, flow.Nobody, 0)}, Moves: []flow.MoveDef{
		{From: flow.State(Idea), To: flow.State(Described), By: owner, Label: "project.move.describe"},
		{From: flow.State(Described), To: flow.State(Applied), By: owner, Label: "project.move.apply", NoteRequired: true},
		{From: flow.State(Described), To: flow.State(Running), By: owner, Label: "project.move.start"},
		{From: flow.State(Applied), To: flow.State(Granted), By: either, Label: "project.move.grant", NoteRequired: true},
		{From: flow.State(Applied), To: flow.State(Described), By: county, Label: "project.move.return", NoteRequired: true},
		{From: flow.State(Granted), To: flow.State(Running), By: owner, Label: "project.move.start"},
		{From: flow.State(Running), To: flow.State(Reported), By: owner, Label: "project.move.report"},
		{From: flow.State(Reported), To: flow.State(Running), By: either, Label: "project.move.resume", NoteRequired: true},
		{From: flow.State(Running), To: flow.State(Compiled), By: owner, Label: "project.move.compile"},
		{From: flow.State(Reported), To: flow.State(Compiled), By: owner, Label: "project.move.compile"},
		{From: flow.State(Compiled), To: flow.State(Continued), By: owner, Label: "project.move.continue"},
		{From: flow.State(Compiled), To: flow.State(Closed), By: owner, Label: "project.move.close", NoteRequired: true},
	}}
	for _, s := range []State{Idea, Described, Applied, Granted, Running} {
		d.Moves = append(d.Moves, flow.MoveDef{From: flow.State(s), To: flow.State(Closed), By: either, Label: "project.move.close", NoteRequired: true})
	}
	return d
}

// writers are the roles at a project's owner that write for it.
func writers() []access.Role {
	return []access.Role{access.RoleOrgMember, access.RoleIntermediary, access.RoleMunicipalLead, access.RoleProviderUser, access.RoleSecretary}
}

// WriterRoles are the roles that write for the projects of their organisation.
func WriterRoles() []access.Role { return writers() }

// CanChange reports whether the actor writes for the project: the people of its owner, or of
// its parent's owner, and the county.
func CanChange(a access.Actor, p Detail) bool {
	if CanTakeIn(a) == nil || p.OwnerOrg != "" && a.HasAt(p.OwnerOrg, writers()...) {
		return true
	}
	return p.Above != nil && p.Above.OwnerOrg != "" && a.HasAt(p.Above.OwnerOrg, writers()...)
}

// parties are the sides of the project that the actor is on.
func parties(a access.Actor, p Detail) []flow.Party {
	var out []flow.Party
	if CanChange(a, p) {
		out = append(out, flow.Owner)
	}
	if a.Has(access.RoleCaseOfficer) {
		out = append(out, flow.County)
	}
	return out
}

// ball is who has the ball in the state, from the day: the owner's organisation, or that of
// its parent's owner; the county where neither is in the register. A project that runs is due
// on its last day.
func (d Detail) ball(to State, today clock.Date) flow.Ball {
	def, _ := Flow().State(flow.State(to))
	b := flow.Ball{Party: def.Ball, Due: def.Due(today)}
	if to == Running && d.To.After(today) {
		b.Due = d.To
	}
	switch {
	case b.Party == flow.Nobody:
	case b.Party == flow.Owner && d.OwnerOrg != "":
		b.Org = d.OwnerOrg
	case b.Party == flow.Owner && d.Above != nil && d.Above.OwnerOrg != "":
		b.Org = d.Above.OwnerOrg
	default:
		b.Role = access.RoleCaseOfficer
	}
	return b
}

// Moves are the moves that the actor may make with the project by hand; into the compendium it
// goes when its entry is complete.
func Moves(a access.Actor, p Detail) []flow.MoveDef {
	as := parties(a, p)
	return slices.DeleteFunc(Flow().From(flow.State(p.State)), func(m flow.MoveDef) bool {
		return m.To == flow.State(Compiled) || !slices.ContainsFunc(m.By, func(x flow.Party) bool { return slices.Contains(as, x) })
	})
}

// maxNote is the most signs of a note to a move.
const maxNote = 2_000

// Move moves a project. version is the one that the actor saw.
func (s *Service) Move(ctx context.Context, actor access.Actor, p ID, version int64, to State, note string) error {
	note = text.CleanMultiline(note)
	var fs fault.Fields
	fs.Text("note", note, maxNote, false)
	switch {
	case fs.Err() != nil:
		return fs.Err()
	case to == Compiled:
		return fault.New(fault.Conflict, "project.error.entry_first")
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		d, err := s.In(ctx, tx, actor, p)
		switch {
		case err != nil:
			return err
		case d.Version != version:
			return fault.New(fault.Stale, "fault.stale")
		}
		return s.step(ctx, tx, actor, d, to, note)
	})
}

// Compile puts a project whose entry is complete into the compendium, in the caller's
// transaction; one that is not running or reported stays where it is.
func (s *Service) Compile(ctx context.Context, tx *db.Tx, actor access.Actor, d Detail) error {
	if d.State != Running && d.State != Reported {
		return nil
	}
	return s.step(ctx, tx, actor, d, Compiled, "")
}

// step makes the move. What came in from a register has no history here before.
func (s *Service) step(ctx context.Context, tx *db.Tx, actor access.Actor, d Detail, to State, note string) error {
	now := s.Clock.Now()
	at := flow.Subject{Kind: ObjectName, ID: string(d.ID)}
	begun, err := db.Scalar[int](ctx, tx, countItems, ObjectName, d.ID)
	if err != nil {
		return err
	}
	if begun == 0 && to == Compiled { // from a register into the compendium: nothing that somebody has to do
		return s.setState(ctx, tx, actor, d, to)
	}
	if begun == 0 {
		if err := s.begin(ctx, tx, actor, d); err != nil {
			return err
		}
	}
	if err := flow.Move(ctx, tx, Flow(), flow.Request{Subject: at, From: flow.State(d.State), To: flow.State(to), As: parties(actor, d), Note: note, Ball: d.ball(to, now.Date())}, actor, now); err != nil {
		return err
	}
	return s.setState(ctx, tx, actor, d, to)
}

func (s *Service) setState(ctx context.Context, tx *db.Tx, actor access.Actor, d Detail, to State) error {
	audit.Record(tx, s.Clock.Now(), actor, ActionMove, subject(d.ID), audit.Field("state", d.State, to))
	return db.ExecOne(ctx, tx, stateProject, to, d.ID)
}

// begin starts the history of a project where it stands.
func (s *Service) begin(ctx context.Context, tx *db.Tx, actor access.Actor, d Detail) error {
	now := s.Clock.Now()
	if err := flow.StartIn(ctx, tx, Flow(), flow.State(d.State), string(d.ID), d.Number+" · "+d.Title.String(), d.ball(d.State, now.Date()), actor, now); err != nil {
		return err
	}
	return flow.Locate(ctx, tx, flow.Subject{Kind: ObjectName, ID: string(d.ID)}, s.locations(d.Project, now.Date())...)
}

// locations are the municipalities of the day that the project goes on in.
func (s *Service) locations(p Project, day clock.Date) []string {
	var out []string
	for _, n := range p.Municipalities {
		now, err := s.Places.Successors(n, day)
		if err != nil {
			continue
		}
		for _, x := range now {
			if !slices.Contains(out, string(x)) {
				out = append(out, string(x))
			}
		}
	}
	return out
}

// History is where a project stands and its steps, the oldest first; ok is false for one that
// nothing has been done with here.
func (s *Service) History(ctx context.Context, p ID) (item flow.Item, steps []flow.Step, ok bool, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		at := flow.Subject{Kind: ObjectName, ID: string(p)}
		item, err = flow.Get(ctx, tx, at)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		ok = true
		steps, err = flow.History(ctx, tx, at)
		return err
	})
	return item, steps, ok, err
}
