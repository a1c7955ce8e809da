package needweb

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/wording"
)

// whoseView is the part of the form that depends on which organisation was
// written: the mandate, when one is needed. Options are names to suggest.
type whoseView struct {
	Note string
	// Outside tells that Enhetsregisteret could not be asked.
	Outside string
	// Choice is which organisation is meant when the name is unclear, and Asked
	// the name it was asked for.
	Choice, Asked form.Field
	Mandate       form.Field
	Options       []string
}

// maxNames is how many names a list of suggestions holds.
const maxNames = 100

// registrar finds out who fills in the form.
func (p *pages) registrar(ctx context.Context, actor access.Actor) (registrar, error) {
	reg := registrar{represents: len(actor.Orgs(need.AdviserRoles()...)) > 0}
	reg.own, reg.reps = assignments(actor, need.OwnerRoles()), assignments(actor, need.AdviserRoles())
	if len(reg.own) == 0 {
		return reg, nil
	}
	o, err := p.Orgs.Get(ctx, reg.own[0].Org)
	if err != nil {
		return reg, err
	}
	reg.municipality = o.Municipality
	if !reg.represents {
		return reg, nil
	}
	reg.suggestions, err = p.suggestions(ctx, reg, "")
	return reg, err
}

// assignments lists the actor's organisations in the roles, each once, with
// their names.
func assignments(actor access.Actor, roles []access.Role) []access.Assignment {
	var out []access.Assignment
	for _, a := range actor.Roles {
		seen := slices.ContainsFunc(out, func(x access.Assignment) bool { return x.Org == a.Org })
		if a.Org != "" && slices.Contains(roles, a.Role) && !seen {
			out = append(out, a)
		}
	}
	return out
}

// suggestions are names that the adviser may mean: principals first, then the
// register's, which without a text means neighbours of the adviser.
func (p *pages) suggestions(ctx context.Context, reg registrar, typed string) ([]string, error) {
	var names []string
	for _, a := range reg.reps {
		page, _, err := p.Orgs.List(ctx, org.Filter{PrincipalOf: a.Org, Text: typed, Limit: maxNames})
		if err != nil {
			return nil, err
		}
		for _, o := range page.Items {
			names = append(names, o.Name)
		}
	}
	rest := org.Filter{Text: typed, Limit: maxNames}
	if typed == "" {
		rest.Municipality = reg.municipality
	}
	page, _, err := p.Orgs.List(ctx, rest)
	for _, o := range page.Items {
		names = append(names, o.Name)
	}
	return need.Unique(names), err
}

// lookUp finds the one organisation that is written as id, number or name.
// Conflict means that several are called so.
func (p *pages) lookUp(ctx context.Context, written string) (org.ID, error) {
	o, err := access.ParseOrgID(written)
	if err != nil {
		return p.Orgs.Find(ctx, written)
	}
	_, err = p.Orgs.Get(ctx, o)
	return o, err
}

// similar lists organisations whose names have the written one in them, or all
// of it but its last word.
func (p *pages) similar(ctx context.Context, written string) ([]org.Entry, error) {
	const most = 5
	shorter := written
	if i := strings.LastIndexByte(strings.TrimSpace(written), ' '); i > 3 {
		shorter = written[:i]
	}
	for _, part := range []string{written, shorter} {
		if len([]rune(part)) < 3 {
			continue
		}
		page, _, err := p.Orgs.List(ctx, org.Filter{Text: part, Limit: most})
		if err != nil || len(page.Items) > 0 {
			return page.Items, err
		}
	}
	return nil, nil
}

// mandateView asks for the mandate, or tells that there is one.
func (p *pages) mandateView(ctx context.Context, t i18n.Printer, actor access.Actor, reg registrar, s stated) (whoseView, error) {
	v := whoseView{Mandate: form.Field{Name: "mandate_ground", Kind: form.Text, Label: t.T("need.label.mandate_ground"),
		Hint: t.T("need.hint.mandate_ground"), Value: s.MandateGround,
		// What is being typed here survives the answer to the field above.
		Attrs: []form.Attr{{Name: "hx-preserve", Value: "true"}}}}
	if !reg.represents || s.Organisation == "" && s.Firms > 1 {
		return whoseView{}, nil
	}
	if s.Whose == "" {
		v.Mandate.Hint = t.T("need.hint.mandate_if_new")
		return v, nil
	}
	o, err := p.lookUp(ctx, s.Whose)
	switch {
	case fault.Is(err, fault.NotFound):
		p.unclear(t, s, &v)
		return v, nil
	case fault.Is(err, fault.Conflict):
		return v, nil
	case err != nil:
		return v, err
	case slices.Contains(actor.Orgs(need.OwnerRoles()...), o):
		return whoseView{}, nil
	}
	if refused, err := p.closed(ctx, t, o); err != nil || refused != "" {
		return whoseView{Note: refused}, err
	}
	rep := s.RepresentedBy
	if rep == "" {
		rep = reg.reps[0].Org
	}
	holds := false
	err = p.Needs.Read(ctx, func(tx *db.Tx) error {
		holds, err = org.HasMandate(ctx, tx, rep, o, p.Needs.Today())
		return err
	})
	if holds && s.MandateGround == "" {
		return whoseView{Note: t.T("need.whose.mandate", "name", s.Whose)}, err
	}
	return v, err
}

// whose answers the form's script, when the organisation has been written.
func (p *pages) whose(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	reg, err := p.registrar(r.Context(), actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	s := stated{Whose: in.Search("organisation")}
	s.MandateGround, s.Firms, s.RepresentedBy = in.Text("mandate_ground"), in.Int("firms"), org.ID(in.Text("represented_by"))
	names, err := p.suggestions(r.Context(), reg, s.Whose)
	if err != nil {
		return err
	}
	if err := p.outside(r.Context(), actor, reg, &s, names); err != nil {
		return err
	}
	v, err := p.mandateView(r.Context(), p.door.Printer(r), actor, reg, s)
	if err != nil {
		return err
	}
	v.Options = names
	return p.door.Views.RenderFragment(w, http.StatusOK, "need/form", "need.whose.answer", v)
}

func (p *pages) placeName(number string) string { return wording.Place(p.Needs.Places(), number) }

// numberOf reads a municipality written as number or name, or notes what is
// wrong at the field.
func (p *pages) numberOf(refuse func(field string, key i18n.Key, values ...any), written string) string {
	n, err := p.Needs.Places().ParseTyped(written, p.Needs.Today())
	if e, ok := fault.As(err); ok {
		for _, f := range e.Fields {
			refuse(f.Name, f.Key, f.Values...)
		}
	}
	return string(n)
}
