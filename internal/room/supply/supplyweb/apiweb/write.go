package apiweb

import (
	"context"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// programmeBody is what a provider writes of a programme.
type programmeBody struct {
	Provider       string      `json:"provider,omitempty" doc:"Needed when the caller writes for several"`
	Title          i18n.Text   `json:"title,omitempty"`
	Description    i18n.Text   `json:"description,omitempty"`
	Code           string      `json:"code,omitempty"`
	CodeType       string      `json:"code_type,omitempty"`
	Level          string      `json:"level,omitempty"`
	NKR            string      `json:"nkr,omitempty"`
	Credits        float64     `json:"credits,omitempty"`
	CreditUnit     string      `json:"credit_unit,omitempty"`
	Outcomes       []i18n.Text `json:"outcomes,omitempty"`
	Occupations    []string    `json:"occupations,omitempty"`
	Fields         []string    `json:"fields,omitempty"`
	Topics         []string    `json:"topics,omitempty"`
	Admission      i18n.Text   `json:"admission,omitempty"`
	Languages      []string    `json:"languages,omitempty"`
	DigitalShare   *int        `json:"digital_share,omitempty"`
	WorkplaceShare *int        `json:"workplace_share,omitempty"`
	Supervision    i18n.Text   `json:"supervision,omitempty"`
	Adapts         string      `json:"adapts,omitempty"`
	ValidFrom      string      `json:"valid_from,omitempty"`
	ValidTo        string      `json:"valid_to,omitempty"`
	Contact        string      `json:"contact,omitempty"`
	Website        string      `json:"website,omitempty"`
	Version        int64       `json:"version,omitempty" doc:"The version that was read, for an update"`
}

type programmePostIn struct{ Body programmeBody }

type programmePutIn struct {
	ID   string `path:"id"`
	Body programmeBody
}

// days reads days and collects those that are none.
type days struct{ fault.Fields }

func (d *days) read(name, s string) clock.Date {
	if s == "" {
		return clock.Date{}
	}
	v, err := clock.ParseDate(s)
	if err != nil {
		d.Add(name, "form.error.date")
	}
	return v
}

func (b programmeBody) programme(actor access.Actor) (offer.Programme, error) {
	var d days
	p := offer.Programme{Provider: org.ID(b.Provider), Title: b.Title, Description: b.Description, Code: b.Code, CodeType: offer.CodeType(b.CodeType),
		Level: offer.Level(b.Level), NKR: b.NKR, Credits: b.Credits, CreditUnit: offer.CreditUnit(b.CreditUnit), Outcomes: b.Outcomes,
		Occupations: b.Occupations, Fields: b.Fields, Topics: b.Topics, Admission: b.Admission, Languages: b.Languages, DigitalShare: b.DigitalShare,
		WorkplaceShare: b.WorkplaceShare, Supervision: b.Supervision, Adapts: offer.ProgrammeID(b.Adapts), ValidFrom: d.read("valid_from", b.ValidFrom),
		ValidTo: d.read("valid_to", b.ValidTo), Contact: b.Contact, Website: b.Website}
	if mine := supply.WritesFor(actor); p.Provider == "" && len(mine) == 1 {
		p.Provider = mine[0]
	}
	if p.Provider == "" {
		d.Add("provider", "form.error.required")
	}
	return p, d.Err()
}

func (s *Service) programmePost(ctx context.Context, actor access.Actor, in *programmePostIn) (*programmeOut, error) {
	v, err := in.Body.programme(actor)
	if err != nil {
		return nil, err
	}
	made, err := s.Supply.CreateProgramme(ctx, actor, v)
	if err != nil {
		return nil, err
	}
	return s.programmeOut(ctx, actor, made.ID)
}

func (s *Service) programmePut(ctx context.Context, actor access.Actor, in *programmePutIn) (*programmeOut, error) {
	programme, err := id.Parse[offer.Programme](in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	v, err := in.Body.programme(actor)
	if err != nil {
		return nil, err
	}
	if err := s.Supply.UpdateProgramme(ctx, actor, programme, in.Body.Version, v); err != nil {
		return nil, err
	}
	return s.programmeOut(ctx, actor, programme)
}

type offeringBody struct {
	Programme string `json:"programme,omitempty" doc:"The programme's id; not in an update"`
	WrittenJSON
	Version int64 `json:"version,omitempty" doc:"The version that was read, for an update"`
}

type offeringPostIn struct{ Body offeringBody }

type offeringPutIn struct {
	ID   string `path:"id"`
	Body offeringBody
}

// offering makes an offering of what was sent.
func (w WrittenJSON) offering() (offer.Offering, error) {
	var d days
	o := offer.Offering{StartType: offer.StartType(w.StartType), Start: d.read("start", w.Start), End: d.read("end", w.End),
		FlexibleFrom: d.read("flexible_from", w.FlexibleFrom), FlexibleTo: d.read("flexible_to", w.FlexibleTo), NoRollingReason: w.NoRollingReason,
		Delivery: offer.Delivery(w.Form), DigitalShare: w.DigitalShare, WorkplaceShare: w.WorkplaceShare, PartTimePercent: w.PartTime,
		Attendance: offer.Attendance(w.Attendance), Target: offer.Target{Region: place.RegionID(w.Region), Municipalities: text.Typed[place.Number](w.Municipalities)},
		MinPlaces: w.MinPlaces, MaxPlaces: w.MaxPlaces, Enrolled: number(w.Enrolled), Pending: number(w.Pending), Queued: number(w.Queued), AnswerDays: w.AnswerDays,
		Wait: offer.Wait{Value: w.WaitValue, Unit: offer.WaitUnit(w.WaitUnit)}, Channel: offer.Channel(w.Channel), ApplyURL: w.ApplyURL,
		Deadline: d.read("deadline", w.Deadline)}
	o.Price = offer.Price{Participant: moneyIn(&d, "price_participant", w.Participant), Employer: moneyIn(&d, "price_employer", w.Employer), Year: w.PriceYear}
	for i, g := range w.Gatherings {
		o.Gatherings = append(o.Gatherings, offer.Gathering{Municipality: place.Number(g.Municipality), Place: g.Place,
			Day: d.read("gatherings."+strconv.Itoa(i)+".day", g.Day), Days: g.Days, Voluntary: g.Voluntary})
	}
	for i, e := range w.Enrolment {
		name := "enrolment." + strconv.Itoa(i)
		o.Enrolment = append(o.Enrolment, offer.EnrolmentPeriod{From: d.read(name+".from", e.From), To: d.read(name+".to", e.To), TargetGroup: e.TargetGroup,
			Kind: offer.EnrolmentKind(e.Kind), URL: e.URL, Queue: e.Queue, MaxQueued: e.MaxQueued})
	}
	for i, c := range w.Closed {
		name := "closed." + strconv.Itoa(i)
		o.Closed = append(o.Closed, offer.ClosedPeriod{From: d.read(name+".from", c.From), To: d.read(name+".to", c.To)})
	}
	return o, d.Err()
}

// number is none when it is left out.
func number(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

func moneyIn(d *days, name string, m *amountJSON) *money.NOK {
	if m == nil {
		return nil
	}
	if m.Currency != "NOK" {
		d.Add(name+".currency", "form.error.choice")
	}
	n := money.NOK(m.Amount)
	return &n
}

func (s *Service) offeringPost(ctx context.Context, actor access.Actor, in *offeringPostIn) (*offeringOut, error) {
	o, err := in.Body.offering()
	if err != nil {
		return nil, err
	}
	programme, err := id.Parse[offer.Programme](in.Body.Programme)
	if err != nil {
		return nil, fault.InvalidField("programme", "supply.error.adapts_unknown")
	}
	made, err := s.Supply.CreateOffering(ctx, actor, programme, o)
	if err != nil {
		return nil, err
	}
	return s.offeringOut(ctx, actor, made.ID)
}

func (s *Service) offeringPut(ctx context.Context, actor access.Actor, in *offeringPutIn) (*offeringOut, error) {
	offering, err := id.Parse[offer.Offering](in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	o, err := in.Body.offering()
	if err != nil {
		return nil, err
	}
	if err := s.Supply.UpdateOffering(ctx, actor, offering, in.Body.Version, o); err != nil {
		return nil, err
	}
	return s.offeringOut(ctx, actor, offering)
}

type stateIn struct {
	ID   string `path:"id"`
	Body struct {
		To      string `json:"to" enum:"active,inactive,cancelled,confirmed" doc:"confirmed: it still holds as it stands"`
		Reason  string `json:"reason,omitempty" doc:"Mandatory for cancelled"`
		Version int64  `json:"version"`
	}
}

func (s *Service) offeringState(ctx context.Context, actor access.Actor, in *stateIn) (*offeringOut, error) {
	offering, err := id.Parse[offer.Offering](in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	switch in.Body.To {
	case "active":
		err = s.Supply.Publish(ctx, actor, offering, in.Body.Version)
	case "inactive":
		err = s.Supply.Rest(ctx, actor, offering, in.Body.Version)
	case "cancelled":
		err = s.Supply.Cancel(ctx, actor, offering, in.Body.Version, in.Body.Reason)
	default:
		err = s.Supply.Confirm(ctx, actor, offering, in.Body.Version)
	}
	if err != nil {
		return nil, err
	}
	return s.offeringOut(ctx, actor, offering)
}
