package follow

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
)

const membersOf db.SQL = `SELECT p.account, p.address, p.lang FROM follow_person AS p JOIN account AS c ON c.id = p.account
	WHERE p.confirmed AND p.mail AND p.address <> '' AND NOT c.disabled AND c.deleted_at IS NULL
		AND EXISTS (SELECT 1 FROM assignment AS a WHERE a.account = p.account AND a.org = $1 AND a.role = 'org_member'
			AND a.from_day <= $2 AND (a.to_day IS NULL OR a.to_day >= $2))
	ORDER BY p.account`

type memberRow struct {
	Account access.AccountID `db:"account"`
	Address string           `db:"address"`
	Lang    i18n.Lang        `db:"lang"`
}

// WriteTo writes a letter to those of the organisation's people who have confirmed
// an address and take mail, each in his language, in the caller's transaction. It
// answers how many there were: none when the house has no address of it.
func (s *Service) WriteTo(ctx context.Context, tx *db.Tx, o access.OrgID, write func(l i18n.Lang) (subject, body string)) (int, error) {
	people, err := db.List[memberRow](ctx, tx, membersOf, o, s.Clock.Today())
	if err != nil {
		return 0, fmt.Errorf("follow: people of %s: %w", o, err)
	}
	for _, p := range people {
		subject, body := write(p.Lang)
		if err := s.post(ctx, tx, p.Account, p.Address, subject, body, ""); err != nil {
			return 0, err
		}
	}
	return len(people), nil
}
