package followweb_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

// school is a provider at work: what it does is spread before the next.
type school struct {
	t *testing.T
	*sitetest.House
	by access.Actor
}

func newSchool(t *testing.T) school {
	t.Helper()
	h := sitetest.New(t)
	drain(t, h)
	return school{t, h, h.Actor("provider")}
}

func (s school) done(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	drain(s.t, s.House)
	s.Wait(time.Minute)
}

func (s school) programme(title string) offer.Programme {
	s.t.Helper()
	p, err := s.Supply.CreateProgramme(s.t.Context(), s.by, offer.Programme{Provider: s.by.Orgs()[0], Title: i18n.Text{NB: title}, Level: offer.Fagskole})
	s.done(err)
	return p
}

// offering is one that starts on the day after start, and is applied for until by.
func (s school) offering(p offer.Programme, start, by clock.Date) offer.OfferingID {
	s.t.Helper()
	o, err := s.Supply.CreateOffering(s.t.Context(), s.by, p.ID, offer.Offering{StartType: offer.Fixed, Start: start, Deadline: by,
		Delivery: offer.Gatherings, Channel: offer.Here, Gatherings: []offer.Gathering{{Municipality: "5025", Days: 2}}})
	s.done(err)
	return o.ID
}

// now is the offering as it stands.
func (s school) now(o offer.OfferingID) offer.Offering {
	s.t.Helper()
	item, err := s.Supply.Offering(s.t.Context(), s.by, o)
	if err != nil {
		s.t.Fatal(err)
	}
	return *item.Offering
}

func (s school) publish(o offer.OfferingID) {
	s.t.Helper()
	s.done(s.Supply.Publish(s.t.Context(), s.by, o, s.now(o).Version))
}

func (s school) follows(c *sitetest.Client, topic url.Values) {
	s.t.Helper()
	topic.Set("mode", "now")
	if p := c.Post("/varsler/folg", topic); p.Status != 303 {
		s.t.Fatalf("follow %v: %d %s", topic, p.Status, p.Text("main"))
	}
}

func object(kind, ref string) url.Values {
	return url.Values{"hva": {"object"}, "slag": {kind}, "ref": {ref}}
}

// told are the reader's messages about the thing, the oldest first.
func told(c *sitetest.Client, title string) []string {
	var out []string
	for _, item := range c.Get("/varsler").All(".kt-timeline li") {
		if strings.Contains(item, title) {
			out = append(out, item)
		}
	}
	slices.Reverse(out)
	return out
}

func (s school) reads(c *sitetest.Client, title string, want ...string) {
	s.t.Helper()
	got := told(c, title)
	if len(got) != len(want) {
		s.t.Fatalf("%d messages, want %d: %q", len(got), len(want), got)
	}
	for i, w := range want {
		if !strings.Contains(got[i], w) {
			s.t.Errorf("message %d: %q, want %q", i+1, got[i], w)
		}
	}
}

// Who follows a programme reads, in order, that it got an offering, that its days
// were moved, that the last day to apply is near, that it was called off and why,
// and that the programme is no longer offered; each once, with what to do.
func TestWhoFollowsAProgrammeReadsWhatHappens(t *testing.T) {
	s := newSchool(t)
	today := s.Today()
	start, by := today.AddDays(90), today.AddDays(30)
	p := s.programme("Saglinje og tørking")
	first := s.offering(p, start.AddDays(300), by.AddDays(300))
	s.publish(first)
	reader := s.As("learner")
	page := reader.Get("/tilbud/" + string(p.ID))
	link := page.Attr("a[href*='slag=programme']", "href")
	if link == "" || s.Visitor().Get("/tilbud/"+string(p.ID)).Has("a[href*='/varsler/folg']") {
		t.Fatalf("the link to follow: %q", link)
	}
	if ask := reader.Get(link); ask.Status != 200 || !strings.Contains(ask.Text("main"), "Tilbud") {
		t.Fatalf("asks how soon: %d %s", ask.Status, ask.Text("main"))
	}
	s.follows(reader, object("programme", string(p.ID)))
	o := s.offering(p, start, by)
	s.publish(o)
	day := func(d clock.Date) string { return i18n.Printer{}.Day(d, today) }
	moved := s.now(o)
	moved.Deadline = today.AddDays(10)
	s.done(s.Supply.UpdateOffering(t.Context(), s.by, o, moved.Version, moved))
	same := s.now(o)
	same.MaxPlaces = 20
	s.done(s.Supply.UpdateOffering(t.Context(), s.by, o, same.Version, same))
	calendar := func() string {
		for _, address := range reader.Get("/varsler/innstillinger").Attrs(".kt-copy input", "value") {
			if u, err := url.Parse(address); err == nil && strings.HasSuffix(u.Path, ".ics") {
				return strings.ReplaceAll(reader.Get(u.Path).Body, "\r\n ", "")
			}
		}
		return ""
	}
	if got := entry(calendar(), string(o)); !strings.Contains(got, "DTSTART;VALUE=DATE:"+strings.ReplaceAll(moved.Deadline.String(), "-", "")) || !strings.Contains(got, "STATUS:CONFIRMED") {
		t.Errorf("the calendar: %q", got)
	}
	s.Wait(4 * 24 * time.Hour) // the last day is within a week: told once, however many mornings pass
	drain(t, s.House)
	s.Wait(24 * time.Hour)
	drain(t, s.House)
	reader = s.As("learner") // the session is over by now
	s.done(s.Supply.Cancel(t.Context(), s.by, o, s.now(o).Version, "For få søkere."))
	if got := entry(calendar(), string(o)); !strings.Contains(got, "STATUS:CANCELLED") || strings.Contains(got, "SEQUENCE:0") {
		t.Errorf("the calendar after it was called off: %q", got)
	}
	d, err := s.Supply.Programme(t.Context(), s.by, p.ID)
	s.done(err)
	s.done(s.Supply.SetProgrammeState(t.Context(), s.by, p.ID, d.Version, offer.ProgrammeInactive))
	which := "tilbudet med oppstart " + day(start)
	s.reads(reader, "Saglinje og tørking",
		"Nytt: "+which+" er lagt ut, med samlinger i Røros. Søk innen "+day(by)+" hvis du vil ha plass.",
		"Søknadsfristen for "+which+" er flyttet fra "+day(by)+" til "+day(moved.Deadline)+". Søk innen "+day(moved.Deadline),
		"Søknadsfristen for "+which+" er "+day(moved.Deadline)+". Søk innen",
		"Avlyst: "+which+" blir ikke noe av. Tilbyderen skriver: «For få søkere». Se på siden",
		s.by.Roles[0].OrgName+" tilbyr ikke lenger utdanningen.")
	letters, err := s.Follow.Written(t.Context(), access.SystemActor("test"), "", 100)
	s.done(err)
	told := 0
	for _, l := range letters.Items {
		told += strings.Count(l.Body, "/tilbud/"+string(p.ID))
		if strings.HasPrefix(l.Subject, "−") || strings.HasPrefix(l.Subject, "-") {
			t.Errorf("a letter is called %q", l.Subject)
		}
	}
	if told < 5 {
		t.Errorf("the letters tell of it %d times", told)
	}
}

// entry is the entry of the calendar with the offering in its id.
func entry(calendar, offering string) string {
	for e := range strings.SplitSeq(calendar, "BEGIN:VEVENT") {
		if strings.Contains(e, "UID:offering-"+offering+"-apply@") {
			return e
		}
	}
	return ""
}

// A draft is told to nobody who follows its provider, a place or a search, and
// when it is published they are: the draft's own page is not found, nor can it be
// followed.
func TestADraftProgrammeIsToldWhenItIsPublished(t *testing.T) {
	s := newSchool(t)
	today := s.Today()
	topics := map[string]url.Values{"learner": object("organisation", string(s.by.Orgs()[0])),
		"adviser": {"hva": {"search"}, "slag": {"programme"}, "ref": {"q=klatreteknikk&sort=title"}}, "secretary": {"hva": {"municipality"}, "ref": {"5025"}}}
	for role, topic := range topics {
		s.follows(s.As(role), topic)
	}
	p := s.programme("Klatreteknikk i linje")
	o := s.offering(p, today.AddDays(90), today.AddDays(30))
	changed := s.now(o)
	changed.Deadline = today.AddDays(20)
	s.done(s.Supply.UpdateOffering(t.Context(), s.by, o, changed.Version, changed))
	for role := range topics {
		c := s.As(role)
		if got := told(c, "Klatreteknikk"); len(got) > 0 {
			t.Errorf("%s is told of a draft: %q", role, got)
		}
		if page := c.Post("/varsler/folg", url.Values{"hva": {"object"}, "slag": {"programme"}, "ref": {string(p.ID)}, "mode": {"app"}}); page.Status != 404 {
			t.Errorf("%s follows a draft: %d", role, page.Status)
		}
	}
	s.publish(o)
	for role, want := range map[string]int{"learner": 2, "adviser": 2, "secretary": 2} {
		if got := told(s.As(role), "Klatreteknikk"); len(got) != want {
			t.Errorf("%s is told %d times, want %d: %q", role, len(got), want, got)
		}
	}
	settings := s.As("adviser").Get("/varsler/innstillinger").Text("main")
	if !strings.Contains(settings, "Tilbud med «klatreteknikk»") {
		t.Errorf("the search has no name: %s", settings)
	}
	if topic := s.As("learner").Get("/varsler/innstillinger"); !strings.Contains(topic.Text("main"), s.by.Roles[0].OrgName) {
		t.Errorf("the organisation has no name: %s", topic.Text("main"))
	}
	s.done(s.Supply.Rest(t.Context(), s.by, o, s.now(o).Version))
	if got := told(s.As("adviser"), "Klatreteknikk"); len(got) != 3 || !strings.Contains(got[2], "Satt på vent") {
		t.Errorf("who follows the search is not told that it rests: %q", got)
	}
	feed := ""
	for _, a := range s.As("learner").Get("/varsler/innstillinger").Attrs("a[href^='/varsler/feed/']", "href") {
		feed += s.Visitor().Get(a).Body
	}
	if !strings.Contains(feed, "Klatreteknikk i linje") || strings.Contains(feed, "Satt på vent") {
		t.Error("the feed of the organisation does not tell just what it publishes")
	}
}

// Who follows a card is told what says something else, that it is out of date and
// that it is taken out of use; a new check and new words to find it by are no
// news.
func TestWhoFollowsACardReadsWhatHappens(t *testing.T) {
	s := newSchool(t)
	ctx, editor := t.Context(), s.Actor("county")
	card, err := s.Support.Create(ctx, editor, support.Card{Kind: support.Scheme, TargetGroup: "generelt", Source: "Fylket", LastChecked: s.Today(),
		Texts: support.Texts{Title: i18n.Text{NB: "Støtte til kurs"}, ForWhom: i18n.Text{NB: "Alle"}, What: i18n.Text{NB: "Penger"}, Owner: i18n.Text{NB: "Fylket"}}})
	s.done(err)
	reader := s.As("learner")
	if link := reader.Get("/verktoykasse/"+string(card)).Attr("a[href*='slag=support_card']", "href"); link == "" || reader.Get(link).Status != 200 {
		t.Fatalf("the link to follow: %q", link)
	}
	s.follows(reader, object("support_card", string(card)))
	edit := func(change func(*support.Card)) {
		t.Helper()
		c, err := s.Support.Get(ctx, card)
		if err != nil {
			t.Fatal(err)
		}
		change(&c)
		s.done(s.Support.Edit(ctx, editor, c))
	}
	edit(func(c *support.Card) { c.Words = []string{"kurspenger"} })
	edit(func(c *support.Card) { c.Amount, c.AmountYear, c.ForWhom.NB = 100_00, 2026, "Alle som vil" })
	s.reads(reader, "Støtte til kurs", "Dette er nytt: hvem det er for og beløpet. Les kortet")
	s.Wait(367 * 24 * time.Hour)
	drain(t, s.House)
	edit(func(c *support.Card) { c.Archived = true })
	reader = s.As("learner")
	s.reads(reader, "Støtte til kurs", "Ingen har kontrollert kortet siden", "Kortet er tatt ut av bruk.")
}

// Who follows an organisation is told of an open need of its, not of others that
// he could read for another reason, and when the register says it is closed.
func TestWhoFollowsAnOrganisationReadsWhatItBegins(t *testing.T) {
	s := newSchool(t)
	ctx := t.Context()
	owner := s.Actor("employer")
	reader := s.As("learner")
	if link := reader.Get("/virksomheter/"+string(owner.Orgs()[0])).Attr("a[href*='slag=organisation']", "href"); link == "" || reader.Get(link).Status != 200 {
		t.Fatalf("the link to follow: %q", link)
	}
	s.follows(reader, object("organisation", string(owner.Orgs()[0])))
	_, open := employer(t, s.House, need.Open)
	_, closed := employer(t, s.House, need.Internal)
	_, forum := employer(t, s.House, need.ForumOnly)
	drain(t, s.House)
	move(t, s.House, "secretary", open, need.Moving{To: need.Presented})
	s.reads(reader, open.Number, "Behovet ble meldt i dag.")
	for _, n := range []need.Need{closed, forum} {
		if got := told(reader, n.Number); len(got) > 0 {
			t.Errorf("told of %s: %q", n.Confidentiality, got)
		}
	}
	stands := func(state brreg.State) {
		t.Helper()
		s.done(s.DB().Write(ctx, func(tx *db.Tx) error {
			_, err := s.Orgs.StandIn(ctx, tx, access.SystemActor("test"), org.ID(owner.Orgs()[0]), org.Standing{State: state, CheckedAt: clock.At(sitetest.Now)})
			return err
		}))
	}
	stands(brreg.Active)
	stands(brreg.Bankrupt)
	stands(brreg.Deleted)
	s.reads(reader, "etter Enhetsregisteret", "er merket som lukket etter Enhetsregisteret: Konkurs. Nye behov kan ikke meldes")
}

// Where no mail server is set up, the settings say so and promise no letter.
func TestWithoutMailTheSettingsSaySo(t *testing.T) {
	h := sitetest.With(t, site.Config{})
	token, err := h.Accounts.FirstAdminToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := h.Visitor()
	if p := c.Post("/invitasjon/"+token, url.Values{"username": {"admin@example.no"}, "name": {"Åse"}, "password": {"en lang setning jeg husker"}}); p.Status != 303 {
		t.Fatalf("the first account: %d", p.Status)
	}
	if p := c.Post("/logg-inn", url.Values{"username": {"admin@example.no"}, "password": {"en lang setning jeg husker"}, "to": {"/"}}); p.Status != 303 {
		t.Fatalf("sign in: %d", p.Status)
	}
	page := c.Get("/varsler/innstillinger")
	if page.Status != 200 || !strings.Contains(page.Text("main"), "Det sendes ikke e-post herfra") {
		t.Fatalf("%d: %s", page.Status, page.Text("main"))
	}
	after := c.Follow(c.Post("/varsler/innstillinger", url.Values{"address": {"noen@example.no"}, "own": {"daily"}, "mail": {"1"}, "lang": {"nb"}, "version": {"1"}}))
	if after.Status != 200 || strings.Contains(after.Text("body"), "Vi har sendt") {
		t.Errorf("promises a letter: %d %s", after.Status, after.Text("main"))
	}
	if demo := sitetest.New(t).As("learner").Get("/varsler/innstillinger").Text("main"); strings.Contains(demo, "Det sendes ikke e-post herfra") {
		t.Error("the demo keeps letters to look at, and says that there are none")
	}
}
