// Package counting counts what was answered in a round: the plans by municipality, each
// question with choices or numbers, and whom the hub should talk to. Figures on fewer than
// round.Smallest answers are not shown, nor what would tell them.
package counting

import (
	"cmp"
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/outreach/round"
)

// The questions of a form that the result knows by name: whether there is a plan
// for recruiting and for competence, and whether the hub may get in touch.
const (
	askRecruiting = "rekrutteringsplan"
	askCompetence = "kompetanseplan"
	askContact    = "kontakt_ok"
	codeYes       = "ja"
	codeNo        = "nei"
)

// Share is how many of those who answered say yes. Few tells that too few answered
// for a figure to be shown, or that this one would tell another.
type Share struct {
	Yes, Of int
	Few     bool
}

// Place is a municipality of a round, or all of them together when it is empty.
type Place struct {
	Municipality           string
	Invited, Answered      int
	Recruiting, Competence Share
}

// Counted is what was answered to a question: how often each choice, or the sum of
// a number. Few tells that fewer than round.Smallest have answered it.
type Counted struct {
	Question question.Question
	Answers  int
	Choices  []forms.Tallied
	Total    int64
	Few      bool
}

// FollowUp is an organisation for the hub to talk to, and why.
type FollowUp struct {
	round.Invite
	NoRecruiting, NoCompetence, Contact bool
}

// Result is what came of a round, of the invitations that the actor may see. Plans
// tells that the form asks about plans.
type Result struct {
	round.Whole
	Definition question.Definition
	Places     []Place
	Questions  []Counted
	FollowUps  []FollowUp
	Plans      bool
}

// Of counts the submitted answers of a round. One that has not opened has none.
func Of(ctx context.Context, room *round.Service, actor access.Actor, r round.ID) (Result, error) {
	whole, err := room.Get(ctx, actor, r)
	if err != nil {
		return Result{}, err
	}
	out := Result{Whole: whole}
	if whole.Nr == 0 {
		return out, nil
	}
	var pieces []forms.Piece
	err = room.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out.Definition, err = room.Forms.VersionIn(ctx, tx, whole.Form, whole.Nr); err != nil {
			return err
		}
		pieces, err = room.Forms.Pieces(ctx, tx, round.AnswersOf(r), out.Definition)
		return err
	})
	if err != nil {
		return Result{}, err
	}
	sight := map[org.ID]bool{}
	for _, i := range whole.Invites {
		sight[i.Org] = i.HasAnswered()
	}
	pieces = slices.DeleteFunc(pieces, func(p forms.Piece) bool { return !sight[p.Org] })
	said := saidOf(pieces)
	_, _, recruiting := out.Definition.Find(askRecruiting)
	_, _, competence := out.Definition.Find(askCompetence)
	out.Plans = recruiting && competence
	out.Places = placesOf(whole.Invites, said)
	out.Questions = countedOf(out.Definition, pieces)
	for _, i := range whole.Invites {
		a := said[i.Org]
		f := FollowUp{Invite: i, NoRecruiting: a[askRecruiting] == codeNo, NoCompetence: a[askCompetence] == codeNo, Contact: a[askContact] == codeYes}
		if i.HasAnswered() && (f.NoRecruiting || f.NoCompetence || f.Contact) {
			out.FollowUps = append(out.FollowUps, f)
		}
	}
	return out, nil
}

// saidOf is what each organisation answered to the questions with one choice.
func saidOf(pieces []forms.Piece) map[org.ID]map[string]string {
	out := map[org.ID]map[string]string{}
	for _, p := range pieces {
		if out[p.Org] == nil {
			out[p.Org] = map[string]string{}
		}
		if p.Row < 0 {
			out[p.Org][p.Question] = p.Code
		}
	}
	return out
}

// placesOf counts municipality by municipality, and all of them together, last.
func placesOf(list []round.Invite, said map[org.ID]map[string]string) []Place {
	by := map[string]*Place{"": {}}
	var order []string
	for _, i := range list {
		if !i.Counts() {
			continue
		}
		if by[i.Municipality] == nil {
			by[i.Municipality] = &Place{Municipality: i.Municipality}
			order = append(order, i.Municipality)
		}
		for _, p := range []*Place{by[i.Municipality], by[""]} {
			p.Invited++
			if !i.HasAnswered() {
				continue
			}
			p.Answered++
			p.Recruiting.add(said[i.Org][askRecruiting])
			p.Competence.add(said[i.Org][askCompetence])
		}
	}
	slices.Sort(order)
	var out []Place
	for _, m := range append(order, "") {
		out = append(out, *by[m])
	}
	hide(out, func(p *Place) *Share { return &p.Recruiting })
	hide(out, func(p *Place) *Share { return &p.Competence })
	return out
}

func (x *Share) add(code string) {
	if code == "" {
		return
	}
	x.Of++
	if code == codeYes {
		x.Yes++
	}
}

// hide marks the shares on fewer than round.Smallest answers. When those that are hidden
// are together fewer than that, the total less the shown ones would tell them, so
// the smallest shown one is hidden with them.
func hide(list []Place, of func(*Place) *Share) {
	hidden, parts := 0, len(list)-1
	var shown []*Share
	for i := range list {
		x := of(&list[i])
		x.Few = x.Of < round.Smallest
		if i == parts {
			break
		}
		if x.Few {
			hidden += x.Of
		} else {
			shown = append(shown, x)
		}
	}
	if hidden == 0 || hidden >= round.Smallest || len(shown) == 0 {
		return
	}
	slices.MinFunc(shown, func(a, b *Share) int { return cmp.Compare(a.Of, b.Of) }).Few = true
}

// countedOf counts the questions with choices and the numbers, in the order of the
// form; columns of a table after it.
func countedOf(d question.Definition, pieces []forms.Piece) []Counted {
	by := map[string][]forms.Piece{}
	for _, p := range pieces {
		by[p.Question] = append(by[p.Question], p)
	}
	var out []Counted
	for _, s := range d.Sections {
		for _, q := range s.Questions {
			if q.Prefill != "" { // what we knew before is no result
				continue
			}
			for _, x := range append([]question.Question{q}, q.Columns...) {
				if x.Kind.HasChoices() || x.Kind.IsNumber() {
					out = append(out, counted(x, by[x.Name]))
				}
			}
		}
	}
	return out
}

func counted(q question.Question, pieces []forms.Piece) Counted {
	out := Counted{Question: q}
	answers := map[forms.AnswerID]bool{}
	chose := map[string]map[forms.AnswerID]bool{}
	for _, p := range pieces {
		if q.Kind.IsNumber() && p.Number == nil {
			continue
		}
		answers[p.Answer] = true
		if p.Number != nil {
			out.Total += *p.Number
		}
		if chose[p.Code] == nil {
			chose[p.Code] = map[forms.AnswerID]bool{}
		}
		chose[p.Code][p.Answer] = true
	}
	out.Answers, out.Few = len(answers), len(answers) < round.Smallest
	for _, c := range q.Choices {
		out.Choices = append(out.Choices, forms.Tallied{Code: c.Code, Answers: len(chose[c.Code])})
	}
	return out
}
