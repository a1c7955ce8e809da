package site

import (
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/account/accountweb"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/attach/attachweb"
	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/follow/followweb"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/orgweb"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/org/register/pick"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/common/person/personweb"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/place/placeweb"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/common/question/questionweb"
	"kompetansetorg/internal/common/question/sheet"
	"kompetansetorg/internal/common/search"
	"kompetansetorg/internal/common/search/searchweb"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/common/upload/uploadview"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/common/work"
	"kompetansetorg/internal/common/work/workweb"
	"kompetansetorg/internal/hall/adopt"
	"kompetansetorg/internal/hall/adopt/adoptweb"
	"kompetansetorg/internal/hall/develop"
	"kompetansetorg/internal/hall/develop/developweb"
	"kompetansetorg/internal/hall/develop/guide"
	"kompetansetorg/internal/hall/develop/guide/guideweb"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/hall/develop/making/makingweb"
	"kompetansetorg/internal/hall/develop/workspace"
	"kompetansetorg/internal/hall/develop/workspace/workspaceweb"
	"kompetansetorg/internal/hall/funnel/funnelweb"
	"kompetansetorg/internal/hall/heard"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/hall/match/matchweb"
	"kompetansetorg/internal/hall/pledge"
	"kompetansetorg/internal/hall/pledge/pledgeweb"
	"kompetansetorg/internal/hall/reach"
	"kompetansetorg/internal/hall/standing"
	"kompetansetorg/internal/hall/standing/standingweb"
	"kompetansetorg/internal/hall/thread"
	"kompetansetorg/internal/hall/thread/threadweb"
	"kompetansetorg/internal/hall/wheel"
	"kompetansetorg/internal/hall/wheel/wheelweb"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/file"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/admission/admissionweb"
	"kompetansetorg/internal/room/centre"
	"kompetansetorg/internal/room/centre/booking"
	"kompetansetorg/internal/room/centre/centreweb"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilweb"
	"kompetansetorg/internal/room/council/councilweb/councils"
	"kompetansetorg/internal/room/council/duty"
	"kompetansetorg/internal/room/council/hearing"
	"kompetansetorg/internal/room/council/hearingweb"
	"kompetansetorg/internal/room/council/member"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/forum/assess"
	"kompetansetorg/internal/room/forum/forumweb"
	"kompetansetorg/internal/room/forum/input"
	"kompetansetorg/internal/room/forum/partner"
	"kompetansetorg/internal/room/forum/regionpage"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/bodyweb"
	"kompetansetorg/internal/room/meeting/caseweb"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/treatment"
	"kompetansetorg/internal/room/meeting/casework/writing"
	"kompetansetorg/internal/room/meeting/financing"
	"kompetansetorg/internal/room/meeting/meetingweb"
	"kompetansetorg/internal/room/meeting/meetingweb/outgoing"
	"kompetansetorg/internal/room/meeting/meetingweb/ownweb"
	"kompetansetorg/internal/room/meeting/openweb"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/public"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/comment"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/room/meeting/session/followup"
	"kompetansetorg/internal/room/meeting/session/found"
	"kompetansetorg/internal/room/meeting/session/invite"
	"kompetansetorg/internal/room/meeting/session/live"
	"kompetansetorg/internal/room/meeting/session/minutes"
	"kompetansetorg/internal/room/meeting/session/own"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
	"kompetansetorg/internal/room/need/boardweb"
	"kompetansetorg/internal/room/need/demand"
	"kompetansetorg/internal/room/need/importweb"
	"kompetansetorg/internal/room/need/intake"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/needweb"
	"kompetansetorg/internal/room/need/needweb/needpaper"
	"kompetansetorg/internal/room/need/paste"
	"kompetansetorg/internal/room/need/pasteweb"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/need/poolweb"
	"kompetansetorg/internal/room/need/taking"
	"kompetansetorg/internal/room/need/wording"
	"kompetansetorg/internal/room/outreach"
	visits "kompetansetorg/internal/room/outreach/intake"
	"kompetansetorg/internal/room/outreach/outreachweb"
	"kompetansetorg/internal/room/outreach/round"
	"kompetansetorg/internal/room/outreach/roundweb"
	"kompetansetorg/internal/room/position"
	"kompetansetorg/internal/room/position/agreement"
	"kompetansetorg/internal/room/position/agreementweb"
	"kompetansetorg/internal/room/position/plan"
	"kompetansetorg/internal/room/position/planweb"
	"kompetansetorg/internal/room/position/positionweb"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/entry"
	"kompetansetorg/internal/room/project/final"
	"kompetansetorg/internal/room/project/finalweb"
	"kompetansetorg/internal/room/project/projectweb"
	"kompetansetorg/internal/room/project/report"
	"kompetansetorg/internal/room/project/reportweb"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/cost"
	"kompetansetorg/internal/room/supply/costweb"
	"kompetansetorg/internal/room/supply/storing"
	"kompetansetorg/internal/room/supply/supplyweb"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/room/support/measure"
	"kompetansetorg/internal/room/support/measureweb"
	"kompetansetorg/internal/room/support/supportweb"
	"kompetansetorg/internal/site/about"
	"kompetansetorg/internal/site/settings"
)

// Services are the rooms' use cases, wired to one another.
type Services struct {
	Places   *place.Register
	Orgs     *org.Service
	Register *register.Service
	Accounts *account.Service
	Support  *support.Service
	Measures *measure.Service
	Vocab    *vocab.Live
	Supply   *supply.Service
	Needs    *need.Service
	Lists    *list.Service
	Pools    *pool.Service
	Asks     *ask.Service
	Demand   *demand.Service
	Intake   *intake.Service
	Uploads  *upload.Service
	// Taking reads sheets of needs; Storing and VisitStoring store what was said yes to.
	Taking                *taking.Service
	Storing, VisitStoring upload.Storing
	// Programmes takes in files of programmes.
	Programmes *storing.Service
	Paste      *paste.Service
	Outreach   *outreach.Service
	// VisitIntake takes visits from sheets, which VisitSheets keeps between the steps.
	VisitIntake *visits.Service
	VisitSheets *upload.Service
	Reach       *reach.Service
	Rounds      *round.Service
	Heard       *heard.Service
	Bodies      *meeting.Service
	Cases       *casework.Service
	Writing     *writing.Service
	Treatments  *treatment.Service
	Meetings    *session.Service
	Agenda      *agenda.Service
	Floor       *floor.Service
	Minutes     *minutes.Service
	Invitations *invite.Service
	FollowUps   *followup.Service
	Comments    *comment.Service
	Live        *live.Service
	Councils    *council.Service
	Membership  *member.Service
	Duties      *duty.Service
	Hearings    *hearing.Service
	Forums      *forum.Service
	Partners    *partner.Service
	Assess      *assess.Service
	Inputs      *input.Service
	Told        *regionpage.Service
	Standing    *standing.Service
	Develop     *develop.Service
	Positions   *position.Service
	Agreements  *agreement.Service
	Plans       *plan.Service
	Costs       *cost.Service
	Pledges     *pledge.Service
	Projects    *project.Service
	Entries     *entry.Service
	Final       *final.Service
	Reports     *report.Service
	Adopt       *adopt.Service
	Admission   *admission.Service
	Making      *making.Service
	Workspaces  *workspace.Service
	Guides      *guide.Service
	Centres     *centre.Service
	Bookings    *booking.Service
	Thread      *thread.Service
	Wheel       *wheel.Service
	Public      *public.Service
	Own         *own.Service
	Match       *match.Service
	Objects     *object.Kinds
	Tasks       *work.Service
	Attach      *attach.Service
	Follow      *follow.Service
	Search      *search.Service
	Persons     *person.Service
	Looks       *person.Looks
	Forms       *forms.Service
	// Registers looks up what is written in answers to forms.
	Registers draw.Registers

	sessions *accountweb.Sessions
}

func newServices(d *db.DB, cfg Config, files *file.Folder, texts *i18n.Bundle, starter func() (*vocab.Index, error)) (Services, error) {
	data, err := place.Starter()
	if err != nil {
		return Services{}, err
	}
	places, err := place.New(data)
	if err != nil {
		return Services{}, err
	}
	s := Services{Places: places, Accounts: account.New(d, cfg.Clock, scopes(places)), Support: support.New(d, cfg.Clock), Tasks: work.New(d, cfg.Clock)}
	s.Orgs = org.New(d, cfg.Clock, func(number string) bool {
		_, err := places.Municipality(place.Number(number))
		return err == nil
	})
	if s.Register, err = newRegister(d, cfg, s.Orgs); err != nil {
		return Services{}, err
	}
	v, err := starter()
	if err != nil {
		return Services{}, err
	}
	s.Vocab = vocab.NewLive(v)
	s.Forms = forms.New(d, cfg.Clock, question.Can{Files: files != nil})
	s.Registers = draw.Registers{Orgs: s.Orgs, Places: places, Clock: cfg.Clock, Concepts: concepts(s.Vocab)}
	s.Supply = supply.New(d, cfg.Clock, s.Orgs, places, supply.DefaultSettings())
	s.Needs = need.New(d, cfg.Clock, places, s.Orgs)
	s.Lists, s.Pools = list.New(s.Needs), pool.New(s.Needs)
	s.Asks = ask.New(s.Needs, s.Pools)
	s.Demand, s.Intake, s.Uploads = demand.New(s.Needs), intake.New(s.Needs), upload.New(d, cfg.Clock, intake.Sheets())
	s.Paste = paste.New(s.Needs).Knowing(paste.Known(s.Vocab.Now))
	s.Outreach = outreach.New(d, cfg.Clock)
	s.VisitIntake, s.VisitSheets = visits.New(d, s.Outreach, s.Orgs, places), upload.New(d, cfg.Clock, visits.Sheets())
	s.Bodies = meeting.New(d, cfg.Clock, places)
	s.Cases = casework.New(casework.Deps{DB: d, Clock: cfg.Clock, Bodies: s.Bodies})
	s.Writing, s.Treatments = writing.New(s.Cases, paperFigures(texts, &s)), treatment.New(s.Cases)
	s.Meetings = session.New(session.Deps{DB: d, Clock: cfg.Clock, Bodies: s.Bodies, Cases: s.Cases, Treatments: s.Treatments})
	s.Agenda, s.Floor, s.Minutes, s.FollowUps = agenda.New(s.Meetings), floor.New(s.Meetings), minutes.New(s.Meetings), followup.New(s.Meetings)
	s.Comments, s.Live = comment.New(s.Meetings), live.New(s.Meetings)
	deps := council.Deps{DB: d, Clock: cfg.Clock, Bodies: councils.Bodies{Meeting: s.Bodies}}
	s.Councils, s.Membership, s.Duties, s.Hearings = council.New(deps), member.New(deps), duty.New(deps), hearing.New(deps)
	s.Agenda.Standing = append(s.Agenda.Standing, toTell{texts})
	s.Own = own.New(s.Meetings)
	s.Own.Answered = append(s.Own.Answered, councils.Answered(s.Councils))
	s.Meetings.WhenCancelled = append(s.Meetings.WhenCancelled, s.Own.Drop)
	newForums(d, cfg, texts, &s)
	s.Develop, s.Positions, s.Costs = newDevelop(&s), newPositions(d, cfg, &s), cost.New(d, cfg.Clock)
	s.Agreements = agreement.New(d, cfg.Clock, s.Positions)
	s.Plans = plan.New(plan.Deps{DB: d, Clock: cfg.Clock, Agreements: s.Agreements, Gatherings: s.gatheringsOf})
	s.Thread = newThread(d, cfg, &s)
	s.Admission, s.Making = newAdmission(d, cfg, &s), newMaking(d, cfg, &s)
	s.Pledges, s.Projects = newPledges(d, cfg, &s), newProjects(d, cfg, &s)
	s.Entries = entry.New(entry.Deps{DB: d, Clock: cfg.Clock, Projects: s.Projects})
	s.Final = final.New(final.Deps{DB: d, Clock: cfg.Clock, Projects: s.Projects, Entries: s.Entries})
	s.Reports = report.New(report.Deps{DB: d, Clock: cfg.Clock, Projects: s.Projects, Forms: s.Forms})
	s.Measures = newMeasures(d, cfg, &s)
	s.Adopt = newAdopt(&s)
	s.Guides = newGuides(d, cfg, &s)
	s.Centres, s.Bookings = newCentres(d, cfg, &s)
	s.Workspaces, s.Reach = newWorkspaces(d, cfg, &s), reach.New(s.Needs, s.Outreach)
	s.Match = match.New(match.Deps{DB: d, Clock: cfg.Clock, Places: places, Vocab: s.Vocab, Supply: s.Supply, Support: s.Support,
		Needs: s.Needs, Lists: s.Lists, Pools: s.Pools, Log: cfg.Log, Like: cfg.Like})
	s.Taking = taking.New(taking.Deps{Intake: s.Intake, Needs: s.Needs, Orgs: s.Orgs, Register: s.Register, Places: places, Clock: cfg.Clock, Understand: s.Match.Understand})
	s.Storing = upload.Storing{Sheets: s.Uploads, ActorIn: s.Accounts.ActorIn, Open: s.Taking.Open, Fits: intake.Fits}
	s.Programmes = storing.New(storing.Deps{Supply: s.Supply, Batches: batch.New(s.Supply), Places: places, Clock: cfg.Clock, ActorIn: s.Accounts.ActorIn})
	s.VisitStoring = upload.Storing{Sheets: s.VisitSheets, ActorIn: s.Accounts.ActorIn, Open: s.VisitIntake.Open, Fits: visits.Fits}
	s.Objects = object.New(append(slices.Concat(workingObjects(&s), pledgeObjects(&s), admissionObjects(&s), makingObjects(&s), centreObjects(&s), workspaceObjects(&s), projectObjects(&s), measureObjects(&s)), list.Object(), pool.Object(), supply.Object(), org.Object(s.Orgs), round.Object(cfg.Clock), meeting.Object(s.Bodies),
		casework.Object(s.Cases), casework.DocumentObject(s.Cases), found.Object(s.Meetings), own.Object(s.Own), duty.Object(s.Duties, duty.Period), duty.Object(s.Duties, duty.Fee), hearing.Object(s.Hearings))...)
	s.Cases.Objects = s.Objects
	s.Search = search.New(d, cfg.Clock, s.Objects, v.Splitter())
	if s.Attach, err = newAttach(d, cfg, files, s.Objects); err != nil {
		return Services{}, err
	}
	s.Reports.Attach = s.Attach
	s.Public = public.New(public.Deps{DB: d, Clock: cfg.Clock, Bodies: s.Bodies, Cases: s.Cases, Sessions: s.Meetings, Minutes: s.Minutes, Attach: s.Attach})
	s.Follow = newFollow(d, cfg, texts, &s)
	s.Rounds = newRounds(d, cfg, texts, &s)
	s.Invitations = invite.New(invite.Deps{Room: s.Meetings, Accounts: s.Accounts, Post: s.Follow.WriteToOffice,
		Write: outgoing.Writer{Texts: texts, PublicURL: cfg.PublicURL, Contact: cfg.Contact}.Write})
	s.Heard = heard.New(s.Needs, s.Rounds)
	s.Persons, s.Looks = newPersons(d, cfg, &s), person.NewLooks(d, cfg.Clock, s.Objects, cfg.Log)
	s.sessions = accountweb.NewSessions(s.Accounts, cfg.Clock, strings.HasPrefix(cfg.PublicURL, "https://"))
	return s, nil
}

// newRounds makes the mapping rounds, which write to people through follow.
func newRounds(d *db.DB, cfg Config, texts *i18n.Bundle, s *Services) *round.Service {
	return round.New(round.Deps{DB: d, Clock: cfg.Clock, Forms: s.Forms, Attach: s.Attach, Orgs: s.Orgs, Register: s.Register, Places: s.Places,
		Post: s.Follow.WriteTo, Write: roundweb.Writer{Texts: texts, PublicURL: cfg.PublicURL}.Write})
}

// concepts is the vocabulary that answers to forms are understood by.
func concepts(v *vocab.Live) func() draw.Concepts { return func() draw.Concepts { return v.Now() } }

// refreshPace is the pause between two calls of the nightly reading: with it the
// register of enterprises hears from us five times a second at most.
const refreshPace = 200 * time.Millisecond

// newRegister makes the look-up in Enhetsregisteret, which asks nobody when no
// address is set.
func newRegister(d *db.DB, cfg Config, orgs *org.Service) (*register.Service, error) {
	deps := register.Deps{DB: d, Clock: cfg.Clock, Orgs: orgs, Pace: refreshPace, Log: cfg.Log}
	if cfg.Enhetsregisteret != "" {
		client, err := brreg.New(brreg.Options{Base: cfg.Enhetsregisteret, UserAgent: strings.TrimSpace("kompetansetorg/" + cfg.Version + " " + cfg.PublicURL)})
		if err != nil {
			return nil, err
		}
		deps.Source = client
	}
	return register.New(deps), nil
}

// scopes tells what a role is limited to. A municipality is followed to what it
// has become, a region to its members of the day; with them go the numbers that
// they had before. Forums, projects and schemes have no rooms yet.
func scopes(places *place.Register) account.Scopes {
	return func(s access.Scope, day clock.Date) ([]string, bool) {
		var members []place.Number
		var err error
		switch s.Kind {
		case access.ScopeNone:
			return nil, s.Ref == ""
		case access.ScopeMunicipality:
			members, err = places.Successors(place.Number(s.Ref), day)
		case access.ScopeRegion:
			var list []place.Municipality
			list, err = places.MembersAt(place.RegionID(s.Ref), day)
			members = place.Numbers(list)
		default:
			return nil, false
		}
		return text.Strings(places.Within(members, day)), err == nil
	}
}

// catalogues are the texts of every package that has pages.
func catalogues() []fs.FS {
	return []fs.FS{
		ownFiles,
		flowweb.Files,
		accountweb.Files,
		pick.Files,
		orgweb.Files,
		placeweb.Files,
		questionweb.Files,
		draw.Files,
		workweb.Files,
		followweb.Files,
		searchweb.Files,
		personweb.Files,
		attachview.Files,
		attachweb.Files,
		about.Files,
		needweb.Files,
		wording.Files,
		needpaper.Files,
		paperview.Files,
		uploadview.Files,
		poolweb.Files,
		boardweb.Files,
		importweb.Files,
		pasteweb.Files,
		supplyweb.Files,
		supportweb.Files,
		measureweb.Files,
		outreachweb.Files,
		roundweb.Files,
		matchweb.Files,
		settings.Files,
		rule.Files,
		financing.Files,
		outcome.Files,
		bodyweb.Files,
		caseweb.Files,
		meetingweb.Files,
		outgoing.Files,
		ownweb.Files,
		councilweb.Files,
		hearingweb.Files,
		leaf.Files,
		sheet.Files,
		forumweb.Files,
		standingweb.Files,
		developweb.Files,
		agreementweb.Files,
		positionweb.Files,
		planweb.Files,
		costweb.Files,
		pledgeweb.Files,
		projectweb.Files,
		finalweb.Files,
		reportweb.Files,
		adoptweb.Files,
		admissionweb.Files,
		funnelweb.Files,
		makingweb.Files,
		centreweb.Files,
		guideweb.Files,
		workspaceweb.Files,
		threadweb.Files,
		wheelweb.Files,
		openweb.Files,
	}
}

func (s *Site) identify(r *http.Request) (access.Actor, error) { return s.sessions.Identify(r) }

// roleKey is the name of a role.
func roleKey(r access.Role) i18n.Key { return i18n.Key("role." + string(r)) }
