package person

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// RequestID names a request.
type RequestID = id.Of[Request]

// ParseRequestID reads a request's id from outside.
func ParseRequestID(s string) (RequestID, error) { return id.Parse[Request](s) }

// State is where a request stands; stored as written.
type State string

// The states. Withdrawn is what becomes of an open request when the person
// deletes the account: there is nobody left to answer.
const (
	Received  State = "received"
	Granted   State = "granted"
	Refused   State = "refused"
	Withdrawn State = "withdrawn"
)

// Label is the state in words.
func (s State) Label() i18n.Key { return i18n.Key("person.state." + string(s)) }

// Open reports whether an answer is waited for.
func (s State) Open() bool { return s == Received }

// Ground is the ground in law that a refusal rests on.
type Ground string

// The grounds: a duty in law to keep it or a task in the public interest (GDPR
// art. 17(3)(b)), archives (17(3)(d), arkivlova), a legal claim (17(3)(e)), and
// that it holds nothing about the person.
const (
	GroundTask    Ground = "task"
	GroundArchive Ground = "archive"
	GroundClaim   Ground = "claim"
	GroundNothing Ground = "nothing"
)

// Grounds lists the grounds in the order pages show them.
func Grounds() []Ground { return []Ground{GroundArchive, GroundTask, GroundClaim, GroundNothing} }

// Label is the ground in words, with its article.
func (g Ground) Label() i18n.Key { return i18n.Key("person.ground." + string(g)) }

// Request is a person's wish to have something deleted that is part of a record.
// Thing is what it is about, empty when the words say it. Due is the last day of
// the answer; Extension is why it was moved, empty while it was not.
type Request struct {
	ID         RequestID
	Account    access.AccountID
	Org        access.OrgID
	Thing      object.Ref
	What       string
	State      State
	ReceivedAt clock.Time
	Due        clock.Date
	Extension  string
	Ground     Ground
	Answer     string
	AnsweredAt clock.Time
	Seen       bool
	Version    int64
}

// Overdue reports whether the last day has passed without an answer.
func (r Request) Overdue(today clock.Date) bool { return r.State.Open() && today.After(r.Due) }

const (
	// RequestsKept is how many days a request is kept after its answer.
	RequestsKept = 730
	maxWhat      = 2000
	maxReason    = 2000
)

// The actions of the audit log.
const (
	ActionAsk    audit.Action = "person.ask"
	ActionExtend audit.Action = "person.extend"
	ActionGrant  audit.Action = "person.grant"
	ActionRefuse audit.Action = "person.refuse"
	ActionSeen   audit.Action = "person.seen"
	// ActionErase is written in the log of the thing that a person was taken out of.
	ActionErase audit.Action = "person.erase"
)

func subject(r RequestID) audit.Subject {
	return audit.Subject{Kind: "person_request", ID: string(r)}
}

// CanAnswer is nil when the actor may answer the request: the officers of the body that
// was asked, for what it is about.
func (s *Service) CanAnswer(actor access.Actor, r Request) error {
	if actor.HasAt(r.Org, s.officer(r.Thing.Kind)) {
		return nil
	}
	return fault.Missing()
}

// Answers reports whether the actor answers requests to any body.
func (s *Service) Answers(actor access.Actor) bool {
	return slices.ContainsFunc(s.OfficerRoles(), func(r access.Role) bool { return actor.Has(r) })
}

// Ask is what a person asks for. Thing may be empty; Org may be empty when only
// one body can answer.
type Ask struct {
	Org   access.OrgID
	Thing object.Ref
	What  string
}

func (in Ask) check(bodies []access.OrgID) error {
	var fs fault.Fields
	switch {
	case text.IsBlank(in.What):
		fs.Add("what", "form.error.required")
	case len([]rune(in.What)) > maxWhat:
		fs.Add("what", "form.error.too_long", "max", maxWhat)
	}
	if !slices.Contains(bodies, in.Org) {
		fs.Add("org", "form.error.choice")
	}
	return fs.Err()
}

// Send sends the request to the body that has the thing, which has a month from
// today (GDPR art. 12(3)). A thing in which nothing stands about the actor is
// NotFound, whether he may see it or not. A second request about the same, while
// the first waits for its answer, is a Conflict.
func (s *Service) Send(ctx context.Context, actor access.Actor, in Ask) (RequestID, error) {
	if !actor.SignedIn() {
		return "", fault.New(fault.Denied, "fault.denied")
	}
	r, now := id.New[Request](), s.Clock.Now()
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if in.Thing != (object.Ref{}) {
			if held, err := s.inside(ctx, tx, actor.Account, in.Thing); err != nil {
				return err
			} else if len(held) == 0 {
				return fault.Missing()
			}
			if _, err := db.Scalar[RequestID](ctx, tx, openAbout, actor.Account, in.Thing.Kind, in.Thing.ID); err == nil {
				return fault.New(fault.Conflict, "person.error.same")
			} else if !fault.Is(err, fault.NotFound) {
				return err
			}
		}
		bodies, err := s.bodies(ctx, tx, in.Thing)
		if err != nil {
			return err
		}
		if in.Org == "" && len(bodies) == 1 {
			in.Org = bodies[0]
		}
		if err := in.check(bodies); err != nil {
			return err
		}
		due := s.Clock.Today().AddMonths(1)
		if _, err := db.Exec(ctx, tx, insertRequest, r, actor.Account, in.Org, in.Thing.Kind, in.Thing.ID, in.What, Received, now, due); err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionAsk, subject(r), audit.Field("organisation", "", in.Org), audit.PersonalField("what", "", in.What), audit.Field("due", "", due))
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("person: ask: %w", err)
	}
	return r, nil
}

// Leave sends the request of somebody whose account is deleted and who stands in a record:
// its body answers whether she is taken out. Where no body answers it does nothing.
func (s *Service) Leave(ctx context.Context, tx *db.Tx, a access.AccountID, thing object.Ref) error {
	bodies, err := s.bodies(ctx, tx, thing)
	if err != nil || len(bodies) == 0 {
		return err
	}
	r, now, due := id.New[Request](), s.Clock.Now(), s.Clock.Today().AddMonths(1)
	if _, err := db.Exec(ctx, tx, insertRequest, r, a, bodies[0], thing.Kind, thing.ID, "", Received, now, due); err != nil {
		return fmt.Errorf("person: leave: %w", err)
	}
	audit.Record(tx, now, leaver, ActionAsk, subject(r), audit.Field("organisation", "", bodies[0]), audit.Field("due", "", due))
	return nil
}

// leaver sends the requests of those who have deleted their account.
var leaver = access.SystemActor("person.leave")

// Get is a request: the person's own, or one that the actor answers. Else
// NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, r RequestID) (Request, error) {
	var out Request
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.get(ctx, tx, actor, r)
		return err
	})
	return out, err
}

func (s *Service) get(ctx context.Context, tx *db.Tx, actor access.Actor, r RequestID) (Request, error) {
	row, err := db.Get[requestRow](ctx, tx, getRequest, r)
	if err != nil {
		return Request{}, fmt.Errorf("person: request %s: %w", r, err)
	}
	if row.Account != actor.Account && s.CanAnswer(actor, row.request()) != nil {
		return Request{}, fault.Missing()
	}
	return row.request(), nil
}

// Mine lists the actor's own requests, the newest first.
func (s *Service) Mine(ctx context.Context, actor access.Actor) ([]Request, error) {
	return s.list(ctx, requestsOf, actor.Account)
}

// Asked is a request as the body that answers reads it: with the name of who asks,
// empty once the account is deleted.
type Asked struct {
	Request
	Name string
}

// ToAnswer lists requests to the bodies that the actor answers for, open ones
// first and by deadline.
func (s *Service) ToAnswer(ctx context.Context, actor access.Actor, after string) (db.Paged[Asked], error) {
	var out db.Paged[Asked]
	where := s.asked(actor)
	if len(where) == 0 {
		return out, fault.Missing()
	}
	q := db.Query{Base: requestsTo}
	q.Where.Or(where...)
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.ListPage(ctx, tx, q, db.Page{Order: db.Order{Key: fragUrgency, ID: fragRequestID}, After: after}, askedRow.urgency)
		out = db.Paged[Asked]{Next: rows.Next}
		for _, r := range rows.Items {
			out.Items = append(out.Items, Asked{Request: r.request(), Name: r.Name})
		}
		return err
	})
	return out, err
}

// asked are the requests that the actor answers: of each kind that an officer of its own
// answers for those about it, and of case officers all others.
func (s *Service) asked(actor access.Actor) []db.Where {
	var out []db.Where
	kinds := slices.Sorted(maps.Keys(s.Officers))
	add := func(role access.Role, narrow func(*db.Where)) {
		if bodies := actor.Orgs(role); len(bodies) > 0 {
			var w db.Where
			db.In(&w, fragOrg, bodies)
			narrow(&w)
			out = append(out, w)
		}
	}
	add(access.RoleCaseOfficer, func(w *db.Where) { db.NotIn(w, fragThing, kinds) })
	for _, k := range kinds {
		add(s.Officers[k].Role, func(w *db.Where) { db.In(w, fragThing, []string{k}) })
	}
	return out
}

// Asker is who sent a request, with roles where a case officer answers, and what stands in the thing about them. Name is
// empty once the account is deleted.
type Asker struct {
	Name   string
	Roles  []access.Assignment
	Inside []Inside
}

// Asker tells whoever answers the request who asks and what there is to delete.
func (s *Service) Asker(ctx context.Context, actor access.Actor, r RequestID) (Asker, error) {
	var out Asker
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		x, err := s.get(ctx, tx, actor, r)
		if err != nil {
			return err
		}
		if err := s.CanAnswer(actor, x); err != nil {
			return err
		}
		who, err := s.Accounts.ActorIn(ctx, tx, x.Account)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		out = Asker{Name: who.Name}
		if s.officer(x.Thing.Kind) == access.RoleCaseOfficer {
			out.Roles = who.Roles
		}
		if x.Thing != (object.Ref{}) {
			out.Inside, err = s.inside(ctx, tx, x.Account, x.Thing)
			return err
		}
		return nil
	})
	return out, err
}

// OpenAbout is the actor's own request about the thing that waits for an answer,
// or NotFound.
func (s *Service) OpenAbout(ctx context.Context, actor access.Actor, thing object.Ref) (r RequestID, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		r, err = db.Scalar[RequestID](ctx, tx, openAbout, actor.Account, thing.Kind, thing.ID)
		return err
	})
	return r, err
}

func (s *Service) list(ctx context.Context, statement db.SQL, args ...any) ([]Request, error) {
	var out []Request
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[requestRow](ctx, tx, statement, args...)
		out = make([]Request, len(rows))
		for i, r := range rows {
			out[i] = r.request()
		}
		return err
	})
	return out, err
}

// Read notes that the person has seen the answer, so that it is no longer new.
func (s *Service) Read(ctx context.Context, actor access.Actor, r RequestID) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, setSeen, s.Clock.Now(), r, actor.Account)
		if n > 0 {
			audit.Record(tx, s.Clock.Now(), actor, ActionSeen, subject(r))
		}
		return err
	})
}

// Extend moves the last day by two months, once, with the reason that the person
// is told: within the first month only (GDPR art. 12(3)).
func (s *Service) Extend(ctx context.Context, actor access.Actor, r RequestID, version int64, reason string) error {
	return s.answer(ctx, actor, r, version, func(tx *db.Tx, was Request) error {
		if err := need("extension", reason); err != nil {
			return err
		}
		if was.Extension != "" {
			return fault.New(fault.Conflict, "person.error.extended")
		}
		if was.Overdue(s.Clock.Today()) {
			return fault.New(fault.Conflict, "person.error.too_late")
		}
		due := was.Due.AddMonths(2)
		audit.Record(tx, s.Clock.Now(), actor, ActionExtend, subject(r), audit.Field("due", was.Due, due), audit.PersonalField("extension", "", reason))
		return db.ExecOne(ctx, tx, extendRequest, due, reason, r, version)
	})
}

// Refuse refuses the request on a ground in law, with a reason in words.
func (s *Service) Refuse(ctx context.Context, actor access.Actor, r RequestID, version int64, ground Ground, answer string) error {
	return s.answer(ctx, actor, r, version, func(tx *db.Tx, _ Request) error {
		var fs fault.Fields
		if !slices.Contains(Grounds(), ground) {
			fs.Add("ground", "form.error.choice")
		}
		addNeeded(&fs, "answer", answer)
		if err := fs.Err(); err != nil {
			return err
		}
		return s.end(ctx, tx, actor, r, version, Refused, ground, answer, ActionRefuse)
	})
}

// Grant grants it: where the request names a thing, the person is taken out of
// the thing's rows, and what the person wrote out of its log, whose chain holds.
// What others wrote stays. The body must still have the thing, and the thing
// something about the person; else it is a Conflict. The thing's log and the
// request's tell how much went. What stands in the thing's own words the body
// edits there.
func (s *Service) Grant(ctx context.Context, actor access.Actor, r RequestID, version int64, answer string) error {
	return s.answer(ctx, actor, r, version, func(tx *db.Tx, was Request) error {
		if err := need("answer", answer); err != nil {
			return err
		}
		var went []audit.Change
		if was.Thing != (object.Ref{}) {
			if err := s.fits(ctx, tx, actor, was); err != nil {
				return err
			}
			var err error
			if went, err = s.takeOut(ctx, tx, was.Account, was.Thing); err != nil {
				return err
			}
			audit.Record(tx, s.Clock.Now(), actor, ActionErase, audit.Subject{Kind: was.Thing.Kind, ID: was.Thing.ID}, append(went, audit.Field("request", "", r))...)
		}
		return s.end(ctx, tx, actor, r, version, Granted, "", answer, ActionGrant, went...)
	})
}

// answer is what the answers have in common: the actor may, and the request is
// open and as the actor saw it.
func (s *Service) answer(ctx context.Context, actor access.Actor, r RequestID, version int64, do func(*db.Tx, Request) error) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		was, err := s.get(ctx, tx, actor, r)
		if err != nil {
			return err
		}
		if err := s.CanAnswer(actor, was); err != nil {
			return err
		}
		if was.Account == actor.Account {
			return fault.New(fault.Conflict, "person.error.own")
		}
		if !was.State.Open() {
			return fault.New(fault.Conflict, "person.error.answered")
		}
		if was.Version != version {
			return fault.New(fault.Stale, "fault.stale")
		}
		return do(tx, was)
	})
}

func (s *Service) end(ctx context.Context, tx *db.Tx, actor access.Actor, r RequestID, version int64, to State, ground Ground, answer string, action audit.Action, more ...audit.Change) error {
	acting, _ := actor.ActingRole(s.OfficerRoles()...)
	changes := append([]audit.Change{audit.Field("state", Received, to), audit.Field("ground", "", ground), audit.PersonalField("answer", "", answer)}, more...)
	audit.Record(tx, s.Clock.Now(), actor, action, subject(r), changes...)
	return db.ExecOne(ctx, tx, endRequest, to, ground, answer, s.Clock.Now(), actor.Label(), acting.Role, r, version)
}

func addNeeded(fs *fault.Fields, field, value string) {
	switch {
	case text.IsBlank(value):
		fs.Add(field, "form.error.required")
	case len([]rune(value)) > maxReason:
		fs.Add(field, "form.error.too_long", "max", maxReason)
	}
}

func need(field, value string) error {
	var fs fault.Fields
	addNeeded(&fs, field, value)
	return fs.Err()
}
