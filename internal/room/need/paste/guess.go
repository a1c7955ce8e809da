package paste

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/notes"
	"kompetansetorg/internal/room/need/notes/sentence"
)

// guesser looks up what candidates name, each name once.
type guesser struct {
	room  *need.Service
	actor access.Actor
	known map[string]org.ID // "" for nobody
}

// item is the candidate with what the registers here know of it. Nobody outside is asked.
func (g *guesser) item(ctx context.Context, tx *db.Tx, c notes.Candidate) (Item, error) {
	i := Item{Text: c.Text, Under: c.Under, Cue: Reason(c.Cue), Headcount: c.Headcount.N, WhyCount: Reason(c.Headcount.Reason),
		WantedFrom: c.When.From, Horizon: need.Horizon(c.When.Horizon), WhyWhen: Reason(c.When.Reason)}
	g.place(&i, c.Places)
	if !need.CanRepresent(g.actor) {
		return i, nil // who registers only for his own needs no guess of whose it is
	}
	if err := g.org(ctx, tx, &i, c.Orgs); err != nil || i.Organisation == "" || i.Municipality != "" {
		return i, err
	}
	o, err := org.Get(ctx, tx, i.Organisation)
	if err != nil {
		return i, err
	}
	if o.Municipality != "" {
		i.Municipality, i.WhyPlace = o.Municipality, Reason{Words: o.NameOn(g.room.Today()), From: OfOrg}
	}
	return i, nil
}

// place takes the first name that is one municipality of today.
func (g *guesser) place(i *Item, names []sentence.Phrase) {
	today := g.room.Today()
	for _, p := range names {
		if list := g.room.Places().On(today).ByName(p.Text); len(list) == 1 {
			i.Municipality, i.WhyPlace = string(list[0].Number), Reason(p.Reason)
			return
		}
	}
	for _, p := range names {
		if n, err := g.room.Places().ParseTyped(p.Text, today); err == nil && n != "" {
			i.Municipality, i.WhyPlace = string(n), Reason(p.Reason)
			return
		}
	}
}

// org takes the first name that is an organisation here. A firm that is named nearer
// the need and is not known here is told of instead, so that the need is not given to
// another.
func (g *guesser) org(ctx context.Context, tx *db.Tx, i *Item, names []sentence.Phrase) error {
	for _, p := range names {
		found, err := g.resolve(ctx, tx, p.Text)
		if err != nil {
			return err
		}
		farther := i.Unknown != "" && p.From != i.WhyOrg.From
		switch {
		case farther:
			return nil
		case found != "":
			i.Organisation, i.WhyOrg, i.Unknown = found, Reason(p.Reason), ""
			return nil
		case p.Firm && i.Unknown == "":
			i.Unknown, i.WhyOrg = p.Text, Reason(p.Reason)
		}
	}
	return nil
}

// resolve finds the one organisation that the name means; "" for none or several.
func (g *guesser) resolve(ctx context.Context, tx *db.Tx, name string) (org.ID, error) {
	key := text.Fold(name)
	if found, ok := g.known[key]; ok {
		return found, nil
	}
	found, err := g.room.Orgs().Resolve(ctx, tx, name)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) {
		found, err = "", nil
	}
	if err == nil {
		g.known[key] = found
	}
	return found, err
}
