package match

import (
	"slices"
	"strings"
	"time"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match/rank"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

// sources are what an index is made from, each of some version.
type sources struct {
	supply  supply.Snapshot
	support int64
	vocab   *vocab.Index
}

// areOf reports whether nothing has changed since x was made; x may be nil.
func (s sources) areOf(x *index) bool {
	return x != nil && x.supply == s.supply.Version && x.support == s.support && x.vocab == s.vocab
}

// index is everything that can answer, ready for ranking. It never changes.
type index struct {
	supply, support int64 // the versions it was made from
	vocab           *vocab.Index
	made            time.Time
	partial         bool // the programmes are missing
	programmes      []*offer.Programme
	offerings       [][]*offer.Offering // by programme
	education       *rank.Index
	cards           []support.Card
	help            *rank.Index
	at              map[target]int // the number of what may be judged
}

// buildIndex makes the index that follows old, which is nil for the first. What
// did not change is taken from it, unless the vocabulary did.
func buildIndex(from sources, cards []support.Card, old *index) *index {
	programmes, v := from.supply.Programmes, from.vocab
	x := &index{vocab: v, supply: from.supply.Version, support: from.support, programmes: programmes, cards: cards,
		offerings: make([][]*offer.Offering, len(programmes)), at: make(map[target]int, len(programmes)+len(cards))}
	docs := make([]rank.Document, len(programmes))
	for i, p := range programmes {
		x.at[target{KindProgramme, string(p.ID)}] = i
		docs[i] = programmeDocument(p)
	}
	for _, o := range from.supply.Offerings {
		if i, ok := x.at[target{KindProgramme, string(o.Programme)}]; ok {
			x.offerings[i] = append(x.offerings[i], o)
		}
	}
	help := make([]rank.Document, len(cards))
	for i, c := range cards {
		x.at[target{KindCard, string(c.ID)}] = i
		help[i] = cardDocument(c)
	}
	if old == nil || old.vocab != v {
		x.education, x.help = rank.Build(docs, v), rank.Build(help, v)
	} else {
		x.education, x.help = old.education.Next(docs), old.help.Next(help)
	}
	return x
}

// allLanguages is a text in every language it has, so that a need in nynorsk
// finds a programme described in it.
func allLanguages(t i18n.Text) string {
	var parts []string
	for _, s := range []string{t.NB, t.NN} {
		if s != "" && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return t.EN
	}
	return strings.Join(parts, ". ")
}

func programmeDocument(p *offer.Programme) rank.Document {
	outcomes := make([]string, len(p.Outcomes))
	for i, o := range p.Outcomes {
		outcomes[i] = allLanguages(o)
	}
	return rank.Document{ID: string(p.ID), Title: allLanguages(p.Title), Body: allLanguages(p.Description), Outcomes: strings.Join(outcomes, "; "),
		Admission: allLanguages(p.Admission), Occupations: p.Occupations, Topics: p.Topics, Level: rank.Level(p.Level), Hours: hours(p)}
}

// Hours of work behind a credit: 60 study points are 1,500 to 1,800 hours
// (universities and colleges), fagskole points the same.
const hoursPerPoint = 27

func hours(p *offer.Programme) float64 {
	if p.CreditUnit == offer.Hours {
		return p.Credits
	}
	return p.Credits * hoursPerPoint
}

func cardDocument(c support.Card) rank.Document {
	return rank.Document{ID: string(c.ID), Title: allLanguages(c.Title), Body: allLanguages(c.What) + ". " + allLanguages(c.ForWhom),
		Phrases: c.Words, Occupations: c.STYRK08, Topics: c.Topics}
}
