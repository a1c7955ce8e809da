package site

import (
	"context"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/hall/match/matchweb"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needweb"
)

// answersOn lets the page of a need show what the hall found: web packages do
// not know each other, so the section is handed over here.
func answersOn(hall *matchweb.Pages) func(context.Context, *http.Request, access.Actor, need.ID) (needweb.AnswersView, error) {
	return func(ctx context.Context, r *http.Request, actor access.Actor, n need.ID) (needweb.AnswersView, error) {
		s, err := hall.Answers(ctx, r, actor, n)
		if err != nil {
			return needweb.AnswersView{}, err
		}
		view := needweb.AnswersView{Title: s.Title, Lead: s.Lead, Chips: s.Chips, Notices: s.Notices, Actions: s.Actions}
		if s.Add != nil {
			add := needweb.AddForm(*s.Add)
			view.Add = &add
		}
		for _, g := range s.Groups {
			view.Groups = append(view.Groups, needweb.AnswerGroup(g))
		}
		return view, nil
	}
}
