package archive

import (
	"encoding/xml"
	"fmt"
	"time"

	"kompetansetorg/internal/kit/clock"
)

// The namespaces of the standard.
const (
	space     = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1"
	spaceN5   = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/metadatakatalog/v1"
	spaceInst = "http://www.w3.org/2001/XMLSchema-instance"
)

// message is an arkivmelding. The order of fields here and below is that of the standard,
// which refuses another.
type message struct {
	XMLName xml.Name `xml:"arkivmelding"`
	Space   string   `xml:"xmlns,attr"`
	N5      string   `xml:"xmlns:n5mdk,attr"`
	Inst    string   `xml:"xmlns:xsi,attr"`
	System  string   `xml:"system"`
	Files   int      `xml:"antallFiler"`
	Folder  *folder  `xml:"mappe"`
	Record  *entry   `xml:"registrering"`
}

// folder is a mappe: a saksmappe or a moetemappe.
type folder struct {
	Type      string  `xml:"xsi:type,attr"`
	SystemID  string  `xml:"systemID"`
	FolderID  string  `xml:"mappeID,omitempty"`
	Title     string  `xml:"tittel"`
	Public    string  `xml:"offentligTittel,omitempty"`
	CreatedAt string  `xml:"opprettetDato,omitempty"`
	CreatedBy string  `xml:"opprettetAv,omitempty"`
	Shield    *shield `xml:"skjerming"`
	Key       *key    `xml:"referanseEksternNoekkel"`

	Year    int    `xml:"saksaar,omitempty"`
	Serial  int    `xml:"sakssekvensnummer,omitempty"`
	Date    string `xml:"saksdato,omitempty"`
	Unit    *who   `xml:"administrativEnhet"`
	Officer *who   `xml:"saksansvarlig"`
	Status  *code  `xml:"saksstatus"`

	Number    string        `xml:"moetenummer,omitempty"`
	Committee *who          `xml:"utvalg"`
	Day       string        `xml:"moetedato,omitempty"`
	Place     string        `xml:"moetested,omitempty"`
	Met       []participant `xml:"moetedeltaker"`
}

// entry is a registrering: a journalpost, a moetedokument or a moetesak.
type entry struct {
	Type      string     `xml:"xsi:type,attr"`
	SystemID  string     `xml:"systemID,omitempty"`
	CreatedAt string     `xml:"opprettetDato,omitempty"`
	Parent    *parent    `xml:"referanseForelderMappe"`
	Shield    *shield    `xml:"skjerming"`
	Documents []document `xml:"dokumentbeskrivelse"`
	Title     string     `xml:"tittel"`
	Public    string     `xml:"offentligTittel,omitempty"`
	Key       *key       `xml:"referanseEksternNoekkel"`

	Nr     int    `xml:"journalpostnummer,omitempty"`
	Kind   *code  `xml:"journalposttype"`
	Status *code  `xml:"journalstatus"`
	Date   string `xml:"journaldato,omitempty"`
	Dated  string `xml:"dokumentetsDato,omitempty"`

	Matter   *code     `xml:"moetesakstype"`
	Year     int       `xml:"moetesaksaar,omitempty"`
	Serial   int       `xml:"moetesakssekvensnummer,omitempty"`
	Decision *decision `xml:"vedtak"`

	Paper *code `xml:"moetedokumenttype"`
}

type parent struct {
	SystemID string `xml:"n5mdk:systemID"`
	FolderID string `xml:"n5mdk:mappeID,omitempty"`
}

// document is a dokumentbeskrivelse, object a file of it.
type (
	document struct {
		Kind    *code    `xml:"dokumenttype"`
		Status  *code    `xml:"dokumentstatus"`
		Title   string   `xml:"tittel"`
		Joined  code     `xml:"tilknyttetRegistreringSom"`
		Nr      int      `xml:"dokumentnummer"`
		Shield  *shield  `xml:"skjerming"`
		Objects []object `xml:"dokumentobjekt"`
	}
	object struct {
		Version   int    `xml:"versjonsnummer"`
		Variant   code   `xml:"variantformat"`
		Format    code   `xml:"format"`
		Media     string `xml:"mimeType"`
		Called    string `xml:"filnavn"`
		File      string `xml:"referanseDokumentfil"`
		Sum       string `xml:"sjekksum"`
		Algorithm string `xml:"sjekksumAlgoritme"`
		Size      int64  `xml:"filstoerrelse"`
	}
)

type (
	code struct {
		Code  string `xml:"n5mdk:kode"`
		Words string `xml:"n5mdk:beskrivelse,omitempty"`
	}
	who struct {
		Name string `xml:"n5mdk:navn"`
		ID   string `xml:"n5mdk:identifikator,omitempty"`
	}
	key struct {
		System string `xml:"n5mdk:fagsystem"`
		Key    string `xml:"n5mdk:noekkel"`
	}
	shield struct {
		Limit code   `xml:"tilgangsrestriksjon"`
		Law   string `xml:"skjermingshjemmel"`
	}
	participant struct {
		Name *who  `xml:"n5mdk:identifikator"`
		Role *code `xml:"n5mdk:funksjon"`
		For  *who  `xml:"n5mdk:representerer"`
	}
	words struct {
		Text   string `xml:"n5mdk:tekstInnhold"`
		Format code   `xml:"n5mdk:tekstFormat"`
	}
	decision struct {
		Text  words  `xml:"vedtakstekst"`
		Votes []vote `xml:"votering"`
		Told  *words `xml:"behandlingsprotokoll"`
		At    string `xml:"dato"`
	}
	vote struct {
		Member participant `xml:"moetedeltaker"`
		Vote   string      `xml:"stemme"`
		For    *who        `xml:"representerer"`
	}
)

// plain is text without markup.
func plain(s string) words { return words{s, code{Code: "text/plain"}} }

func moment(t clock.Time) string {
	if t.IsZero() {
		return ""
	}
	return clock.InOslo(t).Format(time.RFC3339)
}

// bytes writes the message.
func (m message) bytes(system string) ([]byte, error) {
	m.Space, m.N5, m.Inst, m.System = space, spaceN5, spaceInst, system
	if m.Record != nil {
		for _, d := range m.Record.Documents {
			m.Files += len(d.Objects)
		}
	}
	body, err := xml.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("arkivmelding: %w", err)
	}
	return append([]byte(xml.Header), body...), nil
}
