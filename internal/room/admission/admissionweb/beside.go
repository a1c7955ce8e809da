package admissionweb

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/hall/entry"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// Entry is what the page of a programme says of getting into an offering.
type Entry struct {
	Apply []ui.Action
	Notes []string
	Facts []ui.Fact
	Links []ui.Link
}

// Entry is what there is to say of an offering that takes applications here: what an
// application leads to today, and the way to it, to the reader's own and for the provider
// to all of them. Of others there is nothing.
func (p *Pages) Entry(r *http.Request, actor access.Actor, i *supply.Item) (Entry, error) {
	var out Entry
	if i.Offering.Channel != offer.Here || !i.Offering.IsPublic() || !i.Programme.IsPublic() {
		return out, nil
	}
	st, err := p.Admission.Stands(r.Context(), actor, string(i.Offering.ID))
	if err != nil {
		return out, err
	}
	t := p.door.Printer(r)
	if out.Facts, err = p.promise(r, t, st); err != nil {
		return out, err
	}
	title := p.speaker(r).Text(i.Programme.Title)
	if st.Provides {
		out.Links = append(out.Links, ui.Link{Label: t.T("admission.given"), Href: offeringPath(st.Programme, st.Offering, "/soknader")})
	}
	switch {
	case st.Own != "":
		out.Apply = []ui.Action{{Label: t.T("admission.see_own"), Context: title, Href: path(st.Own, ""), Variant: ui.Secondary}}
	case st.Refusal == nil:
		out.Notes = append(out.Notes, leads(t, st, i.Programme.ProviderName))
		if mayApply(actor) {
			out.Apply = []ui.Action{{Label: t.T(submit(st.Leads)), Context: title, Href: offeringPath(st.Programme, st.Offering, "/sok"), Variant: ui.Primary}}
		}
	}
	return out, nil
}

// mayApply reports whether the reader has somebody to apply for, as far as roles tell. A
// visitor is asked to sign in.
func mayApply(actor access.Actor) bool {
	return !actor.SignedIn() || actor.Has(access.RolePerson) || len(actor.Orgs(admission.NominatorRoles()...)) > 0
}

// promise is what the provider promises who applies, and how much of it has been kept.
func (p *Pages) promise(r *http.Request, t i18n.Printer, st admission.Standing) ([]ui.Fact, error) {
	kept, err := p.Promises.Of(r.Context(), st.Programme)
	if err != nil {
		return nil, err
	}
	out := ui.Fact{Label: t.T("admission.promise"), Lines: []string{t.T("admission.promise.answer", "n", st.Days())}}
	share := func(key i18n.Key, s entry.Share) {
		if s.Of > 0 {
			out.Lines = append(out.Lines, t.T(key, "kept", s.Kept, "of", s.Of, "date", s.AsOf.Date()))
		}
	}
	share("admission.promise.answered", kept.Answered)
	share("admission.promise.started", kept.Started)
	if kept == (entry.Promise{}) {
		out.Lines = append(out.Lines, t.T("admission.promise.few"))
	}
	return []ui.Fact{out}, nil
}
