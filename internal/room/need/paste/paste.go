package paste

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/notes"
	"kompetansetorg/internal/room/need/notes/sentence"
)

// Life is how long a pasted text is kept, and Days the same in days.
const (
	Days = 30
	Life = Days * 24 * time.Hour
)

// MaxKept is how many pasted texts an account may have at a time; one more throws the
// oldest away.
const MaxKept = 20

// The actions of the audit log. They tell that it happened, not what was in the text.
const (
	ActionKeep  audit.Action = "need.paste"
	ActionTake  audit.Action = "need.paste_take"
	ActionLeave audit.Action = "need.paste_leave"
	ActionDrop  audit.Action = "need.paste_drop"
)

// ID names a pasted text.
type ID = id.Of[Paste]

// ParseID reads the id of a pasted text from outside.
func ParseID(s string) (ID, error) { return id.Parse[Paste](s) }

// State is what has become of a proposal. Stored as written.
type State string

// The states.
const (
	Open  State = ""
	Taken State = "taken"
	Left  State = "left"
)

// Label is the state's name.
func (s State) Label() i18n.Key {
	if s == Open {
		return "paste.state.open"
	}
	return i18n.Key("paste.state." + string(s))
}

// Reason is where in the text a guess comes from.
type Reason struct {
	Words string        `json:"words,omitempty"`
	From  sentence.From `json:"from,omitempty"`
}

// OfOrg is the reason for a municipality that nothing in the text says: the
// organisation lies there.
const OfOrg sentence.From = "org"

// Item is a proposal. Organisation is one that is known here, Unknown the name of a
// firm that is not; Horizon is set when the text says how soon, and not from when.
type Item struct {
	Text         string       `json:"text"`
	Under        string       `json:"under,omitempty"`
	Cue          Reason       `json:"cue"`
	Organisation org.ID       `json:"organisation,omitempty"`
	Unknown      string       `json:"unknown,omitempty"`
	WhyOrg       Reason       `json:"why_org"`
	Municipality string       `json:"municipality,omitempty"`
	WhyPlace     Reason       `json:"why_place"`
	Headcount    int          `json:"headcount,omitempty"`
	WhyCount     Reason       `json:"why_count"`
	WantedFrom   clock.Date   `json:"wanted_from"`
	Horizon      need.Horizon `json:"horizon,omitempty"`
	WhyWhen      Reason       `json:"why_when"`
	State        State        `json:"state,omitempty"`
	Need         need.ID      `json:"need,omitempty"`
}

// Content is the draft that the proposal becomes as it stands.
func (i Item) Content(l i18n.Lang) need.Content {
	return need.Content{Text: i.Text, Organisation: i.Organisation, Municipality: i.Municipality, Headcount: i.Headcount, WantedFrom: i.WantedFrom, Horizon: i.Horizon, Lang: l}
}

// Paste is a pasted text with its proposals, in the order of the text. Body is the
// text as it was read.
type Paste struct {
	ID      ID         `json:"id"`
	Body    string     `json:"body"`
	Items   []Item     `json:"items"`
	MadeAt  clock.Time `json:"made_at"`
	Expires clock.Time `json:"expires_at"`
	Version int64      `json:"-"`
}

// Count is how many proposals are in the state.
func (p Paste) Count(s State) int {
	n := 0
	for _, i := range p.Items {
		if i.State == s {
			n++
		}
	}
	return n
}

const (
	insertPaste  db.SQL = `INSERT INTO need_paste (id, owner, body, items, made_at, expires_at, version) VALUES ($1, $2, $3, $4, $5, $6, 1)`
	getPaste     db.SQL = `SELECT id, body, items, made_at, expires_at, version FROM need_paste WHERE id = $1 AND owner = $2 AND expires_at > $3`
	pastesOf     db.SQL = `SELECT id, body, items, made_at, expires_at, version FROM need_paste WHERE owner = $1 ORDER BY made_at DESC, id DESC`
	setItems     db.SQL = `UPDATE need_paste SET items = $1, version = version + 1 WHERE id = $2 AND owner = $3 AND version = $4`
	dropPaste    db.SQL = `DELETE FROM need_paste WHERE id = $1 AND owner = $2`
	dropOf       db.SQL = `DELETE FROM need_paste WHERE owner = $1`
	sweepExpired db.SQL = `DELETE FROM need_paste WHERE expires_at <= $1`
)

type pasteRow struct {
	ID      ID      `db:"id"`
	Body    string  `db:"body"`
	Items   string  `db:"items"`
	MadeAt  db.Time `db:"made_at"`
	Expires db.Time `db:"expires_at"`
	Version int64   `db:"version"`
}

func (r pasteRow) paste() (Paste, error) {
	p := Paste{ID: r.ID, Body: r.Body, MadeAt: r.MadeAt, Expires: r.Expires, Version: r.Version}
	if err := json.Unmarshal([]byte(r.Items), &p.Items); err != nil {
		return Paste{}, fmt.Errorf("paste %s: items: %w", r.ID, err)
	}
	return p, nil
}

// Service keeps the pasted texts.
type Service struct {
	room  *need.Service
	known sentence.Vocabulary // nil: only what words look like
}

// New makes the use cases.
func New(room *need.Service) *Service { return &Service{room: room} }

// Knowing gives the use cases a vocabulary to know occupations and competences by (see
// Known), before the first text is read. Without it fewer needs are found.
func (s *Service) Knowing(v sentence.Vocabulary) *Service {
	s.known = v
	return s
}

func subject(p ID) audit.Subject { return audit.Subject{Kind: "need_paste", ID: string(p)} }

func mayRegister(a access.Actor) error {
	if !need.CanRegister(a) || !a.SignedIn() {
		return fault.New(fault.Denied, "need.error.may_not_register")
	}
	return nil
}

// Keep reads a pasted text and keeps it with the needs found in it, for those who may
// register needs. A text that is empty or too long is Invalid at the field body.
func (s *Service) Keep(ctx context.Context, actor access.Actor, pasted string) (ID, error) {
	if err := mayRegister(actor); err != nil {
		return "", err
	}
	if utf8.RuneCountInString(pasted) > notes.MaxText {
		return "", fault.InvalidField("body", "form.error.too_long", "max", notes.MaxText)
	}
	plain := notes.Plain(pasted)
	if text.IsBlank(plain) {
		return "", fault.InvalidField("body", "form.error.required")
	}
	found := notes.Read(plain, s.room.Today(), s.known)
	kept, now := id.New[Paste](), s.room.Now()
	err := s.room.Write(ctx, func(tx *db.Tx) error {
		g := guesser{room: s.room, actor: actor, known: map[string]org.ID{}}
		items := make([]Item, 0, len(found))
		for _, c := range found {
			item, err := g.item(ctx, tx, c)
			if err != nil {
				return err
			}
			items = append(items, item)
		}
		if err := s.makeRoom(ctx, tx, actor); err != nil {
			return err
		}
		body, err := json.Marshal(items)
		if err != nil {
			return err
		}
		audit.Record(tx, now, actor, ActionKeep, subject(kept), audit.Field("proposals", "", len(items)))
		_, err = db.Exec(ctx, tx, insertPaste, kept, actor.Account, plain, string(body), now, now.Add(Life))
		return err
	})
	if err != nil {
		return "", fmt.Errorf("paste: keep: %w", err)
	}
	return kept, nil
}

// makeRoom throws away what has expired, and the actor's oldest above MaxKept.
func (s *Service) makeRoom(ctx context.Context, tx *db.Tx, actor access.Actor) error {
	if _, err := db.Exec(ctx, tx, sweepExpired, s.room.Now()); err != nil {
		return err
	}
	older, err := db.List[pasteRow](ctx, tx, pastesOf, actor.Account)
	if err != nil {
		return err
	}
	for _, old := range older[min(len(older), MaxKept-1):] {
		if err := s.drop(ctx, tx, actor, old.ID); err != nil {
			return err
		}
	}
	return nil
}

// Get is a pasted text of the actor's own, or NotFound.
func (s *Service) Get(ctx context.Context, actor access.Actor, paste ID) (Paste, error) {
	var p Paste
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		var err error
		p, err = s.load(ctx, tx, actor, paste)
		return err
	})
	return p, err
}

func (s *Service) load(ctx context.Context, tx *db.Tx, actor access.Actor, paste ID) (Paste, error) {
	row, err := db.Get[pasteRow](ctx, tx, getPaste, paste, actor.Account, s.room.Now())
	if err != nil {
		return Paste{}, fmt.Errorf("paste %s: %w", paste, err)
	}
	return row.paste()
}

// List lists the actor's own pasted texts, the newest first.
func (s *Service) List(ctx context.Context, actor access.Actor) ([]Paste, error) {
	var out []Paste
	err := s.room.Read(ctx, func(tx *db.Tx) error {
		var err error
		out, err = s.of(ctx, tx, actor.Account, s.room.Now())
		return err
	})
	return out, err
}

// of are the texts of the account that have not expired.
func (s *Service) of(ctx context.Context, tx *db.Tx, a access.AccountID, now clock.Time) ([]Paste, error) {
	rows, err := db.List[pasteRow](ctx, tx, pastesOf, a)
	if err != nil {
		return nil, fmt.Errorf("pastes: %w", err)
	}
	var out []Paste
	for _, r := range rows {
		p, err := r.paste()
		if err != nil {
			return nil, err
		}
		if p.Expires.After(now) {
			out = append(out, p)
		}
	}
	return out, nil
}

// Take makes a draft of proposal nr, from 0, with the content as the person wants it.
// A proposal that has been taken answers the draft it became.
func (s *Service) Take(ctx context.Context, actor access.Actor, paste ID, nr int, in need.Content) (need.ID, error) {
	var made need.ID
	err := s.change(ctx, actor, paste, nr, func(tx *db.Tx, item *Item) (bool, error) {
		if item.State == Taken {
			made = item.Need
			return false, nil
		}
		n, err := s.room.DraftIn(ctx, tx, actor, in)
		if err != nil {
			return false, err
		}
		made = n.ID
		item.State, item.Need = Taken, n.ID
		audit.Record(tx, s.room.Now(), actor, ActionTake, subject(paste), audit.Field("need", "", n.ID))
		return true, nil
	})
	return made, err
}

// Leave leaves proposal nr, from 0, or with again takes it up anew. One that has been
// taken stays so.
func (s *Service) Leave(ctx context.Context, actor access.Actor, paste ID, nr int, again bool) error {
	return s.change(ctx, actor, paste, nr, func(tx *db.Tx, item *Item) (bool, error) {
		next := Left
		if again {
			next = Open
		}
		if item.State == Taken || item.State == next {
			return false, nil
		}
		item.State = next
		audit.Record(tx, s.room.Now(), actor, ActionLeave, subject(paste), audit.Field("state", "", next))
		return true, nil
	})
}

// change loads a proposal, lets fn change it and stores it when fn says so.
func (s *Service) change(ctx context.Context, actor access.Actor, paste ID, nr int, fn func(tx *db.Tx, item *Item) (bool, error)) error {
	if err := mayRegister(actor); err != nil {
		return err
	}
	return s.room.Write(ctx, func(tx *db.Tx) error {
		p, err := s.load(ctx, tx, actor, paste)
		if err != nil {
			return err
		}
		if nr < 0 || nr >= len(p.Items) {
			return fault.Missing()
		}
		changed, err := fn(tx, &p.Items[nr])
		if err != nil || !changed {
			return err
		}
		items, err := json.Marshal(p.Items)
		if err != nil {
			return err
		}
		return db.ExecOne(ctx, tx, setItems, string(items), paste, actor.Account, p.Version)
	})
}

// Drop deletes a pasted text of the actor's own. The drafts that came of it stay.
func (s *Service) Drop(ctx context.Context, actor access.Actor, paste ID) error {
	return s.room.Write(ctx, func(tx *db.Tx) error { return s.drop(ctx, tx, actor, paste) })
}

func (s *Service) drop(ctx context.Context, tx *db.Tx, actor access.Actor, paste ID) error {
	n, err := db.Exec(ctx, tx, dropPaste, paste, actor.Account)
	if err != nil {
		return fmt.Errorf("paste %s: drop: %w", paste, err)
	}
	if n > 0 {
		audit.Record(tx, s.room.Now(), actor, ActionDrop, subject(paste))
	}
	return nil
}

// Sweep deletes what has expired, and tells how many there were.
func (s *Service) Sweep(ctx context.Context, tx *db.Tx) (int64, error) {
	return db.Exec(ctx, tx, sweepExpired, s.room.Now())
}

// Forget deletes the texts of an account, as part of deleting it.
func (s *Service) Forget(ctx context.Context, tx *db.Tx, a access.AccountID) error {
	if _, err := db.Exec(ctx, tx, dropOf, a); err != nil {
		return fmt.Errorf("paste: forget: %w", err)
	}
	return nil
}
