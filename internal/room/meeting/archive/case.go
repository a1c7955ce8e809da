package archive

import (
	"slices"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/casework"
)

// Maker makes packages. System is what the service is called, T writes in the language of
// the records.
type Maker struct {
	System string
	Now    clock.Time
	T      i18n.Printer
}

// Case is the package of a case, as its reader may know it. paper is the paper as issued
// last, empty for none; files are those of each document.
func (m Maker) Case(d casework.Detail, paper []File, files map[casework.DocumentID][]File) Package {
	p := Package{Name: "sak-" + strings.ReplaceAll(d.Number.String(), "/", "-"), system: m.System, title: d.Number.String() + " " + d.Title, madeAt: m.Now}
	at := folder{Type: "saksmappe", SystemID: string(d.ID), FolderID: d.Number.String(), Title: d.Title, CreatedAt: moment(d.CreatedAt), Key: &key{m.System, string(d.ID)},
		Year: d.Number.Year, Serial: d.Number.Serial, Date: d.CreatedAt.Date().String(), Unit: &who{Name: d.ArchiveName, ID: string(d.Archive)},
		Status: &code{string(d.State), m.T.T(casework.StateLabel(d.State))}}
	if d.Officer != "" {
		at.Officer = &who{Name: d.Officer}
	}
	if d.Closed {
		at.Shield = m.shield(casework.MeetingGrounds(), d.Ground)
		at.Public = d.PublicTitle
	}
	p.messages = []message{{Folder: &at}}
	if d.Sight == casework.Neutral {
		return p // of what hangs on it, others know nothing
	}
	for _, doc := range d.Documents {
		list := files[doc.ID]
		if doc.Nr == paperNr {
			list = append(slices.Clone(paper), list...)
		}
		p.messages = append(p.messages, message{Record: m.document(&p, d, doc, list)})
	}
	return p
}

// paperNr is the number of the document that the paper of a case is.
const paperNr = 1

// document is a document of the case as a journalpost; the first file is its main document.
func (m Maker) document(p *Package, d casework.Detail, doc casework.Document, files []File) *entry {
	out := &entry{Type: "journalpost", CreatedAt: moment(clock.StartOfDay(doc.Day)), Parent: &parent{string(d.ID), d.Number.String()}, Title: doc.Title,
		Nr: doc.Nr, Kind: &code{string(doc.Letter), m.T.T(doc.Letter.Label())}, Status: &code{Code: "J", Words: "Journalført"}, Date: doc.Day.String(), Dated: doc.Day.String()}
	if doc.ID != "" {
		out.SystemID, out.Key = string(doc.ID), &key{m.System, string(doc.ID)}
	}
	if doc.Held() {
		out.Title = m.T.T("case.document.held")
	}
	if d.Closed {
		out.Shield, out.Public = m.shield(casework.MeetingGrounds(), d.Ground), d.PublicTitle
	}
	if doc.Ground != "" {
		out.Shield, out.Public = m.shield(casework.DocumentGrounds(), doc.Ground), m.T.T("case.document.held")
	}
	for n, f := range files {
		joined := code{"H", "Hoveddokument"}
		if n > 0 {
			joined = code{"V", "Vedlegg"}
		}
		out.Documents = append(out.Documents, document{Kind: out.Kind, Status: &code{Code: "F", Words: "Ferdigstilt"}, Title: out.Title, Joined: joined, Nr: n + 1, Shield: out.Shield,
			Objects: []object{p.add(f, 1)}})
	}
	return out
}

// shield says that something is kept from others, and by which rule.
func (m Maker) shield(list []casework.Ground, ground string) *shield {
	g, ok := casework.GroundOf(list, ground)
	if !ok {
		return nil
	}
	return &shield{Limit: code{g.Code, m.T.T(g.Label)}, Law: g.Section}
}
