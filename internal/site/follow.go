package site

import (
	"context"
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/follow/followweb"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/orgweb"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/council/councilweb"
	"kompetansetorg/internal/room/council/duty"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/bodyweb"
	"kompetansetorg/internal/room/meeting/caseweb"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/meetingweb"
	"kompetansetorg/internal/room/meeting/meetingweb/ownweb"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/own"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/needweb"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/need/wording"
	"kompetansetorg/internal/room/supply/address"
	"kompetansetorg/internal/room/supply/happened"
	"kompetansetorg/internal/room/supply/telling"
)

// newFollow makes the service that tells people what happened. The demo keeps
// its letters.
func newFollow(d *db.DB, cfg Config, texts *i18n.Bundle, s *Services) *follow.Service {
	return follow.New(follow.Deps{DB: d, Clock: cfg.Clock, Objects: s.Objects, Accounts: s.Accounts, PublicURL: cfg.PublicURL,
		Kinds:  append(tellingAnswers(followed(s, cfg.Clock)), slices.Concat(workingFollowed(), pledgesFollowed(), admissionFollowed(), makingFollowed(), centresFollowed(), workspacesFollowed(), projectsFollowed(), measuresFollowed())...),
		Fields: text.Strings(need.Fields()),
		Municipalities: func(number string) ([]string, bool) {
			day := cfg.Clock.Today()
			members, err := s.Places.Successors(place.Number(number), day)
			if err != nil || len(members) == 0 {
				return nil, false
			}
			return text.Strings(s.Places.Within(members, day)), true
		},
		Mail:  cfg.Mail,
		Write: followweb.Writer{Texts: texts, Objects: s.Objects, Clock: cfg.Clock, PublicURL: cfg.PublicURL, Tell: told(s)}.Write,
	})
}

// followed are the kinds of things that can be followed.
func followed(s *Services, clock clock.Clock) []follow.Kind {
	return []follow.Kind{
		{Name: need.FlowKind, Concerns: list.Concerns, Heralds: list.Heralds, Silent: func(to flow.State) bool { return to == need.Draft },
			Fits: func(ctx context.Context, tx *db.Tx, actor access.Actor, query url.Values, id string) (bool, error) {
				f, err := needweb.FilterOf(s.Needs, query)
				if err != nil {
					return false, err
				}
				return s.Lists.Has(ctx, tx, actor, f, need.ID(id))
			}},
		{Name: need.PoolFlowKind, Concerns: pool.Concerns},
		telling.Kind(s.Supply, address.Reader{Places: s.Places, Clock: clock}),
		{Name: meeting.ObjectName},
		{Name: casework.FlowKind, Concerns: casework.BroughtBy, Silent: func(to flow.State) bool { return !casework.IsIssued(to) }},
		{Name: session.ObjectName},
		{Name: duty.Period.FlowKind(), Silent: duty.IsSilent}, {Name: duty.Fee.FlowKind(), Silent: duty.IsSilent},
		{Name: own.Kind, Concerns: own.Concerns, Silent: own.IsSilent},
		{Name: org.ObjectName, Concerns: func(_ context.Context, _ *db.Tx, id string) ([]access.OrgID, error) {
			return []access.OrgID{access.OrgID(id)}, nil
		}},
	}
}

// bodyNotice has the words of what happens with a body, and with its meetings.
func bodyNotice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	if what, next = bodyweb.Notice(t, n, today); what == "" {
		what, next = meetingweb.Notice(t, n, today)
	}
	return what, next
}

// told has the words of each kind.
func told(s *Services) map[string]followweb.Tell {
	return together(workingTold(), pledgesTold(), admissionTold(), makingTold(), centresTold(), workspacesTold(), projectsTold(), measuresTold(), map[string]followweb.Tell{need.FlowKind: wording.Notice, need.PoolFlowKind: wording.Notice, happened.Kind: telling.Words{Places: s.Places}.Notice,
		meeting.ObjectName: bodyNotice, casework.FlowKind: caseweb.Notice, session.ObjectName: meetingweb.Notice, own.Kind: ownweb.OwnNotice, duty.Period.FlowKind(): councilweb.DutyNotice, duty.Fee.FlowKind(): councilweb.DutyNotice, org.ObjectName: orgweb.Notice})
}

func (s *Site) followDeps() followweb.Deps {
	return followweb.Deps{Follow: s.Follow, Objects: s.Objects, Clock: s.cfg.Clock, PublicURL: s.cfg.PublicURL, Tell: told(&s.Services), Demo: s.cfg.Demo,
		Searches: map[string]followweb.List{need.FlowKind: {Path: "/behov", Words: "follow.search.words", Filters: "follow.search.filters"},
			happened.Kind: {Path: "/tilbud", Words: "follow.search.programme.words", Filters: "follow.search.programme.filters"}},
		Place:  func(number string) string { return wording.Place(s.Places, number) },
		Places: func() []string { return s.Places.Options(s.cfg.Clock.Today()) },
		ReadPlace: func(written string) (string, error) {
			n, err := s.Places.ParseTyped(written, s.cfg.Clock.Today())
			return string(n), err
		},
		Field: func(t i18n.Printer, code string) string {
			if !slices.Contains(need.Fields(), need.Field(code)) {
				return ""
			}
			return t.T(need.Field(code).Label())
		},
		Fields: func(t i18n.Printer) []form.Option {
			var out []form.Option
			for _, f := range need.Fields() {
				out = append(out, form.Option{Value: string(f), Label: t.T(f.Label())})
			}
			return out
		}}
}
