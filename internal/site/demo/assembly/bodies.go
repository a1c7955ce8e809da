package assembly

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/site/demo/stage"
)

// The bodies of the demo, by the names they have inside this package.
const (
	CountyForum   = "kf"
	RegionalForum = "rf"
	TheCouncil    = "rad"
	TheBoard      = "styre"
	Executives    = "kdu"
	Steering      = "sg"
	Assembly      = "ft"
)

// members are the six municipalities of the council.
var members = []struct{ key, name string }{{"melhus", "Melhus"}, {"gauldal", "Midtre Gauldal"}, {"roros", "Røros"}, {"holtalen", "Holtålen"},
	{"rennebu", "Rennebu"}, {"oppdal", "Oppdal"}}

// seated is a seat of the demo and the office that holds it.
type seated struct {
	org   string
	kind  meeting.SeatKind
	side  meeting.Side
	title string
	// role is the demo role that holds it by its account; by default the office has none.
	role string
}

// set is a version of rules in the demo.
type set struct {
	title, from, by string
	rules           rule.Set
}

// bodyOf is a body of the demo with its seats and rules.
type bodyOf struct {
	key, parent string
	meeting.Body
	host, secretariat string
	seats             []seated
	rules             []set
}

func bodies() []bodyOf {
	sor := meeting.Body{Region: "trondelag-sor"}
	in := func(k meeting.Kind, from, name, about string) meeting.Body {
		b := sor
		b.Kind, b.From, b.Name, b.About = k, stage.Day(from), name, about
		return b
	}
	county := in(meeting.CountyForum, "2019-06-12", "Kompetanseforum Trøndelag", "Elleve parter som sammen beskriver hva fylket trenger av kompetanse, og samordner det de gjør. Fylkeskommunen leder forumet.")
	assembly := in(meeting.Assembly, "2018-01-01", "Fylkestinget i Trøndelag", "Fylkestinget vedtar kompetansestrategien og handlingsprogrammet. Sakene forberedes i fylkeskommunens eget system; her vises bare det som gjelder kompetanse.")
	county.Region, assembly.Region = "", ""
	return []bodyOf{
		{key: CountyForum, host: "trfk", secretariat: "trfk", Body: county, seats: countySeats(),
			rules: []set{{"Mandat for Kompetanseforum Trøndelag", "2019-06-12", "Fylkestinget, sak FT 59/19", rule.CountyForum()}}},
		{key: RegionalForum, host: "radet", secretariat: "radet", seats: regionalSeats(),
			Body:  in(meeting.RegionalForum, "2020-05-14", "Kompetanseforum Trøndelag Sør", "Her møtes de som trenger kompetanse, og de som tilbyr utdanning. Forumet samler regionens behov og gir råd til det interkommunale politiske rådet."),
			rules: []set{{"Mandat for Kompetanseforum Trøndelag Sør", "2020-05-14", "Forumets første møte 14.05.2020", rule.RegionalForum()}}},
		{key: TheCouncil, host: "radet", secretariat: "radet", seats: councilSeats(),
			Body: in(meeting.Council, "2017-01-01", "Trøndelag Sør – interkommunalt politisk råd", "Seks kommuner samarbeider om strategi, prosjekter og høringer. Hver kommune har ordfører, en representant for opposisjonen og kommunedirektøren med, og én stemme."),
			rules: []set{{"Vedtekter for Regionrådet Trøndelag Sør", "2017-01-01", "Regionrådet, stiftelsesmøtet i 2017", statutes2017()},
				{"Samarbeidsavtale for Trøndelag Sør – interkommunalt politisk råd", "2020-03-23", "Rådet, møte 23.03.2020", rule.Council()}}},
		{key: TheBoard, parent: TheCouncil, host: "radet", secretariat: "radet", seats: boardSeats(),
			Body:  in(meeting.Board, "2020-03-23", "Styret i Trøndelag Sør", "Ordførerne i de seks kommunene. Styret leder utvalgene og forteller rådet om endringer i budsjett, oppgaver og mandat."),
			rules: []set{{"Samarbeidsavtalen § 11", "2020-03-23", "Rådet, møte 23.03.2020", rule.Board()}}},
		{key: Executives, parent: TheCouncil, host: "radet", secretariat: "radet", seats: executiveSeats(),
			Body:  in(meeting.ChiefExecs, "2017-01-01", "Kommunedirektørutvalget i Trøndelag Sør", "Kommunedirektørene forbereder rådets saker og ser etter at de er lovlige. Utvalget gir råd og er ikke et folkevalgt organ."),
			rules: []set{{"Samarbeidsavtalen § 11", "2020-03-23", "Rådet, møte 23.03.2020", executives()}}},
		{key: Steering, parent: TheCouncil, host: "radet", secretariat: "radet", seats: steeringSeats(),
			Body:  in(meeting.SteeringGroup, "2020-06-26", "Styringsgruppa for kompetansepiloter i Trøndelag Sør", "Følger prosjektet med kompetansepiloter og gjør vedtak innenfor mandatet."),
			rules: []set{{"Mandat for styringsgruppa", "2020-06-26", "Forumet, møte 26.06.2020", rule.SteeringGroup()}}},
		{key: Assembly, host: "trfk", secretariat: "trfk", Body: assembly},
	}
}

// statutes2017 are the rules before the agreement: the council was no elected body
// of its own, all decisions needed consensus and nobody could stand outside.
func statutes2017() rule.Set {
	silent := rule.Source{From: rule.Silent}
	s := dated(rule.Council(), "2020-03-23", "2017-01-01")
	title := "Vedtekter for Regionrådet Trøndelag Sør"
	s.Elected, s.Base.Title = false, i18n.Text{NB: title, NN: title, EN: "Statutes of Regionrådet Trøndelag Sør"}
	s.Quorum, s.Decision.Consensus, s.Decision.MajoritySource = rule.Quorum{Kind: rule.Half, Source: silent}, rule.Always, silent
	s.Reservation = rule.Reservation{When: rule.InNever, Source: silent}
	s.Distant, s.Withdrawal = rule.Distant{Counts: true, Source: silent}, rule.Withdrawal{Source: silent}
	s.Duties = s.Duties[1:] // no evaluation of the period was asked for
	return s
}

// dated is the set with its sources of one day moved to another.
func dated(s rule.Set, from, to string) rule.Set {
	data, err := json.Marshal(s)
	if err == nil {
		err = json.Unmarshal([]byte(strings.ReplaceAll(string(data), from, to)), &s)
	}
	if err != nil {
		panic(err)
	}
	return s
}

// executives has the council's own series, as the agenda of 18.08.2020 has it.
func executives() rule.Set {
	s := rule.ChiefExecs()
	s.Numbers.Prefix = "PS"
	return s
}

func countySeats() []seated {
	var out []seated
	for _, p := range []struct {
		org   string
		side  meeting.Side
		title string
	}{{"trfk", meeting.Authority, "Leder for kompetanseavdelingen"}, {"nav", meeting.Authority, "Avdelingsdirektør"}, {"statsforvalter", meeting.Authority, "Utdanningsdirektør"},
		{"nord", meeting.Provider, "Dekan"}, {"ntnu", meeting.Provider, "Prorektor"}, {"thyf", meeting.Provider, "Rektor for høyere yrkesfaglig utdanning"}, {"vofo", meeting.Provider, "Daglig leder"},
		{"ks", meeting.Partner, "Områdedirektør"}, {"lo", meeting.Partner, "Distriktsleder"}, {"nho", meeting.Partner, "Regiondirektør"}, {"alliansen", meeting.Partner, "Styreleder"}} {
		out = append(out, seated{org: p.org, kind: rule.Member, side: p.side, title: p.title})
	}
	return append(out, seated{org: "trfk", kind: rule.Secretary, title: "Sekretær for forumet", role: "county"})
}

func regionalSeats() []seated {
	var out []seated
	for i, m := range members {
		title := "Kommunalsjef næring"
		if i%2 == 1 {
			title = "Oppvekst- og næringssjef"
		}
		out = append(out, seated{org: m.key, kind: rule.Member, side: meeting.Demander, title: title})
	}
	for _, p := range []struct {
		org   string
		side  meeting.Side
		title string
	}{{"rn", meeting.Demander, "Daglig leder"}, {"nn", meeting.Demander, "Daglig leder"}, {"nit", meeting.Demander, "Næringsrådgiver"},
		{"rorosvgs", meeting.Provider, "Enhetsleder"}, {"gauldalvgs", meeting.Provider, "Enhetsleder"}, {"thyf", meeting.Provider, "Avdelingsleder"}, {"videre", meeting.Provider, "Seniorrådgiver"},
		{"nav", meeting.Authority, "Markedskontakt"}, {"trfk", meeting.Authority, "Rådgiver"}, {"otor", meeting.Partner, "Daglig leder"}} {
		out = append(out, seated{org: p.org, kind: rule.Member, side: p.side, title: p.title})
	}
	return append(out, seated{org: "radet", kind: rule.Secretary, title: "Forumsekretær"})
}

func councilSeats() []seated {
	var out []seated
	for _, m := range members {
		out = append(out, seated{org: m.key, kind: rule.Mayor, title: "Ordfører"}, seated{org: m.key, kind: rule.Opposition, title: "Opposisjonsleder"},
			seated{org: m.key, kind: rule.ChiefExec, title: "Kommunedirektør"})
	}
	return out
}

func boardSeats() []seated {
	var out []seated
	for _, m := range members {
		out = append(out, seated{org: m.key, kind: rule.Mayor, title: "Ordfører"})
	}
	return append(out, seated{org: "gauldal", kind: rule.ChiefExec, title: "Kommunedirektør"})
}

func executiveSeats() []seated {
	var out []seated
	for _, m := range members {
		out = append(out, seated{org: m.key, kind: rule.ChiefExec, title: "Kommunedirektør"})
	}
	return append(out, seated{org: "radet", kind: rule.Secretary, title: "Rådets sekretær"})
}

func steeringSeats() []seated {
	var out []seated
	for _, p := range [][2]string{{"gauldal", "Kommunalsjef næring"}, {"roros", "Kommunalsjef næring"}, {"trfk", "Rådgiver"}, {"nn", "Daglig leder"}, {"videre", "Seniorrådgiver"}} {
		out = append(out, seated{org: p[0], kind: rule.Member, title: p[1]})
	}
	return append(out, seated{org: "radet", kind: rule.Secretary, title: "Prosjektleder"})
}

// period is the election period of the day: councils constitute themselves in the
// middle of October of the year of an election, every fourth year.
func period(on clock.Date) (from, to clock.Date) {
	year := on.Year()
	for year%4 != 3 {
		year--
	}
	start := func(y int) clock.Date { return clock.MustDate(fmt.Sprintf("%d-10-15", y)) }
	if on.Before(start(year)) {
		year -= 4
	}
	return start(year), start(year + 4).AddDays(-1)
}

// loadBodies makes the bodies, with the offices of this election period and the one
// of 2020, rules, leaders and the number series that the documents begin in.
func (l *loader) loadBodies(ctx context.Context) error {
	l.bodies = map[string]meeting.BodyID{}
	for _, b := range append(bodies(), forumBodies()...) {
		b.Host, b.Secretariat, b.Parent = l.Org[b.host], l.Org[b.secretariat], l.bodies[b.parent]
		id, err := l.Bodies.Create(ctx, l.System, b.Body)
		if err != nil {
			return fmt.Errorf("demo: body %s: %w", b.key, err)
		}
		l.bodies[b.key] = id
		for _, r := range b.rules {
			if _, err := l.Bodies.Adopt(ctx, l.System, meeting.RuleSet{Body: id, Title: r.title, AdoptedBy: r.by, ValidFrom: stage.Day(r.from), Rules: r.rules}); err != nil {
				return fmt.Errorf("demo: rules of %s: %w", b.key, err)
			}
		}
		if err := l.seat(ctx, id, b); err != nil {
			return fmt.Errorf("demo: seats of %s: %w", b.key, err)
		}
	}
	// The agenda of 18.08.2020 begins with PS 22/20.
	if err := l.Bodies.StartSeries(ctx, l.System, l.bodies[Executives], "PS", 2020, 21); err != nil {
		return fmt.Errorf("demo: number series: %w", err)
	}
	return nil
}

// seat makes the seats of a body and those who hold them. The council's leader has
// a term that soon runs out, and the opposition in Holtålen has no deputy: two
// things for the secretary to find.
func (l *loader) seat(ctx context.Context, id meeting.BodyID, b bodyOf) error {
	now, ends := period(l.Clock.Today())
	leads := map[string]meeting.SeatID{}
	for _, s := range b.seats {
		seat, err := l.Bodies.AddSeat(ctx, l.System, meeting.Seat{Body: id, Org: l.Org[s.org], Kind: s.kind, Side: s.side, From: b.From})
		if err != nil {
			return err
		}
		if s.kind != rule.Secretary && leads[s.org] == "" {
			leads[s.org] = seat
		}
		elected := s.kind == rule.Mayor || s.kind == rule.Opposition
		h := meeting.Holder{Seat: seat, Part: meeting.Member, Title: s.title, From: b.From}
		if s.role != "" {
			h.Account = l.Role[s.role].Account
		}
		if elected {
			if now.After(stage.Day("2023-01-01")) && b.From.Before(stage.Day("2023-10-15")) { // those of 2020, too
				old := h
				old.ElectedBy, old.To = "Kommunestyret, konstituerende møte 2019", now.AddDays(-1)
				if _, err := l.Bodies.Appoint(ctx, l.System, meeting.Appointment{Holder: old}); err != nil {
					return err
				}
			}
			h.ElectedBy, h.From, h.To = fmt.Sprintf("Kommunestyret, konstituerende møte %d", now.Year()), now, ends
		}
		if _, err := l.Bodies.Appoint(ctx, l.System, meeting.Appointment{Holder: h}); err != nil {
			return err
		}
		if elected && !(s.org == "holtalen" && s.kind == rule.Opposition) {
			h.Part, h.Title, h.Account = meeting.Deputy, deputyTitle(s.kind), ""
			if _, err := l.Bodies.Appoint(ctx, l.System, meeting.Appointment{Holder: h}); err != nil {
				return err
			}
		}
	}
	return l.elect(ctx, id, b.key, leads)
}

func deputyTitle(k meeting.SeatKind) string {
	if k == rule.Mayor {
		return "Varaordfører"
	}
	return "Vara for opposisjonslederen"
}

// elect chooses the leaders. The terms of the council and its board run out soon.
func (l *loader) elect(ctx context.Context, id meeting.BodyID, key string, seats map[string]meeting.SeatID) error {
	today := l.Clock.Today()
	for _, e := range map[string][]struct {
		task     meeting.Task
		org, by  string
		daysLeft int
	}{
		CountyForum:   {{meeting.Leader, "trfk", "Mandatet: fylkeskommunen leder forumet", 400}},
		RegionalForum: {{meeting.Leader, "roros", "Forumets møte", 300}},
		TheCouncil:    {{meeting.Leader, "oppdal", "Rådets konstituerende møte", 41}, {meeting.DeputyLeader, "melhus", "Rådets konstituerende møte", 41}},
		TheBoard:      {{meeting.Leader, "oppdal", "Rådets konstituerende møte", 41}, {meeting.DeputyLeader, "melhus", "Rådets konstituerende møte", 41}},
		Executives:    {{meeting.Leader, "gauldal", "Utvalgets møte", 500}},
		Steering:      {{meeting.Leader, "gauldal", "Styringsgruppas første møte", 350}},
	}[key] {
		to := today.AddDays(e.daysLeft)
		err := l.Bodies.Elect(ctx, l.System, id, meeting.Election{Task: e.task, Seat: seats[e.org], ElectedBy: e.by, From: to.AddMonths(-24).AddDays(1), To: to})
		if err != nil {
			return err
		}
	}
	return nil
}

// OfficesOf are the demo roles of a municipality in the council.
func OfficesOf(m string) []stage.Person {
	return []stage.Person{
		{Role: "mayor", Title: "Ordfører", At: m, As: []access.Role{access.RoleMayor}},
		{Role: "opposition", Title: "Opposisjonsleder", At: m, As: []access.Role{access.RoleOpposition}},
		{Role: "chief_exec", Title: "Kommunedirektør", At: m, As: []access.Role{access.RoleChiefExec}},
	}
}
