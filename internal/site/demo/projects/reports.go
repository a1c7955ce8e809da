package projects

import (
	"context"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/report"
	"kompetansetorg/internal/site/demo/stage"
)

// reported is the day of the annual report of 2013.
var reported = clock.MustDate("2013-05-30")

// Onward is how the work is to go on, as the report of 2013 tells it: 142 words (O-6).
const Onward = `Verktøykassa skal leve videre når prosjektet er slutt. Næringshagene holder den ved like, hver i sine kommuner, og fylkeskommunen sørger for nettstedet. De som har prøvd et tiltak, skriver selv hva det kostet, hvem som gjorde jobben og hva de ville ha gjort annerledes. Da kan neste kommune begynne der den forrige sluttet, og slipper å lete etter noen å spørre. Hvert tiltak har en eier som ser over teksten hvert år.

Tiltakene som virker, skal inn i den vanlige driften. Kommunene tar dem med i økonomiplanen og i næringsplanen, og peker ut en fast kontakt. Regionrådene setter rekruttering på sakslista to ganger i året, og følger med på hvem som flytter hit. Større grep, som traineeordninger og felles rekruttering, hører hjemme i fylkets planer. Der vil styringsgruppa melde dem inn før sommeren, sammen med det vi har lært underveis så langt.`

// written are the answers of the report of 2013 that the register does not know, by section.
var written = map[string]question.Values{
	"hensikt": {"maal": {Text: "Flere folk med rett kompetanse til distriktskommunene. Prosjektet har vart i et kvartal, og går som ventet. Verktøykassa er laget, og de første tiltakene skal prøves ut."},
		"maalgrupper":          {Text: "Offentlig sektor, næringsliv, ungdom, studenter og tilflyttere. Så tidlig i prosjektet når vi dem vi skal."},
		"resultat_aktiviteter": {Text: "Det er for tidlig å si hva som kommer ut av tiltakene. Kommunene har valgt hvilke de vil prøve først."}},
	"effekt":     {"fremdrift": {Text: "a"}, "oppnaadde_resultater": {Text: "b"}, "geografisk_effekt": {Text: "fylket"}},
	"arbeidet":   {"overforingsverdi": {Text: "De 17 kommunene er svært ulike. Det som virker her, kan derfor være til nytte mange steder."}},
	"avslutning": {"malsettinger": {Codes: []string{"a", "b", "e", "h"}}, "videreforing": {Text: Onward}},
}

// accepted is why what is remarked on in the report of 2013 is right.
var accepted = map[string]string{"antall_kommuner": "17 kommuner var med da rapporten ble skrevet. To kom til senere.", "hvor_effekten_er": "Skjemaet er fylt ut slik det ble sendt. Effekten kommer i hele fylket."}

// accounts are those of the first months, in kroner.
const accounts = "Inntekter;2013\nTilskudd;1000000\nUtgifter;2013\nLønn og reiser;212000\nSamlinger;48000\n"

// report2013 writes the annual report of 2013 and sends it. A house that takes no
// files has no such form, and no report.
func report2013(ctx context.Context, s *stage.Stage, p project.ID) error {
	r, err := s.Reports.Begin(ctx, s.System, p, report.Beginning{Code: forms.Bolyst2013, Year: 2013, Day: reported})
	if fault.Is(err, fault.Invalid) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, section := range []string{"hensikt", "effekt", "arbeidet", "avslutning"} {
		if err := answer(ctx, s, s.System, r, section, written[section]); err != nil {
			return err
		}
	}
	x, err := s.Reports.Get(ctx, s.System, r)
	if err != nil {
		return err
	}
	if err := s.Reports.AddFile(ctx, s.System, r, forms.At{Version: x.Answer.Version}, "regnskap", attach.Upload{Name: "regnskap-2013.csv", Content: strings.NewReader(accounts), Size: int64(len(accounts))}); err != nil {
		return err
	}
	for _, m := range x.Remarks {
		if err := s.Reports.Accept(ctx, s.System, r, m.Name, accepted[m.Name]); err != nil {
			return err
		}
	}
	for _, m := range []struct {
		to  flow.State
		ref string
	}{{report.InApproval, ""}, {report.Approved, "Styringsgruppa, mai 2013"}, {report.Sent, "Kommunal- og regionaldepartementet"}} {
		if x, err = s.Reports.Get(ctx, s.System, r); err != nil {
			return err
		}
		if err := s.Reports.Move(ctx, s.System, r, report.Moving{To: m.to, On: reported, Ref: m.ref, Version: x.Version}); err != nil {
			return fmt.Errorf("report of 2013: %s: %w", m.to, err)
		}
	}
	return nil
}

// answer writes answers in a section, beside what is filled in.
func answer(ctx context.Context, s *stage.Stage, actor access.Actor, r report.ID, section string, values question.Values) error {
	x, err := s.Reports.Get(ctx, actor, r)
	if err != nil {
		return err
	}
	sec, _ := x.Answer.Definition.Section(section)
	all := question.Values{}
	for _, q := range sec.Questions {
		if v, ok := x.Answer.Values[q.Name]; ok {
			all[q.Name] = v
		}
	}
	for name, v := range values {
		all[name] = v
	}
	_, err = s.Reports.Save(ctx, actor, r, forms.At{Version: x.Answer.Version}, section, all)
	return err
}

// dueSoon begins a report that is to be there in three weeks, for a project that goes on.
func dueSoon(ctx context.Context, s *stage.Stage, p project.ID) error {
	today := s.Clock.Today()
	r, err := s.Reports.Begin(ctx, s.System, p, report.Beginning{Code: forms.CountyReport, Year: today.Year(), Day: today, Due: today.AddDays(21)})
	if fault.Is(err, fault.Invalid) {
		return nil
	}
	if err != nil {
		return err
	}
	return answer(ctx, s, s.Role[hub], r, "resultat", question.Values{"aktiviteter": {Text: "Parene er satt sammen, og alle har møttes. Lederne kommer fra 3 kommuner."}})
}
