package poolweb

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/need/wording"
)

func (p *pages) registerAPI() {
	makers := gate.Roles(access.RoleIntermediary, access.RoleMunicipalLead, access.RoleSecretary, access.RoleCaseOfficer)
	gate.Register(p.door, gate.Op{Method: "GET", Path: "/api/v1/pools", Rule: gate.Public(), ID: "list-pools", Summary: "Pooled needs", Tags: []string{"need"}}, p.apiPools)
	gate.Register(p.door, gate.Op{Method: "GET", Path: "/api/v1/pools/{id}", Rule: gate.Public(), ID: "get-pool", Summary: "A pooled need, by id or number", Tags: []string{"need"}}, p.apiPool)
	gate.Register(p.door, gate.Op{Method: "POST", Path: "/api/v1/pools", Rule: makers, ID: "make-pool", Summary: "Make a pooled need of several needs", Tags: []string{"need"}, Status: http.StatusCreated}, p.apiMake)
}

type apiPoolItem struct {
	ID             string     `json:"id"`
	Number         string     `json:"number"`
	Title          string     `json:"title"`
	State          string     `json:"state"`
	Field          string     `json:"field"`
	Level          string     `json:"level"`
	Region         string     `json:"region"`
	MinToStart     int        `json:"min_to_start,omitempty"`
	Municipalities []string   `json:"municipalities" doc:"Numbers, of the needs the reader may open"`
	Coordinator    string     `json:"coordinator"`
	Provider       string     `json:"provider,omitempty"`
	AnswerBy       clock.Date `json:"answer_by,omitzero"`
	NoForum        bool       `json:"taken_without_forum,omitempty"`
	CreatedAt      clock.Time `json:"created_at"`
	Version        int64      `json:"version"`
	wording.Sizes
}

func newAPIPool(p pool.Pool, f pool.Figures) apiPoolItem {
	return apiPoolItem{ID: string(p.ID), Number: p.Number, Title: p.Title, State: string(p.State), Field: string(p.Field), Level: string(p.Level),
		Region: string(p.Region), MinToStart: p.MinToStart, Municipalities: append([]string{}, f.Municipalities...), Coordinator: string(p.Coordinator),
		Provider: string(p.Provider), AnswerBy: p.AnswerBy, NoForum: p.TakenWithoutForum, CreatedAt: p.CreatedAt, Version: p.Version,
		Sizes: wording.SizesOf(f.Headcount, f.Firms)}
}

type apiPoolsIn struct {
	Q            string `query:"q" maxLength:"200" doc:"Words of the title, or a number"`
	State        string `query:"state" maxLength:"40"`
	Field        string `query:"field" maxLength:"40"`
	Level        string `query:"level" maxLength:"40"`
	Region       string `query:"region" maxLength:"80"`
	Municipality string `query:"municipality" maxLength:"4" doc:"Pools with an open need there"`
	Limit        int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	After        string `query:"after" maxLength:"400"`
}

type apiPoolsOut struct {
	Body struct {
		Items []apiPoolItem `json:"items"`
		Total int           `json:"total"`
		Next  string        `json:"next,omitempty"`
	}
}

func (p *pages) apiPools(ctx context.Context, actor access.Actor, in *apiPoolsIn) (*apiPoolsOut, error) {
	var fs fault.Fields
	need.OneOf(&fs, "state", flow.State(in.State), poolStates())
	need.OneOf(&fs, "field", need.Field(in.Field), need.Fields())
	need.OneOf(&fs, "level", need.Level(in.Level), need.Levels())
	need.OneOf(&fs, "region", need.Region(in.Region), wording.Regions(p.Places))
	if err := fs.Err(); err != nil {
		return nil, err
	}
	found, total, err := p.Pools.List(ctx, actor, pool.Filter{Text: in.Q, States: oneOrNone(flow.State(in.State)), Fields: oneOrNone(need.Field(in.Field)),
		Levels: oneOrNone(need.Level(in.Level)), Regions: oneOrNone(need.Region(in.Region)), Municipality: in.Municipality, After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &apiPoolsOut{}
	out.Body.Items, out.Body.Total, out.Body.Next = make([]apiPoolItem, len(found.Items)), total, found.Next
	for i, it := range found.Items {
		out.Body.Items[i] = newAPIPool(it.Pool, it.Figures)
	}
	return out, nil
}

func oneOrNone[T ~string](v T) []T {
	if v == "" {
		return nil
	}
	return []T{v}
}

type apiPoolIn struct {
	ID string `path:"id" maxLength:"40"`
}

type apiConcept struct {
	Scheme string `json:"scheme"`
	Code   string `json:"code"`
}

type apiMember struct {
	ID           string `json:"id"`
	Number       string `json:"number"`
	Title        string `json:"title"`
	Municipality string `json:"municipality"`
	Headcount    int    `json:"headcount"`
}

type apiPoolBody struct {
	apiPoolItem
	Concepts []apiConcept `json:"concepts"`
	Members  []apiMember  `json:"members" doc:"The needs that the reader may open"`
	All      bool         `json:"all_members" doc:"Whether those are all there are"`
}

type apiPoolOut struct{ Body apiPoolBody }

func (p *pages) apiPool(ctx context.Context, actor access.Actor, in *apiPoolIn) (*apiPoolOut, error) {
	d, err := p.byRef(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	out := &apiPoolOut{Body: apiPoolBody{apiPoolItem: newAPIPool(d.Pool, d.Figures), Concepts: []apiConcept{}, Members: []apiMember{}, All: d.All}}
	for _, c := range d.Concepts {
		if c.Chosen != need.Removed {
			out.Body.Concepts = append(out.Body.Concepts, apiConcept{c.Scheme, c.Code})
		}
	}
	members, err := p.members(ctx, actor, d)
	for _, m := range members {
		out.Body.Members = append(out.Body.Members, apiMember{string(m.ID), m.Number, m.Title, m.Municipality, m.Headcount})
	}
	return out, err
}

// byRef finds a pool by its id or its number.
func (p *pages) byRef(ctx context.Context, actor access.Actor, ref string) (pool.Detail, error) {
	if strings.HasPrefix(ref, "F-") {
		return p.Pools.GetByNumber(ctx, actor, ref)
	}
	id, err := pool.ParseID(ref)
	if err != nil {
		return pool.Detail{}, fault.Missing()
	}
	return p.Pools.Get(ctx, actor, id)
}

type apiMakeIn struct {
	Body struct {
		Title      string   `json:"title,omitempty" doc:"Empty: that of the first need"`
		Needs      []string `json:"needs" maxItems:"500" doc:"Ids of the needs"`
		Field      string   `json:"field,omitempty"`
		Level      string   `json:"level,omitempty"`
		MinToStart int      `json:"min_to_start,omitempty"`
	}
}

func (p *pages) apiMake(ctx context.Context, actor access.Actor, in *apiMakeIn) (*apiPoolOut, error) {
	var needs []need.ID
	for i, s := range in.Body.Needs {
		n, err := need.ParseID(s)
		if err != nil {
			return nil, fault.InvalidField("needs."+strconv.Itoa(i), "need.error.unknown_need")
		}
		needs = append(needs, n)
	}
	made, err := p.Pools.Make(ctx, actor, pool.Content{Title: in.Body.Title, Field: need.Field(in.Body.Field), Level: need.Level(in.Body.Level),
		MinToStart: in.Body.MinToStart}, needs...)
	if err != nil {
		return nil, err
	}
	return p.apiPool(ctx, actor, &apiPoolIn{ID: string(made.ID)})
}
