package pool

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/few"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
)

// Figures are a pooled need's sizes as a reader may know them. Who may
// open all its needs gets the sums of this moment. Everybody else gets what
// was last published in the fixed tables, made once a day, and nothing when
// that is withheld, so that no two readings differ by one or two firms.
type Figures struct {
	Firms, Headcount need.Figure
	// Municipalities are those of the members the reader may open.
	Municipalities []string
	// All tells that the reader may open every member.
	All bool
}

type sizeRow struct {
	Pool            ID                   `db:"pool"`
	Org             org.ID               `db:"org"`
	RepresentedBy   org.ID               `db:"represented_by"`
	Provider        org.ID               `db:"provider"`
	Firms           int                  `db:"firms"`
	Headcount       int                  `db:"headcount"`
	Municipality    string               `db:"municipality"`
	Confidentiality need.Confidentiality `db:"confidentiality"`
	State           flow.State           `db:"state"`
}

func (r sizeRow) need() need.Need {
	return need.Need{Content: need.Content{Organisation: r.Org, RepresentedBy: r.RepresentedBy, Firms: r.Firms, Headcount: r.Headcount,
		Municipality: r.Municipality, Confidentiality: r.Confidentiality}, Provider: r.Provider, State: r.State}
}

type publishedRow struct {
	Pool      ID   `db:"pool"`
	Published bool `db:"published"`
	Firms     int  `db:"firms"`
	Headcount int  `db:"headcount"`
}

// figures gives the sizes of the pools as the actor may know them.
func (s *Service) figures(ctx context.Context, tx *db.Tx, actor access.Actor, pools []ID) (map[ID]Figures, error) {
	out := map[ID]Figures{}
	if len(pools) == 0 {
		return out, nil
	}
	var w db.Where
	db.In(&w, fragPool, pools)
	statement, args := db.Query{Base: sizesIn, Where: w}.Build()
	sizes, err := db.List[sizeRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, err
	}
	members := map[ID][]need.Need{}
	for _, r := range sizes {
		members[r.Pool] = append(members[r.Pool], r.need())
	}
	var byPool db.Where
	db.In(&byPool, fragPoolColumn, pools)
	statement, args = db.Query{Base: publishedIn, Where: byPool}.Build()
	published, err := db.List[publishedRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, err
	}
	open := map[ID]publishedRow{}
	for _, r := range published {
		open[r.Pool] = r
	}
	for _, p := range pools {
		out[p] = figuresFor(actor, members[p], open[p])
	}
	return out, nil
}

func figuresFor(actor access.Actor, members []need.Need, open publishedRow) Figures {
	f := Figures{All: true}
	headcount := 0
	for _, n := range members {
		if !need.CanSee(actor, n) {
			f.All = false
			continue
		}
		f.Municipalities = append(f.Municipalities, n.Municipality)
		headcount += n.Headcount
	}
	f.Municipalities = need.Unique(f.Municipalities)
	firms := firmsIn(members)
	switch {
	case f.All:
		f.Firms, f.Headcount = few.Exactly(firms), few.Exactly(headcount)
	case open.Published:
		f.Firms, f.Headcount = few.Exactly(open.Firms), few.Exactly(open.Headcount)
	case firms < need.Few:
		f.Firms, f.Headcount = few.FewOnly(), few.FewOnly()
	}
	return f
}

// firmsIn counts the different firms behind the needs.
func firmsIn(members []need.Need) int {
	firms, groups := map[org.ID]bool{}, 0
	for _, n := range members {
		if n.Organisation == "" {
			groups += n.FirmCount()
		} else {
			firms[n.Organisation] = true
		}
	}
	return len(firms) + groups
}
