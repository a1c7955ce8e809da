package archive

import (
	"regexp"
	"strconv"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/minutes"
	"kompetansetorg/internal/room/meeting/session/record"
)

// Meeting is the package of a meeting, as its reader may know it: the agenda as it was sent
// last and the minutes as they were published last, empty for what there is not. book is the
// content of the minutes, nil for none.
func (m Maker) Meeting(d session.Detail, book *minutes.Printed, agenda, protocol []File) Package {
	p := Package{Name: "mote-" + d.Day.String(), system: m.System, title: d.BodyName + " " + d.Day.String(), madeAt: m.Now}
	at := folder{Type: "moetemappe", SystemID: string(d.ID), Title: m.T.T("meeting.of", "body", d.BodyName, "date", d.Day), CreatedAt: moment(d.CreatedAt), Key: &key{m.System, string(d.ID)},
		Number: d.Day.String(), Committee: &who{Name: d.BodyName, ID: string(d.Body)}, Day: d.Day.String(), Place: d.Place}
	if at.Place == "" && d.Remote {
		at.Place = m.T.T("meeting.remote")
	}
	if book != nil {
		at.Met = met(book.Book)
	}
	p.messages = []message{{Folder: &at}}
	for _, f := range agenda {
		p.messages = append(p.messages, m.paper(&p, d, f, "saksliste", m.T.T("meeting.agenda")))
	}
	for _, f := range protocol {
		kind, name := "referat", m.T.T("meeting.book.referat")
		if book != nil && book.Elected {
			kind, name = "motebok", m.T.T("meeting.book.motebok")
		}
		p.messages = append(p.messages, m.paper(&p, d, f, kind, name))
	}
	for _, i := range m.items(d, book) {
		p.messages = append(p.messages, message{Record: i})
	}
	return p
}

// met are those who met, by office and the organisation whose seat it is.
func met(b record.Book) []participant {
	var out []participant
	for _, s := range b.Seats {
		if !s.Present {
			continue
		}
		role := code{"medlem", "Medlem"}
		if s.Deputy {
			role = code{"vara", "Varamedlem"}
		}
		out = append(out, participant{Name: &who{Name: s.Office + ", " + s.Name}, Role: &role, For: &who{Name: s.Name}})
	}
	return out
}

func (m Maker) paper(p *Package, d session.Detail, f File, kind, name string) message {
	return message{Record: &entry{Type: "moetedokument", Parent: &parent{SystemID: string(d.ID)}, Title: name + " " + m.T.Date(d.Day), Paper: &code{kind, name},
		Documents: []document{{Kind: &code{kind, name}, Status: &code{Code: "F", Words: "Ferdigstilt"}, Title: name, Joined: code{"H", "Hoveddokument"}, Nr: 1, Objects: []object{p.add(f, 1)}}}}}
}

// items are the items of the agenda, each with what was decided.
func (m Maker) items(d session.Detail, book *minutes.Printed) []*entry {
	var out []*entry
	if len(d.Editions) == 0 {
		return nil
	}
	came := map[string]record.Item{}
	if book != nil {
		for _, i := range book.Items {
			came[i.Key()] = i
		}
	}
	for _, i := range d.Editions[0].Items {
		nr, ok := numbered(i.Number, d.Day)
		if !ok || i.Withdrawn {
			continue
		}
		x := &entry{Type: "moetesak", SystemID: string(i.ID), Parent: &parent{SystemID: string(d.ID)}, Title: i.Title, Key: &key{m.System, string(i.ID)},
			Matter: &code{nr.prefix, m.T.T(i.Label())}, Year: nr.year, Serial: nr.nr}
		ground := i.Ground
		r, there := came[string(i.ID)]
		if !there {
			r, there = came[i.Number] // minutes that kept no ids
		}
		if there {
			if r.Hidden || i.Hidden || i.Title == "" {
				x.Title = r.Title
			}
			if r.Ground != "" {
				ground = r.Ground
			}
			x.Decision = m.decided(d, r)
		}
		if x.Title == "" {
			x.Title = m.T.T(i.Label())
		}
		if ground != "" {
			x.Shield, x.Public = m.shield(casework.MeetingGrounds(), ground), i.PublicTitle
		}
		out = append(out, x)
	}
	return out
}

// decided is what the body decided; nil for an item that was decided nothing in, or that
// the reader may not know of.
func (m Maker) decided(d session.Detail, i record.Item) *decision {
	if i.Decision == "" {
		return nil
	}
	out := &decision{Text: plain(i.Decision), At: moment(clock.At(d.Ends()))}
	told := []string{}
	if i.Treated != "" {
		told = append(told, i.Treated)
	}
	if i.Vote != nil {
		for _, b := range i.Vote.Ballots {
			member := participant{Name: &who{Name: b.Name}}
			switch b.Position {
			case rule.For, rule.ForRemark:
				out.Votes = append(out.Votes, vote{Member: member, Vote: "Ja", For: &who{Name: b.Name}})
			case rule.Against:
				out.Votes = append(out.Votes, vote{Member: member, Vote: "Nei", For: &who{Name: b.Name}})
			default:
				told = append(told, b.Name+": "+m.T.T(b.Position.Name()))
			}
		}
	}
	if len(told) > 0 {
		words := plain(strings.Join(told, "\n"))
		out.Told = &words
	}
	return out
}

type number struct {
	prefix   string
	nr, year int
}

var numberForm = regexp.MustCompile(`^(?:(\p{L}{1,5}) )?(\d{1,5})/(\d{2})$`)

// numbered reads the number of an item: PS 22/20. The century is that of the meeting.
func numbered(s string, day clock.Date) (number, bool) {
	m := numberForm.FindStringSubmatch(s)
	if m == nil {
		return number{}, false
	}
	nr, _ := strconv.Atoi(m[2]) // five and two digits at most
	year, _ := strconv.Atoi(m[3])
	if m[1] == "" {
		m[1] = "S"
	}
	return number{m[1], nr, day.Year()/100*100 + year}, nr > 0
}
