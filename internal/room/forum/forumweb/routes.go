// Package forumweb has the pages of competence fora: the two levels and how far each
// region has come, a page for each forum - members, mandate, next meeting, minutes, who
// meets, what its partners do - the agreements with their signatures, rounds of
// questions to the partners, and input from the regions with the county forum's reply.
// All that is open to all; those who keep a forum, or speak for a member, change it.
package forumweb

import (
	"embed"
	"net/http"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/forum/assess"
	"kompetansetorg/internal/room/forum/input"
	"kompetansetorg/internal/room/forum/partner"
	"kompetansetorg/internal/room/forum/regionpage"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/need"
)

// Files are the texts.
//
//go:embed text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Forums   *forum.Service
	Own      *partner.Service
	Rounds   *assess.Service
	Inputs   *input.Service
	Told     *regionpage.Service
	Bodies   *meeting.Service
	Meetings *session.Service
	DB       *db.DB
	Orgs     *org.Service
	Places   *place.Register
	Clock    clock.Clock
	// Wheels are the annual wheels of a county's forum, newest first; nil for none.
	Wheels func(r *http.Request, b meeting.BodyID) ([]ui.Link, error)
	// Beside is what others have to show on a region's page, in order.
	Beside []func(r *http.Request, actor access.Actor, region place.RegionID) ([]leaf.Section, error)
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	open := gate.Public()
	for path, h := range map[string]gate.Handler{
		"/kompetanseforum": p.structure, "/kompetanseforum/{id}": p.show, "/kompetanseforum/{id}/oppmote": p.turnout, "/kompetanseforum/{id}/dokument/{doc}": p.document,
		"/kompetanseforum/{id}/runder/{round}": p.round, "/kompetanseregioner/{region}": p.region, "/forum-innspill/{input}": p.input,
	} {
		d.Pages(gate.Route{Method: "GET", Path: path, Rule: open, Handle: h})
	}
	// Who may is in the body's seats, not in a role: the use cases decide.
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{
		"/kompetanseforum/{id}/dokument/ny": p.documentForm, "/kompetanseforum/{id}/dokument/{doc}/signer": p.signForm,
		"/kompetanseforum/{id}/innsats/ny": p.effortForm, "/kompetanseforum/{id}/innsats/{effort}": p.effortForm,
		"/kompetanseforum/{id}/eksempler/ny": p.exampleForm, "/kompetanseforum/{id}/eksempler/{example}": p.exampleForm,
		"/kompetanseforum/{id}/runder/ny": p.askForm, "/kompetanseforum/{id}/runder/{round}/svar": p.answerForm, "/kompetanseforum/{id}/runder/{round}/avslutt": p.closeForm,
		"/kompetanseregioner/{region}/status": p.regionForm, "/kompetanseregioner/{region}/innspill": p.inputForm,
		"/kompetanseregioner/{region}/rediger": p.tellForm, "/kompetanseregioner/{region}/innsats/ny": p.effortOfRegionForm, "/kompetanseregioner/{region}/evalueringer/ny": p.reportForm, "/forum-innspill/{input}/svar": p.replyForm,
		"/kompetanseforum/{id}/regioner/ny": p.newRegionForm,
	})
	d.Pages(gate.Route{Method: "POST", Path: "/kompetanseforum/{id}/eksempler/{example}/loft", Rule: gate.SignedIn(), Handle: p.liftPost},
		gate.Route{Method: "POST", Path: "/forum-innspill/{input}/flytt", Rule: gate.SignedIn(), Handle: p.movePost},
		gate.Route{Method: "POST", Path: "/kompetanseregioner/{region}/innsats/{effort}/fjern", Rule: gate.SignedIn(), Handle: p.dropEffort},
		gate.Route{Method: "POST", Path: "/kompetanseregioner/{region}/evalueringer/{report}/fjern", Rule: gate.SignedIn(), Handle: p.dropReport})
	d.Says("forum.said.saved", "forum.said.signed", "forum.said.sent", "forum.said.asked", "forum.said.answered", "forum.said.closed", "forum.said.replied")
}

func path(b forum.BodyID, more string) string { return "/kompetanseforum/" + string(b) + more }

func regionPath(r place.RegionID, more string) string {
	return "/kompetanseregioner/" + string(r) + more
}

// found is a forum that a page is about, with what the reader is in it.
type found struct {
	meeting.Details
	id     forum.BodyID
	rights meeting.Rights
}

// keeps reports whether the reader is the forum's secretary.
func (f found) keeps() bool { return f.rights.Secretary }

// mine are the members that the reader may speak for: all of them for the secretary.
func (f found) mine(today clock.Date) []meeting.Seat {
	var out []meeting.Seat
	for _, s := range f.SeatsOn(today) {
		_, holds := f.rights.In(s.ID)
		if s.Kind == seatObserver || s.Kind == seatSecretary || !holds && !f.keeps() {
			continue
		}
		if !slices.ContainsFunc(out, func(x meeting.Seat) bool { return x.Org == s.Org }) {
			out = append(out, s)
		}
	}
	return out
}

const (
	seatObserver  meeting.SeatKind = "observer"
	seatSecretary meeting.SeatKind = "secretary"
)

// find reads the forum that the path names; a body that is none is not found here.
func (p *pages) find(r *http.Request, actor access.Actor) (found, error) {
	id, err := meeting.ParseBodyID(r.PathValue("id"))
	if err != nil {
		return found{}, fault.Missing()
	}
	d, err := p.Bodies.Get(r.Context(), id)
	if err != nil {
		return found{}, err
	}
	if d.Kind != meeting.CountyForum && d.Kind != meeting.RegionalForum {
		return found{}, fault.Missing()
	}
	rights, err := p.Bodies.Rights(r.Context(), actor, id)
	return found{d, forum.BodyID(id), rights}, err
}

// keeping is find for the secretary, speaking for who speaks for a member; others are
// denied.
func (p *pages) keeping(r *http.Request, actor access.Actor) (found, error) {
	f, err := p.find(r, actor)
	if err == nil && !f.keeps() {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return f, err
}

func (p *pages) speaking(r *http.Request, actor access.Actor) (found, []meeting.Seat, error) {
	f, err := p.find(r, actor)
	if err != nil {
		return f, nil, err
	}
	mine := f.mine(p.Clock.Today())
	if len(mine) == 0 {
		err = fault.New(fault.Denied, "fault.denied")
	}
	return f, mine, err
}

// crumbs lead from the structure to the forum.
func crumbs(t i18n.Printer, name string, b forum.BodyID) []ui.Link {
	out := []ui.Link{{Label: t.T("body.title"), Href: "/forum-og-rad"}, {Label: t.T("forum.title"), Href: "/kompetanseforum"}}
	if b != "" {
		out = append(out, ui.Link{Label: name, Href: path(b, "")})
	}
	return out
}

// orgField is a choice among members; one alone is chosen already.
func orgField(t i18n.Printer, seats []meeting.Seat, chosen access.OrgID) (form.Field, []string) {
	f := form.Field{Name: "org", Kind: form.Select, Label: t.T("forum.field.org"), Required: true}
	var ids []string
	if len(seats) != 1 {
		f.Options = append(f.Options, form.Option{Label: t.T("forum.choose"), Selected: chosen == ""})
	}
	for _, s := range seats {
		f.Options = append(f.Options, form.Option{Value: string(s.Org), Label: s.OrgName, Selected: s.Org == chosen || len(seats) == 1})
		ids = append(ids, string(s.Org))
	}
	return f, ids
}

// readOrg is the member that was chosen.
func readOrg(in *form.Input, ids []string) access.OrgID {
	o := in.Choice("org", ids...)
	if o == "" {
		in.Refuse("org", "form.error.required")
	}
	return access.OrgID(o)
}

// fields are what an effort can be about.
func fieldOptions(t i18n.Printer, chosen string) []form.Option {
	return leaf.Options(t, "forum.field.none", need.Fields(), need.Field.Label, need.Field(chosen))
}

func fieldCodes() []string {
	var out []string
	for _, f := range need.Fields() {
		out = append(out, string(f))
	}
	return out
}
