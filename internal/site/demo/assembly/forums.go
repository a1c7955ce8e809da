package assembly

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/forum"
	"kompetansetorg/internal/room/forum/assess"
	"kompetansetorg/internal/room/forum/input"
	"kompetansetorg/internal/room/forum/partner"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/site/demo/stage"
)

// Further bodies of the demo: the other two regional forums, a group that works for
// the county's forum, and a partnership that it meets.
const (
	Namdalen    = "namdalsforum"
	Fosen       = "fosenforum"
	WorkingNAV  = "samhandling"
	Partnership = "verdiskaping"
)

// statusCase is where the documents say how far the regions have come.
const statusCase = "Sak til Kompetanseforum Trøndelag 14.09.2021"

// forumBodies are bodies that the forums add.
func forumBodies() []bodyOf {
	in := func(k meeting.Kind, from, name, region, about string) meeting.Body {
		b := meeting.Body{Kind: k, From: stage.Day(from), Name: name, About: about}
		b.Region = place.RegionID(region)
		return b
	}
	regional := func(by string) []set {
		return []set{{"Mandat for det regionale kompetanseforumet", "2021-09-14", by, rule.RegionalForum()}}
	}
	return []bodyOf{
		{key: Namdalen, host: "namdal", secretariat: "namdal", rules: regional(statusCase), Body: in(meeting.RegionalForum, "2021-09-14", "Kompetanseforum Namdalen", "namdalen", "Forumet for Namdalen. Medlemmene her er skrevet for demoen."),
			seats: []seated{{org: "namsosvgs", kind: rule.Member, side: meeting.Provider, title: "Rektor"}, {org: "studie", kind: rule.Member, side: meeting.Provider, title: "Daglig leder"}, {org: "nav", kind: rule.Member, side: meeting.Authority, title: "Markedskontakt"}, {org: "namdal", kind: rule.Secretary, title: "Forumsekretær"}}},
		{key: Fosen, host: "trfk", secretariat: "trfk", rules: regional(statusCase), Body: in(meeting.RegionalForum, "2021-09-14", "Kompetanseforum Fosen", "fosen", "Forumet for Fosenregionen. Medlemmene her er skrevet for demoen."),
			seats: []seated{{org: "liv", kind: rule.Member, side: meeting.Demander, title: "Daglig leder"}, {org: "thyf", kind: rule.Member, side: meeting.Provider, title: "Avdelingsleder"}, {org: "trfk", kind: rule.Secretary, title: "Forumsekretær"}}},
		{key: WorkingNAV, parent: CountyForum, host: "trfk", secretariat: "trfk", Body: in(meeting.OperativeGroup, "2021-09-14", "Samhandlingsforum NAV–TRFK", "", "Her samordner NAV og fylkeskommunen det de gjør fra dag til dag."),
			seats: []seated{{org: "nav", kind: rule.Member, title: "Seksjonsleder"}, {org: "trfk", kind: rule.Member, title: "Seksjonsleder"}}},
		{key: Partnership, host: "trfk", secretariat: "trfk", Body: in(meeting.SteeringGroup, "2021-12-01", "Partnerskap for verdiskaping", "", "Et annet partnerskap i fylket, som kompetanseforumet har fellesmøter med. Deltakerne her er skrevet for demoen."),
			rules: []set{{"Mandat for partnerskapet", "2021-12-01", "Skrevet for demoen", rule.CountyForum()}},
			seats: []seated{{org: "trfk", kind: rule.Member, title: "Leder for næringsavdelingen"}, {org: "in", kind: rule.Member, title: "Direktør"}, {org: "nho", kind: rule.Member, title: "Regiondirektør"}, {org: "lo", kind: rule.Member, title: "Distriktsleder"}}},
	}
}

// loadForums says how far the regions have come, and fills the forums with agreements,
// what partners do, a round of questions and input from the regions.
func (l *loader) loadForums(ctx context.Context) error {
	for _, step := range []func(context.Context) error{l.forumRegions, l.toldRegions, l.forumDocuments, l.forumOwn, l.forumRound, l.forumInputs, l.forumMeetings} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("demo: forums: %w", err)
		}
	}
	return nil
}

func (l *loader) forumOf(key string) forum.BodyID { return forum.BodyID(l.bodies[key]) }

// forumRegions are three with a forum, one that does not want one, one that does, and
// the others in dialogue.
func (l *loader) forumRegions(ctx context.Context) error {
	for _, r := range []struct {
		id, source, day, body string
		state                 forum.State
	}{
		{"namdalen", statusCase, "2021-09-14", Namdalen, forum.Established}, {"fosen", statusCase, "2021-09-14", Fosen, forum.Established},
		{"trondelag-sor", "Forumets første møte 14.05.2020", "2020-05-14", RegionalForum, forum.Established},
		{"trondheimsregionen", "Trondheimsregionens vedtak 51/20", "", "", forum.Unwilling}, {"innherred", statusCase, "2021-09-14", "", forum.Wants},
		{"orkdalsregionen", statusCase, "2021-09-14", "", forum.InDialogue}, {"varnesregionen", statusCase, "2021-09-14", "", forum.InDialogue},
	} {
		x := forum.Region{ID: place.RegionID(r.id), County: l.forumOf(CountyForum), State: r.state, Source: r.source}
		if r.day != "" {
			x.Day = stage.Day(r.day)
		}
		if r.body != "" {
			x.Body = l.forumOf(r.body)
		}
		if err := l.Forums.Say(ctx, l.System, x); err != nil {
			return err
		}
	}
	return nil
}

// forumDocuments are the county forum's mandate and agreement; two of the eleven have
// not signed the newest. The words are written for the demo.
func (l *loader) forumDocuments(ctx context.Context) error {
	add := func(k forum.Kind, from, title, by, words string) (forum.DocumentID, error) {
		return l.Forums.Add(ctx, l.System, forum.Document{Body: l.forumOf(CountyForum), Kind: k, Title: title, ValidFrom: stage.Day(from), AdoptedBy: by, Words: words})
	}
	const written = "\n\nTeksten er skrevet for demoen."
	if _, err := add(forum.Mandate, "2019-06-12", "Mandat for Kompetanseforum Trøndelag", "Fylkestinget, sak FT 59/19",
		"Forumet skal gi partene et felles bilde av hva fylket trenger av kompetanse, og samordne innsatsen.\n\nFylkeskommunen leder forumet. Arbeidsformen er dialog; forumet gir råd og vedtar ikke."+written); err != nil {
		return err
	}
	if _, err := add(forum.Agreement, "2019-06-12", "Partnerskapsavtale for Kompetanseforum Trøndelag", "Partene, juni 2019", "Partene møtes i forumet og følger opp det de blir enige om."+written); err != nil {
		return err
	}
	newest, err := add(forum.Agreement, "2021-09-14", "Partnerskapsavtale for Kompetanseforum Trøndelag", "Forumets møte 14.09.2021",
		"Partene møtes i forumet og følger opp det de blir enige om.\n\nForumet har to møter i året sammen med partnerskapet for verdiskaping. Partene viser fram det de gjør selv, så innsatsen kan ses samlet."+written)
	if err != nil {
		return err
	}
	for i, s := range countySeats() {
		if i > 8 || s.kind != rule.Member {
			continue
		}
		if err := l.Forums.Sign(ctx, l.System, newest, forum.Signature{Org: l.Org[s.org], State: forum.Signed, Day: stage.Day("2021-09-14"), Office: s.title}); err != nil {
			return err
		}
	}
	return nil
}

// forumOwn is what partners do and show, written for the demo.
func (l *loader) forumOwn(ctx context.Context) error {
	for _, e := range []partner.Effort{
		{Body: l.forumOf(CountyForum), Org: l.Org["nav"], Title: "Opplæring for dem som står uten jobb", Words: "NAV kjøper korte kurs sammen med bedriftene som skal ansette.", From: l.Clock.Today().AddDays(-200)},
		{Body: l.forumOf(CountyForum), Org: l.Org["nord"], Title: "Samlinger utenfor campus", Words: "Videreutdanning med samlinger i studiesentrene.", Field: "education", From: l.Clock.Today().AddDays(-400)},
		{Body: l.forumOf(RegionalForum), Org: l.Org["otor"], Title: "Lærlinger på tvers av bedrifter", Words: "To og to små bedrifter deler en lærling, så hele læreplanen blir dekket.", From: l.Clock.Today().AddDays(-300)},
	} {
		if _, err := l.Partners.SaveEffort(ctx, l.System, e); err != nil {
			return err
		}
	}
	lifted, err := l.Partners.SaveExample(ctx, l.System, partner.Example{Body: l.forumOf(RegionalForum), Org: l.Org["rn"], Title: "Fjelltrainee", Contact: "Daglig leder i næringshagen",
		Done: "Bedrifter i fjellregionen ansatte nyutdannede sammen og ga dem felles samlinger.", Result: "Deltakerne fikk jobb og nettverk, og flere ble boende.", Transfer: "Kan brukes der flere små bedrifter trenger samme fag. Noen må holde samlingene sammen."})
	if err != nil {
		return err
	}
	if _, err := l.Partners.SaveExample(ctx, l.System, partner.Example{Body: l.forumOf(CountyForum), Org: l.Org["thyf"], Title: "Fagskole ved siden av jobben", Contact: "Avdeling for studiekvalitet",
		Done: "Fagskolen flyttet samlingene til arbeidsplassen og la resten på nett.", Result: "Flere fullførte, og bedriftene slapp vikar.", Transfer: "Krever at bedriften stiller med lokale og en kontaktperson."}); err != nil {
		return err
	}
	return l.Partners.Lift(ctx, l.System, lifted, 1, true)
}

// forumRound is a round of questions that most have answered.
func (l *loader) forumRound(ctx context.Context) error {
	r, err := l.Assess.Ask(ctx, l.System, assess.Round{Body: l.forumOf(CountyForum), Title: "Partenes vurdering av status", Due: l.Clock.Today().AddDays(12),
		Questions: []string{"Hva har virket i strategien så langt?", "Hva er den viktigste utfordringen nå?", "Hva vil dere selv bidra med det neste året?"}})
	if err != nil {
		return err
	}
	for i, s := range countySeats() {
		if i > 6 || s.kind != rule.Member {
			continue
		}
		if err := l.Assess.Answer(ctx, l.System, r, l.Org[s.org], []string{"Møteplassen: vi kjenner hverandres virkemidler bedre.", "Tilbudene når ikke dem som bor langt fra campus.", "Vi stiller i operative grupper og deler tallene våre."}); err != nil {
			return err
		}
	}
	return nil
}

// forumInputs are input from a forum, answered, and consultation input from a region
// without one, received.
func (l *loader) forumInputs(ctx context.Context) error {
	first, err := l.Inputs.Send(ctx, l.System, input.Input{Region: "trondelag-sor", Org: l.Org["radet"], Title: "Yrkesfaglærere med pedagogisk utdanning",
		Words: "De videregående skolene i regionen får ikke tak i yrkesfaglærere med pedagogisk utdanning. De som er ansatt, kan ikke reise til campus hver uke.", Wanted: "At forumet ber tilbyderne svare på om utdanningen kan tas der folk bor."})
	if err != nil {
		return err
	}
	if err := l.Inputs.Move(ctx, l.System, first, input.Sent, input.Received); err != nil {
		return err
	}
	if err := l.Inputs.Reply(ctx, l.System, first, 2, "Forumet har tatt saken opp med tilbyderne. NTNU Videre svarer på behovet, og regionen får melding når tilbudet er klart."); err != nil {
		return err
	}
	second, err := l.Inputs.Send(ctx, l.System, input.Input{Region: "innherred", Org: l.Org["nord"], Title: "Helsefagarbeidere i distriktskommunene",
		Words: "Kommunene utenfor byene får få søkere til stillinger for helsefagarbeidere. Voksne som vil ta fagbrev, mangler et løp de kan ta ved siden av jobben."})
	if err != nil {
		return err
	}
	return l.Inputs.Move(ctx, l.System, second, input.Sent, input.Received)
}

// forumMeetings are a meeting of each forum with public minutes, and a joint one to come.
func (l *loader) forumMeetings(ctx context.Context) error {
	today := l.Clock.Today()
	if err := l.holds(ctx, RegionalForum, today.AddDays(-75), "Kunnskapsparken på Oppdal", map[string]bool{"videre": true, "thyf": true, "rorosvgs": true, "gauldalvgs": true, "melhus": true}); err != nil {
		return err
	}
	if err := l.holds(ctx, CountyForum, today.AddDays(-50), "Fylkets hus, Steinkjer", map[string]bool{"ntnu": true, "lo": true}); err != nil {
		return err
	}
	_, err := l.Meetings.Plan(ctx, l.System, session.NewMeeting{Body: l.bodies[CountyForum], Joint: []meeting.BodyID{l.bodies[Partnership]},
		Frame: session.Frame{Day: today.AddDays(16), From: "10:00", To: "14:00", Place: "Steinkjer"}})
	return err
}

// holds holds a meeting of a forum: all met but some, the discussion is noted, and the
// minutes are published.
func (l *loader) holds(ctx context.Context, body string, on clock.Date, place string, absent map[string]bool) error {
	room := l.meetingsAt(on)
	m, err := l.meets(ctx, room, body, session.Frame{Day: on, From: "10:00", To: "13:00", Place: place},
		[]agenda.NewItem{{Kind: session.Report}, {Kind: session.Other, Content: session.Content{Title: "Hva regionene trenger av kompetanse"}}})
	if err != nil {
		return err
	}
	d, err := room.Get(ctx, l.System, m)
	if err != nil {
		return err
	}
	if err := room.floor.Begin(ctx, l.System, m, d.Version, d.Seats[0].ID); err != nil {
		return err
	}
	away := map[access.OrgID]bool{}
	for key := range absent {
		away[l.Org[key]] = true
	}
	for _, x := range d.Seats {
		if err := room.floor.Attend(ctx, l.System, m, session.Attendance{Seat: x.ID, Part: meeting.Member, Present: !away[x.Org]}); err != nil {
			return err
		}
	}
	for _, i := range d.Items {
		if err := room.floor.Note(ctx, l.System, i.ID, i.Version, casework.Noted, "Tatt til orientering."); err != nil {
			return err
		}
	}
	if d, err = room.Get(ctx, l.System, m); err != nil {
		return err
	}
	if err := room.floor.End(ctx, l.System, m, d.Version, "12:45"); err != nil {
		return err
	}
	if d, err = room.Get(ctx, l.System, m); err != nil {
		return err
	}
	_, err = room.minutes.Publish(ctx, l.System, m, d.Version, "")
	return err
}
