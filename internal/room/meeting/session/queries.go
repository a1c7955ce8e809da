package session

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/rule"
)

// Detail is a meeting as its reader may know it.
type Detail struct {
	Meeting
	// Keeps says that the reader is its secretary, Within that he takes part in a body.
	Keeps, Within bool
	// Items are those of the agenda as it stands, for who keeps the meeting and, once it
	// is sent, for those in the body; others read Editions. Demanded are asked for and
	// not listed yet.
	Items    []Item
	Demanded []Item
	// Editions are the agendas that were sent, newest first.
	Editions []Edition
	Seats    []Seated
	Met      []Attendance
	// Recorded says that there are minutes that the reader may read: a møtebok where
	// Elected, else a referat.
	Recorded, Elected bool
	Decided           map[ItemID]Decision
}

// Get is the meeting as the actor may know it. That it is planned all may know.
func (s *Service) Get(ctx context.Context, actor access.Actor, m ID) (Detail, error) {
	var out Detail
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		mt, err := Load(ctx, tx, m)
		if err != nil {
			return err
		}
		r, err := s.Reader(ctx, tx, actor, s.Clock.Today())
		if err != nil {
			return err
		}
		out = Detail{Meeting: mt, Keeps: r.Writes(mt), Within: r.IsIn(mt), Decided: map[ItemID]Decision{}}
		if !out.Within {
			out.Link = ""
		}
		if out.Editions, err = s.sentTo(ctx, tx, r, mt); err != nil {
			return err
		}
		if out.Seats, err = s.Seated(ctx, tx, mt, r); err != nil {
			return err
		}
		published := mt.State == Published || mt.State == Approved
		out.Recorded = published || out.Keeps && (mt.State == Opened || mt.State == Held)
		if out.Elected, err = IsElected(ctx, tx, mt); err != nil || !out.Within {
			return err
		}
		if out.Met, err = AttendanceOf(ctx, tx, m); err != nil {
			return err
		}
		return s.agenda(ctx, tx, r, &out)
	})
	return out, err
}

// IsElected says that one of the bodies that meet is a folkevalgt organ on that day.
func IsElected(ctx context.Context, tx *db.Tx, m Meeting) (bool, error) {
	for _, b := range m.Bodies() {
		rules, err := meeting.RulesOn(ctx, tx, b, m.Day)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return false, err
		}
		if rules.Rules.Elected {
			return true, nil
		}
	}
	return false, nil
}

// sentTo are the editions as the actor may read them.
func (s *Service) sentTo(ctx context.Context, tx *db.Tx, r Reader, m Meeting) ([]Edition, error) {
	out, err := editions(ctx, tx, m.ID)
	if err != nil {
		return nil, err
	}
	if r.ClosedInAll(m) {
		return out, nil
	}
	now, err := ItemsOf(ctx, tx, m.ID)
	for i := range out {
		out[i].Frozen = out[i].forAll(now)
	}
	return out, err
}

// agenda fills in the items as they stand.
func (s *Service) agenda(ctx context.Context, tx *db.Tx, r Reader, d *Detail) error {
	list, err := ItemsOf(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	for _, i := range list {
		if i.Place == Demanded {
			d.Demanded = append(d.Demanded, r.Reads(i))
			continue
		}
		if d.State == Planned && !d.Keeps {
			continue
		}
		i = r.Reads(i)
		d.Items = append(d.Items, i)
		if i.Hidden {
			continue
		}
		made, ok, err := DecisionOf(ctx, tx, i.ID)
		if err != nil {
			return err
		}
		if ok {
			d.Decided[i.ID] = made
		}
	}
	return nil
}

// ItemDetail is an item in its meeting, for those who take part.
type ItemDetail struct {
	Item
	Meeting   Meeting
	Keeps     bool
	Seats     []Seated
	Met       []Attendance
	Recusals  []Recusal
	Positions []Position
	FollowUps []FollowUp
	Comments  []Comment
	Decision  *Decision
	Own       []Own // the members that were asked for their own decision
	OptIns    []OptIn
	Weights   []Weight
	Rules     rule.Set // in force on the meeting's day
	Others    []Item   // of the agenda, as the Reader may read them
}

// Item is the item for those who take part in the meeting; others find nothing here, and
// neither do those of another body behind closed doors.
func (s *Service) Item(ctx context.Context, actor access.Actor, i ItemID) (ItemDetail, error) {
	var out ItemDetail
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.ItemIn(ctx, tx, actor, i)
		return err
	})
	return out, err
}

// ItemIn is Item within a transaction.
func (s *Service) ItemIn(ctx context.Context, tx *db.Tx, actor access.Actor, i ItemID) (ItemDetail, error) {
	var out ItemDetail
	item, m, r, err := s.Within(ctx, tx, actor, i)
	if fault.Is(err, fault.Denied) {
		err = fault.Missing()
	}
	if err != nil {
		return out, err
	}
	if item.IsClosed() && !r.ClosedIn(item.Body) {
		return out, fault.Missing()
	}
	out = ItemDetail{Item: item, Meeting: m, Keeps: r.Writes(m)}
	if out.Seats, err = s.Seated(ctx, tx, m, r); err != nil {
		return out, err
	}
	out.Seats = slices.DeleteFunc(out.Seats, func(x Seated) bool { return x.Body != item.Body })
	if out.Met, err = AttendanceOf(ctx, tx, m.ID); err != nil {
		return out, err
	}
	if out.Recusals, err = RecusalsOf(ctx, tx, i); err != nil {
		return out, err
	}
	if out.Positions, err = PositionsOf(ctx, tx, i); err != nil {
		return out, err
	}
	if out.FollowUps, err = FollowUpsOf(ctx, tx, i); err != nil {
		return out, err
	}
	if out.Comments, err = CommentsOf(ctx, tx, i, m.Day); err != nil {
		return out, err
	}
	d, ok, err := DecisionOf(ctx, tx, i)
	if err != nil {
		return out, err
	}
	if ok {
		out.Decision = &d
	}
	if err := terms(ctx, tx, &out); err != nil {
		return out, err
	}
	all, err := ItemsOf(ctx, tx, m.ID)
	for _, x := range all {
		if x.Place != Demanded {
			out.Others = append(out.Others, r.Reads(x))
		}
	}
	return out, err
}

// terms fills in what concerns the members one by one: own decisions, costs, joining.
func terms(ctx context.Context, tx *db.Tx, out *ItemDetail) error {
	var err error
	if out.Own, err = OwnOf(ctx, tx, out.ID); err != nil {
		return err
	}
	if out.OptIns, err = OptInsOf(ctx, tx, out.ID); err != nil {
		return err
	}
	if out.Weights, err = WeightsOf(ctx, tx, out.ID); err != nil {
		return err
	}
	rules, err := meeting.RulesOn(ctx, tx, out.Body, out.Meeting.Day)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	out.Rules = rules.Rules
	return err
}

// Filter narrows the calendar; zero fields narrow nothing.
type Filter struct {
	Body     meeting.BodyID
	From, To clock.Date
	States   []State
}

func (f Filter) where() db.Where {
	var w db.Where
	if f.Body != "" {
		var own, other, joint db.Where
		db.In(&own, fragOfBody, []meeting.BodyID{f.Body})
		db.In(&joint, fragJointBody, []meeting.BodyID{f.Body})
		other.Exists(fragJointOf, joint)
		w.Or(own, other)
	}
	if !f.From.IsZero() {
		w.And(fragFrom, f.From)
	}
	if !f.To.IsZero() {
		w.And(fragTo, f.To)
	}
	if len(f.States) > 0 {
		db.In(&w, fragState, f.States)
	}
	return w
}

// Entry is a meeting in the calendar of all bodies. Collides are the meetings at the same
// time that an organisation with a seat here has a seat in too; Keeps says that the
// Reader is its secretary.
type Entry struct {
	Meeting
	Collides []Meeting
	Keeps    bool
}

// List lists meetings by day and time. That meetings are planned all may know.
func (s *Service) List(ctx context.Context, actor access.Actor, f Filter) ([]Entry, error) {
	var out []Entry
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		r, err := s.Reader(ctx, tx, actor, s.Clock.Today())
		if err != nil {
			return err
		}
		found, err := find(ctx, tx, f.where())
		if err != nil {
			return err
		}
		out = make([]Entry, len(found))
		for i, m := range found {
			if !r.IsIn(m) {
				m.Link = ""
			}
			out[i] = Entry{Meeting: m, Keeps: r.Writes(m)}
		}
		return s.collide(ctx, tx, out)
	})
	return out, err
}

// collide notes the meetings that the same organisations are called to at once.
func (s *Service) collide(ctx context.Context, tx *db.Tx, list []Entry) error {
	members := map[meeting.BodyID]map[access.OrgID]bool{}
	for i := range list {
		for j := range list[:i] {
			a, b := &list[i], &list[j]
			if !a.State.Ahead() || !b.State.Ahead() || !a.Overlaps(b.Frame) {
				continue
			}
			shared, err := s.share(ctx, tx, members, a.Meeting, b.Meeting)
			if err != nil {
				return err
			}
			if shared {
				a.Collides, b.Collides = append(a.Collides, b.Meeting), append(b.Collides, a.Meeting)
			}
		}
	}
	return nil
}

// share reports whether an organisation has seats in bodies of both meetings.
func (s *Service) share(ctx context.Context, tx *db.Tx, members map[meeting.BodyID]map[access.OrgID]bool, a, b Meeting) (bool, error) {
	for _, body := range append(a.Bodies(), b.Bodies()...) {
		if members[body] != nil {
			continue
		}
		seats, err := meeting.SeatsOf(ctx, tx, body, a.Day)
		if err != nil {
			return false, err
		}
		members[body] = map[access.OrgID]bool{}
		for _, x := range seats {
			if x.HoldsOn(a.Day) {
				members[body][x.Org] = true
			}
		}
	}
	for _, x := range a.Bodies() {
		for _, y := range b.Bodies() {
			for o := range members[x] {
				if members[y][o] {
					return true, nil
				}
			}
		}
	}
	return false, nil
}

// Keeps are the bodies that the actor plans meetings for.
func (s *Service) Keeps(ctx context.Context, actor access.Actor) ([]meeting.BodyID, error) {
	var out []meeting.BodyID
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		r, err := s.Reader(ctx, tx, actor, s.Clock.Today())
		for b, x := range r.Rights {
			if x.Secretary {
				out = append(out, b)
			}
		}
		slices.Sort(out)
		return err
	})
	return out, err
}
