// Package turnout counts who meets in a body, by the side that its members come from,
// so that a forum sees whether those who need competence and those who offer education
// are there. It counts meetings whose minutes are published: what it says, everybody can
// read there. Observers and secretaries are no members and are not counted.
//
// Words: oppmøte = attendance, side = side, møtte = met.
//
// It has no tables.
package turnout

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/meeting"
)

const whoMet db.SQL = `SELECT m.id, m.day, s.org, s.side, (SELECT COUNT(*) FROM attendance AS a WHERE a.meeting = m.id AND a.seat = s.id AND a.present) AS met
	FROM meeting AS m JOIN body_seat AS s ON s.body = $1 AND s.from_day <= m.day AND (s.to_day IS NULL OR s.to_day >= m.day)
	WHERE m.state IN ('published', 'approved') AND m.day >= $2 AND m.day <= $3 AND s.kind NOT IN ('observer', 'secretary')
	AND (m.body = $1 OR EXISTS (SELECT 1 FROM meeting_joint AS j WHERE j.meeting = m.id AND j.body = $1)) ORDER BY m.day, m.id, s.id`

type row struct {
	Meeting meeting.MeetingID `db:"id"`
	Day     db.Date           `db:"day"`
	Org     access.OrgID      `db:"org"`
	Side    meeting.Side      `db:"side"`
	Met     int64             `db:"met"`
}

// Count is how many places there were and how many were filled: a place is a member in
// a meeting, however many seats it has there.
type Count struct{ Places, Met int }

// Percent is how many of a hundred were filled; 0 of none.
func (c Count) Percent() int {
	if c.Places == 0 {
		return 0
	}
	return (c.Met*100 + c.Places/2) / c.Places
}

// SideCount is the count of a side; Meetings those where at least one of it met.
type SideCount struct {
	Side meeting.Side
	Count
	Meetings int
}

// OrgCount is the count of a member.
type OrgCount struct {
	Org  access.OrgID
	Name string
	Side meeting.Side
	Count
}

// Year is a body's year: how many meetings, and who met.
type Year struct {
	Year     int
	Meetings int
	Sides    []SideCount
	Orgs     []OrgCount
}

// Lacks are the sides of a forum that nobody came from in some meeting, of those that
// have members: what a forum must be told.
func (y Year) Lacks() []SideCount {
	return slices.DeleteFunc(slices.Clone(y.Sides), func(c SideCount) bool {
		return c.Side != meeting.Demander && c.Side != meeting.Provider || c.Meetings == y.Meetings
	})
}

// Of counts the body's year. It is open to all.
func Of(ctx context.Context, d *db.DB, b meeting.BodyID, year int) (Year, error) {
	var out Year
	err := d.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[row](ctx, tx, whoMet, b, day(year, "01-01"), day(year, "12-31"))
		if err != nil {
			return fmt.Errorf("turnout of %s: %w", b, err)
		}
		out = count(year, rows)
		var orgs []access.OrgID
		for _, o := range out.Orgs {
			orgs = append(orgs, o.Org)
		}
		names, err := org.NamesOn(ctx, tx, orgs, day(year, "12-31"))
		for i := range out.Orgs {
			out.Orgs[i].Name = names[out.Orgs[i].Org]
		}
		return err
	})
	return out, err
}

func day(year int, of string) clock.Date { return clock.MustDate(fmt.Sprintf("%04d-%s", year, of)) }

// count adds up: a member with several seats in a meeting has one place, filled when
// one of them was.
func count(year int, rows []row) Year {
	type place struct {
		meeting meeting.MeetingID
		org     access.OrgID
	}
	var order []place
	met, sides := map[place]bool{}, map[place]meeting.Side{}
	meetings := map[meeting.MeetingID]bool{}
	for _, r := range rows {
		p := place{r.Meeting, r.Org}
		if _, known := met[p]; !known {
			order = append(order, p)
			sides[p] = r.Side
		}
		met[p] = met[p] || r.Met > 0
		meetings[r.Meeting] = true
	}
	out := Year{Year: year, Meetings: len(meetings)}
	there := map[meeting.Side]map[meeting.MeetingID]bool{}
	for _, p := range order {
		side := sides[p]
		i := slices.IndexFunc(out.Sides, func(c SideCount) bool { return c.Side == side })
		if i < 0 {
			i, out.Sides = len(out.Sides), append(out.Sides, SideCount{Side: side})
			there[side] = map[meeting.MeetingID]bool{}
		}
		j := slices.IndexFunc(out.Orgs, func(c OrgCount) bool { return c.Org == p.org })
		if j < 0 {
			j, out.Orgs = len(out.Orgs), append(out.Orgs, OrgCount{Org: p.org, Side: side})
		}
		out.Sides[i].Places++
		out.Orgs[j].Places++
		if met[p] {
			out.Sides[i].Met++
			out.Orgs[j].Met++
			there[side][p.meeting] = true
		}
	}
	for i := range out.Sides {
		out.Sides[i].Meetings = len(there[out.Sides[i].Side])
	}
	slices.SortStableFunc(out.Sides, func(a, b SideCount) int { return rank(a.Side) - rank(b.Side) })
	slices.SortStableFunc(out.Orgs, func(a, b OrgCount) int { return a.Percent() - b.Percent() })
	return out
}

func rank(s meeting.Side) int {
	if i := slices.Index(meeting.Sides(), s); i >= 0 {
		return i
	}
	return len(meeting.Sides())
}
