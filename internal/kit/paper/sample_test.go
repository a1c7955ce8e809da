package paper

import (
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// drawingOf is a small drawing of figures.
const drawingOf = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" width="200" height="100"><title>Søyler</title><rect x="1" y="2" width="8" height="8" fill="#0062ba"/></svg>`

// sample is a document with one of everything.
func sample() Document {
	counts := Table{Caption: "Behov etter region", RowHeads: true, Columns: []Column{{Title: "Region"}, {Title: "Antall", Number: true}},
		Rows: [][]Inlines{{T("Innherred"), T("12")}, {T("Fosen"), T("3")}}, Sum: []Inlines{T("Sum"), T("15")}}
	return Document{Title: "Statussak <3> & \"mer\"", Lang: i18n.NB, MadeAt: clock.MustTime("2026-11-22T09:30:00Z"), System: "Kompetansetorg",
		Words: Words{Contents: "Innhold", About: "Om dokumentet"},
		About: []Definition{Term("Laget", "22.11.2026"), Term("For", "forumet", "rådet")},
		Body: []Block{Contents{}, H(2, "Bakgrunn"), P("Tekst med <b>vinkler</b> & tegn."),
			Paragraph{Inlines{Strong{T("Viktig")}, Text(" og "), Emphasis{T("stille")}, Break{}, Link{"https://example.no/a?b=1&c=2", T("kilde")}}},
			H(3, "Tall"), counts,
			Figure{Type: "image/svg+xml", Data: []byte(drawingOf), Alt: "Søyler: Innherred 12, Fosen 3", Caption: "Behov", Table: &counts},
			List{Items: []Inlines{T("en"), T("to")}}, List{Ordered: true, Items: []Inlines{T("først")}},
			Definitions{[]Definition{Term("behov", "kompetanse som mangler")}},
			Box{"Merk", []Block{P("En boks.")}}, PageBreak{}, H(2, "Videre"),
			Paragraph{Inlines{Live{Value: "12 personer", AsOf: clock.MustDate("2026-11-01"), Source: "behovene", Note: "(per 01.11.2026, kilde: behovene)"}}}}}
}
