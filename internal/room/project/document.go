package project

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
)

// Limits of a document.
const (
	MaxCode     = 40
	MaxTitle    = 200
	MaxWords    = 4_000
	MaxProjects = 2_000
)

// Document is a project with its sub-projects, as another system or a county writes them
// (docs/bruk/forum-og-fylke.md). Amounts are whole kroner, days are 2013-03-01, municipalities are
// numbers that were in use when the project went on.
type Document struct {
	DocumentProject
	Region   place.RegionID    `json:"region,omitempty"`
	Groups   []DocumentGroup   `json:"groups,omitempty"`
	Projects []DocumentProject `json:"projects,omitempty"`
	// Under is the code of a project that this one is a part of, empty for none: a county's own
	// project under a national programme.
	Under string `json:"under,omitempty"`
}

// DocumentGroup is a group of a document.
type DocumentGroup struct {
	Code  string    `json:"code"`
	Title i18n.Text `json:"title"`
}

// DocumentProject is what a parent and a sub-project both have.
type DocumentProject struct {
	Code           string              `json:"code"`
	Title          i18n.Text           `json:"title"`
	Goal           i18n.Text           `json:"goal,omitzero"`
	Summary        i18n.Text           `json:"summary,omitzero"`
	Background     i18n.Text           `json:"background,omitzero"`
	Method         i18n.Text           `json:"method,omitzero"`
	Audience       i18n.Text           `json:"audience,omitzero"`
	Transfer       i18n.Text           `json:"transfer,omitzero"`
	Next           i18n.Text           `json:"next,omitzero"`
	Aliases        []string            `json:"aliases,omitempty"`
	Programme      string              `json:"programme,omitempty"`
	Owner          string              `json:"owner,omitempty"`
	Group          string              `json:"group,omitempty"`
	Municipalities []place.Number      `json:"municipalities,omitempty"`
	Area           string              `json:"area,omitempty"`
	From           clock.Date          `json:"from,omitzero"`
	To             clock.Date          `json:"to,omitzero"`
	State          State               `json:"state,omitempty"`
	Card           string              `json:"card,omitempty"`
	Money          []DocumentMoney     `json:"money,omitempty"`
	Members        []DocumentMember    `json:"members,omitempty"`
	Agreements     []DocumentAgreement `json:"agreements,omitempty"`
	Notes          []DocumentNote      `json:"notes,omitempty"`
}

// DocumentMoney is what somebody pays, in whole kroner.
type DocumentMoney struct {
	Payer      string    `json:"payer"`
	Sort       MoneySort `json:"sort,omitempty"`
	Planned    int64     `json:"planned"`
	Actual     *int64    `json:"actual,omitempty"`
	Hours      int64     `json:"hours,omitempty"`
	Rate       int64     `json:"rate,omitempty"`
	FromParent bool      `json:"from_parent,omitempty"`
}

// DocumentAgreement is who delivers the project in which municipalities; under is the hub under
// whose agreement this one works.
type DocumentAgreement struct {
	Hub            string         `json:"hub"`
	Under          string         `json:"under,omitempty"`
	Municipalities []place.Number `json:"municipalities"`
	From           clock.Date     `json:"from,omitzero"`
	To             clock.Date     `json:"to,omitzero"`
}

// DocumentMember is somebody who leads or steers, by role.
type DocumentMember struct {
	Sort  MemberSort `json:"sort"`
	Role  string     `json:"role"`
	Leads bool       `json:"leads,omitempty"`
	Share int        `json:"share,omitempty"`
	From  clock.Date `json:"from,omitzero"`
	To    clock.Date `json:"to,omitzero"`
}

// ReadDocument reads a document. What is no document, or has fields that it does not know, is
// Invalid at the field "document", with what and where.
func ReadDocument(data []byte) (Document, error) {
	var d Document
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		where := dec.InputOffset()
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			where = wrong.Offset
		}
		line := 1 + bytes.Count(data[:min(int(where), len(data))], []byte("\n"))
		return d, fault.InvalidField("document", "project.error.document", "line", line, "what", err.Error())
	}
	return d, nil
}

// taking is a project of a document as it will stand, with its notes.
type taking struct {
	Project
	notes []Note
}

// parent is the parent as it will stand, and children its sub-projects; Invalid with every
// field that is wrong, by its path in the document: "projects.3.municipalities".
func (d Document) check(places *place.Register) (parent taking, children []taking, err error) {
	var fs fault.Fields
	if len(d.Projects) > MaxProjects {
		fs.Add("projects", "form.error.range", "min", 0, "max", MaxProjects)
		return taking{}, nil, fs.Err()
	}
	parent = taking{d.project(&fs, "", places), d.notes(&fs, "")}
	parent.Region = d.Region
	if d.Region != "" {
		if _, err := places.Region(d.Region); err != nil {
			fs.Add("region", "project.error.region")
		}
	}
	for i, g := range d.Groups {
		at := "groups." + strconv.Itoa(i)
		fs.Text(at+".code", g.Code, MaxCode, true)
		checkText(&fs, at+".title", g.Title, MaxTitle, true)
		if _, twice := parent.GroupTitle(g.Code); twice {
			fs.Add(at+".code", "project.error.twice")
		}
		parent.Groups = append(parent.Groups, Group(g))
	}
	seen := map[string]bool{}
	for i, x := range d.Projects {
		at := "projects." + strconv.Itoa(i) + "."
		p := x.project(&fs, at, places)
		if p.Group == General {
			p.Group = ""
		}
		if _, known := parent.GroupTitle(p.Group); p.Group != "" && !known {
			fs.Add(at+"group", "project.error.group")
		}
		if seen[p.Code] {
			fs.Add(at+"code", "project.error.twice")
		}
		seen[p.Code] = true
		if p.Programme == "" {
			p.Programme = parent.Programme
		}
		children = append(children, taking{p, x.notes(&fs, at)})
	}
	return parent, children, fs.Err()
}

func (x DocumentProject) project(fs *fault.Fields, at string, places *place.Register) Project {
	p := Project{Code: text.CleanLine(x.Code), Aliases: x.Aliases, Programme: text.CleanLine(x.Programme),
		Owner: text.CleanLine(x.Owner), Group: x.Group, Municipalities: x.Municipalities, Area: text.CleanLine(x.Area), Period: place.Period{From: x.From, To: x.To}, State: x.State}
	p.Texts = Texts{x.Title, x.Goal, x.Summary, x.Background, x.Method, x.Audience, x.Transfer, x.Next}
	p.Public, p.Card = true, text.CleanLine(x.Card)
	if p.State == "" {
		p.State = Idea
	}
	fs.Text(at+"code", p.Code, MaxCode, true)
	checkText(fs, at+"title", p.Title, MaxTitle, true)
	for name, words := range map[string]i18n.Text{"goal": p.Goal, "summary": p.Summary, "background": p.Background, "method": p.Method, "audience": p.Audience, "transfer": p.Transfer, "next": p.Next} {
		checkText(fs, at+name, words, MaxWords, false)
	}
	fs.Text(at+"card", p.Card, MaxCode, false)
	for name, s := range map[string]string{"programme": p.Programme, "owner": p.Owner, "area": p.Area} {
		fs.Text(at+name, s, MaxTitle, false)
	}
	if !slices.Contains(States(), p.State) {
		fs.Add(at+"state", "form.error.choice")
	}
	if !p.From.IsZero() && !p.To.IsZero() && p.To.Before(p.From) {
		fs.Add(at+"to", "project.error.backwards")
	}
	for i, n := range p.Municipalities {
		if _, err := places.Municipality(n); err != nil {
			fs.Add(at+"municipalities", "project.error.municipality", "number", string(n))
		} else if slices.Contains(p.Municipalities[:i], n) {
			fs.Add(at+"municipalities", "project.error.twice")
		}
	}
	p.Money, p.Members = x.money(fs, at), x.members(fs, at)
	for i, y := range x.Agreements {
		a := Agreement{Hub: y.Hub, Under: y.Under, Municipalities: y.Municipalities, Period: place.Period{From: y.From, To: y.To}}
		a.check(fs, at+"agreements."+strconv.Itoa(i)+".", places)
		p.Agreements = append(p.Agreements, a)
	}
	return p
}

func (x DocumentProject) money(fs *fault.Fields, at string) []Money {
	var out []Money
	for i, m := range x.Money {
		at := at + "money." + strconv.Itoa(i)
		if m.Sort == "" {
			m.Sort = Cash
		}
		fs.Text(at+".payer", m.Payer, MaxTitle, true)
		if !slices.Contains(MoneySorts(), m.Sort) {
			fs.Add(at+".sort", "form.error.choice")
		}
		planned, ok := kroner(m.Planned)
		if !ok {
			fs.Add(at+".planned", "project.error.amount")
		}
		line := Money{Payer: text.CleanLine(m.Payer), Sort: m.Sort, Planned: planned, FromParent: m.FromParent}
		if m.Hours != 0 || m.Rate != 0 {
			line.Hours = m.Hours
			if line.Rate, ok = kroner(m.Rate); !ok || m.Sort != Work || m.Hours < 1 || m.Hours > maxHours || m.Rate > maxRate {
				fs.Add(at+".hours", "project.error.hours")
			}
			line.Planned = money.NOK(line.Hours) * line.Rate
		}
		if m.Actual != nil {
			paid, ok := kroner(*m.Actual)
			if !ok {
				fs.Add(at+".actual", "project.error.amount")
			}
			line.Actual = &paid
		}
		out = append(out, line)
	}
	return out
}

// maxKroner is more than any project has.
const maxKroner = 100_000_000_000

func kroner(n int64) (money.NOK, bool) {
	if n < 0 || n > maxKroner {
		return 0, false
	}
	return money.Kroner(n), true
}

func (x DocumentProject) members(fs *fault.Fields, at string) []Member {
	var out []Member
	for i, m := range x.Members {
		at := at + "members." + strconv.Itoa(i)
		fs.Text(at+".role", m.Role, MaxTitle, true)
		if !slices.Contains(MemberSorts(), m.Sort) {
			fs.Add(at+".sort", "form.error.choice")
		}
		if m.Share < 0 || m.Share > 100 {
			fs.Add(at+".share", "form.error.range", "min", 0, "max", 100)
		}
		if !m.From.IsZero() && !m.To.IsZero() && m.To.Before(m.From) {
			fs.Add(at+".to", "project.error.backwards")
		}
		out = append(out, Member{Sort: m.Sort, Role: text.CleanLine(m.Role), Leads: m.Leads, Share: m.Share, Period: place.Period{From: m.From, To: m.To}})
	}
	return out
}

// check cleans the agreement, and says what is wrong with it.
func (a *Agreement) check(fs *fault.Fields, at string, places *place.Register) {
	a.Hub, a.Under = text.CleanLine(a.Hub), text.CleanLine(a.Under)
	fs.Text(at+"hub", a.Hub, MaxTitle, true)
	fs.Text(at+"under", a.Under, MaxTitle, false)
	if len(a.Municipalities) == 0 {
		fs.Add(at+"municipalities", "form.error.required")
	}
	for i, n := range a.Municipalities {
		if _, err := places.Municipality(n); err != nil {
			fs.Add(at+"municipalities", "project.error.municipality", "number", string(n))
		} else if slices.Contains(a.Municipalities[:i], n) {
			fs.Add(at+"municipalities", "project.error.twice")
		}
	}
	if !a.From.IsZero() && !a.To.IsZero() && a.To.Before(a.From) {
		fs.Add(at+"to", "project.error.backwards")
	}
}

func checkText(fs *fault.Fields, name string, t i18n.Text, most int, required bool) {
	for _, s := range []string{t.NB, t.NN, t.EN} {
		fs.Text(name, s, most, false)
	}
	if required && t.String() == "" {
		fs.Add(name, "form.error.required")
	}
}
