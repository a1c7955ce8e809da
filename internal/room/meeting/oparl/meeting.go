package oparl

import (
	"strings"

	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/public"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/record"
)

// Files that are papers have ids of their own: the thing's with what it is before it.
const (
	FileAgenda  = "saksliste-"
	FileMinutes = "motebok-"
	FilePaper   = "saksframlegg-"
)

// Meeting is a meeting with its agenda. brief leaves out what is listed inside it.
func (w Writer) Meeting(m public.Meeting, changed audit.Span, brief bool) Meeting {
	at, page := w.At("meetings", string(m.ID)), w.web("/moter/"+string(m.ID))
	out := Meeting{Object: w.object("Meeting", at, changed, page), Name: w.T.T("meeting.of", "body", m.BodyName, "date", m.Day), MeetingState: state(m.State),
		Cancelled: m.State == session.Cancelled, Start: m.Begins().Format(format), End: m.Ends().Format(format), Location: w.Location(m, changed)}
	for _, b := range m.Bodies() {
		out.Organization = append(out.Organization, w.At("organizations", string(b)))
	}
	out.Invitation, out.ResultsProtocol = w.Invitation(m, changed), w.Protocol(m, changed)
	if !brief {
		out.AgendaItem = w.AgendaItems(m, changed)
	}
	return out
}

// Location is where the meeting is; nil for one that is nowhere.
func (w Writer) Location(m public.Meeting, changed audit.Span) *Location {
	place := public.Where(w.T, m.Frame)
	if place == "" {
		return nil
	}
	return &Location{Object: w.object("Location", w.At("locations", string(m.ID)), changed, ""), Description: place, Meetings: []string{w.At("meetings", string(m.ID))}}
}

// Invitation is the agenda as it was sent last, as a file; nil before it is sent.
func (w Writer) Invitation(m public.Meeting, changed audit.Span) *File {
	if len(m.Editions) == 0 {
		return nil
	}
	e := m.Editions[0]
	return w.meetingFile(m, FileAgenda, w.T.T("meeting.agenda")+" "+w.T.Date(e.Day), "/innkalling.pdf", audit.Span{First: m.Editions[len(m.Editions)-1].At, Last: latest(e.At, changed)})
}

// Protocol is the minutes as they were published last, as a file; nil before that.
func (w Writer) Protocol(m public.Meeting, changed audit.Span) *File {
	if len(m.Books) == 0 {
		return nil
	}
	words := w.T.T("meeting.book.referat")
	if m.Books[0].Elected {
		words = w.T.T("meeting.book.motebok")
	}
	return w.meetingFile(m, FileMinutes, words+" "+w.T.Date(m.Day), "/motebok/papir.pdf", audit.Span{First: m.Books[len(m.Books)-1].At, Last: latest(m.Books[0].At, changed)})
}

// meetingFile is a paper of a meeting. It is made when it is fetched, so nobody knows its
// size before.
func (w Writer) meetingFile(m public.Meeting, kind, name, path string, changed audit.Span) *File {
	at := w.web("/moter/" + string(m.ID) + path)
	return &File{Object: w.object("File", w.At("files", kind+string(m.ID)), changed, strings.TrimSuffix(at, ".pdf")), Name: name, FileName: kind + m.Day.String() + ".pdf", MimeType: "application/pdf",
		Date: day(changed.Last.Date()), AccessURL: at, Meeting: []string{w.At("meetings", string(m.ID))}}
}

// AgendaItems are the items of the agenda as it was sent last, with what came of them.
func (w Writer) AgendaItems(m public.Meeting, changed audit.Span) []AgendaItem {
	if len(m.Editions) == 0 {
		return nil
	}
	ended := map[string]record.Item{}
	if len(m.Books) > 0 {
		for _, i := range m.Books[0].Items {
			ended[i.Key()] = i
		}
	}
	var out []AgendaItem
	for n, i := range m.Editions[0].Items {
		x := AgendaItem{Object: w.object("AgendaItem", w.At("agendaitems", string(i.ID)), audit.Span{First: m.Editions[len(m.Editions)-1].At, Last: changed.Last}, w.web("/moter/"+string(m.ID))),
			Meeting: w.At("meetings", string(m.ID)), Number: i.Number, Order: n + 1, Name: i.Title, Public: !i.Hidden, Ground: w.ground(i.Ground)}
		if x.Name == "" {
			x.Name = w.T.T(i.Label())
		}
		if i.Case != "" && !i.Withdrawn {
			x.Consultation = w.At("consultations", string(i.ID))
		}
		came, ok := ended[string(i.ID)]
		if !ok {
			came, ok = ended[i.Number] // minutes that kept no ids
		}
		switch {
		case i.Withdrawn:
			x.Result = w.T.T("meeting.withdrawn")
		case ok && !came.Hidden:
			if i.Hidden && came.Title != "" { // proposed closed, and treated with open doors
				x.Name, x.Public, x.Ground = came.Title, true, ""
			}
			x.ResolutionText = came.Decision
			if came.State != "" {
				x.Result = w.T.T(outcome.State(came.State).Name())
			}
		case ok:
			x.Public = false
			x.Name, x.Ground = came.Title, w.ground(came.Ground)
			if x.Name == "" {
				x.Name = w.T.T(i.Label())
			}
		}
		out = append(out, x)
	}
	return out
}

// Paper is a case. Of one that is closed it has the neutral title and the ground. host is
// the organisation that its body belongs to.
func (w Writer) Paper(c public.Case, host meeting.Body, changed audit.Span, brief bool) Paper {
	at, page := w.At("papers", string(c.ID)), w.web("/saker/"+string(c.ID))
	out := Paper{Object: w.object("Paper", at, changed, page), Body: w.At("bodies", string(host.Host)), Name: c.Title, Reference: c.Number.String(), Date: day(c.CreatedAt.Date()),
		PaperType: w.T.T(c.Kind.Label()), UnderDirectionOf: []string{w.At("organizations", string(c.Body))}, Consultation: w.Consultations(c, changed)}
	if c.IsNeutral() {
		out.Ground = w.ground(c.Ground)
		return out
	}
	out.MainFile = w.MainFile(c, changed)
	if brief {
		return out
	}
	for _, d := range c.Documents {
		for _, v := range c.Files[d.ID] {
			out.AuxiliaryFile = append(out.AuxiliaryFile, w.File(v, d))
		}
	}
	return out
}

// GonePaper is what is left of a case that has been taken back.
func (w Writer) GonePaper(c casework.ID, changed audit.Span) Paper {
	return Paper{Object: w.Gone("Paper", w.At("papers", string(c)), changed)}
}

// MainFile is the paper of the case as it was issued last; nil while it is not.
func (w Writer) MainFile(c public.Case, changed audit.Span) *File {
	if len(c.Papers) == 0 {
		return nil
	}
	v, page := c.Papers[0], w.web("/saker/"+string(c.ID)+"/papir")
	return &File{Object: w.object("File", w.At("files", FilePaper+string(c.ID)), audit.Span{First: c.Papers[len(c.Papers)-1].At, Last: latest(v.At, changed)}, page), Name: v.Frozen.Title,
		FileName: FilePaper + strings.ReplaceAll(v.Frozen.Number, "/", "-") + ".pdf", MimeType: "application/pdf", Date: day(v.At.Date()), AccessURL: page + ".pdf",
		Paper: []string{w.At("papers", string(c.ID))}}
}

// File is a file that hangs on a document of a case.
func (w Writer) File(v attach.Version, d casework.Document) File {
	return File{Object: w.object("File", w.At("files", string(v.ID)), audit.Span{First: v.At, Last: v.At}, w.web("/saksdokumenter/"+string(d.ID))), Name: d.Title, FileName: v.Name, MimeType: v.Media,
		Date: day(v.At.Date()), Size: v.Size, AccessURL: w.web(v.Path()), Paper: []string{w.At("papers", string(d.Case))}}
}

// Consultations are the treatments of a case that have been, and those that stand on an
// agenda that was sent. One that is only planned can be taken away, so it is not told.
func (w Writer) Consultations(c public.Case, changed audit.Span) []Consultation {
	var out []Consultation
	told := map[session.ItemID]bool{}
	for _, t := range c.Treatments {
		x := Consultation{Object: w.object("Consultation", w.At("consultations", string(t.ID)), changed, w.web("/saker/"+string(c.ID))), Paper: w.At("papers", string(c.ID)),
			Authoritative: authoritative(t.Result), Role: w.T.T(t.Result.Label())}
		if t.Body != "" {
			x.Organization = []string{w.At("organizations", string(t.Body))}
		}
		for _, i := range c.Items {
			if i.Body == t.Body && i.Number.String() == t.Number && i.Place == session.Listed && !i.OffAgenda {
				told[i.ID] = true
				w.onAgenda(&x, i)
			}
		}
		if t.Result != casework.Planned || x.AgendaItem != "" {
			out = append(out, x)
		}
	}
	for _, i := range c.Items {
		if told[i.ID] || i.Place != session.Listed || i.OffAgenda {
			continue
		}
		x := Consultation{Object: w.object("Consultation", "", changed, w.web("/saker/"+string(c.ID))), Paper: w.At("papers", string(c.ID)), Organization: []string{w.At("organizations", string(i.Body))}}
		w.onAgenda(&x, i)
		out = append(out, x)
	}
	return out
}

// onAgenda says where the case is treated; the consultation has the item's id from then on.
func (w Writer) onAgenda(x *Consultation, i session.Item) {
	x.ID, x.AgendaItem, x.Meeting = w.At("consultations", string(i.ID)), w.At("agendaitems", string(i.ID)), w.At("meetings", string(i.Meeting))
}
