package develop

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
)

// Side is an organisation that has what is answered, or acts for somebody who has it.
type Side struct {
	Org   access.OrgID
	Party flow.Party // Owner or Adviser
}

// IsOf reports whether the actor acts for the organisation as that side does.
func (s Side) IsOf(actor access.Actor) bool {
	if s.Party == flow.Owner {
		return actor.HasAt(s.Org, need.OwnerRoles()...)
	}
	return actor.HasAt(s.Org, append(need.AdviserRoles(), access.RoleSecretary)...)
}

const (
	sidesOf db.SQL = `SELECT COALESCE(m.org, '') AS org, COALESCE(m.represented_by, '') AS acts FROM need AS m /*where*/ ORDER BY m.created_at, m.id`

	fragSideNeed db.Fragment = "m.id"
	fragSidePool db.Fragment = "m.pool"
)

type sideRow struct {
	Org  access.OrgID `db:"org"`
	Acts access.OrgID `db:"acts"`
}

// Sides are those who have what is answered, each once, whoever asks: the owner, and who acts
// with a mandate that holds today. Of a pooled need they are its coordinator and those of
// every need in it.
func (s *Service) Sides(ctx context.Context, tx *db.Tx, about About) ([]Side, error) {
	var out []Side
	var w db.Where
	if about.Pool == "" {
		db.In(&w, fragSideNeed, []need.ID{about.Need})
	} else {
		p, err := pool.Load(ctx, tx, about.Pool)
		if err != nil {
			return nil, err
		}
		out = append(out, Side{p.Coordinator, flow.Adviser})
		db.In(&w, fragSidePool, []need.PoolID{about.Pool})
	}
	statement, args := db.Query{Base: sidesOf, Where: w}.Build()
	rows, err := db.List[sideRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("those behind %+v: %w", about, err)
	}
	for _, r := range rows {
		if r.Org != "" {
			out = append(out, Side{r.Org, flow.Owner})
		}
		holds := r.Acts != ""
		if holds && r.Org != "" {
			if holds, err = org.HasMandate(ctx, tx, r.Acts, r.Org, s.Needs.Today()); err != nil {
				return nil, err
			}
		}
		if holds {
			out = append(out, Side{r.Acts, flow.Adviser})
		}
	}
	var once []Side
	for _, x := range out {
		if !slices.Contains(once, x) {
			once = append(once, x)
		}
	}
	return once, nil
}
