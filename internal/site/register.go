package site

import (
	"context"
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account/accountweb"
	"kompetansetorg/internal/common/attach/attachweb"
	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/common/follow/followweb"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org/orgweb"
	"kompetansetorg/internal/common/person/personweb"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/place/placeweb"
	"kompetansetorg/internal/common/question/questionweb"
	"kompetansetorg/internal/common/question/sheet"
	"kompetansetorg/internal/common/search/searchweb"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/common/work/workweb"
	"kompetansetorg/internal/hall/match/matchweb"
	"kompetansetorg/internal/hall/standing/standingweb"
	"kompetansetorg/internal/hall/wheel/wheelweb"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/council/councilweb"
	"kompetansetorg/internal/room/council/hearingweb"
	"kompetansetorg/internal/room/forum/forumweb"
	"kompetansetorg/internal/room/meeting/bodyweb"
	"kompetansetorg/internal/room/meeting/caseweb"
	"kompetansetorg/internal/room/meeting/meetingweb"
	"kompetansetorg/internal/room/meeting/meetingweb/outgoing"
	"kompetansetorg/internal/room/meeting/meetingweb/ownweb"
	"kompetansetorg/internal/room/meeting/openweb"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/boardweb"
	"kompetansetorg/internal/room/need/importweb"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/needweb"
	"kompetansetorg/internal/room/need/needweb/needpaper"
	"kompetansetorg/internal/room/need/pasteweb"
	"kompetansetorg/internal/room/need/poolweb"
	"kompetansetorg/internal/room/need/wording"
	"kompetansetorg/internal/room/outreach/outreachweb"
	"kompetansetorg/internal/room/outreach/roundweb"
	"kompetansetorg/internal/room/supply/supplyweb"
	"kompetansetorg/internal/site/about"
	"kompetansetorg/internal/site/crawl"
	"kompetansetorg/internal/site/demo/assembly"
	"kompetansetorg/internal/site/settings"
)

// register adds every route of the house, floor by floor.
func (s *Site) register() {
	s.views.Add("site", ownFiles, "error", errorView{})
	flowweb.Register(s.door, flowweb.Deps{DB: s.db, Clock: s.cfg.Clock, Kinds: s.taskKinds()})
	making := s.registerMaking()
	s.registerWorkspaces(making)
	answers := s.registerDevelop(making)
	jobs := s.registerPositions()
	seats := s.registerPledges()
	threads := s.registerThread()
	admissions := s.registerAdmission()
	figures := s.registerFunnel()
	centres := s.registerCentres()
	making.Beside = append(making.Beside, tallied(admissions))
	matches := matchweb.Register(s.door, matchweb.Deps{Match: s.Match, Asks: s.Asks})
	needweb.Register(s.door, needweb.Deps{Needs: s.Needs, Lists: s.Lists, Asks: s.Asks, Orgs: s.Orgs, Register: s.Register, Attach: s.Attach, PublicURL: s.cfg.PublicURL,
		Understand: s.Match.Understand, Answers: answersOn(matches), Origin: s.origin, Given: answers.OnNeed, Standing: s.standingAnswer, Onward: threads.OnNeed})
	poolweb.Register(s.door, poolweb.Deps{Needs: s.Needs, Lists: s.Lists, Pools: s.Pools, Requests: s.Asks, Orgs: s.Orgs, Places: s.Places, Attach: s.Attach, Clock: s.cfg.Clock,
		ConceptLabel: s.conceptLabel, Given: answers.OnPool, Seats: seats.OnPool})
	boardweb.Register(s.door, boardweb.Deps{Needs: s.Needs, Lists: s.Lists, Demand: s.Demand, Places: s.Places, Clock: s.cfg.Clock})
	needpaper.Register(s.door, needpaper.Deps{Lists: s.Lists, Places: s.Places, Clock: s.cfg.Clock, Shelf: s.shelf, PublicURL: s.cfg.PublicURL,
		Query: func(q url.Values) (list.Query, error) { return needweb.QueryOf(s.Needs, q) }})
	importweb.Register(s.door, importweb.Deps{Taking: s.Taking, Storing: s.Storing, Places: s.Places})
	pasteweb.Register(s.door, pasteweb.Deps{Paste: s.Paste, Needs: s.Needs, Register: s.Register, Meant: s.Match.Meant})
	supplyweb.Register(s.door, supplyweb.Deps{Supply: s.Supply, Storing: s.Programmes, Shelf: s.shelf, Orgs: s.Orgs, Places: s.Places, Clock: s.cfg.Clock,
		PublicURL: s.cfg.PublicURL, ContactEmail: s.cfg.Contact, ConceptLabel: s.conceptLabel, Beside: append(s.besideOffering(), besideEntry(admissions), besidePledges(seats), besideMade(making), besideCentres(centres)), News: s.offered})
	s.registerGuides(making)
	s.registerCost()
	projects := s.registerProjects()
	s.registerMeasures(projects, besideToolbox(projects, jobs))
	caseweb.Register(s.door, caseweb.Deps{Cases: s.Cases, Writing: s.Writing, Treatments: s.Treatments, Own: s.Own, Bodies: s.Bodies, Orgs: s.Orgs, Objects: s.Objects, Attach: s.Attach, Shelf: s.shelf, Clock: s.cfg.Clock, PublicURL: s.cfg.PublicURL})
	meetingweb.Register(s.door, meetingweb.Deps{Meetings: s.Meetings, Agenda: s.Agenda, Floor: s.Floor, Minutes: s.Minutes, FollowUps: s.FollowUps, Live: s.Live, Comments: s.Comments, Bodies: s.Bodies, Cases: s.Cases, Orgs: s.Orgs, Clock: s.cfg.Clock, Beside: s.besideMeeting})
	ownweb.Register(s.door, ownweb.Deps{Meetings: s.Meetings, Own: s.Own, Once: s.sessions, Clock: s.cfg.Clock, PublicURL: s.cfg.PublicURL})
	outgoing.Register(s.door, outgoing.Deps{Meetings: s.Meetings, Minutes: s.Minutes, Invitations: s.Invitations, Cases: s.Cases, Shelf: s.shelf, Clock: s.cfg.Clock, PublicURL: s.cfg.PublicURL, Contact: s.cfg.Contact})
	leaf.Register(s.door)
	sheet.Register(s.door)
	forumweb.Register(s.door, forumweb.Deps{Forums: s.Forums, Own: s.Partners, Rounds: s.Assess, Inputs: s.Inputs, Told: s.Told, Bodies: s.Bodies, Meetings: s.Meetings, DB: s.db, Orgs: s.Orgs, Places: s.Places, Clock: s.cfg.Clock, Wheels: s.wheelsOf, Beside: []func(*http.Request, access.Actor, place.RegionID) ([]leaf.Section, error){centres.OnRegion, jobs.OnRegion, figures.OnRegion}})
	wheelweb.Register(s.door, wheelweb.Deps{Wheel: s.Wheel, Bodies: s.Bodies, Orgs: s.Orgs, Clock: s.cfg.Clock})
	standingweb.Register(s.door, standingweb.Deps{Standing: s.Standing, Orgs: s.Orgs, Place: func(number string) string { return wording.Place(s.Places, number) }})
	openweb.Register(s.door, openweb.Deps{Public: s.Public, Bodies: s.Bodies, Cases: s.Cases, Meetings: s.Meetings, Clock: s.cfg.Clock, PublicURL: s.cfg.PublicURL, ContactEmail: s.cfg.Contact})
	attachweb.Register(s.door, attachweb.Deps{Attach: s.Attach, Objects: s.Objects})
	followweb.Register(s.door, s.followDeps())
	searchweb.Register(s.door, searchweb.Deps{Search: s.Search, Place: func(number string) string { return wording.Place(s.Places, number) }})
	personweb.Register(s.door, s.personDeps())
	workweb.Register(s.door, workweb.Deps{Work: s.Tasks, Kinds: jobKinds()})
	questionweb.Register(s.door, questionweb.Deps{Forms: s.Forms, Attach: s.Attach, Registers: s.Registers, Clock: s.cfg.Clock})
	outreachweb.Register(s.door, outreachweb.Deps{Visits: s.Outreach, Reach: s.Reach, Intake: s.VisitIntake, Storing: s.VisitStoring, Orgs: s.Orgs, Register: s.Register, Places: s.Places, Clock: s.cfg.Clock})
	roundweb.Register(s.door, roundweb.Deps{Rounds: s.Rounds, Shelf: s.shelf, Heard: s.Heard, Forms: s.Forms, Orgs: s.Orgs, Places: s.Places, Registers: s.Registers, Clock: s.cfg.Clock,
		Once: s.sessions, PublicURL: s.cfg.PublicURL})
	bodyweb.Register(s.door, bodyweb.Deps{Bodies: s.Bodies, Cases: s.Cases, Public: s.Public, Attach: s.Attach, Orgs: s.Orgs, Register: s.Register, Places: s.Places, Clock: s.cfg.Clock, Recorded: s.recorded(), Also: councilweb.Cards})
	councilweb.Register(s.door, councilweb.Deps{Councils: s.Councils, Members: s.Membership, Duties: s.Duties, Bodies: s.Bodies, Orgs: s.Orgs, Clock: s.cfg.Clock})
	hearingweb.Register(s.door, hearingweb.Deps{Councils: s.Councils, Hearings: s.Hearings, Attach: s.Attach, Clock: s.cfg.Clock})
	orgweb.Register(s.door, orgweb.Deps{Orgs: s.Orgs, Register: s.Register, Places: s.Places, Clock: s.cfg.Clock})
	about.Register(s.door, about.Deps{
		Operator: s.cfg.Operator, Contact: s.cfg.Contact, DPOContact: s.cfg.DPOContact, PublicURL: s.cfg.PublicURL, Demo: s.cfg.Demo, Rate: s.cfg.OpenRate, Burst: s.cfg.OpenBurst,
		Enhetsregisteret: s.Register.IsOn(), ESCO: s.cfg.hasESCO(), Boundaries: s.hasBoundaries, Register: s.Persons.Register.Kinds, Mail: s.cfg.Mail != nil,
	})
	crawl.Register(s.door, crawl.Deps{PublicURL: s.cfg.PublicURL, Demo: s.cfg.Demo, Paths: s.pathsForAll})
	settings.Register(s.door, settings.Deps{Values: s.cfg.Settings, Missing: s.cfg.missing(), Demo: s.cfg.Demo, Version: s.cfg.Version})
	placeweb.Register(s.door, placeweb.Deps{Places: s.Places, Clock: s.cfg.Clock})
	accountweb.Register(s.door, accountweb.Deps{
		Accounts: s.Accounts, Orgs: s.Orgs, Places: s.Places, Clock: s.cfg.Clock, Sessions: s.sessions, Demo: s.cfg.Demo,
		More: []accountweb.AdminPage{{Title: "person.retention.title", Text: "person.retention.text", Href: "/administrasjon/oppbevaring"},
			{Title: "person.looks.title", Text: "person.looks.text", Href: "/administrasjon/innsynslogg"}, {Title: "work.list.title", Text: "work.list.text", Href: "/administrasjon/arbeid"},
			{Title: "account.admin.settings", Text: "account.admin.settings.text", Href: "/administrasjon/oppsett"}},
		PublicURL: s.cfg.PublicURL, Failed: s.metrics.SignInFailed,
		Register: s.Register, Fates: personweb.Fates(s.Persons),
		Offices: []accountweb.AdminPage{{Title: "person.requests.title", Href: "/slettekrav"}, {Title: "person.looks.title", Href: "/administrasjon/innsynslogg"}},
		Address: func(r *http.Request) string { return web.ClientAddress(r, s.cfg.TrustProxy) },
	})
}

// recorded are the cases that the simulator of rules replays: those of the demo.
func (s *Site) recorded() bodyweb.Recorded {
	if !s.cfg.Demo {
		return nil
	}
	return assembly.Recorded
}

// origin is the address of the answer that a need was made of.
func (s *Site) origin(ctx context.Context, actor access.Actor, n need.ID) (string, error) {
	r, invite, err := s.Rounds.Origin(ctx, actor, string(n))
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return "/runder/" + string(r) + "/svar/" + string(invite), err
}

// conceptLabel names a concept of a vocabulary; empty when it is not known.
func (s *Site) conceptLabel(scheme, code string, l i18n.Lang) string {
	c, ok := s.Vocab.Now().Concept(vocab.Scheme(scheme), code)
	if !ok {
		return ""
	}
	return c.Label(string(l))
}
