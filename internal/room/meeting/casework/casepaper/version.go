package casepaper

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/meeting"
)

// VersionID names a version of a paper.
type VersionID = id.Of[Version]

// Version is the paper as it was kept or issued. It never changes.
type Version struct {
	ID     VersionID
	Nr     int
	Issued bool
	Why    string
	At     clock.Time
	Frozen Frozen
}

// Frozen is all that the paper showed: with the figures as they were that day, so
// that it reads the same whatever happens in the registers.
type Frozen struct {
	Title     string             `json:"title"`
	Number    string             `json:"number"` // 2020/10212-1
	Officer   string             `json:"officer"`
	Lang      i18n.Lang          `json:"lang"`
	Template  string             `json:"template"`
	Header    []FrozenRow        `json:"header"`
	Documents []FrozenDocument   `json:"documents"`
	Sections  []FrozenSection    `json:"sections"`
	Figures   map[string]Figures `json:"figures"`
	// Interpellation stands first in the paper of one.
	Interpellation Interpellation `json:"interpellation,omitzero"`
}

// FrozenRow is a line of the header, FrozenDocument a document of the case,
// FrozenSection a section, as a version holds them.
type (
	FrozenRow struct {
		Body   string     `json:"body"`
		Number string     `json:"number"`
		Day    clock.Date `json:"day"`
	}
	FrozenDocument struct {
		Nr     int    `json:"nr"`
		Letter string `json:"letter"`
		Title  string `json:"title"`
		Ground string `json:"ground,omitempty"`
	}
	FrozenSection struct {
		Name    string `json:"name"`
		Heading string `json:"heading"`
		Words   string `json:"words"`
	}
)

// Recommended is what the body was asked to decide, empty when the paper proposes nothing.
func (f Frozen) Recommended() string {
	for _, s := range f.Sections {
		if s.Name == recommendation {
			return s.Words
		}
	}
	return ""
}

// Interpellation is a question to a leader, and the answer. Those who ask and
// answer are offices.
type Interpellation struct{ Question, AskedBy, Answer, AnsweredBy string }

const listVersions db.SQL = `SELECT id, nr, issued, frozen, why, made_at FROM case_version WHERE case_file = $1 ORDER BY nr DESC`

type versionRow struct {
	ID     VersionID `db:"id"`
	Nr     int64     `db:"nr"`
	Issued bool      `db:"issued"`
	Frozen string    `db:"frozen"`
	Why    string    `db:"why"`
	MadeAt db.Time   `db:"made_at"`
}

// Versions are the versions of the paper of the case, the newest first.
func Versions(ctx context.Context, tx *db.Tx, c meeting.CaseID) ([]Version, error) {
	rows, err := db.List[versionRow](ctx, tx, listVersions, c)
	if err != nil {
		return nil, fmt.Errorf("case %s: versions: %w", c, err)
	}
	out := make([]Version, len(rows))
	for i, r := range rows {
		out[i] = Version{ID: r.ID, Nr: int(r.Nr), Issued: r.Issued, Why: r.Why, At: r.MadeAt}
		if err := json.Unmarshal([]byte(r.Frozen), &out[i].Frozen); err != nil {
			return nil, fmt.Errorf("case %s: version %d: %w", c, r.Nr, err)
		}
	}
	return out, nil
}

// Words are the headings and texts of all sections.
func (f Frozen) Words() string {
	var out []string
	for _, s := range f.Sections {
		out = append(out, s.Heading, s.Words)
	}
	return strings.Join(out, "\n")
}
