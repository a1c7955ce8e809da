package openweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/oparl"
	"kompetansetorg/internal/room/meeting/public"
	"kompetansetorg/internal/room/meeting/session"
)

// ListIn is what every list can be narrowed by. After is the id that the page before ended
// with. It is exported, as ListOfIn is, since parameters of embedded types that are not are
// not read.
type ListIn struct {
	ModifiedSince time.Time `query:"modified_since" doc:"With those that are gone since"`
	ModifiedUntil time.Time `query:"modified_until"`
	CreatedSince  time.Time `query:"created_since"`
	CreatedUntil  time.Time `query:"created_until"`
	Limit         int       `query:"limit" default:"100" minimum:"1" maximum:"100"`
	After         string    `query:"after" maxLength:"40" doc:"Comes from links.next"`
	Brief         bool      `query:"omit_internal" doc:"Without lists inside the objects"`
}

// ListOfIn is a list that belongs to an object.
type ListOfIn struct {
	ID string `path:"id" maxLength:"40"`
	ListIn
}

// wants reports whether the filters let through what was made and changed then.
func (in *ListIn) wants(s audit.Span) bool {
	within := func(at clock.Time, since, until time.Time) bool {
		return (since.IsZero() || !at.Std().Before(since)) && (until.IsZero() || !at.Std().After(until))
	}
	return within(s.First, in.CreatedSince, in.CreatedUntil) && within(s.Last, in.ModifiedSince, in.ModifiedUntil)
}

// query is what a link to another page of the list keeps.
func (in *ListIn) query(after string) string {
	q := url.Values{}
	for name, t := range map[string]time.Time{"modified_since": in.ModifiedSince, "modified_until": in.ModifiedUntil, "created_since": in.CreatedSince, "created_until": in.CreatedUntil} {
		if !t.IsZero() {
			q.Set(name, t.Format(time.RFC3339))
		}
	}
	if in.Limit != mostListed {
		q.Set("limit", strconv.Itoa(in.Limit))
	}
	if in.Brief {
		q.Set("omit_internal", "true")
	}
	if after != "" {
		q.Set("after", after)
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// mostListed is how many objects a page of a list has when nobody asks for fewer.
const mostListed = 100

// listed is an object that a list may hold: its id, and that of the thing whose changes
// are its own, when that is another.
type listed struct {
	id, thing string
	gone      bool
}

// page is the page of the list that was asked for, in the order of ids, which never
// changes. What is gone is told only to those who ask what has changed since.
func page[T any](ctx context.Context, p *pages, in *ListIn, path, kind string, all []listed, make func(listed, audit.Span) (T, error)) (*answer[oparl.List[T]], error) {
	spans, err := p.Public.Changed(ctx, kind)
	if err != nil {
		return nil, err
	}
	of := func(x listed) audit.Span {
		if x.thing == "" {
			return spans[x.id]
		}
		return spans[x.thing]
	}
	list := slices.DeleteFunc(all, func(x listed) bool { return x.gone && in.ModifiedSince.IsZero() || !in.wants(of(x)) })
	slices.SortFunc(list, func(a, b listed) int { return strings.Compare(a.id, b.id) })
	out := oparl.List[T]{Data: []T{}, Pagination: oparl.Pagination{TotalElements: len(list), ElementsPerPage: in.Limit}}
	at := p.writer().At() + path
	out.Links = oparl.Links{First: at + in.query(""), Self: at + in.query(in.After)}
	from, _ := slices.BinarySearchFunc(list, in.After, func(x listed, after string) int { return strings.Compare(x.id, after+"\x00") })
	if in.After == "" {
		from = 0
	}
	rest := list[from:]
	for _, x := range rest[:min(len(rest), in.Limit)] {
		v, err := make(x, of(x))
		if fault.Is(err, fault.NotFound) {
			continue // closed to all since the list was read
		}
		if err != nil {
			return nil, err
		}
		out.Data = append(out.Data, v)
	}
	if len(rest) > in.Limit {
		out.Links.Next = at + in.query(rest[in.Limit-1].id)
	}
	return ok(out)
}

func cut(s, prefix string) (string, bool) { return strings.CutPrefix(s, prefix) }

func (p *pages) organizations(ctx context.Context, _ access.Actor, in *ListOfIn) (*answer[oparl.List[oparl.Organization]], error) {
	h, err := p.host(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var list []listed
	for _, b := range h.bodies {
		list = append(list, listed{id: string(b.ID)})
	}
	return page(ctx, p, &in.ListIn, "/bodies/"+in.ID+"/organizations", meeting.ObjectName, list, func(x listed, changed audit.Span) (oparl.Organization, error) {
		d, err := p.Bodies.Get(ctx, meeting.BodyID(x.id))
		return p.writer().Organization(d, changed), err
	})
}

// office is an office that holds a seat.
type office struct {
	body   meeting.Details
	seat   meeting.Seat
	holder meeting.Holder
}

// offices are those of the organisation's bodies, by id.
func (p *pages) offices(ctx context.Context, o string) (map[string]office, []listed, error) {
	h, err := p.host(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	out := map[string]office{}
	var list []listed
	for _, b := range h.bodies {
		d, err := p.Bodies.Get(ctx, b.ID)
		if err != nil {
			return nil, nil, err
		}
		for _, s := range d.Seats {
			for _, x := range s.Holders {
				out[string(x.ID)] = office{d, s, x}
				list = append(list, listed{id: string(x.ID), thing: string(b.ID)})
			}
		}
	}
	return out, list, nil
}

func (p *pages) people(ctx context.Context, _ access.Actor, in *ListOfIn) (*answer[oparl.List[oparl.Person]], error) {
	of, list, err := p.offices(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return page(ctx, p, &in.ListIn, "/bodies/"+in.ID+"/people", meeting.ObjectName, list, func(x listed, changed audit.Span) (oparl.Person, error) {
		o := of[x.id]
		out := p.writer().Person(o.body, o.seat, o.holder, changed)
		if in.Brief {
			out.Membership = nil
		}
		return out, nil
	})
}

func (p *pages) memberships(ctx context.Context, _ access.Actor, in *ListOfIn) (*answer[oparl.List[oparl.Membership]], error) {
	of, list, err := p.offices(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return page(ctx, p, &in.ListIn, "/bodies/"+in.ID+"/memberships", meeting.ObjectName, list, func(x listed, changed audit.Span) (oparl.Membership, error) {
		o := of[x.id]
		return p.writer().Membership(o.body, o.seat, o.holder, changed), nil
	})
}

func (p *pages) meetings(ctx context.Context, _ access.Actor, in *ListOfIn) (*answer[oparl.List[oparl.Meeting]], error) {
	h, err := p.host(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var ids []meeting.BodyID
	for _, b := range h.bodies {
		ids = append(ids, b.ID)
	}
	return p.meetingList(ctx, &in.ListIn, "/bodies/"+in.ID+"/meetings", ids)
}

func (p *pages) meetingsOf(ctx context.Context, _ access.Actor, in *ListOfIn) (*answer[oparl.List[oparl.Meeting]], error) {
	b, err := meeting.ParseBodyID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	if _, err := p.Bodies.Get(ctx, b); err != nil {
		return nil, err
	}
	return p.meetingList(ctx, &in.ListIn, "/organizations/"+in.ID+"/meetings", []meeting.BodyID{b})
}

// meetingList lists the meetings of some bodies, each once.
func (p *pages) meetingList(ctx context.Context, in *ListIn, path string, bodies []meeting.BodyID) (*answer[oparl.List[oparl.Meeting]], error) {
	seen := map[session.ID]bool{}
	var list []listed
	for _, b := range bodies {
		found, err := p.Public.Meetings(ctx, session.Filter{Body: b})
		if err != nil {
			return nil, err
		}
		for _, m := range found {
			if !seen[m.ID] {
				seen[m.ID], list = true, append(list, listed{id: string(m.ID)})
			}
		}
	}
	return page(ctx, p, in, path, session.ObjectName, list, func(x listed, changed audit.Span) (oparl.Meeting, error) {
		m, err := p.Public.Meeting(ctx, session.ID(x.id))
		if err != nil {
			return oparl.Meeting{}, err
		}
		return p.writer().Meeting(m, changed, in.Brief), nil
	})
}

func (p *pages) papers(ctx context.Context, _ access.Actor, in *ListOfIn) (*answer[oparl.List[oparl.Paper]], error) {
	h, err := p.host(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	known, err := p.Cases.KnownToAll(ctx)
	if err != nil {
		return nil, err
	}
	of := map[string]meeting.Body{}
	var list []listed
	for _, c := range known {
		i := slices.IndexFunc(h.bodies, func(b meeting.Body) bool { return b.ID == c.Body })
		if i >= 0 {
			of[string(c.ID)] = h.bodies[i]
			list = append(list, listed{id: string(c.ID), gone: c.Withdrawn})
		}
	}
	return page(ctx, p, &in.ListIn, "/bodies/"+in.ID+"/papers", casework.FlowKind, list, func(x listed, changed audit.Span) (oparl.Paper, error) {
		if x.gone {
			return p.writer().GonePaper(casework.ID(x.id), changed), nil
		}
		c, err := p.Public.Case(ctx, casework.ID(x.id))
		if err != nil {
			return oparl.Paper{}, err
		}
		return p.writer().Paper(c, of[x.id], changed, in.Brief), nil
	})
}

func (p *pages) paper(ctx context.Context, _ access.Actor, in *objectIn) (*answer[oparl.Paper], error) {
	c, err := meeting.ParseCaseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	known, err := p.Cases.KnownToAll(ctx, c)
	if err != nil {
		return nil, err
	}
	if len(known) == 1 && known[0].Withdrawn {
		changed, err := p.changed(ctx, casework.FlowKind, in.ID)
		if err != nil {
			return nil, err
		}
		return ok(p.writer().GonePaper(c, changed))
	}
	d, changed, err := p.filed(ctx, c)
	if err != nil {
		return nil, err
	}
	b, err := p.Bodies.Get(ctx, d.Body)
	if err != nil {
		return nil, err
	}
	return ok(p.writer().Paper(d, b.Body, changed, false))
}

// met is a meeting with when it changed.
func (p *pages) met(ctx context.Context, s string) (public.Meeting, audit.Span, error) {
	m, err := meeting.ParseMeetingID(s)
	if err != nil {
		return public.Meeting{}, audit.Span{}, fault.Missing()
	}
	d, err := p.Public.Meeting(ctx, m)
	if err != nil {
		return public.Meeting{}, audit.Span{}, err
	}
	changed, err := p.changed(ctx, session.ObjectName, s)
	return d, changed, err
}

// filed is a case with when it changed.
func (p *pages) filed(ctx context.Context, c casework.ID) (public.Case, audit.Span, error) {
	d, err := p.Public.Case(ctx, c)
	if err != nil {
		return public.Case{}, audit.Span{}, err
	}
	changed, err := p.changed(ctx, casework.FlowKind, string(c))
	return d, changed, err
}
