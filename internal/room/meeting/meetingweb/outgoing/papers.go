package outgoing

import (
	"embed"
	"net/http"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/public"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/record"
	"kompetansetorg/internal/room/meeting/wording"
)

// Papers are the templates of papers.
//
//go:embed paper/*.md
var Papers embed.FS

// AgendaPaper is the agenda as it was sent, in the four columns that agendas have (D.4);
// BookPaper the minutes as they were published.
func AgendaPaper() paper.Kind {
	return paper.Kind{Name: "saksliste", Files: Papers, Values: []string{"title", "body", "place", "day", "time"}, Blocks: []string{"agenda"}}
}

// BookPaper is the minutes of a meeting.
func BookPaper() paper.Kind {
	return paper.Kind{Name: "motebok", Files: Papers, Values: []string{"title", "body", "place", "day", "time", "status"}, Blocks: []string{"met", "items"}}
}

func (p *pages) agendaPaper(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	d, err := p.find(r, actor)
	if err != nil {
		return paperview.Paper{}, err
	}
	if len(d.Editions) == 0 {
		return paperview.Paper{}, fault.Missing()
	}
	t, e := p.door.Printer(r), d.Editions[0]
	doc, err := p.Shelf.Fill(r, actor, AgendaPaper().Name, paper.Values{"title": paper.Text(t.T("meeting.agenda") + " " + t.Date(e.Day)), "body": paper.Text(d.BodyName),
		"place": paper.Text(public.Where(t, session.Frame{Place: e.Place, Remote: e.Remote})), "day": paper.Text(t.Date(e.Day)), "time": paper.Text(e.From + "–" + e.To),
		"agenda": paper.Blocks{agendaTable(t, e, d.Elected)}})
	return paperview.Paper{Document: doc, File: "saksliste-" + e.Day.String(), Back: ui.Link{Label: t.T("meeting.of", "body", d.BodyName, "date", d.Day), Href: wording.Path(d.ID, "")}}, err
}

func agendaTable(t i18n.Printer, e session.Edition, elected bool) paper.Table {
	out := paper.Table{Caption: t.T("meeting.agenda.caption", "nr", e.Nr, "date", e.At.Date()), RowHeads: true, Columns: []paper.Column{{Title: t.T("meeting.field.nr")},
		{Title: t.T("meeting.field.title")}, {Title: t.T("meeting.field.closed")}, {Title: t.T("meeting.field.archive")}}}
	for _, i := range e.Items {
		name := i.Title
		if name == "" {
			name = wording.Named(t, "", i.Label(), i.AboutDay)
		}
		if i.Withdrawn {
			name += " (" + t.T("meeting.withdrawn") + ")"
		}
		out.Rows = append(out.Rows, []paper.Inlines{paper.T(i.Number), paper.T(name), paper.T(wording.Kept(t, i.Ground, elected)), paper.T(i.Archive)})
	}
	return out
}

func (p *pages) bookPaper(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	m, err := meeting.ParseMeetingID(r.PathValue("id"))
	if err != nil {
		return paperview.Paper{}, fault.Missing()
	}
	rec, err := p.Minutes.Get(r.Context(), actor, m)
	if err != nil {
		return paperview.Paper{}, err
	}
	if len(rec.Versions) == 0 {
		return paperview.Paper{}, fault.Missing() // a draft is no paper
	}
	t, b := p.door.Printer(r), rec.Versions[0].Book
	name := t.T("meeting.book.referat")
	if b.Elected {
		name = t.T("meeting.book.motebok")
	}
	doc, err := p.Shelf.Fill(r, actor, BookPaper().Name, paper.Values{"title": paper.Text(name + " " + t.Date(b.Day)), "body": paper.Text(t.Join(b.Bodies)),
		"place": paper.Text(public.Where(t, session.Frame{Place: b.Place, Remote: b.Remote})), "day": paper.Text(t.Date(b.Day)), "time": paper.Text(b.From + "–" + b.To),
		"status": paper.Text(t.T(rec.Meeting.State.Label())), "met": paper.Blocks{metPaper(t, b)}, "items": paper.Blocks(itemPapers(t, b, 2))})
	return paperview.Paper{Document: doc, File: strings.ToLower(name) + "-" + b.Day.String(), Back: ui.Link{Label: name, Href: wording.Path(m, "/motebok")}}, err
}

func metPaper(t i18n.Printer, b record.Book) paper.Table {
	out := paper.Table{Caption: t.T("meeting.book.met"), RowHeads: true, Columns: []paper.Column{{Title: t.T("meeting.field.member")}, {Title: t.T("meeting.field.office")}, {Title: t.T("meeting.field.met")}}}
	for _, row := range MetTable(t, b).Rows {
		text := row.Cells[2].Text
		if row.Cells[2].Sub != "" {
			text += ", " + row.Cells[2].Sub
		}
		out.Rows = append(out.Rows, []paper.Inlines{paper.T(row.Cells[0].Text), paper.T(row.Cells[1].Text), paper.T(text)})
	}
	return out
}

// itemPapers are the items: treatment, vote and decision of each (D.4), under headings of
// the level.
func itemPapers(t i18n.Printer, b record.Book, level int) []paper.Block {
	var out []paper.Block
	said := func(heading i18n.Key, words []string) {
		if len(words) > 0 {
			out = append(out, paper.H(level+1, t.T(heading)))
		}
		for _, w := range words {
			out = append(out, paper.P(w))
		}
	}
	for n := range b.Items {
		x := ItemOf(t, b, n)
		out = append(out, paper.H(level, x.Title))
		for _, w := range x.Notes {
			out = append(out, paper.P(w))
		}
		said("meeting.treated", x.Treated)
		if x.Vote != nil {
			said("meeting.voting", []string{x.Count})
			table := paper.Table{Caption: x.Vote.Caption, RowHeads: true, Columns: []paper.Column{{Title: t.T("meeting.field.member")}, {Title: t.T("meeting.field.position")}}}
			for _, row := range x.Vote.Rows {
				said := row.Cells[1].Text
				if reason := row.Cells[1].Sub; reason != "" {
					said += ": " + reason
				}
				table.Rows = append(table.Rows, []paper.Inlines{paper.T(row.Cells[0].Text), paper.T(said)})
			}
			out = append(out, table)
		}
		said("meeting.decision", x.Decision)
		var tasks []string
		for _, task := range x.Tasks {
			tasks = append(tasks, task.Text)
		}
		said("meeting.followups", tasks)
	}
	return out
}
