// Package heard is where what organisations answer in a mapping round becomes
// needs, and where they see what came of it: "du svarte – dette skjedde".
//
// A need is made of a row of what the answer says is lacking, or of the answer as a
// whole. It has the organisation, the municipality, how many, and what the answer
// says of level, form, barriers and willingness; the round keeps which need was
// made of which row, so that a row makes one need however often it is asked for. An
// organisation that has answered that its answer is not to become a need is not
// overheard: that is a Conflict. An answer that came by the open link is not known
// to be the organisation's: the hub asks it first, and says how it confirmed.
//
// The hall has no tables.
package heard

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/outreach/round"
)

// MaxConfirmed is the most that is written of how an answer was confirmed, in characters.
const MaxConfirmed = 240

// Whole is the row of a need that is made of the answer as a whole.
const Whole = -1

// The questions that the hall knows by name, as the company survey asks them.
const (
	lacks       = "mangler"
	lacksWhat   = "mangler_hva"
	lacksSkills = "mangler_ferdigheter"
	lacksLevel  = "mangler_niva"
	lacksCount  = "mangler_antall"
	lacksWhen   = "mangler_naar"
	mayBe       = "bli_behov"
	sight       = "synlighet"
	barriers    = "barrierer"
	form        = "form"
	willing     = "bidra"
	input       = "innspill"
)

// Service is the hall's use cases.
type Service struct {
	needs  *need.Service
	rounds *round.Service
}

// New makes the hall.
func New(needs *need.Service, rounds *round.Service) *Service {
	return &Service{needs: needs, rounds: rounds}
}

// Proposal is a need that an answer speaks of. Need is the one that was made of it,
// empty for none.
type Proposal struct {
	Row       int
	Text      string
	Headcount int
	Need      need.ID
}

// MayBe reports whether the answer lets itself become a need: it says so, or was
// not asked.
func MayBe(sent question.Values) bool { return sent[mayBe].Text != "nei" }

// Proposals are the needs that a submitted answer speaks of, and those made of it.
// An answer without a table of what is lacking may be one need as a whole.
func Proposals(sent question.Values, made []round.Made) []Proposal {
	var out []Proposal
	for i, row := range sent[lacks].Rows {
		if row.IsEmpty() {
			continue
		}
		n, _ := strconv.Atoi(row[lacksCount].Text)
		out = append(out, Proposal{Row: i, Text: sentence(row[lacksWhat].Text, row[lacksSkills].Text), Headcount: n})
	}
	if len(out) == 0 {
		out = append(out, Proposal{Row: Whole, Text: sent[input].Text})
	}
	for i := range out {
		for _, m := range made {
			if m.Row == out[i].Row {
				out[i].Need = need.ID(m.Need)
			}
		}
	}
	return out
}

// sentence puts what the answer says of a row together.
func sentence(what, skills string) string {
	if skills == "" {
		return what
	}
	return strings.TrimRight(what, ". ") + ": " + skills
}

// Wanted is the need as the hub words it. Ground is on what ground the hub speaks
// for the organisation; Confirmed how the organisation has confirmed an answer that
// came by the open link, which is not a ground by itself. HiddenGround why the need is not open, where the answer
// asks for that.
type Wanted struct {
	Row          int
	Text         string
	Headcount    int
	Ground       string
	Confirmed    string
	HiddenGround string
	Lang         i18n.Lang
}

// Make makes a need of a row of the answer, and answers which it is: the one that
// was made before, if there is one. Wrong fields are text, headcount and
// confirmed, and those of need.Check.
func (s *Service) Make(ctx context.Context, actor access.Actor, r round.ID, invite round.InviteID, in Wanted) (need.ID, error) {
	var out need.ID
	err := s.needs.Write(ctx, func(tx *db.Tx) error {
		sheet, err := s.rounds.Answered(ctx, tx, actor, r, invite)
		if err != nil {
			return err
		}
		made, err := round.Needs(ctx, tx, invite)
		if err != nil {
			return err
		}
		known := false
		for _, p := range Proposals(sheet.Answer.Sent, made) {
			if p.Row == in.Row {
				known, out = true, p.Need
			}
		}
		switch {
		case !known:
			return fault.Missing()
		case out != "":
			return nil
		case !MayBe(sheet.Answer.Sent):
			return fault.New(fault.Conflict, "heard.error.may_not")
		case sheet.Invite.Via == round.ByOpen && text.IsBlank(in.Confirmed):
			return fault.InvalidField("confirmed", "form.error.required")
		case utf8.RuneCountInString(in.Confirmed) > MaxConfirmed:
			return fault.InvalidField("confirmed", "form.error.too_long", "max", MaxConfirmed)
		}
		n, err := s.needs.SubmitIn(ctx, tx, actor, "", 0, content(sheet, in))
		if err != nil {
			return err
		}
		out = n.ID
		return s.rounds.NeedIn(ctx, tx, actor, sheet.Invite, in.Row, string(n.ID))
	})
	return out, err
}

func content(x round.Sheet, in Wanted) need.Content {
	sent := x.Answer.Sent
	c := need.Content{Text: in.Text, Headcount: in.Headcount, Organisation: x.Invite.Org, Municipality: x.Invite.Municipality,
		RepresentedBy: x.Round.Hub, MandateGround: in.Ground, Lang: in.Lang, Source: need.FromSurvey, Confidentiality: need.Confidentiality(sent[sight].Text)}
	if c.Confidentiality != "" && c.Confidentiality != need.Open {
		c.ConfidentialityGround = in.HiddenGround
	}
	if in.Row >= 0 && in.Row < len(sent[lacks].Rows) {
		row := sent[lacks].Rows[in.Row]
		c.Level, c.Horizon = levels[row[lacksLevel].Text], horizons[row[lacksWhen].Text]
		if scheme, code, ok := strings.Cut(row[lacksWhat].Code, ":"); ok {
			c.Concepts = []need.Concept{{Scheme: scheme, Code: code, Chosen: need.Added}}
			if scheme == string(vocab.Styrk08) {
				c.Concepts[0].Styrk08 = code
			}
		}
	}
	for _, code := range sent[form].Codes {
		if f, ok := formsOf[code]; ok {
			c.Forms = append(c.Forms, f)
		}
	}
	for _, code := range sent[barriers].Codes {
		if b, ok := barriersOf[code]; ok {
			c.Barriers = append(c.Barriers, b)
		}
	}
	for _, code := range sent[willing].Codes {
		switch code {
		case "ansette_forst":
			c.Willing.EmployFirst = true
		case "laerling":
			c.Willing.Apprentice = true
		case "medfinansiere":
			c.Willing.CoFinance = true
		case "instruktor":
			c.Willing.Instructor = true
		}
	}
	return c
}

var (
	levels = map[string]need.Level{"fagbrev": need.LevelTrade, "fagskole": need.LevelFagskole, "bachelor": need.LevelHigher, "master": need.LevelHigher,
		"kurs": need.LevelCourse, "vet_ikke": need.LevelUnknown}
	horizons   = map[string]need.Horizon{"naa": need.Now, "ett_aar": need.OneYear, "tre_aar": need.ThreeYears}
	formsOf    = map[string]need.Form{"nett": need.Online, "samlinger": need.Gatherings, "bedrift": need.Workplace}
	barriersOf = map[string]need.Barrier{"avstand": need.Distance, "okonomi": need.Economy, "reise": need.Travel, "arbeidstid": need.LostTime,
		"tilrettelegge": need.Facilitation, "finnes_ikke": need.NoOffer}
)

// Happened is a need that came of an answer, as the one who answered sees it.
// Follow is the secret of its follow link, empty when that was revoked, or when the
// one who answered has not shown that he is of the organisation.
type Happened struct {
	Number string
	State  flow.State
	Since  clock.Time
	Ball   need.BallView
	Follow string
}

// Happened lists what came of the answer behind the key.
func (s *Service) Happened(ctx context.Context, k round.Key) ([]Happened, error) {
	made, via, err := s.rounds.NeedsOf(ctx, k)
	if err != nil {
		return nil, err
	}
	var out []Happened
	for _, m := range made {
		// The follow link is the organisation's own; the key has shown that this is it.
		secret, err := s.needs.Token(ctx, access.SystemActor("heard"), need.ID(m.Need))
		if fault.Is(err, fault.NotFound) {
			out = append(out, Happened{})
			continue
		}
		if err != nil {
			return nil, err
		}
		v, err := s.needs.ByToken(ctx, secret)
		if err != nil {
			return nil, err
		}
		if via == round.ByOpen {
			secret = ""
		}
		out = append(out, Happened{Number: v.Number, State: v.State, Since: v.Since, Ball: v.Ball, Follow: secret})
	}
	return out, nil
}
