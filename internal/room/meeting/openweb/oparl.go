package openweb

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/oparl"
	"kompetansetorg/internal/room/meeting/session"
)

func (p *pages) registerOParl() {
	op := func(path, id, summary string) gate.Op {
		return gate.Op{Method: "GET", Path: oparl.Root + path, Rule: gate.Public(), ID: "oparl-" + id, Summary: summary, Tags: []string{"oparl"}}
	}
	gate.Register(p.door, op("", "system", "The interface itself (OParl 1.1)"), p.system)
	gate.Register(p.door, op("/{$}", "system-slash", "The interface itself (OParl 1.1)"), p.system)
	gate.Register(p.door, op("/bodies", "bodies", "Organisations that bodies belong to"), p.bodies)
	gate.Register(p.door, op("/bodies/{id}", "body", "An organisation that bodies belong to"), p.body)
	gate.Register(p.door, op("/bodies/{id}/organizations", "organizations", "Bodies that meet"), p.organizations)
	gate.Register(p.door, op("/bodies/{id}/people", "people", "Offices that hold seats"), p.people)
	gate.Register(p.door, op("/bodies/{id}/memberships", "memberships", "Offices in their seats"), p.memberships)
	gate.Register(p.door, op("/bodies/{id}/meetings", "meetings", "Meetings"), p.meetings)
	gate.Register(p.door, op("/bodies/{id}/papers", "papers", "Cases"), p.papers)
	gate.Register(p.door, op("/organizations/{id}", "organization", "A body that meets"), p.organization)
	gate.Register(p.door, op("/organizations/{id}/meetings", "organization-meetings", "Meetings of a body"), p.meetingsOf)
	gate.Register(p.door, op("/people/{id}", "person", "An office that holds a seat"), p.person)
	gate.Register(p.door, op("/memberships/{id}", "membership", "An office in its seat"), p.membership)
	gate.Register(p.door, op("/meetings/{id}", "meeting", "A meeting"), p.meeting)
	gate.Register(p.door, op("/locations/{id}", "location", "Where a meeting is"), p.location)
	gate.Register(p.door, op("/agendaitems/{id}", "agendaitem", "An item of an agenda"), p.agendaItem)
	gate.Register(p.door, op("/papers/{id}", "paper", "A case"), p.paper)
	gate.Register(p.door, op("/consultations/{id}", "consultation", "A treatment of a case"), p.consultation)
	gate.Register(p.door, op("/files/{id}", "file", "A file"), p.file)
}

type none struct{}

type objectIn struct {
	ID string `path:"id" maxLength:"80"`
}

type answer[T any] struct{ Body T }

func ok[T any](v T) (*answer[T], error) { return &answer[T]{v}, nil }

// writer writes in Norwegian: names of kinds are data here, the same to all who fetch them.
func (p *pages) writer() oparl.Writer {
	return oparl.Writer{URL: p.PublicURL, T: p.door.Texts.Printer(i18n.NB), Today: p.Clock.Today()}
}

func (p *pages) system(context.Context, access.Actor, *none) (*answer[oparl.System], error) {
	w := p.writer()
	return ok(w.System(w.T.T("site.name"), p.ContactEmail))
}

// host is an organisation with the bodies that belong to it.
type host struct {
	id     access.OrgID
	name   string
	bodies []meeting.Body
}

// hosts lists the organisations that bodies belong to, those that exist no more too.
func (p *pages) hosts(ctx context.Context) ([]host, error) {
	all, err := p.Bodies.List(ctx, meeting.Filter{Ended: true})
	if err != nil {
		return nil, err
	}
	var out []host
	for _, b := range all {
		i := slices.IndexFunc(out, func(h host) bool { return h.id == b.Host })
		if i < 0 {
			i, out = len(out), append(out, host{id: b.Host, name: b.HostName})
		}
		out[i].bodies = append(out[i].bodies, b)
	}
	return out, nil
}

// host finds one of them, or answers NotFound.
func (p *pages) host(ctx context.Context, o string) (host, error) {
	all, err := p.hosts(ctx)
	if err != nil {
		return host{}, err
	}
	i := slices.IndexFunc(all, func(h host) bool { return string(h.id) == o })
	if i < 0 {
		return host{}, fault.Missing()
	}
	return all[i], nil
}

func (p *pages) bodies(ctx context.Context, _ access.Actor, in *ListIn) (*answer[oparl.List[oparl.Body]], error) {
	all, err := p.hosts(ctx)
	if err != nil {
		return nil, err
	}
	var list []listed
	for _, h := range all {
		list = append(list, listed{id: string(h.id)})
	}
	return page(ctx, p, in, "/bodies", org.ObjectName, list, func(x listed, changed audit.Span) (oparl.Body, error) {
		i := slices.IndexFunc(all, func(h host) bool { return string(h.id) == x.id })
		return p.writer().Body(all[i].id, all[i].name, changed), nil
	})
}

func (p *pages) body(ctx context.Context, _ access.Actor, in *objectIn) (*answer[oparl.Body], error) {
	h, err := p.host(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	changed, err := p.changed(ctx, org.ObjectName, in.ID)
	if err != nil {
		return nil, err
	}
	return ok(p.writer().Body(h.id, h.name, changed))
}

// changed tells when a thing was made and last changed.
func (p *pages) changed(ctx context.Context, kind, thing string) (audit.Span, error) {
	all, err := p.Public.Changed(ctx, kind, thing)
	return all[thing], err
}

func (p *pages) organization(ctx context.Context, _ access.Actor, in *objectIn) (*answer[oparl.Organization], error) {
	b, err := meeting.ParseBodyID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	d, err := p.Bodies.Get(ctx, b)
	if err != nil {
		return nil, err
	}
	changed, err := p.changed(ctx, meeting.ObjectName, in.ID)
	if err != nil {
		return nil, err
	}
	return ok(p.writer().Organization(d, changed))
}

// held finds the office, its seat and its body.
func (p *pages) held(ctx context.Context, s string) (meeting.Details, meeting.Seat, meeting.Holder, audit.Span, error) {
	fail := func(err error) (meeting.Details, meeting.Seat, meeting.Holder, audit.Span, error) {
		return meeting.Details{}, meeting.Seat{}, meeting.Holder{}, audit.Span{}, err
	}
	h, err := meeting.ParseHolderID(s)
	if err != nil {
		return fail(fault.Missing())
	}
	b, err := p.Bodies.BodyOfHolder(ctx, h)
	if err != nil {
		return fail(err)
	}
	d, err := p.Bodies.Get(ctx, b)
	if err != nil {
		return fail(err)
	}
	changed, err := p.changed(ctx, meeting.ObjectName, string(b))
	if err != nil {
		return fail(err)
	}
	for _, seat := range d.Seats {
		for _, x := range seat.Holders {
			if x.ID == h {
				return d, seat, x, changed, nil
			}
		}
	}
	return fail(fault.Missing())
}

func (p *pages) person(ctx context.Context, _ access.Actor, in *objectIn) (*answer[oparl.Person], error) {
	d, seat, h, changed, err := p.held(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return ok(p.writer().Person(d, seat, h, changed))
}

func (p *pages) membership(ctx context.Context, _ access.Actor, in *objectIn) (*answer[oparl.Membership], error) {
	d, seat, h, changed, err := p.held(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return ok(p.writer().Membership(d, seat, h, changed))
}

func (p *pages) meeting(ctx context.Context, _ access.Actor, in *objectIn) (*answer[oparl.Meeting], error) {
	m, changed, err := p.met(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return ok(p.writer().Meeting(m, changed, false))
}

func (p *pages) location(ctx context.Context, _ access.Actor, in *objectIn) (*answer[oparl.Location], error) {
	m, changed, err := p.met(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	place := p.writer().Location(m, changed)
	if place == nil {
		return nil, fault.Missing()
	}
	return ok(*place)
}

func (p *pages) agendaItem(ctx context.Context, _ access.Actor, in *objectIn) (*answer[oparl.AgendaItem], error) {
	i, err := session.ParseItemID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	m, err := p.Meetings.MeetingOf(ctx, i)
	if err != nil {
		return nil, err
	}
	d, changed, err := p.met(ctx, string(m))
	if err != nil {
		return nil, err
	}
	at := p.writer().At("agendaitems", in.ID)
	for _, x := range p.writer().AgendaItems(d, changed) {
		if x.ID == at {
			return ok(x)
		}
	}
	return nil, fault.Missing()
}

func (p *pages) consultation(ctx context.Context, _ access.Actor, in *objectIn) (*answer[oparl.Consultation], error) {
	c, err := p.consulted(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	d, changed, err := p.filed(ctx, c)
	if err != nil {
		return nil, err
	}
	at := p.writer().At("consultations", in.ID)
	for _, x := range p.writer().Consultations(d, changed) {
		if x.ID == at {
			return ok(x)
		}
	}
	return nil, fault.Missing()
}

// consulted is the case that a consultation is of: it has the id of an item of an agenda,
// or of a treatment that was on none.
func (p *pages) consulted(ctx context.Context, s string) (casework.ID, error) {
	t, err := id.Parse[casework.Treatment](s)
	if err != nil {
		return "", fault.Missing()
	}
	c, err := p.Cases.CaseOfTreatment(ctx, t)
	if !fault.Is(err, fault.NotFound) {
		return c, err
	}
	i, err := session.ParseItemID(s)
	if err != nil {
		return "", fault.Missing()
	}
	return p.Meetings.CaseOf(ctx, i)
}

func (p *pages) file(ctx context.Context, _ access.Actor, in *objectIn) (*answer[oparl.File], error) {
	f, err := p.fileOf(ctx, in.ID)
	if err == nil && f == nil {
		err = fault.Missing()
	}
	if err != nil {
		return nil, err
	}
	return ok(*f)
}

func (p *pages) fileOf(ctx context.Context, s string) (*oparl.File, error) {
	w := p.writer()
	if rest, ok := cut(s, oparl.FileAgenda); ok {
		m, changed, err := p.met(ctx, rest)
		if err != nil {
			return nil, err
		}
		return w.Invitation(m, changed), nil
	}
	if rest, ok := cut(s, oparl.FileMinutes); ok {
		m, changed, err := p.met(ctx, rest)
		if err != nil {
			return nil, err
		}
		return w.Protocol(m, changed), nil
	}
	if rest, ok := cut(s, oparl.FilePaper); ok {
		c, err := meeting.ParseCaseID(rest)
		if err != nil {
			return nil, fault.Missing()
		}
		d, changed, err := p.filed(ctx, c)
		if err != nil {
			return nil, err
		}
		return w.MainFile(d, changed), nil
	}
	v, err := attach.ParseVersionID(s)
	if err != nil {
		return nil, fault.Missing()
	}
	version, doc, err := p.Public.File(ctx, v)
	if err != nil {
		return nil, err
	}
	out := w.File(version, doc)
	return &out, nil
}
