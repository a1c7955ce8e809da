package needweb

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register/pick"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// ask looks for organisations that may be meant by a name that is not known
// here: similar ones here, and what Enhetsregisteret has. With none, the name is
// a new one; a number that the register does not have is wrong.
func (p *pages) ask(ctx context.Context, actor access.Actor, in *form.Input, s *stated) error {
	var err error
	if s.Similar, err = p.similar(ctx, s.Whose); err != nil {
		return err
	}
	if !s.quiet {
		if s.Found, err = p.Register.LookUp(ctx, actor, s.Whose); err != nil {
			return err
		}
	}
	_, notNumber := text.ParseOrgNumber(s.Whose)
	switch {
	case len(s.Similar) > 0:
		in.Refuse("organisation", "need.error.organisation_similar")
	case len(s.Found.Hits) > 0:
		in.Refuse("organisation", "register.error.choose")
	case notNumber == nil && s.Found.Trouble == "":
		in.Refuse("organisation", "need.error.number_unknown")
	default:
		s.New = s.Whose
	}
	return nil
}

// take reads the unit that was chosen among the hits.
func (p *pages) take(ctx context.Context, actor access.Actor, in *form.Input, s *stated, no string) error {
	hit, err := p.Register.Fetch(ctx, actor, no)
	if e, ok := fault.As(pick.At("organisation", err)); ok {
		for _, f := range e.Fields {
			in.Refuse(f.Name, f.Key, f.Values...)
		}
		return nil
	}
	s.New, s.Unit = hit.Name, &hit
	return err
}

// unclear offers what a name that is not known here may mean, or tells that it
// is a new one.
func (p *pages) unclear(t i18n.Printer, s stated, v *whoseView) {
	v.Outside = pick.Note(t, s.Found)
	hits := pick.Options(t, p.Needs.Places(), s.Found, s.Whose)
	if len(s.Similar) == 0 && len(hits) == 0 {
		v.Note = t.T("need.whose.unknown", "name", s.Whose)
		return
	}
	v.Asked = form.Field{Name: "organisation_asked", Kind: form.Hidden, Value: s.Whose}
	v.Choice = form.Field{Name: "organisation_choice", Kind: form.Radio, Label: t.T("need.label.organisation_choice", "name", s.Whose)}
	for _, o := range s.Similar {
		v.Choice.Options = append(v.Choice.Options, form.Option{Value: string(o.ID), Label: o.Name, Hint: p.placeName(o.Municipality)})
	}
	v.Choice.Options = append(append(v.Choice.Options, hits...), form.Option{Value: choiceNew, Label: t.T("need.label.organisation_new")})
}

// closed says that the organisation is closed, as the need would be refused;
// "" when it is not.
func (p *pages) closed(ctx context.Context, t i18n.Printer, o org.ID) (string, error) {
	found, err := p.Orgs.Get(ctx, o)
	if err != nil || !found.Standing.IsClosed() {
		return "", err
	}
	e, _ := fault.As(found.Standing.Refused("organisation", found.NameOn(p.Needs.Today())))
	return t.T(e.Fields[0].Key, e.Fields[0].Values...), nil
}

// outside asks Enhetsregisteret while somebody writes: for a number, or for a
// name that nobody here has or begins with.
func (p *pages) outside(ctx context.Context, actor access.Actor, reg registrar, s *stated, known []string) error {
	if _, err := text.ParseOrgNumber(s.Whose); err != nil && len(known) > 0 || !reg.represents {
		return nil
	}
	_, err := p.lookUp(ctx, s.Whose)
	if !fault.Is(err, fault.NotFound) {
		return nil // known, or unclear here: the answer says so
	}
	s.Found, err = p.Register.LookUp(ctx, actor, s.Whose)
	return err
}

// register adds the new organisation, unless the same form has just added it;
// its faults are said at the need's fields.
func (p *pages) register(ctx context.Context, tx *db.Tx, actor access.Actor, s stated) (org.ID, error) {
	if s.Unit != nil {
		o, err := p.Register.AddIn(ctx, tx, actor, *s.Unit, s.Municipality)
		return o, pick.At("organisation", err)
	}
	if known, err := p.Orgs.Resolve(ctx, tx, s.New); !fault.Is(err, fault.NotFound) {
		return known, err
	}
	in := org.Registration{Kind: org.Company, Name: s.New, Municipality: s.Municipality}
	if no, err := text.ParseOrgNumber(s.New); err == nil { // the register names it when it answers again
		in.OrgNo = no
	}
	o, err := p.Orgs.RegisterIn(ctx, tx, actor, in)
	if e, ok := fault.As(err); ok {
		for i, f := range e.Fields {
			if f.Name == "name" || f.Name == "orgno" {
				e.Fields[i].Name = "organisation"
			}
		}
	}
	return o.ID, err
}
