package session

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
)

// editable refuses changes of an agenda when the meeting is over or cancelled.
func editable(m Meeting) error {
	if m.State.Ahead() || m.State == Opened {
		return nil
	}
	return fault.New(fault.Conflict, "meeting.error.over")
}

// MakeAgenda puts on the agenda what belongs there and is not there yet: reports, the
// minutes that await approval, follow-ups that are open, what the standing items hold,
// and the cases that are recommended to the body. It answers how many it added. Doing
// it again adds only what is new.
func (s *Service) MakeAgenda(ctx context.Context, actor access.Actor, m ID) (int, error) {
	added := 0
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		added = 0
		mt, _, err := s.writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if err := editable(mt); err != nil {
			return err
		}
		have, err := itemsOf(ctx, tx, m)
		if err != nil {
			return err
		}
		wanted, err := s.belongs(ctx, tx, mt)
		if err != nil {
			return err
		}
		for _, w := range wanted {
			if slices.ContainsFunc(have, func(h Item) bool { return sameItem(h, w) }) {
				continue
			}
			if err := s.insert(ctx, tx, actor, mt, w, have); err != nil {
				return err
			}
			have = append(have, w)
			added++
		}
		return order(ctx, tx, m)
	})
	return added, err
}

// sameItem reports whether what is there is what is wanted, so that it comes once.
func sameItem(have, want Item) bool {
	if have.Kind != want.Kind || have.Case != want.Case || have.About != want.About {
		return false
	}
	return have.Kind != Regular || have.Title == want.Title
}

// belongs lists what belongs on the agenda of any meeting of the body now.
func (s *Service) belongs(ctx context.Context, tx *db.Tx, m Meeting) ([]Item, error) {
	out := []Item{{Kind: Report}}
	waiting, err := awaiting(ctx, tx, m)
	if err != nil {
		return nil, err
	}
	for _, w := range waiting {
		out = append(out, Item{Kind: Minutes, About: w.ID})
	}
	open, err := followUps(ctx, tx, m.Body, []Progress{Open})
	if err != nil {
		return nil, err
	}
	if len(open) > 0 {
		out = append(out, Item{Kind: FollowUps})
	}
	body, err := meeting.Get(ctx, tx, m.Body, s.Clock.Today())
	if err != nil {
		return nil, err
	}
	for _, st := range s.Standing {
		held, ok, err := st.Stand(ctx, tx, body)
		if err != nil {
			return nil, fmt.Errorf("meeting %s: standing item: %w", m.ID, err)
		}
		if ok {
			out = append(out, Item{Kind: Regular, Content: Content{Title: held.Title, Words: held.Words}})
		}
	}
	cases, err := casework.Waiting(ctx, tx, m.Body, m.Day, s.Clock.Today())
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		out = append(out, ofCase(c))
	}
	return out, nil
}

// ofCase is the item of a case, with the closing that its paper proposes.
func ofCase(c casework.Case) Item {
	i := Item{Kind: File, Case: c.ID, Content: Content{Title: c.Title}}
	if c.Kind == casework.Information {
		i.Kind = Report
	}
	if c.Closed {
		i.PublicTitle, i.Ground = c.PublicTitle, c.Ground
	}
	return i
}

const awaitingMinutes db.SQL = `SELECT m.id FROM meeting AS m WHERE m.body = $1 AND m.state = 'published' AND m.day <= $2 AND m.id <> $3 ORDER BY m.day, m.id`

// awaiting are the earlier meetings of the body whose minutes are not approved yet.
func awaiting(ctx context.Context, tx *db.Tx, m Meeting) ([]Meeting, error) {
	ids, err := db.List[ID](ctx, tx, awaitingMinutes, m.Body, m.Day, m.ID)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	var w db.Where
	db.In(&w, fragMeeting, ids)
	return find(ctx, tx, w)
}

// NewItem is an item to put on an agenda. Body is the one of a joint meeting that
// decides it, empty for the one that calls.
type NewItem struct {
	Content
	Kind Kind
	Case meeting.CaseID
	Body meeting.BodyID
}

// AddItem puts an item last on the agenda; a report comes after the other reports. The
// secretary does. Two secretaries who add at once both have theirs.
func (s *Service) AddItem(ctx context.Context, actor access.Actor, m ID, in NewItem) (ItemID, error) {
	out := id.New[Item]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		mt, _, err := s.writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if err := editable(mt); err != nil {
			return err
		}
		item := Item{ID: out, Kind: in.Kind, Case: in.Case, Body: in.Body, Content: in.Content.tidied()}
		if in.Case != "" {
			c, err := s.Cases.Readable(ctx, tx, actor, in.Case)
			if fault.Is(err, fault.NotFound) {
				return fault.InvalidField("case", "form.error.choice")
			}
			if err != nil {
				return err
			}
			matter := item.Matter
			item = ofCase(c)
			item.ID, item.Body, item.Words, item.Matter = out, in.Body, in.Words, matter
		}
		have, err := itemsOf(ctx, tx, m)
		if err != nil {
			return err
		}
		if err := s.checkNew(mt, item, have); err != nil {
			return err
		}
		if err := s.insert(ctx, tx, actor, mt, item, have); err != nil {
			return err
		}
		return order(ctx, tx, m)
	})
}

func (s *Service) checkNew(m Meeting, item Item, have []Item) error {
	var fs fault.Fields
	item.check(&fs, item.Kind == Other || item.Kind == Regular || item.Kind == File)
	if !slices.Contains(Kinds(), item.Kind) || item.Kind == File && item.Case == "" {
		fs.Add("kind", "form.error.choice")
	}
	if item.Body != "" && !slices.Contains(m.Bodies(), item.Body) {
		fs.Add("body", "form.error.choice")
	}
	if item.Case != "" && slices.ContainsFunc(have, func(h Item) bool { return h.Case == item.Case && h.Place != Withdrawn }) {
		fs.Add("case", "meeting.error.case_there")
	}
	return fs.Err()
}

// insert adds the item at the end; order puts it where it belongs. An item that comes
// when the meeting has begun was not on the agenda (§ 11-3).
func (s *Service) insert(ctx context.Context, tx *db.Tx, actor access.Actor, m Meeting, i Item, have []Item) error {
	if i.ID == "" {
		i.ID = id.New[Item]()
	}
	if i.Body == "" {
		i.Body = m.Body
	}
	place := i.Place
	if place == "" {
		place = Listed
	}
	var about any
	if i.About != "" {
		about = i.About
	}
	if _, err := db.Exec(ctx, tx, insertItem, i.ID, m.ID, i.Body, len(have)+1, i.Kind, place, i.Case, about, i.Title, i.PublicTitle, i.Ground, i.Words,
		m.State == Opened, string(i.Matter)); err != nil {
		return fmt.Errorf("meeting %s: add item: %w", m.ID, err)
	}
	if i.Case != "" && m.Edition == 0 {
		if err := s.Cases.Schedule(ctx, tx, actor, i.Case, i.Body, m.Day, ""); err != nil {
			return err
		}
	}
	audit.Record(tx, s.Clock.Now(), actor, ActionItem, subject(m.ID), audit.Field("kind", "", string(i.Kind)), audit.Field("title", "", i.shown()))
	return nil
}

// shown is the title that all may read.
func (i Item) shown() string {
	if i.Ground != "" {
		return i.PublicTitle
	}
	return i.Title
}

// order gives the items the positions 1, 2, … with reports first.
func order(ctx context.Context, tx *db.Tx, m ID) error {
	list, err := itemsOf(ctx, tx, m)
	if err != nil {
		return err
	}
	return reorder(ctx, tx, list)
}

func reorder(ctx context.Context, tx *db.Tx, list []Item) error {
	slices.SortStableFunc(list, func(a, b Item) int { return rank(a) - rank(b) })
	for n, i := range list {
		if i.Position == n+1 {
			continue
		}
		if err := db.ExecOne(ctx, tx, placeItem, n+1, i.ID); err != nil {
			return fmt.Errorf("item %s: place: %w", i.ID, err)
		}
	}
	return nil
}

func rank(i Item) int {
	if i.Kind == Report {
		return 0
	}
	return 1
}

// EditItem replaces what is written of an item. version is the item's that the writer
// saw: Stale when somebody has saved since, whatever else has changed on the agenda.
func (s *Service) EditItem(ctx context.Context, actor access.Actor, i ItemID, version int64, in Content) error {
	in = in.tidied()
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, m, err := s.keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if err := editable(m); err != nil {
			return err
		}
		var fs fault.Fields
		in.check(&fs, old.Kind == Other || old.Kind == Regular || old.Kind == File)
		if err := fs.Err(); err != nil {
			return err
		}
		if old.Doors != "" {
			in.Ground, in.PublicTitle = old.Ground, old.PublicTitle // the body has decided
		}
		if err := db.ExecOne(ctx, tx, updateItem, in.Title, in.PublicTitle, in.Ground, in.Words, string(in.Matter), i, version); err != nil {
			return err
		}
		is := old
		is.Content = in
		audit.Record(tx, s.Clock.Now(), actor, ActionItem, subject(m.ID), audit.Changed(audit.Field("title", old.shown(), is.shown()), audit.Field("ground", old.Ground, in.Ground),
			audit.Field("words", "", ""))...)
		return nil
	})
}

// MoveItem puts the item after another, or first for an empty after; no other kind comes
// before the reports. It takes no version: what others add or edit meanwhile stays.
func (s *Service) MoveItem(ctx context.Context, actor access.Actor, i, after ItemID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, err := s.keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if err := editable(m); err != nil {
			return err
		}
		list, err := itemsOf(ctx, tx, m.ID)
		if err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(x Item) bool { return x.ID == i })
		at := 0
		if after != "" {
			at = slices.IndexFunc(list, func(x Item) bool { return x.ID == after }) + 1
			if at == 0 {
				return fault.InvalidField("after", "meeting.error.item_gone")
			}
		}
		if err := reorder(ctx, tx, slices.Insert(list, at, item)); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionItem, subject(m.ID), audit.Field("position", item.Position, at+1))
		return nil
	})
}

// RemoveItem takes an item off the agenda. One that has a number stays as withdrawn, so
// that the series has no gap.
func (s *Service) RemoveItem(ctx context.Context, actor access.Actor, i ItemID, version int64) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, m, err := s.keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if err := editable(m); err != nil {
			return err
		}
		if old.Number.Nr > 0 {
			err = db.ExecOne(ctx, tx, stateItem, Withdrawn, i, version)
		} else {
			if _, err = db.Exec(ctx, tx, dropDemands, i); err == nil {
				err = db.ExecOne(ctx, tx, removeItem, i, version)
			}
		}
		if err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionItem, subject(m.ID), audit.Field("title", old.shown(), ""))
		return order(ctx, tx, m.ID)
	})
}

// Demand lets a member ask for an item that is not on the agenda (§ 11-3). When one
// third of the members with a vote ask for it, it is on the agenda.
func (s *Service) Demand(ctx context.Context, actor access.Actor, m ID, title string) (ItemID, error) {
	in := Content{Title: text.CleanLine(title), Matter: outcome.Ordinary}
	var fs fault.Fields
	in.check(&fs, true)
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := id.New[Item]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		mt, err := get(ctx, tx, m)
		if err != nil {
			return err
		}
		if !mt.State.Ahead() {
			return fault.New(fault.Conflict, "meeting.error.begun")
		}
		have, err := itemsOf(ctx, tx, m)
		if err != nil {
			return err
		}
		if err := s.insert(ctx, tx, actor, mt, Item{ID: out, Kind: Other, Place: Demanded, Content: in}, have); err != nil {
			return err
		}
		return s.support(ctx, tx, actor, mt, out)
	})
}

// Support adds a member's demand to that of others.
func (s *Service) Support(ctx context.Context, actor access.Actor, i ItemID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		item, m, _, err := s.within(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if item.Place != Demanded || !m.State.Ahead() {
			return fault.New(fault.Conflict, "meeting.error.not_demanded")
		}
		return s.support(ctx, tx, actor, m, i)
	})
}

// support notes the demand of the seat that the actor votes for, and lists the item when
// a third of the seats with a vote stand behind it.
func (s *Service) support(ctx context.Context, tx *db.Tx, actor access.Actor, m Meeting, i ItemID) error {
	r, err := s.reader(ctx, tx, actor, s.Clock.Today())
	if err != nil {
		return err
	}
	seats, err := s.seated(ctx, tx, m, r)
	if err != nil {
		return err
	}
	votes, mine := 0, meeting.SeatID("")
	for _, x := range seats {
		if x.Body == m.Body && x.Votes {
			votes++
			if x.Mine {
				mine = x.ID
			}
		}
	}
	if mine == "" {
		return fault.New(fault.Denied, "meeting.error.demand_vote")
	}
	if _, err := db.Exec(ctx, tx, insertDemand, i, mine, s.Clock.Now()); err != nil {
		return err
	}
	audit.Record(tx, s.Clock.Now(), actor, ActionDemand, subject(m.ID), audit.Field("item", "", string(i)), audit.Field("seat", "", string(mine)))
	item, err := itemByID(ctx, tx, i)
	if err != nil || item.Demanded*3 < votes || item.Place != Demanded {
		return err
	}
	return db.ExecOne(ctx, tx, stateItem, Listed, i, item.Version)
}
