package supply

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply/happened"
	"kompetansetorg/internal/room/supply/offer"
)

// Object is the kind of thing that a programme is.
func Object() object.Kind {
	return object.Kind{Name: happened.Kind, Label: "supply.object", Path: "/tilbud/", Cards: cards, MayChange: mayChange, Search: search()}
}

const (
	cardsOf    db.SQL      = `SELECT p.id, p.provider, p.state, p.title_nb, p.title_nn, p.title_en FROM programme AS p /*where*/`
	fragCardID db.Fragment = "p.id"
	providerOf db.SQL      = `SELECT provider FROM programme WHERE id = $1 ORDER BY id`
	heldIn     db.SQL      = `SELECT DISTINCT o.programme, g.municipality FROM offering AS o JOIN gathering AS g ON g.offering = o.id
		/*where*/ ORDER BY o.programme, g.municipality`
	fragHeldOf    db.Fragment = "o.programme"
	fragHeldKnown db.Fragment = "o.state <> 'concept' AND g.municipality <> ''"
)

type cardRow struct {
	ID       string               `db:"id"`
	Provider org.ID               `db:"provider"`
	State    offer.ProgrammeState `db:"state"`
	NB       string               `db:"title_nb"`
	NN       string               `db:"title_nn"`
	EN       string               `db:"title_en"`
}

func cards(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]object.Card, error) {
	var w db.Where
	db.In(&w, fragCardID, ids)
	statement, args := db.Query{Base: cardsOf, Where: w}.Build()
	rows, err := db.List[cardRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("supply: cards: %w", err)
	}
	var of db.Where
	of.And(fragHeldKnown)
	db.In(&of, fragHeldOf, ids)
	statement, args = db.Query{Base: heldIn, Where: of}.Build()
	held, err := db.List[heldRow](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("supply: cards: %w", err)
	}
	in := map[string][]string{}
	for _, h := range held {
		in[h.Programme] = append(in[h.Programme], h.Municipality)
	}
	var out []object.Card
	for _, r := range rows {
		if canSee(actor, r.Provider, offer.Programme{State: r.State}.IsPublic()) {
			out = append(out, object.Card{Ref: object.Ref{ID: r.ID}, Title: i18n.Text{NB: r.NB, NN: r.NN, EN: r.EN}, Municipalities: in[r.ID]})
		}
	}
	return out, nil
}

// ProviderOf is the programme's provider, alone in a list; none when there is no
// such programme.
func ProviderOf(ctx context.Context, tx *db.Tx, programme offer.ProgrammeID) ([]org.ID, error) {
	return db.List[org.ID](ctx, tx, providerOf, programme)
}

func mayChange(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error {
	provider, err := db.Get[org.ID](ctx, tx, providerOf, id)
	if err != nil {
		return fmt.Errorf("programme %s: %w", id, err)
	}
	return CanWrite(actor, provider)
}
