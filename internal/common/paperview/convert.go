package paperview

import (
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
)

// Facts are the lines of a page's facts, for a paper. Links that leave the service
// keep their address; those within it are words.
func Facts(f ui.Facts) []paper.Definition {
	var out []paper.Definition
	for _, x := range f.Items {
		d := paper.Term(x.Label, x.Text)
		for _, line := range x.Lines {
			if line != "" {
				d.Lines = append(d.Lines, paper.T(line))
			}
		}
		if x.Link != nil {
			d.Lines = append(d.Lines, paper.LinkOrText(x.Link.Href, x.Link.Label))
		}
		for _, tag := range x.Tags {
			d.Lines = append(d.Lines, paper.T(tag.Text))
		}
		if len(d.Lines) > 0 {
			out = append(out, d)
		}
	}
	return out
}

// Table is a page's table for a paper, without what a reader can press; and
// whether it has rows. The first column heads the rows.
func Table(t ui.Table) (paper.Table, bool) {
	out := paper.Table{Caption: t.Caption, RowHeads: true}
	var kept []int
	for i, c := range t.Columns {
		if !c.Hidden {
			kept, out.Columns = append(kept, i), append(out.Columns, paper.Column{Title: c.Label, Number: c.Number})
		}
	}
	for _, row := range t.Rows {
		var cells []paper.Inlines
		for _, i := range kept {
			var cell ui.Cell
			if i < len(row.Cells) {
				cell = row.Cells[i]
			}
			lines := []string{cell.Text, cell.Sub}
			for _, tag := range cell.Tags {
				lines = append(lines, tag.Text)
			}
			cells = append(cells, paper.Lines(lines...))
		}
		out.Rows = append(out.Rows, cells)
	}
	return out, len(out.Rows) > 0
}
