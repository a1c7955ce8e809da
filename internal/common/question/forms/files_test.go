package forms_test

import (
	"slices"
	"testing"
	"time"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

// TestASubmissionKeepsItsFiles: a file that was submitted once is not deleted by later
// submissions in which its question is hidden.
func TestASubmissionKeepsItsFiles(t *testing.T) {
	h := newHouse(t)
	h.forms = forms.New(h.db, clock.Clock(func() time.Time { return h.now }), question.Can{Files: true})
	d := definition()
	d.Sections[0].Questions = append(d.Sections[0].Questions, question.Question{Name: "fil", Kind: question.File, Label: nb("Legg den ved"), ShowIf: "${plan} = 'ja'"})
	f, err := h.forms.Create(ctx, h.maker, "med-fil", d)
	if err != nil {
		t.Fatal(err)
	}
	h.publish(f)
	a := h.open(f, "1", h.orgs[0])
	add := func(file string) {
		t.Helper()
		a = must(h, func(tx *db.Tx) (forms.Answer, error) {
			if err := h.forms.AddFile(ctx, tx, h.maker, a.ID, forms.At{Version: a.Version}, "fil", question.Sent{ID: file, Name: "plan.txt", Size: 4}); err != nil {
				return forms.Answer{}, err
			}
			return h.forms.Load(ctx, tx, a.ID)
		})
	}
	submit := func(plan string) {
		t.Helper()
		a = h.submit(h.save(a, "om", question.Values{"navn": {Text: "Ålen Sag"}, "plan": {Text: plan}}))
	}
	reopen := func() {
		t.Helper()
		h.now = h.now.Add(time.Hour)
		a = must(h, func(tx *db.Tx) (forms.Answer, error) {
			return h.forms.Reopen(ctx, tx, h.maker, a.ID, a.Version, []string{"om"}, "Se over")
		})
	}
	has := func(values question.Values, file string) bool {
		return slices.ContainsFunc(values["fil"].Files, func(s question.Sent) bool { return s.ID == file })
	}
	const first = "0193c0de-0000-7000-8000-000000000001"
	add(first)
	submit("ja")
	reopen()
	submit("nei")
	if has(a.Sent, first) || !has(a.Values, first) {
		t.Errorf("hidden once: sent %v, draft %v", a.Sent["fil"], a.Values["fil"])
	}
	reopen()
	submit("nei")
	reopen()
	submit("ja")
	if !has(a.Sent, first) {
		t.Errorf("shown again: %v", a.Sent["fil"])
	}
}
