package forms_test

import (
	"testing"
	"time"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// TestTemplates checks the forms that the program brings: they can be
// published, and every text is there in all three languages.
func TestTemplates(t *testing.T) {
	templates, err := forms.Templates()
	if err != nil || len(templates) == 0 {
		t.Fatal(err)
	}
	for _, tpl := range templates {
		for _, p := range tpl.Definition.Check(question.Can{Files: true}) {
			t.Errorf("%s: %s: %s %v", tpl.Code, p.At, p.Key, p.Values)
		}
		all := func(where string, x i18n.Text) {
			if (x != i18n.Text{}) && (x.NB == "" || x.NN == "" || x.EN == "") {
				t.Errorf("%s: %s is not in all languages: %+v", tpl.Code, where, x)
			}
		}
		all("title", tpl.Definition.Title)
		all("intro", tpl.Definition.Intro)
		for _, r := range tpl.Definition.Contradictions {
			all(r.Name, r.Text)
		}
		for _, s := range tpl.Definition.Sections {
			all(s.Name, s.Title)
			all(s.Name, s.Intro)
			for _, q := range s.Questions {
				for _, x := range append([]question.Question{q}, q.Columns...) {
					all(x.Name, x.Label)
					all(x.Name, x.Hint)
					all(x.Name, x.ConstraintMessage)
					for _, c := range x.Choices {
						all(x.Name+" "+c.Code, c.Label)
					}
				}
			}
		}
	}
}

// TestStarter loads the templates once, and leaves what is there.
func TestStarter(t *testing.T) {
	h := newHouse(t)
	for range 2 {
		if err := h.forms.LoadStarter(ctx); err != nil {
			t.Fatal(err)
		}
	}
	list, err := h.forms.InUse(ctx)
	if err != nil || len(list) != 1 || list[0].Code != forms.CompanySurvey {
		t.Errorf("in use where no files are taken: %v %v", list, err)
	}
	files := forms.New(newHouse(t).db, clock.Clock(time.Now), question.Can{Files: true})
	if err := files.LoadStarter(ctx); err != nil {
		t.Fatal(err)
	}
	if list, err := files.InUse(ctx, question.Report); err != nil || len(list) != 2 || list[0].Code != forms.Bolyst2013 || list[1].Code != forms.CountyReport {
		t.Errorf("reports: %v %v", list, err)
	}
}
