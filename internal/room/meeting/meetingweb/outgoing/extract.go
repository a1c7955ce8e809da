package outgoing

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting/public"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/minutes"
	"kompetansetorg/internal/room/meeting/session/record"
	"kompetansetorg/internal/room/meeting/wording"
)

// extractFor is the parameter that names whose extract it is.
const extractFor = "for"

// ExtractPaper is what one member of the body needs of a meeting for its own case system:
// its own cases and what it is to do, in full, and in brief the others, with what it said.
func ExtractPaper() paper.Kind {
	return paper.Kind{Name: "utdrag", Files: Papers, Values: []string{"title", "body", "place", "day", "time", "status"}, Blocks: []string{"own", "others"}}
}

// party is an organisation with a seat in the meeting.
type party struct {
	ID   access.OrgID
	Name string
}

// partiesOf are the organisations with seats in the meeting, in the order of the seats.
func partiesOf(d session.Detail) []party {
	var out []party
	for _, x := range d.Seats {
		if m := (party{x.Org, x.OrgName}); !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}

func extractHref(m session.ID, o access.OrgID) string {
	return wording.Path(m, "/utdrag?"+url.Values{extractFor: {string(o)}}.Encode())
}

// ExtractLinks lead to the extract of each member.
func ExtractLinks(t i18n.Printer, d session.Detail) []ui.Link {
	var out []ui.Link
	for _, m := range partiesOf(d) {
		out = append(out, ui.Link{Label: t.T("meeting.extract.for", "name", m.Name), Href: extractHref(d.ID, m.ID)})
	}
	return out
}

// whose is the member that the request asks for: the reader's own when it names none, or
// the first.
func whose(r *http.Request, actor access.Actor, list []party) (party, error) {
	asked := access.OrgID(r.URL.Query().Get(extractFor))
	if len(list) == 0 {
		return party{}, fault.Missing()
	}
	for _, m := range list {
		mine := slices.ContainsFunc(actor.Roles, func(a access.Assignment) bool { return a.Org == m.ID })
		if m.ID == asked || asked == "" && mine {
			return m, nil
		}
	}
	if asked != "" {
		return party{}, fault.Missing()
	}
	return list[0], nil
}

// extractPaper is made of the minutes when they are published, else of the agenda that was
// sent; as the reader may read them, so nothing that is closed or only for members is in it.
func (p *pages) extractPaper(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	d, err := p.find(r, actor)
	if err != nil {
		return paperview.Paper{}, err
	}
	if len(d.Editions) == 0 {
		return paperview.Paper{}, fault.Missing()
	}
	who, err := whose(r, actor, partiesOf(d))
	if err != nil {
		return paperview.Paper{}, err
	}
	own, err := p.broughtBy(r, actor, d.Editions[0], who)
	if err != nil {
		return paperview.Paper{}, err
	}
	rec, err := p.Minutes.Get(r.Context(), actor, d.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return paperview.Paper{}, err
	}
	t, f := p.door.Printer(r), d.Frame
	var mine, others []paper.Block
	if len(rec.Versions) > 0 {
		b := rec.Versions[0]
		f = session.Frame{Day: b.Day, From: b.From, To: b.To, Place: b.Place, Remote: b.Remote}
		mine, others = treatedFor(t, b, who, own)
	} else {
		mine, others = listedFor(t, d, own)
	}
	doc, err := p.Shelf.Fill(r, actor, ExtractPaper().Name, paper.Values{"title": paper.Text(t.T("meeting.extract.title", "name", who.Name, "date", f.Day)), "body": paper.Text(d.BodyName),
		"place": paper.Text(public.Where(t, f)), "day": paper.Text(t.Date(f.Day)), "time": paper.Text(f.From + "–" + f.To), "status": paper.Text(t.T(d.State.Label())),
		"own": paper.Blocks(orNone(t, mine)), "others": paper.Blocks(orNone(t, others))})
	return paperview.Paper{Document: doc, File: fileName(f.Day, who), Back: ui.Link{Label: t.T("meeting.of", "body", d.BodyName, "date", d.Day), Href: wording.Path(d.ID, "")}}, err
}

// fileName is in letters that every case system takes.
func fileName(day clock.Date, who party) string {
	name := strings.NewReplacer("æ", "ae", "ø", "o", "å", "a", " ", "-").Replace(strings.ToLower(who.Name))
	name = strings.Map(func(c rune) rune {
		if c == '-' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, name)
	return "utdrag-" + day.String() + "-" + name
}

func orNone(t i18n.Printer, list []paper.Block) []paper.Block {
	if len(list) == 0 {
		return []paper.Block{paper.P(t.T("meeting.extract.none"))}
	}
	return list
}

// broughtBy are the ids, and the numbers, of the items whose case the member brought, as far as the
// reader may read the cases.
func (p *pages) broughtBy(r *http.Request, actor access.Actor, e session.Edition, who party) (map[string]bool, error) {
	out := map[string]bool{}
	for _, i := range e.Items {
		if i.Case == "" || i.Number == "" {
			continue
		}
		c, err := p.Cases.Get(r.Context(), actor, i.Case)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out[string(i.ID)], out[i.Number] = c.Origin == who.ID, c.Origin == who.ID
	}
	return out, nil
}

// concerns reports whether the member brought the item, or has got something to do in it.
func concerns(i record.Item, who party, own map[string]bool) bool {
	return own[i.Key()] || slices.ContainsFunc(i.Tasks, func(x record.Task) bool { return x.Owner == who.Name || strings.HasPrefix(x.Owner, who.Name+", ") })
}

// treatedFor is what the minutes tell the member.
func treatedFor(t i18n.Printer, b minutes.Printed, who party, own map[string]bool) (mine, others []paper.Block) {
	rest := paper.Table{Caption: t.T("meeting.extract.others"), RowHeads: true, Columns: []paper.Column{{Title: t.T("meeting.field.nr")}, {Title: t.T("meeting.field.title")},
		{Title: t.T("meeting.decision")}, {Title: t.T("meeting.extract.said", "name", who.Name)}}}
	full := b.Book
	full.Items = nil
	for n, i := range b.Items {
		if concerns(i, who, own) {
			full.Items = append(full.Items, i)
			continue
		}
		x := ItemOf(t, b.Book, n)
		name := strings.TrimSpace(strings.TrimPrefix(x.Title, i.Number))
		rest.Rows = append(rest.Rows, []paper.Inlines{paper.T(i.Number), paper.T(name), paper.T(strings.Join(x.Decision, " ")), paper.T(said(t, i, who))})
	}
	if len(rest.Rows) > 0 {
		others = []paper.Block{rest}
	}
	return itemPapers(t, full, 3), others
}

// said is what the member's seats said in an item.
func said(t i18n.Printer, i record.Item, who party) string {
	var out []string
	for _, x := range i.Recusals {
		if x.Name == who.Name && x.Recused {
			out = append(out, t.T("meeting.recusal.recused"))
		}
	}
	if i.Vote != nil && i.Voted {
		for _, x := range i.Vote.Ballots {
			if x.Name != who.Name {
				continue
			}
			words := t.T(x.Position.Name())
			if x.Reason != "" {
				words += " (" + x.Reason + ")"
			}
			out = append(out, words)
		}
	}
	return strings.Join(out, "; ")
}

// listedFor is what the agenda tells the member.
func listedFor(t i18n.Printer, d session.Detail, own map[string]bool) (mine, others []paper.Block) {
	split := func(want bool) []paper.Block {
		part := d.Editions[0]
		part.Items = slices.DeleteFunc(slices.Clone(part.Items), func(i session.FrozenItem) bool { return own[string(i.ID)] != want })
		if len(part.Items) == 0 {
			return nil
		}
		return []paper.Block{agendaTable(t, part, d.Elected)}
	}
	return split(true), split(false)
}
