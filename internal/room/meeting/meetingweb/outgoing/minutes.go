package outgoing

import (
	"strconv"

	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session/record"
	"kompetansetorg/internal/room/meeting/wording"
)

// Item is an item as it reads in the minutes.
type Item struct {
	ID, Title string
	Href      string   // where it is written, for who may; empty for others
	Notes     []string // closed doors, habilitet
	Treated   []string
	Vote      *ui.Table // nil without a vote
	Count     string
	Decision  []string
	Tasks     []ui.Point
}

// MetTable is who met.
func MetTable(t i18n.Printer, b record.Book) ui.Table {
	out := ui.Table{Caption: t.T("meeting.book.met"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("meeting.field.member")}, {Label: t.T("meeting.field.office")}, {Label: t.T("meeting.field.met")}}}
	for _, s := range b.Seats {
		how := t.T("meeting.met.absent")
		switch {
		case !s.Noted:
			how = t.T("meeting.met.unknown")
		case s.Present && s.Deputy:
			how = t.T("meeting.book.met.deputy")
		case s.Present:
			how = t.T("meeting.book.met.member")
		}
		cell := ui.Cell{Text: how}
		if s.FromItem != "" || s.ToItem != "" {
			cell.Sub = t.T("meeting.met.span", "from", s.FromItem, "to", s.ToItem)
		}
		out.Rows = append(out.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Name}, {Text: s.Office}, cell}})
	}
	return out
}

// ItemOf is the n-th item of the book, counted from 0: treatment, vote and decision (D.4).
func ItemOf(t i18n.Printer, b record.Book, n int) Item {
	i := b.Items[n]
	name := i.Title
	if i.Label != "" && name == "" {
		name = wording.Named(t, "", i.Label, i.AboutDay)
	}
	out := Item{ID: "sak-" + strconv.Itoa(n+1), Title: i.Number + " " + name, Treated: wording.Lines(i.Treated), Decision: wording.Lines(i.Decision)}
	if i.Closed {
		out.Notes = append(out.Notes, wording.Ground(t, i.Ground, "meeting.doors.ground"), t.T("meeting.doors.votes", "for", i.DoorsFor, "against", i.DoorsNo))
	}
	if i.Hidden && !i.Closed {
		out.Notes = append(out.Notes, wording.Kept(t, i.Ground, b.Elected))
	}
	if w := i.Written; w != nil {
		out.Notes = append(out.Notes, t.T("meeting.book.written", "date", w.On), t.T("meeting.book.written.why", "why", w.Why))
	}
	for _, x := range i.Recusals {
		key := i18n.Key("meeting.book.able")
		if x.Recused {
			key = "meeting.book.recused"
		}
		out.Notes = append(out.Notes, t.T(key, "name", x.Name, "told", x.Told))
	}
	if v := i.Vote; v != nil && i.Voted {
		table := ui.Table{Caption: t.T("meeting.said.each"), Compact: true, Columns: []ui.Column{{Label: t.T("meeting.field.member")}, {Label: t.T("meeting.field.position")}}}
		for _, b := range v.Ballots {
			table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: b.Name}, {Text: t.T(b.Position.Name()), Sub: b.Reason}}})
		}
		out.Vote = &table
		out.Count = t.T("meeting.book.votes", "for", v.For, "against", v.Against, "of", v.Entitled, "state", outcome.State(i.State).Name())
	}
	for _, x := range i.Tasks {
		out.Tasks = append(out.Tasks, ui.Point{Text: t.T("meeting.book.task", "what", x.What, "owner", x.Owner, "due", x.Due)})
	}
	return out
}
