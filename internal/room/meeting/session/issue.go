package session

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
)

// Edition is the agenda as it was sent. Why is what the secretary said of it, for a
// later one.
type Edition struct {
	Nr  int
	Why string
	At  clock.Time
	Frozen
}

// Frozen is what an edition holds.
type Frozen struct {
	Day    clock.Date   `json:"day"`
	From   string       `json:"from"`
	To     string       `json:"to"`
	Place  string       `json:"place"`
	Remote bool         `json:"remote"`
	Items  []FrozenItem `json:"items"`
}

// FrozenItem is a line of the agenda. Label names an item without a title of its own.
type FrozenItem struct {
	ID          ItemID         `json:"id"`
	Number      string         `json:"number"`
	Kind        Kind           `json:"kind"`
	Case        meeting.CaseID `json:"case,omitempty"`
	Archive     string         `json:"archive,omitempty"`
	Title       string         `json:"title"`
	PublicTitle string         `json:"public_title,omitempty"`
	Ground      string         `json:"ground,omitempty"` // proposed closed
	Withdrawn   bool           `json:"withdrawn,omitempty"`
	Hidden      bool           `json:"-"`
}

// Label names the item's kind.
func (i FrozenItem) Label() i18n.Key { return i.Kind.Label() }

// forAll is the edition with the neutral titles of what is proposed closed.
func (f Frozen) forAll() Frozen {
	out := f
	out.Items = make([]FrozenItem, len(f.Items))
	for n, i := range f.Items {
		if i.Ground != "" {
			i.Title, i.Hidden = i.PublicTitle, true
		}
		out.Items[n] = i
	}
	return out
}

func freeze(m Meeting, list []Item) Frozen {
	out := Frozen{Day: m.Day, From: m.From, To: m.To, Place: m.Place, Remote: m.Remote}
	for _, i := range list {
		if i.Place == Demanded {
			continue
		}
		out.Items = append(out.Items, FrozenItem{ID: i.ID, Number: i.Number.String(), Kind: i.Kind, Case: i.Case, Archive: i.Archive.String(), Title: i.Title,
			PublicTitle: i.PublicTitle, Ground: i.Ground, Withdrawn: i.Place == Withdrawn})
	}
	return out
}

// Difference is what came, went or changed from one edition to the next.
type Difference struct {
	What   Change
	Number string
	Kind   Kind
	Title  string
	Was    string
}

// Change is a kind of difference. Stored nowhere.
type Change string

// The changes.
const (
	Came    Change = "came"
	Went    Change = "went"
	Renamed Change = "renamed"
	Moved   Change = "moved" // the meeting, in time or place
)

// Compare lists what changed between two editions, in the order of the later.
func Compare(from, to Frozen) []Difference {
	var out []Difference
	if was, is := from.when(), to.when(); was != is {
		out = append(out, Difference{What: Moved, Title: is, Was: was})
	}
	before := map[ItemID]FrozenItem{}
	for _, i := range from.Items {
		before[i.ID] = i
	}
	for _, i := range to.Items {
		was, there := before[i.ID]
		switch {
		case !there && !i.Withdrawn:
			out = append(out, Difference{Came, i.Number, i.Kind, i.Title, ""})
		case there && i.Withdrawn && !was.Withdrawn:
			out = append(out, Difference{Went, i.Number, i.Kind, i.Title, ""})
		case there && i.Title != was.Title:
			out = append(out, Difference{Renamed, i.Number, i.Kind, i.Title, was.Title})
		}
	}
	return out
}

func (f Frozen) when() string { return f.Day.String() + " " + f.From + "–" + f.To + " " + f.Place }

// EnoughNotice is how many days before the meeting an agenda ought to be out. The law
// says "reasonable" (§ 11-3); a week is common practice, and a shorter time is allowed.
const EnoughNotice = 7

// Issue sends the agenda: every item without a number gets the next in the body's series
// of the year, an edition is kept, and all may read it. version is the meeting's that the
// secretary saw; an agenda that is sent again says why. It answers the edition's number.
func (s *Service) Issue(ctx context.Context, actor access.Actor, m ID, version int64, why string) (int, error) {
	why = text.CleanLine(why)
	edition := 0
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		mt, _, err := s.writing(ctx, tx, actor, m)
		if err != nil {
			return err
		}
		if !mt.State.Ahead() {
			return fault.New(fault.Conflict, "meeting.error.begun")
		}
		if mt.Edition > 0 && why == "" {
			return fault.InvalidField("why", "form.error.required")
		}
		if err := s.number(ctx, tx, actor, mt); err != nil {
			return err
		}
		list, err := itemsOf(ctx, tx, m)
		if err != nil {
			return err
		}
		f := freeze(mt, list)
		if len(f.Items) == 0 {
			return fault.New(fault.Conflict, "meeting.error.no_items")
		}
		edition = mt.Edition + 1
		if err := db.ExecOne(ctx, tx, sendAgenda, Sent, m, version); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertEdition, m, edition, must(f), why, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("meeting %s: edition: %w", m, err)
		}
		if err := s.schedule(ctx, tx, mt, mt.Day, actor); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionIssue, subject(m), audit.Field("edition", mt.Edition, edition), audit.Field("why", "", why))
		return nil
	})
	return edition, err
}

// number gives numbers to the items that have none, in the order of the agenda. The
// prefix is that of the rules in force on the meeting's day.
func (s *Service) number(ctx context.Context, tx *db.Tx, actor access.Actor, m Meeting) error {
	list, err := itemsOf(ctx, tx, m.ID)
	if err != nil {
		return err
	}
	for _, i := range list {
		if i.Number.Nr > 0 || i.Place != Listed {
			continue
		}
		rules, err := meeting.RulesOn(ctx, tx, i.Body, m.Day)
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.Conflict, "meeting.error.no_rules")
		}
		if err != nil {
			return err
		}
		n, err := meeting.TakeNumber(ctx, tx, i.Body, rules.Rules.Numbers.Prefix, m.Day.Year())
		if err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, numberItem, n.Prefix, n.Nr, n.Year, i.ID); err != nil {
			return fmt.Errorf("item %s: number: %w", i.ID, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionItem, subject(m.ID), audit.Field("number", "", n.String()))
	}
	return nil
}

// schedule tells the cases when they are treated and under which number.
func (s *Service) schedule(ctx context.Context, tx *db.Tx, m Meeting, day clock.Date, actor access.Actor) error {
	list, err := itemsOf(ctx, tx, m.ID)
	if err != nil {
		return err
	}
	for _, i := range list {
		if i.Case == "" || i.Place != Listed {
			continue
		}
		number := ""
		if i.Number.Nr > 0 {
			number = i.Number.String()
		}
		if err := s.Cases.Schedule(ctx, tx, actor, i.Case, i.Body, day, number); err != nil {
			return err
		}
	}
	return nil
}
