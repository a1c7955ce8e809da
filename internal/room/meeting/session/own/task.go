package own

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
)

// Kind is the kind under which flow, follow and object know a member's own decision.
const Kind = "own_decision"

// The states: asked for, answered, and not asked for any more.
const (
	Asked    flow.State = "asked"
	Answered flow.State = "answered"
	Dropped  flow.State = "dropped"
)

// Flow is how an own decision moves: the member that was asked has the ball until it has
// answered, or the secretary has written its answer down, or the meeting is cancelled.
func Flow() flow.Definition {
	return flow.Definition{Kind: Kind, Initial: Asked, States: []flow.StateDef{
		{State: Asked, Label: "meeting.own.asked", Ball: flow.Owner},
		{State: Answered, Label: "meeting.own.answered", End: true},
		{State: Dropped, Label: "meeting.own.dropped", End: true},
	}, Moves: []flow.MoveDef{{From: Asked, To: Answered, By: []flow.Party{flow.Owner, flow.Secretary}, Label: "meeting.own.answer"},
		{From: Asked, To: Dropped, By: []flow.Party{flow.Secretary}, Label: "meeting.own.drop"}}}
}

// What the secretariat is told: that a member has answered, and that all have. What a
// member that was asked is told: that it need not answer.
const (
	WasAnswered happening.What = "own_answered"
	AllAnswered happening.What = "own_all_answered"
	WasDropped  happening.What = "own_dropped"
)

// The facts of what is told. FactYes of FactOf have decided it; FactWhy is why the meeting
// was cancelled.
const (
	FactWhy    = "why"
	FactOrg    = "org"
	FactAnswer = "answer"
	FactRef    = "ref"
	FactYes    = "yes"
	FactOf     = "of"
)

// IsSilent keeps the moves to themselves that are told of by a happening instead.
func IsSilent(to flow.State) bool { return to == Answered || to == Dropped }

// begin gives the member the ball.
func (s *Service) begin(ctx context.Context, tx *db.Tx, actor access.Actor, item session.Item, o session.OwnID, ball flow.Ball) error {
	ball.Party = flow.Owner
	return flow.Start(ctx, tx, Flow(), string(o), item.Shown(), ball, actor, s.room.Clock.Now())
}

// finish takes the ball away when the first answer has come, and tells the secretariat.
// What the program itself fills a database with is no news; a link is somebody's answer.
func (s *Service) finish(ctx context.Context, tx *db.Tx, actor access.Actor, row session.Own, in Answer, via session.Via) error {
	if row.Answer != "" {
		return nil // put right, not answered
	}
	as := []flow.Party{flow.Owner}
	if via == session.ByOffice {
		as = []flow.Party{flow.Secretary}
	}
	now := s.room.Clock.Now()
	if err := flow.Move(ctx, tx, Flow(), flow.Request{Subject: flow.Subject{Kind: Kind, ID: string(row.ID)}, From: Asked, To: Answered, As: as}, actor, now); err != nil {
		return err
	}
	if actor.IsSystem() && via != session.ByLink {
		return nil
	}
	all, err := session.OwnOf(ctx, tx, row.Item)
	if err != nil {
		return err
	}
	yes, waits := 0, 0
	for _, x := range all {
		switch x.Answer {
		case outcome.Yes:
			yes++
		case "":
			waits++
		}
	}
	facts := happening.Facts{FactOrg: row.OrgName, FactAnswer: string(in.Answer), FactRef: in.Ref, FactYes: fmt.Sprint(yes), FactOf: fmt.Sprint(len(all))}
	happening.Record(tx, now, actor, happening.Happening{Kind: Kind, ID: string(row.ID), What: WasAnswered, Mark: string(row.ID), Facts: facts})
	if waits == 0 {
		happening.Record(tx, now, actor, happening.Happening{Kind: Kind, ID: string(row.ID), What: AllAnswered, Mark: string(row.Item), Facts: facts})
	}
	return nil
}

// Drop takes the ball away from the members that have not answered when the meeting is
// cancelled, and tells them. One that was asked and could not know it yet, since the agenda
// was not out, is told nothing.
func (s *Service) Drop(ctx context.Context, tx *db.Tx, actor access.Actor, m session.Meeting, why string) error {
	waiting, err := db.List[session.OwnID](ctx, tx, unanswered, m.ID)
	if err != nil {
		return fmt.Errorf("meeting %s: own decisions: %w", m.ID, err)
	}
	now := s.room.Clock.Now()
	for _, o := range waiting {
		req := flow.Request{Subject: flow.Subject{Kind: Kind, ID: string(o)}, From: Asked, To: Dropped, As: []flow.Party{flow.Secretary}, Note: why}
		if err := flow.Move(ctx, tx, Flow(), req, actor, now); err != nil {
			return err
		}
		if m.Edition > 0 && !actor.IsSystem() {
			happening.Record(tx, now, actor, happening.Happening{Kind: Kind, ID: string(o), What: WasDropped, Mark: string(m.ID), Facts: happening.Facts{FactWhy: why}})
		}
	}
	return nil
}

const (
	unanswered db.SQL = `SELECT o.id FROM own_decision AS o JOIN agenda_item AS i ON i.id = o.item WHERE i.meeting = $1 AND o.answer = '' ORDER BY o.id`
	askedOf    db.SQL = `SELECT o.org FROM own_decision AS o JOIN flow_item AS f ON f.kind = 'own_decision' AND f.subject = o.id WHERE o.id = $1 AND f.state = 'dropped'`
	listTasks  db.SQL = `SELECT o.id, o.org, i.id AS item, i.meeting, i.body, i.state AS place, i.prefix, i.nr, i.year, i.doors, m.body AS caller, m.state, m.edition,
		CASE WHEN c.closed AND i.ground = '' THEN c.ground ELSE i.ground END AS ground,
		CASE WHEN c.closed AND i.ground = '' THEN c.public_title WHEN i.ground <> '' THEN i.public_title ELSE i.title END AS title
		FROM own_decision AS o JOIN agenda_item AS i ON i.id = o.item JOIN meeting AS m ON m.id = i.meeting LEFT JOIN case_file AS c ON c.id = i.case_file /*where*/ ORDER BY o.id`
	secretariatOf db.SQL = `SELECT b.secretariat FROM own_decision AS o JOIN agenda_item AS i ON i.id = o.item JOIN meeting AS m ON m.id = i.meeting
		JOIN body AS b ON b.id = m.body WHERE o.id = $1 AND o.answer <> ''`

	fragTask db.Fragment = "o.id"
)

type taskRow struct {
	ID      session.OwnID  `db:"id"`
	Org     access.OrgID   `db:"org"`
	Item    session.ItemID `db:"item"`
	Meeting session.ID     `db:"meeting"`
	Body    meeting.BodyID `db:"body"`
	Place   session.Place  `db:"place"`
	Prefix  string         `db:"prefix"`
	Nr      *int64         `db:"nr"`
	Year    int64          `db:"year"`
	Doors   session.Doors  `db:"doors"`
	Caller  meeting.BodyID `db:"caller"`
	State   session.State  `db:"state"`
	Edition int64          `db:"edition"`
	Ground  string         `db:"ground"`
	Title   string         `db:"title"`
}

// isFor reports whether the reader may know of it as a task: the secretary, and who holds
// a seat of the member when the agenda is out. What is closed only those within know of;
// of an item that was taken off there is no task. What was dropped with a meeting they
// still know of: nobody has the ball, and they are told so.
func (t taskRow) isFor(r session.Reader) bool {
	closed := session.Item{Doors: t.Doors, Content: session.Content{Ground: t.Ground}}.IsClosed()
	switch {
	case r.All:
		return true
	case t.Place != session.Listed, closed && !r.ClosedIn(t.Body):
		return false
	}
	return r.Rights[t.Caller].Secretary || t.Edition > 0 && sits(r, t.Body, t.Org)
}

// tasks are those of the own decisions that the actor may know of.
func (s *Service) tasks(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]taskRow, error) {
	r, err := s.room.Reader(ctx, tx, actor, s.room.Clock.Today())
	if err != nil {
		return nil, err
	}
	var w db.Where
	db.In(&w, fragTask, ids)
	statement, args := db.Query{Base: listTasks, Where: w}.Build()
	rows, err := db.List[taskRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("own decisions: tasks: %w", err)
	}
	var out []taskRow
	for _, x := range rows {
		if x.isFor(r) {
			out = append(out, x)
		}
	}
	return out, nil
}

// Seen tells which own decisions the actor may know of as tasks.
func (s *Service) Seen(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) (map[string]bool, error) {
	list, err := s.tasks(ctx, tx, actor, ids)
	out := map[string]bool{}
	for _, x := range list {
		out[string(x.ID)] = true
	}
	return out, err
}

// Where is the item that an own decision is about, for who may know of it as a task, else
// NotFound.
func (s *Service) Where(ctx context.Context, actor access.Actor, o session.OwnID) (m session.ID, i session.ItemID, err error) {
	err = s.room.DB.Read(ctx, func(tx *db.Tx) error {
		list, err := s.tasks(ctx, tx, actor, []string{string(o)})
		if err == nil && len(list) == 0 {
			err = fault.Missing()
		}
		if err == nil {
			m, i = list[0].Meeting, list[0].Item
		}
		return err
	})
	return m, i, err
}

// Concerns is the secretariat of the body that called the meeting, once there is an answer:
// that the member was asked it knows, as it has asked. What was dropped concerns the member
// that was asked.
func Concerns(ctx context.Context, tx *db.Tx, id string) ([]access.OrgID, error) {
	asked, err := db.List[access.OrgID](ctx, tx, askedOf, id)
	if err != nil || len(asked) > 0 {
		return asked, err
	}
	return db.List[access.OrgID](ctx, tx, secretariatOf, id)
}

// Object is the kind of thing that an own decision is in notices. Nothing hangs on it.
func Object(s *Service) object.Kind {
	return object.Kind{Name: Kind, Label: "meeting.own.object", Path: "/egne-vedtak/", Cards: s.cards,
		MayChange: func(context.Context, *db.Tx, access.Actor, string) error {
			return fault.New(fault.Denied, "fault.denied")
		}}
}

func (s *Service) cards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	list, err := s.tasks(ctx, tx, actor, ids)
	out := make([]object.Card, len(list))
	for n, x := range list {
		out[n] = object.Card{Ref: object.Ref{ID: string(x.ID)}, Title: i18n.Text{NB: x.Title}}
		if x.Nr != nil {
			out[n].Number = meeting.Number{Prefix: x.Prefix, Nr: int(*x.Nr), Year: int(x.Year)}.String()
		}
	}
	return out, err
}
