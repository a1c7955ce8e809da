package matchweb

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
)

func (p *Pages) registerAPI() {
	tags := []string{"match"}
	gate.Register(p.door, gate.Op{Method: "POST", Path: "/api/v1/match", Rule: gate.Public(), ID: "match", Summary: "What answers a need written in everyday words", Tags: tags}, p.apiMatch)
	gate.Register(p.door, gate.Op{Method: "GET", Path: "/api/v1/needs/{id}/matches", Rule: gate.Public(), ID: "match-need", Summary: "What answers a saved need that the caller may see", Tags: tags}, p.apiNeed)
	gate.Register(p.door, gate.Op{Method: "GET", Path: "/api/v1/concepts", Rule: gate.Public(), ID: "list-concepts", Summary: "Concepts whose name begins as written", Tags: tags}, p.apiConcepts)
}

// apiQuery is what is asked. Only the text is mandatory; that is not in the
// schema, as the hall's own refusals point at the field and are in the caller's
// language.
type apiQuery struct {
	Text         string `json:"text,omitempty" nullable:"true" doc:"The need in one's own words. Mandatory."`
	Municipality string `json:"municipality,omitempty" nullable:"true" doc:"Number or name"`
	Headcount    int    `json:"headcount,omitempty" nullable:"true" doc:"How many people"`
	Level        string `json:"level,omitempty" nullable:"true" doc:"vgs, fagbrev, fagskole, hoyere, kurs"`
	Form         string `json:"form,omitempty" nullable:"true" doc:"nett, samlinger, bedrift, blandet, campus"`
	From         string `json:"from,omitempty" nullable:"true" doc:"A day, 2027-08-01"`
	Limit        *int   `json:"limit,omitempty" nullable:"true" doc:"How many answers of each kind, 1-50; 5 when left out"`
}

// Language is the language that labels and reasons are written in.
type Language struct {
	Lang   string `query:"lang" doc:"nb, nn or en; Accept-Language decides when left out"`
	Accept string `header:"Accept-Language"`
}

func (p *Pages) printer(l Language) i18n.Printer {
	if _, ok := i18n.ParseLang(l.Lang); !ok {
		l.Lang = ""
	}
	return p.door.Texts.Printer(i18n.Negotiate(l.Lang, l.Accept))
}

type apiMatchIn struct {
	Language
	Body apiQuery
}

// apiAnswer is what was found. Offers that cannot be taken as they stand are
// among the others, by score; missing says in what they fail.
type apiAnswer struct {
	IsNeed       bool         `json:"is_need" doc:"Whether the text is about a competence need at all"`
	Partial      bool         `json:"partial,omitempty" doc:"The service has just started and is still reading the programmes: ask again in a moment"`
	Concepts     []apiConcept `json:"concepts"`
	Offers       []apiOffer   `json:"offers"`
	Measures     []apiCard    `json:"measures"`
	Support      []apiCard    `json:"support"`
	SimilarNeeds *int         `json:"similar_needs" doc:"Organisations that need the same, rounded down to 3, 5, 10, 20 or 50; null when fewer"`
}

type apiConcept struct {
	Scheme string   `json:"scheme"`
	Code   string   `json:"code"`
	Label  string   `json:"label"`
	Score  float64  `json:"score"`
	Words  []string `json:"words" doc:"The words of the text that spoke for it"`
}

type apiOffer struct {
	Offering  *string     `json:"offering" doc:"Id of the offering that suits best; null when the programme is not offered now"`
	Programme string      `json:"programme"`
	Title     string      `json:"title"`
	Provider  string      `json:"provider"`
	Score     float64     `json:"score"`
	Evidence  []apiReason `json:"evidence"`
	Missing   []apiReason `json:"missing"`
}

type apiCard struct {
	ID       string      `json:"id"`
	Code     string      `json:"code"`
	Kind     string      `json:"kind"`
	Title    string      `json:"title"`
	Score    float64     `json:"score"`
	Evidence []apiReason `json:"evidence"`
}

type apiReason struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

type apiAnswerOut struct{ Body apiAnswer }

func (p *Pages) apiMatch(ctx context.Context, actor access.Actor, in *apiMatchIn) (*apiAnswerOut, error) {
	q, err := p.apiRead(in.Body)
	if err != nil {
		return nil, err
	}
	answer, err := p.Match.Find(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	return &apiAnswerOut{p.apiAnswer(p.printer(in.Language), answer, q.Limit)}, nil
}

// apiRead turns what was sent into a query; everything that is wrong is told
// at once, each at its field.
func (p *Pages) apiRead(in apiQuery) (match.Query, error) {
	var fs fault.Fields
	q := match.Query{Text: strings.TrimSpace(in.Text), Headcount: in.Headcount, Level: offer.Level(in.Level), Limit: match.DefaultLimit}
	if q.Text == "" {
		fs.Add("text", "form.error.required")
	}
	if utf8.RuneCountInString(q.Text) > need.MaxText {
		fs.Add("text", "form.error.too_long", "max", need.MaxText)
	}
	if q.Headcount < 0 || q.Headcount > need.MaxHeadcount {
		fs.Add("headcount", "form.error.range", "min", 1, "max", need.MaxHeadcount)
	}
	if in.Level != "" && !slices.Contains(offer.Levels(), q.Level) {
		fs.Add("level", "form.error.choice")
	}
	if form := offer.Delivery(in.Form); slices.Contains(offer.Deliveries(), form) {
		q.Forms = []offer.Delivery{form}
	} else if in.Form != "" {
		fs.Add("form", "form.error.choice")
	}
	if in.From != "" {
		var err error
		if q.From, err = clock.ParseDate(in.From); err != nil {
			fs.Add("from", "form.error.date")
		}
	}
	if in.Limit != nil {
		q.Limit = *in.Limit
	}
	checkLimit(&fs, q.Limit)
	var err error
	q.Municipality, err = p.Match.Places.ParseTyped(in.Municipality, p.Match.Clock.Today())
	if err = fs.AddErr(err); err != nil {
		return q, err
	}
	return q, fs.Err()
}

func checkLimit(fs *fault.Fields, limit int) {
	if limit < 1 || limit > match.MaxLimit {
		fs.Add("limit", "form.error.range", "min", 1, "max", match.MaxLimit)
	}
}

type apiNeedIn struct {
	Language
	ID    string `path:"id"`
	Limit int    `query:"limit" default:"10" doc:"How many answers of each kind, 1-50"`
}

func (p *Pages) apiNeed(ctx context.Context, actor access.Actor, in *apiNeedIn) (*apiAnswerOut, error) {
	n, err := needID(in.ID)
	if err != nil {
		return nil, err
	}
	var fs fault.Fields
	checkLimit(&fs, in.Limit)
	if err := fs.Err(); err != nil {
		return nil, err
	}
	_, answer, err := p.Match.FindFor(ctx, actor, n, in.Limit)
	if err != nil {
		return nil, err
	}
	return &apiAnswerOut{p.apiAnswer(p.printer(in.Language), answer, in.Limit)}, nil
}

func (p *Pages) apiAnswer(t i18n.Printer, a match.Answer, limit int) apiAnswer {
	out := apiAnswer{IsNeed: a.IsNeed, Partial: a.Partial, Concepts: []apiConcept{}, Offers: []apiOffer{}, Measures: apiCards(t, a.Measures, limit), Support: apiCards(t, a.Support, limit)}
	for _, c := range a.Concepts {
		out.Concepts = append(out.Concepts, apiConcept{string(c.Scheme), c.Code, c.Label(string(t.Language())), c.Score, append([]string{}, c.Words...)})
	}
	offers := slices.Concat(a.Offers, a.Adapt)
	slices.SortStableFunc(offers, func(a, b match.Offer) int { return cmp.Compare(b.Score, a.Score) })
	for _, o := range offers[:min(limit, len(offers))] {
		item := apiOffer{Programme: string(o.Programme.ID), Title: p.speaker(t).Text(o.Programme.Title), Provider: o.Programme.ProviderName, Score: atMostOne(o.Score),
			Evidence: apiReasons(t, o.Evidence), Missing: apiReasons(t, o.Missing)}
		if o.Offering != nil {
			id := string(o.Offering.ID)
			item.Offering = &id
		}
		out.Offers = append(out.Offers, item)
	}
	if a.Similar > 0 {
		out.SimilarNeeds = &a.Similar
	}
	return out
}

// atMostOne keeps the score a share: a person's verdict lifts an answer above
// all that the machine found, which its place in the list already tells.
func atMostOne(score float64) float64 { return min(score, 1) }

func apiCards(t i18n.Printer, list []match.Card, limit int) []apiCard {
	out := []apiCard{}
	for _, c := range list[:min(limit, len(list))] {
		title, _ := c.Title.In(t.Language())
		out = append(out, apiCard{string(c.ID), c.Code, string(c.Kind), title, atMostOne(c.Score), apiReasons(t, c.Evidence)})
	}
	return out
}

func apiReasons(t i18n.Printer, list []match.Reason) []apiReason {
	out := make([]apiReason, len(list))
	for i, r := range list {
		out[i] = apiReason{r.Kind, t.T(r.Key, r.Values...)}
	}
	return out
}

type apiConceptsIn struct {
	Language
	Q      string `query:"q" maxLength:"100" doc:"The beginning of a name, or of a word in it"`
	Scheme string `query:"scheme" doc:"styrk08, programomrade or tema; all when left out"`
	Limit  int    `query:"limit" default:"10" doc:"How many of each scheme, 1-50"`
}

type apiConceptsOut struct {
	Body struct {
		Items []apiNamed `json:"items"`
		Total int        `json:"total"`
		Next  string     `json:"next,omitempty"`
	}
}

// apiNamed is a concept that can be chosen. Its id is scheme and code.
type apiNamed struct {
	ID      string   `json:"id"`
	Scheme  string   `json:"scheme"`
	Code    string   `json:"code"`
	Label   string   `json:"label"`
	Styrk08 []string `json:"styrk08" doc:"The unit groups a trade or topic leads to"`
}

func (p *Pages) apiConcepts(_ context.Context, _ access.Actor, in *apiConceptsIn) (*apiConceptsOut, error) {
	var fs fault.Fields
	wanted := schemes()
	if s := vocab.Scheme(in.Scheme); s != "" {
		if !slices.Contains(wanted, s) {
			fs.Add("scheme", "form.error.choice")
		}
		wanted = []vocab.Scheme{s}
	}
	checkLimit(&fs, in.Limit)
	if err := fs.Err(); err != nil {
		return nil, err
	}
	t := p.printer(in.Language)
	out := &apiConceptsOut{}
	out.Body.Items = []apiNamed{}
	for _, s := range wanted {
		for _, c := range p.Match.Vocab.Now().Suggest(s, in.Q, in.Limit) {
			out.Body.Items = append(out.Body.Items, apiNamed{newConcept(t, c).ref.String(), string(s), c.Code, c.Label(string(t.Language())), append([]string{}, c.Styrk08...)})
		}
	}
	out.Body.Total = len(out.Body.Items)
	return out, nil
}
