package forum

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// Kind is what a document of a forum is. Stored as written.
type Kind string

// The kinds.
const (
	Mandate   Kind = "mandate"
	Agreement Kind = "agreement"
)

// Kinds lists the kinds in the order pages show them.
func Kinds() []Kind { return []Kind{Mandate, Agreement} }

// Label is the kind's name.
func (k Kind) Label() i18n.Key { return i18n.Key("forum.document." + string(k)) }

// DocumentID names a version of a document.
type DocumentID = id.Of[Document]

// ParseDocumentID reads the id from outside.
func ParseDocumentID(s string) (DocumentID, error) { return id.Parse[Document](s) }

// Document is a version of a forum's mandate or agreement, in its own words.
// AdoptedBy is the decision.
type Document struct {
	ID        DocumentID
	Body      BodyID
	Kind      Kind
	Nr        int
	Title     string
	Words     string
	ValidFrom clock.Date
	AdoptedBy string
}

// Signing is how a partner stands to a document. Stored as written; Missing is nothing
// yet.
type Signing string

// The ways.
const (
	Missing  Signing = ""
	Signed   Signing = "signed"
	Declined Signing = "declined"
)

// Label is its name.
func (s Signing) Label() i18n.Key {
	if s == Missing {
		return "forum.signing.missing"
	}
	return i18n.Key("forum.signing." + string(s))
}

// Signature is a partner under a document. One who has signed and is a member no more
// is shown as it signed.
type Signature struct {
	Org    access.OrgID
	Name   string
	State  Signing
	Day    clock.Date
	Office string
	Mine   bool // the reader may sign for it
}

// Signatures are those of a document, and how many have signed.
type Signatures struct {
	List   []Signature
	Signed int
}

const (
	insertDocument db.SQL = `INSERT INTO forum_document (id, body, kind, nr, title, words, valid_from, adopted_by, recorded_by, recorded_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	lastDocument  db.SQL = `SELECT COALESCE(MAX(nr), 0) FROM forum_document WHERE body = $1 AND kind = $2`
	listDocuments db.SQL = `SELECT id, body, kind, nr, title, words, valid_from, adopted_by FROM forum_document WHERE body = $1 ORDER BY kind DESC, nr DESC, id`
	getDocument   db.SQL = `SELECT id, body, kind, nr, title, words, valid_from, adopted_by FROM forum_document WHERE id = $1`
	putSignature  db.SQL = `INSERT INTO forum_signature (document, org, state, day, office, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (document, org) DO UPDATE SET state = excluded.state, day = excluded.day, office = excluded.office,
		recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`
	listSignatures db.SQL = `SELECT org, state, day, office FROM forum_signature WHERE document = $1 ORDER BY org`
)

type documentRow struct {
	ID        DocumentID `db:"id"`
	Body      BodyID     `db:"body"`
	Kind      Kind       `db:"kind"`
	Nr        int64      `db:"nr"`
	Title     string     `db:"title"`
	Words     string     `db:"words"`
	ValidFrom db.Date    `db:"valid_from"`
	AdoptedBy string     `db:"adopted_by"`
}

func (r documentRow) document() Document {
	return Document{ID: r.ID, Body: r.Body, Kind: r.Kind, Nr: int(r.Nr), Title: r.Title, Words: r.Words, ValidFrom: r.ValidFrom, AdoptedBy: r.AdoptedBy}
}

type signatureRow struct {
	Org    access.OrgID `db:"org"`
	State  Signing      `db:"state"`
	Day    db.Date      `db:"day"`
	Office string       `db:"office"`
}

// Documents lists the versions of the forum's documents, mandates first, each newest
// first. They are open to all.
func (s *Service) Documents(ctx context.Context, b BodyID) ([]Document, error) {
	var out []Document
	return out, s.DB.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[documentRow](ctx, tx, listDocuments, b)
		out = make([]Document, len(rows))
		for i, r := range rows {
			out[i] = r.document()
		}
		return err
	})
}

// Current is the version of the kind that holds on the day, if any, of a list that
// Documents gave.
func Current(list []Document, k Kind, day clock.Date) (Document, bool) {
	i := slices.IndexFunc(list, func(d Document) bool { return d.Kind == k && !d.ValidFrom.After(day) })
	if i < 0 {
		return Document{}, false
	}
	return list[i], true
}

// Add adds the next version of a document. The forum's secretary does. Nobody has
// signed it yet.
func (s *Service) Add(ctx context.Context, actor access.Actor, in Document) (DocumentID, error) {
	in.Title, in.Words, in.AdoptedBy = text.CleanLine(in.Title), text.CleanMultiline(in.Words), text.CleanLine(in.AdoptedBy)
	var fs fault.Fields
	if !slices.Contains(Kinds(), in.Kind) {
		fs.Add("kind", "form.error.choice")
	}
	fs.Text("title", in.Title, MaxLine, true)
	fs.Text("adopted_by", in.AdoptedBy, MaxLine, true)
	fs.Text("words", in.Words, MaxWords, true)
	if in.ValidFrom.IsZero() {
		fs.Add("valid_from", "form.error.required")
	}
	if err := fs.Err(); err != nil {
		return "", err
	}
	in.ID = id.New[Document]()
	return in.ID, s.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := Keep(ctx, tx, s.Bodies, actor, in.Body); err != nil {
			return err
		}
		nr, err := db.Scalar[int64](ctx, tx, lastDocument, in.Body, in.Kind)
		if err != nil {
			return err
		}
		_, err = db.Exec(ctx, tx, insertDocument, in.ID, in.Body, in.Kind, nr+1, in.Title, in.Words, in.ValidFrom, in.AdoptedBy, actor.Label(), s.Clock.Now())
		if err != nil {
			return fmt.Errorf("forum %s: document: %w", in.Body, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDocument, Subject(in.Body), audit.Field("kind", "", string(in.Kind)), audit.Field("title", "", in.Title), audit.Field("nr", nr, nr+1))
		return nil
	})
}

// Document is the version with its signatures, and whether the actor keeps the forum.
func (s *Service) Document(ctx context.Context, actor access.Actor, d DocumentID) (Document, Signatures, bool, error) {
	var out Document
	var signed Signatures
	keeps := false
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		row, err := db.Get[documentRow](ctx, tx, getDocument, d)
		if err != nil {
			return err
		}
		out = row.document()
		body, part, err := Open(ctx, tx, s.Bodies, actor, out.Body)
		if err != nil {
			return err
		}
		keeps = part.Secretary
		signed, err = s.signatures(ctx, tx, body, part, d)
		return err
	})
	return out, signed, keeps, err
}

// SignaturesOf are those of one of the forum's documents.
func (s *Service) SignaturesOf(ctx context.Context, actor access.Actor, d Document) (Signatures, error) {
	_, out, _, err := s.Document(ctx, actor, d.ID)
	return out, err
}

func (s *Service) signatures(ctx context.Context, tx *db.Tx, b Body, part Part, d DocumentID) (Signatures, error) {
	rows, err := db.List[signatureRow](ctx, tx, listSignatures, d)
	if err != nil {
		return Signatures{}, fmt.Errorf("document %s: signatures: %w", d, err)
	}
	var out Signatures
	for _, m := range b.Members {
		if slices.ContainsFunc(out.List, func(x Signature) bool { return x.Org == m.Org }) {
			continue
		}
		x := Signature{Org: m.Org, Name: m.Name, Mine: part.SpeaksFor(m.Org)}
		if i := slices.IndexFunc(rows, func(r signatureRow) bool { return r.Org == m.Org }); i >= 0 {
			x.State, x.Day, x.Office = rows[i].State, rows[i].Day, rows[i].Office
		}
		out.List = append(out.List, x)
	}
	names, err := formerNames(ctx, tx, b, rows, s.Clock.Today())
	if err != nil {
		return Signatures{}, err
	}
	for _, r := range rows {
		if name, gone := names[r.Org]; gone {
			out.List = append(out.List, Signature{Org: r.Org, Name: name, State: r.State, Day: r.Day, Office: r.Office})
		}
	}
	for _, x := range out.List {
		if x.State == Signed {
			out.Signed++
		}
	}
	return out, nil
}

// Sign notes that a partner has signed, or will not. Who holds the partner's seat does,
// and the secretary, who has it on paper. A later word replaces an earlier.
func (s *Service) Sign(ctx context.Context, actor access.Actor, d DocumentID, in Signature) error {
	in.Office = text.CleanLine(in.Office)
	var fs fault.Fields
	if in.State != Signed && in.State != Declined {
		fs.Add("state", "form.error.choice")
	}
	fs.Text("office", in.Office, MaxLine, true)
	if in.Day.IsZero() {
		fs.Add("day", "form.error.required")
	} else if in.Day.After(s.Clock.Today()) {
		fs.Add("day", "forum.error.future")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		row, err := db.Get[documentRow](ctx, tx, getDocument, d)
		if err != nil {
			return err
		}
		if _, err := Speak(ctx, tx, s.Bodies, actor, row.Body, in.Org); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, putSignature, d, in.Org, in.State, in.Day, in.Office, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("document %s: sign: %w", d, err)
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionSign, Subject(row.Body), audit.Field("document", "", string(d)), audit.Field("organisation", "", string(in.Org)),
			audit.Field("state", "", string(in.State)), audit.Field("day", "", in.Day))
		return nil
	})
}
