// Package input is what regions send to the county's forum, and its answer: the tighter
// coupling between the levels. The secretary of a regional forum sends input for it; an
// organisation of a region without a forum sends consultation input. Both go the same
// way: sent, received, treated, answered. The county forum has the ball until it has
// answered, and everybody can read where it stands, and the reply.
//
// Words: innspill = input, høringsinnspill = consultation input, svar = reply.
//
// Tables: forum_input.
package input

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/forum"
)

// ID names an input.
type ID = id.Of[Input]

// ParseID reads the id from outside.
func ParseID(s string) (ID, error) { return id.Parse[Input](s) }

// FlowKind is the kind of the definition, and how the audit log knows an input.
const FlowKind = "forum_input"

// The states.
const (
	Sent     flow.State = "sent"
	Received flow.State = "received"
	Treated  flow.State = "treated"
	Answered flow.State = "answered"
)

// The actions of the audit log.
const (
	ActionSend  audit.Action = "forum.input.send"
	ActionMove  audit.Action = "forum.input.move"
	ActionReply audit.Action = "forum.input.reply"
)

// Flow is how an input moves. It can be answered from any state.
func Flow() flow.Definition {
	d := flow.Definition{Kind: FlowKind, Initial: Sent, States: []flow.StateDef{
		{State: Sent, Label: "forum.input.state.sent", Ball: flow.County, Days: 5},
		{State: Received, Label: "forum.input.state.received", Ball: flow.County, Days: 40},
		{State: Treated, Label: "forum.input.state.treated", Ball: flow.County, Days: 10},
		{State: Answered, Label: "forum.input.state.answered", End: true},
	}}
	by := []flow.Party{flow.County}
	d.Moves = []flow.MoveDef{
		{From: Sent, To: Received, By: by, Label: "forum.input.move.receive"},
		{From: Received, To: Treated, By: by, Label: "forum.input.move.treat"},
		{From: Sent, To: Answered, By: by, Label: "forum.input.move.answer"},
		{From: Received, To: Answered, By: by, Label: "forum.input.move.answer"},
		{From: Treated, To: Answered, By: by, Label: "forum.input.move.answer"},
	}
	return d
}

// StateLabel is the state's name.
func StateLabel(s flow.State) i18n.Key { return i18n.Key("forum.input.state." + string(s)) }

// Input is what a region sends. Body is its forum, empty for consultation input. Wanted
// is what it wishes of the county forum.
type Input struct {
	ID         ID
	Region     place.RegionID
	RegionName string
	County     forum.BodyID
	Body       forum.BodyID
	Org        access.OrgID
	OrgName    string
	Title      string
	Words      string
	Wanted     string
	State      flow.State
	Reply      string
	SentAt     clock.Time
	RepliedAt  clock.Time
	Due        clock.Date // of the ball
	Version    int64
	Keeps      bool // the reader answers for the county forum
}

// IsConsultation reports whether it comes from a region without a forum.
func (i Input) IsConsultation() bool { return i.Body == "" }

// Service is the use cases.
type Service struct {
	forums *forum.Service
	flow   flow.Definition
}

// New makes them.
func New(f *forum.Service) *Service { return &Service{forums: f, flow: Flow()} }

const (
	insertInput db.SQL = `INSERT INTO forum_input (id, region, county, body, org, title, words, wanted, state, reply, sent_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'sent', '', $9, 1)`
	moveInput  db.SQL = `UPDATE forum_input SET state = $1, version = version + 1 WHERE id = $2`
	replyInput db.SQL = `UPDATE forum_input SET state = 'answered', reply = $1, replied_at = $2, version = version + 1 WHERE id = $3 AND version = $4`
	listInputs db.SQL = `SELECT i.id, i.region, i.county, i.body, i.org, i.title, i.words, i.wanted, i.state, i.reply, i.sent_at, i.replied_at, i.version, f.due
		FROM forum_input AS i JOIN flow_item AS f ON f.kind = 'forum_input' AND f.subject = i.id /*where*/ ORDER BY i.id DESC`

	fragID     db.Fragment = "i.id"
	fragCounty db.Fragment = "i.county"
	fragRegion db.Fragment = "i.region"
)

type inputRow struct {
	ID        ID             `db:"id"`
	Region    place.RegionID `db:"region"`
	County    forum.BodyID   `db:"county"`
	Body      *forum.BodyID  `db:"body"`
	Org       access.OrgID   `db:"org"`
	Title     string         `db:"title"`
	Words     string         `db:"words"`
	Wanted    string         `db:"wanted"`
	State     flow.State     `db:"state"`
	Reply     string         `db:"reply"`
	SentAt    db.Time        `db:"sent_at"`
	RepliedAt db.Time        `db:"replied_at"`
	Version   int64          `db:"version"`
	Due       db.Date        `db:"due"`
}

func (s *Service) find(ctx context.Context, tx *db.Tx, w db.Where) ([]Input, error) {
	statement, args := db.Query{Base: listInputs, Where: w}.Build()
	rows, err := db.List[inputRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("forum: inputs: %w", err)
	}
	out, orgs := make([]Input, len(rows)), make([]access.OrgID, len(rows))
	for i, r := range rows {
		out[i] = Input{ID: r.ID, Region: r.Region, RegionName: string(r.Region), County: r.County, Org: r.Org, Title: r.Title, Words: r.Words, Wanted: r.Wanted,
			State: r.State, Reply: r.Reply, SentAt: r.SentAt, RepliedAt: r.RepliedAt, Due: r.Due, Version: r.Version}
		if r.Body != nil {
			out[i].Body = *r.Body
		}
		if known, err := s.forums.Places.Region(r.Region); err == nil {
			out[i].RegionName = known.Name
		}
		orgs[i] = r.Org
	}
	names, err := org.NamesOn(ctx, tx, orgs, s.forums.Clock.Today())
	for i := range out {
		out[i].OrgName = names[out[i].Org]
	}
	return out, err
}

// ToCounty lists what has been sent to the county's forum, FromRegion what a region has
// sent, newest first. They are open to all.
func (s *Service) ToCounty(ctx context.Context, b forum.BodyID) ([]Input, error) {
	var w db.Where
	db.In(&w, fragCounty, []forum.BodyID{b})
	return s.list(ctx, w)
}

// FromRegion lists what the region has sent, newest first.
func (s *Service) FromRegion(ctx context.Context, r place.RegionID) ([]Input, error) {
	var w db.Where
	db.In(&w, fragRegion, []place.RegionID{r})
	return s.list(ctx, w)
}

func (s *Service) list(ctx context.Context, w db.Where) ([]Input, error) {
	var out []Input
	return out, s.forums.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.find(ctx, tx, w)
		return err
	})
}

// Get is the input with what has happened to it, oldest first.
func (s *Service) Get(ctx context.Context, actor access.Actor, i ID) (Input, []flow.Step, error) {
	var out Input
	var steps []flow.Step
	err := s.forums.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = s.load(ctx, tx, i); err != nil {
			return err
		}
		_, part, err := forum.Open(ctx, tx, s.forums.Bodies, actor, out.County)
		if err != nil {
			return err
		}
		out.Keeps = part.Secretary
		steps, err = flow.History(ctx, tx, flow.Subject{Kind: FlowKind, ID: string(i)})
		return err
	})
	return out, steps, err
}

func (s *Service) load(ctx context.Context, tx *db.Tx, i ID) (Input, error) {
	var w db.Where
	db.In(&w, fragID, []ID{i})
	list, err := s.find(ctx, tx, w)
	switch {
	case err != nil:
		return Input{}, err
	case len(list) == 0:
		return Input{}, fault.Missing()
	}
	return list[0], nil
}

// speaking are the roles of an organisation that may send consultation input for it.
var speaking = []access.Role{access.RoleMunicipalLead, access.RoleIntermediary, access.RoleSecretary, access.RoleMayor, access.RoleChiefExec, access.RoleProviderUser, access.RoleOrgMember}

// MaySend tells for whom the actor may send input from the region: for the region's
// forum as its secretary, or, when it has none, for the organisations of the region
// where he speaks.
func (s *Service) MaySend(ctx context.Context, tx *db.Tx, actor access.Actor, r forum.Region) ([]access.OrgID, error) {
	if r.Body != "" {
		body, part, err := forum.Open(ctx, tx, s.forums.Bodies, actor, r.Body)
		if err != nil || !part.Secretary {
			return nil, err
		}
		return []access.OrgID{body.Secretariat}, nil
	}
	members, err := s.forums.Places.MembersAt(r.ID, s.forums.Clock.Today())
	if err != nil {
		return nil, err
	}
	places := text.Strings(s.forums.Places.Within(place.Numbers(members), s.forums.Clock.Today()))
	var out []access.OrgID
	for _, o := range actor.Orgs(speaking...) {
		found, err := org.Get(ctx, tx, o)
		if err != nil {
			return nil, err
		}
		if slices.Contains(places, found.Municipality) {
			out = append(out, o)
		}
	}
	return out, nil
}

// Senders is MaySend outside a transaction, for pages.
func (s *Service) Senders(ctx context.Context, actor access.Actor, r place.RegionID) ([]access.OrgID, error) {
	var out []access.OrgID
	return out, s.forums.DB.Read(ctx, func(tx *db.Tx) error {
		region, err := s.forums.RegionOf(ctx, tx, r)
		if err != nil {
			return err
		}
		out, err = s.MaySend(ctx, tx, actor, region)
		return err
	})
}

// Send sends an input to the county's forum and answers its id. From then on it is open
// to all and does not change.
func (s *Service) Send(ctx context.Context, actor access.Actor, in Input) (ID, error) {
	in.Title, in.Words, in.Wanted = text.CleanLine(in.Title), text.CleanMultiline(in.Words), text.CleanMultiline(in.Wanted)
	var fs fault.Fields
	fs.Text("title", in.Title, forum.MaxLine, true)
	fs.Text("words", in.Words, forum.MaxWords, true)
	fs.Text("wanted", in.Wanted, forum.MaxWords, false)
	if err := fs.Err(); err != nil {
		return "", err
	}
	out := id.New[Input]()
	return out, s.forums.DB.Write(ctx, func(tx *db.Tx) error {
		region, err := s.forums.RegionOf(ctx, tx, in.Region)
		if fault.Is(err, fault.NotFound) {
			return fault.InvalidField("region", "form.error.choice")
		}
		if err != nil {
			return err
		}
		if err := s.sends(ctx, tx, actor, region, in.Org); err != nil {
			return err
		}
		county, err := s.forums.Bodies.Body(ctx, tx, region.County)
		if err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, insertInput, out, in.Region, region.County, region.Body, in.Org, in.Title, in.Words, in.Wanted, s.forums.Clock.Now()); err != nil {
			return fmt.Errorf("forum: input: %w", err)
		}
		def, _ := s.flow.State(Sent)
		if err := flow.Start(ctx, tx, s.flow, string(out), in.Title, s.ball(county, def), actor, s.forums.Clock.Now()); err != nil {
			return err
		}
		audit.Record(tx, s.forums.Clock.Now(), actor, ActionSend, subject(out), audit.Field("region", "", string(in.Region)), audit.Field("organisation", "", string(in.Org)), audit.Field("title", "", in.Title))
		return nil
	})
}

func (s *Service) sends(ctx context.Context, tx *db.Tx, actor access.Actor, r forum.Region, o access.OrgID) error {
	if actor.IsSystem() {
		return nil
	}
	mine, err := s.MaySend(ctx, tx, actor, r)
	if err != nil {
		return err
	}
	if len(mine) == 0 {
		return fault.New(fault.Denied, "fault.denied")
	}
	for _, m := range mine {
		if m == o {
			return nil
		}
	}
	return fault.InvalidField("org", "forum.error.not_yours")
}

func subject(i ID) audit.Subject { return audit.Subject{Kind: FlowKind, ID: string(i)} }

func (s *Service) ball(county forum.Body, def flow.StateDef) flow.Ball {
	if def.End {
		return flow.Ball{}
	}
	return flow.Ball{Party: def.Ball, Org: county.Secretariat, Due: def.Due(s.forums.Clock.Today())}
}

// Move notes that the county forum has received or treated the input. Its secretary
// does; from is the state that he saw.
func (s *Service) Move(ctx context.Context, actor access.Actor, i ID, from, to flow.State) error {
	if to == Answered {
		return fault.InvalidField("reply", "form.error.required") // Reply does
	}
	return s.forums.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if err := s.move(ctx, tx, actor, old, from, to); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, moveInput, to, i); err != nil {
			return err
		}
		audit.Record(tx, s.forums.Clock.Now(), actor, ActionMove, subject(i), audit.Field("state", old.State, to))
		return nil
	})
}

// Reply answers the input for the county forum. Whoever sent it sees the reply at once,
// and so do all.
func (s *Service) Reply(ctx context.Context, actor access.Actor, i ID, version int64, reply string) error {
	reply = text.CleanMultiline(reply)
	var fs fault.Fields
	fs.Text("reply", reply, forum.MaxWords, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.forums.DB.Write(ctx, func(tx *db.Tx) error {
		old, err := s.keeping(ctx, tx, actor, i)
		if err != nil {
			return err
		}
		if err := s.move(ctx, tx, actor, old, old.State, Answered); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, replyInput, reply, s.forums.Clock.Now(), i, version); err != nil {
			return err
		}
		audit.Record(tx, s.forums.Clock.Now(), actor, ActionReply, subject(i), audit.Field("state", old.State, Answered))
		return nil
	})
}

func (s *Service) keeping(ctx context.Context, tx *db.Tx, actor access.Actor, i ID) (Input, error) {
	old, err := s.load(ctx, tx, i)
	if err != nil {
		return old, err
	}
	_, err = forum.Keep(ctx, tx, s.forums.Bodies, actor, old.County)
	return old, err
}

func (s *Service) move(ctx context.Context, tx *db.Tx, actor access.Actor, old Input, from, to flow.State) error {
	county, err := s.forums.Bodies.Body(ctx, tx, old.County)
	if err != nil {
		return err
	}
	def, _ := s.flow.State(to)
	return flow.Move(ctx, tx, s.flow, flow.Request{Subject: flow.Subject{Kind: FlowKind, ID: string(old.ID)}, From: from, To: to, As: []flow.Party{flow.County},
		Ball: s.ball(county, def)}, actor, s.forums.Clock.Now())
}
