package ui_test

import (
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
)

func sample() gallery {
	g := gallery{Layout: sampleLayout()}
	sampleTop(&g)
	sampleLists(&g)
	sampleMap(&g)
	sampleForm(&g)
	return g
}

func sampleLayout() ui.Layout {
	return ui.Layout{
		Lang: "nb", Title: "Galleri", ProductName: "Kompetansetorg", Tagline: "Fra behov til kvalifisert medarbeider",
		Description: "Alle delene på én side", HomeHref: "/",
		Alternates: []ui.Alternate{{"nb", "/galleri?lang=nb"}, {"en", "/galleri?lang=en"}},
		Menu: []ui.MenuItem{
			{Label: "Behov", Href: "/behov", Current: true}, {Label: "Tilbud", Href: "/tilbud"}, {Label: "Under utvikling", Href: "/utvikling"},
			{Label: "Forum og råd", Href: "/forum"}, {Label: "Verktøykasse", Href: "/verktoykasse"}, {Label: "Tilskudd", Href: "/tilskudd"},
			{Label: "Kunnskap", Href: "/kunnskap"}, {Label: "Strategi", Href: "/strategi"},
		},
		Languages: []ui.LangLink{
			{Code: "nb", Label: "Bokmål", Href: "?lang=nb", Current: true}, {Code: "nn", Label: "Nynorsk", Href: "?lang=nn"}, {Code: "en", Label: "English", Href: "?lang=en"},
		},
		Viewer: ui.Viewer{SignedIn: true, Name: "Rådgiver, næringshagen", RoleLabel: "Rådgiver · Fosen", HomeHref: "/min-side", SignOutTo: "/logg-ut"},
		Demo: &ui.DemoBanner{
			Text: "Demo: oppdiktede data.", Now: "Du er rådgiver.", Switch: "Bytt rolle", Action: "/demo/rolle",
			Roles: []ui.DemoRole{
				{Field: "role", Value: "adviser", Label: "Rådgiver", Hint: "Registrerer behov etter besøk", Current: true}, {Field: "role", Value: "employer", Label: "Virksomhet", Hint: "Følger sitt eget behov"},
				{Field: "role", Value: "provider", Label: "Tilbyder", Hint: "Svarer på behov"}, {Field: "role", Value: "county", Label: "Fylkeskommunen", Hint: "Ser helheten"},
			},
			SameLabel: "Andre i samme rolle", Same: []ui.DemoRole{{Field: "account", Value: "1", Label: "Fjellhagen", Hint: "Rådgiver", Current: true}, {Field: "account", Value: "2", Label: "Kysthagen", Hint: "Rådgiver"}},
		},
		Notice: &ui.Notice{Color: ui.Success, Title: "Behovet er sendt inn", Text: "Fagskolen får det på bordet i dag og svarer innen 12. mars.", Live: true},
		Crumbs: []ui.Link{{"Forside", "/"}, {"Behov", "/behov"}},
		Footer: []ui.Link{{"Tilgjengelighetserklæring", "/tilgjengelighet"}, {"Personvern", "/personvern"}, {"Kildekode og lisens", "/om"}, {"API og åpne data", "/api"}},
		Words: ui.Words{
			SkipLink: "Hopp til innholdet", Menu: "Meny", Close: "Lukk", MainMenu: "Hovedmeny", Language: "Språk", Crumbs: "Du er her", FooterMenu: "Om tjenesten",
			FooterText: "Et felles torg for dem som trenger kompetanse og dem som gir den.", SignIn: "Logg inn", SignOut: "Logg ut", SignedInAs: "Logget inn som",
			CharsLeft: "{n} tegn igjen", CharsOver: "{n} tegn for mye", WordsLeft: "{n} ord igjen", WordsOver: "{n} ord for mye", ConfirmYes: "Ja, fortsett", ConfirmNo: "Avbryt", Copied: "Lenken er kopiert", ShowAll: "Vis alle {n}",
			NetworkError: "Fikk ikke kontakt med tjenesten.",
		},
	}
}

func sampleTop(g *gallery) {
	g.Hero = ui.Hero{
		Title: "Finn utdanning og støtte der du er", Lead: "Skriv med egne ord hva dere mangler. Vi finner tilbudene som passer, tiltakene som virker, og hvem som kan hjelpe.",
		Action: "/finn", Field: "text", Label: "Hva trenger dere?", Hint: "For eksempel: «En som kan styre saga når han vi har, går av»", Button: "Finn tilbud",
		ExampleLabel: "Prøv:", Examples: []ui.Link{{"Sveiser til verkstedet", "/finn?text=sveiser"}, {"Kokk til hotellet", "/finn?text=kokk"}, {"Ledelse i små bedrifter", "/finn?text=ledelse"}},
		Actions: []ui.Action{{Label: "Meld et behov", Href: "/behov/nytt", Variant: ui.Secondary}},
	}
	g.Head = ui.Head{
		Kicker: "Behov B-2026-0042", Title: "Operatør til høvleri og saglinje", Lead: "Meldt av næringshagen på vegne av et sagbruk i Åfjord.",
		Tags:    []ui.Tag{{"Under oppfølging", ui.Info}, {"Åpent", ui.Neutral}, {"Over fristen", ui.Danger}, {"Passer", ui.Success}, {"Delvis", ui.Warning}, {"Kan tas på arbeidsplassen", ui.Accent}},
		Actions: []ui.Action{{Label: "Svar på behovet", Href: "#svar"}, {Label: "Følg saken", Href: "/folg", Post: true, Variant: ui.Secondary}, {Label: "Trekk behovet", Href: "/trekk", Post: true, Variant: ui.Tertiary, Color: ui.Danger, Confirm: &ui.Confirm{Text: "Vil du trekke behovet? Virksomheten får beskjed.", Yes: "Ja, trekk det", No: "Behold det"}}},
	}
	g.Balls.Mine = ui.Ball{Label: "Hos", Who: "deg", Due: "svar innen 12. mars", Note: "Si om deltakerne kan få plass i et løp dere alt har.", State: ui.BallMine}
	g.Balls.Waiting = ui.Ball{Label: "Hos", Who: "Fagskolen", Due: "svar innen 12. mars", State: ui.BallWaiting}
	g.Balls.Late = ui.Ball{Label: "Hos", Who: "Fylkeskommunen", Due: "skulle svart 1. februar", State: ui.BallLate, Tags: []ui.Tag{{"9 dager over", ui.Danger}}}
	g.Balls.Rest = ui.Ball{Label: "Avsluttet", Who: "dekket av eksisterende tilbud", State: ui.BallRest}
	g.Progress = ui.Progress{Label: "Rød tråd", Items: []ui.Step{
		{Label: "Kartlagt", Text: "3. januar", State: ui.StepDone, StateLabel: "fullført", Href: "#kartlagt"}, {Label: "Presentert", Text: "i kompetanseforum 20. januar", State: ui.StepDone, StateLabel: "fullført"},
		{Label: "Drøftet", State: ui.StepSkipped, StateLabel: "hoppet over"}, {Label: "Under oppfølging", Text: "siden 1. februar", State: ui.StepCurrent, StateLabel: "nå"}, {Label: "Dekket", State: ui.StepTodo, StateLabel: "gjenstår"},
	}}
	g.Facts = ui.Facts{Items: []ui.Fact{
		{Label: "Virksomhet", Link: &ui.Link{Label: "Sagbruket i Åfjord", Href: "/org/1"}}, {Label: "Antall", Text: "4 personer"},
		{Label: "Ønsket form", Lines: []string{"Samlinger i nærheten", "Nett mellom samlingene"}}, {Label: "Tilstand", Tags: []ui.Tag{{"Under oppfølging", ui.Info}}},
		{Label: "Planer", Links: []ui.Link{{Label: "Kompetanseplan for de neste fire årene.pdf", Href: "/vedlegg/1"}, {Label: "Rekruttering.docx", Href: "/vedlegg/2"}, {Label: "Bare navngitt.txt"}}},
	}}
	g.Tabs = ui.Tabs{Label: "Deler av behovet", Items: []ui.Tab{{Label: "Om behovet", Href: "#om", Current: true}, {Label: "Svar", Href: "#svar", Count: "3"}, {Label: "Historikk", Href: "#historikk"}}}
	g.Copy = ui.Copy{ID: "follow-link", Label: "Lenke for virksomheten", Hint: "Den som har lenken, ser hvem som har saken, og fristen.", Value: "https://kompetansetorg.example/f/7Jd0-2Kq9", Button: "Kopier",
		QRSrc: "/assets/mark.svg", QRAlt: "QR-kode til den samme lenken"}
	g.Timeline = ui.Timeline{Label: "Historikk", Items: []ui.Event{
		{When: "1. februar 2026 kl. 10.12", ISO: "2026-02-01T09:12:00Z", Who: "Sekretær", Text: "Sendt til Fagskolen", Note: "Ber om svar på om de fire kan innpasses."}, {When: "3. januar 2026", ISO: "2026-01-03", Who: "Rådgiver", Text: "Registrert"},
	}}
	g.Chips = ui.Chips{Label: "Vi forstod", Items: []ui.Chip{{Label: "Trelastarbeider", Href: "?uten=1", Remove: "Fjern"}, {Label: "Høvling av tre", Post: true, Href: "/fjern", Name: "code", Value: "2", Remove: "Fjern"}, {Label: "Åfjord"}}}
	g.Cards = []ui.Card{
		{Kicker: "Fagskolen · fagskole", Title: "Trelastteknikk, 30 studiepoeng", Href: "/tilbud/1", Tags: []ui.Tag{{"Passer", ui.Success}, {"Kan tas på arbeidsplassen", ui.Accent}}, Color: ui.Success,
			Facts: []ui.Fact{{Label: "Start", Text: "løpende"}, {Label: "Avstand", Text: "34 km"}}, Why: "Hvorfor dette",
			Points:  []ui.Point{{Text: "Dekker saglinje og høvleri", Kind: ui.Yes, Label: "Passer:"}, {Text: "To samlinger i Steinkjer, resten på nett", Kind: ui.Yes, Label: "Passer:"}, {Text: "Neste samling er før ønsket start", Kind: ui.No, Label: "Mangler:"}, {Text: "Ti plasser igjen", Kind: ui.Plain, Label: ""}},
			Actions: []ui.Action{{Label: "Be om tilpasning", Href: "/be", Post: true, Context: "av Trelastteknikk"}, {Label: "Ikke aktuelt", Href: "/nei", Post: true, Variant: ui.Tertiary}}},
		{Kicker: "Tiltak", Title: "Vertskapskurs for virksomheter", Href: "/tiltak/2", Text: "Hjelper dem som flytter hit, til å finne seg til rette og bli boende.", Points: []ui.Point{{Text: "Svarer på at folk flytter igjen", Kind: ui.Yes, Label: "Passer:"}}, Why: "Hvorfor dette"},
		{Kicker: "Støtte", Title: "Bedriftsintern opplæring", Href: "/stotte/3", Text: "Tilskudd til virksomheter som må omstille seg.", Tags: []ui.Tag{{"Sist sjekket 01.02.2026", ui.Neutral}}},
	}
}

func sampleLists(g *gallery) {
	search := form.Field{Name: "q", Kind: form.Text, Label: "Søk i behovene"}
	g.Filter = ui.Filter{Action: "/behov", Title: "Flere filtre", Search: search, Submit: "Vis", Hits: "37 behov", Open: true, Chosen: "Valgte filtre",
		Fields: []form.Field{
			{Name: "region", Kind: form.Select, Label: "Region", Options: []form.Option{{Label: "Alle"}, {Value: "fosen", Label: "Fosen", Selected: true}}},
			{Name: "level", Kind: form.Checks, Label: "Nivå", Options: []form.Option{{Value: "vgs", Label: "Videregående"}, {Value: "fagskole", Label: "Fagskole", Selected: true}}},
			{Name: "after", Kind: form.Date, Label: "Meldt etter", Value: "2026-01-01"},
		},
		Chips: []ui.Chip{{Label: "Fosen", Href: "/behov?level=fagskole", Remove: "Fjern filteret"}, {Label: "Fagskole", Href: "/behov?region=fosen", Remove: "Fjern filteret"}}, Clear: &ui.Link{Label: "Nullstill", Href: "/behov"}}
	row := func(nr, title, org, place, n string, tag ui.Tag) ui.Row {
		return ui.Row{Cells: []ui.Cell{{Check: &ui.Check{Name: "need", Value: nr, Label: "Velg " + title}, Text: title, Href: "/behov/" + nr, Sub: nr}, {Text: org}, {Text: place}, {Text: n}, {Tags: []ui.Tag{tag}}, {Text: "Fagskolen", Sub: "innen 12.03.2026"}}}
	}
	g.Table = ui.Table{Caption: "Behov i Fosen", Columns: []ui.Column{{Label: "Behov", Href: "?sort=title"}, {Label: "Virksomhet"}, {Label: "Kommune", Href: "?sort=place"}, {Label: "Antall", Number: true, Href: "?sort=-n", Sort: "descending"}, {Label: "Tilstand"}, {Label: "Hos"}},
		Rows: []ui.Row{
			row("B-2026-0042", "Operatør til høvleri og saglinje", "Sagbruket i Åfjord", "Åfjord", "4", ui.Tag{Text: "Under oppfølging", Color: ui.Info}),
			row("B-2026-0040", "Kokk med lokal mat som fag", "Kysthotellet", "Ørland", "2", ui.Tag{Text: "Kartlagt", Color: ui.Neutral}),
			row("B-2026-0031", "Sykepleiere som blir", "Kommunen", "Indre Fosen", "12", ui.Tag{Text: "Dekket", Color: ui.Success}),
		}}
	g.Pager = ui.Pager{Label: "Sider", Summary: "Viser 51–100 av 431", First: &ui.Link{Label: "Første side", Href: "?"}, Prev: &ui.Link{Label: "Forrige", Href: "?before=x"}, Next: &ui.Link{Label: "Neste", Href: "?after=y"}}
	g.Round = ui.Round{ID: "bord", Title: "Rådet rundt bordet", Desc: "To kommuner med to seter hver", Centre: "2 stemmer", Below: "4 seter",
		Places: []ui.RoundPlace{{Label: "Røros", Note: "Leder", Seats: []ui.SeatSign{ui.SignVote, ui.SignSpeak}}, {Label: "Midtre Gauldal", Seats: []ui.SeatSign{ui.SignVote, ui.SignAttend}}},
		Legend: []ui.RoundSeat{{Sign: ui.SignVote, Label: "Stemmer"}, {Sign: ui.SignSpeak, Label: "Snakker"}}}
	g.Bars = ui.Bars{Caption: "Personer etter fagområde", LabelHead: "Fagområde", ValueHead: "Personer", Rows: []ui.Bar{{Label: "Helse og oppvekst", Href: "?f=helse", Value: 86, Text: "86"}, {Label: "Teknikk og industri", Value: 41, Text: "41"}, {Label: "Restaurant og mat", Value: 12, Text: "12"}, {Label: "Skog og tre", Value: 1, Text: "1–2"}}}
	g.NoRows = ui.Table{Caption: "Mine behov", Empty: ui.Empty{Title: "Ingen behov ennå", Text: "Når du har vært på besøk, melder du behovet her. Det tar under to minutter.", Actions: []ui.Action{{Label: "Meld et behov", Href: "/behov/nytt"}}}}
	g.Notices = []ui.Notice{
		{Title: "Andre kan be om innsyn", Text: "Det du skriver, blir et saksdokument. Forretningshemmeligheter kan skjermes.", Links: []ui.Link{{"Les om innsyn", "/innsyn"}}},
		{Color: ui.Warning, Text: "Teksten ser ut til å ha et telefonnummer. Trenger andre det?"}, {Color: ui.Danger, Title: "Noen andre lagret først", Paragraphs: []string{"Her er begge utgavene."}, Live: true},
	}
	g.Details = ui.Details{Summary: "Hvordan er dette regnet ut?", Paragraphs: []string{"Avstanden er målt i luftlinje mellom kommunesentrene."}, Points: []ui.Point{{Text: "Kilde: Kartverket", Kind: ui.Plain, Href: "https://www.kartverket.no"}}, Facts: []ui.Fact{{Label: "Sist oppdatert", Text: "01.02.2026"}}}
}

func sampleMap(g *gallery) {
	at := func(lat, lon float64) ui.Coord { return ui.Coord{Lat: lat, Lon: lon} }
	point := func(label string, c ui.Coord, n float64, value string, color ui.Color) ui.MapPoint {
		return ui.MapPoint{Coord: c, Label: label, Text: value + " personer", Value: value, Href: "/behov?kommune=" + label, Size: n, Color: color}
	}
	g.Map = ui.Map{ID: "kart", Title: "Behov etter kommune", Desc: "Sirkler på kommunesentrene; større sirkel er flere personer. Tallene står i tabellen.",
		Points: []ui.MapPoint{
			point("Åfjord", at(63.96, 10.22), 14, "14", ui.Accent), point("Ørland", at(63.70, 9.60), 9, "9", ui.Accent), point("Indre Fosen", at(63.58, 9.96), 22, "22", ui.Accent),
			point("Steinkjer", at(64.01, 11.50), 31, "31", ui.Accent), point("Røros", at(62.57, 11.38), 6, "6", ui.Accent), point("Namsos", at(64.47, 11.49), 12, "12", ui.Accent), point("Frøya", at(63.70, 8.78), 8, "8", ui.Accent),
		},
		Places: []ui.MapPlace{
			{at(63.43, 10.39), "Trondheim"}, {at(63.47, 10.92), "Stjørdal"}, {at(63.75, 11.30), "Levanger"}, {at(63.79, 11.48), "Verdal"}, {at(64.05, 10.05), "Roan"}, {at(64.25, 12.38), "Snåsa"}, {at(64.87, 13.56), "Røyrvik"},
			{at(64.86, 11.24), "Rørvik"}, {at(62.59, 9.69), "Oppdal"}, {at(63.03, 10.29), "Støren"}, {at(63.30, 9.85), "Orkanger"}, {at(63.04, 9.29), "Rindal"}, {at(64.45, 13.9), "Lierne"}, {at(64.46, 12.31), "Grong"}, {at(63.42, 9.09), "Hemne"},
		}}
	row := func(name, n, needs string) ui.Row {
		return ui.Row{Cells: []ui.Cell{{Text: name, Href: "/behov?kommune=" + name}, {Text: n}, {Text: needs}}}
	}
	g.Map.Table = ui.Table{Compact: true, Caption: "Behov etter kommune", CaptionHidden: true, Columns: []ui.Column{{Label: "Kommune"}, {Label: "Personer", Number: true}, {Label: "Behov", Number: true}},
		Rows: []ui.Row{row("Steinkjer", "31", "7"), row("Indre Fosen", "22", "5"), row("Åfjord", "14", "4"), row("Namsos", "12", "3"), row("Ørland", "9", "4"), row("Frøya", "8", "3"), row("Røros", "6", "3")}}
}

func sampleForm(g *gallery) {
	g.Files = ui.FileList{ID: "vedlegg", Title: "Vedlegg", Notice: &ui.Notice{Color: ui.Warning, Text: "Filene blir ikke sjekket for virus."},
		Table: ui.Table{Caption: "Vedlegg", CaptionHidden: true, Columns: []ui.Column{{Label: "Fil"}, {Label: "Versjon", Number: true}, {Label: "Størrelse", Number: true}}, Rows: []ui.Row{
			{Cells: []ui.Cell{{Text: "Krav til stillingen.pdf", Href: "/vedlegg/1/krav.pdf"}, {Text: "2"}, {Text: "1,2 MB"}}}}},
		Upload: &ui.Upload{Action: "/vedlegg/til/need/1", Fields: []form.Field{{Name: "file", ID: "attachment", Kind: form.File, Label: "Legg ved en fil", Hint: "Høyst 10 MB. Andre kan be om innsyn.", Required: true}},
			Button: ui.Action{Label: "Legg ved", Submit: true, Variant: ui.Secondary}}}
	g.Steps = ui.Steps{Label: "Steg i skjemaet", Items: []ui.Step{{Label: "Behovet", State: ui.StepDone, StateLabel: "fullført", Href: "#"}, {Label: "Virksomheten", State: ui.StepCurrent, StateLabel: "nå"}, {Label: "Se over og send", State: ui.StepTodo}}}
	g.Errors = ui.Errors{Title: "Rett dette før du sender", Problems: []form.Problem{{ID: "headcount", Message: "Skriv antallet som et tall"}, {ID: "purpose-1", Message: "Velg hva behovet gjelder"}, {Message: "Mandatet fra virksomheten er gått ut"}}}
	g.Fields = []form.Field{
		{Name: "text", Kind: form.Long, Label: "Hva trenger virksomheten?", Hint: "Skriv det slik virksomheten sa det.", Required: true, MaxRunes: 200, Rows: 4, Value: "Han som styrer saga, går av til sommeren, og ingen andre kan stille den inn. Vi trenger en ny, og helst to, som kan lære det her hos oss mens han ennå er her."},
		{Name: "organisation", Kind: form.Suggest, Label: "Virksomhet", Hint: "Begynn å skrive navnet.", Datalist: []string{"Sagbruket i Åfjord", "Kysthotellet"}, Required: true},
		{Name: "headcount", Kind: form.Number, Label: "Hvor mange gjelder det?", Value: "fire-fem", Error: "Skriv antallet som et tall, for eksempel 4", Required: true},
		{Name: "wanted_from", Kind: form.Date, Label: "Ønsket fra", OptionalMark: "(valgfritt)"},
		{Name: "wanted_to", Kind: form.Date, Label: "Ønsket til", Value: "i sommer", Error: "Skriv datoen slik: 01.07.2026"},
		{Name: "amount", Kind: form.Money, Label: "Egen innsats i kroner", Value: "1 650 000", OptionalMark: "(valgfritt)"},
		{Name: "purpose", Kind: form.Radio, Label: "Hva gjelder behovet?", Error: "Velg hva behovet gjelder", Options: []form.Option{{Value: "recruit", Label: "Nye medarbeidere"}, {Value: "train", Label: "Etter- og videreutdanning", Hint: "for dem som alt er ansatt"}, {Value: "both", Label: "Begge deler"}}},
		{Name: "willing", Kind: form.Checks, Label: "Hva kan virksomheten bidra med?", Hint: "Velg det som passer.", OptionalMark: "(valgfritt)", Options: []form.Option{{Value: "hire", Label: "Ansette først, utdanne etterpå", Selected: true}, {Value: "seat", Label: "Love plasser"}, {Value: "apprentice", Label: "Ta inn lærling", Hint: "krever godkjent lærebedrift"}}},
		{Name: "municipality", Kind: form.Select, Label: "Kommune", Options: []form.Option{{Label: "Velg kommune"}, {Value: "5058", Label: "Åfjord"}}, Attrs: []form.Attr{{Name: "hx-get", Value: "/steder"}, {Name: "hx-trigger", Value: "change"}}},
		{Name: "email", Kind: form.Email, Label: "E-post for svar", Autocomplete: "email"}, {Name: "password", Kind: form.Password, Label: "Passord", Autocomplete: "current-password"},
		{Name: "file", Kind: form.File, Label: "Regneark", Hint: "CSV eller XLSX, høyst 5 MB."}, {Name: "version", Kind: form.Hidden, Value: "3"},
	}
	g.Fieldset = ui.Fieldset{Legend: "Hvem kan se behovet", Hint: "Du kan endre dette senere.", Fields: []form.Field{
		{Name: "visibility", Kind: form.Radio, Label: "Synlighet", Options: []form.Option{{Value: "open", Label: "Åpent", Hint: "alle ser behovet og antallet", Selected: true}, {Value: "partners", Label: "Bare partnerne"}}},
		{Name: "ground", Kind: form.Text, Label: "Grunn til å skjerme", OptionalMark: "(valgfritt)"},
	}}
	g.Asked = ui.Questions{Live: "/skjema/prov", Update: ui.Action{Label: "Oppdater", Submit: true, Variant: ui.Tertiary, Name: "act", Value: "update", NoCheck: true},
		Last: ui.Last{Text: "Dere svarte på dette 12.11.2025.", Action: ui.Action{Label: "Uendret siden sist", Submit: true, Variant: ui.Secondary, Name: "act", Value: "unchanged"}},
		List: []ui.Asked{
			{ID: "asked-plan", Names: []string{"plan"}, Fields: []form.Field{{Name: "answers.plan", Kind: form.Text, Label: "Hva heter planen?", MaxWords: 250}}, Told: []string{"Hentet fra Enhetsregisteret 01.11.2026."}},
			{ID: "asked-yrker", Rows: &ui.Repeat{Head: form.Field{Name: "answers.yrker", Label: "Hvem trenger dere?", Hint: "En rad for hvert yrke."}, Sums: []ui.Fact{{Label: "Sum antall", Text: "12"}},
				Rows: []ui.RepeatRow{{Legend: "Rad 1", Cells: []ui.Asked{{ID: "asked-yrker-0-antall", Names: []string{"yrker.0.antall"}, Fields: []form.Field{{Name: "answers.yrker.0.antall", Kind: form.Number, Label: "Antall", Value: "12"}}}},
					Kept: []ui.Hidden{{Name: "answers.yrker.0.naar", Value: "2027"}}, Remove: ui.Action{Label: "Fjern", Context: "rad 1", Submit: true, Variant: ui.Tertiary, Name: "act", Value: "remove:yrker:0"}}},
				Add: ui.Action{Label: "Legg til en rad", Submit: true, Variant: ui.Secondary, Name: "act", Value: "add:yrker"}}},
			{ID: "asked-filer", Names: []string{"filer"}, Fields: []form.Field{{Name: "answers.filer", Kind: form.File, Label: "Legg ved planene", Hint: "Høyst 5 filer, høyst 10 MB hver.", Attrs: []form.Attr{{Name: "multiple", Value: "multiple"}}}},
				Files: []ui.AskedFile{{Name: "Kompetanseplan for de neste fire årene.pdf", Href: "/vedlegg/1", Size: "1,2 MB", Remove: ui.Action{Label: "Ta bort", Context: "Kompetanseplan", Submit: true, Variant: ui.Tertiary, Name: "act", Value: "drop:filer:1", NoCheck: true}},
					{Name: "Bare_navngitt_med_et_svært_langt_navn_uten_mellomrom.txt", Size: "4 kB", Note: "ikke lagret"}},
				Send: ui.Action{Label: "Last opp nå", Context: "Legg ved planene", Submit: true, Variant: ui.Secondary, Name: "act", Value: "send:filer", NoCheck: true}},
			{ID: "asked-sum", Title: "Til sammen", Text: "12", Lang: "nb"},
		}}
	g.Live = ui.Live{Address: "/moter/1/direkte?sett=3", Reload: ui.Link{Label: "Last på nytt", Href: "/moter/1"}, Following: "Siden oppdateres av seg selv.", Updated: "Oppdatert kl. {time}: {what}.", Lost: "Ingen kontakt.", Ended: "Siden oppdateres ikke lenger."}
	g.Draft = ui.Draft{Key: "need-new", Saving: "Lagrer utkast …", Saved: "Utkast lagret {time}", Offline: "Ikke kontakt. Utkastet ligger på denne maskinen.", Found: "Vi fant tekst fra {time} som ikke ble sendt.", Restore: "Hent den fram", Throw: "Kast den"}
	g.Actions = ui.Actions{Items: []ui.Action{{Label: "Send inn", Submit: true}, {Label: "Lagre utkast", Submit: true, Variant: ui.Secondary, Name: "save", Value: "draft", NoCheck: true}, {Label: "Avbryt", Href: "/behov", Variant: ui.Tertiary}}}
	g.Way = ui.Crumbs{Label: "Brødsmuler", Items: []ui.Link{{"Forside", "/"}, {"Behov", "/behov"}}, Current: "Nytt behov"}
}
