package councilweb

import (
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilview"
)

// answerTable is what each member has said, where it says it when the version was decided
// in an item of a meeting, and the way to record it.
func answerTable(t i18n.Printer, v council.Version, members []council.Member, is council.Standing) ui.Table {
	out := ui.Table{Caption: t.T("council.answers"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("council.member")}, {Label: t.T("council.answer")}, {Label: t.T("council.answer.decided")}}}
	if v.Item.ID != "" {
		out.Columns = append(out.Columns, ui.Column{Label: t.T("council.answer.where")})
	}
	may := v.State == council.Sent && len(councilview.SpeaksFor(members, is.Speaks)) > 0
	if may {
		out.Columns = append(out.Columns, ui.Column{Label: t.T("council.do"), Hidden: true})
	}
	for _, m := range members {
		row, given := ui.Row{Cells: []ui.Cell{{Text: m.Name}, {Tags: []ui.Tag{{Text: t.T("council.answer.waits"), Color: ui.Neutral}}}, {}}}, council.Answer{}
		for _, a := range v.Answers {
			if a.Org == m.Org {
				given = a
				row.Cells[1].Tags = []ui.Tag{replyTag(t, a.Reply)}
				row.Cells[2] = ui.Cell{Text: t.T("council.answer.by", "place", place(t, a), "case", a.Case), Sub: t.Date(a.Day)}
			}
		}
		if v.Item.ID != "" {
			row.Cells = append(row.Cells, where(t, v.Item, m, given, is))
		}
		if may {
			row.Cells = append(row.Cells, toAnswer(t, v, m, is))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// place is who decided in the member: its council, when it answered in the item.
func place(t i18n.Printer, a council.Answer) string {
	if a.Place == "" {
		return t.T("council.answer.council")
	}
	return a.Place
}

// where is where a member has answered; the item, too, when it was asked there and has not
// answered yet.
func where(t i18n.Printer, i council.Item, m council.Member, given council.Answer, is council.Standing) ui.Cell {
	switch {
	case given.InItem, given.Reply == "" && i.Takes(m.Org):
		return ui.Cell{Text: i.Number, Href: itemLink(i, is)}
	case given.Reply != "":
		return ui.Cell{Text: t.T("council.answer.here")}
	}
	return ui.Cell{}
}

// toAnswer is the way to a member's answer for who speaks for it. What was answered in the
// item only the secretary puts right.
func toAnswer(t i18n.Printer, v council.Version, m council.Member, is council.Standing) ui.Cell {
	if !is.Speaks(m.Org) {
		return ui.Cell{}
	}
	to := "/avtaler/" + string(v.ID) + "/svar?org=" + string(m.Org)
	if v.Item.Takes(m.Org) {
		there, may := ownPath(v.Item, m.Org, is)
		if !may {
			return ui.Cell{}
		}
		to = there
	}
	return ui.Cell{Actions: []ui.Action{{Label: t.T("council.answer.record"), Context: m.Name, Href: to, Variant: ui.Secondary}}}
}

func replyTag(t i18n.Printer, r council.Reply) ui.Tag {
	if r == council.Yes {
		return ui.Tag{Text: t.T(r.Label()), Color: ui.Success}
	}
	return ui.Tag{Text: t.T(r.Label()), Color: ui.Danger}
}

// answered sums up what the members have said, and what it means.
func answered(t i18n.Printer, v council.Version, members []council.Member) string {
	tally := v.Tally(members)
	switch {
	case v.State == council.Adopted:
		return t.T("council.answered.all", "date", v.From)
	case tally.No > 0:
		var names []string
		for _, a := range tally.Against {
			names = append(names, a.Name)
		}
		return t.T("council.answered.no", "names", t.Join(names))
	}
	var names []string
	for _, m := range tally.Missing {
		names = append(names, m.Name)
	}
	return t.T("council.answered.some", "n", tally.Yes, "of", tally.Of, "names", t.Join(names))
}
