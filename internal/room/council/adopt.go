package council

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
)

// Decision is the council's own decision on a version. From is the day it holds from
// where no member's decision is needed. Rules is the body's rule set that goes with
// it, empty for none. Item is where in a meeting the council decided it, empty for
// none: By and On are taken from it where they are not written.
type Decision struct {
	By        string
	On        clock.Date
	ByMembers bool
	From      clock.Date
	Rules     string
	Item      ItemID
}

func (d Decision) tidied(today clock.Date, sets []RuleSet) (Decision, error) {
	var fs fault.Fields
	d.By = text.CleanLine(d.By)
	fs.Text("decided_by", d.By, MaxLine, true)
	Past(&fs, "decided_on", d.On, today)
	if d.ByMembers {
		d.From = clock.Date{}
	} else if d.From.IsZero() {
		fs.Add("from", "form.error.required")
	}
	if d.Rules != "" && !slices.ContainsFunc(sets, func(r RuleSet) bool { return r.ID == d.Rules }) {
		fs.Add("rules", "form.error.choice")
	}
	return d, fs.Err()
}

// Send ends the draft after the council's decision: to the members, or straight into
// force. Every change from the version before must say why, and no other version may
// be with the members. What members have answered already in the item of the decision
// counts at once; holds tells that all had adopted it there.
func (s *Service) Send(ctx context.Context, actor access.Actor, v VersionID, seen int64, d Decision) (holds bool, err error) {
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		holds = false
		old, body, err := s.drafting(ctx, tx, actor, v)
		if err != nil {
			return err
		}
		all, err := versions(ctx, tx, old.Body, s.Clock.Today())
		if err != nil {
			return err
		}
		in, err := s.chosen(ctx, tx, old.Body, all, d.Item)
		if err != nil {
			return err
		}
		d, err := in.fill(d, body).tidied(s.Clock.Today(), body.RuleSets)
		if err != nil {
			return err
		}
		if err := ready(all, old); err != nil {
			return err
		}
		state := Sent
		if !d.ByMembers {
			state = Adopted
		}
		var rules any
		if d.Rules != "" {
			rules = d.Rules
		}
		if err := db.ExecOne(ctx, tx, sendDraft, state, rules, d.ByMembers, d.By, d.On, d.From, d.Item, v, seen); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionSend, Subject(old.Body), audit.Field("title", "", old.Title), audit.Field("state", string(old.State), string(state)),
			audit.Field("decided_by", "", d.By), audit.Field("decided_on", "", d.On), audit.Field("item", "", string(d.Item)))
		if state != Sent {
			return nil
		}
		for _, x := range in.Asked {
			if x.Reply == "" {
				continue
			}
			if err := s.write(ctx, tx, actor, old, x.Answer); err != nil {
				return err
			}
		}
		holds, err = s.settle(ctx, tx, v, body)
		return err
	})
	return holds, err
}

// ready refuses a draft that cannot be sent to the members yet.
func ready(all []Version, draft Version) error {
	if len(draft.Paragraphs) == 0 {
		return fault.New(fault.Conflict, "council.error.no_paragraphs")
	}
	if slices.ContainsFunc(all, func(x Version) bool { return x.State == Sent }) {
		return fault.New(fault.Conflict, "council.error.with_members")
	}
	if base, ok := Before(all, draft); ok {
		if list := Unexplained(Compare(base, draft, true)); len(list) > 0 {
			return fault.New(fault.Conflict, "council.error.unexplained", "list", strings.Join(list, ", "))
		}
	}
	return nil
}

// Record writes down what a member's own council said to a version that is with the
// members. An office of the member does, or the secretary; a later answer replaces an
// earlier. With the last yes the version holds, from the day of the latest. A member
// that was asked in the item of the decision answers there, and not here.
func (s *Service) Record(ctx context.Context, actor access.Actor, v VersionID, a Answer) (holds bool, err error) {
	a, err = a.tidied(s.Clock.Today())
	if err != nil {
		return false, err
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		holds = false
		old, err := s.told(ctx, tx, v)
		if err != nil {
			return err
		}
		body, is, err := Seen(ctx, tx, s.Bodies, actor, old.Body, s.Clock.Today())
		switch {
		case err != nil:
			return err
		case old.State == Draft && !is.IsIn():
			return fault.Missing()
		case !is.Speaks(a.Org):
			return Denied()
		case old.State != Sent:
			return fault.New(fault.Conflict, "council.error.not_sent")
		case old.Item.Takes(a.Org):
			return fault.New(fault.Conflict, "council.error.in_item", "number", old.Item.Number)
		}
		if !slices.ContainsFunc(body.MembersOn(s.Clock.Today()), func(m Member) bool { return m.Org == a.Org }) {
			return fault.InvalidField("org", "council.error.no_member")
		}
		if a.Day.Before(old.DecidedOn) {
			return fault.InvalidField("day", "council.error.before_council", "date", old.DecidedOn)
		}
		if err := s.write(ctx, tx, actor, old, a); err != nil {
			return err
		}
		holds, err = s.settle(ctx, tx, v, body)
		return err
	})
	return holds, err
}

// Given takes what a member has answered in an item, in the transaction that it is
// written in there, for the version that was decided in the item and is with the members;
// where none is, nothing is done. It is taken as written: what the item has accepted is
// not refused here, so that the two never say different things. The caller has the
// permission.
func (s *Service) Given(ctx context.Context, tx *db.Tx, actor access.Actor, i ItemID, a Answer) error {
	v, err := db.Scalar[VersionID](ctx, tx, sentItem, i)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("item %s: agreement: %w", i, err)
	}
	old, err := version(ctx, tx, v, s.Clock.Today())
	if err != nil {
		return err
	}
	body, err := s.Bodies.Council(ctx, tx, old.Body, s.Clock.Today())
	if err != nil {
		return err
	}
	a.InItem = true
	if err := s.write(ctx, tx, actor, old, a); err != nil {
		return err
	}
	_, err = s.settle(ctx, tx, v, body)
	return err
}

// write keeps a member's answer instead of any it gave before.
func (s *Service) write(ctx context.Context, tx *db.Tx, actor access.Actor, v Version, a Answer) error {
	if _, err := db.Exec(ctx, tx, saveAnswer, v.ID, a.Org, a.Reply, a.Place, a.Case, a.Day, a.InItem, actor.Label(), s.Clock.Now()); err != nil {
		return fmt.Errorf("agreement %s: answer: %w", v.ID, err)
	}
	audit.Record(tx, s.Clock.Now(), actor, ActionAnswer, Subject(v.Body), audit.Field("organisation", "", string(a.Org)), audit.Field("answer", "", string(a.Reply)),
		audit.Field("case", "", a.Case), audit.Field("day", "", a.Day), audit.Field("in_item", "", a.InItem))
	return nil
}

// settle lets the version hold when every member has adopted it: from the day of the
// latest, and never from before the council itself decided.
func (s *Service) settle(ctx context.Context, tx *db.Tx, v VersionID, b Body) (bool, error) {
	now, err := version(ctx, tx, v, s.Clock.Today())
	if err != nil {
		return false, err
	}
	t := now.Tally(b.MembersOn(s.Clock.Today()))
	if !t.IsComplete() {
		return false, nil
	}
	from := t.Last
	if from.Before(now.DecidedOn) {
		from = now.DecidedOn
	}
	return true, db.ExecOne(ctx, tx, adopt, from, v)
}
