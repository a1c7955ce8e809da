package supplyweb

import (
	"strconv"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
)

// section draws one offering. near is where the reader lives, or empty; own
// adds what the provider may do, b what others say.
func (p *pages) section(s say.Speaker, i *supply.Item, near place.Number, own bool, b Beside) offeringSection {
	o := i.Offering
	out := offeringSection{ID: anchor(o.ID), Title: s.T("supply.section.title", "form", o.Delivery.Label(), "start", s.Start(*o, i.Earliest)),
		Tags: []ui.Tag{s.StatusTag(i.Status)}, Facts: ui.Facts{Items: p.sectionFacts(s, i, near, own)},
		Badge: badgeDetails(s, i.Badge), Gathers: s.Gatherings(*o, near),
		HowTitle: s.T("supply.how.title"), Confirmed: s.T("supply.confirmed", "day", o.LastConfirmed)}
	if i.Badge.Holds {
		out.Tags = append(out.Tags, ui.Tag{Text: s.T("supply.badge"), Color: ui.Accent})
	}
	if i.Stale {
		out.Tags = append(out.Tags, ui.Tag{Text: s.T("supply.stale"), Color: ui.Warning})
	}
	out.Facts.Items, out.Links = append(out.Facts.Items, b.Facts...), b.Links
	p.how(s, i, b, &out)
	if own {
		out.Own.Items = ownActions(s, i)
	}
	return out
}

func (p *pages) sectionFacts(s say.Speaker, i *supply.Item, near place.Number, own bool) []ui.Fact {
	o := i.Offering
	var facts []ui.Fact
	add := func(label i18n.Key, lines ...string) {
		var filled []string
		for _, l := range lines {
			if l != "" {
				filled = append(filled, l)
			}
		}
		if len(filled) > 0 {
			facts = append(facts, ui.Fact{Label: s.T(label), Lines: filled})
		}
	}
	add("supply.col.status", s.Status(i.Status), s.Next(i.Status), o.Reason)
	start := []string{s.Start(*o, i.Earliest)}
	if o.StartType != offer.Rolling {
		start = append(start, s.T(o.StartType.Label()), o.NoRollingReason)
	}
	add("supply.col.start", append(start, s.Why(i.Earliest)...)...)
	if !o.FlexibleFrom.IsZero() || !o.FlexibleTo.IsZero() {
		add("supply.f.flexible", s.T("supply.period", "from", o.FlexibleFrom, "to", o.FlexibleTo))
	}
	if !o.End.IsZero() {
		add("supply.f.end", s.Date(o.End))
	}
	for _, e := range o.Enrolment {
		add("supply.f.enrolment", s.T("supply.period", "from", e.From, "to", e.To), e.TargetGroup, s.T(e.Kind.Label()))
	}
	for _, c := range o.Closed {
		add("supply.f.closed", s.T("supply.period", "from", c.From, "to", c.To))
	}
	digital, workplace := o.Shares(*i.Programme)
	add("supply.f.form", s.T(o.Delivery.Label()), percent(s, "supply.share.digital", digital), percent(s, "supply.share.workplace", workplace))
	if o.PartTimePercent > 0 {
		add("supply.f.part_time_percent", s.T("supply.value.percent", "number", strconv.Itoa(o.PartTimePercent)))
	}
	if o.Attendance != "" {
		add("supply.f.attendance", s.T(o.Attendance.Label()))
	}
	if near != "" {
		trip := offer.Travel(*o, p.Places, near)
		add("supply.col.distance", s.Trip(trip))
	}
	if !o.Target.IsZero() {
		add("supply.f.target", p.target(s, o.Target)...)
	}
	add("supply.col.places", s.PlacesLeft(*o, own)...)
	if o.AnswerDays > 0 {
		add("supply.f.answer", s.T("supply.answer_within", "n", o.AnswerDays))
	}
	add("supply.f.price", s.Price(o.Price)...)
	return facts
}

func percent(s say.Speaker, key i18n.Key, v *int) string {
	if v == nil {
		return ""
	}
	return s.T(key, "n", *v)
}

func (p *pages) target(s say.Speaker, t offer.Target) []string {
	var out []string
	if r, err := p.Places.Region(t.Region); err == nil {
		out = append(out, r.Name)
	}
	var names []string
	for _, n := range t.Municipalities {
		names = append(names, s.Municipality(n))
	}
	return append(out, s.Join(names))
}

// badgeDetails says how the offering stands to each criterion.
func badgeDetails(s say.Speaker, b offer.Badge) ui.Details {
	d := ui.Details{Summary: s.T("supply.badge.no")}
	if b.Holds {
		d.Summary = s.T("supply.badge.yes")
	}
	for _, f := range b.Findings {
		point := ui.Point{Kind: ui.No, Label: s.T("supply.badge.fails"), Text: s.T("supply.badge.line", "criterion", f.Criterion.Label(), "reason", s.Reason(f.Reason))}
		if f.Met {
			point.Kind, point.Label = ui.Yes, s.T("supply.badge.meets")
		}
		d.Points = append(d.Points, point)
	}
	d.Paragraphs = []string{s.T("supply.badge.explained")}
	return d
}

// how says what to do to get in. Where nobody takes applications "here" names
// whom to ask.
func (p *pages) how(s say.Speaker, i *supply.Item, b Beside, out *offeringSection) {
	o, prog, st := i.Offering, i.Programme, i.Status
	if !st.State.IsEntry() {
		out.How = append([]string{s.T("supply.how.not_now")}, b.Notes...)
		return
	}
	contact := prog.Contact
	if contact == "" {
		contact = prog.ProviderName
	}
	switch {
	case len(b.Apply) > 0:
		out.Apply.Items = b.Apply
	case o.Channel == offer.Link:
		out.How = append(out.How, s.T("supply.how.link", "provider", prog.ProviderName))
		out.Apply.Items = []ui.Action{{Label: s.T("supply.how.link.go", "host", host(o.ApplyURL)), Href: o.ApplyURL, Variant: ui.Secondary}}
	case o.Channel == offer.National:
		address := o.ApplyAt(*prog)
		out.How = append(out.How, s.T("supply.how.national", "host", host(address)))
		out.Apply.Items = []ui.Action{{Label: s.T("supply.how.link.go", "host", host(address)), Href: address, Variant: ui.Secondary}}
	default:
		out.How = append(out.How, s.T("supply.how.here", "contact", contact))
		if prog.Website != "" {
			out.Apply.Items = []ui.Action{{Label: s.T("supply.how.website", "host", host(prog.Website)), Href: prog.Website, Variant: ui.Secondary}}
		}
	}
	switch {
	case !st.Opens.IsZero():
		out.How = append(out.How, s.T("supply.how.from", "day", st.Opens))
	case !st.Deadline.IsZero():
		out.How = append(out.How, s.T("supply.how.deadline", "day", st.Deadline))
	case o.StartType == offer.Rolling && st.State == offer.Open:
		out.How = append(out.How, s.T("supply.how.any_day"))
	}
	out.How = append(out.How, b.Notes...)
}

// ownActions are what the provider may do with the offering as it stands.
func ownActions(s say.Speaker, i *supply.Item) []ui.Action {
	o := i.Offering
	context := s.T("supply.act.context", "start", s.Start(*o, i.Earliest))
	post := func(label i18n.Key, act string, variant ui.Variant) ui.Action {
		return ui.Action{Label: s.T(label), Href: actionPath(o, act), Post: true, Variant: variant, Context: context, Hidden: []ui.Hidden{{Name: "version", Value: version(o.Version)}}}
	}
	link := func(label i18n.Key, act string, variant ui.Variant) ui.Action {
		return ui.Action{Label: s.T(label), Href: actionPath(o, act), Variant: variant, Context: context}
	}
	var out []ui.Action
	switch o.State {
	case offer.Concept, offer.Inactive:
		out = append(out, post("supply.act.publish", "publiser", ui.Primary))
	case offer.Active:
		if i.Stale {
			out = append(out, post("supply.act.confirm", "bekreft", ui.Primary))
		} else {
			out = append(out, post("supply.act.confirm", "bekreft", ui.Secondary))
		}
	}
	if o.State != offer.Cancelled {
		out = append(out, link("supply.act.edit", "rediger", ui.Secondary))
	}
	out = append(out, post("supply.act.copy", "kopier", ui.Tertiary))
	if o.State == offer.Active {
		out = append(out, post("supply.act.rest", "hvil", ui.Tertiary))
	}
	if o.State == offer.Active || o.State == offer.Inactive {
		out = append(out, link("supply.act.cancel", "avlys", ui.Tertiary))
	}
	return out
}

func version(v int64) string { return strconv.FormatInt(v, 10) }
