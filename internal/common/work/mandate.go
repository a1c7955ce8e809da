package work

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
)

// Mandate is who asked for work, and in which roles: part of the payload of work that is
// done in somebody's name while he does not wait.
type Mandate struct {
	Account access.AccountID `json:"account"`
	Roles   []Held           `json:"roles"`
}

// Held is a role that somebody had when he asked.
type Held struct {
	Role  access.Role  `json:"role"`
	Org   access.OrgID `json:"org"`
	Scope access.Scope `json:"scope"`
}

// MandateOf is the mandate that the actor gives with the roles he has now.
func MandateOf(a access.Actor) Mandate {
	m := Mandate{Account: a.Account, Roles: make([]Held, len(a.Roles))}
	for i, r := range a.Roles {
		m.Roles[i] = Held{Role: r.Role, Org: r.Org, Scope: r.Scope}
	}
	return m
}

// ErrNoRole tells that a role which the work was asked for in holds no more.
var ErrNoRole = fault.New(fault.Denied, "fault.denied")

// Actor is whoever asked, in the roles he had then and has still, as in finds them. What he
// has got since decides nothing. When the account is gone, or one of the roles that decide,
// it is ErrNoRole.
func (m Mandate) Actor(ctx context.Context, tx *db.Tx, in ActorIn, decide ...access.Role) (access.Actor, error) {
	now, err := in(ctx, tx, m.Account)
	if fault.Is(err, fault.NotFound) {
		return access.Actor{}, ErrNoRole
	}
	if err != nil {
		return access.Actor{}, err
	}
	then := now
	then.Roles = nil
	for _, was := range m.Roles {
		i := slices.IndexFunc(now.Roles, func(is access.Assignment) bool { return was == Held{Role: is.Role, Org: is.Org, Scope: is.Scope} })
		switch {
		case i >= 0:
			then.Roles = append(then.Roles, now.Roles[i])
		case slices.Contains(decide, was.Role):
			return access.Actor{}, ErrNoRole
		}
	}
	return then, nil
}

// ActorIn finds an account with the roles that hold now, or NotFound.
type ActorIn func(ctx context.Context, tx *db.Tx, a access.AccountID) (access.Actor, error)
