package object

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
)

// Ref names a thing: its kind, as Kind.Name, and its id within the kind.
type Ref struct{ Kind, ID string }

// Card is what a list or a notice shows of a thing. Number is its human number,
// empty when its kind has none. Municipalities are the numbers of those it lies
// in, Fields the codes of the fields of competence it belongs to.
type Card struct {
	Ref            Ref
	Number         string
	Title          i18n.Text
	Municipalities []string
	Fields         []string
}

// Kind is what a room tells about one of its kinds of things.
type Kind struct {
	// Name is the kind as flow and audit write it.
	Name string
	// Label is what one of them is called, in lower case: "behov".
	Label i18n.Key
	// Path is the address of a thing's page up to its id: "/behov/".
	Path string
	// Cards finds those of the things that the actor may see, in any order.
	// What does not exist, or not for the actor, is left out.
	Cards func(ctx context.Context, tx *db.Tx, actor access.Actor, ids []string) ([]Card, error)
	// MayChange is nil when the actor, who sees the thing, may change what
	// belongs to it; else a Denied fault.
	MayChange func(ctx context.Context, tx *db.Tx, actor access.Actor, id string) error
	// Search lets the things be found; nil when they are not searched.
	Search *Search
	// IsDraft reports whether the thing has not been handed in yet, so that what
	// belongs to it is no record. Nil for a kind without drafts.
	IsDraft func(ctx context.Context, tx *db.Tx, id string) (bool, error)
}

// Kinds are the kinds of the house.
type Kinds struct{ list []Kind }

// New collects the kinds. It panics when two have the same name, which is a
// mistake of the wiring.
func New(list ...Kind) *Kinds {
	k := &Kinds{}
	for _, kind := range list {
		if _, ok := k.Of(kind.Name); ok {
			panic("object: two kinds called " + kind.Name)
		}
		k.list = append(k.list, kind)
	}
	return k
}

// Of is the kind called name, and whether there is one.
func (k *Kinds) Of(name string) (Kind, bool) {
	i := slices.IndexFunc(k.list, func(kind Kind) bool { return kind.Name == name })
	if i < 0 {
		return Kind{}, false
	}
	return k.list[i], true
}

// All lists the kinds in the order they were given.
func (k *Kinds) All() []Kind { return slices.Clone(k.list) }

// Href is the address of the thing's page, empty for an unknown kind.
func (k *Kinds) Href(r Ref) string {
	kind, ok := k.Of(r.Kind)
	if !ok {
		return ""
	}
	return kind.Path + r.ID
}

// Card is the thing as the actor sees it, or NotFound.
func (k *Kinds) Card(ctx context.Context, tx *db.Tx, actor access.Actor, r Ref) (Card, error) {
	cards, err := k.Cards(ctx, tx, actor, []Ref{r})
	if err != nil {
		return Card{}, err
	}
	c, ok := cards[r]
	if !ok {
		return Card{}, fault.Missing()
	}
	return c, nil
}

// Cards finds those of the things that the actor may see.
func (k *Kinds) Cards(ctx context.Context, tx *db.Tx, actor access.Actor, refs []Ref) (map[Ref]Card, error) {
	ids := map[string][]string{}
	for _, r := range refs {
		if !slices.Contains(ids[r.Kind], r.ID) {
			ids[r.Kind] = append(ids[r.Kind], r.ID)
		}
	}
	out := map[Ref]Card{}
	for _, kind := range k.list {
		if len(ids[kind.Name]) == 0 {
			continue
		}
		cards, err := kind.Cards(ctx, tx, actor, ids[kind.Name])
		if err != nil {
			return nil, fmt.Errorf("object: %s: %w", kind.Name, err)
		}
		for _, c := range cards {
			c.Ref.Kind = kind.Name
			out[c.Ref] = c
		}
	}
	return out, nil
}

// MayChange is nil when the actor may change what belongs to the thing; NotFound
// when he may not see it, Denied when he only may see it.
func (k *Kinds) MayChange(ctx context.Context, tx *db.Tx, actor access.Actor, r Ref) error {
	if _, err := k.Card(ctx, tx, actor, r); err != nil {
		return err
	}
	kind, _ := k.Of(r.Kind)
	return kind.MayChange(ctx, tx, actor, r.ID)
}

// IsDraft reports whether the thing is a draft, whoever asks.
func (k *Kinds) IsDraft(ctx context.Context, tx *db.Tx, r Ref) (bool, error) {
	kind, ok := k.Of(r.Kind)
	if !ok || kind.IsDraft == nil {
		return false, nil
	}
	return kind.IsDraft(ctx, tx, r.ID)
}
