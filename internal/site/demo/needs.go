package demo

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/demo/stage"
)

// story is a need of the demo: who has it, who wrote it down, how many days
// ago, and how far it has come.
type story struct {
	key     string
	org     string
	by      string // role@organisation; empty: nn's adviser
	daysAgo int
	place   string
	persons int
	purpose need.Purpose
	level   need.Level
	secret  need.Confidentiality
	text    string
	moves   []step
}

// step is a move: as whom, to what, with which note, how many days ago.
type step struct {
	as       string
	to       flow.State
	note     string
	provider string
	daysAgo  int
}

const (
	hub      = "adviser@nn"
	hubRoros = "adviser@rn"
	thyfUser = "provider@thyf"
)

func stories() []story {
	return []story{
		{key: "sag", org: "sag", daysAgo: 6, place: "5022", persons: 2, purpose: need.Both, level: need.LevelTrade,
			text: "Han som styrer saga, går av til sommeren, og ingen andre kan stille den inn. Vi vil lære opp to av dem som står på sorteringa i dag."},
		{key: "limtre", org: "limtre", daysAgo: 12, place: "5027", persons: 6, purpose: need.Upskilling, level: need.LevelCourse,
			text: "Fugene slipper på bærende bjelker. Skiftlagene stiller inn limpressa ulikt, og vi mangler en felles måte å gjøre det på."},
		{key: "trevare", org: "trearb", by: hubRoros, daysAgo: 15, place: "5025", persons: 3, purpose: need.Both, level: need.LevelTrade,
			text: "Vi høvler og produserer panel og trenger folk som kan kjøre høvel og tørke. Ingen søkere på to utlysninger."},
		{key: "plc", org: "sag", daysAgo: 20, place: "5022", persons: 2, purpose: need.Upskilling, level: need.LevelFagskole,
			text: "To elektrikere på vedlikehold må lære å programmere styringen på linja, så vi slipper å leie inn folk fra byen.",
			moves: []step{{as: stage.Secretary, to: need.Presented, daysAgo: 14}, {as: stage.Secretary, to: need.Discussed, note: "Flere bedrifter har samme behov.", daysAgo: 14},
				{as: stage.Secretary, to: need.InFollowUp, provider: "thyf", daysAgo: 13}}},
		{key: "guide", org: "guide", daysAgo: 9, place: "5021", persons: 4, purpose: need.Recruitment, level: need.LevelFagskole,
			text: "Vi trenger fire guider som kan ta gjester trygt på fjellet om vinteren og i elva om sommeren. Mange søker, men få har utdanning."},
		{key: "kokk", org: "hotell", daysAgo: 18, place: "5021", persons: 2, purpose: need.Both, level: need.LevelTrade,
			text: "Kjøkkenet mangler kokk hver sesong. To i oppvasken har talent og vil ta fagbrev, men de må jobbe fra jul til påske."},
		{key: "ost", org: "ysteri", by: hubRoros, daysAgo: 25, place: "5025", persons: 2, purpose: need.Upskilling, level: need.LevelCourse,
			text:  "Vi ystar kvitost og må lære meir om kvifor noko av osten blæs seg. Vi kan ikkje vere borte frå fjøset meir enn nokre dagar.",
			moves: []step{{as: "provider@rorosvgs", to: need.InFollowUp, provider: "rorosvgs", daysAgo: 22}, {as: "provider@rorosvgs", to: need.CoveredByExisting, note: "Lokalmat: foredling, hygiene og salg. Dere kan begynne når dere vil.", daysAgo: 16}}},
		{key: "news", org: "sykehjem", by: "employer@sykehjem", daysAgo: 11, place: "5025", persons: 12, purpose: need.Upskilling, level: need.LevelFagskole,
			text: "Kveld og natt oppdager vi for sent at beboere blir dårligere. Tolv fagarbeidere trenger å bli tryggere på å se tegnene og si fra. De kan ikke reise til Trondheim."},
		{key: "demens", org: "sykehjem", by: "employer@sykehjem", daysAgo: 4, place: "5025", persons: 9, purpose: need.Upskilling, level: need.LevelCourse, secret: need.ProvidersOnly,
			text: "Mye uro på skjermet avdeling. Hele gruppa må lære å møte beboere med demens på en måte som roer ned."},
		{key: "fagbrev", org: "sykehjem", by: "employer@sykehjem", daysAgo: 30, place: "5025", persons: 3, purpose: need.Both, level: need.LevelTrade,
			text:  "Tre assistenter vil ta fagbrev som helsefagarbeider mens de jobber. To av dem trenger mer norsk.",
			moves: []step{{as: stage.Secretary, to: need.Presented, daysAgo: 26}}},
		{key: "sveis", org: "mek", daysAgo: 8, place: "5028", persons: 2, purpose: need.Upskilling, level: need.LevelCourse,
			text: "Vi har fått en kunde som krever rustfritt. To sveisere må sertifiseres snart, i dag kan de bare svart stål."},
		{key: "cnc", org: "mek", daysAgo: 33, place: "5028", persons: 5, purpose: need.Recruitment, level: need.LevelTrade, secret: need.ForumOnly,
			text: "Vi får ikke tak i dreiere og fresere. Vi vil ta inn fem uten bakgrunn og lære dem opp til fagbrev."},
		{key: "anlegg", org: "anlegg", daysAgo: 5, place: "5021", persons: 3, purpose: need.Both, level: need.LevelCourse,
			text: "Tre ungdommer har kjørt gravemaskin hjemme på gården, men får ikke kjøre hos oss før de har maskinførerbevis. Jobben starter i februar."},
		{key: "torv", org: "bygg", by: hubRoros, daysAgo: 21, place: "5026", persons: 4, purpose: need.Both, level: need.LevelCourse,
			text: "Gamle hus trenger torvtak og vinduer etter gammel metode, men bare én i området kan det. Fire snekkere vil lære, i nærheten av Røros."},
		{key: "laerling", org: "bygg", by: hubRoros, daysAgo: 17, place: "5026", persons: 3, purpose: need.Upskilling, level: need.LevelCourse,
			text: "Vi har tatt inn to lærlinger. Svennene vet ikke hvilke papirer som skal fylles ut, eller hvordan de får dem fram til fagprøven."},
		{key: "laks", org: "laks", daysAgo: 28, place: "5014", persons: 3, purpose: need.Upskilling, level: need.LevelFagskole,
			text: "Vi vil hente ny driftsleder blant egne folk. Tre erfarne røktere må lære produksjonsplan, regelverk og å lede andre. De går i turnus."},
		{key: "plan", org: "oppdal", by: hub, daysAgo: 13, place: "5021", persons: 2, purpose: need.Upskilling, level: need.LevelHigher,
			text: "Hytteplanene hoper seg opp. To saksbehandlere trenger mer om reguleringsplaner og dispensasjoner."},
		{key: "sykepleier", org: "rennebu", by: hub, daysAgo: 40, place: "5022", persons: 4, purpose: need.Recruitment, level: need.LevelHigher,
			text: "Ingen søker på sykepleierstillingene. Fire helsefagarbeidere som bor her, vil ta utdanningen uten å flytte."},
		{key: "yrkesfag", org: "skole", by: hub, daysAgo: 35, place: "5021", persons: 2, purpose: need.Upskilling, level: need.LevelHigher,
			text:  "En tømrer og en elektriker underviser på verkstedet uten godkjent lærerutdanning. De må få det formelle mens de jobber.",
			moves: []step{{as: "provider@videre", to: need.InFollowUp, provider: "videre", daysAgo: 31}, {as: "provider@videre", to: need.InDevelopment, note: "Vi åpner for opptak hver måned.", daysAgo: 20}}},
		{key: "vert", org: "hotell", by: hub, daysAgo: 29, place: "5021", persons: 4, purpose: need.Upskilling, level: need.LevelFagskole,
			text: "Gjestene vil smake og høre om maten herfra. Fire som guider, må lære om lokal mat og å fortelle om den, utenom høysesongen."},
		{key: "nett", org: "ysteri", by: hubRoros, daysAgo: 3, place: "5025", persons: 1, purpose: need.Upskilling, level: need.LevelCourse,
			text: "Vi vil selje på nett, men veit ikkje korleis ein tek betalt og sender varer."},
		{key: "bolyst", org: "rennebu", by: hub, daysAgo: 10, place: "5022", persons: 10, purpose: need.Recruitment, level: need.LevelUnknown,
			text: "De som flytter hit for å jobbe, blir ikke boende. Vi trenger noe som hjelper dem å finne seg til rette."},
		{key: "hms", org: "anlegg", daysAgo: 16, place: "5021", persons: 5, purpose: need.Upskilling, level: need.LevelCourse,
			text:  "Fem på laget skal varsle og sikre arbeid langs vegen og må ha kurset fornyet før jul.",
			moves: []step{{as: thyfUser, to: need.InFollowUp, provider: "thyf", daysAgo: 12}, {as: thyfUser, to: need.CoveredByExisting, note: "Dere får plass på kurset i desember. Det går på nett.", daysAgo: 7}}},
		{key: "velferd", org: "holtalen", by: hubRoros, daysAgo: 2, place: "5026", persons: 2, purpose: need.Upskilling, level: need.LevelFagskole,
			text: "Sensorer og alarmer til hjemmeboende ligger i eskene. To helsefagarbeidere skal få dem i bruk og lære opp resten."},
	}
}

// loadNeeds tells the stories through the use cases, each on its own day.
func (l *loader) loadNeeds(ctx context.Context) error {
	when := stage.Turned(l.Clock)
	orgs := org.New(l.DB, when.Now, func(number string) bool { return l.Places.On(clock.Date{}).Has(place.Number(number)) })
	needs := need.New(l.DB, when.Now, l.Places, orgs)
	ids := map[string]need.ID{}
	told := stories()
	slices.SortStableFunc(told, func(a, b story) int { return b.daysAgo - a.daysAgo })
	for _, s := range told {
		n, err := l.tell(ctx, needs, when, s)
		if err != nil {
			return fmt.Errorf("demo: need %s: %w", s.key, err)
		}
		ids[s.key], l.Need[s.key] = n, n
	}
	if err := l.loadDraft(ctx, needs, when); err != nil {
		return fmt.Errorf("demo: draft: %w", err)
	}
	if err := l.loadVisits(ctx, ids); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return l.loadPools(ctx, needs, when, ids)
}

// loadDraft leaves a need that the adviser has begun on and not sent in.
func (l *loader) loadDraft(ctx context.Context, needs *need.Service, when *stage.Back) error {
	when.Set(1)
	_, err := needs.SaveDraft(ctx, l.Role[hub], "", 0, need.Content{Text: "Hotellet ringte: resepsjonen må kunne mer engelsk og tysk før sesongen.",
		Organisation: l.Org["hotell"], RepresentedBy: l.Org["nn"], Lang: "nb", Source: need.FromInterview})
	return err
}

func (l *loader) tell(ctx context.Context, needs *need.Service, when *stage.Back, s story) (need.ID, error) {
	by := s.by
	if by == "" {
		by = hub
	}
	actor := l.Role[by]
	when.Set(s.daysAgo)
	in := need.Content{Text: s.text, Organisation: l.Org[s.org], Municipality: s.place, Headcount: s.persons, Purpose: s.purpose, Level: s.level,
		Confidentiality: s.secret, Lang: "nb", Source: need.FromInterview, Concepts: l.concepts(s.text)}
	if s.secret != "" {
		in.ConfidentialityGround = "Forretningshemmelighet: viser hvilke kunder og planer bedriften har."
	}
	if mine := actor.Orgs(access.RoleIntermediary); len(mine) > 0 {
		in.RepresentedBy = mine[0]
		if pair := s.org + by; !l.mandated[pair] {
			in.MandateGround, l.mandated[pair] = "Avtalt i besøk hos virksomheten", true
		}
	}
	n, err := needs.Register(ctx, actor, in)
	if err != nil {
		return "", err
	}
	for _, m := range s.moves {
		when.Set(m.daysAgo)
		moving := need.Moving{To: m.to, Note: m.note}
		if m.provider != "" {
			moving.Provider = l.Org[m.provider]
		}
		if m.to == need.Discussed {
			moving.Discussion = &need.Discussion{Clarified: "Programmering på egne maskiner, ikke et langt studium.", Possibilities: "Felles kurs for flere bedrifter.", Limitations: "De kan være borte høyst to dager om gangen."}
		}
		if _, err := needs.Move(ctx, l.Role[m.as], n.ID, moving); err != nil {
			return "", fmt.Errorf("to %s: %w", m.to, err)
		}
	}
	return n.ID, nil
}

// concepts are what the linker understands of the text.
func (l *loader) concepts(text string) []need.Concept {
	var out []need.Concept
	result := l.Vocab.Link(text, vocab.LinkOptions{})
	for _, m := range result.Matches {
		if len(out) == maxConcepts || m.Score < leastScore {
			break
		}
		out = append(out, need.Concept{Scheme: string(m.Concept.Scheme), Code: m.Concept.Code, Chosen: need.Linked})
	}
	return out
}

// A need of the demo carries at most five concepts, each at least half sure.
const (
	maxConcepts = 5
	leastScore  = 0.5
)
