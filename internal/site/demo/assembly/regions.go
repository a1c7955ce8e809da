package assembly

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/room/forum/regionpage"
)

// toldRegion is what a region of the demo tells: the facts of the published documents, in our
// words.
type toldRegion struct {
	id      place.RegionID
	page    regionpage.Page
	efforts []regionpage.Effort
	reports []regionpage.Report
}

// evaluations are the reports on the pilots of the regions, which were evaluated together.
func evaluations() []regionpage.Report {
	return []regionpage.Report{{Nr: 1, Year: 2021, Title: "Følgeevaluering av kompetansepilotene, første rapport"}, {Nr: 2, Year: 2022, Title: "Følgeevaluering av kompetansepilotene, midtveis"},
		{Nr: 3, Year: 2024, Title: "Følgeevaluering av kompetansepilotene, sluttrapport"}}
}

func toldRegions() []toldRegion {
	const problem = "Det er langt til skoler og campus, og små bedrifter finner ikke fram til utdanning som passer for dem. De har sjelden noen som kan bruke tid på å lete."
	const financing = "Tilskudd fra staten til kompetansepiloter, penger fra fylket, og timer fra fylket og partene i regionen. Rammen for fylket og de tre regionene var 15 130 000 kroner over tre år."
	const owner = "Trøndelag fylkeskommune"
	return []toldRegion{
		{id: "namdalen", page: regionpage.Page{Problem: problem, Purpose: "Regionen er et sted for å prøve ut hvordan små og mellomstore virksomheter får den kompetansen de trenger, der de er.",
			Goal: "Flere virksomheter får kartlagt hva de trenger, og flere tar utdanning uten å flytte.", Target: "Små og mellomstore virksomheter i Namdalen, og de som jobber der.",
			Deliverable: "Et studiesenter sammen med de videregående skolene, kartlegging hos virksomhetene, og en fast måte å koble dem med skolene på.", Financing: financing, Owner: owner,
			Findings: "Å nå de små virksomhetene krever folk som har tid til det. Det virker best når noen de kjenner, kommer på besøk.", FollowUp: "Fra 2024 går arbeidet videre i ordningen Kompetanse og arbeidskraft i distriktene.", Contact: "Prosjektleder i fylkeskommunens avdeling for utdanning"},
			efforts: []regionpage.Effort{
				{As: regionpage.Motor, What: "Startet et studiesenter sammen med de videregående skolene", Result: "Senteret er i drift, og folk tar eksamen der de bor."},
				{As: regionpage.Megler, What: "Koblet næringshager og HR-ansvarlige i kommunene med skolene", Result: "Behov fra flere virksomheter ble slått sammen til ett."},
				{As: regionpage.Moteplass, What: "Forum der virksomheter og skoler møtes flere ganger i året"}},
			reports: evaluations()},
		{id: "trondelag-sor", page: regionpage.Page{Problem: problem + "\n\nUtdanning på campus koster reise, overnatting og tapte arbeidsdager.", Purpose: "Forumet skal kartlegge, presentere og drøfte behov, så skolene kan følge opp og tilpasse.",
			Goal: "Utdanning som kan tas sammen med jobben, med opptak hele året og samlinger i regionen.", Target: "Kommunene og næringslivet i seks kommuner, og de som vil jobbe og lære der.",
			Deliverable: "Program tilpasset regionen, for eksempel for yrkesfaglærere, treforedling og håndverk, reiseliv og lokalmat.", Financing: financing, Owner: owner, Contact: "Sekretariatet for forumet"},
			efforts: []regionpage.Effort{
				{As: regionpage.Megler, What: "Fast sak om behov i hvert forummøte", Result: "Hvert behov får en tilbyder som svarer innen en frist."},
				{As: regionpage.Moteplass, What: "Forumet med kommuner, næringshager, skoler og NAV rundt samme bord", Result: "Første møte 14.05.2020."}},
			reports: evaluations()},
		{id: "fosen", page: regionpage.Page{Problem: problem, Goal: "Et regionalt forum som vet hva bedriftene trenger, og skoler som svarer.", Target: "Bedrifter og kommuner på Fosen.", Owner: owner},
			efforts: []regionpage.Effort{{As: regionpage.Moteplass, What: "Forum sammen med næringsalliansen på Fosen"}}, reports: evaluations()},
	}
}

// toldRegions puts in what three regions tell.
func (l *loader) toldRegions(ctx context.Context) error {
	for _, x := range toldRegions() {
		if err := l.Told.Save(ctx, l.System, x.id, x.page); err != nil {
			return fmt.Errorf("demo: region %s: %w", x.id, err)
		}
		for _, e := range x.efforts {
			if err := l.Told.AddEffort(ctx, l.System, x.id, e); err != nil {
				return fmt.Errorf("demo: region %s: %w", x.id, err)
			}
		}
		for _, r := range x.reports {
			if err := l.Told.AddReport(ctx, l.System, x.id, r); err != nil {
				return fmt.Errorf("demo: region %s: %w", x.id, err)
			}
		}
	}
	return nil
}
