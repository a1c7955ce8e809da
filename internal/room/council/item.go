package council

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

type item struct{}

// ItemID names an item of an agenda, which belongs to the room of meetings.
type ItemID = id.Of[item]

// Item is what the council decided in a meeting that it called itself, with the members
// that were asked there for their own decision. Title is the one that all may read. Over
// tells that the meeting was cancelled afterwards: nobody answers there any more.
type Item struct {
	ID           ItemID
	Meeting      string
	Number       string
	Title        string
	On           clock.Date
	Closed, Over bool
	Asked        []Asked
}

// Asked is a member that was asked for its own decision in an item, under the id that it
// has there. Reply is empty until it has answered.
type Asked struct {
	ID string
	Answer
}

// Of is what the member was asked for in the item, if it was.
func (i Item) Of(o access.OrgID) (Asked, bool) {
	n := slices.IndexFunc(i.Asked, func(x Asked) bool { return x.Org == o })
	if n < 0 {
		return Asked{}, false
	}
	return i.Asked[n], true
}

// Takes reports whether the item is where the member answers: it was asked there, and the
// meeting stands.
func (i Item) Takes(o access.OrgID) bool {
	_, asked := i.Of(o)
	return asked && !i.Over
}

// fill says what is not written of the decision by what the item tells.
func (i Item) fill(d Decision, b Body) Decision {
	if i.ID == "" {
		return d
	}
	if d.By == "" {
		d.By = b.Name + ", " + i.Number
	}
	if d.On.IsZero() {
		d.On = i.On
	}
	return d
}

// Items are those that the secretary may name as where the draft was decided, the newest
// first.
func (s *Service) Items(ctx context.Context, actor access.Actor, v VersionID) ([]Item, error) {
	var out []Item
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		draft, _, err := s.drafting(ctx, tx, actor, v)
		if err != nil {
			return err
		}
		all, err := versions(ctx, tx, draft.Body, s.Clock.Today())
		if err != nil {
			return err
		}
		out, err = s.free(ctx, tx, draft.Body, all)
		return err
	})
	return out, err
}

// free are the council's items that a version may be tied to; with ids, of those only. An
// agreement is open to all, so it is not tied to what was treated behind closed doors; and
// two versions are not decided by one decision.
func (s *Service) free(ctx context.Context, tx *db.Tx, b BodyID, all []Version, ids ...ItemID) ([]Item, error) {
	list, err := s.Bodies.Items(ctx, tx, b, ids...)
	return slices.DeleteFunc(list, func(i Item) bool {
		return i.Closed || i.Over || slices.ContainsFunc(all, func(v Version) bool { return v.Item.ID == i.ID && v.State != Dropped })
	}), err
}

// chosen is the item that the version is to be tied to; none when id is empty.
func (s *Service) chosen(ctx context.Context, tx *db.Tx, b BodyID, all []Version, id ItemID) (Item, error) {
	if id == "" {
		return Item{}, nil
	}
	list, err := s.free(ctx, tx, b, all, id)
	if err != nil {
		return Item{}, err
	}
	if len(list) == 0 {
		return Item{}, fault.InvalidField("item", "form.error.choice")
	}
	return list[0], nil
}

// tell fills in the items that versions of a council were decided in.
func (s *Service) tell(ctx context.Context, tx *db.Tx, b BodyID, list []Version) error {
	var ids []ItemID
	for _, v := range list {
		if v.Item.ID != "" {
			ids = append(ids, v.Item.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := s.Bodies.Items(ctx, tx, b, ids...)
	for i := range list {
		for _, x := range found {
			if x.ID == list[i].Item.ID {
				list[i].Item = x
			}
		}
	}
	return err
}

// told is a version with the item that it was decided in.
func (s *Service) told(ctx context.Context, tx *db.Tx, v VersionID) (Version, error) {
	out, err := version(ctx, tx, v, s.Clock.Today())
	if err != nil {
		return Version{}, err
	}
	one := []Version{out}
	err = s.tell(ctx, tx, out.Body, one)
	return one[0], err
}
