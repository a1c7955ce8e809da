package apiweb

import (
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// ProgrammeJSON is a programme in JSON. It is exported, as WrittenJSON is,
// since the API's schemas leave out what is embedded and is not.
type ProgrammeJSON struct {
	ID             string      `json:"id"`
	Provider       string      `json:"provider"`
	ProviderName   string      `json:"provider_name"`
	State          string      `json:"state" enum:"concept,active,inactive"`
	Title          i18n.Text   `json:"title"`
	Description    i18n.Text   `json:"description"`
	Code           string      `json:"code,omitempty"`
	CodeType       string      `json:"code_type,omitempty"`
	Level          string      `json:"level"`
	NKR            string      `json:"nkr,omitempty"`
	Credits        float64     `json:"credits,omitempty"`
	CreditUnit     string      `json:"credit_unit,omitempty"`
	Outcomes       []i18n.Text `json:"outcomes"`
	Occupations    []string    `json:"occupations" doc:"Unit groups of STYRK-08, four digits"`
	Fields         []string    `json:"fields" doc:"Broad fields of ISCED-F"`
	Topics         []string    `json:"topics"`
	Admission      i18n.Text   `json:"admission"`
	Languages      []string    `json:"languages"`
	DigitalShare   *int        `json:"digital_share,omitempty"`
	WorkplaceShare *int        `json:"workplace_share,omitempty"`
	Supervision    i18n.Text   `json:"supervision"`
	Adapts         string      `json:"adapts,omitempty" doc:"The programme this one was made from"`
	ValidFrom      string      `json:"valid_from,omitempty"`
	ValidTo        string      `json:"valid_to,omitempty"`
	Contact        string      `json:"contact,omitempty"`
	Website        string      `json:"website,omitempty"`
	UpdatedAt      clock.Time  `json:"updated_at"`
	Version        int64       `json:"version"`
	URL            string      `json:"url"`
}

// Programme writes a programme.
func (s *Service) Programme(x offer.Programme) ProgrammeJSON {
	return ProgrammeJSON{ID: string(x.ID), Provider: string(x.Provider), ProviderName: x.ProviderName, State: string(x.State), Title: x.Title,
		Description: x.Description, Code: x.Code, CodeType: string(x.CodeType), Level: string(x.Level), NKR: x.NKR, Credits: x.Credits,
		CreditUnit: string(x.CreditUnit), Outcomes: full(x.Outcomes), Occupations: full(x.Occupations), Fields: full(x.AllFields()), Topics: full(x.Topics),
		Admission: x.Admission, Languages: full(x.Languages), DigitalShare: x.DigitalShare, WorkplaceShare: x.WorkplaceShare, Supervision: x.Supervision,
		Adapts: string(x.Adapts), ValidFrom: x.ValidFrom.String(), ValidTo: x.ValidTo.String(), Contact: x.Contact, Website: x.Website,
		UpdatedAt: x.UpdatedAt, Version: x.Version, URL: s.PublicURL + "/tilbud/" + string(x.ID)}
}

// full is the list, empty rather than null.
func full[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// amountJSON is an amount in øre.
type amountJSON struct {
	Amount   int64  `json:"amount" doc:"In øre"`
	Currency string `json:"currency" enum:"NOK"`
}

func moneyOut(n *money.NOK) *amountJSON {
	if n == nil {
		return nil
	}
	return &amountJSON{int64(*n), "NOK"}
}

// gatheringJSON, enrolmentJSON and closedJSON are the lists of an offering.
type gatheringJSON struct {
	Municipality string `json:"municipality,omitempty" doc:"Number"`
	Place        string `json:"place,omitempty"`
	Day          string `json:"day,omitempty"`
	Days         int    `json:"days,omitempty"`
	Voluntary    bool   `json:"voluntary,omitempty"`
}

type enrolmentJSON struct {
	From        string `json:"from,omitempty"`
	To          string `json:"to,omitempty"`
	TargetGroup string `json:"target_group,omitempty"`
	Kind        string `json:"kind,omitempty" enum:"direkte,godkjenning,url,samordnet,"`
	URL         string `json:"url,omitempty"`
	Queue       bool   `json:"queue,omitempty"`
	MaxQueued   int    `json:"max_queued,omitempty"`
}

type closedJSON struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// WrittenJSON is what a provider writes of an offering.
type WrittenJSON struct {
	StartType       string          `json:"start_type,omitempty" doc:"LOPENDE, FELLES or ENKELTPLASS. Mandatory."`
	Start           string          `json:"start,omitempty"`
	End             string          `json:"end,omitempty"`
	FlexibleFrom    string          `json:"flexible_from,omitempty"`
	FlexibleTo      string          `json:"flexible_to,omitempty"`
	NoRollingReason string          `json:"no_rolling_reason,omitempty"`
	Enrolment       []enrolmentJSON `json:"enrolment,omitempty"`
	Closed          []closedJSON    `json:"closed,omitempty"`
	Form            string          `json:"form,omitempty" doc:"nett, samlinger, bedrift, blandet or campus. Mandatory."`
	DigitalShare    *int            `json:"digital_share,omitempty"`
	WorkplaceShare  *int            `json:"workplace_share,omitempty"`
	PartTime        int             `json:"part_time_percent,omitempty"`
	Attendance      string          `json:"attendance,omitempty" doc:"dag, kveld, helg or blokk"`
	Gatherings      []gatheringJSON `json:"gatherings,omitempty"`
	Region          string          `json:"target_region,omitempty"`
	Municipalities  []string        `json:"target_municipalities,omitempty"`
	MinPlaces       int             `json:"min_places,omitempty"`
	MaxPlaces       int             `json:"max_places,omitempty"`
	Enrolled        *int            `json:"enrolled,omitempty"`
	Pending         *int            `json:"pending,omitempty"`
	Queued          *int            `json:"queued,omitempty"`
	AnswerDays      int             `json:"answer_days,omitempty" doc:"Workdays from an application to its answer"`
	WaitValue       int             `json:"wait_value,omitempty"`
	WaitUnit        string          `json:"wait_unit,omitempty" doc:"dag, uke or maned"`
	Participant     *amountJSON     `json:"price_participant,omitempty"`
	Employer        *amountJSON     `json:"price_employer,omitempty"`
	PriceYear       int             `json:"price_year,omitempty"`
	Channel         string          `json:"admission_channel,omitempty" doc:"here, link or national. Mandatory."`
	ApplyURL        string          `json:"apply_url,omitempty"`
	Deadline        string          `json:"deadline,omitempty"`
}

// OfferingJSON is an offering in JSON: what its provider wrote, and what is
// computed for today.
type OfferingJSON struct {
	ID        string    `json:"id"`
	Programme string    `json:"programme"`
	Title     i18n.Text `json:"title"`
	Level     string    `json:"level"`
	Provider  string    `json:"provider"`
	Name      string    `json:"provider_name"`
	State     string    `json:"state" enum:"concept,active,inactive,cancelled"`
	Reason    string    `json:"reason,omitempty"`
	WrittenJSON
	PublicState   string     `json:"public_state"`
	Changes       string     `json:"changes,omitempty" doc:"First day on which public_state is another"`
	Next          string     `json:"next_state,omitempty"`
	Opens         string     `json:"opens,omitempty"`
	LastDay       string     `json:"last_day,omitempty" doc:"Last day to apply"`
	Earliest      string     `json:"earliest_start,omitempty"`
	PlacesLeft    *int       `json:"places_left,omitempty"`
	NeedToStart   *int       `json:"need_to_start,omitempty"`
	CountsHidden  bool       `json:"counts_hidden" doc:"Some number of people is left out because it is under three"`
	Here          *takenJSON `json:"here,omitempty" doc:"Those who came by an application here. Only the provider reads them, and for it enrolled, pending and queued are without them; for others they are within."`
	Kind          string     `json:"enrolment_kind,omitempty" doc:"What applying today is: direkte, godkjenning, url or samordnet; left out when no period is open"`
	Badge         badgeJSON  `json:"workplace_badge"`
	Distance      *tripJSON  `json:"distance,omitempty" doc:"The reader's longest trip, when near was asked for"`
	Stale         bool       `json:"stale"`
	LastConfirmed clock.Date `json:"last_confirmed"`
	UpdatedAt     clock.Time `json:"updated_at"`
	Version       int64      `json:"version"`
	URL           string     `json:"url"`
}

type takenJSON struct {
	Enrolled int `json:"enrolled"`
	Pending  int `json:"pending"`
	Queued   int `json:"queued"`
}

type badgeJSON struct {
	Holds   bool     `json:"holds"`
	Failed  []string `json:"failed" doc:"digital, rolling, workplace, gatherings"`
	Excused []string `json:"excused"`
}

type tripJSON struct {
	Class string `json:"class" enum:"same,under_50,under_100,under_200,far,unknown"`
	Air   *int   `json:"km_air,omitempty"`
	To    string `json:"to,omitempty" doc:"Municipality number"`
}

// Offering writes an offering; trip tells whether the reader said a place, exact
// whether the reader is its provider.
func (s *Service) Offering(h supply.Hit, trip, exact bool) OfferingJSON {
	o, prog := *h.Offering, *h.Programme
	out := OfferingJSON{ID: string(o.ID), Programme: string(o.Programme), Title: prog.Title, Level: string(prog.Level), Provider: string(o.Provider),
		Name: prog.ProviderName, State: string(o.State), Reason: o.Reason, WrittenJSON: written(o), PublicState: string(h.Status.State),
		Changes: h.Status.Changes.String(), Next: string(h.Status.Next), Opens: h.Status.Opens.String(), LastDay: h.Status.Deadline.String(),
		Earliest: h.Earliest.Day.String(), Badge: badgeJSON{Holds: h.Badge.Holds, Failed: []string{}, Excused: []string{}},
		Stale: h.Stale, LastConfirmed: o.LastConfirmed, UpdatedAt: o.UpdatedAt, Version: o.Version, URL: s.PublicURL + "/tilbud/" + string(o.Programme) + "#t-" + string(o.ID)}
	c := o.Counts(exact)
	out.PlacesLeft, out.NeedToStart, out.CountsHidden = c.Left, c.Need, c.Hidden
	out.Enrolled, out.Pending, out.Queued = c.Enrolled, c.Pending, c.Queued
	if exact {
		here := takenJSON(o.Here)
		out.Enrolled, out.Pending, out.Queued, out.Here = &o.Enrolled, &o.Pending, &o.Queued, &here
	}
	if o.IsPublic() && h.Status.State.IsEntry() {
		out.Kind = string(o.KindOn(h.Day()))
	}
	for _, f := range h.Badge.Findings {
		if !f.Met {
			out.Badge.Failed = append(out.Badge.Failed, string(f.Criterion))
		}
		if f.Excused {
			out.Badge.Excused = append(out.Badge.Excused, string(f.Criterion))
		}
	}
	if trip {
		out.Distance = &tripJSON{Class: string(h.Trip.Class), To: string(h.Trip.To)}
		if h.Trip.Class != place.UnknownDistance {
			km := int(h.Trip.Air + 0.5)
			out.Distance.Air = &km
		}
	}
	return out
}

// written is what the provider wrote of the offering, without the numbers of
// people.
func written(o offer.Offering) WrittenJSON {
	out := WrittenJSON{StartType: string(o.StartType), Start: o.Start.String(), End: o.End.String(), FlexibleFrom: o.FlexibleFrom.String(),
		FlexibleTo: o.FlexibleTo.String(), NoRollingReason: o.NoRollingReason, Form: string(o.Delivery), DigitalShare: o.DigitalShare,
		WorkplaceShare: o.WorkplaceShare, PartTime: o.PartTimePercent, Attendance: string(o.Attendance), Region: string(o.Target.Region),
		Municipalities: text.Strings(o.Target.Municipalities), MinPlaces: o.MinPlaces, MaxPlaces: o.MaxPlaces, AnswerDays: o.AnswerDays, WaitValue: o.Wait.Value, WaitUnit: string(o.Wait.Unit), Participant: moneyOut(o.Price.Participant),
		Employer: moneyOut(o.Price.Employer), PriceYear: o.Price.Year, Channel: string(o.Channel), ApplyURL: o.ApplyURL, Deadline: o.Deadline.String()}
	for _, e := range o.Enrolment {
		out.Enrolment = append(out.Enrolment, enrolmentJSON{e.From.String(), e.To.String(), e.TargetGroup, string(e.Kind), e.URL, e.Queue, e.MaxQueued})
	}
	for _, c := range o.Closed {
		out.Closed = append(out.Closed, closedJSON{c.From.String(), c.To.String()})
	}
	for _, g := range o.Gatherings {
		out.Gatherings = append(out.Gatherings, gatheringJSON{string(g.Municipality), g.Place, g.Day.String(), g.Days, g.Voluntary})
	}
	return out
}
