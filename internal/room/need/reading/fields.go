package reading

import (
	"slices"

	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/i18n"
)

// Field is what a column of a sheet can be. The names are those of the JSON
// fields, so that a fault finds its column.
type Field string

// The fields. OrgNumber is used before Organisation where the register knows it.
const (
	Text            Field = "text"
	Title           Field = "title"
	Organisation    Field = "organisation"
	OrgNumber       Field = "orgno"
	Firms           Field = "firms"
	Municipality    Field = "municipality"
	Headcount       Field = "headcount"
	Purpose         Field = "purpose"
	Level           Field = "level"
	Forms           Field = "forms"
	WantedFrom      Field = "wanted_from"
	Horizon         Field = "horizon"
	Cause           Field = "cause"
	Consequences    Field = "consequences"
	Barriers        Field = "barriers"
	Sector          Field = "sector"
	EmployFirst     Field = "willing_employ_first"
	PledgeSeats     Field = "willing_pledge_seats"
	Apprentice      Field = "willing_apprentice"
	CoFinance       Field = "willing_co_finance"
	Instructor      Field = "willing_instructor"
	Confidentiality Field = "confidentiality"
	Ground          Field = "confidentiality_ground"
	MandateGround   Field = "mandate_ground"
)

// Label is the field's name for readers.
func (f Field) Label() i18n.Key { return i18n.Key("import.field." + string(f)) }

// joins are the fields that several columns may be taken for: what is told in two columns
// is one text. must are those that every need has; whose it is may go without saying for
// an employer with a sheet of his own.
var (
	joins = []Field{Text, Barriers, Consequences, Forms}
	must  = []Field{Text, Municipality, Headcount}
)

// targets are the fields with the headings people write, in the order pages
// show them.
var targets = []struct {
	field Field
	names []string
}{
	{Text, []string{"Hva trengs", "Hva trenger dere", "Kva trengst", "Kva treng de", "Behov", "Beskrivelse", "Beskrivelse av behovet", "Kompetansebehov", "Beskriv behovet", "Skildring", "Hvilken kompetanse", "Hvilken kompetanse trengs", "Kompetanse", "Tekst", "Text", "Need", "Description", "What is needed"}},
	{Title, []string{"Tittel", "Overskrift", "Kort tittel", "Stikkord", "Title", "Heading"}},
	{Organisation, []string{"Virksomhet", "Verksemd", "Bedriftsnavn", "Bedrift", "Firma", "Firmanavn", "Virksomhetsnavn", "Navn på bedrift", "Navn på virksomhet", "Organisasjon", "Arbeidsgiver", "Arbeidsgivar", "Selskap", "Enhet", "Organisation", "Company", "Employer"}},
	{OrgNumber, []string{"Organisasjonsnummer", "Orgnr", "Org.nr.", "Org nr", "Foretaksnummer", "Organisation number"}},
	{Firms, []string{"Antall virksomheter", "Tal på verksemder", "Antall bedrifter", "Ant. bedrifter", "Number of organisations", "Number of companies"}},
	{Municipality, []string{"Kommune", "Kommunenummer", "Kommunenr", "Kommunenavn", "Sted", "Hvor", "Kommune eller kommunenummer", "Municipality", "Municipality number"}},
	{Headcount, []string{"Antall personer", "Personer", "Personar", "Antall", "Ant. pers", "Ant. personer", "Hvor mange", "Hvor mange personer", "Hvor mange gjelder det", "Kor mange", "Tal på personar", "Antall ansatte", "Antall deltakere", "Headcount", "People", "How many"}},
	{Purpose, []string{"Formål", "Føremål", "Rekruttering eller etterutdanning", "Rekruttering/EVU", "Rekruttering eller EVU", "Type behov", "Gjelder", "Hva gjelder behovet", "Purpose"}},
	{Level, []string{"Nivå", "Utdanningsnivå", "Kompetansenivå", "Ønsket nivå", "Level"}},
	{Forms, []string{"Ønsket form", "Ønskt form", "Form", "Opplæringsform", "Undervisningsform", "Organisering", "Hvordan", "Form of education"}},
	{WantedFrom, []string{"Ønsket fra", "Ønskt frå", "Ønsket oppstart", "Oppstart", "Startdato", "Når", "Fra dato", "Wanted from", "Start"}},
	{Horizon, []string{"Tidshorisont", "Når trengs det", "Hvor snart", "Hastegrad", "Tidsperspektiv", "Horizon", "Urgency"}},
	{Cause, []string{"Årsak", "Hvorfor", "Kvifor", "Bakgrunn", "Årsak til behovet", "Cause", "Why"}},
	{Consequences, []string{"Følger", "Følgjer", "Konsekvens", "Konsekvenser", "Hva skjer hvis behovet ikke dekkes", "Consequences"}},
	{Barriers, []string{"Hindre", "Hinder", "Hindringer", "Barrierer", "Utfordringer", "Hva hindrer dere", "Barriers", "Obstacles"}},
	{Sector, []string{"Næring", "Bransje", "Næringskode", "Sektor", "Sector", "Industry"}},
	{EmployFirst, []string{"Kan ansette først", "Vil ansette først", "Ansette først", "Kan tilsetje først", "Employ first"}},
	{PledgeSeats, []string{"Lover plasser", "Antall plasser dere kan love", "Plasser", "Garanterte plasser", "Pledged seats"}},
	{Apprentice, []string{"Kan ta lærling", "Lærling", "Tar imot lærling", "Vil ha lærling", "Apprentice"}},
	{CoFinance, []string{"Kan betale en del", "Egenandel", "Medfinansiering", "Kan bidra økonomisk", "Co-finance"}},
	{Instructor, []string{"Kan låne ut instruktør", "Instruktør", "Stiller med fagperson", "Instructor"}},
	{Confidentiality, []string{"Hvem kan se", "Kven kan sjå", "Synlighet", "Åpenhet", "Konfidensialitet", "Offentlig", "Confidentiality", "Visibility"}},
	{Ground, []string{"Grunn til at det ikke er åpent", "Begrunnelse for skjerming", "Skjermingsgrunn", "Ground for confidentiality"}},
	{MandateGround, []string{"Fullmakt", "Mandat", "Hvordan mandatet ble gitt", "Avtalt", "Mandate"}},
}

// Columns are what the columns of a sheet of needs can be.
func Columns() upload.Fields {
	out := make(upload.Fields, len(targets))
	for i, t := range targets {
		out[i] = upload.Field{Name: string(t.field), Label: t.field.Label(), Headings: t.names, Joins: slices.Contains(joins, t.field), Must: slices.Contains(must, t.field)}
	}
	return out
}
