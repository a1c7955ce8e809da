package match

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/common/vocab/norsk"
	"kompetansetorg/internal/hall/match/rank"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

// index is everything that can answer, ready for ranking. It never changes.
type index struct {
	supply, support int64 // the versions it was made from
	programmes      []*offer.Programme
	offerings       [][]*offer.Offering // by programme
	education       *rank.Index
	cards           []support.Card
	help            *rank.Index
}

func buildIndex(v *vocab.Index, s supply.Snapshot, cards []support.Card, cardVersion int64) *index {
	x := &index{supply: s.Version, support: cardVersion, programmes: s.Programmes, cards: cards, offerings: make([][]*offer.Offering, len(s.Programmes))}
	at := make(map[offer.ProgrammeID]int, len(s.Programmes))
	docs := make([]rank.Document, len(s.Programmes))
	for i, p := range s.Programmes {
		at[p.ID] = i
		docs[i] = programmeDocument(p)
	}
	for _, o := range s.Offerings {
		if i, ok := at[o.Programme]; ok {
			x.offerings[i] = append(x.offerings[i], o)
		}
	}
	x.education = rank.Build(docs, v)
	help := make([]rank.Document, len(cards))
	for i, c := range cards {
		help[i] = cardDocument(c)
	}
	x.help = rank.Build(help, v)
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

// evidence says why a document answers: concepts that both are about, with the
// reader's words for them, and else the words that stand in both.
func (x *index) evidence(v *vocab.Index, concepts []Concept, words map[string]string, d rank.Document) []Reason {
	var out []Reason
	about := v.Link(d.Title+". "+d.Body+" "+d.Outcomes+" "+strings.Join(d.Phrases, ". "), vocab.LinkOptions{Top: 12})
	for _, c := range concepts {
		shares := slices.Contains(d.Occupations, c.Code) && c.Scheme == vocab.Styrk08 || slices.Contains(d.Topics, c.Code) && c.Scheme == vocab.Topic
		shares = shares || slices.ContainsFunc(about.Matches, func(m vocab.Match) bool { return m.Scheme == c.Scheme && m.Code == c.Code })
		switch {
		case !shares || len(out) == maxConceptReasons:
		case len(c.Words) > 0:
			out = append(out, Reason{Kind: "concept", Key: "match.why.concept", Values: []any{"concept", conceptLabel(c), "words", strings.Join(c.Words, ", ")}})
		default:
			out = append(out, Reason{Kind: "concept", Key: "match.why.chosen", Values: []any{"concept", conceptLabel(c)}})
		}
	}
	if shared := sharedWords(words, d); len(out) == 0 && len(shared) > 0 {
		out = append(out, Reason{Kind: "words", Key: "match.why.words", Values: []any{"words", strings.Join(shared, ", ")}})
	}
	return out
}

const (
	maxConceptReasons = 2
	maxSharedWords    = 4
)

func conceptLabel(c Concept) i18n.Text { return i18n.Text{NB: c.NB, NN: c.NN, EN: c.EN} }

// contentWords are the query's words by their stems, as the reader wrote them.
func contentWords(text string) map[string]string {
	out := map[string]string{}
	for _, t := range norsk.Tokens(text) {
		if t.Kind == norsk.Content {
			out[t.Stem] = text[t.Start:t.End]
		}
	}
	return out
}

func sharedWords(words map[string]string, d rank.Document) []string {
	var out []string
	for _, t := range norsk.Tokens(d.Title + ". " + d.Body + ". " + d.Outcomes + ". " + strings.Join(d.Phrases, ". ")) {
		if w, ok := words[t.Stem]; ok && t.Kind == norsk.Content && !slices.Contains(out, w) && len(out) < maxSharedWords {
			out = append(out, w)
		}
	}
	return out
}
