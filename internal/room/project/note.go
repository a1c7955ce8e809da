package project

import (
	"context"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
)

// NoteID names a note.
type NoteID = id.Of[Note]

// ParseNoteID reads the id of a note from outside.
func ParseNoteID(s string) (NoteID, error) { return id.Parse[Note](s) }

// ActionNote is that a note was written or taken away.
const ActionNote audit.Action = "project.note"

// NoteKind is what a note is about.
type NoteKind string

// The kinds: what anchors the project (PRJ-8), money that was moved from one post to another
// (PRJ-10), who was asked to do research (PRJ-11), a municipal or regional plan that it is in
// (PRJ-12, PRJ-16), and who takes it on afterwards (PRJ-13).
const (
	Meeting    NoteKind = "meeting"
	Workshop   NoteKind = "workshop"
	Conference NoteKind = "conference"
	Mapping    NoteKind = "mapping"
	Decision   NoteKind = "decision"
	News       NoteKind = "news"
	Shift      NoteKind = "shift"
	Asked      NoteKind = "asked"
	Plan       NoteKind = "plan"
	Onward     NoteKind = "next"
)

// NoteKinds lists them, in the order that they are shown.
func NoteKinds() []NoteKind {
	return []NoteKind{Meeting, Workshop, Conference, Mapping, Decision, News, Shift, Asked, Plan, Onward}
}

// Label is the kind's name.
func (k NoteKind) Label() i18n.Key { return i18n.Key("project.note." + string(k)) }

// Anchors reports whether a note of the kind belongs to the log of how the project is anchored.
func (k NoteKind) Anchors() bool {
	return slices.Contains([]NoteKind{Meeting, Workshop, Conference, Mapping, Decision, News}, k)
}

// Counts reports whether those who were asked and who came are counted.
func (k NoteKind) Counts() bool {
	return slices.Contains([]NoteKind{Meeting, Workshop, Conference, Mapping}, k)
}

// outcomes are the answers that a kind has; kinds without have none.
var outcomes = map[NoteKind][]string{
	Asked:  {"no_capacity", "no_answer", "interest", "accepted"},
	Plan:   {"yes", "no", "unknown"},
	Onward: {"hub", "municipality", "regional_plan", "scheme", "nobody"},
}

// Outcomes are the answers that a note of the kind has.
func (k NoteKind) Outcomes() []string { return slices.Clone(outcomes[k]) }

// OutcomeLabel is the name of an answer.
func OutcomeLabel(k NoteKind, outcome string) i18n.Key {
	return i18n.Key("project.outcome." + string(k) + "." + outcome)
}

// Note is something that happened along the way. Day may be zero, then DayWords says when, or
// nobody knows. Invited and Attended count those who were asked and came, nil when nobody
// counted. From, To and Amount are of money that was moved; Amount is nil when it is not known.
// Who is whom it is about, by organisation or role. Outcome is one of the kind's. TakenIn is
// that it came with a document, which writes it anew.
type Note struct {
	ID       NoteID
	Kind     NoteKind
	Day      clock.Date
	DayWords string
	Words    string
	Who      string
	Attended *int
	Invited  *int
	FromPost string
	ToPost   string
	Amount   *money.NOK
	Outcome  string
	Ref      string
	TakenIn  bool
	Version  int64
}

// PerMille is how many of a thousand invited came, rounded to the nearest; false when they are
// not counted.
func (n Note) PerMille() (int, bool) {
	if n.Attended == nil || n.Invited == nil || *n.Invited == 0 {
		return 0, false
	}
	return (*n.Attended*2_000 + *n.Invited) / (2 * *n.Invited), true
}

// maxCount is the most that are counted at one meeting.
const maxCount = 100_000

func (n Note) check(fs *fault.Fields, at string) Note {
	n.Words, n.Who, n.DayWords, n.Ref = text.CleanMultiline(n.Words), text.CleanLine(n.Who), text.CleanLine(n.DayWords), text.CleanLine(n.Ref)
	n.FromPost, n.ToPost = text.CleanLine(n.FromPost), text.CleanLine(n.ToPost)
	if !slices.Contains(NoteKinds(), n.Kind) {
		fs.Add(at+"kind", "form.error.choice")
		return n
	}
	fs.Text(at+"words", n.Words, MaxWords, n.Kind != Shift)
	fs.Text(at+"who", n.Who, MaxTitle, n.Kind == Asked)
	fs.Text(at+"day_words", n.DayWords, MaxTitle, false)
	fs.Text(at+"ref", n.Ref, MaxTitle, false)
	fs.Text(at+"from_post", n.FromPost, MaxTitle, n.Kind == Shift)
	fs.Text(at+"to_post", n.ToPost, MaxTitle, n.Kind == Shift)
	if n.Kind == Shift && n.Words == "" {
		fs.Add(at+"words", "form.error.required")
	}
	if n.Amount != nil && (*n.Amount < 0 || *n.Amount > money.Kroner(maxKroner)) {
		fs.Add(at+"amount", "project.error.amount")
	}
	if answers := n.Kind.Outcomes(); len(answers) > 0 && !slices.Contains(answers, n.Outcome) {
		fs.Add(at+"outcome", "form.error.required")
	}
	for name, count := range map[string]*int{"attended": n.Attended, "invited": n.Invited} {
		if count != nil && (*count < 0 || *count > maxCount) {
			fs.Add(at+name, "form.error.range", "min", 0, "max", maxCount)
		}
	}
	if n.Attended != nil && n.Invited != nil && *n.Attended > *n.Invited {
		fs.Add(at+"attended", "project.error.attended")
	}
	return n
}

// DocumentNote is a note of a document; amounts are whole kroner.
type DocumentNote struct {
	Kind     NoteKind   `json:"kind"`
	Day      clock.Date `json:"day,omitzero"`
	DayWords string     `json:"day_words,omitempty"`
	Words    string     `json:"words,omitempty"`
	Who      string     `json:"who,omitempty"`
	Attended *int       `json:"attended,omitempty"`
	Invited  *int       `json:"invited,omitempty"`
	From     string     `json:"from,omitempty"`
	To       string     `json:"to,omitempty"`
	Amount   *int64     `json:"amount,omitempty"`
	Outcome  string     `json:"outcome,omitempty"`
	Ref      string     `json:"ref,omitempty"`
}

// maxNotes is the most notes that a document has of one project.
const maxNotes = 500

func (x DocumentProject) notes(fs *fault.Fields, at string) []Note {
	if len(x.Notes) > maxNotes {
		fs.Add(at+"notes", "form.error.range", "min", 0, "max", maxNotes)
		return nil
	}
	var out []Note
	for i, y := range x.Notes {
		at := at + "notes." + strconv.Itoa(i) + "."
		n := Note{Kind: y.Kind, Day: y.Day, DayWords: y.DayWords, Words: y.Words, Who: y.Who, Attended: y.Attended, Invited: y.Invited, FromPost: y.From, ToPost: y.To, Outcome: y.Outcome, Ref: y.Ref, TakenIn: true}
		if y.Amount != nil {
			amount, ok := kroner(*y.Amount)
			if !ok {
				fs.Add(at+"amount", "project.error.amount")
			}
			n.Amount = &amount
		}
		out = append(out, n.check(fs, at))
	}
	return out
}

const (
	insertNote db.SQL = `INSERT INTO project_note (id, project, nr, kind, day, day_words, words, who, attended, invited, from_post, to_post, amount, outcome, ref, taken_in, said_by, said_at, version)
		VALUES ($1, $2, (SELECT COALESCE(MAX(nr), 0) + 1 FROM project_note WHERE project = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)`
	updateNote db.SQL = `UPDATE project_note SET kind = $1, day = $2, day_words = $3, words = $4, who = $5, attended = $6, invited = $7, from_post = $8, to_post = $9, amount = $10, outcome = $11, ref = $12,
		taken_in = FALSE, said_by = $13, said_at = $14, version = version + 1 WHERE id = $15 AND project = $16 AND version = $17`
	removeNote db.SQL = `DELETE FROM project_note WHERE id = $1 AND project = $2 AND version = $3`
	dropTaken  db.SQL = `DELETE FROM project_note WHERE project = $1 AND taken_in = TRUE`
	listNotes  db.SQL = `SELECT id, kind, day, day_words, words, who, attended, invited, from_post, to_post, amount, outcome, ref, taken_in, version FROM project_note WHERE project = $1 ORDER BY nr, id`
)

type noteRow struct {
	ID       NoteID     `db:"id"`
	Kind     NoteKind   `db:"kind"`
	Day      db.Date    `db:"day"`
	DayWords string     `db:"day_words"`
	Words    string     `db:"words"`
	Who      string     `db:"who"`
	Attended *int       `db:"attended"`
	Invited  *int       `db:"invited"`
	FromPost string     `db:"from_post"`
	ToPost   string     `db:"to_post"`
	Amount   *money.NOK `db:"amount"`
	Outcome  string     `db:"outcome"`
	Ref      string     `db:"ref"`
	TakenIn  bool       `db:"taken_in"`
	Version  int64      `db:"version"`
}

// Notes are those of the project, in the order that they were written.
func (s *Service) Notes(ctx context.Context, actor access.Actor, p ID) ([]Note, error) {
	var out []Note
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		if _, err := s.In(ctx, tx, actor, p); err != nil {
			return err
		}
		var err error
		out, err = notes(ctx, tx, p)
		return err
	})
}

// NotesIn are the notes of a project that the caller has read, in the caller's transaction.
func (s *Service) NotesIn(ctx context.Context, tx *db.Tx, p ID) ([]Note, error) {
	return notes(ctx, tx, p)
}

func notes(ctx context.Context, tx *db.Tx, p ID) ([]Note, error) {
	rows, err := db.List[noteRow](ctx, tx, listNotes, p)
	out := make([]Note, len(rows))
	for i, r := range rows {
		out[i] = Note(r)
	}
	return out, err
}

func addNote(ctx context.Context, tx *db.Tx, p ID, n Note, by string, now clock.Time) error {
	_, err := db.Exec(ctx, tx, insertNote, id.New[Note](), p, n.Kind, n.Day, n.DayWords, n.Words, n.Who, n.Attended, n.Invited, n.FromPost, n.ToPost, n.Amount, n.Outcome, n.Ref, n.TakenIn, by, now)
	return err
}

// SaveNote writes a note, a new one when it has no id, the one that the actor saw by its version
// else. A note that came with a document stays as it is written here from then on.
func (s *Service) SaveNote(ctx context.Context, actor access.Actor, p ID, n Note) error {
	var fs fault.Fields
	n.TakenIn = false
	if n = n.check(&fs, ""); fs.Err() != nil {
		return fs.Err()
	}
	return s.noting(ctx, actor, p, func(tx *db.Tx, now clock.Time) error {
		audit.Record(tx, now, actor, ActionNote, subject(p), audit.Field("kind", "", n.Kind), audit.Field("words", "", n.Words))
		if n.ID == "" {
			return addNote(ctx, tx, p, n, actor.Label(), now)
		}
		return db.ExecOne(ctx, tx, updateNote, n.Kind, n.Day, n.DayWords, n.Words, n.Who, n.Attended, n.Invited, n.FromPost, n.ToPost, n.Amount, n.Outcome, n.Ref, actor.Label(), now, n.ID, p, n.Version)
	})
}

// DropNote takes a note away.
func (s *Service) DropNote(ctx context.Context, actor access.Actor, p ID, n NoteID, version int64) error {
	return s.noting(ctx, actor, p, func(tx *db.Tx, now clock.Time) error {
		audit.Record(tx, now, actor, ActionNote, subject(p), audit.Field("note", n, ""))
		return db.ExecOne(ctx, tx, removeNote, n, p, version)
	})
}

func (s *Service) noting(ctx context.Context, actor access.Actor, p ID, do func(*db.Tx, clock.Time) error) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		d, err := s.In(ctx, tx, actor, p)
		if err == nil && !CanChange(actor, d) {
			err = fault.New(fault.Denied, "fault.denied")
		}
		if err != nil {
			return err
		}
		return do(tx, s.Clock.Now())
	})
}
