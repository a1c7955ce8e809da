package needweb

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/needweb/telling"
)

func (p *pages) registerAPI(d *gate.Door, registrars gate.Rule) {
	tags := []string{"needs"}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/needs", Rule: gate.Public(), ID: "list-needs", Summary: "Needs the caller may see", Tags: tags}, p.apiList)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/needs", Rule: registrars, ID: "create-need", Summary: "Report a need", Tags: tags, Status: http.StatusCreated}, p.apiCreate)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/needs/{id}", Rule: gate.Public(), ID: "get-need", Summary: "A need, as far as the caller may see it", Tags: tags}, p.apiGet)
	gate.Register(d, gate.Op{Method: "POST", Path: "/api/v1/needs/{id}/moves", Rule: gate.SignedIn(), ID: "move-need", Summary: "Move a need to another state", Tags: tags}, p.apiMove)
}

// needContent is what is said about a need. The four mandatory fields are not
// marked so in the schema, as the room's own refusals point at the field and
// are in the caller's language.
type needContent struct {
	Text                  string   `json:"text,omitempty" doc:"The need in one's own words. Mandatory."`
	Organisation          string   `json:"organisation,omitempty" doc:"Id, organisation number or name. Mandatory unless firms says how many."`
	Municipality          string   `json:"municipality,omitempty" doc:"Number or name. Mandatory."`
	Headcount             int      `json:"headcount,omitempty" doc:"How many people. Mandatory."`
	Title                 string   `json:"title,omitempty"`
	Firms                 int      `json:"firms,omitempty" doc:"Number of firms of an aggregated need, which has no organisation"`
	RepresentedBy         string   `json:"represented_by,omitempty" doc:"Id of the caller's organisation that speaks for another"`
	MandateGround         string   `json:"mandate_ground,omitempty" doc:"How the mandate was given, when none is recorded"`
	Sector                string   `json:"sector,omitempty" doc:"Letter of SN2007"`
	Purpose               string   `json:"purpose,omitempty" doc:"recruitment, upskilling, both"`
	Level                 string   `json:"level,omitempty" doc:"vgs, fagbrev, fagskole, hoyere, kurs, unknown"`
	Forms                 []string `json:"forms,omitempty" doc:"nett, samlinger, bedrift, blandet, campus"`
	WantedFrom            string   `json:"wanted_from,omitempty" doc:"A day, 2027-08-01"`
	Horizon               string   `json:"horizon,omitempty" doc:"now, 1y, 3y, 5y, 10y"`
	Cause                 string   `json:"cause,omitempty" doc:"departure, growth, new_technology, requirement, turnover"`
	Consequences          []string `json:"consequences,omitempty" doc:"lost_orders, less_service, overtime, lower_quality, no_growth, hired_in, risk_of_closing"`
	Barriers              []string `json:"barriers,omitempty" doc:"distance, economy, travel, lost_time, facilitation, no_offer"`
	Willing               []string `json:"willing,omitempty" doc:"employ_first, apprentice, co_finance, instructor"`
	WillingPledgeSeats    int      `json:"willing_pledge_seats,omitempty"`
	Confidentiality       string   `json:"confidentiality,omitempty" doc:"open, providers, forum, internal"`
	ConfidentialityGround string   `json:"confidentiality_ground,omitempty"`
	Language              string   `json:"language,omitempty" doc:"Of the text: nb, nn, en"`
}

// needJSON is a need in JSON. Lists leave out the long texts.
type needJSON struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	needContent
	OrganisationName string      `json:"organisation_name,omitempty"`
	Field            string      `json:"field,omitempty"`
	State            string      `json:"state"`
	WithoutForum     bool        `json:"taken_without_forum"`
	Due              *clock.Date `json:"due,omitempty"`
	Overdue          bool        `json:"overdue"`
	Provider         string      `json:"provider,omitempty"`
	AnswerBy         *clock.Date `json:"answer_by,omitempty"`
	Answer           *AnswerJSON `json:"answer,omitempty" doc:"What the provider that follows up has answered; not in lists"`
	Pool             string      `json:"pool,omitempty"`
	Ball             *needBall   `json:"ball,omitempty"`
	History          []needStep  `json:"history,omitempty"`
	FollowURL        string      `json:"follow_url,omitempty"`
	SubmittedAt      *clock.Time `json:"submitted_at,omitempty"`
	Version          int64       `json:"version"`
}

type needBall struct {
	Party        string `json:"party"`
	Organisation string `json:"organisation,omitempty"`
	Name         string `json:"name,omitempty"`
	Role         string `json:"role,omitempty"`
}

type needStep struct {
	State string     `json:"state"`
	At    clock.Time `json:"at"`
	Role  string     `json:"role,omitempty"`
	Note  string     `json:"note,omitempty"`
}

type needsIn struct {
	Q            string `query:"q" maxLength:"200" doc:"Words, a number or a name to look for"`
	State        string `query:"state"`
	Purpose      string `query:"purpose"`
	Level        string `query:"level"`
	Municipality string `query:"municipality" doc:"Number or name"`
	Region       string `query:"region"`
	Mine         bool   `query:"mine" doc:"Those of the caller's organisations, drafts too"`
	Ball         bool   `query:"ball" doc:"Those the caller has to act on"`
	Overdue      bool   `query:"overdue"`
	Sort         string `query:"sort" doc:"newest, oldest, number, number_desc, municipality, headcount, wanted_from, due"`
	Limit        int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
	After        string `query:"after"`
}

type needsOut struct {
	Body struct {
		Items []needJSON `json:"items"`
		Total int        `json:"total"`
		Next  string     `json:"next,omitempty"`
	}
}

type needOut struct{ Body needJSON }

func (p *pages) apiList(ctx context.Context, actor access.Actor, in *needsIn) (*needsOut, error) {
	values := url.Values{"q": {in.Q}, "state": {in.State}, "purpose": {in.Purpose}, "level": {in.Level}, "municipality": {in.Municipality},
		"region": {in.Region}, "sort": {in.Sort}, "after": {in.After}}
	a, err := p.readList(values)
	if err != nil {
		return nil, err
	}
	a.Mine, a.BallMine, a.Overdue, a.Limit = in.Mine, in.Ball, in.Overdue, in.Limit
	page, total, err := p.Lists.List(ctx, actor, a.Query)
	if err != nil {
		return nil, err
	}
	out := &needsOut{}
	out.Body.Items, out.Body.Total, out.Body.Next = make([]needJSON, len(page.Items)), total, page.Next
	for i, it := range page.Items {
		out.Body.Items[i] = fromItem(it)
	}
	return out, nil
}

func fromItem(it list.Item) needJSON {
	n := needJSON{ID: string(it.ID), Number: it.Number, OrganisationName: it.OrganisationName, Field: string(it.Field), State: string(it.State),
		WithoutForum: it.TakenWithoutForum, Due: day(it.Due), Overdue: it.Overdue, Provider: string(it.Provider), Version: it.Version,
		needContent: needContent{Title: it.Title, Organisation: string(it.Organisation), Firms: it.Firms, RepresentedBy: string(it.RepresentedBy),
			Municipality: it.Municipality, Headcount: it.Headcount, Sector: it.Sector, Purpose: string(it.Purpose), Level: string(it.Level),
			WantedFrom: it.WantedFrom.String(), Confidentiality: string(it.Confidentiality)}}
	if it.Pool != nil {
		n.Pool = string(it.Pool.ID)
	}
	if !it.SubmittedAt.IsZero() {
		n.SubmittedAt = &it.SubmittedAt
	}
	return n
}

func day(d clock.Date) *clock.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

// apiDetail is all of a need that its reader may see.
func (p *pages) apiDetail(ctx context.Context, actor access.Actor, id need.ID) (*needOut, error) {
	d, err := p.Needs.Get(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	c := d.Content
	n := needJSON{ID: string(d.ID), Number: d.Number, OrganisationName: d.OrganisationName, Field: string(d.Field), State: string(d.State),
		WithoutForum: d.TakenWithoutForum, Due: day(d.Ball.Due), Overdue: d.Overdue, Provider: string(d.Provider), AnswerBy: day(d.AnswerBy), Version: d.Version,
		Ball: &needBall{Party: string(d.Ball.Party), Organisation: string(d.Ball.Org), Name: d.Ball.Name, Role: string(d.Ball.Role)},
		needContent: needContent{Text: c.Text, Title: c.Title, Organisation: string(c.Organisation), Firms: c.Firms, RepresentedBy: string(c.RepresentedBy),
			MandateGround: c.MandateGround, Municipality: c.Municipality, Headcount: c.Headcount, Sector: c.Sector, Purpose: string(c.Purpose),
			Level: string(c.Level), Forms: text.Strings(c.Forms), WantedFrom: c.WantedFrom.String(), Horizon: string(c.Horizon), Cause: string(c.Cause),
			Consequences: text.Strings(c.Consequences), Barriers: text.Strings(c.Barriers), Willing: text.Strings(telling.WillingCodes(c.Willing)), WillingPledgeSeats: c.Willing.PledgeSeats,
			Confidentiality: string(c.Confidentiality), ConfidentialityGround: c.ConfidentialityGround, Language: string(c.Lang)}}
	if d.PoolRef != nil {
		n.Pool = string(d.PoolRef.ID)
	}
	if !d.SubmittedAt.IsZero() {
		n.SubmittedAt = &d.SubmittedAt
	}
	for _, s := range d.Steps {
		if s.To != need.Draft {
			n.History = append(n.History, needStep{State: string(s.To), At: s.At, Role: string(s.Role), Note: s.Note})
		}
	}
	if p.Standing != nil {
		if n.Answer, err = p.Standing(ctx, actor, d.ID); err != nil {
			return nil, err
		}
	}
	if d.Sight == need.Full && !d.IsDraft() {
		token, err := p.Needs.Token(ctx, actor, d.ID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
		if token != "" {
			n.FollowURL = p.PublicURL + "/folg/" + token
		}
	}
	return &needOut{n}, nil
}

type needIDIn struct {
	ID string `path:"id"`
}

func (p *pages) apiGet(ctx context.Context, actor access.Actor, in *needIDIn) (*needOut, error) {
	n, err := need.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	return p.apiDetail(ctx, actor, n)
}

type needIn struct{ Body needContent }

func (p *pages) apiCreate(ctx context.Context, actor access.Actor, in *needIn) (*needOut, error) {
	var fs fault.Fields
	c, err := p.apiRead(ctx, &fs, in.Body)
	if err != nil {
		return nil, err
	}
	if err := fs.Err(); err != nil {
		return nil, err
	}
	c.Concepts = p.understood(nil, c.Text)
	n, err := p.Needs.Register(ctx, actor, c)
	if err != nil {
		return nil, err
	}
	return p.apiDetail(ctx, actor, n.ID)
}

// apiRead turns what was sent into a content; what names nothing is noted at
// its field, and so is what is missing, so that all is told at once.
func (p *pages) apiRead(ctx context.Context, fs *fault.Fields, in needContent) (need.Content, error) {
	c := need.Content{Text: in.Text, Title: in.Title, Firms: in.Firms, RepresentedBy: org.ID(in.RepresentedBy), MandateGround: in.MandateGround,
		Sector: in.Sector, Purpose: need.Purpose(in.Purpose), Level: need.Level(in.Level), Forms: text.Typed[need.Form](in.Forms),
		Horizon: need.Horizon(in.Horizon), Cause: need.Cause(in.Cause), Consequences: text.Typed[need.Consequence](in.Consequences),
		Barriers: text.Typed[need.Barrier](in.Barriers), Headcount: in.Headcount, Willing: telling.WillingOf(text.Typed[telling.Willingness](in.Willing), in.WillingPledgeSeats),
		Confidentiality: need.Confidentiality(in.Confidentiality), ConfidentialityGround: in.ConfidentialityGround, Lang: i18n.Lang(in.Language)}
	for _, w := range in.Willing {
		if !slices.Contains(telling.AllWilling(), telling.Willingness(w)) {
			fs.Add("willing", "form.error.choice")
			break
		}
	}
	dates := form.Read(url.Values{"wanted_from": {in.WantedFrom}})
	c.WantedFrom = dates.Date("wanted_from")
	if err := fs.AddErr(dates.Err()); err != nil {
		return c, err
	}
	if strings.TrimSpace(in.Municipality) != "" {
		c.Municipality = p.numberOf(fs.Add, in.Municipality)
	} else {
		fs.Add("municipality", "form.error.municipality")
	}
	if text.IsBlank(in.Text) {
		fs.Add("text", "need.error.text_required")
	}
	if in.Headcount == 0 {
		fs.Add("headcount", "need.error.headcount_required")
	}
	return c, p.apiWhose(ctx, fs, in, &c)
}

func (p *pages) apiWhose(ctx context.Context, fs *fault.Fields, in needContent, c *need.Content) error {
	if strings.TrimSpace(in.Organisation) == "" {
		if in.Firms < 2 {
			fs.Add("organisation", "need.error.organisation_required")
		}
		return nil
	}
	o, err := p.lookUp(ctx, in.Organisation)
	switch {
	case fault.Is(err, fault.NotFound):
		fs.Add("organisation", "need.error.unknown_organisation")
		return nil
	case fault.Is(err, fault.Conflict):
		fs.Add("organisation", "need.error.ambiguous_organisation")
		return nil
	}
	c.Organisation = o
	return err
}

type needMoveIn struct {
	ID   string `path:"id"`
	Body struct {
		To       string `json:"to,omitempty" doc:"The state to move to. Mandatory. Covered is said by the organisation or its adviser; 409 to others, unless it has been shown"`
		From     string `json:"from,omitempty" doc:"The state the caller saw; 409 when it is another by now"`
		Note     string `json:"note,omitempty"`
		Provider string `json:"provider,omitempty" doc:"Id of the provider that follows up"`
		AnswerBy string `json:"answer_by,omitempty" doc:"A day, 2027-08-01"`
	}
}

func (p *pages) apiMove(ctx context.Context, actor access.Actor, in *needMoveIn) (*needOut, error) {
	n, err := need.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	read := form.Read(url.Values{"answer_by": {in.Body.AnswerBy}})
	m := need.Moving{To: flow.State(in.Body.To), From: flow.State(in.Body.From), Note: in.Body.Note, Provider: org.ID(in.Body.Provider), AnswerBy: read.Date("answer_by")}
	if m.To == "" {
		read.Refuse("to", "form.error.required")
	}
	if err := read.Err(); err != nil {
		return nil, err
	}
	if _, err := p.Needs.Move(ctx, actor, n, m); err != nil {
		return nil, err
	}
	return p.apiDetail(ctx, actor, n)
}
