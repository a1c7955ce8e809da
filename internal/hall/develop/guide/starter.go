package guide

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
)

// starter are the sections that a new house begins with, in our own words: the county reads
// them through, and makes them open as the first version.
func starter() map[Kind][]Writing {
	return map[Kind][]Writing{Forum: forumStarter(), Programme: programmeStarter()}
}

func forumStarter() []Writing {
	return []Writing{
		{Title: i18n.Text{NB: "Hvem som sitter rundt bordet", NN: "Kven som sit rundt bordet"},
			Words: i18n.Text{NB: "Et forum trenger både dem som har behov, og dem som kan svare på dem. Ta med kommunene, næringshagene og næringsforeningene på den ene siden, og de videregående skolene, fagskolen og høyskolene på den andre.\n\nLa NAV, opplæringskontor og karrieresenter være med fra starten. De kjenner folk som vil lære, men som ingen arbeidsgiver har spurt ennå.\n\nGi hver plass til en virksomhet, ikke til en person. Da lever forumet videre når noen bytter jobb.",
				NN: "Eit forum treng både dei som har behov, og dei som kan svare på dei. Ta med kommunane, næringshagane og næringsforeiningane på den eine sida, og dei vidaregåande skulane, fagskulen og høgskulane på den andre.\n\nLat NAV, opplæringskontor og karrieresenter vere med frå starten. Dei kjenner folk som vil lære, men som ingen arbeidsgivar har spurt enno.\n\nGi kvar plass til ei verksemd, ikkje til ein person. Då lever forumet vidare når nokon byter jobb."}},
		{Title: i18n.Text{NB: "Fast sak om behov i hvert møte", NN: "Fast sak om behov i kvart møte"},
			Words: i18n.Text{NB: "Sett behov på sakslista hver gang, før andre saker. Da vet alle at det de melder, blir tatt opp.\n\nPresenter behovet med ordene til den som har det. Si hvor mange det gjelder, når det haster, og hva de har prøvd.\n\nSkriv ned hva som ble klart, og hvem som følger opp, før dere går videre til neste behov.",
				NN: "Set behov på sakslista kvar gong, før andre saker. Då veit alle at det dei melder, blir teke opp.\n\nPresenter behovet med orda til den som har det. Sei kor mange det gjeld, når det hastar, og kva dei har prøvd.\n\nSkriv ned kva som vart klart, og kven som følgjer opp, før de går vidare til neste behov."}},
		{Title: i18n.Text{NB: "Å finne behovene", NN: "Å finne behova"},
			Words: i18n.Text{NB: "Små bedrifter melder sjelden behov av seg selv. Dra til dem. En rådgiver de kjenner, får vite mer på en halvtime enn et skjema gjør på en måned.\n\nSpør om oppgaver som ikke blir gjort, ikke om kurs. Det er lettere å svare på.\n\nSlå sammen like behov fra flere. Fem bedrifter med to hver er et kull.",
				NN: "Små bedrifter melder sjeldan behov av seg sjølve. Dra til dei. Ein rådgivar dei kjenner, får vite meir på ein halvtime enn eit skjema gjer på ein månad.\n\nSpør om oppgåver som ikkje blir gjorde, ikkje om kurs. Det er lettare å svare på.\n\nSlå saman like behov frå fleire. Fem bedrifter med to kvar er eit kull."}},
		{Title: i18n.Text{NB: "En tilbyder som svarer innen en dag", NN: "Ein tilbydar som svarar innan ein dag"},
			Words: i18n.Text{NB: "Hvert behov som drøftes, skal ha én tilbyder med en frist. Uten frist blir det liggende.\n\nSvaret kan være at noen få plass i noe som går, at noe tilpasses, at noe nytt lages, eller nei. Et nei med grunn er også et svar.\n\nFølg med på hva som er for sent, og ta det opp i neste møte.",
				NN: "Kvart behov som blir drøfta, skal ha éin tilbydar med ein frist. Utan frist blir det liggjande.\n\nSvaret kan vere at nokon får plass i noko som går, at noko blir tilpassa, at noko nytt blir laga, eller nei. Eit nei med grunn er òg eit svar.\n\nFølg med på kva som er for seint, og ta det opp i neste møte."}},
		{Title: i18n.Text{NB: "Fra regionen til fylket", NN: "Frå regionen til fylket"},
			Words: i18n.Text{NB: "Det som er likt i flere regioner, hører hjemme i fylkets forum. Send det inn med tall og navn på virksomhetene som står bak.\n\nFylket svarer på hvert innspill. Kommer det ikke svar, spør.\n\nRegioner uten forum kan også sende innspill. La dem bli hørt på lik linje.",
				NN: "Det som er likt i fleire regionar, høyrer heime i forumet til fylket. Send det inn med tal og namn på verksemdene som står bak.\n\nFylket svarar på kvart innspel. Kjem det ikkje svar, spør.\n\nRegionar utan forum kan òg sende innspel. Lat dei bli høyrde på lik linje."}},
		{Title: i18n.Text{NB: "Et sekretariat med tid", NN: "Eit sekretariat med tid"},
			Words: i18n.Text{NB: "Noen må ringe, skrive og huske. Sett av timer til det, og skriv dem inn i avtalen mellom partene.\n\nSekretæren eier ikke behovene, men ser til at noen gjør det.\n\nHold listene åpne, så den som melder et behov, kan se hvem som har ballen uten å spørre.",
				NN: "Nokon må ringje, skrive og hugse. Set av timar til det, og skriv dei inn i avtalen mellom partane.\n\nSekretæren eig ikkje behova, men ser til at nokon gjer det.\n\nHald listene opne, så den som melder eit behov, kan sjå kven som har ballen utan å spørje."}},
		{Title: i18n.Text{NB: "Å se om det virker", NN: "Å sjå om det verkar"},
			Words: i18n.Text{NB: "Tell hvor mange behov som får svar, hvor lang tid det tar, og hvor mange som fullfører. Se på tallene én gang i året.\n\nSpør dem som har behovet, om det er dekket. Bare de vet det.\n\nSkriv ned det som ikke virket. Det er det andre regioner har mest nytte av.",
				NN: "Tel kor mange behov som får svar, kor lang tid det tek, og kor mange som fullfører. Sjå på tala éin gong i året.\n\nSpør dei som har behovet, om det er dekt. Berre dei veit det.\n\nSkriv ned det som ikkje verka. Det er det andre regionar har mest nytte av."}},
	}
}

func programmeStarter() []Writing {
	return []Writing{
		{Title: i18n.Text{NB: "Fra behov til idé", NN: "Frå behov til idé"},
			Words: i18n.Text{NB: "Les behovet slik det er meldt, og ring den som skrev det. Spør hva personen skal kunne gjøre dagen etter at utdanningen er over.\n\nSe først etter noe som finnes. Innpassing i et program som går, er raskest for alle.\n\nFinnes det nesten, tilpass det. Lag noe nytt bare når ingenting ligger i nærheten.",
				NN: "Les behovet slik det er meldt, og ring den som skreiv det. Spør kva personen skal kunne gjere dagen etter at utdanninga er over.\n\nSjå først etter noko som finst. Innpassing i eit program som går, er raskast for alle.\n\nFinst det nesten, tilpass det. Lag noko nytt berre når ingenting ligg i nærleiken."}},
		{Title: i18n.Text{NB: "Å undersøke om det går", NN: "Å undersøkje om det går"},
			Words: i18n.Text{NB: "Svar på fire ting før dere går videre: hvor mange som trengs for å starte, hva som mangler av utstyr, hvem som underviser, og når det tidligst kan begynne.\n\nSi det dere ikke vet ennå. Den som venter, tåler et «vet ikke» bedre enn stillhet.\n\nSett en dag for svaret og hold den.",
				NN: "Svar på fire ting før de går vidare: kor mange som trengst for å starte, kva som manglar av utstyr, kven som underviser, og når det tidlegast kan byrje.\n\nSei det de ikkje veit enno. Den som ventar, toler eit «veit ikkje» betre enn stille.\n\nSet ein dag for svaret og hald han."}},
		{Title: i18n.Text{NB: "Utform det sammen med arbeidsgiverne", NN: "Utform det saman med arbeidsgivarane"},
			Words: i18n.Text{NB: "La de som har behovet, lese planen før den er ferdig. De ser hva som mangler, og hva som kan gå ut.\n\nBruk oppgaver fra arbeidsplassen som øving. Da lærer folk det de skal gjøre, og sjefen ser nytten med en gang.\n\nSkriv ned hva dere ble enige om, i arbeidsrommet, ikke i e-post.",
				NN: "Lat dei som har behovet, lese planen før han er ferdig. Dei ser kva som manglar, og kva som kan gå ut.\n\nBruk oppgåver frå arbeidsplassen som øving. Då lærer folk det dei skal gjere, og sjefen ser nytten med ein gong.\n\nSkriv ned kva de vart samde om, i arbeidsrommet, ikkje i e-post."}},
		{Title: i18n.Text{NB: "Samlinger der folk bor", NN: "Samlingar der folk bur"},
			Words: i18n.Text{NB: "Legg samlingene til regionen. Reise, overnatting og tapte arbeidsdager er det som stopper de fleste små bedrifter.\n\nFå og korte samlinger er bedre enn mange. Bruk skjerm til det som kan sies, og samlingene til det som må gjøres.\n\nEt studiesenter eller en skole har ofte rom. Spør dem først.",
				NN: "Legg samlingane til regionen. Reise, overnatting og tapte arbeidsdagar er det som stoppar dei fleste små bedrifter.\n\nFå og korte samlingar er betre enn mange. Bruk skjerm til det som kan seiast, og samlingane til det som må gjerast.\n\nEit studiesenter eller ein skule har ofte rom. Spør dei først."}},
		{Title: i18n.Text{NB: "Opptak hele året", NN: "Opptak heile året"},
			Words: i18n.Text{NB: "La folk søke når som helst, og gi hver søker en dag for svar. En bedrift som ansetter i mars, kan ikke vente til august.\n\nDel opp innholdet, så den som begynner sent, kan ta det første til slutt.\n\nGår det ikke å starte når som helst, skriv hvorfor, og si når neste start er.",
				NN: "Lat folk søkje når som helst, og gi kvar søkjar ein dag for svar. Ei bedrift som tilset i mars, kan ikkje vente til august.\n\nDel opp innhaldet, så den som byrjar seint, kan ta det første til slutt.\n\nGår det ikkje å starte når som helst, skriv kvifor, og sei når neste start er."}},
		{Title: i18n.Text{NB: "Arbeid og utdanning sammen", NN: "Arbeid og utdanning saman"},
			Words: i18n.Text{NB: "Lag én plan som arbeidsgiveren, den som lærer og skolen ser likt. Da slipper den som lærer å forhandle mellom dem.\n\nAvtal timer til arbeid og timer til studier før oppstart, og hvem som betaler for dem.\n\nGi den som lærer, én på arbeidsplassen og én på skolen å spørre.",
				NN: "Lag éin plan som arbeidsgivaren, den som lærer og skulen ser likt. Då slepp den som lærer å forhandle mellom dei.\n\nAvtal timar til arbeid og timar til studium før oppstart, og kven som betaler for dei.\n\nGi den som lærer, éin på arbeidsplassen og éin på skulen å spørje."}},
		{Title: i18n.Text{NB: "Hvem som betaler for å lage det", NN: "Kven som betaler for å lage det"},
			Words: i18n.Text{NB: "Si tidlig hva det koster å utvikle programmet, og hvem som kan betale. For høyere utdanning er staten den vanlige kilden, for fagskole og videregående fylket.\n\nArbeidsgivere og kommuner kan dele på det som er laget for dem. Skriv ned hva hver av dem har sagt ja til.\n\nEt program som kan brukes i flere regioner, er billigere for alle.",
				NN: "Sei tidleg kva det kostar å utvikle programmet, og kven som kan betale. For høgare utdanning er staten den vanlege kjelda, for fagskule og vidaregåande fylket.\n\nArbeidsgivarar og kommunar kan dele på det som er laga for dei. Skriv ned kva kvar av dei har sagt ja til.\n\nEit program som kan brukast i fleire regionar, er billegare for alle."}},
		{Title: i18n.Text{NB: "Å lære av det, og gi det videre", NN: "Å lære av det, og gi det vidare"},
			Words: i18n.Text{NB: "Skriv ned hva dere lærte i hvert steg mens dere husker det, både det som gikk bra og det dere ville gjort annerledes.\n\nSpør dem som fullførte, og arbeidsgiverne deres, om de kan det de skulle.\n\nKopier programmet til en annen region når det virker. Bytt ut stedene og spør de nye arbeidsgiverne før dere starter.",
				NN: "Skriv ned kva de lærte i kvart steg medan de hugsar det, både det som gjekk bra og det de ville gjort annleis.\n\nSpør dei som fullførte, og arbeidsgivarane deira, om dei kan det dei skulle.\n\nKopier programmet til ein annan region når det verkar. Byt ut stadene og spør dei nye arbeidsgivarane før de startar."}},
	}
}

// LoadStarter puts the first sections into the guides of a house that has none.
func (s *Service) LoadStarter(ctx context.Context) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Scalar[int](ctx, tx, countSections)
		if err != nil || n > 0 {
			return err
		}
		system, now := access.SystemActor("starter"), s.Clock.Now()
		for _, k := range Kinds() {
			for i, in := range starter()[k] {
				in.Nr = i + 1
				if err := insert(ctx, tx, system, k, id.New[Section](), in, now); err != nil {
					return err
				}
			}
			audit.Record(tx, now, system, ActionStarter, subject(k), audit.Field("sections", "", len(starter()[k])))
		}
		return nil
	})
}
