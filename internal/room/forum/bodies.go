package forum

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

type body struct{}

// BodyID names a forum: the id of the body that it is.
type BodyID = id.Of[body]

// ParseBodyID reads a forum's id from outside.
func ParseBodyID(s string) (BodyID, error) { return id.Parse[body](s) }

// Body is what this room must know of a body. Members are the organisations with a
// seat today, observers and secretaries left out.
type Body struct {
	ID          BodyID
	Name        string
	IsCounty    bool
	IsRegional  bool
	Region      place.RegionID
	Secretariat access.OrgID
	Members     []Member
}

// Member is an organisation in a forum, and the side that it comes from as the room of
// meetings writes it.
type Member struct {
	Org  access.OrgID
	Name string
	Side string
}

// IsForum reports whether the body is a forum of either level.
func (b Body) IsForum() bool { return b.IsCounty || b.IsRegional }

// Has reports whether the organisation is a member.
func (b Body) Has(o access.OrgID) bool {
	return slices.ContainsFunc(b.Members, func(m Member) bool { return m.Org == o })
}

// Part is what an actor is in a forum: its secretary, and the members that he holds a
// seat for.
type Part struct {
	Secretary bool
	Orgs      []access.OrgID
}

// SpeaksFor reports whether the actor may answer for the organisation.
func (p Part) SpeaksFor(o access.OrgID) bool { return p.Secretary || slices.Contains(p.Orgs, o) }

// Bodies is what the room of meetings tells. Body answers NotFound for none.
type Bodies interface {
	Body(ctx context.Context, tx *db.Tx, b BodyID) (Body, error)
	Part(ctx context.Context, tx *db.Tx, actor access.Actor, b BodyID) (Part, error)
}

// Open loads a forum with what the actor is in it; a body that is no forum is NotFound.
func Open(ctx context.Context, tx *db.Tx, bodies Bodies, actor access.Actor, b BodyID) (Body, Part, error) {
	found, err := bodies.Body(ctx, tx, b)
	if err != nil {
		return Body{}, Part{}, err
	}
	if !found.IsForum() {
		return Body{}, Part{}, fault.Missing()
	}
	if actor.IsSystem() {
		return found, Part{Secretary: true}, nil
	}
	if !actor.SignedIn() {
		return found, Part{}, nil
	}
	part, err := bodies.Part(ctx, tx, actor, b)
	return found, part, err
}

// Keep is Open for the forum's secretary; others are Denied.
func Keep(ctx context.Context, tx *db.Tx, bodies Bodies, actor access.Actor, b BodyID) (Body, error) {
	found, part, err := Open(ctx, tx, bodies, actor, b)
	if err == nil && !part.Secretary {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return found, err
}

// Speak is Open for who speaks for the member; others are Denied, and what is no
// member is refused at the field org.
func Speak(ctx context.Context, tx *db.Tx, bodies Bodies, actor access.Actor, b BodyID, o access.OrgID) (Body, error) {
	found, part, err := Open(ctx, tx, bodies, actor, b)
	switch {
	case err != nil:
		return found, err
	case !part.Secretary && len(part.Orgs) == 0:
		return found, fault.New(fault.Denied, "fault.denied")
	case !found.Has(o):
		return found, fault.InvalidField("org", "forum.error.no_member")
	case !part.SpeaksFor(o):
		return found, fault.InvalidField("org", "forum.error.not_yours")
	}
	return found, nil
}
