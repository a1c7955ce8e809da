package forum

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// State is how far a region has come towards a forum of its own. Stored as written.
type State string

// The states.
const (
	InDialogue  State = "dialogue"
	Wants       State = "wants"
	Established State = "established"
	Unwilling   State = "unwilling"
)

// States lists the states in the order pages show them.
func States() []State { return []State{Established, Wants, InDialogue, Unwilling} }

// Label is the state's name.
func (s State) Label() i18n.Key { return i18n.Key("forum.state." + string(s)) }

// Region is a region under the county's forum. Source is who says how far it has come
// ("vedtak 51/20"), Day when. Body is its forum, empty unless it is established.
type Region struct {
	ID      place.RegionID
	Name    string
	County  BodyID
	State   State
	Source  string
	Day     clock.Date
	Body    BodyID
	Version int64
}

// Step is what was said of a region at a time.
type Step struct {
	State  State
	Source string
	Day    clock.Date
	At     clock.Time
}

// The longest texts, in characters.
const (
	MaxLine  = 250
	MaxWords = 20_000
)

const (
	insertRegion db.SQL = `INSERT INTO forum_region (region, county, state, source, day, body, version) VALUES ($1, $2, $3, $4, $5, $6, 1)`
	updateRegion db.SQL = `UPDATE forum_region SET state = $1, source = $2, day = $3, body = $4, version = version + 1 WHERE region = $5 AND version = $6`
	insertStep   db.SQL = `INSERT INTO forum_region_step (id, region, state, source, day, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	listRegions  db.SQL = `SELECT r.region, r.county, r.state, r.source, r.day, r.body, r.version FROM forum_region AS r /*where*/ ORDER BY r.region`
	listSteps    db.SQL = `SELECT state, source, day, recorded_at FROM forum_region_step WHERE region = $1 ORDER BY id DESC`

	fragRegion db.Fragment = "r.region"
	fragBody   db.Fragment = "r.body"
	fragCounty db.Fragment = "r.county"
)

type regionRow struct {
	Region  place.RegionID `db:"region"`
	County  BodyID         `db:"county"`
	State   State          `db:"state"`
	Source  string         `db:"source"`
	Day     db.Date        `db:"day"`
	Body    *BodyID        `db:"body"`
	Version int64          `db:"version"`
}

type stepRow struct {
	State  State   `db:"state"`
	Source string  `db:"source"`
	Day    db.Date `db:"day"`
	At     db.Time `db:"recorded_at"`
}

func (s *Service) region(r regionRow) Region {
	out := Region{ID: r.Region, Name: string(r.Region), County: r.County, State: r.State, Source: r.Source, Day: r.Day, Version: r.Version}
	if r.Body != nil {
		out.Body = *r.Body
	}
	if known, err := s.Places.Region(r.Region); err == nil {
		out.Name = known.Name
	}
	return out
}

func (s *Service) findRegions(ctx context.Context, tx *db.Tx, w db.Where) ([]Region, error) {
	statement, args := db.Query{Base: listRegions, Where: w}.Build()
	rows, err := db.List[regionRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("forum: regions: %w", err)
	}
	out := make([]Region, len(rows))
	for i, r := range rows {
		out[i] = s.region(r)
	}
	slices.SortStableFunc(out, func(a, b Region) int {
		if by := slices.Index(States(), a.State) - slices.Index(States(), b.State); by != 0 {
			return by
		}
		return strings.Compare(text.SortKey(a.Name), text.SortKey(b.Name))
	})
	return out, nil
}

// RegionOf is the region, for other packages inside their transaction; NotFound when
// no county forum has it.
func (s *Service) RegionOf(ctx context.Context, tx *db.Tx, r place.RegionID) (Region, error) {
	var w db.Where
	db.In(&w, fragRegion, []place.RegionID{r})
	return one(s.findRegions(ctx, tx, w))
}

// Under lists the regions under the county's forum, for other parts of the house inside
// their transaction.
func (s *Service) Under(ctx context.Context, tx *db.Tx, county BodyID) ([]Region, error) {
	var w db.Where
	db.In(&w, fragCounty, []BodyID{county})
	return s.findRegions(ctx, tx, w)
}

// RegionOfForum is the region that the body is the forum of, or NotFound.
func (s *Service) RegionOfForum(ctx context.Context, tx *db.Tx, b BodyID) (Region, error) {
	var w db.Where
	db.In(&w, fragBody, []BodyID{b})
	return one(s.findRegions(ctx, tx, w))
}

func one[T any](list []T, err error) (T, error) {
	var none T
	switch {
	case err != nil:
		return none, err
	case len(list) == 0:
		return none, fault.Missing()
	}
	return list[0], nil
}

// Regions lists all regions: established first, then by name. They are open to all.
func (s *Service) Regions(ctx context.Context) ([]Region, error) {
	var out []Region
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.findRegions(ctx, tx, db.Where{})
		return err
	})
}

// Region is the region with all that was said of it, newest first, and whether the
// actor may say more.
func (s *Service) Region(ctx context.Context, actor access.Actor, r place.RegionID) (Region, []Step, bool, error) {
	var out Region
	var steps []Step
	may := false
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = s.RegionOf(ctx, tx, r); err != nil {
			return err
		}
		rows, err := db.List[stepRow](ctx, tx, listSteps, r)
		if err != nil {
			return err
		}
		steps = make([]Step, len(rows))
		for i, x := range rows {
			steps[i] = Step(x)
		}
		_, part, err := Open(ctx, tx, s.Bodies, actor, out.County)
		may = part.Secretary
		return err
	})
	return out, steps, may, err
}

// Say says how far a region has come, and by which source. in.Version 0 puts a region
// under the county's forum in.County; else it is the version that the secretary saw. An
// established region names its forum, which must be a regional forum of that region.
func (s *Service) Say(ctx context.Context, actor access.Actor, in Region) error {
	in.Source = text.CleanLine(in.Source)
	var fs fault.Fields
	if !slices.Contains(States(), in.State) {
		fs.Add("state", "form.error.choice")
	}
	fs.Text("source", in.Source, MaxLine, true)
	if in.State != Established {
		in.Body = ""
	} else if in.Body == "" {
		fs.Add("body", "forum.error.body_required")
	}
	if _, err := s.Places.Region(in.ID); err != nil {
		fs.Add("region", "form.error.choice")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old := Region{County: in.County}
		if in.Version > 0 {
			var err error
			if old, err = s.RegionOf(ctx, tx, in.ID); err != nil {
				return err
			}
		}
		county, err := Keep(ctx, tx, s.Bodies, actor, old.County)
		if err != nil {
			return err
		}
		if !county.IsCounty {
			return fault.InvalidField("county", "forum.error.no_county")
		}
		if err := s.checkForum(ctx, tx, in); err != nil {
			return err
		}
		if in.Version > 0 {
			err = db.ExecOne(ctx, tx, updateRegion, in.State, in.Source, in.Day, in.Body, in.ID, in.Version)
		} else {
			_, err = db.Exec(ctx, tx, insertRegion, in.ID, in.County, in.State, in.Source, in.Day, in.Body)
		}
		if err != nil {
			return fmt.Errorf("forum: region %s: %w", in.ID, err)
		}
		if _, err := db.Exec(ctx, tx, insertStep, id.New[Step](), in.ID, in.State, in.Source, in.Day, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("forum: region %s: %w", in.ID, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionRegion, Subject(old.County), audit.Field("region", string(in.ID), string(in.ID)),
			audit.Field("state", string(old.State), string(in.State)), audit.Field("source", old.Source, in.Source), audit.Field("body", string(old.Body), string(in.Body)))
		return nil
	})
}

// checkForum refuses a body that is not the regional forum of the region.
func (s *Service) checkForum(ctx context.Context, tx *db.Tx, in Region) error {
	if in.Body == "" {
		return nil
	}
	b, err := s.Bodies.Body(ctx, tx, in.Body)
	if fault.Is(err, fault.NotFound) || err == nil && (!b.IsRegional || b.Region != in.ID) {
		return fault.InvalidField("body", "forum.error.other_body")
	}
	return err
}
