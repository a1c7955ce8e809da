package session

import (
	"context"
	"encoding/json"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session/record"
)

const (
	insertBook db.SQL = `INSERT INTO minutes_version (meeting, nr, frozen, why, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6)`
	listBooks  db.SQL = `SELECT nr, frozen, why, made_at FROM minutes_version WHERE meeting = $1 ORDER BY nr DESC`
	approvedIn db.SQL = `SELECT m.day FROM agenda_item AS i JOIN meeting AS m ON m.id = i.meeting JOIN decision AS d ON d.item = i.id
		WHERE i.about = $1 ORDER BY m.day DESC, m.id LIMIT 1`
)

// Printed is the minutes as they were published. Why is said of a correction.
type Printed struct {
	Nr  int
	Why string
	At  clock.Time
	record.Book
}

func books(ctx context.Context, tx *db.Tx, m ID) ([]Printed, error) {
	rows, err := db.List[editionRow](ctx, tx, listBooks, m)
	if err != nil {
		return nil, fmt.Errorf("meeting %s: minutes: %w", m, err)
	}
	out := make([]Printed, len(rows))
	for i, r := range rows {
		out[i] = Printed{Nr: int(r.Nr), Why: r.Why, At: r.MadeAt}
		if err := json.Unmarshal([]byte(r.Frozen), &out[i].Book); err != nil {
			return nil, fmt.Errorf("meeting %s: minutes %d: %w", m, r.Nr, err)
		}
	}
	return out, nil
}

// compose writes the minutes from what was recorded in the meeting.
func (s *Service) compose(ctx context.Context, tx *db.Tx, m Meeting, r reader) (record.Book, error) {
	b := record.Book{Bodies: append([]string{m.BodyName}, m.JointNames...), Day: m.Day, From: m.From, To: m.To, Place: m.Place, Remote: m.Remote}
	for _, body := range m.Bodies() {
		rules, err := meeting.RulesOn(ctx, tx, body, m.Day)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return b, err
		}
		b.Elected = b.Elected || rules.Rules.Elected
	}
	list, err := itemsOf(ctx, tx, m.ID)
	if err != nil {
		return b, err
	}
	seats, err := s.seated(ctx, tx, m, r)
	if err != nil {
		return b, err
	}
	met, err := attendance(ctx, tx, m.ID)
	if err != nil {
		return b, err
	}
	numbers := map[ItemID]string{}
	for _, i := range list {
		numbers[i.ID] = i.Number.String()
	}
	for _, x := range seats {
		b.Seats = append(b.Seats, bookSeats(x, met, numbers)...)
	}
	for _, i := range list {
		if i.Place != Listed {
			continue
		}
		item, err := s.bookItem(ctx, tx, i, seats)
		if err != nil {
			return b, err
		}
		b.Items = append(b.Items, item)
	}
	return b, nil
}

// bookSeats tells who met for a seat: a line for each holder that did, or one for the
// member that did not.
func bookSeats(x Seated, met []Attendance, numbers map[ItemID]string) []record.Seat {
	var out []record.Seat
	noted := false
	for _, a := range met {
		if a.Seat != x.ID {
			continue
		}
		noted = true
		if !a.Present {
			continue
		}
		line := record.Seat{Name: x.OrgName, Office: x.Member.Title, Votes: x.Votes, Noted: true, Present: true, FromItem: numbers[a.From], ToItem: numbers[a.To]}
		if a.Part == meeting.Deputy {
			line.Deputy = true
			if len(x.Deputies) > 0 {
				line.Office = x.Deputies[0].Title
			}
		}
		out = append(out, line)
	}
	if len(out) == 0 {
		out = append(out, record.Seat{Name: x.OrgName, Office: x.Member.Title, Votes: x.Votes, Noted: noted})
	}
	return out
}

func (s *Service) bookItem(ctx context.Context, tx *db.Tx, i Item, seats []Seated) (record.Item, error) {
	out := record.Item{Title: i.Title, PublicTitle: i.PublicTitle, Treated: i.Treated, Decides: i.Decides(), Closed: i.Doors == DoorsClosed, DoorsFor: i.DoorsFor, DoorsNo: i.DoorsAgainst}
	if i.Number.Nr > 0 {
		out.Number = i.Number.String()
	}
	if i.Title == "" {
		out.Label = i.Kind.Label()
	}
	if g, ok := casework.GroundOf(casework.MeetingGrounds(), i.DoorsGround); ok && out.Closed {
		out.Ground = g.Code
	}
	d, decided, err := decisionOf(ctx, tx, i.ID)
	if err != nil {
		return out, err
	}
	if decided {
		out.Decision, out.State = d.Words, string(d.State)
		out.Voted = d.State != "" && meeting.CountsVotes(d.Rules)
		out.Vote = vote(d.Outcome)
		out.Decides = out.Decides && d.State != "" || out.Decision != ""
	}
	asked, err := recusals(ctx, tx, i.ID)
	if err != nil {
		return out, err
	}
	for _, x := range asked {
		name := ""
		for _, seat := range seats {
			if seat.ID == x.Seat {
				name = seat.OrgName
			}
		}
		out.Recusals = append(out.Recusals, record.Recusal{Name: name, Reason: x.Reason, Recused: x.Decided == outcome.Stepped, Told: x.Told})
	}
	tasks, err := followUpsOf(ctx, tx, i.ID)
	if err != nil {
		return out, err
	}
	for _, f := range tasks {
		out.Tasks = append(out.Tasks, record.Task{What: f.What, Owner: f.Owner(), Due: f.Due})
	}
	return out, nil
}

// vote is how the votes fell, nil where none were cast.
func vote(o outcome.Outcome) *record.Vote {
	if len(o.Ballots) == 0 {
		return nil
	}
	t := o.Vote
	v := &record.Vote{Entitled: t.Entitled, For: t.For, Against: t.Against, Reserved: t.Reserved, Recused: t.Recused, NotHeard: t.NotHeard, Casting: t.Casting}
	for _, b := range o.Ballots {
		v.Ballots = append(v.Ballots, record.Ballot{Name: b.Seat.Name, Position: b.Position, Deputy: b.By == outcome.Deputy, Reason: b.Reason})
	}
	return v
}

// WriteTreated writes what the minutes tell of how an item was treated, beside the
// decision. version is the item's that was seen.
func (s *Service) WriteTreated(ctx context.Context, actor access.Actor, i ItemID, version int64, words string) error {
	words = text.CleanMultiline(words)
	var fs fault.Fields
	limited(&fs, "treated", words, MaxWords, false)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, m, err := s.keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if m.State != Published {
			if err := writable(m); err != nil {
				return err
			}
		}
		if err := db.ExecOne(ctx, tx, writeItem, words, i, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionWrite, subject(m.ID), audit.Field("treated", old.Treated, words))
		return nil
	})
}

// Publish publishes the minutes: all may read them at once, as not approved yet. The
// minutes of an elected body are refused as a Conflict while CheckMinutes finds something.
// A correction, until they are approved, says why. It answers the version's number.
func (s *Service) Publish(ctx context.Context, actor access.Actor, m ID, version int64, why string) (int, error) {
	why = text.CleanLine(why)
	nr := 0
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		mt, r, err := s.writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if mt.State != Held && mt.State != Published {
			return fault.New(fault.Conflict, "meeting.error.not_held")
		}
		if mt.Version != version {
			return fault.New(fault.Stale, "fault.stale")
		}
		if mt.State == Published && why == "" {
			return fault.InvalidField("why", "form.error.required")
		}
		b, err := s.compose(ctx, tx, mt, r)
		if err != nil {
			return err
		}
		if missing := record.Check(b); len(missing) > 0 {
			return fault.New(fault.Conflict, missing[0].Message(), "where", missing[0].Where)
		}
		before, err := books(ctx, tx, m)
		if err != nil {
			return err
		}
		nr = len(before) + 1
		if _, err := db.Exec(ctx, tx, insertBook, m, nr, must(b), why, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("meeting %s: publish: %w", m, err)
		}
		if err := db.ExecOne(ctx, tx, setState, Published, m); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionPublish, subject(m), audit.Field("minutes", nr-1, nr), audit.Field("why", "", why))
		return nil
	})
	return nr, err
}

// approve marks the minutes of a meeting as approved by a later one.
func (s *Service) approve(ctx context.Context, tx *db.Tx, actor access.Actor, m, by ID) error {
	old, err := get(ctx, tx, m)
	if err != nil {
		return err
	}
	if old.State != Published {
		return fault.New(fault.Conflict, "meeting.error.not_published")
	}
	if err := db.ExecOne(ctx, tx, setState, Approved, m); err != nil {
		return err
	}
	audit.Record(tx, s.Clock.Now(), actor, ActionApprove, subject(m), audit.Field("approved_in", "", string(by)))
	return nil
}

// Record is the minutes for a reader. Missing is what the law still asks for, for who
// keeps them; Versions are those published, newest first.
type Record struct {
	Meeting  Meeting
	Book     record.Book
	Missing  []record.Finding
	Versions []Printed
	// Keeps says that the reader writes the minutes, and sees them as they would be.
	Keeps      bool
	ApprovedOn clock.Date
}

// Minutes are the minutes of the meeting as the actor may read them: who keeps them sees
// them as they stand, others as they were last published. NotFound while there are none.
func (s *Service) Minutes(ctx context.Context, actor access.Actor, m ID) (Record, error) {
	var out Record
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		mt, err := get(ctx, tx, m)
		if err != nil {
			return err
		}
		r, err := s.reader(ctx, tx, actor, s.Clock.Today())
		if err != nil {
			return err
		}
		out = Record{Meeting: mt, Keeps: r.writes(mt)}
		if !r.isIn(mt) {
			out.Meeting.Link = ""
		}
		if out.Versions, err = books(ctx, tx, m); err != nil {
			return err
		}
		if days, err := db.List[db.Date](ctx, tx, approvedIn, m); err != nil {
			return err
		} else if len(days) > 0 && mt.State == Approved {
			out.ApprovedOn = days[0]
		}
		within := true
		for _, b := range mt.Bodies() {
			within = within && r.closedIn(b)
		}
		for i := range out.Versions {
			if !within {
				out.Versions[i].Book = out.Versions[i].ForAll()
			}
		}
		switch {
		case out.Keeps && (mt.State == Opened || mt.State == Held || mt.State == Published):
			if out.Book, err = s.compose(ctx, tx, mt, r); err != nil {
				return err
			}
			out.Missing = record.Check(out.Book)
		case len(out.Versions) > 0:
			out.Book = out.Versions[0].Book
		default:
			return fault.Missing()
		}
		return nil
	})
	return out, err
}
