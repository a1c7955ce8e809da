package upload

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/text"
)

// Headings of spreadsheets, as an organisation last took them in sheets of a use.
const (
	headingsOf db.SQL = `SELECT heading, field FROM upload_heading WHERE org = $1 AND kind = $2 ORDER BY heading`
	putHeading db.SQL = `INSERT INTO upload_heading (org, kind, heading, field) VALUES ($1, $2, $3, $4) ON CONFLICT (org, kind, heading) DO UPDATE SET field = excluded.field`
)

type headingRow struct {
	Heading string `db:"heading"`
	Field   string `db:"field"`
}

// maxHeading is the longest heading that is remembered, in characters.
const maxHeading = 200

// Headings gives what the actor's organisation took each heading for last; nothing for one
// who has no such organisation.
func (s *Service) Headings(ctx context.Context, actor access.Actor) (Remembered, error) {
	kept := map[string]string{}
	remembered := func(heading string) (string, bool) {
		field, ok := kept[text.Fold(heading)]
		return field, ok
	}
	acting, ok := actor.ActingRole(s.use.Roles...)
	if !ok || acting.Org == "" {
		return remembered, nil
	}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		rows, err := db.List[headingRow](ctx, tx, headingsOf, acting.Org, s.use.Kind)
		for _, r := range rows {
			kept[r.Heading] = r.Field
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("import: headings: %w", err)
	}
	return remembered, nil
}

// remember keeps which field each heading was taken for; "" means that the column is left
// out. Columns without a heading, and headings that are whole texts, are not kept.
func (s *Service) remember(ctx context.Context, tx *db.Tx, actor access.Actor, headings, fields []string) error {
	acting, ok := actor.ActingRole(s.use.Roles...)
	if !ok || acting.Org == "" {
		return nil
	}
	var changes []audit.Change
	for i, heading := range headings {
		key := text.Fold(heading)
		if key == "" || len([]rune(key)) > maxHeading || i >= len(fields) {
			continue
		}
		if _, err := db.Exec(ctx, tx, putHeading, acting.Org, s.use.Kind, key, fields[i]); err != nil {
			return fmt.Errorf("import: remember heading: %w", err)
		}
		changes = append(changes, audit.Field(key, "", fields[i]))
	}
	audit.Record(tx, s.clock.Now(), actor, s.use.Actions.Headings, audit.Subject{Kind: "organisation", ID: string(acting.Org)}, changes...)
	return nil
}
