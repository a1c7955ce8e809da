package intake

import (
	"math"
	"strings"
	"unicode"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/outreach"
)

// Field is what a column of a sheet can be, by the names that faults use.
type Field string

// The fields.
const (
	Organisation Field = "organisation"
	Municipality Field = "municipality"
	Day          Field = "day"
	Kind         Field = "kind"
	Minutes      Field = "minutes"
	Came         Field = "result"
	AgainOn      Field = "again_on"
	Hub          Field = "hub"
)

// Label is the field's name for readers, the same as in the exported list.
func (f Field) Label() i18n.Key { return i18n.Key("outreach." + string(f)) }

// Columns are what the columns of a sheet of visits can be, with the headings people
// write, in the order of the exported list.
func Columns() upload.Fields {
	return upload.Fields{
		{Name: string(Organisation), Label: Organisation.Label(), Headings: []string{"Virksomhet", "Verksemd", "Organisation", "Bedrift", "Bedriftsnavn", "Firma", "Organisasjon", "Organisasjonsnummer", "Orgnr", "Hvem", "Company"}, Must: true},
		{Name: string(Municipality), Label: Municipality.Label(), Headings: []string{"Kommune", "Municipality", "Kommunenummer", "Sted", "Stad"}},
		{Name: string(Day), Label: Day.Label(), Headings: []string{"Dag", "Day", "Dato", "Date", "Besøksdato", "Når"}, Must: true},
		{Name: string(Kind), Label: Kind.Label(), Headings: []string{"Hvordan", "Korleis", "How", "Type", "Kontaktform", "Måte", "Slag"}},
		{Name: string(Minutes), Label: Minutes.Label(), Headings: []string{"Minutter brukt", "Minutt brukte", "Minutes spent", "Minutter", "Minutt", "Minutes", "Varighet", "Tid brukt"}},
		{Name: string(Came), Label: Came.Label(), Headings: []string{"Resultat", "Result", "Utfall", "Hva kom ut av det", "Kva kom ut av det", "Outcome"}, Must: true},
		{Name: string(AgainOn), Label: AgainOn.Label(), Headings: []string{"Ta kontakt igjen", "Ta kontakt att", "Make contact again on", "Oppfølging", "Ny kontakt", "Follow up"}},
		{Name: string(Hub), Label: Hub.Label(), Headings: []string{"På vegne av", "På vegner av", "On behalf of", "Hvem besøkte", "Besøkt av", "Rådgivers virksomhet"}},
	}
}

// kinds and results are the words people write for them.
var (
	kinds = map[string]outreach.Kind{"besøk": "visit", "bedriftsbesøk": "visit", "visit": "visit", "telefon eller video": "call", "telefon": "call", "video": "call", "teams": "call", "telefonsamtale": "call", "samtale": "call",
		"phone or video": "call", "phone": "call", "call": "call", "møte hos oss": "meeting", "møte": "meeting", "meeting at our place": "meeting", "meeting": "meeting", "arrangement": "event", "event": "event", "frokostmøte": "event"}
	results = map[string]outreach.Result{"de har et behov": "need", "dei har eit behov": "need", "they have a need": "need", "behov": "need", "need": "need", "ja": "need",
		"ikke noe nå": "not_now", "ikkje noko no": "not_now", "nothing now": "not_now", "ikke nå": "not_now", "ikkje no": "not_now", "ingenting": "not_now", "nei": "not_now", "not now": "not_now",
		"ta kontakt igjen": "again", "ta kontakt att": "again", "make contact again": "again", "igjen": "again", "oppfølging": "again", "again": "again"}
)

// usualMinutes and usualKind are what the form proposes, for lists that do not say.
const (
	usualMinutes               = 60
	usualKind    outreach.Kind = "visit"
)

// Row is a line of a sheet, its cells read into a visit. Organisation and Hub are as
// written; Faults are cells that could not be read.
type Row struct {
	Nr                int
	Organisation, Hub string
	Visit             outreach.Visit
	Faults            []fault.Field
}

// Reader reads rows.
type Reader struct {
	Places *place.Register
	Today  clock.Date
}

// Row reads a row whose columns are taken for the fields of those names.
func (rd Reader) Row(row sheet.Row, fields []string) Row {
	cell := map[Field]string{}
	for i, name := range fields {
		f := Field(name)
		if f != "" && cell[f] == "" {
			cell[f] = text.CleanLine(row.Cell(i))
		}
	}
	var fs fault.Fields
	wrong := func(f Field, key i18n.Key) { fs.Add(string(f), key, "value", text.Truncate(cell[f], 60)) }
	out := Row{Nr: row.Number, Organisation: cell[Organisation], Hub: cell[Hub]}
	v := outreach.Visit{Kind: usualKind, Minutes: usualMinutes}
	day := func(f Field) clock.Date {
		if cell[f] == "" {
			return clock.Date{}
		}
		d, err := clock.ParseDate(cell[f])
		if err != nil {
			wrong(f, "outreach.import.error.day")
		}
		return d
	}
	v.Day, v.AgainOn = day(Day), day(AgainOn)
	if w := worded(cell[Kind]); w != "" {
		if v.Kind = kinds[w]; v.Kind == "" {
			wrong(Kind, "outreach.import.error.kind")
		}
	}
	if w := worded(cell[Came]); w != "" {
		if v.Result = results[w]; v.Result == "" {
			wrong(Came, "outreach.import.error.result")
		}
	}
	if cell[Minutes] != "" {
		n, err := sheet.ParseNumber(cell[Minutes])
		if err != nil || n != math.Trunc(n) || math.Abs(n) > 1e6 {
			wrong(Minutes, "outreach.import.error.minutes")
		}
		v.Minutes = int(max(-1e6, min(1e6, n)))
	}
	if written := strings.TrimSuffix(cell[Municipality], " kommune"); written != "" {
		n, err := rd.Places.ParseTyped(written, rd.Today)
		if err != nil {
			wrong(Municipality, "outreach.import.error.municipality")
		}
		v.Municipality = string(n)
	}
	out.Visit = v
	if e, ok := fault.As(fs.Err()); ok {
		out.Faults = e.Fields
	}
	return out
}

// worded is a cell in small letters without signs.
func worded(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
