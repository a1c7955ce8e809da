package projectweb

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/project"
)

func registerAPI(d *gate.Door, p *Pages) {
	tags := []string{"project"}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/projects", Rule: gate.Public(), ID: "list-projects", Summary: "Projects and sub-projects, in the order of their owners' codes", Tags: tags}, p.apiList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/projects/{id}", Rule: gate.Public(), ID: "get-project", Summary: "A project with who pays, who steers and its sub-projects counted", Tags: tags}, p.apiGet)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/projects", Rule: gate.Roles(access.RoleCaseOfficer), ID: "take-in-projects", Summary: "Take in a project with its sub-projects: new ones are made, known codes are written over", Tags: tags}, p.apiTakeIn)
}

// ProjectPlace is a municipality under the number that it had, with those of today.
type ProjectPlace struct {
	Number string         `json:"number"`
	Name   string         `json:"name"`
	Now    []ProjectToday `json:"now" doc:"The municipalities that stand for it today"`
}

// ProjectToday is a municipality of today.
type ProjectToday struct {
	Number string `json:"number"`
	Name   string `json:"name"`
}

// Project is a project in JSON.
type Project struct {
	ID             string         `json:"id"`
	Number         string         `json:"number"`
	Code           string         `json:"code"`
	Parent         string         `json:"parent,omitempty"`
	Title          i18n.Text      `json:"title"`
	Aliases        []string       `json:"aliases"`
	Summary        i18n.Text      `json:"summary"`
	Goal           i18n.Text      `json:"goal"`
	Card           string         `json:"card,omitempty" doc:"The measure of the toolbox that it was made of"`
	Programme      string         `json:"programme,omitempty" doc:"The national call or scheme"`
	Owner          string         `json:"owner,omitempty"`
	TargetGroup    string         `json:"target_group,omitempty" doc:"One of the parent's, or generelt; of a sub-project"`
	Municipalities []ProjectPlace `json:"municipalities"`
	Area           string         `json:"area,omitempty" doc:"Where it goes on, in words"`
	From           clock.Date     `json:"from,omitzero"`
	To             clock.Date     `json:"to,omitzero"`
	State          string         `json:"state" enum:"idea,described,applied,granted,running,reported,compiled,continued,closed"`
}

// ProjectMoney is what somebody pays, in øre.
type ProjectMoney struct {
	Payer      string `json:"payer"`
	Sort       string `json:"sort" enum:"cash,work,other"`
	Planned    int64  `json:"planned" doc:"In øre"`
	Actual     *int64 `json:"actual" doc:"In øre; null until it is known"`
	Share      int    `json:"share" doc:"Of the planned sum, in hundredths of a per cent"`
	Hours      int64  `json:"hours,omitempty" doc:"Of own work"`
	Rate       int64  `json:"rate,omitempty" doc:"In øre an hour"`
	FromParent bool   `json:"from_parent,omitempty" doc:"Out of the parent's frame, which does not count it again"`
}

// ProjectMember is who leads or steers, by role.
type ProjectMember struct {
	Sort  string     `json:"sort" enum:"manager,steering,contact"`
	Role  string     `json:"role"`
	Leads bool       `json:"leads"`
	Share int        `json:"share,omitempty" doc:"Of a full position, in per cent"`
	From  clock.Date `json:"from,omitzero"`
	To    clock.Date `json:"to,omitzero"`
}

// ProjectGroup is a group with how many sub-projects are aimed at it; generelt are the general
// measures.
type ProjectGroup struct {
	Code     string    `json:"code"`
	Title    i18n.Text `json:"title"`
	Projects int       `json:"projects"`
}

// ProjectDetail is a project with all that is kept of it.
type ProjectDetail struct {
	Project
	Sum     int64           `json:"sum" doc:"What all plan to pay, in øre"`
	Money   []ProjectMoney  `json:"money"`
	Members []ProjectMember `json:"members"`
	Groups  []ProjectGroup  `json:"groups"`
	// Places and Hubs count the sub-projects by municipality and by the hub that leads there.
	Places     []ProjectCount     `json:"by_municipality"`
	Hubs       []ProjectHub       `json:"by_hub"`
	Located    int                `json:"located" doc:"Sub-projects that name a municipality"`
	Links      int                `json:"links" doc:"Pairs of a sub-project and a municipality"`
	All        int                `json:"projects" doc:"Sub-projects"`
	Agreements []ProjectAgreement `json:"agreements"`
	Coverage   ProjectCoverage    `json:"coverage" doc:"How the hubs that lead cover the municipalities on the project's last day, or today"`
	Steps      []ProjectStep      `json:"steps"`
	Notes      []ProjectNote      `json:"notes" doc:"What happened along the way"`
	// Entry is null until it is complete, EntriesMissing how many sub-projects have none.
	Entry          *ProjectEntry `json:"entry" doc:"What it says of itself when it is done"`
	EntriesMissing int           `json:"entries_missing"`
}

// ProjectAgreement is who delivers the project in which municipalities.
type ProjectAgreement struct {
	Hub            string     `json:"hub"`
	Under          string     `json:"under,omitempty" doc:"The hub under whose agreement it works"`
	Municipalities []string   `json:"municipalities"`
	From           clock.Date `json:"from,omitzero"`
	To             clock.Date `json:"to,omitzero"`
}

// ProjectCoverage is whether each municipality has one hub that leads, on a day.
type ProjectCoverage struct {
	Day     clock.Date `json:"day"`
	Members int        `json:"members" doc:"Municipalities that take part"`
	OK      bool       `json:"ok"`
	Gaps    []string   `json:"gaps"`
	Twice   []string   `json:"twice"`
	Outside []string   `json:"outside"`
}

// ProjectStep is something to be done.
type ProjectStep struct {
	Words  string     `json:"words"`
	DoneOn clock.Date `json:"done_on,omitzero"`
}

// ProjectNote is something that happened along the way.
type ProjectNote struct {
	Kind     string     `json:"kind" enum:"meeting,workshop,conference,mapping,decision,news,shift,asked,plan,next"`
	Day      clock.Date `json:"day,omitzero"`
	DayWords string     `json:"day_words,omitempty"`
	Words    string     `json:"words"`
	Who      string     `json:"who,omitempty"`
	Attended *int       `json:"attended"`
	Invited  *int       `json:"invited"`
	From     string     `json:"from,omitempty"`
	To       string     `json:"to,omitempty"`
	Amount   *int64     `json:"amount" doc:"In øre"`
	Outcome  string     `json:"outcome,omitempty"`
	Ref      string     `json:"ref,omitempty"`
}

// ProjectEntry is the three fields of the compendium.
type ProjectEntry struct {
	Short          string `json:"short"`
	Attainment     string `json:"attainment" enum:"reached,partly,not"`
	AttainmentText string `json:"attainment_text"`
	Follow         string `json:"follow_up" enum:"continued,taken_over,ended"`
	FollowText     string `json:"follow_up_text"`
	Contact        string `json:"contact,omitempty" doc:"A role or an organisation with experience, when it may be shown"`
}

// ProjectCount is how many sub-projects a municipality has, under its number of then.
type ProjectCount struct {
	Number   string `json:"number"`
	Name     string `json:"name"`
	Projects int    `json:"projects"`
}

// ProjectHub is how many sub-projects are in the municipalities that a hub leads in.
type ProjectHub struct {
	Hub            string   `json:"hub"`
	Municipalities []string `json:"municipalities"`
	Partners       []string `json:"partners"`
	Projects       int      `json:"projects"`
}

// general is the name of the general measures.
func (p *Pages) general() i18n.Text {
	say := func(l i18n.Lang) string { return p.door.Texts.Printer(l).T("project.general") }
	return i18n.Text{NB: say(i18n.NB), NN: say(i18n.NN), EN: say(i18n.EN)}
}

// code is the group of a sub-project as others name it.
func code(x project.Project) string {
	if x.Aimed && x.Group == "" {
		return project.General
	}
	return x.Group
}

func (p *Pages) json(x project.Project) Project {
	out := Project{ID: string(x.ID), Number: x.Number, Code: x.Code, Parent: string(x.Parent), Title: x.Title, Aliases: x.Aliases, Summary: x.Summary, Goal: x.Goal, Card: x.Card, Programme: x.Programme, Owner: x.Owner,
		TargetGroup: code(x), Municipalities: []ProjectPlace{}, Area: x.Area, From: x.From, To: x.To, State: string(x.State)}
	if out.Aliases == nil {
		out.Aliases = []string{}
	}
	for _, n := range x.Municipalities {
		m := ProjectPlace{Number: string(n), Now: []ProjectToday{}}
		if then, err := p.Places.Municipality(n); err == nil {
			m.Name = then.Name
		}
		for _, now := range p.Words.Heirs(n) {
			m.Now = append(m.Now, ProjectToday{string(now.Number), now.Name})
		}
		out.Municipalities = append(out.Municipalities, m)
	}
	return out
}

type projectsIn struct {
	Q            string `query:"q" maxLength:"200" doc:"Words to look for"`
	Parent       string `query:"parent" doc:"The id of the parent"`
	TargetGroup  string `query:"target_group" maxLength:"40" doc:"The code of a group; generelt for general measures"`
	Municipality string `query:"municipality" maxLength:"4" doc:"A number of today or of then"`
	Limit        int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
	After        string `query:"after" maxLength:"4000" doc:"next of the page before"`
}

type projectsOut struct {
	Body struct {
		Items []Project `json:"items"`
		Total int       `json:"total"`
		Next  string    `json:"next,omitempty"`
	}
}

func (p *Pages) apiList(ctx context.Context, actor access.Actor, in *projectsIn) (*projectsOut, error) {
	f := project.Filter{Text: in.Q, Group: in.TargetGroup, Municipality: place.Number(in.Municipality)}
	if in.TargetGroup == project.General {
		f.Group, f.General = "", true
	}
	if in.Parent != "" {
		id, err := project.ParseID(in.Parent)
		if err != nil {
			return nil, fault.InvalidField("parent", "form.error.choice")
		}
		f.Parent = id
	}
	found, all, err := p.Projects.Page(ctx, actor, f, in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &projectsOut{}
	out.Body.Items, out.Body.Total, out.Body.Next = make([]Project, len(found.Items)), all, found.Next
	for i, x := range found.Items {
		out.Body.Items[i] = p.json(x)
	}
	return out, nil
}

type projectIn struct {
	ID string `path:"id"`
}

type projectOut struct{ Body ProjectDetail }

func (p *Pages) apiGet(ctx context.Context, actor access.Actor, in *projectIn) (*projectOut, error) {
	id, err := project.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	d, err := p.Projects.Get(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	sum, tally := project.Sum(d.Money), project.Count(d.Children, p.Projects.Leads(d.Project, d.At(p.Clock.Today())))
	out := ProjectDetail{Project: p.json(d.Project), Sum: int64(sum), Money: []ProjectMoney{}, Members: []ProjectMember{}, Groups: []ProjectGroup{}, Places: []ProjectCount{}, Hubs: []ProjectHub{}, Located: tally.Located, Links: tally.Links, All: tally.All}
	for _, m := range d.Money {
		line := ProjectMoney{Payer: m.Payer, Sort: string(m.Sort), Planned: int64(m.Planned), Share: m.Share(sum), Hours: m.Hours, Rate: int64(m.Rate), FromParent: m.FromParent}
		if m.Actual != nil {
			paid := int64(*m.Actual)
			line.Actual = &paid
		}
		out.Money = append(out.Money, line)
	}
	for _, m := range d.Members {
		out.Members = append(out.Members, ProjectMember{string(m.Sort), m.Role, m.Leads, m.Share, m.From, m.To})
	}
	if len(d.Groups) > 0 {
		out.Groups = append(out.Groups, ProjectGroup{Code: project.General, Title: p.general(), Projects: tally.Groups[""]})
	}
	for _, g := range d.Groups {
		out.Groups = append(out.Groups, ProjectGroup{g.Code, g.Title, tally.Groups[g.Code]})
	}
	if err := p.said(ctx, d, &out); err != nil {
		return nil, err
	}
	if err := p.life(ctx, actor, d, &out); err != nil {
		return nil, err
	}
	for _, c := range tally.Places {
		m, err := p.Places.Municipality(c.Number)
		if err != nil {
			return nil, err
		}
		out.Places = append(out.Places, ProjectCount{string(c.Number), m.Name, c.Projects})
	}
	for _, h := range tally.Hubs {
		out.Hubs = append(out.Hubs, ProjectHub{h.Hub, text.Strings(h.Municipalities), append([]string{}, h.Partners...), h.Projects})
	}
	return &projectOut{out}, nil
}

// life fills in who delivers it, what is to be done and what happened.
func (p *Pages) life(ctx context.Context, actor access.Actor, d project.Detail, out *ProjectDetail) error {
	notes, err := p.Projects.Notes(ctx, actor, d.ID)
	if err != nil {
		return err
	}
	day := d.At(p.Clock.Today())
	cover, err := p.Projects.Coverage(d.Project, day)
	if err != nil {
		return err
	}
	numbers := func(list []place.Municipality) []string {
		return append([]string{}, text.Strings(place.Numbers(list))...)
	}
	out.Coverage = ProjectCoverage{Day: day, Members: len(p.Projects.Members(d.Project, day)), OK: cover.OK(), Gaps: numbers(cover.Gaps), Outside: numbers(cover.Outside), Twice: []string{}}
	for _, o := range cover.Overlaps {
		out.Coverage.Twice = append(out.Coverage.Twice, string(o.Municipality.Number))
	}
	out.Agreements, out.Steps, out.Notes = []ProjectAgreement{}, []ProjectStep{}, []ProjectNote{}
	for _, a := range d.Agreements {
		out.Agreements = append(out.Agreements, ProjectAgreement{a.Hub, a.Under, text.Strings(a.Municipalities), a.From, a.To})
	}
	for _, s := range d.Steps {
		out.Steps = append(out.Steps, ProjectStep{s.Words, s.DoneOn})
	}
	for _, n := range notes {
		line := ProjectNote{Kind: string(n.Kind), Day: n.Day, DayWords: n.DayWords, Words: n.Words, Who: n.Who, Attended: n.Attended, Invited: n.Invited, From: n.FromPost, To: n.ToPost, Outcome: n.Outcome, Ref: n.Ref}
		if n.Amount != nil {
			amount := int64(*n.Amount)
			line.Amount = &amount
		}
		out.Notes = append(out.Notes, line)
	}
	return nil
}

// said fills in what the project, and its sub-projects, say of themselves, as all may see it.
func (p *Pages) said(ctx context.Context, d project.Detail, out *ProjectDetail) error {
	e, err := p.Entries.Of(ctx, access.Actor{}, d)
	if err != nil {
		return err
	}
	if e.IsComplete() {
		out.Entry = &ProjectEntry{e.Short, string(e.Attainment), e.AttainmentText, string(e.Follow), e.FollowText, e.Contact}
	}
	if len(d.Children) == 0 {
		return nil
	}
	c, err := p.Entries.Compendium(ctx, access.Actor{}, d.ID)
	out.EntriesMissing = len(c.Missing)
	return err
}

type takeInIn struct{ Body project.Document }

type takeInOut struct {
	Body struct {
		Project   string `json:"project" doc:"The id of the parent"`
		New       int    `json:"new"`
		Changed   int    `json:"changed"`
		Unchanged int    `json:"unchanged"`
	}
}

func (p *Pages) apiTakeIn(ctx context.Context, actor access.Actor, in *takeInIn) (*takeInOut, error) {
	done, err := p.Projects.TakeIn(ctx, actor, in.Body)
	out := &takeInOut{}
	out.Body.Project, out.Body.New, out.Body.Changed, out.Body.Unchanged = string(done.Project), done.New, done.Changed, done.Unchanged
	return out, err
}
