package follow

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

// Mail is a letter in words. Calendar is a calendar file that goes with it, or empty.
type Mail struct{ Subject, Body, Calendar string }

// WriteToOffice writes a letter to a person about an office that he holds, such as a seat
// in a body, in the caller's transaction. ok is false when he has no confirmed address or
// has ended all mail. write gets the address of the page that ends it.
func (s *Service) WriteToOffice(ctx context.Context, tx *db.Tx, a access.AccountID, write func(l i18n.Lang, optOut string) (Mail, error)) (letter LetterID, ok bool, err error) {
	person, err := db.Get[personRow](ctx, tx, getPerson, a)
	if fault.Is(err, fault.NotFound) || err == nil && !person.reachable() {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("follow: write to %s: %w", a, err)
	}
	optOut := s.PublicURL + "/varsler/av/" + person.Token
	m, err := write(person.Lang, optOut)
	if err != nil {
		return "", false, err
	}
	letter, err = s.postWith(ctx, tx, a, person.Address, m, optOut)
	return letter, err == nil, err
}

const (
	lettersAre db.SQL      = `SELECT id, state FROM mail_message /*where*/ ORDER BY id`
	fragLetter db.Fragment = "id"
)

type letterState struct {
	ID    LetterID `db:"id"`
	State string   `db:"state"`
}

// LetterStates tells how far letters have come: waiting, sent, kept or refused. Those
// that have been deleted are left out.
func LetterStates(ctx context.Context, tx *db.Tx, ids []LetterID) (map[LetterID]string, error) {
	out := map[LetterID]string{}
	if len(ids) == 0 {
		return out, nil
	}
	var w db.Where
	db.In(&w, fragLetter, ids)
	statement, args := db.Query{Base: lettersAre, Where: w}.Build()
	rows, err := db.List[letterState](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("follow: letters: %w", err)
	}
	for _, r := range rows {
		out[r.ID] = r.State
	}
	return out, nil
}
