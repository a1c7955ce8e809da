package forms_test

import (
	"errors"
	"slices"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
)

const actionsOf db.SQL = `SELECT action FROM audit_entry WHERE subject_id = $1 ORDER BY seq`

// imported is what a workbook with one question more and one fewer says.
func imported() question.Definition {
	d := definition()
	om := &d.Sections[0]
	om.Questions = append(om.Questions[:2:2], question.Question{Name: "naar", Kind: question.Date, Label: nb("Når?")})
	om.Questions[0].Prefill = "" // a workbook has no words for it
	return d
}

func (h *house) keep(d question.Definition) forms.ImportID {
	h.Helper()
	kept, err := h.forms.KeepImport(ctx, h.maker, forms.Import{Name: "bok.xlsx", Code: "onsker", Definition: d, Report: []byte("[]")})
	if err != nil {
		h.Fatal(err)
	}
	return kept
}

// kindOf is the kind of the fault, Internal for anything else.
func kindOf(err error) fault.Kind {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return 0
}

func TestImportBecomesAVersion(t *testing.T) {
	h := newHouse(t)
	f := h.published()
	a := h.submit(h.save(h.save(h.open(f, "1", h.orgs[0]), "om", question.Values{"navn": {Text: "Ålen Sag"}, "plan": {Text: "ja"}, "hvilken": {Text: "Den"}}), "behov", question.Values{}))
	kept := h.keep(imported())
	seen := h.get(f).Version
	if err := h.forms.ConfirmImportAs(ctx, h.maker, kept, f, seen); err != nil {
		t.Fatal(err)
	}
	now := h.get(f)
	draft, ok := now.Draft()
	if !ok || draft.Nr != 2 {
		t.Fatalf("versions %+v", now.Versions)
	}
	if q, _, ok := draft.Definition.Find("navn"); !ok || q.Prefill != "org.name" {
		t.Errorf("what a workbook cannot say is lost: %+v", q)
	}
	if c := question.Compare(now.Versions[1].Definition, draft.Definition); c.Added != 1 || c.Removed != 1 || c.Altered != 0 {
		t.Errorf("the draft differs by %+v", c)
	}
	// What was answered stays as it was, with its version.
	a = must(h, func(tx *db.Tx) (forms.Answer, error) { return h.forms.Load(ctx, tx, a.ID) })
	if a.Nr != 1 || a.Sent["hvilken"].Text != "Den" {
		t.Errorf("the answer is of version %d and says %v", a.Nr, a.Sent)
	}
	actions := must(h, func(tx *db.Tx) ([]string, error) { return db.List[string](ctx, tx, actionsOf, string(f)) })
	if !slices.Contains(actions, string(forms.ActionImport)) {
		t.Errorf("recorded %v", actions)
	}
	if _, err := h.forms.GetImport(ctx, h.maker, kept); kindOf(err) != fault.NotFound {
		t.Errorf("the import can be used twice: %v", err)
	}
}

func TestImportThatCannotBecomeAVersion(t *testing.T) {
	h := newHouse(t)
	f := h.published()
	kept, same := h.keep(imported()), h.keep(definition())
	other := access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleCaseOfficer}}}
	member := access.Actor{Account: h.maker.Account, Roles: []access.Assignment{{Role: access.RoleOrgMember}}}
	seen := h.get(f).Version
	refused := func(what string, want fault.Kind, actor access.Actor, kept forms.ImportID, form forms.ID, version int64) {
		t.Helper()
		before := h.get(f)
		if err := h.forms.ConfirmImportAs(ctx, actor, kept, form, version); kindOf(err) != want {
			t.Errorf("%s: %v", what, err)
		}
		if after := h.get(f); after.Version != before.Version || len(after.Versions) != len(before.Versions) {
			t.Errorf("%s: the form was changed all the same", what)
		}
	}
	refused("by one who makes no forms", fault.Denied, member, kept, f, seen)
	refused("somebody else's import", fault.NotFound, other, kept, f, seen)
	refused("a form that is not there", fault.NotFound, h.maker, kept, id.New[forms.Form](), 1)
	refused("a form that was changed since", fault.Stale, h.maker, kept, f, seen-1)
	refused("the same as the newest", fault.Conflict, h.maker, same, f, seen)
	if err := h.forms.NewVersion(ctx, h.maker, f, seen); err != nil {
		t.Fatal(err)
	}
	refused("with an open draft", fault.Conflict, h.maker, kept, f, h.get(f).Version)
	if draft, _ := h.get(f).Draft(); !question.Compare(definition(), draft.Definition).IsSame() {
		t.Error("the open draft was replaced")
	}
	if _, err := h.forms.GetImport(ctx, h.maker, kept); err != nil {
		t.Errorf("a refused import is gone: %v", err)
	}
}
