package pool

import (
	"slices"
	"unicode/utf8"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
)

// ID names a pooled need.
type ID = need.PoolID

// ParseID reads a pooled need's id from outside.
func ParseID(s string) (ID, error) { return need.ParsePoolID(s) }

// Content is what is written about a pooled need. MinToStart is how many
// people a provider needs to start, 0 when nobody has said.
type Content struct {
	Title      string
	Field      need.Field
	Level      need.Level
	MinToStart int
	Concepts   []need.Concept // nil: those of its needs, or those stored
}

// Pool is a pooled need: needs of several organisations followed as one. It is
// open to read; its figures keep to the small-number rule (see Figures).
type Pool struct {
	ID     ID
	Number string // "F-2026-0007"
	Content
	// Region is where its needs lie: a region, a county, or several.
	Region need.Region
	// Coordinator is the organisation that made it.
	Coordinator       org.ID
	State             flow.State
	Provider          org.ID
	AnswerBy          clock.Date
	TakenWithoutForum bool
	CreatedAt         clock.Time
	UpdatedAt         clock.Time
	Version           int64
	// places are the municipalities its needs lie in, also those that the
	// reader may not open; lists leave them empty.
	places []string
}

// check puts the texts right and says what is wrong with them.
func (in *Content) check() error {
	var fs fault.Fields
	in.Title = text.CleanLine(in.Title)
	if in.Title == "" {
		fs.Add("title", "form.error.required")
	}
	if utf8.RuneCountInString(in.Title) > need.MaxTitle {
		fs.Add("title", "form.error.too_long", "max", need.MaxTitle)
	}
	need.OneOf(&fs, "field", in.Field, need.Fields())
	need.OneOf(&fs, "level", in.Level, need.Levels())
	if in.MinToStart < 0 || in.MinToStart > need.MaxHeadcount {
		fs.Add("min_to_start", "form.error.range", "min", 0, "max", need.MaxHeadcount)
	}
	need.CheckConcepts(&fs, in.Concepts)
	if in.Level == "" {
		in.Level = need.LevelUnknown
	}
	return fs.Err()
}

// from fills in what is not written from the needs. A pool is open to read, so
// only what open needs say goes into it by itself; the rest has to be written.
func (in Content) from(members []need.Need) Content {
	members = slices.DeleteFunc(slices.Clone(members), func(n need.Need) bool { return n.Confidentiality != need.Open })
	for _, n := range members {
		if text.IsBlank(in.Title) {
			in.Title = n.Title
		}
		if in.Field == "" {
			in.Field = n.Field
		}
		if in.Level == "" && n.Level != need.LevelUnknown {
			in.Level = n.Level
		}
	}
	if in.Concepts != nil {
		return in
	}
	seen := map[string]bool{}
	for _, n := range members {
		for _, c := range n.ConceptsInUse() {
			if !seen[c.Ref()] && len(in.Concepts) < need.MaxConcepts {
				seen[c.Ref()], in.Concepts = true, append(in.Concepts, c)
			}
		}
	}
	return in
}

// asNeed gives the pool as something whose ball the flow can place: its
// coordinator stands in for the owners.
func (p Pool) asNeed() need.Need {
	return need.Need{Content: need.Content{RepresentedBy: p.Coordinator}, State: p.State, Provider: p.Provider, AnswerBy: p.AnswerBy,
		TakenWithoutForum: p.TakenWithoutForum}
}

// coordinatorFor is the organisation that looks after the pool.
func coordinatorFor(actor access.Actor, members []need.Need) org.ID {
	if acting, ok := actor.ActingRole(append(need.AdviserRoles(), access.RoleSecretary)...); ok && acting.Org != "" {
		return acting.Org
	}
	if members[0].RepresentedBy != "" {
		return members[0].RepresentedBy
	}
	return members[0].Organisation
}

// CanMake reports whether the actor may make pooled needs.
func CanMake(a access.Actor) bool {
	return a.IsSystem() || a.Has(access.RoleIntermediary, access.RoleMunicipalLead, access.RoleSecretary, access.RoleCaseOfficer)
}

// CanSteer reports whether the actor looks after the pool: adds and removes
// needs, and edits it. Its coordinator may, and the forum's secretary and the
// county where one of its needs lies.
func CanSteer(a access.Actor, p Pool) bool {
	return a.IsSystem() || coordinates(a, p) || a.Area(access.RoleSecretary, access.RoleCaseOfficer).Has(p.places...)
}

// IsPartner reports whether the actor works with the pool, and so reads what
// was discussed, the requests and the notes of its moves: those who look after
// it, the providers, and the forum where one of its needs lies.
func IsPartner(a access.Actor, p Pool) bool {
	return CanSteer(a, p) || need.Office(a).Has(p.places...)
}

func coordinates(a access.Actor, p Pool) bool {
	return a.HasAt(p.Coordinator, append(need.AdviserRoles(), access.RoleSecretary)...)
}

// Parties lists as which parties the actor may move the pool. Its coordinator
// speaks for the owners.
func Parties(a access.Actor, p Pool) []flow.Party {
	var out []flow.Party
	if coordinates(a, p) {
		out = append(out, flow.Adviser)
	}
	mine := a.HasAt(p.Provider, access.RoleProviderUser) || p.Provider == "" && a.Has(access.RoleProviderUser)
	return append(out, need.OfficeParties(a, mine, p.places...)...)
}

// ended reports whether the pool stands at an end.
func (s *Service) ended(p Pool) bool {
	return slices.Contains([]flow.State{need.Closed, need.Withdrawn}, p.State)
}
