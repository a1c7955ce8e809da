package learning

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/centre"
	"kompetansetorg/internal/room/centre/booking"
	"kompetansetorg/internal/site/demo/stage"
)

// stay is a booking of the demo: as whom, which room, days from this week's Monday, when, and
// what for. Confirmed says that the centre has answered yes.
type stay struct {
	as        string
	room      int
	weekday   int
	from, to  string
	weeks     int
	sort      booking.Sort
	purpose   string
	people    int
	confirmed bool
}

// stays are bookings of this week and the next: some confirmed, two that wait for an answer.
func stays() []stay {
	return []stay{
		{as: "studie", room: 0, weekday: 7, from: "09:00", to: "15:00", weeks: 4, sort: booking.Gathering, purpose: "Samling for sykepleierne på deltid", people: 18},
		{as: "studie", room: 1, weekday: 8, from: "17:00", to: "20:00", weeks: 6, sort: booking.Teaching, purpose: "Voksenagronom, kveldsundervisning", people: 14},
		{as: "namsosvgs", room: 0, weekday: 10, from: "10:00", to: "14:00", weeks: 1, sort: booking.Teaching, purpose: "Foreldrekveld om voksenopplæring", people: 30, confirmed: true},
		{as: "namsosvgs", room: 2, weekday: 9, from: "09:00", to: "13:00", weeks: 1, sort: booking.Exam, purpose: "Eksamen i naturbruk for privatister", people: 6},
		{as: "learner@", room: 2, weekday: 11, from: "12:00", to: "15:00", weeks: 1, sort: booking.Exam, purpose: "Skoleeksamen på nett", people: 1},
	}
}

// loadCentres makes the study centre of Namdalen: three rooms, what can be taken there, news,
// a group, and wishes.
func loadCentres(ctx context.Context, s *stage.Stage) error {
	when := stage.Turned(s.Clock)
	d := s.Centres.Deps
	d.Clock = when.Now
	room := centre.New(d)
	runner, org := s.Role["employer@studie"], s.Org["studie"]
	when.Set(300)
	c, err := room.Open(ctx, runner, org, centre.Content{About: "Vi er studiesenteret i Namdalen. Her kan du følge undervisning på skjerm, møte de andre som studerer, og ta eksamen nær der du bor.\n\nSenteret er laget sammen med de videregående skolene i regionen.",
		Services: "Eksamensvakt\nStudieplass med skjerm\nHjelp til å finne utdanning\nRom for samlinger og undervisning på nett", Contact: "Studieleder, åpent mandag til torsdag 9–15"})
	if err != nil {
		return fmt.Errorf("demo: study centre: %w", err)
	}
	if err := room.AddPartner(ctx, runner, c, s.Org["namsosvgs"], "Låner ut klasserom og verksted om kvelden"); err != nil {
		return err
	}
	var rooms []centre.RoomID
	for _, x := range []centre.Room{
		{Name: "Storsalen", Municipality: "5007", Address: "Studiesenteret, 1. etasje", Seats: 40, Equipment: "Storskjerm, to kameraer og mikrofoner i taket"},
		{Name: "Fjordrommet", Municipality: "5007", Address: "Studiesenteret, 2. etasje", Seats: 16, Equipment: "Skjerm og kamera"},
		{Name: "Eksamensrommet", Municipality: "5007", Address: "Studiesenteret, 2. etasje", Seats: 8, Equipment: "Åtte PC-er, stille hele dagen"},
	} {
		r, err := room.AddRoom(ctx, runner, c, x)
		if err != nil {
			return fmt.Errorf("demo: room %s: %w", x.Name, err)
		}
		rooms = append(rooms, r)
	}
	offered, err := s.Supply.Snapshot(ctx)
	if err != nil {
		return err
	}
	how := map[string]string{"Bachelor i sykepleie, deltid og desentralisert": "Samlinger her, resten på skjerm hjemme eller her.", "Voksenagronom": "Undervisning to kvelder i uka, praksis på gard i nærheten.", "Netthandel for små virksomheter": "Alt på skjerm. Vi har studieplass og eksamensvakt."}
	for _, p := range offered.Programmes {
		if words := how[p.Title.NB]; words != "" {
			if err := room.AddCourse(ctx, runner, c, string(p.ID), words); err != nil {
				return fmt.Errorf("demo: %s at the centre: %w", p.Title.NB, err)
			}
		}
	}
	when.Set(9)
	if err := room.Tell(ctx, runner, c, "Åpent hus om høstens kurs", "Kom innom torsdag kveld. Da er de som underviser her, og du kan prøve undervisning på skjerm."); err != nil {
		return err
	}
	if err := loadGroup(ctx, s, room, when, c); err != nil {
		return err
	}
	return loadStays(ctx, s, rooms)
}

// loadGroup puts some in the group, and makes a wish that gathers, one that is enough, and one
// that the centre has not answered.
func loadGroup(ctx context.Context, s *stage.Stage, room *centre.Service, when *stage.Back, c centre.ID) error {
	runner := s.Role["employer@studie"]
	when.Set(40)
	if err := room.Join(ctx, s.Role["learner@"], c, "Bachelor i sykepleie på deltid", true); err != nil {
		return err
	}
	accounting, err := room.Propose(ctx, runner, c, centre.Wishing{Title: "Regnskap og årsoppgjør for små bedrifter", Words: "Flere gardsbruk og butikker gjør regnskapet selv. De vil lære nok til å slippe å kjøpe alt.", Level: "kurs", Least: 8})
	if err != nil {
		return err
	}
	when.Set(25)
	welding, err := room.Propose(ctx, runner, c, centre.Wishing{Title: "Sveisekurs om kvelden", Words: "Verkstedet på skolen er ledig tirsdag og torsdag. Verftene trenger flere med sertifikat.", Level: "kurs", Least: 3})
	if err != nil {
		return err
	}
	when.Set(12)
	for _, x := range []struct {
		as    string
		org   string
		wish  centre.WishID
		seats int
	}{{"learner@", "", accounting, 1}, {"employer@hotell", "hotell", accounting, 2}, {"learner@", "", welding, 1}, {"employer", "sag", welding, 2}} {
		if err := room.Wait(ctx, s.Role[x.as], x.wish, s.Org[x.org], x.seats); err != nil {
			return fmt.Errorf("demo: waiting list: %w", err)
		}
	}
	when.Set(2)
	_, err = room.Propose(ctx, s.Role["learner@"], c, centre.Wishing{Title: "Engelsk for deg som møter turister", Words: "Vi er noen i kiosken og på ferja som vil snakke bedre. Helst om vinteren.", Level: "kurs", Least: 8})
	return err
}

// loadStays books the rooms, for days that are still to come.
func loadStays(ctx context.Context, s *stage.Stage, rooms []centre.RoomID) error {
	monday := booking.Monday(s.Clock.Today())
	runner := s.Role["employer@studie"]
	actors := map[string]access.Actor{"studie": runner, "namsosvgs": s.Role["provider@namsosvgs"], "learner@": s.Role["learner@"]}
	for _, x := range stays() {
		in := booking.Asking{Room: rooms[x.room], Day: monday.AddDays(x.weekday), From: x.from, To: x.to, Weeks: x.weeks, Sort: x.sort, Purpose: x.purpose, People: x.people, Org: s.Org[x.as]}
		made, err := s.Bookings.Ask(ctx, actors[x.as], in)
		if err != nil {
			return fmt.Errorf("demo: booking %q: %w", x.purpose, err)
		}
		if !x.confirmed {
			continue
		}
		if err := s.Bookings.Move(ctx, runner, made[0], 1, booking.Confirmed, ""); err != nil {
			return fmt.Errorf("demo: booking %q: %w", x.purpose, err)
		}
	}
	return nil
}
