// Package standing is where needs meet the forum: the standing item "Behov for
// kompetanse" of every meeting.
//
// On the item stand the needs of the forum's area that are mapped, or presented and not
// discussed yet. A regional forum's area is its region; the county forum's the regions
// that have no forum. The agenda says those that everybody may read; the page of the
// meeting shows each reader what he may read, so nothing that is kept to the forum gets
// into a paper.
//
// When the meeting has begun its secretary notes what came of each need: presented,
// discussed with what was clarified, followed up by a provider with a date, covered by
// something that exists, or not possible. The need moves as its own flow says, so
// whoever registered it is told as of every move, and sees it on the need's page. The
// minutes say it of those that everybody may read. What was not treated stands on the next
// agenda by itself.
//
// Words: fast sak = standing item, presentert = presented, drøftet = discussed, utfall =
// outcome.
//
// Tables: standing_need.
package standing

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/minutes"
	"kompetansetorg/internal/room/need"
)

// Deps is what the hall needs. Say puts the item in words, in the language of papers:
// what it is called, and the lines of those that everybody may read; more tells that the
// forum has others. Told puts in words what came of a need, for the minutes.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Needs    *need.Service
	Meetings *session.Service
	Forums   *forum.Service
	Say      func(list []Need, more bool) agenda.StandingItem
	Told     func(Need) minutes.Line
}

// Service is the hall's use cases. It is an agenda.Standing.
type Service struct{ Deps }

// New makes the hall.
func New(d Deps) *Service { return &Service{Deps: d} }

// Need is a need on the item, as its reader may know it.
type Need struct {
	ID           need.ID
	Number       string
	Title        string
	Municipality string
	Headcount    int
	State        flow.State
	Shielded     bool // not open to all
	SubmittedAt  clock.Time
	// Was and Became are what the meeting did; empty while it has not treated the need.
	Was, Became flow.State
}

const (
	// The oldest come first: they have waited longest. A page of them, pageOf, and one more.
	openNeeds db.SQL = `SELECT n.id, n.number, n.title, n.municipality, n.headcount, n.state, n.confidentiality, n.submitted_at, '' AS was, '' AS became
		FROM need AS n /*where*/ ORDER BY n.submitted_at, n.id LIMIT 61`
	countNeeds   db.SQL = `SELECT COUNT(*) FROM need AS n /*where*/`
	treatedNeeds db.SQL = `SELECT n.id, n.number, n.title, n.municipality, n.headcount, n.state, n.confidentiality, n.submitted_at, s.was, s.became
		FROM standing_need AS s JOIN need AS n ON n.id = s.need /*where*/ ORDER BY s.noted_at, n.id`
	noteNeed db.SQL = `INSERT INTO standing_need (meeting, need, was, became, noted_by, noted_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (meeting, need) DO UPDATE SET became = excluded.became, noted_by = excluded.noted_by, noted_at = excluded.noted_at`

	fragState        db.Fragment = "n.state"
	fragMunicipality db.Fragment = "n.municipality"
	fragMeeting      db.Fragment = "s.meeting"
	fragNeed         db.Fragment = "n.id"
	fragAfter        db.Fragment = "(n.submitted_at, n.id) > (SELECT a.submitted_at, a.id FROM need AS a WHERE a.id = ?)"
)

type needRow struct {
	ID              need.ID              `db:"id"`
	Number          *string              `db:"number"`
	Title           string               `db:"title"`
	Municipality    string               `db:"municipality"`
	Headcount       int64                `db:"headcount"`
	State           flow.State           `db:"state"`
	Confidentiality need.Confidentiality `db:"confidentiality"`
	SubmittedAt     db.Time              `db:"submitted_at"`
	Was             flow.State           `db:"was"`
	Became          flow.State           `db:"became"`
}

func (r needRow) need() Need {
	n := Need{ID: r.ID, Title: r.Title, Municipality: r.Municipality, Headcount: int(r.Headcount), State: r.State, Shielded: r.Confidentiality != need.Open,
		SubmittedAt: r.SubmittedAt, Was: r.Was, Became: r.Became}
	if r.Number != nil {
		n.Number = *r.Number
	}
	return n
}

func find(ctx context.Context, tx *db.Tx, base db.SQL, w db.Where) ([]Need, error) {
	statement, args := db.Query{Base: base, Where: w}.Build()
	rows, err := db.List[needRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("standing item: %w", err)
	}
	out := make([]Need, len(rows))
	for i, r := range rows {
		out[i] = r.need()
	}
	return out, nil
}

// Waiting are the states in which a need stands on the item.
func Waiting() []flow.State { return []flow.State{need.Mapped, need.Presented} }

// pageOf is how many needs a page shows; one more is asked for, to know whether there are.
const pageOf = 60

// Part is which of the needs that wait are shown: those that come after a need, or only
// one. The zero Part is the first page.
type Part struct{ After, Only need.ID }

// waiting are the needs of the places that stand on the item, as the actor may know them:
// those of the part and one more, and how many there are in all.
func waiting(ctx context.Context, tx *db.Tx, actor access.Actor, places []string, part Part) ([]Need, int, error) {
	if len(places) == 0 {
		return nil, 0, nil
	}
	var w db.Where
	db.In(&w, fragState, Waiting())
	db.In(&w, fragMunicipality, places)
	need.Visible(&w, actor)
	statement, args := db.Query{Base: countNeeds, Where: w}.Build()
	total, err := db.Get[int64](ctx, tx, statement, args...)
	if err != nil {
		return nil, 0, fmt.Errorf("standing item: count: %w", err)
	}
	if part.After != "" {
		w.And(fragAfter, part.After)
	}
	if part.Only != "" {
		db.In(&w, fragNeed, []need.ID{part.Only})
	}
	list, err := find(ctx, tx, openNeeds, w)
	return list, int(total), err
}

// area is the numbers of the municipalities of a forum's area; none for a body that is
// no forum.
func (s *Service) area(ctx context.Context, tx *db.Tx, b meeting.Body) ([]string, error) {
	switch b.Kind {
	case meeting.RegionalForum:
		return s.numbers(b.Region), nil
	case meeting.CountyForum:
		regions, err := s.Forums.Under(ctx, tx, forum.BodyID(b.ID))
		if err != nil {
			return nil, err
		}
		var out []string
		for _, r := range regions {
			if r.Body == "" {
				out = append(out, s.numbers(r.ID)...)
			}
		}
		return out, nil
	}
	return nil, nil
}

// numbers are those of the region's municipalities, with the numbers they had before.
func (s *Service) numbers(r place.RegionID) []string {
	today := s.Clock.Today()
	members, err := s.Needs.Places().MembersAt(r, today)
	if err != nil {
		return nil // a region that the register has dropped covers nothing
	}
	return text.Strings(s.Needs.Places().Within(place.Numbers(members), today))
}

// Stand is the item for an agenda of the body, or false when no need waits. What it says
// everybody may read.
func (s *Service) Stand(ctx context.Context, tx *db.Tx, b meeting.Body) (agenda.StandingItem, bool, error) {
	places, err := s.area(ctx, tx, b)
	if err != nil {
		return agenda.StandingItem{}, false, err
	}
	_, all, err := waiting(ctx, tx, access.SystemActor("standing"), places, Part{})
	if err != nil || all == 0 {
		return agenda.StandingItem{}, false, err
	}
	open, visible, err := waiting(ctx, tx, access.Actor{}, places, Part{})
	return s.Say(open, all > visible), true, err
}

// Page is the item of a meeting as a reader may know it.
type Page struct {
	Meeting session.Meeting
	// Waiting stand on the item now, a page of them of Total; Next is the last of them when
	// more come after it. Treated are those that the meeting has noted.
	Waiting, Treated []Need
	Total            int
	Next             need.ID
	// Keeps says that the reader notes what comes of them, Noting that it is time to.
	Keeps, Noting bool
}

// Of is the item of a meeting: NotFound for a body that needs do not stand for. When the
// meeting is over only what it treated is there.
func (s *Service) Of(ctx context.Context, actor access.Actor, m session.ID, part Part) (Page, error) {
	var out Page
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		mt, err := session.Load(ctx, tx, m)
		if err != nil {
			return err
		}
		body, err := meeting.Get(ctx, tx, mt.Body, s.Clock.Today())
		if err != nil {
			return err
		}
		if body.Kind != meeting.RegionalForum && body.Kind != meeting.CountyForum {
			return fault.Missing()
		}
		r, err := s.Meetings.Reader(ctx, tx, actor, s.Clock.Today())
		if err != nil {
			return err
		}
		out = Page{Meeting: mt, Keeps: r.Writes(mt), Noting: noting(mt)}
		if !r.IsIn(mt) {
			out.Meeting.Link = ""
		}
		var w db.Where
		db.In(&w, fragMeeting, []session.ID{m})
		need.Visible(&w, actor)
		if out.Treated, err = find(ctx, tx, treatedNeeds, w); err != nil {
			return err
		}
		if mt.State == session.Cancelled || mt.State == session.Approved {
			return nil
		}
		places, err := s.area(ctx, tx, body)
		if err != nil {
			return err
		}
		if out.Waiting, out.Total, err = waiting(ctx, tx, actor, places, part); len(out.Waiting) > pageOf {
			out.Waiting = out.Waiting[:pageOf]
			out.Next = out.Waiting[pageOf-1].ID
		}
		return err
	})
	return out, err
}

// noting reports whether what came of needs may be written down: from when the meeting
// began until its minutes are approved.
func noting(m session.Meeting) bool {
	return m.State == session.Opened || m.State == session.Held || m.State == session.Published
}
