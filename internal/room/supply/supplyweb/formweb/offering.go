package formweb

import (
	"net/url"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply/address"
	"kompetansetorg/internal/room/supply/offer"
)

// SpareRows is how many rows a group has at least, so that one can add some
// without asking for more.
const SpareRows = 2

// Offerings draws and reads the form of an offering.
type Offerings struct {
	Addresses address.Reader
	// Regions are what the area of an offering is chosen among.
	Regions []form.Option
}

// The parts of a row of each group.
func gatheringParts() []string {
	return []string{"municipality", "place", "day", "days", "voluntary"}
}
func enrolmentParts() []string {
	return []string{"from", "to", "target_group", "kind", "url", "queue", "max_queued"}
}
func closedParts() []string { return []string{"from", "to"} }

// Read reads the form over what is stored. Empty rows are dropped from
// the values too, so that messages and fields have the same numbers.
func (p Offerings) Read(values url.Values, stored offer.Offering) (offer.Offering, error) {
	for i := range MaxRows {
		// A kind that stands chosen in an otherwise empty row, and a count of
		// one day, are the form's own.
		clearDefaults(values, "enrolment."+strconv.Itoa(i)+".", enrolmentParts(), "kind", string(offer.Approval))
		clearDefaults(values, "gatherings."+strconv.Itoa(i)+".", gatheringParts(), "days", "1")
	}
	gatherings, enrolment, closed := Compact(values, "gatherings", gatheringParts()), Compact(values, "enrolment", enrolmentParts()), Compact(values, "closed", closedParts())
	in := form.Read(values)
	out := stored
	out.StartType, out.Delivery = offer.StartType(in.Choice("start_type", text.Strings(offer.StartTypes())...)), offer.Delivery(in.Choice("form", text.Strings(offer.Deliveries())...))
	out.Start, out.End, out.FlexibleFrom, out.FlexibleTo = in.Date("start"), in.Date("end"), in.Date("flexible_from"), in.Date("flexible_to")
	out.NoRollingReason = in.Text("no_rolling_reason")
	out.DigitalShare, out.WorkplaceShare, out.PartTimePercent = Share(in, values, "digital_share"), Share(in, values, "workplace_share"), in.Int("part_time_percent")
	out.Attendance = offer.Attendance(in.Choice("attendance", text.Strings(offer.Attendances())...))
	out.MinPlaces, out.MaxPlaces = in.Int("min_places"), in.Int("max_places")
	out.Enrolled, out.Pending, out.Queued = in.Int("enrolled"), in.Int("pending"), in.Int("queued")
	out.AnswerDays = in.Int("answer_days")
	out.Wait = offer.Wait{Value: in.Int("wait_value"), Unit: offer.WaitUnit(in.Choice("wait_unit", text.Strings(offer.WaitUnits())...))}
	out.Price = offer.Price{Participant: Amount(in, values, "price_participant"), Employer: Amount(in, values, "price_employer"), Year: in.Int("price_year")}
	out.Channel, out.ApplyURL, out.Deadline = offer.Channel(in.Choice("admission_channel", text.Strings(offer.Channels())...)), in.Text("apply_url"), in.Date("deadline")
	out.Target = offer.Target{Region: place.RegionID(in.Text("target_region")), Municipalities: p.readTarget(in)}
	out.Gatherings, out.Enrolment, out.Closed = p.readGatherings(in, gatherings), readEnrolment(in, enrolment), readClosed(in, closed)
	out.Version = int64(in.Int("version"))
	return out, in.Err()
}

// clearDefaults empties a row that holds only what the form itself put there:
// one part with its default.
func clearDefaults(values url.Values, row string, parts []string, own, value string) {
	for _, part := range parts {
		if v := strings.TrimSpace(values.Get(row + part)); v != "" && (part != own || v != value) {
			return
		}
	}
	values.Del(row + own)
}

func (p Offerings) readTarget(in *form.Input) []place.Number {
	var out []place.Number
	for _, name := range strings.FieldsFunc(in.Text("target_municipalities"), func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		n, ok := p.Addresses.Find(strings.TrimSpace(name))
		if !ok {
			in.Refuse("target_municipalities", "supply.error.municipality_name", "name", strings.TrimSpace(name))
			continue
		}
		out = append(out, n)
	}
	return out
}

func (p Offerings) readGatherings(in *form.Input, rows int) []offer.Gathering {
	var out []offer.Gathering
	for i := range rows {
		name := "gatherings." + strconv.Itoa(i) + "."
		out = append(out, offer.Gathering{Municipality: p.Addresses.Municipality(in, name+"municipality"), Place: in.Text(name + "place"), Day: in.Date(name + "day"),
			Days: in.Int(name + "days"), Voluntary: in.Bool(name + "voluntary")})
	}
	return out
}

func readEnrolment(in *form.Input, rows int) []offer.EnrolmentPeriod {
	var out []offer.EnrolmentPeriod
	for i := range rows {
		name := "enrolment." + strconv.Itoa(i) + "."
		out = append(out, offer.EnrolmentPeriod{From: in.Date(name + "from"), To: in.Date(name + "to"), TargetGroup: in.Text(name + "target_group"),
			Kind: offer.EnrolmentKind(in.Choice(name+"kind", text.Strings(offer.EnrolmentKinds())...)), URL: in.Text(name + "url"),
			Queue: in.Bool(name + "queue"), MaxQueued: in.Int(name + "max_queued")})
	}
	return out
}

func readClosed(in *form.Input, rows int) []offer.ClosedPeriod {
	var out []offer.ClosedPeriod
	for i := range rows {
		name := "closed." + strconv.Itoa(i) + "."
		out = append(out, offer.ClosedPeriod{From: in.Date(name + "from"), To: in.Date(name + "to")})
	}
	return out
}

// Fields are what every offering needs.
func (p Offerings) Fields(f Fields, v offer.Offering) []form.Field {
	start := f.Choose(form.Radio, "start_type", "supply.f.start_type", startOptions(f), string(v.StartType))
	apply := f.Choose(form.Radio, "admission_channel", "supply.f.admission_channel", channelOptions(f), string(v.Channel))
	return []form.Field{start,
		f.Hinted(f.Day("start", "supply.f.start", v.Start.String()), "supply.hint.start"), f.Day("end", "supply.f.end", v.End.String()),
		f.Choose(form.Select, "form", "supply.f.form", append([]form.Option{f.None()}, Options(f.Speaker, offer.Deliveries())...), string(v.Delivery)),
		apply, f.Hinted(f.Line("apply_url", "supply.f.apply_url", v.ApplyURL), "supply.hint.apply_url"),
		f.Hinted(f.Day("deadline", "supply.f.deadline", v.Deadline.String()), "supply.hint.deadline")}
}

func startOptions(f Fields) []form.Option {
	list := Options(f.Speaker, offer.StartTypes())
	list[0].Hint, list[1].Hint, list[2].Hint = f.T("supply.hint.rolling"), f.T("supply.hint.fixed"), f.T("supply.hint.single")
	return list
}

func channelOptions(f Fields) []form.Option {
	list := Options(f.Speaker, offer.Channels())
	list[0].Hint, list[1].Hint, list[2].Hint = f.T("supply.hint.here"), f.T("supply.hint.link"), f.T("supply.hint.national")
	return list
}

// Sections are what only some offerings need. rows is how many rows
// each group has at least.
func (p Offerings) Sections(f Fields, v offer.Offering, rows int) []Section {
	var targets []string
	for _, n := range v.Target.Municipalities {
		targets = append(targets, p.Addresses.Label(n))
	}
	region := append([]form.Option{{Label: f.T("supply.value.no_region")}}, p.Regions...)
	where := Section{Summary: f.T("supply.section.gatherings"), Hint: f.T("supply.section.gatherings.hint"), Open: len(v.Gatherings) > 0, Fields: []form.Field{
		f.Choose(form.Select, "target_region", "supply.f.target_region", region, string(v.Target.Region)),
		f.Hinted(f.Line("target_municipalities", "supply.f.target_municipalities", strings.Join(targets, ", ")), "supply.hint.target_municipalities"),
	}, Rows: p.gatheringRows(f, v.Gatherings, rows)}
	work := Section{Summary: f.T("supply.section.work"), Hint: f.T("supply.section.work.hint"), Fields: []form.Field{
		f.Share("digital_share", "supply.f.digital_share", v.DigitalShare), f.Share("workplace_share", "supply.f.workplace_share", v.WorkplaceShare),
		f.Count("part_time_percent", "supply.f.part_time_percent", v.PartTimePercent),
		f.Choose(form.Select, "attendance", "supply.f.attendance", append([]form.Option{f.None()}, Options(f.Speaker, offer.Attendances())...), string(v.Attendance)),
		f.Hinted(f.Long("no_rolling_reason", "supply.f.no_rolling_reason", v.NoRollingReason, 2), "supply.hint.no_rolling_reason"),
	}}
	places := Section{Summary: f.T("supply.section.places"), Open: v.MaxPlaces > 0, Fields: []form.Field{
		f.Count("max_places", "supply.f.max_places", v.MaxPlaces), f.Hinted(f.Count("min_places", "supply.f.min_places", v.MinPlaces), "supply.hint.min_places"),
		f.Count("enrolled", "supply.f.enrolled", v.Enrolled), f.Count("pending", "supply.f.pending", v.Pending), f.Count("queued", "supply.f.queued", v.Queued),
		f.Hinted(f.Count("answer_days", "supply.f.answer_days", v.AnswerDays), "supply.hint.answer_days"),
		f.Hinted(f.Count("wait_value", "supply.f.wait_value", v.Wait.Value), "supply.hint.wait"),
		f.Choose(form.Select, "wait_unit", "supply.f.wait_unit", append([]form.Option{f.None()}, waitOptions(f)...), string(v.Wait.Unit)),
	}}
	price := Section{Summary: f.T("supply.f.price"), Open: v.Price.Year > 0, Fields: []form.Field{
		f.Hinted(f.Amount("price_participant", "supply.f.price_participant", v.Price.Participant), "supply.hint.price"),
		f.Amount("price_employer", "supply.f.price_employer", v.Price.Employer),
		f.Hinted(f.Count("price_year", "supply.f.price_year", v.Price.Year), "supply.hint.price_year"),
	}}
	entry := Section{Summary: f.T("supply.section.entry"), Hint: f.T("supply.section.entry.hint"), Open: len(v.Enrolment)+len(v.Closed) > 0, Fields: []form.Field{
		f.Day("flexible_from", "supply.f.flexible_from", v.FlexibleFrom.String()), f.Day("flexible_to", "supply.f.flexible_to", v.FlexibleTo.String()),
	}, Rows: append(enrolmentRows(f, v.Enrolment, rows), closedRows(f, v.Closed, rows)...)}
	return []Section{where, work, places, price, entry}
}

func waitOptions(f Fields) []form.Option {
	var out []form.Option
	for _, u := range offer.WaitUnits() {
		out = append(out, form.Option{Value: string(u), Label: f.T(u.Label())})
	}
	return out
}

// rowsOf is how many rows a group is drawn with.
func rowsOf(filled, wanted int) int { return min(MaxRows, max(filled+SpareRows, wanted)) }

func (p Offerings) gatheringRows(f Fields, list []offer.Gathering, rows int) []ui.Fieldset {
	var out []ui.Fieldset
	for i := range rowsOf(len(list), rows) {
		g := offer.Gathering{}
		if i < len(list) {
			g = list[i]
		}
		name := "gatherings." + strconv.Itoa(i) + "."
		municipality := ""
		if g.Municipality != "" {
			municipality = p.Addresses.Label(g.Municipality)
		}
		out = append(out, ui.Fieldset{Legend: f.T("supply.gathering.nr", "nr", i+1), Fields: []form.Field{
			f.Line(name+"municipality", "supply.f.municipality", municipality), f.Line(name+"place", "supply.f.place", g.Place),
			f.Hinted(f.Day(name+"day", "supply.f.gathering_day", g.Day.String()), "supply.hint.gathering_day"), f.Count(name+"days", "supply.f.gathering_days", g.Days),
			{Name: name + "voluntary", Kind: form.Checks, Label: f.T("supply.gathering.attendance"), Options: []form.Option{{Value: "ja", Label: f.T("supply.gathering.voluntary"), Selected: g.Voluntary}}},
		}})
	}
	return out
}

func enrolmentRows(f Fields, list []offer.EnrolmentPeriod, rows int) []ui.Fieldset {
	var out []ui.Fieldset
	for i := range rowsOf(len(list), rows) {
		e := offer.EnrolmentPeriod{Kind: offer.Approval}
		if i < len(list) {
			e = list[i]
		}
		name := "enrolment." + strconv.Itoa(i) + "."
		out = append(out, ui.Fieldset{Legend: f.T("supply.enrolment.nr", "nr", i+1), Fields: []form.Field{
			f.Day(name+"from", "supply.f.from", e.From.String()), f.Day(name+"to", "supply.f.to", e.To.String()),
			f.Hinted(f.Line(name+"target_group", "supply.f.target_group", e.TargetGroup), "supply.hint.target_group"),
			f.Choose(form.Select, name+"kind", "supply.f.kind", Options(f.Speaker, offer.EnrolmentKinds()), string(e.Kind)),
			f.Line(name+"url", "supply.f.apply_url", e.URL),
			{Name: name + "queue", Kind: form.Checks, Label: f.T("supply.f.queue"), Options: []form.Option{{Value: "ja", Label: f.T("supply.f.queue.yes"), Selected: e.Queue}}},
			f.Count(name+"max_queued", "supply.f.max_queued", e.MaxQueued),
		}})
	}
	return out
}

func closedRows(f Fields, list []offer.ClosedPeriod, rows int) []ui.Fieldset {
	var out []ui.Fieldset
	for i := range rowsOf(len(list), rows) {
		c := offer.ClosedPeriod{}
		if i < len(list) {
			c = list[i]
		}
		name := "closed." + strconv.Itoa(i) + "."
		out = append(out, ui.Fieldset{Legend: f.T("supply.closed.nr", "nr", i+1), Fields: []form.Field{
			f.Day(name+"from", "supply.f.from", c.From.String()), f.Day(name+"to", "supply.f.to", c.To.String())}})
	}
	return out
}
